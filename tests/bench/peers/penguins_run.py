"""The pipeline of examples/penguins.yaml in scikit-learn, from the CSV to written metrics.

Usage: penguins_run.py OUT_FOLDER

Same rows in each part, same features, candidates of the same families and sizes, and the same intervals (1000 bootstrap
resamples of accuracy and macro-F1, here from confusion counts in NumPy, which is the fast way to do it).
"""

import csv
import json
import sys
from pathlib import Path

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.dummy import DummyClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

SEED = 7
RESAMPLES = 1000
NUMERIC = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
CATEGORICAL = ["island", "sex"]
TARGET = "species"
MISSING = {"", "NA"}
DATA = Path(__file__).parents[3] / "public" / "samples" / "penguins.csv"


def read(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """The features, numbers first, as objects of shape [rows, 6], and the labels of shape [rows]."""
    with path.open(newline="", encoding="utf-8") as file:
        records = [row for row in csv.DictReader(file) if row[TARGET] not in MISSING]
    features = [
        [float("nan") if row[name] in MISSING else float(row[name]) for name in NUMERIC]
        + ["missing" if row[name] in MISSING else row[name] for name in CATEGORICAL]
        for row in records
    ]
    return np.array(features, dtype=object), np.array([row[TARGET] for row in records])


def pipeline(model):
    numbers = list(range(len(NUMERIC)))
    texts = list(range(len(NUMERIC), len(NUMERIC) + len(CATEGORICAL)))
    return make_pipeline(
        ColumnTransformer(
            [
                ("numeric", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
                ("categorical", OneHotEncoder(handle_unknown="ignore", sparse_output=False), texts),
            ]
        ),
        model,
    )


def intervals(actual: np.ndarray, predicted: np.ndarray, classes: np.ndarray, random: np.random.Generator) -> dict:
    """Accuracy and macro-F1 with 95% percentile intervals over resampled rows."""
    size = len(classes)
    cells = np.searchsorted(classes, actual) * size + np.searchsorted(classes, predicted)
    drawn = cells[random.integers(0, len(cells), (RESAMPLES, len(cells)))]
    offsets = np.arange(RESAMPLES)[:, None] * size * size
    counts = np.bincount((drawn + offsets).ravel(), minlength=RESAMPLES * size * size).reshape(RESAMPLES, size, size)
    hits = np.diagonal(counts, axis1=1, axis2=2)
    seen = counts.sum(axis=1) + counts.sum(axis=2)
    f1 = np.divide(2 * hits, seen, out=np.zeros(hits.shape), where=seen > 0)
    present = (seen > 0).sum(axis=1)
    samples = {"accuracy": hits.sum(axis=1) / len(cells), "macro_f1": f1.sum(axis=1) / present}
    values = {"accuracy": accuracy_score(actual, predicted), "macro_f1": f1_score(actual, predicted, average="macro")}
    return {
        name: {"value": float(values[name]), "low": float(low), "high": float(high)}
        for name, (low, high) in ((n, np.percentile(s, [2.5, 97.5])) for n, s in samples.items())
    }


def main(out: Path) -> None:
    features, labels = read(DATA)
    rest, test, rest_labels, test_labels = train_test_split(
        features, labels, test_size=0.2, stratify=labels, random_state=SEED
    )
    train, validation, train_labels, validation_labels = train_test_split(
        rest, rest_labels, test_size=0.25, stratify=rest_labels, random_state=SEED
    )
    models = {
        "baseline": DummyClassifier(strategy="most_frequent"),
        "logistic": LogisticRegression(C=1.0, max_iter=300),
        "network": MLPClassifier(
            hidden_layer_sizes=(32, 16),
            learning_rate_init=0.005,
            batch_size=32,
            max_iter=100,
            n_iter_no_change=20,
            random_state=SEED,
        ),
    }
    random = np.random.default_rng(SEED)
    classes = np.unique(labels)
    report = {}
    for name, model in models.items():
        fitted = pipeline(model).fit(train, train_labels)
        report[name] = {
            "validation": intervals(validation_labels, fitted.predict(validation), classes, random),
            "test": intervals(test_labels, fitted.predict(test), classes, random),
        }
    out.mkdir(parents=True, exist_ok=True)
    (out / "metrics.json").write_text(json.dumps(report, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
