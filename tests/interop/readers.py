"""Writes odd tables with pandas, pyarrow and openpyxl for readers.test.ts, and says what they hold.

usage: readers.py FOLDER; prints a JSON array of {file, names, rows}, every cell as its exact text, "" for none
"""

import datetime as dt
import decimal
import json
import math
import pathlib
import sys

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

folder = pathlib.Path(sys.argv[1])
UTC = dt.timezone.utc


def text(value) -> str:
    """The exact text of a value, in ISO 8601 and with the shortest digits of a float."""
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return "Infinity" if value == math.inf else shortest(value)
    if isinstance(value, dt.datetime):
        zone = "Z" if value.tzinfo else ""
        plain = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
        return (plain.isoformat().rstrip("0") if plain.microsecond else plain.isoformat()) + zone
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return f"{value:f}"
    if isinstance(value, dt.time):
        return value.isoformat().rstrip("0") if value.microsecond else value.isoformat()
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)


def shortest(value: float) -> str:
    """As JavaScript writes it: whole numbers below 1e21 without a fraction, others with Python's digits."""
    if value == int(value) and abs(value) < 1e21:
        return str(int(value))
    digits = repr(value)
    if "e" not in digits:
        return digits
    mantissa, exponent = digits.split("e")
    if -7 < int(exponent) < 0:
        return f"{decimal.Decimal(digits):f}"
    return f"{mantissa}e{'+' if int(exponent) > 0 else '-'}{abs(int(exponent))}"


odd = pa.table(
    {
        "näme ⚑": pa.array(["Ünï", None, "", "漢🐧", "a\nb", "007"] * 3),
        "int": pa.array([1, -(2**31), None, 2**31 - 1, 0, 7] * 3, pa.int32()),
        "long": pa.array([1, -(2**53) + 1, None, 2**53 - 1, 0, 7] * 3, pa.int64()),
        "past": pa.array([1, 2**53 + 1, None, -(2**63), 2**63 - 1, 0] * 3, pa.int64()),
        "u64": pa.array([1, 2**64 - 1, None, 2**63, 0, 5] * 3, pa.uint64()),
        "u32": pa.array([1, 2**32 - 1, None, 2**31, 0, 5] * 3, pa.uint32()),
        "i8": pa.array([1, -128, None, 127, 0, 5] * 3, pa.int8()),
        "double": pa.array([0.1, 1e300, None, -2.5e-7, 1 / 3, 5e-324] * 3),
        "float": pa.array([0.5, -1.25, None, 3.0, 2.0**-10, 1e3] * 3, pa.float32()),
        "half": pa.array([0.5, -1.25, None, 3.0, 2.0**-10, 1e3] * 3, pa.float16()),
        "bool": pa.array([True, False, None, True, True, False] * 3),
        "money": pa.array(
            [decimal.Decimal(x) if x else None for x in ["1.10", "-0.01", None, "12345678.90", "0.00", "7.77"]] * 3,
            pa.decimal128(18, 2),
        ),
        "wide": pa.array(
            [decimal.Decimal(x) if x else None for x in ["1.1234567890", "-9.0000000001", None, "0E-10", "1234567890123456789012345678.0123456789", "7.0000000000"]] * 3,
            pa.decimal256(50, 10),
        ),
        "day": pa.array([dt.date(1970, 1, 1), dt.date(1969, 12, 31), None, dt.date(2024, 2, 29), dt.date(1600, 1, 1), dt.date(9999, 12, 31)] * 3),
        "zoned": pa.array(
            [dt.datetime(2024, 3, 31, 1, 30, 0, 123456, tzinfo=UTC), None] * 9, pa.timestamp("us", tz="Europe/Berlin")
        ),
        "naive": pa.array([dt.datetime(1969, 12, 31, 23, 59, 59, 999000), None, dt.datetime(2024, 1, 1)] * 6, pa.timestamp("ms")),
        "nanos": pa.array([dt.datetime(2024, 1, 2, 3, 4, 5, 6), None] * 9, pa.timestamp("ns")),
        "kind": pa.array(["red", "green", None, "blue", "red", "red"] * 3).dictionary_encode(),
        "empty": pa.nulls(18),
    }
)


def rows_of(table: pa.Table) -> list[list[str]]:
    columns = [[text(value) for value in column.to_pylist()] for column in table.columns]
    return [list(row) for row in zip(*columns)]


made = []


def parquet(file: str, table: pa.Table = odd, **options) -> None:
    pq.write_table(table, folder / file, **options)
    # As Python reads it back: what was written is what is held.
    back = pq.read_table(folder / file)
    made.append({"file": file, "names": back.column_names, "rows": rows_of(back)})


for codec in ["none", "snappy", "gzip", "zstd", "brotli", "lz4"]:
    parquet(f"{codec}.parquet", compression=codec)
