"""scikit-learn's linear models for steps-and-models.test.ts: arrays on stdin, coefficients and predictions on stdout."""

import json
import sys
import warnings

import numpy as np
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge

warnings.filterwarnings("ignore")


def answer(case: dict) -> dict:
    features = np.array(case["features"], dtype=np.float64).reshape(case["rows"], -1)
    target = np.array(case["target"], dtype=np.float64)
    given = case["parameters"]
    if case["model"] == "ridge":
        alpha = given["alpha"]
        model = Ridge(alpha=alpha, solver="cholesky") if alpha > 0 else LinearRegression()
        model.fit(features, target)
        predictions = model.predict(features)
    else:
        model = LogisticRegression(
            C=given["C"], solver="newton-cholesky", tol=1e-12, max_iter=10_000
        ).fit(features, target)
        predictions = model.predict_proba(features)
    return {
        "coefficients": np.atleast_2d(model.coef_).tolist(),
        "intercept": np.atleast_1d(model.intercept_).tolist(),
        "predictions": predictions.ravel().tolist(),
    }


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
