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


class Gru:
    """torch.nn.GRU of one layer, whose biases by the state are 0 but for the candidate's."""

    def __init__(self, spec, tensors):
        self.units, self.gives = spec["units"], spec["gives"]
        self.kernel, self.state_kernel = tensors["kernel"], tensors["state_kernel"]
        self.bias, self.state_bias = tensors["bias"], tensors["state_bias"]
        self.trained = ["kernel", "state_kernel", "bias", "state_bias"]
        self.penalized = {"kernel", "state_kernel"}

    def forward(self, x, mask):
        sigmoid = lambda sums: 1 / (1 + np.exp(-sums))
        self.x, state, self.steps, states = x, np.zeros((len(x), self.units)), [], []
        for t in range(x.shape[1]):
            by_input = np.einsum("nc,cgu->gnu", x[:, t], self.kernel) + self.bias[:, None]
            by_state = np.einsum("nv,vgu->gnu", state, self.state_kernel)
            z, r = sigmoid(by_input[0] + by_state[0]), sigmoid(by_input[1] + by_state[1])
            inner = by_state[2] + self.state_bias
            n = np.tanh(by_input[2] + r * inner)
            self.steps.append((state, z, r, n, inner))
            state = (1 - z) * n + z * state
            states.append(state)
        return np.stack(states, 1) if self.gives == "all" else state

    def back(self, d):
        self.slopes = {name: np.zeros_like(getattr(self, name)) for name in self.trained}
        dx = np.zeros_like(self.x)
        later = np.zeros((len(d), self.units)) if self.gives == "all" else d
        for t in reversed(range(self.x.shape[1])):
            before, z, r, n, inner = self.steps[t]
            dh = later + d[:, t] if self.gives == "all" else later
            dn = dh * (1 - z) * (1 - n**2)
            dz, dr = dh * (before - n) * z * (1 - z), dn * inner * r * (1 - r)
            by_input, by_state = np.stack([dz, dr, dn]), np.stack([dz, dr, dn * r])
            self.slopes["kernel"] += np.einsum("nc,gnu->cgu", self.x[:, t], by_input)
            self.slopes["state_kernel"] += np.einsum("nv,gnu->vgu", before, by_state)
            self.slopes["bias"] += by_input.sum(1)
            self.slopes["state_bias"] += by_state[2].sum(0)
            dx[:, t] = np.einsum("gnu,cgu->nc", by_input, self.kernel)
            later = dh * z + np.einsum("gnu,vgu->nv", by_state, self.state_kernel)
        return dx
