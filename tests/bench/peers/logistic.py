"""Fits scikit-learn's logistic regression on one thread and prints the processor seconds of the fit and the mean
cross-entropy.

usage: logistic.py FEATURES TARGET WIDTH TOLERANCE, with files of float32 and float64 numbers
"""

import sys
import time

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from threadpoolctl import threadpool_limits

width, tolerance = int(sys.argv[3]), float(sys.argv[4])
features = np.fromfile(sys.argv[1], dtype=np.float32).astype(np.float64).reshape(-1, width)
target = np.fromfile(sys.argv[2], dtype=np.float64).astype(int)
with threadpool_limits(limits=1):
    model = LogisticRegression(solver="lbfgs", tol=tolerance, max_iter=10_000)
    started = time.process_time()
    model.fit(features, target)
    seconds = time.process_time() - started
print(seconds, log_loss(target, model.predict_proba(features)))
