"""Tables and scikit-learn's answers for ten-tables.long.test.ts.

Usage: ten_tables.py write VEGA_FOLDER OUT_FOLDER   writes the ten tables
       ten_tables.py fit                            a table, its rows and parameters on stdin, scores on stdout
"""

import copy
import csv
import json
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from sklearn import datasets
from sklearn.compose import ColumnTransformer
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import accuracy_score, log_loss, mean_squared_error, r2_score
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

warnings.filterwarnings("ignore")

SEEDS = (1, 2, 3)
PARTS = ("train", "validation", "test")
MISSING = "(missing)"


def write_table(path: Path, names: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Missing cells are written as NA."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows(["NA" if cell is None or cell == "" else cell for cell in row] for row in rows)


def bundled(out: Path) -> None:
    """The tables that come with scikit-learn; a constant column is among the pixels of the digits."""
    wine = datasets.load_wine()
    cultivars = [f"cultivar {k + 1}" for k in wine.target]
    write_table(
        out / "wine.csv",
        [*wine.feature_names, "cultivar"],
        ([*row, cultivar] for row, cultivar in zip(wine.data, cultivars)),
    )
    cancer = datasets.load_breast_cancer()
    write_table(
        out / "breast-cancer.csv",
        [*cancer.feature_names, "diagnosis"],
        ([*row, cancer.target_names[k]] for row, k in zip(cancer.data, cancer.target)),
    )
    diabetes = datasets.load_diabetes(scaled=False)
    write_table(
        out / "diabetes.csv",
        [*diabetes.feature_names, "progression"],
        ([*row, y] for row, y in zip(diabetes.data, diabetes.target)),
    )
    digits = datasets.load_digits()
    write_table(
        out / "digits.csv",
        [*digits.feature_names, "digit"],
        ([*row.astype(int), k] for row, k in zip(digits.data, digits.target)),
    )
    iris = datasets.load_iris()
    write_table(
        out / "iris-30.csv",
        ["Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width", "Species"],
        ([*iris.data[i], iris.target_names[iris.target[i]]] for i in range(0, 150, 5)),
    )


def from_vega(vega: Path, out: Path) -> None:
    """Tables with texts and missing cells; the 20 states with the most airports are 20 classes in one country."""
    for name, most in (("cars", None), ("movies", 2000)):
        records = json.loads((vega / f"{name}.json").read_text(encoding="utf-8"))[:most]
        write_table(out / f"{name}.csv", list(records[0]), (list(one.values()) for one in records))
    strikes = read_records(vega / "birdstrikes.csv")[::7]
    write_table(out / "bird-strikes.csv", list(strikes[0]), (list(one.values()) for one in strikes))
    airports = [one for one in read_records(vega / "airports.csv") if one["country"] == "USA"]
    states = {state for state, _ in Counter(one["state"] for one in airports).most_common(20)}
    kept = [one for one in airports if one["state"] in states][::2]
    write_table(out / "airports.csv", list(kept[0]), (list(one.values()) for one in kept))


def made_up(out: Path) -> None:
    """Two hundred columns, which no real table at hand has: numbers, texts, and a twentieth of the cells missing."""
    random = np.random.default_rng(20)
    rows = 800
    numbers = random.normal(size=(rows, 160)) * 10.0 ** random.integers(-2, 4, 160)
    texts = random.integers(0, 4, (rows, 40))
    signal = (numbers / numbers.std(axis=0))[:, :12] @ random.normal(size=12) + texts[:, :3].sum(axis=1)
    target = 50 + 10 * signal + random.normal(0, 10, rows)
    cells = np.hstack([np.round(numbers, 4).astype(object), np.array(list("abcd"), dtype=object)[texts]])
    cells[random.random(cells.shape) < 0.05] = None
    names = [f"sensor {i}.mean" for i in range(160)] + [f"site {i}.kind" for i in range(40)]
    write_table(out / "sensors-200.csv", [*names, "yield"], ([*row, f"{y:.2f}"] for row, y in zip(cells, target)))


def read_records(path: Path) -> list[dict]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def column(records: Sequence[dict], read: dict) -> list:
    """Cells as the contract reads them; missing ones are NaN among numbers and None among texts."""
    texts = [record[read["name"]].strip() for record in records]
    if read["type"] == "numeric":
        return [np.nan if text in read["missing"] else float(text) for text in texts]
    return [None if text in read["missing"] else text for text in texts]


def features(inputs: Sequence[dict], train: np.ndarray, most_categories: int) -> ColumnTransformer:
    """Median and unit scale for numbers; a category of its own for missing texts, then a column for each category."""
    numeric = [i for i, one in enumerate(inputs) if one["type"] == "numeric"]
    categorical = [i for i, one in enumerate(inputs) if one["type"] == "categorical"]
    scale = make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler())
    fill = SimpleImputer(missing_values=None, strategy="constant", fill_value=MISSING)
    # max_categories would give the rest a column of their own; Terrarium takes them for unseen ones.
    kept = [most_frequent(train[:, i], most_categories) for i in categorical]
    encode = OneHotEncoder(categories=kept, handle_unknown="ignore", sparse_output=False)
    return ColumnTransformer([("numeric", scale, numeric), ("categorical", make_pipeline(fill, encode), categorical)])


