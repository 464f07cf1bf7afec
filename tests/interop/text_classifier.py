"""Codes of words by Python's own regular expressions, and NumPy's answers of text networks, for text-classifier.test.ts.

Cases as JSON on stdin: training texts, texts that are asked about, parameters of the step, and a network's tensors.
For each the vocabulary, the codes and the answers on stdout.
"""

import json
import re
import sys
from collections import Counter

import numpy as np


def lowered(text: str) -> str:
    """Letter by letter, as C does it: Python's own lower() makes two letters of one, and knows a final sigma."""
    return "".join({"İ": "i"}.get(letter, letter.lower()) for letter in text)


def words(text: str, given: dict) -> list:
    whole = lowered(text) if given["lowercase"] else text
    return [word for word in re.findall(r"\w+", whole) if len(word) > 1][: given["max_length"]]


def vocabulary(texts: list, given: dict) -> list:
    read = [words(text, given) for text in texts]
    often = Counter(word for one in read for word in one)
    rows = Counter(word for one in read for word in set(one))
    known = [word for word in often if rows[word] >= given["min_rows"]]
    known.sort(key=lambda word: (-often[word], word.encode("utf-16-be")))
    return known[: given["max_words"]]


def codes(texts: list, known: list, given: dict) -> np.ndarray:
    code = {word: 2 + k for k, word in enumerate(known)}
    found = np.zeros((len(texts), given["max_length"]), dtype=int)
    for row, text in zip(found, texts):
        for k, word in enumerate(words(text, given)):
            row[k] = code.get(word, 1)
    return found


def attended(places: np.ndarray, query: np.ndarray) -> np.ndarray:
    if len(places) == 0:
        return np.zeros(len(query))
    powers = np.exp(places @ query)
    return powers @ places / powers.sum()


def convolved(places: np.ndarray, kernel: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """As many windows as places: of the zeros around them the odd one comes last."""
    size = len(kernel)
    padded = np.pad(places, (((size - 1) // 2, size // 2), (0, 0)))
    windows = [np.tensordot(padded[k : k + size], kernel, axes=2) for k in range(len(places))]
    return np.maximum(np.max(windows, axis=0) + bias, 0)


def answers(found: np.ndarray, weights: dict) -> np.ndarray:
    def tensor(name: str) -> np.ndarray:
        return np.array(weights[name]["values"]).reshape(weights[name]["shape"])

    vectors = tensor("vectors_0")
    if "query_1" in weights:
        texts = [attended(vectors[row[row > 0] - 1], tensor("query_1")) for row in found]
    else:
        known = np.vstack([np.zeros(vectors.shape[1]), vectors])
        texts = [convolved(known[row], tensor("kernel_1"), tensor("bias_1")) for row in found]
    hidden = np.maximum(np.array(texts) @ tensor("kernel_2") + tensor("bias_2"), 0)
    logits = hidden @ tensor("kernel_3") + tensor("bias_3")
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)


def answer(case: dict) -> dict:
    known = vocabulary(case["train"], case["parameters"])
    found = codes(case["new"], known, case["parameters"])
    return {
        "words": known,
        "codes": found.ravel().tolist(),
        "answers": answers(found, case["weights"]).ravel().tolist(),
    }


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
