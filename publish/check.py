"""The last look at a snapshot before it can be read: is it whole, and does it hold no child?"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import duckdb
import pandas as pd

from models.snapshot import READABLE, SNAPSHOT_VERSION, TABLES
from publish.errors import PublishError
from publish.snapshot import OPENING

VOLATILE = {"load": "loaded_at"}
"""A column that differs between two runs over the same files, left out of the content hash."""

OWN = ("snapshot_id", "created_at", "content_hash", "table_hashes", "follows", "audit")
"""Keys of `info` that say how this file came about, left out of the content hash."""

_FORBIDDEN = re.compile(
    r"person|pupil_?id|upn|nhs|forename|surname|given|birth|dob|postcode|address|lsoa"
    r"|(plan|request|referral|placement|case)_id"
)
_OF_SCHEMES = {(f"plan_{what}", "plan_id") for what in ("run", "choice", "unmet")}
"""Columns that are named like a child's, and are not: a plan of which schemes to build."""
_NUMBERS = ("numerator", "denominator", "value", "lower", "upper")
_MOST_CATEGORIES = 150

_ANY_NUMBER = " or ".join(f"{name} is not null" for name in _NUMBERS)

RULES = {
    "a figure that is not shown has a number": "status not in ('ok', 'low_base')"
    f" and ({_ANY_NUMBER})",
    "a status is unknown": "status not in"
    " ('ok', 'suppressed', 'low_base', 'not_available', 'not_applicable')",
    "a tier is unknown": "tier not in ('open', 'partner', 'restricted')",
    "a school or provider is open to all": "area_kind in ('school', 'provider') and tier = 'open'",
    "a metric has no definition": "metric_id not in (select metric_id from metric)",
}
"""What must hold of every observation: words for it, and the SQL that finds a row against it."""


def check_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Refuse a snapshot that is not whole or could tell of one child.

    Raises PublishError naming the table or rule.
    """
    expected, found = _layout(_fresh()), _layout(con)
    for table in sorted(expected.keys() | found.keys()):
        if expected.get(table) != found.get(table):
            raise _refused(f"table {table!r} is missing, added or has other columns")
    for table, columns in found.items():
        for column in columns:
            named = (table, column.split()[0])
            if _FORBIDDEN.search(column) and named not in _OF_SCHEMES:
                raise _refused(f"table {table!r} has a column {column!r} about a person")
    for words, broken in RULES.items():
        rows = con.execute(f"select distinct metric_id from observation where {broken}").fetchall()
        if rows:
            raise _refused(f"{words} (metric {rows[0][0]})")
    _check_categories(con)


def _check_categories(con: duckdb.DuckDBPyConnection) -> None:
    """A breakdown with very many categories is a list of things, maybe of children."""
    rows = con.execute(
        "select metric_id, breakdown from observation group by all"
        f" having count(distinct category) > {_MOST_CATEGORIES}"
    ).fetchall()
    if rows:
        metric, breakdown = rows[0]
        raise _refused(
            f"breakdown {breakdown!r} of {metric} has over {_MOST_CATEGORIES} categories"
        )


def _refused(what: str) -> PublishError:
    return PublishError(
        f"The snapshot was refused: {what}. What was live still is.",
        "correct the metric named, run semh measure, then semh publish",
    )


def _fresh() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    for statement in TABLES:
        con.execute(statement)
    return con


def _layout(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, ...]]:
    rows = con.execute(
        "select table_name, list(column_name || ' ' || data_type order by column_index)"
        " from duckdb_columns() where not internal group by table_name"
    ).fetchall()
    return {table: tuple(columns) for table, columns in rows}


def content_hash(con: duckdb.DuckDBPyConnection) -> str:
    """SHA-256 over every row of every table, whatever order they are kept in."""
    whole = hashlib.sha256()
    for table, rows in table_hashes(con).items():
        whole.update(f"{table}:{rows}".encode())
    return whole.hexdigest()


def table_hashes(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """SHA-256 of each table by name, over its rows in whatever order."""
    found = {}
    for table in sorted(_layout(con)):
        columns = f"* exclude ({VOLATILE[table]})" if table in VOLATILE else "*"
        rows = con.execute(
            "select sha256(string_agg(h, '' order by h)) from (select sha256(r::varchar) as h"
            f" from (select {columns} from {table}{_but_own(table)}) r)"
        ).fetchall()
        found[table] = str(rows[0][0])
    return found


def check_kept(path: Path, digest: str) -> None:
    """Refuse a file that does not hold, by itself, what was written to it.

    Raises PublishError when the disk kept less than it said.
    """
    try:
        with duckdb.connect(str(path), read_only=True, config=dict(OPENING)) as con:
            kept = not path.with_name(f"{path.name}.wal").exists() and content_hash(con) == digest
    except duckdb.Error:
        kept = False
    if not kept:
        raise PublishError(
            f"Could not write {path.parent}: the file there is not whole. Nothing changed: what was"
            " live still is.",
            "free some space or check the disk, then run semh publish again",
        )


def _but_own(table: str) -> str:
    return f" where key not in {OWN}" if table == "info" else ""


def altered(path: Path) -> list[str]:
    """What differs in a published file from what was published, in words; empty when nothing."""
    with duckdb.connect(str(path), read_only=True, config=dict(OPENING)) as con:
        try:
            kept = con.execute("select value from info where key = 'content_hash'").fetchall()
            if _of_today(con):
                check_tables(con)
            if not kept or content_hash(con) != kept[0][0]:
                return _changed(con)
        except duckdb.Error as error:
            return [f"a table can't be read: {str(error).splitlines()[0]}"]
        except PublishError as error:
            return [error.problem]
    return []


def _of_today(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the file has today's layout, or claims none that is known: then it must have it."""
    rows = con.execute("select value from info where key = 'snapshot_version'").fetchall()
    older = [version for version in READABLE if version != str(SNAPSHOT_VERSION)]
    return not rows or rows[0][0] not in older


def _changed(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Which tables are not as they were published, where the file still says how they were."""
    kept = con.execute("select value from info where key = 'table_hashes'").fetchall()
    was = json.loads(kept[0][0]) if kept else {}
    other = [name for name, value in table_hashes(con).items() if was.get(name, value) != value]
    if not other:
        return ["the file was altered after it was published, or published some other way"]
    return [f"table {name!r} was altered after it was published" for name in other]


def info_of(path: Path, key: str) -> str | None:
    """One value of a snapshot file's `info`, or None when it has none or can't be read."""
    try:
        with duckdb.connect(str(path), read_only=True, config=dict(OPENING)) as con:
            rows = con.execute("select value from info where key = ?", [key]).fetchall()
    except duckdb.Error:
        return None
    return str(rows[0][0]) if rows else None


def query(path: Path, statement: str) -> pd.DataFrame:
    """What a statement finds in a snapshot file, opened to read only."""
    with duckdb.connect(str(path), read_only=True, config=dict(OPENING)) as con:
        return con.execute(statement).df()


def readable(path: Path) -> bool:
    """Whether a snapshot file opens and has a layout this program reads."""
    return info_of(path, "snapshot_version") in READABLE
