"""Tables with very many features for sparse.test.ts, and what scikit-learn makes of them over scipy.sparse.

usage: sparse.py FOLDER SHARE, with the share of the whole tables that there is to be: writes NAME.json (the raw columns) and, for each model, NAME.MODEL.f64 (coefficients by output,
then intercepts) and NAME.MODEL.predictions.f64; prints how many features each table has
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import ElasticNet, LogisticRegression, PoissonRegressor, Ridge
from sklearn.naive_bayes import BernoulliNB, MultinomialNB
from sklearn.preprocessing import OneHotEncoder

warnings.filterwarnings("ignore")
folder = Path(sys.argv[1])
share_of_whole = float(sys.argv[2])


def categories() -> dict:
    """50,000 rows of 10,000 towns where it is whole, a few numbers, and targets that depend on both."""
    random = np.random.default_rng(1)
    rows, towns = int(50_000 * share_of_whole), int(10_000 * share_of_whole)
    town = np.concatenate([np.arange(towns), random.zipf(1.3, 4 * rows)])
    town = town[town < towns][:rows]
    random.shuffle(town)
    effect = random.normal(size=towns)
    size = np.round(random.normal(1, 0.2, rows), 3)
    share = np.where(random.uniform(size=rows) < 0.3, 0, np.round(random.uniform(size=rows), 3))
    score = effect[town] + 2.5 * (size - 1) - share + random.normal(size=rows) / 2
    return {
        "town": [f"town {i}" for i in town],
        "size": size.tolist(),
        "share": share.tolist(),
        "kind": (score > 0).astype(int).tolist(),
        "grade": np.clip(np.floor(score + 1.5), 0, 2).astype(int).tolist(),
        "price": score.tolist(),
        "visits": random.poisson(np.exp(np.clip(score / 2, -3, 2))).tolist(),
    }


def texts() -> dict:
    """3,200 texts of some 120 words out of 30,000 where it is whole; one has none."""
    random = np.random.default_rng(2)
    words = int(30_000 * share_of_whole)
    pull = random.normal(size=words)
    lists = [(random.zipf(1.15, 200) - 1) for _ in range(int(3000 * share_of_whole))]
    lists = [one[one < words][:120] for one in lists]
    lists += [random.permutation(words)[i::200] for i in range(200)]
    score = np.array([pull[one].mean() for one in lists]) * 4 + random.normal(size=len(lists)) / 2
    written = [" ".join(f"w{word}" for word in one) for one in lists]
    written[7] = ""
    return {"text": written, "kind": (score > 0).astype(int).tolist(), "price": score.tolist()}


def save(name: str, model, features, target) -> None:
    model.fit(features, target)
    if isinstance(model, (MultinomialNB, BernoulliNB)):
        numbers = np.zeros(0)
    else:
        numbers = np.concatenate([np.atleast_2d(model.coef_).ravel(), np.atleast_1d(model.intercept_)])
    numbers.astype(np.float64).tofile(folder / f"{name}.f64")
    classifies = hasattr(model, "predict_proba")
    answers = model.predict_proba(features) if classifies else model.predict(features)
    answers.astype(np.float64).ravel().tofile(folder / f"{name}.predictions.f64")


def logistic() -> LogisticRegression:
    return LogisticRegression(C=1, solver="newton-cg", tol=1e-10, max_iter=1000)


def standardized(target: list) -> np.ndarray:
    values = np.array(target)
    return (values - values.mean()) / values.std()


table = categories()
(folder / "categories.json").write_text(json.dumps(table))
encoded = OneHotEncoder().fit_transform(np.array(table["town"]).reshape(-1, 1))
numbers = sparse.csr_matrix(np.column_stack([table["size"], table["share"]]))
features = sparse.hstack([numbers, encoded]).tocsr()
save("categories.kind", logistic(), features, table["kind"])
save("categories.grade", logistic(), features, table["grade"])
save("categories.ridge", Ridge(alpha=1, solver="sparse_cg", tol=1e-12), features, standardized(table["price"]))
save(
    "categories.elastic_net",
    ElasticNet(alpha=1e-4, l1_ratio=0.5, tol=1e-12, max_iter=100_000),
    features,
    standardized(table["price"]),
)
poisson = PoissonRegressor(alpha=1e-3, tol=1e-10, max_iter=10_000)
save("categories.poisson", poisson, features, table["visits"])

documents = texts()
(folder / "texts.json").write_text(json.dumps(documents))
weighed = TfidfVectorizer().fit_transform(documents["text"])
save("texts.kind", logistic(), weighed, documents["kind"])
save("texts.ridge", Ridge(alpha=1, solver="sparse_cg", tol=1e-12), weighed, standardized(documents["price"]))
save("texts.multinomial", MultinomialNB(), weighed, documents["kind"])
save("texts.bernoulli", BernoulliNB(), weighed, documents["kind"])
json.dump({"categories": features.shape[1], "texts": weighed.shape[1]}, sys.stdout)
