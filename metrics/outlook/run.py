"""Look ahead: each part in turn fills its tables; a part that can't says why and stops nothing."""

from __future__ import annotations

import duckdb
import pandas as pd

from metrics.methods.futures.history import CannotProject
from metrics.outlook import assumed, forecasts, futures, kept, record, tested
from metrics.outlook.base import Outlook, Part, Tables
from metrics.outlook.gaps import look_at_places
from metrics.outlook.money import money
from metrics.outlook.planning import look_at_schemes
from models.borough import Borough
from models.outlook import OUTLOOK, ddl
from models.progress import Progress, quiet

PARTS: dict[str, Part] = {
    "futures": futures.look,
    "forecasts": forecasts.look,
    "past ranges": tested.look,
    "kept forecasts": kept.look,
    "assumptions": assumed.look,
    "record": record.look,
    "money": money,
    "places": look_at_places,
    "schemes": look_at_schemes,
}
"""Name to part, in order; each adds rows to `outlook.tables` or raises CannotProject."""


def look_ahead(
    con: duckdb.DuckDBPyConnection, profile: Borough, *, progress: Progress = quiet
) -> dict[str, str]:
    """Fill every table of `models.outlook` anew; returns parts that could not be, and why."""
    outlook, problems = Outlook(con, profile), {}
    for number, (name, part) in enumerate(PARTS.items()):
        progress(f"Looking ahead: {name}", number, len(PARTS))
        try:
            part(outlook)
        except CannotProject as problem:
            problems[name] = str(problem)
    outlook.add("outlook_note", _notes(problems))
    _write(con, outlook.tables)
    progress("Looked ahead", len(PARTS), len(PARTS))
    return problems


def _notes(problems: dict[str, str]) -> pd.DataFrame:
    step = "load what is missing, then run semh measure and semh publish"
    rows = [(name, problem, step) for name, problem in problems.items()]
    return pd.DataFrame(rows, columns=["part", "problem", "next_step"])


def _write(con: duckdb.DuckDBPyConnection, tables: Tables) -> None:
    con.begin()
    try:
        for name in OUTLOOK:
            con.execute(f"drop table if exists {name}")
            con.execute(ddl(name))
            if name in tables and len(tables[name]):
                con.register("looked_ahead", tables[name])
                con.execute(f"insert into {name} by name select * from looked_ahead")
                con.unregister("looked_ahead")
        con.commit()
    except BaseException:
        con.rollback()
        raise
