"""Times the training of a PyTorch network on one thread, for cnn_torch.py and mlp_torch.py."""

import math
import sys
import time

import torch
from torch import nn


def rows_of(path: str, rows: int, *shape: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Features and classes of so many rows, which peer-data.ts wrote."""
    width = math.prod(shape)
    numbers = torch.from_file(path, size=rows * (width + 1), dtype=torch.float32)
    return numbers[: rows * width].reshape(rows, *shape).clone(), numbers[rows * width :].long()


def print_pace(model: nn.Module, x: torch.Tensor, y: torch.Tensor, *, batch: int, steps: int, rate: float) -> None:
    """Prints the samples per second of processor time; a walk through all rows before warms up."""
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    loss_of = nn.CrossEntropyLoss()
    batches = len(x) // batch

    def step(i: int) -> None:
        at = i % batches * batch
        optimizer.zero_grad()
        loss = loss_of(model(x[at : at + batch]), y[at : at + batch])
        loss.backward()
        optimizer.step()

    for i in range(batches):
        step(i)
    started = time.process_time()
    for i in range(steps):
        step(i)
    print(batch * steps / (time.process_time() - started))
    print(torch.__version__, file=sys.stderr)
