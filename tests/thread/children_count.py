"""The registers of children out of school, in dispute or waiting, read from their files."""

import csv

import pandas as pd


def register(files, name):
    """A register without its refused lines; a line may have a cell too many, which is refused."""
    path = files.root / name
    with path.open(encoding="utf-8", newline="") as text:
        header, *lines = csv.reader(text)
    refused = files.refused[path.name]
    kept = [line[: len(header)] for n, line in enumerate(lines) if n not in refused]
    rows = pd.DataFrame(kept, columns=header).replace("", None)
    dates = [name for name in header if name.endswith("_date") or name == "month"]
    return rows.assign(**{name: pd.to_datetime(rows[name]) for name in dates})


def on_each(ends, rows, first, last, who):
    """How many are under way on each day: from the first day to the day before the last."""
    return ends.map(lambda on: rows[(rows[first] <= on) & ~(rows[last] <= on)][who].nunique())


def schools(files):
    """Schools that are asked each month: those that owe a census, but nurseries and colleges."""
    rows = files.table("schools/school_register.csv")
    rows = rows[(rows["expects_census"] == "True") & ~rows["phase"].isin(["nursery", "post-16"])]
    opened, closed = (pd.to_datetime(rows[name]) for name in ("open_date", "close_date"))
    return rows.assign(opened=opened, closed=closed)
