"""Making the warehouse's tables, and bringing an older warehouse up to them, in one transaction.

A table whose columns or constraints differ from the present ones is made anew and its rows are
carried over by column name; what can't be carried over without loss is refused by name, and the
warehouse stays as it was. Tables that are not of `models.warehouse` are left alone.
"""

from __future__ import annotations

import hashlib

import duckdb

from models.errors import SemhError
from models.warehouse import statements

VERSION = 1
"""Raise it when an older program must not open a warehouse that this one has written."""

_COLUMNS = """
select table_name, list((column_name, data_type, is_nullable) order by column_index)
from duckdb_columns() where not internal and schema_name = 'main' and database_name = ?
    and table_name in (select table_name from duckdb_tables() where database_name = ?)
group by table_name
"""
_CONSTRAINTS = """
select table_name, list(constraint_text order by constraint_text) from duckdb_constraints()
where database_name = ? and constraint_type <> 'NOT NULL' group by table_name
"""


def is_current(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the tables are those of this program.

    Raises SemhError when the warehouse was written by a newer program that this one can't follow.
    """
    about = _about(con)
    version = int(about.get("schema_version", 0))
    if version > VERSION:
        raise SemhError(
            f"The warehouse is of version {version}; this program knows version {VERSION}.",
            "install the newer program, or set SEMH_HOME to another folder",
        )
    return about.get("schema_print") == _print()


def bring_up(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Make or upgrade the tables and views in place; returns the names of tables made anew.

    Raises SemhError, naming table and column, when something can't be carried over.
    """
    if is_current(con):
        return []
    con.execute("begin")
    try:
        changed = _upgrade(con)
        con.execute("commit")
    except BaseException:
        con.execute("rollback")
        raise
    return changed


def _upgrade(con: duckdb.DuckDBPyConnection) -> list[str]:
    held, wanted = _tables(con), _wanted()
    changed = [name for name, shape in wanted.items() if name in held and held[name] != shape]
    for name in changed:
        _refuse_loss(con, name, held[name][0], wanted[name][0])
        con.execute(f"create or replace temp table carried_{name} as from {name}")
        con.execute(f"drop table {name}")
    for statement in statements():
        con.execute(statement)
    for name in changed:
        _carry_over(con, name)
    for pair in (("schema_version", str(VERSION)), ("schema_print", _print())):
        con.execute("insert or replace into about values (?, ?)", pair)
    return changed


def _refuse_loss(con: duckdb.DuckDBPyConnection, name: str, held: list, wanted: list) -> None:
    """A column that is gone must have held nothing."""
    for column in sorted({c for c, *_ in held} - {c for c, *_ in wanted}):
        kept = con.execute(f'select count("{column}") from {name}').fetchall()[0][0]
        if kept:
            raise _cannot(f"its table {name} has a column {column} that this program lacks")


def _carry_over(con: duckdb.DuckDBPyConnection, name: str) -> None:
    columns = {c for c, *_ in _tables(con)[name][0]}
    held = con.execute(f"describe carried_{name}").fetchall()
    shared = ", ".join(f'"{row[0]}"' for row in held if row[0] in columns)
    try:
        con.execute(f"insert into {name} ({shared}) select {shared} from carried_{name}")
    except duckdb.Error as error:
        # The database's words may quote a row, so only the kind of fault is passed on.
        raise _cannot(f"its table {name} holds rows this program can't take") from error
    con.execute(f"drop table carried_{name}")


def _cannot(why: str) -> SemhError:
    return SemhError(
        f"The warehouse is of an older version and can't be upgraded: {why}. It is as it was.",
        "keep it, set SEMH_HOME to a new folder and load the extracts there again",
    )


def _tables(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[list, list]]:
    """Each table's columns (name, type, nullable, in order) and constraints."""
    (database,) = con.execute("select current_database()").fetchall()[0]
    columns = con.execute(_COLUMNS, [database, database]).fetchall()
    constraints = dict(con.execute(_CONSTRAINTS, [database]).fetchall())
    return {name: (list(shape), constraints.get(name, [])) for name, shape in columns}


def _wanted() -> dict[str, tuple[list, list]]:
    with duckdb.connect() as empty:
        for statement in statements():
            empty.execute(statement)
        return _tables(empty)


def _about(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    if "about" not in {name for (name,) in con.execute("show tables").fetchall()}:
        return {}
    return dict(con.execute("select key, value from about").fetchall())


def _print() -> str:
    return hashlib.sha256("\n".join(statements()).encode()).hexdigest()[:16]
