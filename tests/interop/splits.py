"""scikit-learn's folds for splits.test.ts: cases as JSON on stdin, what each gives as JSON on stdout."""

import json
import sys
import warnings

import numpy as np
from sklearn import model_selection
from sklearn.utils import murmurhash3_32

warnings.filterwarnings("ignore")


def folds(splitter, y: np.ndarray, groups: np.ndarray | None = None) -> list:
    return [
        {"train": sorted(map(int, train)), "test": sorted(map(int, test))}
        for train, test in splitter.split(np.zeros(len(y)), y, groups)
    ]


def quantiles(values: np.ndarray, count: int) -> list[int]:
    below = np.searchsorted(np.sort(values), values, side="left")
    return [int(b) * count // len(values) for b in below]


def answer(case: dict):
    kind, count = case["kind"], case.get("folds")
    y = np.array(case.get("y", []))
    groups = np.array(case["groups"]) if "groups" in case else None
    match kind:
        case "random":
            return folds(model_selection.KFold(count), y)
        case "stratified":
            return folds(model_selection.StratifiedKFold(count), y)
        case "group":
            return folds(model_selection.GroupKFold(count), y, groups)
        case "stratified group":
            runs = [
                model_selection.StratifiedGroupKFold(count, shuffle=True, random_state=seed)
                for seed in case["seeds"]
            ]
            return [folds(run, y, groups) for run in runs]
        case "time":
            return folds(model_selection.TimeSeriesSplit(count, gap=case["gap"]), y)
        case "column":
            return folds(model_selection.PredefinedSplit(groups), y)
        case "quantiles":
            return quantiles(np.array(case["values"]), case["count"])
        case "hash":
            return [murmurhash3_32(text, seed=case["seed"], positive=True) for text in case["texts"]]
        case _:
            raise ValueError(kind)


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
