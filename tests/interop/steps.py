"""scikit-learn's answers for the steps of steps-and-models.test.ts: cases on stdin, transformed columns on stdout."""

import json
import math
import sys

import numpy as np
from sklearn.decomposition import PCA
from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_selection import SelectFromModel, VarianceThreshold
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Lasso, LogisticRegression
from sklearn.metrics import mutual_info_score
from sklearn.preprocessing import (
    KBinsDiscretizer,
    MaxAbsScaler,
    MinMaxScaler,
    OneHotEncoder,
    OrdinalEncoder,
    PolynomialFeatures,
    PowerTransformer,
    QuantileTransformer,
    RobustScaler,
    StandardScaler,
    TargetEncoder,
)


def matrix(columns: list, text: bool) -> np.ndarray:
    if text:
        return np.array(columns, dtype=object).T
    return np.array([[math.nan if x is None else x for x in column] for column in columns], dtype=float).T


def imputer(given: dict, case: dict, train: np.ndarray):
    text = case["kind"] == "text"
    constant = given["fill_text"] if text else given["fill_number"]
    return SimpleImputer(
        missing_values="" if text else math.nan,
        strategy=given["strategy"],
        fill_value=constant if given["strategy"] == "constant" else None,
        add_indicator=given["add_indicator"],
        keep_empty_features=True,
    )


def scaler(given: dict, case: dict, train: np.ndarray):
    methods = {
        "standard": StandardScaler(),
        "min_max": MinMaxScaler(),
        "max_abs": MaxAbsScaler(),
        "robust": RobustScaler(quantile_range=(given["quantile_low"], given["quantile_high"])),
    }
    return methods[given["method"]]


def one_hot(given: dict, case: dict, train: np.ndarray):
    if given["rare"] == "group":
        return OneHotEncoder(
            handle_unknown="infrequent_if_exist" if given["unseen"] == "as_rare" else "ignore",
            min_frequency=given["min_frequency"],
            max_categories=given["max_categories"],
            sparse_output=False,
        )
    # Ours gives no feature to infrequent categories; scikit-learn's limit counts that feature too.
    some_left_out = max(len(np.unique(column)) for column in train.T) > given["max_categories"]
    return OneHotEncoder(
        handle_unknown="infrequent_if_exist",
        min_frequency=given["min_frequency"],
        max_categories=given["max_categories"] + 1 if some_left_out else None,
        sparse_output=False,
    )


def ordinal(given: dict, case: dict, train: np.ndarray):
    other = -1 if given["other"] == "minus_one" else math.nan
    return OrdinalEncoder(
        categories="auto" if None in case["orders"] else [np.array(o, dtype=object) for o in case["orders"]],
        handle_unknown="use_encoded_value",
        unknown_value=other,
        encoded_missing_value=other,
    )


def target_encoder(given: dict, case: dict, train: np.ndarray):
    types = {"regression": "continuous", "classification": "binary" if case["outputs"] == 2 else "multiclass"}
    smooth = "auto" if given["smoothing"] == "auto" else given["smooth"]
    return TargetEncoder(smooth=smooth, target_type=types[case["task"]])


class Frequency:
    def fit(self, train: np.ndarray, target=None):
        self.shares = [{x: list(column).count(x) / len(column) for x in column} for column in train.T]
        return self

    def transform(self, new: np.ndarray) -> np.ndarray:
        return np.array([[own.get(x, 0) for x in column] for own, column in zip(self.shares, new.T)], dtype=float).T


def quantile_map(given: dict, case: dict, train: np.ndarray):
    return QuantileTransformer(
        n_quantiles=min(given["n_quantiles"], len(train)),
        output_distribution=given["output"],
        subsample=None,
    )


class Clip:
    """numpy.clip between quantiles, or Tukey's fences."""

    def __init__(self, given: dict):
        self.given = given

    def fit(self, train: np.ndarray, target=None):
        if self.given["method"] == "quantiles":
            self.low = np.nanpercentile(train, self.given["quantile_low"], axis=0)
            self.high = np.nanpercentile(train, self.given["quantile_high"], axis=0)
        else:
            lower, upper = np.nanpercentile(train, [25, 75], axis=0)
            self.low = lower - self.given["fence"] * (upper - lower)
            self.high = upper + self.given["fence"] * (upper - lower)
        return self

    def transform(self, new: np.ndarray) -> np.ndarray:
        return np.clip(new, self.low, self.high)


def discretizer(given: dict, case: dict, train: np.ndarray):
    return KBinsDiscretizer(
        n_bins=given["n_bins"],
        strategy=given["strategy"],
        encode="ordinal" if given["encode"] == "ordinal" else "onehot-dense",
        quantile_method="linear",
        subsample=None,
    )


def components(given: dict, case: dict, train: np.ndarray):
    most = min(given["n_components"], train.shape[1])
    kept = given["share"] if given["keep"] == "share" else most
    return PCA(n_components=kept, whiten=given["whiten"], svd_solver="full")


