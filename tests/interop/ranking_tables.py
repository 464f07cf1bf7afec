"""
Six tables to rank, three real and three drawn, each parted three times by query, with the NDCG@10 of LightGBM's
LGBMRanker on the held-out third of the queries: python ranking_tables.py FOLDER_OF_VEGA_DATASETS, answers on stdout.
The real ones rank the films of a year by their rating, the days of a month by their heat, and the cars of a year and
an origin by what they need; grades are fifths of all values, missing numbers stay missing.
"""

import json
import sys
from pathlib import Path

import lightgbm
import numpy as np
import pandas as pd
from sklearn.metrics import ndcg_score

SEEDS = (0, 1, 2)


def drawn(name: str, seed: int, queries: int, most: int, width: int, utility, grades: int):
    random = np.random.default_rng(seed)
    sizes = random.integers(2, most + 1, queries)
    query = np.repeat(np.arange(queries), sizes)
    x = random.normal(size=(len(query), width)).astype(np.float32)
    # A query moves some features of all its rows: they say nothing of the order.
    x[:, -2:] += np.repeat(random.normal(size=(queries, 2)) * 3, sizes, axis=0)
    value = utility(x) + random.normal(size=len(query))
    cuts = np.quantile(value, 1 - 0.5 ** np.arange(1, grades))
    return name, x, np.searchsorted(cuts, value), query


def real(name: str, table: pd.DataFrame, target: str, query: pd.Series, inputs: list[str]):
    kept = table[target].notna() & query.notna()
    x = pd.get_dummies(table.loc[kept, inputs]).to_numpy(dtype=np.float32)
    grades = pd.qcut(table.loc[kept, target], 5, labels=False, duplicates="drop").to_numpy()
    return name, x, grades, pd.factorize(query[kept])[0]


def tables(vega: Path):
    yield drawn("linear", 1, 250, 40, 8, lambda x: x[:, 0] - 0.7 * x[:, 1] + 0.4 * x[:, 2], 5)
    yield drawn("interactions", 2, 250, 40, 10, lambda x: 2 * (x[:, 0] > 0) * x[:, 1] + np.abs(x[:, 2]), 5)
    yield drawn("relevant or not", 3, 300, 60, 20, lambda x: np.sin(2 * x[:, 0]) * 2 + x[:, 1] * x[:, 2], 2)
    films = pd.read_json(vega / "movies.json")
    year = pd.to_datetime(films["Release Date"], errors="coerce", format="mixed").dt.strftime("%Y-%m")
    money = ["US Gross", "Worldwide Gross", "Production Budget", "Running Time min", "IMDB Votes", "Major Genre"]
    yield real("films of a month", films, "IMDB Rating", year, money)
    days = pd.read_csv(vega / "seattle-weather.csv", parse_dates=["date"])
    month = days["date"].dt.strftime("%Y-%m")
    yield real("days of a month", days, "temp_max", month, ["precipitation", "temp_min", "wind", "weather"])
    cars = pd.read_json(vega / "cars.json")
    kind = cars["Origin"] + cars["Year"].astype(str)
    engine = ["Cylinders", "Displacement", "Horsepower", "Weight_in_lbs", "Acceleration"]
    yield real("cars of a year", cars, "Miles_per_Gallon", kind, engine)


def ndcg(grades: np.ndarray, queries: np.ndarray, scores: np.ndarray) -> float:
    values = []
    for query in np.unique(queries):
        rows = queries == query
        if grades[rows].max() > 0:
            values.append(ndcg_score([2.0 ** grades[rows] - 1], [scores[rows]], k=10))
    return float(np.mean(values))


def part(x: np.ndarray, grades: np.ndarray, queries: np.ndarray, seed: int) -> dict:
    every = np.unique(queries)
    held = np.random.default_rng(seed).choice(every, len(every) // 3, replace=False)
    test = np.flatnonzero(np.isin(queries, held))
    train = np.flatnonzero(~np.isin(queries, held))
    train = train[np.argsort(queries[train], kind="stable")]
    model = lightgbm.LGBMRanker(random_state=seed, n_jobs=1, verbose=-1)
    model.fit(x[train], grades[train], group=np.unique(queries[train], return_counts=True)[1])
    return {
        "train": train.tolist(),
        "test": test.tolist(),
        "ndcg": ndcg(grades[test], queries[test], model.predict(x[test])),
    }


def answer(name: str, x: np.ndarray, grades: np.ndarray, queries: np.ndarray) -> dict:
    sizes = np.bincount(queries)
    kept = sizes[queries] > 1
    x, grades, queries = x[kept], grades[kept], queries[kept]
    return {
        "name": name,
        "width": x.shape[1],
        "values": [None if np.isnan(value) else float(value) for value in x.ravel()],
        "grades": grades.tolist(),
        "queries": queries.tolist(),
        "parts": [part(x, grades, queries, seed) for seed in SEEDS],
    }


json.dump([answer(*table) for table in tables(Path(sys.argv[1]))], sys.stdout)