def most_frequent(texts: np.ndarray, most: int) -> list[str]:
    counts = Counter(MISSING if text is None else text for text in texts)
    return sorted(sorted(counts, key=lambda text: (-counts[text], text))[:most])


def train_network(model, x: dict, y: dict, given: dict, loss: Callable) -> None:
    """Early stopping as in Terrarium: on the loss of the validation rows, keeping the best epoch's weights."""
    best = (np.inf, 0, None)
    known = {"classes": np.unique(y["train"])} if isinstance(model, MLPClassifier) else {}
    for epoch in range(1, given["epochs"] + 1):
        model.partial_fit(x["train"], y["train"], **known)
        reached = loss(model)
        if reached < best[0]:
            best = (reached, epoch, copy.deepcopy((model.coefs_, model.intercepts_)))
        if epoch - best[1] >= given["patience"]:
            break
    model.coefs_, model.intercepts_ = best[2]


def network(task: str, x: dict, y: dict, given: dict, seed: int) -> float:
    """The score on the test rows of a network with the same layers, optimizer, penalty and stopping."""
    batch = min(given["batch_size"], len(y["train"]))
    # scikit-learn divides its penalty by the rows of a batch, and halves the squared error.
    penalty = given["weight_decay"] * batch
    common = {
        "hidden_layer_sizes": tuple(given["hidden_units"]),
        "activation": given["activation"],
        "learning_rate_init": given["learning_rate"],
        "batch_size": batch,
        # A plain seed would shuffle every epoch alike.
        "random_state": np.random.RandomState(seed),
    }
    if task == "classification":
        model = MLPClassifier(alpha=penalty, **common)
        labels = np.unique(y["train"])
        train_network(
            model, x, y, given, lambda one: log_loss(y["validation"], one.predict_proba(x["validation"]), labels=labels)
        )
        return accuracy_score(y["test"], model.predict(x["test"]))
    model = MLPRegressor(alpha=penalty / 2, **common)
    centre, scale = y["train"].mean(), y["train"].std()
    standard = {part: (values - centre) / scale for part, values in y.items()}
    train_network(
        model, x, standard, given, lambda one: mean_squared_error(standard["validation"], one.predict(x["validation"]))
    )
    return r2_score(y["test"], model.predict(x["test"]) * scale + centre)


def fit(case: dict) -> dict:
    """Accuracy or R² on the test rows, and the log loss of the logistic regression."""
    records = read_records(Path(case["path"]))
    inputs, task, parameters = case["inputs"], case["task"], case["parameters"]
    cells = np.array([column(records, one) for one in inputs], dtype=object).T
    target = np.array([record[case["target"]].strip() for record in records])
    raw = {part: cells[case["rows"][part]] for part in PARTS}
    y = {part: target[case["rows"][part]] for part in PARTS}
    steps = features(inputs, raw["train"], case["mostCategories"]).fit(raw["train"])
    x = {part: steps.transform(raw[part]).astype(float) for part in PARTS}
    if task == "classification":
        score = accuracy_score
        baseline = DummyClassifier(strategy="most_frequent")
        inverse_penalty = parameters["logistic_regression"]["C"]
        linear = LogisticRegression(C=inverse_penalty, solver="newton-cholesky", tol=1e-12, max_iter=10_000)
    else:
        y = {part: values.astype(float) for part, values in y.items()}
        score = r2_score
        baseline = DummyRegressor()
        linear = Ridge(alpha=parameters["ridge"]["alpha"])
    for model in (baseline, linear):
        model.fit(x["train"], y["train"])
    answer = {
        "baseline": score(y["test"], baseline.predict(x["test"])),
        "linear": score(y["test"], linear.predict(x["test"])),
        "network": [network(task, x, y, parameters["mlp"], seed) for seed in SEEDS],
    }
    if task == "classification":
        answer["logLoss"] = log_loss(y["test"], linear.predict_proba(x["test"]), labels=linear.classes_)
    return answer


def main(command: str, *folders: str) -> None:
    if command == "fit":
        json.dump(fit(json.load(sys.stdin)), sys.stdout)
        return
    vega, out = map(Path, folders)
    bundled(out)
    from_vega(vega, out)
    made_up(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
