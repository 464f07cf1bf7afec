"""A character transformer in float64 by the formulas of GPT-2 (tanh GELU, normalization first), and the two counting
baselines with their perplexity, as the reference for ours.

Reads cases from standard input. A transformer's has weights, codes (None behind a text's end) and coordinates of weights;
it answers with the logits' probabilities and nats, the mean loss, and the slope of the loss at each coordinate by central
differences. A text's has the text and its settings; it answers with the figures of both baselines on the test windows.
"""

import json
import math
import os
import sys
from collections import Counter

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np  # noqa: E402


def norm(x, scale, offset):
    away = x - x.mean(-1, keepdims=True)
    return away / np.sqrt((away**2).mean(-1, keepdims=True) + 1e-5) * scale + offset


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def logits_of(w, codes, layers, heads, activation):
    count = w["vectors_0"].shape[0]
    rows, places = codes.shape
    before = np.concatenate([np.full((rows, 1), np.nan), codes[:, :-1]], 1)
    table = np.concatenate([w["vectors_0"], w["beginning_0"]])
    x = table[np.where(np.isnan(before), count, before).astype(int)] + w["places_0"]
    size = x.shape[-1]
    later = np.triu(np.ones((places, places), bool), 1)
    for n in range(1, layers + 1):
        y = norm(x, w[f"first_scale_{n}"], w[f"first_offset_{n}"])
        q, k, v = (
            (y @ w[f"{role}_{n}"]).reshape(rows, places, heads, -1).transpose(0, 2, 1, 3)
            for role in ("query", "key", "value")
        )
        scores = q @ k.transpose(0, 1, 3, 2) / math.sqrt(size // heads)
        seen = softmax(np.where(later, -np.inf, scores)) @ v
        seen = seen.transpose(0, 2, 1, 3).reshape(rows, places, size)
        x = x + seen @ w[f"out_{n}"] + w[f"out_bias_{n}"]
        y = norm(x, w[f"second_scale_{n}"], w[f"second_offset_{n}"])
        h = y @ w[f"up_{n}"] + w[f"up_bias_{n}"]
        if activation == "relu":
            h = np.maximum(h, 0)
        else:
            h = 0.5 * h * (1 + np.tanh(math.sqrt(2 / math.pi) * (h + 0.044715 * h**3)))
        x = x + h @ w[f"down_{n}"] + w[f"down_bias_{n}"]
    last = layers + 1
    y = norm(x, w[f"scale_{last}"], w[f"offset_{last}"])
    return y @ w[f"kernel_{last + 1}"] + w[f"bias_{last + 1}"]


def log_probabilities(*given):
    return np.log(softmax(logits_of(*given)))


def transformer(case):
    w = {
        name: np.array(one["values"], float).reshape(one["shape"])
        for name, one in case["weights"].items()
    }
    codes = np.array([[np.nan if c is None else c for c in row] for row in case["codes"]], float)
    settings = case["layers"], case["heads"], case["activation"]
    rows, places = codes.shape

    def answer(row):
        own = row[~np.isnan(row)].astype(int)
        logs = log_probabilities(w, row[None], *settings)[0]
        nats = -np.mean([logs[i, c] for i, c in enumerate(own)]) if len(own) else 0.0
        kept = row[1:][: places - 1] if len(own) == places else row
        moved = np.full(places, np.nan)
        moved[: len(kept)] = kept
        free = min(len(own), places - 1)
        return [*np.exp(log_probabilities(w, moved[None], *settings)[0, free]), nats]

    def loss():
        logs = log_probabilities(w, codes, *settings)
        known = codes.astype(int)
        return -np.take_along_axis(logs, known[..., None], 2).mean()

    def slope(name, at):
        flat, step = w[name].reshape(-1), 1e-7
        kept = flat[at]
        flat[at] = kept + step
        above = loss()
        flat[at] = kept - step
        below = loss()
        flat[at] = kept
        return (above - below) / (2 * step)

    whole = not np.isnan(codes).any()
    return {
        "answers": [answer(row) for row in codes],
        "loss": loss() if whole else None,
        "slopes": [slope(name, at) for name, at in case.get("coordinates", [])],
    }


def baselines(case):
    text, size, smoothing = case["text"], case["context"], case["smoothing"]
    windows = [text[i : i + size] for i in range(0, len(text) - size + 1, size)]
    first, second = round(0.6 * len(windows)), round(0.8 * len(windows))
    train, test = windows[:first], windows[second:]
    occurs = Counter("".join(train))
    known = sorted(c for c, n in occurs.items() if n >= case["min_count"])
    codes = {c: i for i, c in enumerate(known)}
    count = len(known) + 1
    singles, pairs = np.zeros(count), np.zeros((count + 1, count))
    for window in train:
        before = count
        for c in window:
            code = codes.get(c, count - 1)
            singles[code] += 1
            pairs[before, code] += 1
            before = code
    shares = (singles + 1) / (singles.sum() + count)
    behind = (pairs + smoothing * shares) / (pairs.sum(1, keepdims=True) + smoothing)
    figures = []
    for table in (np.tile(shares, (count + 1, 1)), behind):
        logs = []
        for window in test:
            before = count
            for c in window:
                code = codes.get(c, count - 1)
                logs.append(math.log(table[before, code]))
                before = code
        figures.append(
            {
                "perplexity": math.exp(-np.mean(logs)),
                "bits_per_character": -np.mean(np.array(logs) / math.log(2)),
            }
        )
    return {"figures": figures, "characters": known, "windows": len(windows)}


kinds = {"transformer": transformer, "baselines": baselines}
json.dump([kinds[case["kind"]](case) for case in json.load(sys.stdin)], sys.stdout)
