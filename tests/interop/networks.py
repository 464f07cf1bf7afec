"""Trains networks in float64 by the formulas of PyTorch, as the reference for ours.

Reads cases from standard input: layers with their first tensors, rows, the order of rows in each epoch, and settings;
writes for each the learning rate of every step, the mean loss of every epoch and the tensors at the end.
"""

import json
import math
import sys

import numpy as np

from coded_layers import AttentionPool, Embedding, TokenEmbedding
from image_layers import Convolution, MaxPool
from sequence_layers import Convolution1d, GlobalPool, Gru


def rate_at(step, steps, batches, s):
    """Closed forms of torch.optim.lr_scheduler's StepLR, CosineAnnealingLR and OneCycleLR."""
    top = s["learning_rate"]
    if s["schedule"] == "constant":
        return top
    if s["schedule"] == "step":
        return top * s["drop_factor"] ** (step // batches // s["drop_epochs"])
    if s["schedule"] == "cosine":
        return top * (1 + math.cos(math.pi * step / steps)) / 2
    first, last = top / 25, top / 25 / 1e4
    phases = [(float(s["warmup"] * steps) - 1, first, top), (steps - 1, top, last)]
    start = 0
    for i, (end, low, high) in enumerate(phases):
        if step <= end or i == 1:
            share = (step - start) / (end - start)
            return high + (low - high) / 2 * (1 + math.cos(math.pi * share))
        start = end


class Dense:
    def __init__(self, tensors):
        self.kernel, self.bias = tensors["kernel"], tensors.get("bias", 0)
        self.trained, self.penalized = list(tensors), {"kernel"}

    def forward(self, x, mask):
        self.shape, self.x = x.shape, x.reshape(len(x), -1)
        return self.x @ self.kernel + self.bias

    def back(self, d):
        self.slopes = {"kernel": self.x.T @ d, "bias": d.sum(0)}
        return (d @ self.kernel.T).reshape(self.shape)


class Activation:
    trained, penalized = [], set()

    def __init__(self, function):
        self.function = function

    def forward(self, x, mask):
        self.y = np.maximum(x, 0) if self.function == "relu" else np.tanh(x)
        return self.y

    def back(self, d):
        return d * (self.y > 0) if self.function == "relu" else d * (1 - self.y**2)


class Dropout:
    """With the masks that come with the case: the share that is kept, divided by its chance."""

    trained, penalized = [], set()

    def forward(self, x, mask):
        self.mask = np.array(mask).reshape(x.shape)
        return x * self.mask

    def back(self, d):
        return d * self.mask


class BatchNorm:
    """torch.nn.BatchNorm1d, and of images BatchNorm2d; one row of numbers is normalized by the running means, which it
    leaves as they are."""

    def __init__(self, tensors):
        self.scale, self.offset = tensors["scale"], tensors["offset"]
        self.mean, self.variance = tensors["mean"], tensors["variance"]
        self.trained, self.penalized = ["scale", "offset"], set()

    def forward(self, x, mask):
        self.shape, x = x.shape, x.reshape(-1, x.shape[-1])
        n = len(x)
        self.alone = n == 1
        mean, variance = (self.mean, self.variance) if self.alone else (x.mean(0), x.var(0))
        if not self.alone:
            self.mean = 0.9 * self.mean + 0.1 * mean
            self.variance = 0.9 * self.variance + 0.1 * variance * n / (n - 1)
        self.inverse = 1 / np.sqrt(variance + 1e-5)
        self.normal = (x - mean) * self.inverse
        return (self.normal * self.scale + self.offset).reshape(self.shape)

    def back(self, d):
        d = d.reshape(self.normal.shape)
        self.slopes = {"scale": (d * self.normal).sum(0), "offset": d.sum(0)}
        if self.alone:
            return (d * self.scale * self.inverse).reshape(self.shape)
        centred = d - d.mean(0) - self.normal * (d * self.normal).mean(0)
        return (centred * self.scale * self.inverse).reshape(self.shape)


def layer_of(spec, tensors):
    if spec["kind"] == "dense":
        return Dense(tensors)
    if spec["kind"] == "batch_norm":
        return BatchNorm(tensors)
    if spec["kind"] == "convolution_1d":
        return Convolution1d(spec, tensors)
    if spec["kind"] == "global_pool":
        return GlobalPool(spec["function"])
    if spec["kind"] == "convolution":
        return Convolution(spec, tensors)
    if spec["kind"] == "max_pool":
        return MaxPool()
    if spec["kind"] == "gru":
        return Gru(spec, tensors)
    if spec["kind"] == "embedding":
        return Embedding(spec, tensors)
    if spec["kind"] == "token_embedding":
        return TokenEmbedding(tensors)
    if spec["kind"] == "attention_pool":
        return AttentionPool(tensors)
    return Dropout() if spec["kind"] == "dropout" else Activation(spec["function"])


def loss_of(output, target, weights, task, smoothing):
    """Each row's loss, and the derivatives of their weighted mean; what is shown has no smoothing."""
    rows = len(output)
    if task == "regression":
        away = output - target[:, None]
        return weights * away[:, 0] ** 2, 2 * away * weights[:, None] / rows
    classes = output.shape[1]
    powers = np.exp(output - output.max(1, keepdims=True))
    p = powers / powers.sum(1, keepdims=True)
    own = target if target.ndim == 2 else np.eye(classes)[target.astype(int)]
    smooth = own * (1 - smoothing) + smoothing / classes
    return -weights * (own * np.log(p)).sum(1), (p - smooth) * weights[:, None] / rows


class Optimizer:
    def __init__(self, settings):
        self.s, self.memory, self.steps = settings, {}, 0

    def begin(self):
        self.steps += 1

    def move(self, key, value, slope, rate, penalized):
        s = self.s
        decay = s["weight_decay"] if penalized else 0
        if s["optimizer"] == "sgd":
            slope = slope + decay * value
            velocity = s["momentum"] * self.memory.get(key, 0) + slope
            self.memory[key] = velocity
            return value - rate * (slope + s["momentum"] * velocity if s["nesterov"] else velocity)
        if s["optimizer"] == "adamw":
            value = value * (1 - rate * decay)
        else:
            slope = slope + decay * value
        first, second = self.memory.get(key, (0, 0))
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        self.memory[key] = first, second
        size = np.sqrt(second / (1 - 0.999**self.steps)) + 1e-7
        return value - rate * (first / (1 - 0.9**self.steps)) / size


def clip(layers, most):
    """torch.nn.utils.clip_grad_norm_"""
    slopes = [layer.slopes[name] for layer in layers for name in layer.trained]
    norm = math.sqrt(sum((slope**2).sum() for slope in slopes))
    factor = min(1, most / (norm + 1e-6))
    for layer in layers:
        for name in layer.trained:
            layer.slopes[name] = layer.slopes[name] * factor


def train(case):
    """Where rows are changed by chance, `changed` has what each step trains on."""
    s = case["settings"]
    layers = [
        layer_of(one["layer"], {k: np.array(v["values"]).reshape(v["shape"]) for k, v in one["tensors"].items()})
        for one in case["layers"]
    ]
    x, y, w = (np.array(case[name], float) for name in ("x", "y", "w"))
    x = x.reshape(len(x), *case["shape"])
    optimizer, batch = Optimizer(s), s["batch_size"]
    batches = -(-len(x) // batch)
    steps = s["epochs"] * batches
    step, rates, losses = 0, [], []
    for order in case["orders"]:
        total = 0
        for start in range(0, len(order), batch):
            rows = order[start : start + batch]
            batch_x, batch_y, batch_w = x[rows], y[rows], w[rows]
            if "changed" in case:
                batch_x, batch_y, batch_w = (np.array(case["changed"][step][name]) for name in ("x", "y", "w"))
            current = batch_x.reshape(len(batch_x), *case["shape"])
            for i, layer in enumerate(layers):
                masks = case["masks"].get(str(i))
                current = layer.forward(current, masks and masks[step])
            shown, d = loss_of(current, batch_y, batch_w, case["task"], s["label_smoothing"])
            total += shown.sum()
            for layer in reversed(layers):
                d = layer.back(d)
            if s["clip_norm"] > 0:
                clip(layers, s["clip_norm"])
            rate = rate_at(step, steps, batches, s)
            rates.append(rate)
            optimizer.begin()
            for i, layer in enumerate(layers):
                for name in layer.trained:
                    value = getattr(layer, name)
                    moved = optimizer.move((i, name), value, layer.slopes[name], rate, name in layer.penalized)
                    setattr(layer, name, moved)
            step += 1
        losses.append(total / len(x))
    ends = [
        {name: getattr(layer, name).ravel().tolist() for name in one["tensors"]}
        for one, layer in zip(case["layers"], layers)
    ]
    return {"rates": rates, "losses": losses, "tensors": ends}


json.dump([train(case) for case in json.load(sys.stdin)], sys.stdout)
