"""The linkage store: who people are, sealed, so that files that come on different days can link.

`SEMH_HOME/linkage/<load_id>.sealed` holds, encrypted, the names, birth date, postcode, sex, UPN and
NHS number that a load told, and only what no load before it had told. It is written inside a load
and goes when its load is superseded. A file is sealed and read piece by piece, each piece a table
of at most ROWS people, so that memory does not grow with the size of a census.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from ingest.sealed import read_sealed, write_sealed
from ingest.vault import SUFFIX
from ingest.workbench import Workbench
from models.settings import Settings

ROWS = 100_000
"""People in one sealed piece."""
FIELDS = ("first_name", "surname", "dob", "postcode", "sex", "upn", "nhs_number")
TELLS = f"hash(side, namespace, value, {', '.join(FIELDS)})"
"""One number for all that a row tells; a blank is a value like any other."""

WIDE = 1 << 62
"""More than any row's place, which is a large number while its transaction is open."""

_NEW = f"""
create or replace temp table linkage_new as
select s.* from linkage_seen s
where s.rowid in (
    select (min((seen - date '1900-01-01')::hugeint * {WIDE} + place) % {WIDE})::bigint
    from (select rowid as place, seen, {TELLS} as tells from linkage_seen) told
    where tells not in (select {TELLS} from linkage_known)
    group by tells
)
"""
"""What is told for the first time, at its earliest: the day and the row's place in one number, so
that only numbers are held while the repeats are sought, however many rows there are."""


def folder(settings: Settings) -> Path:
    """Where the sealed files are."""
    return settings.home / "linkage"


def sweep(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Take away what superseded loads told, and what a load that failed left behind."""
    current = current_loads(con)
    for path in folder(settings).glob("*"):
        if path.suffix != SUFFIX or path.stem not in current:
            with suppress(OSError):
                path.unlink()


def current_loads(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Loads that nothing has superseded."""
    rows = con.execute("select load_id from load where superseded_by is null").fetchall()
    return {load_id for (load_id,) in rows}


def bring_known(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Make `linkage_known`: what current loads told, with each row's load; `linkage_seen` is there.

    Raises SemhError when a file is damaged or its key is lost.
    """
    con.execute("create or replace temp table linkage_known as from linkage_seen limit 0")
    current = current_loads(con)
    for path in sorted(folder(settings).glob(f"*{SUFFIX}")):
        if path.stem in current:
            for piece in read_sealed(settings, path):
                con.register("told", pq.read_table(io.BytesIO(piece)))
                con.execute("insert into linkage_known by name select * from told")
                con.unregister("told")


def keep_new(bench: Workbench, written: list[Path]) -> None:
    """Add what no current load has told yet to what is known, and seal it, a file for each load.

    Raises OSError when there is no room.
    """
    con = bench.con
    con.execute(_NEW)
    con.execute("insert into linkage_known by name select * from linkage_new")
    for (load_id,) in con.execute("select distinct load_id from linkage_new order by 1").fetchall():
        path = folder(bench.settings) / f"{load_id}{SUFFIX}"
        written.append(path)
        write_sealed(bench.settings, path, _pieces(con, load_id))
    con.execute("drop table linkage_new")


def _pieces(con: duckdb.DuckDBPyConnection, load_id: str) -> Iterator[bytes]:
    told = con.sql("from linkage_new where load_id = ?", params=[load_id])
    for batch in told.to_arrow_reader(ROWS):
        packed = io.BytesIO()
        pq.write_table(pa.Table.from_batches([batch]), packed, compression="zstd")
        yield packed.getvalue()
