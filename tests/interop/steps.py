"""scikit-learn's answers for the steps of steps-and-models.test.ts: cases on stdin, transformed columns on stdout."""

import json
import math
import sys

import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import MaxAbsScaler, MinMaxScaler, OneHotEncoder, RobustScaler, StandardScaler


def matrix(columns: list, text: bool) -> np.ndarray:
    if text:
        return np.array(columns, dtype=object).T
    return np.array([[math.nan if x is None else x for x in column] for column in columns], dtype=float).T


def imputer(given: dict, text: bool):
    constant = given["fill_text"] if text else given["fill_number"]
    return SimpleImputer(
        missing_values="" if text else math.nan,
        strategy=given["strategy"],
        fill_value=constant if given["strategy"] == "constant" else None,
        add_indicator=given["add_indicator"],
        keep_empty_features=True,
    )


def scaler(given: dict, text: bool):
    methods = {
        "standard": StandardScaler(),
        "min_max": MinMaxScaler(),
        "max_abs": MaxAbsScaler(),
        "robust": RobustScaler(quantile_range=(given["quantile_low"], given["quantile_high"])),
    }
    return methods[given["method"]]


STEPS = {"impute": imputer, "scale": scaler}


def transformer(case: dict, train: np.ndarray, text: bool):
    given = case["parameters"]
    if case["step"] in STEPS:
        return STEPS[case["step"]](given, text)
    # Ours gives no feature to infrequent categories; scikit-learn's limit counts that feature too.
    some_left_out = max(len(np.unique(column)) for column in train.T) > given["max_categories"]
    return OneHotEncoder(
        handle_unknown="infrequent_if_exist",
        min_frequency=given["min_frequency"],
        max_categories=given["max_categories"] + 1 if some_left_out else None,
        sparse_output=False,
    )


def answer(case: dict) -> list:
    text = case["kind"] == "text"
    train, new = matrix(case["train"], text), matrix(case["new"], text)
    fitted = transformer(case, train, text).fit(train)
    columns = np.asarray(fitted.transform(new)).T
    if case["step"] == "one_hot":
        names = fitted.get_feature_names_out([f"c{j}" for j in range(train.shape[1])])
        columns = columns[[not name.endswith("infrequent_sklearn") for name in names]]
    if columns.dtype == object:
        return columns.tolist()
    return [[None if math.isnan(x) else x for x in column] for column in columns.tolist()]


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
