"""SciPy's answers for diff.test.ts: cases as JSON on stdin, values as JSON on stdout."""

import json
import sys

import numpy as np
from scipy import special, stats


def ks(case: dict) -> dict:
    before, after = np.array(case["before"]), np.array(case["after"])
    statistic = stats.ks_2samp(before, after, method="asymp").statistic
    size = len(before) * len(after) / (len(before) + len(after))
    return {
        "statistic": statistic,
        # Kolmogorov's limit; ks_2samp's own "asymp" refines it for finite samples.
        "limit": special.kolmogorov(np.sqrt(size) * statistic),
        "refined": stats.ks_2samp(before, after, method="auto").pvalue,
    }


def chi_square(case: dict) -> dict:
    table = np.array([case["before"], case["after"]])
    table = table[:, table.sum(axis=0) > 0]
    return {"pValue": stats.chi2_contingency(table, correction=False).pvalue}


def tails(case: dict) -> dict:
    return {
        "chiSquare": [stats.chi2.sf(x, freedom) for x, freedom in case["chiSquare"]],
        "kolmogorov": [special.kolmogorov(x) for x in case["kolmogorov"]],
    }


answers = {"ks": ks, "chi-square": chi_square, "tails": tails}
json.dump([answers[case["kind"]](case) for case in json.load(sys.stdin)], sys.stdout)
