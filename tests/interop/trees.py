"""scikit-learn's answers to the cases of tree-cases.ts: cases on stdin; predictions of the held rows, and each feature's share
of the gain of all splits, on stdout; of a decision tree its nodes too, in the order of `tree_`."""

import json
import sys

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor


def matrix(features: dict) -> np.ndarray:
    values = [np.nan if value is None else value for value in features["values"]]
    return np.array(values, dtype=np.float64).reshape(features["rows"], features["width"])


def boosting(parameters: dict, values: bool, features: dict):
    ours = ("patience", "max_depth", "increasing", "decreasing") + (() if values else ("loss", "quantile"))
    given = {name: value for name, value in parameters.items() if name not in ours}
    if values and given["loss"] != "quantile":
        del given["quantile"]
    kind = HistGradientBoostingRegressor if values else HistGradientBoostingClassifier
    ways = {name: 1 for name in parameters["increasing"]} | {name: -1 for name in parameters["decreasing"]}
    constraints = [ways.get(name, 0) for name in features["names"]] if ways else None
    categorical = np.flatnonzero(features["categories"]) if features["categories"] else None
    # JSON makes no difference between 1 and 1.0, and scikit-learn does.
    given |= {"max_features": float(parameters["max_features"])}
    given |= {"max_depth": parameters["max_depth"] or None, "monotonic_cst": constraints}
    return kind(**given, categorical_features=categorical, early_stopping=False)


def decision_tree(parameters: dict, values: bool, _: dict):
    kind = DecisionTreeRegressor if values else DecisionTreeClassifier
    shared = ("min_samples_leaf", "min_samples_split", "min_impurity_decrease", "ccp_alpha")
    given = {name: parameters[name] for name in shared + (() if values else ("criterion",))}
    limits = {name: parameters[name] or None for name in ("max_depth", "max_leaf_nodes")}
    return kind(**given, **limits, random_state=1)


MODELS = {"gradient_boosting": boosting, "decision_tree": decision_tree}


def importances(model, width: int) -> list[float]:
    if not hasattr(model, "_predictors"):
        return model.feature_importances_.tolist()
    sums = np.zeros(width)
    for predictor in (one for several in model._predictors for one in several):
        splits = predictor.nodes[predictor.nodes["is_leaf"] == 0]
        np.add.at(sums, splits["feature_idx"], splits["gain"])
    return (sums / max(sums.sum(), 1e-300)).tolist()


def nodes(model) -> list[dict]:
    """In their order. Where rounding leaves a pure node an impurity above 0, scikit-learn goes on to split it: what is below is left out."""
    tree = model.tree_

    def below(i: int) -> list[int]:
        if tree.feature[i] < 0 or tree.impurity[i] < 1e-12:
            return [i]
        return [i, *below(tree.children_left[i]), *below(tree.children_right[i])]

    return [
        {
            "feature": int(tree.feature[i]) if tree.impurity[i] >= 1e-12 else -2,
            "threshold": float(tree.threshold[i]) if np.isfinite(tree.threshold[i]) else None,
            "rows": float(tree.weighted_n_node_samples[i]),
            "says": tree.value[i][0].tolist(),
            "impurity": float(tree.impurity[i]),
        }
        for i in below(0)
    ]


def answer(case: dict) -> dict:
    train = case["train"]
    values = train["outputs"] == 1
    model = MODELS[case["model"]](case["parameters"], values, train["features"])
    model.fit(matrix(train["features"]), np.array(train["target"]), sample_weight=train.get("weights"))
    held = matrix(case["held"]["features"])
    predicted = model.predict(held) if values else model.predict_proba(held)
    shares = importances(model, train["features"]["width"])
    given = {"nodes": nodes(model)} if hasattr(model, "tree_") else {}
    return {"predicted": predicted.ravel().tolist(), "importances": shares, **given}


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
