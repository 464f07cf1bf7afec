"""Lags, rolling statistics, naive forecasts and MASE by pandas and NumPy: requests on stdin, answers on stdout."""

import json
import math
import sys

import numpy as np
import pandas as pd


def listed(values) -> list:
    """JSON has no NaN: a missing number is null."""
    return [None if math.isnan(x) else float(x) for x in values]


request = json.load(sys.stdin)
rows = pd.DataFrame({"series": request["series"], "y": np.array(request["y"], dtype=float)})
by_series = rows.groupby("series")["y"]
horizon, season = request["horizon"], request["season"]

features = {}
for lag in request["lags"]:
    features[f"y.lag_{lag}"] = by_series.shift(horizon + lag)
for window in request["windows"]:
    for statistic in ["mean", "std", "min", "max"]:
        rolled = by_series.transform(lambda y: getattr(y.rolling(window), statistic)())
        features[f"y.{statistic}_{window}"] = rolled.groupby(rows["series"]).shift(horizon)

# The seasonal naive forecast repeats the last value known of the same place in the season.
seasons = math.ceil(horizon / season)
naive = {"last_value": by_series.shift(horizon), "seasonal_naive": by_series.shift(seasons * season)}

train, test = request["train"], request["test"]
actual = rows["y"].to_numpy()
scale = np.nanmean(np.abs(actual - by_series.shift(season).to_numpy())[train])
mase = {
    name: float(np.mean(np.abs(actual - forecast.to_numpy())[test]) / scale)
    for name, forecast in naive.items()
}

json.dump(
    {
        "features": {name: listed(values) for name, values in features.items()},
        "naive": {name: listed(values) for name, values in naive.items()},
        "scale": float(scale),
        "mase": mase,
    },
    sys.stdout,
)
