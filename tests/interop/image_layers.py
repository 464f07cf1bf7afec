"""Layers for images in float64, for networks.py."""

import numpy as np


def zeros_around(side, size, stride):
    """TensorFlow's `same`: the odd one of the zeros comes last."""
    zeros = max(0, (-(-side // stride) - 1) * stride + size - side)
    return zeros // 2, zeros - zeros // 2


class Convolution:
    """torch.nn.Conv2d, with the zeros of TensorFlow's `same`."""

    def __init__(self, spec, tensors):
        self.kernel, self.bias, self.stride = tensors["kernel"], tensors.get("bias", 0), spec["stride"]
        self.trained, self.penalized = list(tensors), {"kernel"}

    def windows(self, x):
        """For each place of the kernel what lies under it, as views of the image."""
        size, stride = len(self.kernel), self.stride
        high, wide = (-(-side // stride) for side in self.inside)
        for i in range(size):
            for j in range(size):
                yield i, j, x[:, i : i + stride * (high - 1) + 1 : stride, j : j + stride * (wide - 1) + 1 : stride]

    def forward(self, x, mask):
        self.inside = x.shape[1:3]
        self.around = [zeros_around(side, len(self.kernel), self.stride) for side in self.inside]
        self.x = np.pad(x, [(0, 0), *self.around, (0, 0)])
        return sum(under @ self.kernel[i, j] for i, j, under in self.windows(self.x)) + self.bias

    def back(self, d):
        kernel, given = np.zeros_like(self.kernel), np.zeros_like(self.x)
        for (i, j, under), (_, _, to) in zip(self.windows(self.x), self.windows(given)):
            kernel[i, j] = np.tensordot(under, d, ((0, 1, 2), (0, 1, 2)))
            to += d @ self.kernel[i, j].T
        self.slopes = {"kernel": kernel, "bias": d.sum((0, 1, 2))}
        (top, _), (left, _) = self.around
        high, wide = self.inside
        return given[:, top : top + high, left : left + wide]


class MaxPool:
    trained, penalized = [], set()

    def forward(self, x, mask):
        self.shape = x.shape
        n, high, wide, channels = x.shape
        fours = x[:, : high // 2 * 2, : wide // 2 * 2].reshape(n, high // 2, 2, wide // 2, 2, channels)
        y = fours.max((2, 4))
        self.largest = fours == y[:, :, None, :, None]
        return y

    def back(self, d):
        n, high, wide, channels = self.shape
        given = np.zeros(self.shape)
        fours = self.largest * d[:, :, None, :, None]
        given[:, : high // 2 * 2, : wide // 2 * 2] = fours.reshape(n, high // 2 * 2, wide // 2 * 2, channels)
        return given
