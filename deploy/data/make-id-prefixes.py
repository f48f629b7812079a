#!/usr/bin/env python3
"""Makes id-prefixes.csv.gz from a `code,name` list of every six-digit prefix ever used in an ID number.

usage: make-id-prefixes.py id-area-history.csv [id-prefixes.csv.gz]
"""
import gzip
import pathlib
import sys

source = pathlib.Path(sys.argv[1])
target = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else pathlib.Path(__file__).with_name("id-prefixes.csv.gz")

rows = sorted(source.read_text(encoding="utf-8").splitlines()[1:])
if any(len(row.split(",")) != 2 or len(row.split(",")[0]) != 6 for row in rows):
    sys.exit("expected rows of a six-digit code and a name")
with open(target, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
    packed.write(("# code,name\n" + "\n".join(rows) + "\n").encode())
