"""
Ten real tables, each parted three times, with the scores of scikit-learn's trees and LightGBM's on the held-out quarter:
python tree_tables.py FOLDER_OF_VEGA_DATASETS, answers on stdout.
"""

import json
import sys
from pathlib import Path

from lightgbm import LGBMClassifier, LGBMRegressor
from real_tables import answer, real_tables
from sklearn.ensemble import (
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

MODELS = {
    "gradient_boosting": (HistGradientBoostingClassifier, HistGradientBoostingRegressor, {"early_stopping": False}),
    "random_forest": (RandomForestClassifier, RandomForestRegressor, {}),
    "extra_trees": (ExtraTreesClassifier, ExtraTreesRegressor, {}),
    "decision_tree": (DecisionTreeClassifier, DecisionTreeRegressor, {}),
    "lightgbm": (LGBMClassifier, LGBMRegressor, {"n_jobs": 1, "verbose": -1}),
}


def score(kind: str, train, test, seed: int) -> dict:
    scores = {}
    for name, (classifier, regressor, parameters) in MODELS.items():
        model = (classifier if kind == "classes" else regressor)(**parameters, random_state=seed)
        scores[name] = model.fit(*train).score(*test)
    return scores


json.dump([answer(*table, score) for table in real_tables(Path(sys.argv[1]))], sys.stdout)
