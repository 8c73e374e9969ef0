"""Run an executable specification: its tiny tables through the real engine."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import duckdb
import pandas as pd

from metrics.measure.dimensions import AREA_KINDS
from metrics.measure.run import measure_metric, prepare
from metrics.parse import MetricFile
from models.borough import Borough
from models.time import period_words
from models.warehouse import FACTS, statements

COMPARED = ("numerator", "denominator", "value", "lower", "upper", "status")
SHARED = ("provision_id", "provider_id")
"""Keys that repeats of a row have in common: other people in the same place."""

CLOSE = 0.05
"""Specifications are written to one decimal, so that people can check them by hand."""


def run_example(file: MetricFile, example: dict[str, Any], profile: Borough) -> list[str]:
    """Differences between what an example expects and what is measured; empty when they agree.

    Every breakdown the example mentions must match whole: a figure it does not expect is a
    difference too. Raises duckdb.Error where its tables do not fit the warehouse.
    """
    found = observed(file, example, profile)
    expected = {_key(row): row for row in example["expect"]}
    mentioned = {breakdown for _, breakdown, _ in expected}
    found = {key: row for key, row in found.items() if key[1] in mentioned}
    differences = [f"expected {_words(key)}, got none" for key in expected.keys() - found.keys()]
    differences += [f"got {_words(key)}, not expected" for key in found.keys() - expected.keys()]
    for key in expected.keys() & found.keys():
        differences += _differences(key, expected[key], found[key])
    return sorted(differences)


def observed(
    file: MetricFile, example: dict[str, Any], profile: Borough
) -> dict[tuple[str, str, str], dict[Any, Any]]:
    """What is measured from an example's tables, by period in words, breakdown and category."""
    con = duckdb.connect()
    try:
        for statement in statements():
            con.execute(statement)
        _load(con, example["given"])
        prepare(con, profile, [file])
        to = example["data_to"]
        frame = measure_metric(con, profile, file, known_to=date.fromisoformat(to) if to else None)
    finally:
        con.close()
    return {_found_key(row): row for row in frame.to_dict("records")}


def _load(con: duckdb.DuckDBPyConnection, given: dict[str, list[dict[str, Any]]]) -> None:
    con.execute(
        "insert into load (load_id, file, content_hash, extract, rows_read, rows_accepted,"
        " rows_quarantined, loaded_at, code_version, synthetic)"
        " values ('example', 'example', '', 'example', 0, 0, 0, ?, '', true)",
        [datetime(2025, 1, 1)],
    )
    for table, rows in given.items():
        copies = [copy for row in rows for copy in _copies(row)]
        if table in FACTS:
            copies = [{**row, "load_id": "example"} for row in copies]
        insert_rows(con, table, copies)


def insert_rows(con: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    """Insert rows of the same columns in one statement."""
    names = list(rows[0])
    marks = ", ".join([f"({', '.join('?' * len(names))})"] * len(rows))
    values = [row.get(name) for row in rows for name in names]
    con.execute(f"insert into {table} ({', '.join(names)}) values {marks}", values)


def _copies(row: dict[str, Any]) -> list[dict[str, Any]]:
    times = row.get("times") or 1
    plain = {name: cell for name, cell in row.items() if name != "times"}
    if times == 1:
        return [plain]
    return [{n: _copy(n, cell, copy) for n, cell in plain.items()} for copy in range(1, times + 1)]


def _copy(name: str, cell: Any, copy: int) -> Any:
    own = name.endswith("_id") and name not in SHARED and cell is not None
    return f"{cell} {copy}" if own else cell


def _key(row: dict[str, Any]) -> tuple[str, str, str]:
    return str(row["period"]), str(row.get("breakdown", "all")), str(row.get("category", "all"))


def _found_key(row: dict[Any, Any]) -> tuple[str, str, str]:
    start, end = row["period_start"].date(), row["period_end"].date()
    breakdown, category = row["breakdown"], row["category"]
    if row["area_kind"] in AREA_KINDS.values():
        breakdown, category = row["area_kind"], row["area_id"]
    return period_words(row["period_kind"], start, end), breakdown, category


def _differences(
    key: tuple[str, str, str], expected: dict[str, Any], found: dict[Any, Any]
) -> list[str]:
    return [
        f"{_words(key)}: {name} is {found[name]}, expected {expected[name]}"
        for name in COMPARED
        if name in expected and not _same(found[name], expected[name])
    ]


def _same(found: Any, expected: Any) -> bool:
    if expected is None or pd.isna(found):
        return expected is None and bool(pd.isna(found))
    if isinstance(expected, str):
        return str(found) == expected
    return abs(float(found) - float(expected)) <= CLOSE + 1e-9


def _words(key: tuple[str, str, str]) -> str:
    period, breakdown, category = key
    return period if breakdown == "all" else f"{period}, {breakdown} {category}"
