"""Trains a convolutional network with PyTorch on one thread and prints the samples per second of processor time.

usage: cnn_torch.py BATCH STEPS SIDE CHANNELS CLASSES FILTERS KERNEL HIDDEN, where FILTERS and HIDDEN are numbers with commas
between them; needs PyTorch (on Debian: apt install python3-torch libopenblas0-pthread: without OpenBLAS it is many times
slower)
"""

import sys

import torch
from torch import nn

from torch_pace import print_pace

batch, steps, side, channels, classes = map(int, sys.argv[1:6])
filters, [kernel], hidden = (list(map(int, one.split(","))) for one in sys.argv[6:9])
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
x = torch.randn(batch * 20, channels, side, side)
y = torch.randint(0, classes, (batch * 20,))
print_pace(model, x, y, batch=batch, steps=steps, rate=0.002)
