"""A metric's SQL held against the warehouse's real tables: every name there, every column its type.

Nothing is run over data: the tables are empty, so that a file can be checked anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import duckdb

from metrics.measure import calendar
from metrics.measure.steps import load_steps, needed
from metrics.parse import MetricFile, Problem
from models.warehouse import statements

TYPES = {
    "on_date": ("DATE",),
    "person_id": ("VARCHAR",),
    "provision_id": ("VARCHAR",),
    "provider_id": ("VARCHAR",),
    "lsoa": ("VARCHAR",),
    "urn": ("INTEGER", "BIGINT"),
    "age": ("TINYINT", "SMALLINT", "INTEGER", "BIGINT"),
    "amount": ("number",),
    "value": ("number",),
}
"""What type each column must have; `number` is any number."""

_NUMBER = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL")
_LINE = re.compile(r"^LINE (\d+):", re.MULTILINE)


def empty_warehouse() -> duckdb.DuckDBPyConnection:
    """Every table of the warehouse without a row, in memory, and every shared step that binds."""
    con = duckdb.connect()
    for statement in statements():
        con.execute(statement)
    con.execute(calendar.CREATE)
    for step in needed(set(load_steps())):
        try:
            con.execute(f"create or replace temp table {step.name} as {step.sql}")
        except duckdb.Error:
            continue
    return con


def check_steps() -> list[Problem]:
    """Every shared step that does not run against the warehouse's tables."""
    con, problems = empty_warehouse(), []
    for step in load_steps().values():
        try:
            con.execute(f"describe {step.sql}").fetchall()
        except duckdb.Error as error:
            line, what = _told(error)
            first = 1 + step.comment_lines
            problems.append(Problem(f"steps/{step.name}.sql", first + line, what))
    con.close()
    return problems


def check_binding(con: duckdb.DuckDBPyConnection, file: MetricFile) -> Iterator[Problem]:
    """What of a metric's two queries does not run, or yields a column of a wrong type."""
    for part in ("numerator", "denominator"):
        sql = file.numerator_sql if part == "numerator" else file.denominator_sql
        if sql:
            yield from _check_part(con, file, part, sql)


def _check_part(
    con: duckdb.DuckDBPyConnection, file: MetricFile, part: str, sql: str
) -> Iterator[Problem]:
    name, first = file.path.name, file.lines[f"{part} sql"]
    try:
        columns = con.execute(f"describe {sql}").fetchall()
    except duckdb.Error as error:
        line, what = _told(error)
        yield Problem(name, first + line, f"SQL does not run: {what}")
        return
    for column, found, *_ in columns:
        if not _fits(str(found), TYPES.get(column, (str(found),))):
            wanted = " or ".join(TYPES[column])
            what = f"wrong shape: {column} of the {part} is {found}, not {wanted}"
            yield Problem(name, file.lines[part], what)


def _told(error: duckdb.Error) -> tuple[int, str]:
    """Which line of the query, from 0, and what is wrong with it, in the engine's first line."""
    text = str(error)
    found = _LINE.search(text)
    return int(found[1]) - 1 if found else 0, text.strip().splitlines()[0]


def _fits(found: str, wanted: tuple[str, ...]) -> bool:
    bare = found.split("(")[0]
    if bare == '"NULL"' or bare == "NULL":
        return True
    return bare in (_NUMBER if wanted == ("number",) else wanted)
