"""NumPy's answers of networks with embeddings for embedding.test.ts: cases as JSON on stdin, one answer each on stdout."""

import json
import sys

import numpy as np


def tensor(case: dict, name: str) -> np.ndarray:
    one = case["weights"][name]
    return np.array(one["values"]).reshape(one["shape"])


def answers(case: dict) -> list:
    x = np.array([np.nan if value is None else value for value in case["features"]]).reshape(-1, case["width"])
    coded = [j for j, count in enumerate(case["categories"]) if count > 0]
    parts = [np.delete(x, coded, axis=1)]
    for k, j in enumerate(coded):
        vectors, other = tensor(case, f"vectors_{k}_0"), tensor(case, f"other_{k}_0")
        known = dict(enumerate(vectors))
        parts.append(np.stack([known.get(code, other[0]) for code in x[:, j]]))
    hidden = np.concatenate(parts, axis=1)
    hidden = np.maximum(hidden @ tensor(case, "kernel_1") + tensor(case, "bias_1"), 0)
    logits = hidden @ tensor(case, "kernel_2") + tensor(case, "bias_2")
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (shares / shares.sum(axis=1, keepdims=True)).ravel().tolist()


json.dump([answers(case) for case in json.load(sys.stdin)], sys.stdout)
