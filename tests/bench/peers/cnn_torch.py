"""Trains a convolutional network with PyTorch on one thread and prints the samples per second of processor time.

usage: cnn_torch.py ROWS BATCH STEPS SIDE CHANNELS CLASSES FILTERS KERNEL HIDDEN, where ROWS is a file of them and FILTERS
and HIDDEN are numbers with commas between them; needs PyTorch (on Debian: apt install python3-torch libopenblas0-pthread:
without OpenBLAS it is many times slower)
"""

import sys

import torch
from torch import nn

from torch_pace import print_pace, rows_of

batch, steps, side, channels, classes = map(int, sys.argv[2:7])
filters, [kernel], hidden = (list(map(int, one.split(","))) for one in sys.argv[7:10])
torch.set_num_threads(1)
torch.manual_seed(1)
layers = []
for inputs, outputs in zip([channels, *filters], filters):
    # Pooling before the activation gives the same numbers, and is faster.
    layers += [nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2), nn.MaxPool2d(2), nn.ReLU()]
places = (side >> len(filters)) ** 2
layers += [nn.Flatten()]
for inputs, outputs in zip([places * filters[-1], *hidden], [*hidden, classes]):
    layers += [nn.Linear(inputs, outputs), nn.ReLU()]
model = nn.Sequential(*layers[:-1])
x, y = rows_of(sys.argv[1], batch * 20, side, side, channels)
x = x.permute(0, 3, 1, 2).contiguous()
print_pace(model, x, y, batch=batch, steps=steps, rate=0.002)
