"""NumPy's, SciPy's and scikit-learn's answers for profile.test.ts: cases as JSON on stdin, values as JSON on stdout."""

import json
import sys
import warnings

import numpy as np
from scipy import stats
from scipy.stats import contingency
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

warnings.filterwarnings("ignore")

SHARES = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1]


def numbers(values: list) -> np.ndarray:
    return np.array([np.nan if x is None else x for x in values], dtype=np.float64)


def plain(value) -> float | None:
    return None if value is None or not np.isfinite(value) else float(value)


def number_column(case: dict) -> dict:
    values = numbers(case["values"])
    values = values[~np.isnan(values)]
    # SciPy takes powers of the values as they are: bring them near 0 and 1, which loses no digit and changes no skewness.
    near = values - np.median(values)
    unit = np.max(np.abs(near))
    edges = np.histogram_bin_edges(values, bins="auto")
    if len(edges) > 41:
        edges = np.histogram_bin_edges(values, bins=40)
    whole = np.all(values == np.floor(values)) and np.ptp(values) < 40
    if whole and len(np.unique(values)) > 1:
        edges = np.arange(values.min(), values.max() + 2)
    return {
        "count": int(values.size),
        "distinct": int(np.unique(values).size),
        "quantiles": np.quantile(values, SHARES).tolist(),
        "mean": float(np.mean(values)),
        "standardDeviation": plain(np.std(near / unit, ddof=1) * unit),
        "skewness": plain(stats.skew(near / unit, bias=False)) if values.size > 2 else None,
        "edges": edges.tolist(),
        "counts": np.histogram(values, edges)[0].tolist(),
    }


def text_column(case: dict) -> dict:
    present = [text for text in case["values"] if text != ""]
    return {
        "count": len(present),
        "distinct": len(set(present)),
        "lengths": np.quantile([len(text) for text in present], SHARES).tolist(),
    }


def number_pair(case: dict) -> dict:
    a, b = numbers(case["a"]), numbers(case["b"])
    both = ~np.isnan(a) & ~np.isnan(b)
    return {
        "value": float(stats.pearsonr(a[both], b[both]).statistic),
        "spearman": float(stats.spearmanr(a[both], b[both]).statistic),
    }


def category_pair(case: dict) -> dict:
    kept = [(a, b) for a, b in zip(case["a"], case["b"]) if a != "" and b != ""]
    table = contingency.crosstab([a for a, _ in kept], [b for _, b in kept]).count
    chi2 = stats.chi2_contingency(table, correction=False).statistic
    n, (r, k) = table.sum(), table.shape
    # Bergsma (2013), equations 8 to 11.
    phi2 = max(0, chi2 / n - (r - 1) * (k - 1) / (n - 1))
    rows = r - (r - 1) ** 2 / (n - 1)
    columns = k - (k - 1) ** 2 / (n - 1)
    return {
        "chiSquared": float(chi2),
        "plain": float(contingency.association(table, method="cramer", correction=False)),
        "value": float(np.sqrt(phi2 / (min(rows, columns) - 1))),
    }


def mixed_pair(case: dict) -> dict:
    values = numbers(case["b"])
    kept = np.array([group != "" for group in case["a"]]) & ~np.isnan(values)
    groups, values = np.array(case["a"])[kept], values[kept]
    samples = [values[groups == group] for group in np.unique(groups)]
    # η² from the F test of a one-way analysis of variance.
    f = stats.f_oneway(*samples).statistic
    between, within = len(samples) - 1, len(values) - len(samples)
    return {"value": float(np.sqrt(f * between / (f * between + within)))}


def power(case: dict) -> float:
    folds = np.array(case["folds"])
    is_class = isinstance(case["target"][0], str)
    if is_class:
        classes = np.unique(case["target"])
        target = (np.array(case["target"])[:, None] == classes).astype(float)
    else:
        target = np.array(case["target"], dtype=np.float64)[:, None]
    error = baseline = 0.0
    for fold in range(folds.max() + 1):
        train, test = folds != fold, folds == fold
        groups = groups_of(case, train, target, is_class)
        mean = target[train].mean(axis=0)
        for row in np.flatnonzero(test):
            mates = target[train & (groups == groups[row])]
            predicted = (mates.sum(axis=0) + mean) / (len(mates) + 1)
            error += np.sum((target[row] - predicted) ** 2)
            baseline += np.sum((target[row] - mean) ** 2)
    return max(0.0, 1 - error / baseline)


def groups_of(case: dict, train: np.ndarray, target: np.ndarray, is_class: bool) -> np.ndarray:
    """A number per row: its category, or the leaf of scikit-learn's tree; −1 where the feature is missing."""
    if isinstance(case["feature"][0], str):
        return np.unique(case["feature"], return_inverse=True)[1]
    feature = numbers(case["feature"])
    known = ~np.isnan(feature)
    fitted = train & known
    Tree = DecisionTreeClassifier if is_class else DecisionTreeRegressor
    tree = Tree(
        max_leaf_nodes=int(max(2, min(32, np.sqrt(fitted.sum())))),
        min_samples_leaf=5,
        random_state=0,
    )
    answers = target[fitted].argmax(axis=1) if is_class else target[fitted, 0]
    tree.fit(feature[fitted, None], answers)
    groups = np.full(len(feature), -1)
    groups[known] = tree.apply(feature[known, None])
    return groups


answers = {
    "numbers": number_column,
    "texts": text_column,
    "number_pair": number_pair,
    "category_pair": category_pair,
    "mixed_pair": mixed_pair,
    "power": power,
}
json.dump([answers[case["kind"]](case) for case in json.load(sys.stdin)], sys.stdout)
