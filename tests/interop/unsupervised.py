"""scikit-learn's answers for unsupervised.test.ts: cases as JSON on stdin, one answer each on stdout."""

import json
import sys
import warnings

import numpy as np
from sklearn import metrics
from sklearn.cluster import KMeans
from sklearn.ensemble import IsolationForest
from sklearn.mixture import GaussianMixture

warnings.filterwarnings("ignore")


def features(case: dict, name: str = "features") -> np.ndarray:
    return np.array(case[name], dtype=np.float32).reshape(-1, case["width"]).astype(np.float64)


def figures(case: dict) -> dict:
    rows = np.repeat(np.arange(len(case["labels"])), case["counts"])
    x, labels = features(case)[rows], np.array(case["labels"])[rows]
    return {
        "silhouette": metrics.silhouette_score(x, labels) if case["once"] else None,
        "davies_bouldin": metrics.davies_bouldin_score(x, labels),
        "calinski_harabasz": metrics.calinski_harabasz_score(x, labels),
    }


def k_means(case: dict) -> dict:
    x = features(case)
    model = KMeans(case["k"], n_init=10, tol=1e-4, random_state=1).fit(x)
    given = KMeans(case["k"], init=np.array(case["centres"]).reshape(case["k"], -1), n_init=1, max_iter=1)
    given.fit(x)
    given.cluster_centers_ = np.array(case["centres"]).reshape(case["k"], -1)
    new = features(case, "new")
    return {
        "inertia": model.inertia_,
        "labels": model.labels_.tolist(),
        "new_labels": given.predict(new).tolist(),
        "new_distances": given.transform(new).ravel().tolist(),
    }


def mixture(case: dict) -> dict:
    """From the same k-means partition to the end, so that both stand at the same maximum."""
    x = features(case)
    model = GaussianMixture(
        case["k"], covariance_type=case["covariance"], reg_covar=case["reg_covar"], tol=1e-12, max_iter=5000
    )
    starts = np.eye(case["k"])[np.array(case["start"])]
    model._initialize_parameters = lambda x, *_, **__: model._initialize(x, starts)
    model.fit(x)
    return {
        "probabilities": model.predict_proba(x).ravel().tolist(),
        "log_likelihood": model.score(x),
    }


def forest_trees(case: dict) -> dict:
    """The trees themselves, as our weights hold them, and the scores that scikit-learn has for new rows."""
    x, new = features(case), features(case, "new")
    model = IsolationForest(n_estimators=case["n_estimators"], max_samples=case["max_samples"], random_state=3).fit(x)
    trees = []
    for estimator in model.estimators_:
        tree = estimator.tree_
        trees.append(
            {
                "feature": tree.feature.tolist(),
                "threshold": tree.threshold.tolist(),
                "left": tree.children_left.tolist(),
                "right": tree.children_right.tolist(),
                "rows": tree.n_node_samples.tolist(),
            }
        )
    return {"trees": trees, "scores": (-model.score_samples(new)).tolist()}


def forest_auc(case: dict) -> list:
    x, truth = features(case), np.array(case["truth"])
    return [
        metrics.roc_auc_score(truth, -IsolationForest(random_state=seed).fit(x).score_samples(x))
        for seed in range(1, 6)
    ]


def forest_flags(case: dict) -> int:
    model = IsolationForest(contamination=case["contamination"], random_state=1)
    return int((model.fit_predict(features(case)) < 0).sum())


KINDS = {
    "figures": figures,
    "k_means": k_means,
    "mixture": mixture,
    "forest_trees": forest_trees,
    "forest_auc": forest_auc,
    "forest_flags": forest_flags,
}
json.dump([KINDS[case["kind"]](case) for case in json.load(sys.stdin)], sys.stdout)
