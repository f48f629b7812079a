#!/usr/bin/env python3
"""Makes workdays.json from chinese-days.json: only the days that differ from a plain Monday-to-Friday week.

usage: make-workdays.py chinese-days.json [workdays.json]

Result: {"2026": {"off": ["01-01", …], "on": ["01-04", …]}, …}: `off` are weekdays that are holidays,
`on` are weekend days that are worked (调休).
"""
import datetime
import json
import pathlib
import sys

source = pathlib.Path(sys.argv[1])
target = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else pathlib.Path(__file__).with_name("workdays.json")

days = json.loads(source.read_text(encoding="utf-8"))


def weekend(day):
    return datetime.date.fromisoformat(day).weekday() >= 5


years = {}
for day in sorted(days["holidays"].keys() | days["workdays"].keys()):
    year = years.setdefault(day[:4], {"off": [], "on": []})
    if day in days["workdays"]:
        if weekend(day):
            year["on"].append(day[5:])
    elif not weekend(day):
        year["off"].append(day[5:])

lines = ",\n".join(f'  "{year}": {json.dumps(changes)}' for year, changes in years.items())
target.write_text("{\n" + lines + "\n}\n", encoding="utf-8")
