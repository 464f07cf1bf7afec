"""scikit-learn's answers for autoencoder.test.ts: cases as JSON on stdin, one answer each on stdout."""

import json
import sys
import warnings

import numpy as np
from sklearn.ensemble import IsolationForest
from sklearn.metrics import roc_auc_score
from sklearn.neural_network import MLPRegressor

warnings.filterwarnings("ignore")


def rows_of(case: dict, name: str = "features") -> np.ndarray:
    return np.array(case[name], dtype=np.float32).reshape(-1, case["width"]).astype(np.float64)


def errors(model: MLPRegressor, x: np.ndarray) -> np.ndarray:
    return ((x - model.predict(x).reshape(x.shape)) ** 2).mean(axis=1)


def scores(case: dict) -> list:
    """Of a network of the given weights."""
    x = rows_of(case)
    model = MLPRegressor(hidden_layer_sizes=case["hidden"], activation=case["activation"], max_iter=1).fit(x, x)
    model.coefs_ = [np.array(one["values"]).reshape(one["shape"]) for one in case["kernels"]]
    model.intercepts_ = [np.array(one) for one in case["biases"]]
    error = errors(model, x)
    return (error / (1 + error)).tolist()


def areas(case: dict) -> dict:
    """Areas under the curve of networks and forests that learned the rows, by seed."""
    x, truth = rows_of(case), np.array(case["truth"])
    network, forest = [], []
    for seed in case["seeds"]:
        model = MLPRegressor(
            hidden_layer_sizes=case["hidden"],
            activation="tanh",
            learning_rate_init=0.005,
            batch_size=32,
            max_iter=100,
            early_stopping=True,
            validation_fraction=0.2,
            n_iter_no_change=20,
            tol=0,
            random_state=seed,
        ).fit(x, x)
        network.append(roc_auc_score(truth, errors(model, x)))
        forest.append(roc_auc_score(truth, -IsolationForest(random_state=seed).fit(x).score_samples(x)))
    return {"network": network, "forest": forest}


KINDS = {"scores": scores, "areas": areas}
json.dump([KINDS[case["kind"]](case) for case in json.load(sys.stdin)], sys.stdout)
