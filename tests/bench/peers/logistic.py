"""Fits scikit-learn's logistic regression on one thread and prints the processor seconds of the fit and the mean
cross-entropy.

usage: logistic.py FOLDER WIDTH TOLERANCE, with files of numbers: features (float32), target (float64), and of sparse rows
starts and places (int32)
"""

import sys
import time
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from threadpoolctl import threadpool_limits

folder, width, tolerance = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
values = np.fromfile(folder / "features", dtype=np.float32).astype(np.float64)
target = np.fromfile(folder / "target", dtype=np.float64).astype(int)
if (folder / "places").exists():
    places, starts = (np.fromfile(folder / name, dtype=np.int32) for name in ("places", "starts"))
    features = csr_matrix((values, places, starts), shape=(len(target), width))
else:
    features = values.reshape(-1, width)
with threadpool_limits(limits=1):
    model = LogisticRegression(solver="lbfgs", tol=tolerance, max_iter=10_000)
    started = time.process_time()
    model.fit(features, target)
    seconds = time.process_time() - started
print(seconds, log_loss(target, model.predict_proba(features)))