class MutualInformation:
    """mutual_info_score of numbers in ten bins of equally many rows, missing ones in a bin of their own."""

    def __init__(self, most: int, is_number: bool):
        self.most, self.is_number = most, is_number

    @staticmethod
    def binned(values: np.ndarray) -> np.ndarray:
        present = values[~np.isnan(values)]
        edges = np.unique(np.percentile(present, np.linspace(0, 100, 11)))
        return np.where(np.isnan(values), -1, np.searchsorted(edges[1:-1], values, side="right"))

    def fit(self, train: np.ndarray, target: np.ndarray):
        answers = self.binned(target) if self.is_number else target
        scores = [mutual_info_score(self.binned(column), answers) for column in train.T]
        self.kept = sorted(np.argsort(-np.array(scores), kind="stable")[: self.most])
        return self

    def transform(self, new: np.ndarray) -> np.ndarray:
        return new[:, self.kept]


class UsedByL1:
    """SelectFromModel over standardized columns, and for values over a standardized target."""

    def __init__(self, alpha: float, is_value: bool):
        self.alpha, self.is_value = alpha, is_value

    def fit(self, train: np.ndarray, target: np.ndarray):
        if self.is_value:
            model = Lasso(alpha=self.alpha, tol=1e-12, max_iter=1_000_000)
            target = (target - target.mean()) / target.std()
        else:
            strength = 1 / (self.alpha * len(train))
            model = LogisticRegression(C=strength, l1_ratio=1, solver="saga", tol=1e-10, max_iter=200_000)
        scaled = StandardScaler().fit_transform(train)
        self.kept = SelectFromModel(model, threshold=1e-5).fit(scaled, target).get_support()
        return self

    def transform(self, new: np.ndarray) -> np.ndarray:
        return new[:, self.kept]


class Sequence:
    """StandardScaler over all positions of a channel; then the channels of a position side by side."""

    def __init__(self, channels: int):
        self.channels = channels

    def fit(self, train: np.ndarray, target=None):
        self.scalers = [StandardScaler().fit(part.reshape(-1, 1)) for part in self.parts(train)]
        return self

    def parts(self, columns: np.ndarray) -> list:
        return np.split(columns, self.channels, axis=1)

    def transform(self, new: np.ndarray) -> np.ndarray:
        pairs = zip(self.scalers, self.parts(new))
        scaled = [one.transform(part.reshape(-1, 1)).reshape(part.shape) for one, part in pairs]
        return np.stack(scaled, axis=2).reshape(len(new), -1)


def selector(given: dict, case: dict, train: np.ndarray):
    if given["method"] == "l1":
        return UsedByL1(given["alpha"], case["task"] == "regression")
    if given["method"] == "variance":
        return VarianceThreshold(given["threshold"])
    return MutualInformation(given["k"], case["task"] == "regression")


class Hashing:
    """FeatureHasher of each column by itself."""

    def __init__(self, given: dict):
        self.hasher = FeatureHasher(given["n_features"], input_type="string", alternate_sign=given["alternate_sign"])

    def fit(self, train: np.ndarray, target=None):
        return self

    def transform(self, new: np.ndarray) -> np.ndarray:
        return np.hstack([self.hasher.transform([[x] for x in column]).toarray() for column in new.T])


STEPS = {
    "hashing": lambda given, *_: Hashing(given),
    "polynomial": lambda given, *_: PolynomialFeatures(
        given["degree"], interaction_only=given["interaction_only"], include_bias=False
    ),
    "pca": components,
    "select": selector,
    "sequence": lambda given, *_: Sequence(given["channels"]),
    "power": lambda given, *_: PowerTransformer(standardize=given["standardize"]),
    "quantile": quantile_map,
    "clip": lambda given, *_: Clip(given),
    "bins": discretizer,
    "impute": imputer,
    "scale": scaler,
    "one_hot": one_hot,
    "ordinal": ordinal,
    "frequency": lambda *_: Frequency(),
    "target_encode": target_encoder,
}


def by_folds(case: dict, train: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The rows of each fold, encoded by what the rows of the others say: TargetEncoder.fit_transform."""
    folds = np.array(case["folds"])
    parts = {}
    for fold in np.unique(folds):
        others = folds != fold
        encoder = transformer(case, train).fit(train[others], target[others])
        parts[fold] = encoder.transform(train)
    return np.array([parts[fold][row] for row, fold in enumerate(folds)])


def transformer(case: dict, train: np.ndarray):
    return STEPS[case["step"]](case["parameters"], case, train)


def answer(case: dict) -> list:
    text = case["kind"] == "text"
    train, new = matrix(case["train"], text), matrix(case["new"], text)
    if case["step"] == "ordinal":
        train[train == ""], new[new == ""] = math.nan, math.nan
    target = None if case.get("target") is None else np.array(case["target"])
    if case.get("folds") is not None:
        return by_folds(case, train, target).T.tolist()
    fitted = transformer(case, train).fit(train, target)
    columns = np.asarray(fitted.transform(new)).T
    if case["step"] == "one_hot" and case["parameters"]["rare"] == "leave_out":
        names = fitted.get_feature_names_out([f"c{j}" for j in range(train.shape[1])])
        columns = columns[[not name.endswith("infrequent_sklearn") for name in names]]
    if columns.dtype == object:
        said = {True: "yes", False: "no"}
        return [[said[x] if isinstance(x, bool) else x for x in column] for column in columns.tolist()]
    return [[None if math.isnan(x) else x for x in column] for column in columns.tolist()]


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
