"""SciPy's standard normal values of shares: a list on stdin, a list on stdout."""

import json
import sys

from scipy.special import ndtri

json.dump(ndtri(json.load(sys.stdin)).tolist(), sys.stdout)
