"""scikit-learn's and NumPy's answers for metrics.test.ts: cases as JSON on stdin, values as JSON on stdout."""

import decimal
import json
import math
import sys
import warnings
from decimal import Decimal

import numpy as np
from sklearn import metrics

warnings.filterwarnings("ignore")


def classification(case: dict, rows: np.ndarray) -> dict:
    classes = np.arange(case["classes"])
    actual = np.array(case["actual"])[rows]
    predicted = np.array(case["predicted"])[rows]
    probabilities = np.array(case["probabilities"], dtype=np.float64).reshape(-1, len(classes))[rows]
    return {
        "accuracy": metrics.accuracy_score(actual, predicted),
        "macro_f1": metrics.f1_score(actual, predicted, average="macro"),
        "log_loss": metrics.log_loss(actual, probabilities, labels=classes),
        "roc_auc": roc_auc(actual, probabilities, classes),
    }


def roc_auc(actual: np.ndarray, probabilities: np.ndarray, classes: np.ndarray) -> float:
    """Binary, or one against the rest; classes that are absent, or alone, are left out of the mean."""
    if len(classes) == 2:
        return metrics.roc_auc_score(actual, probabilities[:, 1])
    if len(np.unique(actual)) == len(classes):
        return metrics.roc_auc_score(
            actual, probabilities, multi_class="ovr", average="macro", labels=classes
        )
    areas = [metrics.roc_auc_score(actual == k, probabilities[:, k]) for k in classes]
    return np.nanmean(areas) if not np.all(np.isnan(areas)) else math.nan


def regression(case: dict, rows: np.ndarray) -> dict:
    actual = np.array(case["actual"], dtype=np.float64)[rows]
    predicted = np.array(case["predicted"], dtype=np.float64)[rows]
    constant = len(np.unique(actual)) < 2  # scikit-learn answers 0 or 1 by force there
    size = np.abs(actual).max()
    if not 1e-100 < size < 1e100:  # squares of float64 overflow or vanish, in NumPy as anywhere
        return regression_by_hand(actual, predicted)
    return {
        "mae": metrics.mean_absolute_error(actual, predicted),
        "rmse": metrics.root_mean_squared_error(actual, predicted),
        "r2": math.nan if constant else metrics.r2_score(actual, predicted),
    }


def regression_by_hand(actual: np.ndarray, predicted: np.ndarray) -> dict:
    """With fifty digits and exponents without end."""
    decimal.getcontext().prec = 50
    truth = [Decimal(float(value)) for value in actual]
    errors = [y - Decimal(float(p)) for y, p in zip(truth, predicted)]
    n = len(truth)
    centre = sum(truth) / n
    residual = sum(e * e for e in errors)
    total = sum((y - centre) ** 2 for y in truth)
    constant = len(set(truth)) < 2
    return {
        "mae": sum(abs(e) for e in errors) / n,
        "rmse": (residual / n).sqrt(),
        "r2": math.nan if constant else 1 - residual / total,
    }


def answer(case: dict) -> dict | list:
    if case["kind"] == "percentiles":
        samples = np.array([math.nan if x is None else x for x in case["samples"]], dtype=np.float64)
        return list(np.percentile(samples[~np.isnan(samples)], [2.5, 97.5]))
    rows = np.repeat(np.arange(len(case["counts"])), case["counts"])
    values = (classification if case["kind"] == "classification" else regression)(case, rows)
    return {name: None if math.isnan(value) else float(value) for name, value in values.items()}


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
