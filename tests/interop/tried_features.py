"""What scikit-learn makes of max_features: cases on stdin. Of a tree the number of features tried at a node; of boosting, over
several seeds, the log loss on held rows and how often each feature splits a root."""

import json
import sys

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import log_loss
from sklearn.tree import DecisionTreeClassifier


def tried(case: dict) -> list[int]:
    counts = []
    for width, share in zip(case["widths"], case["shares"]):
        rows = np.arange(4 * width, dtype=np.float64).reshape(4, width)
        counts.append(DecisionTreeClassifier(max_features=share).fit(rows, [0, 1, 0, 1]).max_features_)
    return counts


def boosted(case: dict) -> dict:
    width = case["width"]
    train, held = (np.array(case[name]).reshape(-1, width) for name in ("train", "held"))
    losses, roots = [], np.zeros(width)
    for seed in case["seeds"]:
        model = HistGradientBoostingClassifier(
            max_features=case["share"], max_iter=case["iterations"], early_stopping=False, random_state=seed
        ).fit(train, case["trainTarget"])
        losses.append(log_loss(case["heldTarget"], model.predict_proba(held)))
        for (predictor,) in model._predictors:
            roots[predictor.nodes[0]["feature_idx"]] += 1
    return {"losses": losses, "roots": roots.tolist()}


given = json.load(sys.stdin)
json.dump({"tried": tried(given["tried"]), "boosted": boosted(given["boosted"])}, sys.stdout)
