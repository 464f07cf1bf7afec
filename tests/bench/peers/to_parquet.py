"""Writes a CSV as Parquet, with pyarrow's defaults.

usage: to_parquet.py CSV PARQUET
"""

import sys

import pyarrow.csv as csv
import pyarrow.parquet as parquet

parquet.write_table(csv.read_csv(sys.argv[1]), sys.argv[2])
