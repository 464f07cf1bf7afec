"""SciPy's answers for audit.test.ts: cases as JSON on stdin, values as JSON on stdout."""

import json
import sys

import numpy as np
from scipy import stats

cases = json.load(sys.stdin)


def classes(case: dict) -> dict:
    counts = np.zeros((2, case["size"]))
    for side, code in zip(case["sides"], case["codes"]):
        counts[side, code] += 1
    result = stats.chi2_contingency(counts[:, counts.sum(axis=0) > 0], correction=False)
    return {"pValue": result.pvalue, "effect": np.sqrt(result.statistic / counts.sum())}


def values(case: dict) -> dict:
    sides, y = np.array(case["sides"]), np.array(case["values"])
    on, off = y[sides == 1], y[sides == 0]
    result = stats.mannwhitneyu(on, off, method="asymptotic", use_continuity=False)
    return {
        "pValue": result.pvalue,
        "effect": abs(2 * result.statistic / (len(on) * len(off)) - 1),
    }


def ranks(case: dict) -> dict:
    x, y = np.array(case["x"]), np.array(case["y"])
    xi = stats.chatterjeexi(x, y).statistic
    return {"xi": xi, "spearman": stats.spearmanr(x, y).statistic, "pearson": stats.pearsonr(x, y).statistic}


json.dump(
    {
        "classes": [classes(case) for case in cases["classes"]],
        "values": [values(case) for case in cases["values"]],
        "ranks": [ranks(case) for case in cases["ranks"]],
    },
    sys.stdout,
)