parquet("groups.parquet", row_group_size=4, write_page_checksum=True)
parquet("plain.parquet", use_dictionary=False)
parquet("v2.parquet", data_page_version="2.0", use_dictionary=False)
parquet("pages.parquet", data_page_size=1, data_page_version="2.0")
delta = odd.select(["int", "long", "past", "näme ⚑", "double"])
parquet(
    "delta.parquet",
    delta,
    use_dictionary=False,
    column_encoding={
        "int": "DELTA_BINARY_PACKED",
        "long": "DELTA_BINARY_PACKED",
        "past": "DELTA_BINARY_PACKED",
        "näme ⚑": "DELTA_BYTE_ARRAY",
        "double": "BYTE_STREAM_SPLIT",
    },
)
parquet(
    "delta-length.parquet",
    odd.select(["näme ⚑"]),
    use_dictionary=False,
    column_encoding={"näme ⚑": "DELTA_LENGTH_BYTE_ARRAY"},
)
parquet("int96.parquet", odd.select(["naive", "nanos"]), use_deprecated_int96_timestamps=True)

seconds = [dt.datetime(1677, 9, 22), dt.datetime(1969, 12, 31, 23, 59, 59), None, dt.datetime(2024, 2, 29, 13, 5, 7)]
far = [*seconds, dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31, 23, 59, 59)]
parquet(
    "seconds.parquet",
    pa.table(
        {
            **{unit: pa.array(far, pa.timestamp(unit)) for unit in ["s", "ms", "us"]},
            "zoned": pa.array([value and value.replace(tzinfo=UTC) for value in far], pa.timestamp("us", tz="UTC")),
            "ns": pa.array([*seconds, *seconds[:2]], pa.timestamp("ns")),
            "day": pa.array([value and value.date() for value in far]),
        }
    ),
    coerce_timestamps=None,
)
parquet(
    "nested.parquet",
    pa.table(
        {
            "lists": pa.array([[[1, 2], []], None, [], [None, [3, None]]], pa.list_(pa.list_(pa.int32()))),
            "structs": pa.array(
                [[{"a": 1, "b": "x"}, {"a": None, "b": "é"}], [], None, [{"a": 2, "b": None}]],
                pa.list_(pa.struct([("a", pa.int64()), ("b", pa.string())])),
            ),
            "kinds": pa.array([["red"], ["blue", "red"], None, []], pa.list_(pa.string())),
            "clock": pa.array([dt.time(0, 0), dt.time(23, 59, 59), None, dt.time(13, 5, 7, 250000)], pa.time64("us")),
            "short": pa.array([dt.time(0, 0), dt.time(23, 59, 59), None, dt.time(13, 5, 7, 250000)], pa.time32("ms")),
            "large": pa.array(["Ünï", None, "", "漢"], pa.large_string()),
        }
    ),
)
# The dictionary is full after some rows, and what follows is written as it is; whole seconds end in a row, too.
parquet(
    "dictionary-ends.parquet",
    pa.table(
        {
            "text": [None if i % 11 == 0 else f"text {i % 700}" for i in range(3000)],
            "at": [dt.datetime(2024, 1, 1) + dt.timedelta(seconds=i, milliseconds=5 * (i == 2500)) for i in range(3000)],
            "number": [2**60 + 1 if i == 2700 else i for i in range(3000)],
        }
    ),
    dictionary_pagesize_limit=2000,
    data_page_size=1000,
    row_group_size=1600,
)

frame = pd.DataFrame(
    {
        "näme": ["Ünï", None, "漢🐧", "007", " pad "],
        "n": [1, 2, 3, 4, 2**40],
        "x": [0.1, 1 / 3, None, -2.5e-7, 1e22],
        "flag": [True, False, True, False, True],
        "at": pd.to_datetime(
            ["2024-02-29 01:02:03", "1999-12-31 23:59:59.5", None, "1970-01-01 00:00:01", "2000-01-01 12:00"],
            format="ISO8601",
        ),
    }
)


def framed(file: str, columns: list[str], write) -> None:
    part = frame[columns]
    write(part, folder / file)
    rows = [[text(value) for value in row] for row in part.astype(object).itertuples(index=False)]
    made.append({"file": file, "names": columns, "rows": rows})


all_columns = list(frame.columns)
framed("frame.parquet", all_columns, lambda part, path: part.to_parquet(path))
framed("frame.xlsx", all_columns, lambda part, path: part.to_excel(path, index=False))
exact = ["näme", "n", "flag"]
framed("frame.json", exact, lambda part, path: part.to_json(path, orient="records"))
framed(
    "frame.jsonl",
    exact,
    lambda part, path: part.to_json(path, orient="records", lines=True, force_ascii=False),
)
framed("frame.csv", ["näme", "n"], lambda part, path: part.to_csv(path, index=False))

book = openpyxl.Workbook()
book.remove(book.active)
first = book.create_sheet("Empty")
sheet = book.create_sheet("Ünï sheet")
for row in [["a", "b", "when"], [1.5, "x", dt.datetime(2024, 2, 29, 13, 5, 7)], [True, "007", dt.date(1900, 1, 1)], [None, "=1+1", None]]:
    sheet.append(row)
book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
sheet["C3"] = dt.date(1950, 1, 1)
book.save(folder / "openpyxl.xlsx")
made.append(
    {
        "file": "openpyxl.xlsx",
        "names": ["a", "b", "when"],
        # openpyxl writes no cached value for a formula.
        "rows": [["1.5", "x", "2024-02-29T13:05:07"], ["true", "007", "1950-01-01"]],
    }
)

print(json.dumps(made))
