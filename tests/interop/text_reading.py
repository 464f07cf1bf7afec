"""How scikit-learn reads the texts of a case: what texts.py and text_hashing.py have in common."""


def lowered(text: str) -> str:
    """Letter by letter, as C does it: Python's own lower() makes two letters of one, and knows a final sigma."""
    return "".join({"İ": "i"}.get(letter, letter.lower()) for letter in text)


def reading(given: dict) -> dict:
    """Arguments of a vectorizer by a step's parameters."""
    lengths = (given["shortest"], given["longest"])

    def runs(text: str) -> list:
        letters = lowered(text) if given["lowercase"] else text
        return [letters[i : i + n] for n in range(lengths[0], lengths[1] + 1) for i in range(len(letters) - n + 1)]

    return {
        # scikit-learn's analyzer of characters joins white space, which ours leaves as it is.
        "analyzer": "word" if given["analyzer"] == "words" else runs,
        "preprocessor": lowered if given["lowercase"] else (lambda text: text),
        "ngram_range": lengths,
        "norm": None if given["norm"] == "none" else given["norm"],
    }
