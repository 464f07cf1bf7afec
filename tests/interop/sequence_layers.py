"""Layers for sequences in float64, for networks.py."""

import numpy as np


class Convolution1d:
    """torch.nn.Conv1d, with the zeros of TensorFlow's `same` and Keras's `causal`."""

    def __init__(self, spec, tensors):
        self.spec, self.kernel, self.bias = spec, tensors["kernel"], tensors["bias"]
        self.trained, self.penalized = ["kernel", "bias"], {"kernel"}

    def forward(self, x, mask):
        size, stride, padding = (self.spec[name] for name in ("size", "stride", "padding"))
        length = x.shape[1]
        if padding == "valid":
            self.zeros, count = (0, 0), (length - size) // stride + 1
        else:
            count = -(-length // stride)
            total = max(0, (count - 1) * stride + size - length)
            self.zeros = (size - 1, 0) if padding == "causal" else (total // 2, total - total // 2)
        padded = np.pad(x, ((0, 0), self.zeros, (0, 0)))
        self.shape, self.length = padded.shape, length
        self.starts = [i * stride for i in range(count)]
        self.windows = np.stack([padded[:, at : at + size] for at in self.starts], 1)
        return np.einsum("ntsc,scf->ntf", self.windows, self.kernel) + self.bias

    def back(self, d):
        self.slopes = {"kernel": np.einsum("ntsc,ntf->scf", self.windows, d), "bias": d.sum((0, 1))}
        padded = np.zeros(self.shape)
        for i, at in enumerate(self.starts):
            padded[:, at : at + self.spec["size"]] += np.einsum("nf,scf->nsc", d[:, i], self.kernel)
        return padded[:, self.zeros[0] : self.zeros[0] + self.length]


class GlobalPool:
    trained, penalized = [], set()

    def __init__(self, function):
        self.function = function

    def forward(self, x, mask):
        self.x = x
        return x.max(1) if self.function == "max" else x.mean(1)

    def back(self, d):
        if self.function == "mean":
            return np.broadcast_to(d[:, None] / self.x.shape[1], self.x.shape)
        first = self.x.argmax(1)[:, None]
        return np.where(np.arange(self.x.shape[1])[None, :, None] == first, d[:, None], 0)
