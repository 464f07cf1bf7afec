"""scikit-learn's TfidfVectorizer on the texts of texts.test.ts: cases on stdin, terms and matrices on stdout."""

import json
import sys

from sklearn.feature_extraction.text import TfidfVectorizer


def lowered(text: str) -> str:
    """Letter by letter, as C does it: Python's own lower() makes two letters of one, and knows a final sigma."""
    return "".join({"İ": "i"}.get(letter, letter.lower()) for letter in text)


def answer(case: dict) -> dict:
    given = case["parameters"]
    lengths = (given["shortest"], given["longest"])

    def runs(text: str) -> list:
        letters = lowered(text) if given["lowercase"] else text
        return [letters[i : i + n] for n in range(lengths[0], lengths[1] + 1) for i in range(len(letters) - n + 1)]

    vectorizer = TfidfVectorizer(
        # scikit-learn's analyzer of characters joins white space, which ours leaves as it is.
        analyzer="word" if given["analyzer"] == "words" else runs,
        preprocessor=lowered if given["lowercase"] else (lambda text: text),
        ngram_range=lengths,
        min_df=given["min_df"],
        max_df=float(given["max_df"]),  # an integer 1 would be a number of texts
        max_features=given["max_features"],
        sublinear_tf=given["sublinear_tf"],
        norm=None if given["norm"] == "none" else given["norm"],
    )
    vectorizer.fit(case["train"])
    return {
        "terms": vectorizer.get_feature_names_out().tolist(),
        "matrix": vectorizer.transform(case["new"]).toarray().T.tolist(),
    }


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
