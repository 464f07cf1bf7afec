"""
Twelve real tables, each parted three times, with the scores of scikit-learn's networks on the held-out quarter:
python network_tables.py FOLDER_OF_VEGA_DATASETS, answers on stdout. Missing numbers become the training rows' mean and
every feature is standardized by them; the same settings as `settings` in network-tables.long.test.ts.
"""

import json
import sys
import warnings
from pathlib import Path

from real_tables import answer, from_vega, real_tables
from sklearn.exceptions import ConvergenceWarning
from sklearn.impute import SimpleImputer
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore", category=ConvergenceWarning)

BATCH = 32
SETTINGS = {
    "hidden_layer_sizes": (32, 16),
    "batch_size": BATCH,
    "learning_rate_init": 0.005,
    "max_iter": 100,
    # scikit-learn divides its penalty by the rows of a batch.
    "alpha": 1e-4 * BATCH,
    "early_stopping": True,
    "validation_fraction": 0.1,
    "n_iter_no_change": 20,
    "tol": 0.0,
}


def score(kind: str, train, test, seed: int) -> dict:
    network = (MLPClassifier if kind == "classes" else MLPRegressor)(**SETTINGS, random_state=seed)
    model = make_pipeline(SimpleImputer(), StandardScaler(), network)
    return {"mlp": model.fit(*train).score(*test)}


def more_classes(vega: Path):
    """Two more tables of classes: with five of the others these are seven for MLPClassifier."""
    yield "origin of cars", "classes", *from_vega(vega / "cars.json", "Origin", ("Name", "Year"))
    yield "weather", "classes", *from_vega(vega / "seattle-weather.csv", "weather", ("date",))


folder = Path(sys.argv[1])
json.dump([answer(*table, score) for table in (*real_tables(folder), *more_classes(folder))], sys.stdout)
