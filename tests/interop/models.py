"""scikit-learn's models for steps-and-models.test.ts and coefficients.test.ts: arrays on stdin, coefficients, intercepts and predictions on stdout."""

import json
import sys
import warnings

import numpy as np
from sklearn.linear_model import (
    ElasticNet,
    Lasso,
    LinearRegression,
    LogisticRegression,
    PoissonRegressor,
    QuantileRegressor,
    Ridge,
)
from sklearn.naive_bayes import BernoulliNB, GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

warnings.filterwarnings("ignore")


def ridge(given: dict, _: dict):
    alpha = given["alpha"]
    return Ridge(alpha=alpha, solver="cholesky") if alpha > 0 else LinearRegression()


def logistic(given: dict, case: dict):
    weight = "balanced" if case["balanced"] else None
    if given["penalty"] in ("l1", "elastic_net"):
        ratio = 1 if given["penalty"] == "l1" else given["l1_ratio"]
        return LogisticRegression(
            C=given["C"], l1_ratio=ratio, solver="saga", tol=1e-10, max_iter=200_000, class_weight=weight
        )
    strength = np.inf if given["penalty"] == "none" else given["C"]
    return LogisticRegression(
        C=strength, solver="newton-cholesky", tol=1e-12, max_iter=10_000, class_weight=weight
    )


def naive_bayes(given: dict, _: dict):
    if given["kind"] == "gaussian":
        return GaussianNB(var_smoothing=given["var_smoothing"])
    counting = BernoulliNB if given["kind"] == "bernoulli" else MultinomialNB
    return counting(alpha=given["alpha"])


def nearest_neighbours(given: dict, case: dict):
    kind = KNeighborsClassifier if case["outputs"] > 1 else KNeighborsRegressor
    return kind(given["k"], weights=given["weights"], metric=given["metric"], algorithm="brute")


models = {
    "ridge": ridge,
    "logistic_regression": logistic,
    "naive_bayes": naive_bayes,
    "nearest_neighbours": nearest_neighbours,
    "lasso": lambda given, _: Lasso(alpha=given["alpha"], tol=1e-12, max_iter=1_000_000),
    "poisson_regression": lambda given, _: PoissonRegressor(
        alpha=given["alpha"], solver="newton-cholesky", tol=1e-12, max_iter=10_000
    ),
    "quantile_regression": lambda given, _: QuantileRegressor(
        quantile=given["quantile"],
        alpha=given["alpha"],
        solver="highs",
        solver_options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    ),
    "elastic_net": lambda given, _: ElasticNet(
        alpha=given["alpha"], l1_ratio=given["l1_ratio"], tol=1e-12, max_iter=1_000_000
    ),
}


def answer(case: dict) -> dict:
    features = np.array(case["features"], dtype=np.float64).reshape(case["rows"], -1)
    target = np.array(case["target"], dtype=np.float64)
    weights = {} if case["weights"] is None else {"sample_weight": np.array(case["weights"])}
    model = models[case["model"]](case["parameters"], case).fit(features, target, **weights)
    classifies = hasattr(model, "predict_proba")
    predictions = model.predict_proba(features) if classifies else model.predict(features)
    linear = hasattr(model, "coef_")
    return {
        "coefficients": np.atleast_2d(model.coef_).tolist() if linear else None,
        "intercepts": np.atleast_1d(model.intercept_).tolist() if linear else None,
        "predictions": predictions.ravel().tolist(),
    }


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
