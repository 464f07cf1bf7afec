"""scikit-learn's models with a weight for each class, by a dictionary: cases on stdin, probabilities of the training rows on stdout."""

import json
import sys

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB, MultinomialNB
from sklearn.tree import DecisionTreeClassifier


def boosting(given: dict, weights: dict):
    shared = ("max_iter", "min_samples_leaf", "l2_regularization")
    return HistGradientBoostingClassifier(
        **{name: given[name] for name in shared}, class_weight=weights, early_stopping=False
    )


def forest(given: dict, weights: dict):
    return RandomForestClassifier(
        n_estimators=given["n_estimators"],
        min_samples_leaf=given["min_samples_leaf"],
        max_features=None,
        bootstrap=False,
        class_weight=weights,
        random_state=1,
    )


def tree(given: dict, weights: dict):
    return DecisionTreeClassifier(
        criterion=given["criterion"],
        min_samples_leaf=given["min_samples_leaf"],
        ccp_alpha=given["ccp_alpha"],
        class_weight=weights,
        random_state=1,
    )


MODELS = {
    "logistic_regression": lambda given, weights: LogisticRegression(
        C=given["C"], solver="newton-cholesky", tol=1e-12, max_iter=10_000, class_weight=weights
    ),
    "decision_tree": tree,
    "random_forest": forest,
    "gradient_boosting": boosting,
    "naive_bayes": lambda given, _: MultinomialNB(alpha=given["alpha"]) if given["kind"] == "multinomial" else GaussianNB(),
}


def answer(case: dict) -> list[float]:
    features = np.array(case["features"], dtype=np.float64).reshape(case["rows"], -1)
    target = np.array(case["target"], dtype=int)
    weights = {int(label): weight for label, weight in case["weights"].items()}
    rows = None if case["rowWeights"] is None else np.array(case["rowWeights"])
    if case["model"] == "naive_bayes":
        # It has no class_weight, which is a weight of rows by another name.
        own = np.array([weights.get(label, 1) for label in target], dtype=float)
        rows = own if rows is None else own * rows
    model = MODELS[case["model"]](case["parameters"], weights).fit(features, target, sample_weight=rows)
    return model.predict_proba(features).ravel().tolist()


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
