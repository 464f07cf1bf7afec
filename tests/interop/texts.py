"""scikit-learn's TfidfVectorizer on the texts of texts.test.ts: cases on stdin, terms and matrices on stdout."""

import json
import sys

from sklearn.feature_extraction.text import TfidfVectorizer

from text_reading import reading


def answer(case: dict) -> dict:
    given = case["parameters"]
    vectorizer = TfidfVectorizer(
        **reading(given),
        min_df=given["min_df"],
        max_df=float(given["max_df"]),  # an integer 1 would be a number of texts
        max_features=given["max_features"],
        sublinear_tf=given["sublinear_tf"],
    )
    vectorizer.fit(case["train"])
    return {
        "terms": vectorizer.get_feature_names_out().tolist(),
        "matrix": vectorizer.transform(case["new"]).toarray().T.tolist(),
    }


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
