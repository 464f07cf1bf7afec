"""What SciPy makes of images and of random shares, as the reference for ours, as JSON on stdout.

Reads from standard input images with the maps that their pixels come from, and draws from Beta distributions.
"""

import json
import sys

import numpy as np
from scipy import ndimage, stats

given = json.load(sys.stdin)


def sampled(case):
    image = np.array(case["values"]).reshape(case["height"], case["width"], case["channels"])
    (xx, xy, x0), (yx, yy, y0) = case["across"], case["down"]
    # SciPy counts lines first.
    matrix, offset = np.array([[yy, yx], [xy, xx]]), (y0, x0)
    planes = [
        ndimage.affine_transform(image[..., k], matrix, offset, order=1, mode="nearest")
        for k in range(case["channels"])
    ]
    return np.stack(planes, axis=-1).ravel().tolist()


shares = [float(stats.kstest(one["draws"], stats.beta(one["alpha"], one["alpha"]).cdf).pvalue) for one in given["shares"]]
json.dump({"images": [sampled(case) for case in given["images"]], "shares": shares}, sys.stdout)
