"""Prints the seconds of processor time that a peer needs to train on x.f32 and y.f64 of a folder, in one thread."""

import sys
import time
from pathlib import Path

import numpy as np
from lightgbm import LGBMClassifier
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)

PEERS = {
    "hist_gradient_boosting": lambda values: (
        HistGradientBoostingRegressor if values else HistGradientBoostingClassifier
    )(early_stopping=False),
    "lightgbm": lambda values: LGBMClassifier(n_estimators=100, num_leaves=31, n_jobs=1, verbose=-1),
    "random_forest": lambda values: (RandomForestRegressor if values else RandomForestClassifier)(n_jobs=1),
}


def main(peer: str, folder: str, width: str, outputs: str) -> None:
    x = np.fromfile(Path(folder) / "x.f32", dtype=np.float32).reshape(-1, int(width))
    y = np.fromfile(Path(folder) / "y.f64")
    model = PEERS[peer](outputs == "1")
    # A small training first, so that imports and thread pools are not measured.
    model.fit(x[:500], y[:500])
    started = time.process_time()
    model.fit(x, y)
    print(time.process_time() - started)


main(*sys.argv[1:])
