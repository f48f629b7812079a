#!/usr/bin/env python3
"""Makes divisions-2023.csv.gz from a `code,name` list of the statistical division codes.

usage: make-divisions.py regions-china-2023.csv.gz [divisions-2023.csv.gz [2023-06-30 [CODE…]]]

With codes an extract is made: of each code the division with all below it and those above it; of a code that ends in a full stop
itself and those above it.

The result is in tree order: the parent of a row is the last row above it that is one level higher.
The same input gives the same bytes (with the same zlib).
"""
import gzip
import pathlib
import sys

EDITION = sys.argv[3] if len(sys.argv) > 3 else "2023-06-30"
EXTRACT = sys.argv[4:]
LEVELS = [2, 4, 6, 9, 12]
# Nodes that only gather others; no government sits there. 直辖村级区划 is the same thing one level above the villages.
GROUPS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}

source = pathlib.Path(sys.argv[1])
target = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else pathlib.Path(__file__).with_name("divisions-2023.csv.gz")


def flag(level, code, name, above):
    if level in (1, 2) and name in GROUPS or level == 3 and name.endswith("直辖村级区划"):
        return "v"
    # 东莞 has no counties, 金门 no towns: the list repeats the division one level down under the same name.
    # A village may well be called like its town, so there the repeated code must also be the padded one.
    if level == 2 and name == above[1][1] or level == 3 and name == above[2][1] \
            or level == 4 and name == above[3][1] and code.endswith("000"):
        return "r"
    return ""


def wanted(code):
    return not EXTRACT or any(e.rstrip(".").startswith(code) or not e.endswith(".") and code.startswith(e) for e in EXTRACT)


rows, above, counts, name_bytes = [], [None] * 5, [0] * 5, 0
with gzip.open(source, "rt", encoding="utf-8", newline="") as lines:
    for line in sorted(lines):
        code, name = line.rstrip("\r\n").split(",")
        if not wanted(code):
            continue
        level = LEVELS.index(len(code))
        if level and above[level - 1][0] != code[:LEVELS[level - 1]]:
            sys.exit(f"{code} has no parent")
        above[level] = (code, name)
        counts[level] += 1
        name_bytes += len(name.encode())
        rows.append(f"{code},{name},{flag(level, code, name, above)}\n")

header = f"# edition={EDITION} counts={'/'.join(map(str, counts))} name-bytes={name_bytes}\n# code,name,flags\n"
with open(target, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
    packed.write((header + "".join(rows)).encode())
