"""scikit-learn's HashingVectorizer on the texts of text-hashing.test.ts: cases on stdin, columns on stdout."""

import json
import sys

from sklearn.feature_extraction.text import HashingVectorizer


def lowered(text: str) -> str:
    """Letter by letter, as C does it: Python's own lower() makes two letters of one, and knows a final sigma."""
    return "".join({"İ": "i"}.get(letter, letter.lower()) for letter in text)


def answer(case: dict) -> list:
    given = case["parameters"]
    lengths = (given["shortest"], given["longest"])

    def runs(text: str) -> list:
        letters = lowered(text) if given["lowercase"] else text
        return [letters[i : i + n] for n in range(lengths[0], lengths[1] + 1) for i in range(len(letters) - n + 1)]

    vectorizer = HashingVectorizer(
        # scikit-learn's analyzer of characters joins white space, which ours leaves as it is.
        analyzer="word" if given["analyzer"] == "words" else runs,
        preprocessor=lowered if given["lowercase"] else (lambda text: text),
        ngram_range=lengths,
        n_features=given["n_features"],
        alternate_sign=given["alternate_sign"],
        norm=None if given["norm"] == "none" else given["norm"],
    )
    return vectorizer.transform(case["texts"]).toarray().T.tolist()


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
