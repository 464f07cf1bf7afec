"""Trains a fully connected network with PyTorch on one thread and prints the samples per second of processor time.

usage: mlp_torch.py ROWS BATCH STEPS SIZE SIZE ..., where ROWS is a file of them and the sizes go from features to classes;
needs PyTorch (on Debian: apt install python3-torch libopenblas0-pthread: without OpenBLAS it is many times slower)
"""

import sys

import torch
from torch import nn

from torch_pace import print_pace, rows_of

batch, steps, *sizes = map(int, sys.argv[2:])
torch.set_num_threads(1)
torch.manual_seed(1)
layers = []
for inputs, outputs in zip(sizes, sizes[1:]):
    layers += [nn.Linear(inputs, outputs), nn.ReLU()]
model = nn.Sequential(*layers[:-1])
x, y = rows_of(sys.argv[1], batch * 100, sizes[0])
print_pace(model, x, y, batch=batch, steps=steps, rate=0.005)
