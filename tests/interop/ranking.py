"""Reference for rankings: requests on stdin, answers on stdout.

`metrics`   NDCG by scikit-learn's ndcg_score over gains 2^grade - 1; average precision and reciprocal rank in the mean
            over every order that ties leave open, counted out
`lambdas`   gradients and hessians of LightGBM's `lambdarank` (src/objective/rank_objective.hpp), written out in NumPy
`ranker`    scores that LightGBM's LGBMRanker gives to test rows
"""

import itertools
import json
import sys

import numpy as np
from sklearn.metrics import ndcg_score


def orders(grades, scores):
    """Every order of the rows by falling score."""
    distinct = sorted(set(scores), reverse=True)
    groups = [[g for g, s in zip(grades, scores) if s == one] for one in distinct]
    for parts in itertools.product(*(itertools.permutations(group) for group in groups)):
        yield [grade for part in parts for grade in part]


def average_precision(order):
    hits = [i for i, grade in enumerate(order) if grade > 0]
    return np.mean([(n + 1) / (i + 1) for n, i in enumerate(hits)])


def reciprocal_rank(order):
    return 1 / (1 + next(i for i, grade in enumerate(order) if grade > 0))


def metrics(request):
    values = {"ndcg_5": [], "ndcg_10": [], "ndcg": [], "map": [], "mrr": []}
    for grades, scores in request["queries"]:
        if max(grades) == 0:
            continue
        gains = [2.0 ** np.array(grades) - 1]
        for name, k in (("ndcg_5", 5), ("ndcg_10", 10), ("ndcg", None)):
            values[name].append(ndcg_score(gains, [scores], k=k))
        every = list(orders(grades, scores))
        values["map"].append(np.mean([average_precision(order) for order in every]))
        values["mrr"].append(np.mean([reciprocal_rank(order) for order in every]))
    return {name: float(np.mean(own)) for name, own in values.items()}


def lambdas(request):
    grades, scores = np.array(request["grades"]), np.array(request["scores"])
    queries = np.array(request["queries"])
    places, norm = request["places"], request["normalizes"]
    gradients, hessians = np.zeros(len(grades)), np.zeros(len(grades))
    for query in np.unique(queries):
        rows = np.flatnonzero(queries == query)
        order = rows[np.argsort(-scores[rows], kind="stable")]
        g, s = 2.0 ** grades[order] - 1, scores[order]
        discount = 1 / np.log2(2 + np.arange(len(order)))
        best = np.sum((np.sort(g)[::-1] * discount)[:places])
        if best == 0:
            continue
        upper = np.triu(np.ones((len(order), len(order)), bool), 1)
        upper[places:] = False
        # LightGBM's signs: of each pair the better graded row is `high`.
        sign = np.sign(g[:, None] - g[None, :])
        delta = sign * (s[:, None] - s[None, :])
        change = np.abs(g[:, None] - g[None, :]) * np.abs(discount[:, None] - discount[None, :]) / best
        if norm and s[0] != s[-1]:
            change = change / (0.01 + np.abs(delta))
        p = 1 / (1 + np.exp(delta))
        pull = np.where(upper, change * p, 0)
        bend = np.where(upper, change * p * (1 - p), 0)
        own = -np.sum(sign * pull, axis=1) + np.sum(sign * pull, axis=0)
        bent = np.sum(bend, axis=1) + np.sum(bend, axis=0)
        total = 2 * np.sum(pull)
        factor = np.log2(1 + total) / total if norm and total > 0 else 1
        gradients[order], hessians[order] = own * factor, bent * factor
    return {"gradients": gradients.tolist(), "hessians": hessians.tolist()}


def ranker(request):
    import lightgbm

    def part(name):
        data = request[name]
        rows = np.array(data["features"], dtype=float).reshape(-1, request["width"])
        return rows, np.array(data["grades"]), np.array(data["queries"])

    rows, grades, queries = part("train")
    order = np.argsort(queries, kind="stable")
    model = lightgbm.LGBMRanker(
        n_estimators=100,
        num_leaves=31,
        learning_rate=0.1,
        min_child_samples=20,
        lambdarank_truncation_level=30,
        random_state=request["seed"],
        n_jobs=1,
        verbose=-1,
        deterministic=True,
        force_row_wise=True,
    )
    model.fit(rows[order], grades[order], group=np.unique(queries, return_counts=True)[1])
    return model.predict(part("test")[0]).tolist()


kinds = {"metrics": metrics, "lambdas": lambdas, "ranker": ranker}
json.dump([kinds[one["kind"]](one) for one in json.load(sys.stdin)], sys.stdout)
