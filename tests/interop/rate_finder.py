"""The range test of learning rates by fastai's rules in float64, as the reference for rate-finder.test.ts.

Reads lists of losses from standard input, null where a loss is no number; writes for each the rates, the smoothed losses up
to its end, why it ended, and the suggestions.
"""

import json
import sys

import numpy as np

STEPS = 100
BETA = 0.98


def smoothed_losses(losses):
    """The moving average written out: weights beta^age over what they sum to."""
    smoothed = []
    for t in range(len(losses)):
        weights = BETA ** np.arange(t, -1, -1.0)
        smoothed.append(float(weights @ losses[: t + 1] / weights.sum()))
    return smoothed


def end_of(losses, smoothed):
    """LRFinder.after_batch: how many points there are, and why no more."""
    best = np.inf
    for i, value in enumerate(smoothed):
        if not np.isfinite(losses[i]):
            return i, "diverged"
        best = min(best, value)
        if value > 4 * best:
            return i + 1, "diverged"
    return len(smoothed), "steps" if len(smoothed) == STEPS else None


def steep(rates, losses):
    slopes = (losses[1:] - losses[:-1]) / (np.log(rates[1:]) - np.log(rates[:-1]))
    return rates[slopes.argmin()]


def minimum(rates, losses):
    return rates[losses.argmin()] / 10


def suggest(rates, losses):
    """Nothing where the loss falls by less than a thousandth, of which fastai would make something too."""
    if len(losses) == 0 or not losses.min() < 0.999 * losses[0]:
        return [None, None]
    return [float(f"{rule(rates, losses):.1e}") for rule in (steep, minimum)]


def answer(given):
    losses = np.array([np.nan if one is None else one for one in given], dtype=np.float64)
    rates = np.geomspace(1e-7, 10, STEPS)[: len(losses)]
    smoothed = smoothed_losses(losses)
    count, ended = end_of(losses, smoothed)
    # lr_find leaves out the first tenth of all steps and the last five points.
    seen = slice(STEPS // 10, max(count - 5, 0))
    return {
        "rates": rates[:count].tolist(),
        "smoothed": smoothed[:count],
        "ended": ended,
        "suggestions": suggest(rates[seen], np.array(smoothed)[seen]),
    }


json.dump([answer(given) for given in json.load(sys.stdin)], sys.stdout)
