"""scikit-learn's HashingVectorizer on the texts of text-hashing.test.ts: cases on stdin, columns on stdout."""

import json
import sys

from sklearn.feature_extraction.text import HashingVectorizer

from text_reading import reading


def answer(case: dict) -> list:
    given = case["parameters"]
    vectorizer = HashingVectorizer(
        **reading(given), n_features=given["n_features"], alternate_sign=given["alternate_sign"]
    )
    return vectorizer.transform(case["texts"]).toarray().T.tolist()


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
