"""Retention: what is kept no longer than needed, and new keys for what is kept.

Refused rows, rows of superseded loads, and what the linkage store holds of loads that are no longer
current, go once they are older than `SEMH_KEEP_DAYS`. The ledger keeps that they were there, how
many, and when they went.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb

from ingest.linkage.store import current_loads, folder
from ingest.pseudonyms import rotate_pseudonyms
from ingest.raw_lines import sweep
from ingest.sealed import reseal, sealed_files
from ingest.vault import SUFFIX, add_key, forget_old_keys
from models.settings import Settings
from models.store import open_warehouse
from models.warehouse import FACTS

REFUSED, SUPERSEDED = "refused rows", "superseded rows"

_OLD_REFUSED = """
select distinct q.load_id from quarantine q join load l on l.load_id = q.load_id
where l.loaded_at < ? or l.superseded_by is not null and ?
"""
_OLD_SUPERSEDED = """
select l.load_id from load l join load n on n.load_id = l.superseded_by
where n.loaded_at < ? or ?
"""


@dataclass(frozen=True)
class Removed:
    """What a purge took: what it was, how many rows (or files) of how many loads."""

    what: str
    rows: int
    loads: int


def purge(
    settings: Settings, *, at: datetime, older_than: int | None = None, superseded: bool = False
) -> list[Removed]:
    """Remove what retention no longer allows, in one transaction; returns what went.

    `older_than` is in days, `SEMH_KEEP_DAYS` where it is not given. A superseded row's age counts
    from the load that took its place; with `superseded` every superseded row goes, whatever its
    age. People of whom no row is left go too. The ledger's lines stay.

    Raises SemhError when there is no warehouse or another job uses it.
    """
    before = at - timedelta(days=settings.keep_days if older_than is None else older_than)
    with open_warehouse(settings) as con:
        con.execute("begin")
        try:
            removed = [
                _remove_refused(con, before, superseded, at),
                _remove_superseded(con, before, superseded, at),
            ]
            con.execute("commit")
        except BaseException:
            con.execute("rollback")
            raise
        con.execute("checkpoint")
        sweep(con, settings)
        store = _remove_linkage(settings, before, current_loads(con))
    return [*removed, store]


def _remove_refused(
    con: duckdb.DuckDBPyConnection, before: datetime, superseded: bool, at: datetime
) -> Removed:
    loads = _ids(con, _OLD_REFUSED, before, superseded)
    return _remove(con, REFUSED, ["quarantine"], loads, at)


def _remove_superseded(
    con: duckdb.DuckDBPyConnection, before: datetime, superseded: bool, at: datetime
) -> Removed:
    loads = _ids(con, _OLD_SUPERSEDED, before, superseded)
    removed = _remove(con, SUPERSEDED, [*FACTS, *{"link"} - FACTS.keys()], loads, at)
    if removed.rows:
        _remove_strangers(con)
    return removed


def _ids(con: duckdb.DuckDBPyConnection, query: str, before: datetime, every: bool) -> list[str]:
    return [load_id for (load_id,) in con.execute(query, [before, every]).fetchall()]


def _remove(
    con: duckdb.DuckDBPyConnection, what: str, tables: list[str], loads: list[str], at: datetime
) -> Removed:
    con.execute("create or replace temp table leaving (load_id varchar, n bigint)")
    for table in tables:
        counted = "distinct line" if table == "quarantine" else "*"  # a row may have many reasons
        con.execute(
            f"insert into leaving select load_id, count({counted}) from {table}"
            " where list_contains(?, load_id) group by load_id", [loads],
        )  # fmt: skip
        con.execute(f"delete from {table} where list_contains(?, load_id)", [loads])
    con.execute(
        "insert into removal select load_id, ?, sum(n), ? from leaving group by load_id", [what, at]
    )
    rows, count = con.execute(
        "select coalesce(sum(n), 0)::bigint, count(distinct load_id) from leaving"
    ).fetchall()[0]
    con.execute("drop table leaving")
    return Removed(what, rows, count)


def _remove_strangers(con: duckdb.DuckDBPyConnection) -> None:
    """People of whom no fact has a row any more."""
    known = " union ".join(
        f"select person_id from {name}" for name, columns in FACTS.items() if "person_id" in columns
    )
    con.execute(f"delete from person where person_id not in (select person_id from ({known}) k"
                " where person_id is not null)")  # fmt: skip


def _remove_linkage(settings: Settings, before: datetime, live: set[str]) -> Removed:
    """Sealed files of the linkage store that are old and of no load that is current.

    Who the people of a current load are is what the next load's links are made with.
    """
    old = [
        path
        for path in folder(settings).glob(f"*{SUFFIX}")
        if path.stem not in live and datetime.fromtimestamp(path.stat().st_mtime) < before
    ]
    for path in old:
        path.unlink()
    return Removed("files of the linkage store", len(old), len(old))


@dataclass(frozen=True)
class Rotated:
    """What new keys were put on: columns of pseudonyms, and sealed files."""

    columns: int
    files: int


def rotate_keys(settings: Settings) -> Rotated:
    """New keys for pseudonyms and for what is sealed; killed at any moment, all can still be read.

    Sealed files are sealed again one by one; the old key goes only when none needs it any more.

    Raises SemhError when there is no warehouse, another job uses it, or a key is gone or damaged.
    """
    with open_warehouse(settings) as con:
        columns = rotate_pseudonyms(con, settings)
        sweep(con, settings)
        files = sealed_files(settings)
        add_key(settings)
        for path in files:
            reseal(settings, path)
        forget_old_keys(settings)
    return Rotated(columns, len(files))
