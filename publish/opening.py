"""Opening a published snapshot: read-only, of a version this program reads, or a reason why not.

An older layout is read as if what was added since were there and empty.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from models.errors import SemhError
from models.snapshot import READABLE, SNAPSHOT_VERSION, TABLES

AGAIN = "run semh publish to make a new one, or semh publish --rollback to return to the one before"
CONVERT = "run semh measure, then semh publish, to make it again from the warehouse"
OPENING = {"threads": "2", "memory_limit": "1GB", "enable_external_access": "false"}
"""How a snapshot file is opened; DuckDB wants the same for every handle in one process."""

_VERSION = "select value from info where key = 'snapshot_version'"


class NoSnapshot(SemhError):
    """Nothing readable is published; it says what to do next."""


def open_snapshot(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection to a snapshot file of any version in READABLE, all of today's tables in it.

    Raises NoSnapshot naming the file, the version found, and what to do.
    """
    if not path.is_file():
        raise NoSnapshot(f"Snapshot {path.name} is missing.", AGAIN)
    try:
        con = duckdb.connect(str(path), read_only=True, config=dict(OPENING))
    except duckdb.Error as error:
        raise NoSnapshot(
            f"Snapshot {path.name} can't be opened ({type(error).__name__}).", AGAIN
        ) from error
    found = _version(con, path)
    if found == str(SNAPSHOT_VERSION):
        return con
    con.close()
    if found not in READABLE:
        raise NoSnapshot(
            f"Snapshot {path.stem} has layout version {found}; this program reads"
            f" {' and '.join(READABLE)}.",
            CONVERT,
        )
    return _filled_up(path)


def _version(con: duckdb.DuckDBPyConnection, path: Path) -> str:
    try:
        rows = con.cursor().execute(_VERSION).fetchall()
    except duckdb.Error as error:
        raise NoSnapshot(f"{path.name} is not a published snapshot.", AGAIN) from error
    return str(rows[0][0]) if rows else "none"


def _filled_up(path: Path) -> duckdb.DuckDBPyConnection:
    """An older file behind today's tables: a view on each, with what it lacks left empty."""
    con = duckdb.connect(config={k: v for k, v in OPENING.items() if "external" not in k})
    for statement in TABLES:
        con.execute(statement)
    quoted = str(path).replace("'", "''")
    con.execute(f"attach '{quoted}' as older (read_only)")
    con.execute("set enable_external_access = false")
    for table, columns in _columns(con, "memory").items():
        has = _columns(con, "older").get(table)
        if has is None:
            continue
        listed = ", ".join(n if n in has else f"null::{kind} as {n}" for n, kind in columns.items())
        con.execute(f"drop table {table}")
        con.execute(f"create view {table} as select {listed} from older.{table}")
    return con


def _columns(con: duckdb.DuckDBPyConnection, database: str) -> dict[str, dict[str, str]]:
    rows = con.execute(
        "select table_name, column_name, data_type from duckdb_columns()"
        " where not internal and database_name = ? order by table_name, column_index",
        [database],
    ).fetchall()
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    return found
