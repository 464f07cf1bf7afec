"""scikit-learn's PCA for reduction.test.ts: cases as JSON on stdin, one answer each on stdout."""

import json
import sys

import numpy as np
from sklearn.decomposition import PCA
from sklearn.metrics import mean_squared_error, r2_score


def features(case: dict, name: str) -> np.ndarray:
    return np.array(case[name], dtype=np.float32).reshape(-1, case["width"]).astype(np.float64)


def answer(case: dict) -> dict:
    x, new = features(case, "features"), features(case, "new")
    model = PCA(case["n_components"], whiten=case["whiten"], svd_solver="full").fit(x)
    components = model.transform(new)
    rebuilt = model.inverse_transform(components)
    rows = np.repeat(np.arange(len(new)), case["counts"])
    return {
        "axes": model.components_.ravel().tolist(),
        "shares": model.explained_variance_ratio_.tolist(),
        "components": components.ravel().tolist(),
        "rebuilt": rebuilt.ravel().tolist(),
        "explained_variance": r2_score(new[rows], rebuilt[rows], multioutput="variance_weighted"),
        "reconstruction_rmse": float(np.sqrt(mean_squared_error(new[rows], rebuilt[rows]))),
    }


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
