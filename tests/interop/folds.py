"""scikit-learn's metrics of each fold for folds.test.ts: rows, folds and models as JSON on stdin."""

import json
import sys
import warnings

import numpy as np
from sklearn import metrics
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

warnings.filterwarnings("ignore")


def model(case: dict):
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    features = ColumnTransformer(
        [
            ("numbers", numbers, [0, 1]),
            ("words", OneHotEncoder(handle_unknown="ignore"), [2]),
        ]
    )
    if case["task"] == "regression":
        return make_pipeline(features, Ridge(alpha=case["alpha"], solver="cholesky"))
    logistic = LogisticRegression(C=case["C"], solver="newton-cholesky", tol=1e-12, max_iter=1000)
    return make_pipeline(features, logistic)


def of_values(fitted, x, y) -> dict:
    predicted = fitted.predict(x)
    return {
        "mae": metrics.mean_absolute_error(y, predicted),
        "rmse": metrics.root_mean_squared_error(y, predicted),
        "r2": metrics.r2_score(y, predicted),
    }


def of_classes(fitted, x, y) -> dict:
    predicted, shares = fitted.predict(x), fitted.predict_proba(x)
    return {
        "accuracy": metrics.accuracy_score(y, predicted),
        "macro_f1": metrics.f1_score(y, predicted, average="macro"),
        "log_loss": metrics.log_loss(y, shares, labels=fitted.classes_),
        "roc_auc": metrics.roc_auc_score(y, shares[:, 1]),
    }


def answer(case: dict) -> dict:
    x = np.array(
        [[np.nan if cell is None else cell for cell in row] for row in case["x"]], dtype=object
    )
    y = np.array(case["y"])
    measure = of_values if case["task"] == "regression" else of_classes
    folds = [
        measure(model(case).fit(x[fold["train"]], y[fold["train"]]), x[fold["test"]], y[fold["test"]])
        for fold in case["folds"]
    ]
    names = list(folds[0])
    return {
        "folds": folds,
        "mean": {name: float(np.mean([fold[name] for fold in folds])) for name in names},
        "deviation": {name: float(np.std([fold[name] for fold in folds], ddof=1)) for name in names},
    }


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
