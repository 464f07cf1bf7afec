"""scikit-learn's answers for the steps of steps-and-models.test.ts: cases on stdin, transformed columns on stdout."""

import json
import math
import sys

import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, StandardScaler


def matrix(columns: list, text: bool) -> np.ndarray:
    if text:
        return np.array(columns, dtype=object).T
    return np.array([[math.nan if x is None else x for x in column] for column in columns], dtype=float).T


def transformer(case: dict, train: np.ndarray, text: bool):
    step, given = case["step"], case["parameters"]
    if step == "impute":
        missing = "" if text else math.nan
        constant = "(missing)" if text else 0
        return SimpleImputer(
            missing_values=missing,
            strategy=given["strategy"],
            fill_value=constant if given["strategy"] == "constant" else None,
            keep_empty_features=True,
        )
    if step == "scale":
        return StandardScaler() if given["method"] == "standard" else MinMaxScaler()
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
    columns = fitted.transform(new).T
    if case["step"] == "one_hot":
        names = fitted.get_feature_names_out([f"c{j}" for j in range(train.shape[1])])
        columns = columns[[not name.endswith("infrequent_sklearn") for name in names]]
    if columns.dtype == object:
        return columns.tolist()
    return [[None if math.isnan(x) else x for x in column] for column in columns.tolist()]


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
