"""Ten real tables, each parted three times. Categories have a column of 0 and 1 each; missing numbers stay missing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn import datasets
from sklearn.model_selection import train_test_split

SEEDS = (0, 1, 2)


def from_vega(path: Path, target: str, drop: tuple[str, ...] = (), rows: int | None = None):
    table = (pd.read_csv if path.suffix == ".csv" else pd.read_json)(path).head(rows)
    table = table[table[target].notna()].drop(columns=list(drop))
    x = pd.get_dummies(table.drop(columns=[target])).to_numpy(dtype=np.float32)
    return x, table[target].to_numpy()


def real_tables(vega: Path) -> Iterator[tuple[str, str, np.ndarray, np.ndarray]]:
    """Name, "classes" or "values", features and target of each; `vega` is the folder of vega-datasets."""
    for name in ("breast_cancer", "wine", "iris", "digits", "diabetes"):
        x, y = getattr(datasets, f"load_{name}")(return_X_y=True)
        yield name, "values" if name == "diabetes" else "classes", x.astype(np.float32), y
    texts = ("Title", "Release Date", "Director", "MPAA Rating", "Source", "Distributor", "Creative Type", "Major Genre")
    yield "penguins", "classes", *from_vega(vega / "penguins.json", "Species", ("Island",))
    yield "cars", "values", *from_vega(vega / "cars.json", "Miles_per_Gallon", ("Name", "Year"))
    yield "gapminder", "values", *from_vega(vega / "gapminder.json", "life_expect", ("country",))
    yield "movies", "values", *from_vega(vega / "movies.json", "IMDB Rating", texts[:6] + ("Creative Type",), 2000)
    yield "health and income", "values", *from_vega(vega / "gapminder-health-income.csv", "health", ("country",))


def part(kind: str, x: np.ndarray, y: np.ndarray, seed: int, score: Callable) -> dict:
    """
    One way to part a table. `score(kind, train, test, seed)` gets features and targets of both sides, values of the
    target standardized by the training rows, and gives a score per model.
    """
    classes, codes = np.unique(y, return_inverse=True)
    target = codes if kind == "classes" else y.astype(float)
    stratify = target if kind == "classes" else None
    train, test = train_test_split(np.arange(len(y)), random_state=seed, stratify=stratify)
    if kind == "values":
        target = (target - target[train].mean()) / target[train].std()
    return {
        "outputs": len(classes) if kind == "classes" else 1,
        "target": target.tolist(),
        "train": train.tolist(),
        "test": test.tolist(),
        "scores": score(kind, (x[train], target[train]), (x[test], target[test]), seed),
    }


def answer(name: str, kind: str, x: np.ndarray, y: np.ndarray, score: Callable) -> dict:
    values = [None if np.isnan(value) else value for value in x.ravel().tolist()]
    parts = [part(kind, x, y, seed, score) for seed in SEEDS]
    return {"name": name, "width": x.shape[1], "values": values, "parts": parts}
