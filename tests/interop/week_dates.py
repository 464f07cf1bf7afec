"""Python's datetime on the texts of week-dates.test.ts: ["2024-W05-3", "2024-123", ...] on stdin, ISO dates or null on stdout."""

import json
import sys
from datetime import date, datetime, timedelta


def read(text: str) -> "str | None":
    year = int(text[:4])
    try:
        if "W" in text:
            return date.fromisocalendar(year, int(text[6:8]), int(text[9:] or 1)).isoformat()
        # strptime's %j goes on into the next year.
        day = date(year, 1, 1) + timedelta(int(text[5:]) - 1)
    except (ValueError, OverflowError):
        return None
    return day.isoformat() if day.year == year else None


texts = json.load(sys.stdin)
answers = [read(text) for text in texts]
# Its other reader says the same of every hundredth that is a date with its day.
for text, answer in list(zip(texts, answers))[::100]:
    if answer is not None and (form := "%G-W%V-%u" if "W" in text else "%Y-%j") and text.count("-") == form.count("-"):
        assert datetime.strptime(text, form).date().isoformat() == answer, text
json.dump(answers, sys.stdout)
