"""Trains a fully connected network with PyTorch on one thread and prints the samples per second of processor time.

usage: mlp_torch.py BATCH STEPS SIZE SIZE ..., the sizes from features to classes; needs PyTorch (on Debian: apt install
python3-torch libopenblas0-pthread: without OpenBLAS it is many times slower)
"""

import sys
import time

import torch
from torch import nn

batch, steps, *sizes = map(int, sys.argv[1:])
torch.set_num_threads(1)
torch.manual_seed(1)
layers = []
for inputs, outputs in zip(sizes, sizes[1:]):
    layers += [nn.Linear(inputs, outputs), nn.ReLU()]
model = nn.Sequential(*layers[:-1])
optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
loss_of = nn.CrossEntropyLoss()
x = torch.randn(batch * 100, sizes[0])
y = torch.randint(0, sizes[-1], (batch * 100,))


def step(i):
    at = i % 100 * batch
    optimizer.zero_grad()
    loss = loss_of(model(x[at : at + batch]), y[at : at + batch])
    loss.backward()
    optimizer.step()


for i in range(100):
    step(i)
started = time.process_time()
for i in range(steps):
    step(i)
print(batch * steps / (time.process_time() - started))
print(torch.__version__, file=sys.stderr)
