"""Layers that read codes, in float64, for networks.py."""

import numpy as np


class Embedding:
    """torch.nn.Embedding for each coded feature, with a row of its own for what is missing or unknown; plain features first."""

    def __init__(self, spec, tensors):
        self.codes, self.trained, self.penalized = spec["codes"], list(tensors), set(tensors)
        for name, values in tensors.items():
            setattr(self, name, values)

    def forward(self, x, mask):
        coded = [one["feature"] for one in self.codes]
        plain = np.delete(x, coded, axis=1)
        self.plain, self.places, parts = plain.shape[1], [], [plain]
        for k, one in enumerate(self.codes):
            code = x[:, one["feature"]]
            known = (code >= 0) & (code < one["categories"])
            places = np.where(known, code, one["categories"]).astype(int)
            self.places.append(places)
            parts.append(np.concatenate([getattr(self, f"vectors_{k}"), getattr(self, f"other_{k}")])[places])
        return np.concatenate(parts, axis=1)

    def back(self, d):
        self.slopes, at = {}, self.plain
        for k, (one, places) in enumerate(zip(self.codes, self.places)):
            slopes = np.zeros((one["categories"] + 1, one["size"]))
            np.add.at(slopes, places, d[:, at : at + one["size"]])
            self.slopes[f"vectors_{k}"], self.slopes[f"other_{k}"] = slopes[:-1], slopes[-1:]
            at += one["size"]


class TokenEmbedding:
    """torch.nn.Embedding with padding_idx 0, whose row is left out of the table."""

    trained, penalized = ["vectors"], {"vectors"}

    def __init__(self, tensors):
        self.vectors = tensors["vectors"]

    def forward(self, x, mask):
        self.places = x.astype(int)
        return np.concatenate([np.zeros((1, self.vectors.shape[1])), self.vectors])[self.places]

    def back(self, d):
        slopes = np.zeros((len(self.vectors) + 1, self.vectors.shape[1]))
        np.add.at(slopes, self.places, d)
        self.slopes = {"vectors": slopes[1:]}


class AttentionPool:
    """The mean of the places that are not all 0, by the softmax of their products with one learned query."""

    trained, penalized = ["query"], {"query"}

    def __init__(self, tensors):
        self.query = tensors["query"]

    def forward(self, x, mask):
        self.x = x
        scores = np.where(np.abs(x).max(2) > 0, x @ self.query, -np.inf)
        largest = scores.max(1, keepdims=True)
        powers = np.exp(scores - np.where(np.isfinite(largest), largest, 0))
        sums = powers.sum(1, keepdims=True)
        self.shares = powers / np.where(sums > 0, sums, 1)
        return np.einsum("nt,nts->ns", self.shares, x)

    def back(self, d):
        by_share = np.einsum("ns,nts->nt", d, self.x)
        by_score = self.shares * (by_share - (self.shares * by_share).sum(1, keepdims=True))
        self.slopes = {"query": np.einsum("nt,nts->s", by_score, self.x)}
        return self.shares[..., None] * d[:, None] + by_score[..., None] * self.query
