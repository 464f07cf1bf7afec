"""Python's datetime on the texts of dates.test.ts: {"earliest", "texts"} on stdin, parts by name on stdout."""

import json
import math
import sys
from datetime import datetime, timezone

CIRCLES = {"month": (12, 1), "weekday": (7, 0), "day_of_year": (366, 1), "hour": (24, 0)}


def read(text: str) -> datetime:
    """In UTC where the text names an offset, else as it is written; without a zone in either case."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is None else moment.astimezone(timezone.utc).replace(tzinfo=None)


def parts(moment: datetime, earliest: datetime) -> dict:
    own = {
        "year": moment.year,
        "quarter": (moment.month - 1) // 3 + 1,
        "month": moment.month,
        "day": moment.day,
        "weekday": moment.weekday(),
        "day_of_year": moment.timetuple().tm_yday,
        "hour": moment.hour,
        "minute": moment.minute,
        "is_weekend": int(moment.weekday() >= 5),
        "elapsed_days": (moment - earliest).total_seconds() / 86400,
        "is_missing": 0,
    }
    for name, (places, first) in CIRCLES.items():
        angle = 2 * math.pi * (own[name] - first) / places
        own |= {f"{name}_sin": math.sin(angle), f"{name}_cos": math.cos(angle)}
    return own


request = json.load(sys.stdin)
earliest = read(request["earliest"])
rows = [parts(read(text), earliest) for text in request["texts"]]
json.dump({name: [row[name] for row in rows] for name in rows[0]}, sys.stdout)
