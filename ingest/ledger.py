"""The ledger: what a delivery is, which loads it replaces, and what changes nothing.

Files that only make sense together (one census, one SEN2 return, one provider's MHSDS submission)
are one delivery. A delivery whose files are all known byte for byte changes nothing; one with any
new file is loaded whole again and supersedes what was loaded for it before.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

import duckdb

from ingest.errors import BadFile
from ingest.workbench import Workbench
from models.ledger import LoadRow

TOGETHER = ("school_census", "sen2", "mhsds")
"""Families whose extracts refer to each other's rows."""

_DELIVERY = (
    "case when {t}.family in ('school_census', 'sen2') then {t}.family || ' '"
    " || coalesce({t}.period, 'of no known period')"
    " when {t}.family = 'mhsds' then trim('mhsds '"
    " || coalesce(regexp_extract({t}.period, '^([A-Z0-9]+)( to |$)', 1), ''))"
    " else {t}.extract end || case when {t}.synthetic then ', simulated' else '' end"
)
"""What a file is a delivery of. A real delivery never stands for a simulated one, nor the reverse.
A health provider's submission replaces that provider's last one; its period begins with the
provider's code (see `ingest.periods`)."""


def choose(bench: Workbench) -> list[str]:
    """Mark in `staging.files` which files to take; returns those already loaded as they are.

    A delivery is taken when any of its files is new.
    """
    con = bench.con
    con.execute(
        "create table staging.current as select l.load_id, l.content_hash, l.extract, l.period,"
        " l.synthetic, x.family from load l"
        " join (select distinct extract, family from staging.known) x on x.extract = l.extract"
        " where l.superseded_by is null"
    )
    con.execute(
        "update staging.files f set take = d.new from ("
        f" select {_DELIVERY.format(t='f')} as delivery, bool_or(c.load_id is null) as new"
        " from staging.files f left join staging.current c"
        " on c.content_hash = f.content_hash and c.extract = f.extract"
        " and c.period is not distinct from f.period group by all) d"
        f" where d.delivery = {_DELIVERY.format(t='f')}"
    )
    same = con.execute("select name from staging.files where not take order by name").fetchall()
    return [name for (name,) in same]


def list_known(con: duckdb.DuckDBPyConnection, families: dict[str, str]) -> None:
    """`staging.known`: each extract and its family."""
    con.execute("create table staging.known (extract varchar, family varchar)")
    con.executemany("insert into staging.known values (?, ?)", list(families.items()))


def refuse_partial(con: duckdb.DuckDBPyConnection) -> list[BadFile]:
    """Refuse a delivery that would replace an earlier one but lacks tables the earlier one had.

    Loading it would lose the rows of the missing tables.
    """
    lacking = con.execute(
        f"with taken as (select *, {_DELIVERY.format(t='f')} as delivery"
        " from staging.files f where take),"
        f" held as (select *, {_DELIVERY.format(t='c')} as delivery from staging.current c)"
        " select h.delivery, string_agg(distinct h.extract, ', ' order by h.extract)"
        " from held h where h.delivery in (select delivery from taken)"
        " and (h.delivery, h.extract) not in (select (delivery, extract) from taken)"
        " group by h.delivery"
    ).fetchall()
    return [_refuse(con, delivery, missing) for delivery, missing in lacking]


def _refuse(con: duckdb.DuckDBPyConnection, delivery: str, missing: str) -> BadFile:
    names = con.execute(
        f"select name from staging.files f where take and {_DELIVERY.format(t='f')} = ?"
        " order by name",
        [delivery],
    ).fetchall()
    con.execute(
        f"update staging.files f set take = false where {_DELIVERY.format(t='f')} = ?", [delivery]
    )
    return BadFile(
        ", ".join(name for (name,) in names),
        f"part of a delivery ({delivery}) that was loaded before with {missing}",
        "every table of the delivery together",
        "load the whole folder of that delivery, with the corrected file in it",
    )


def leave_out(con: duckdb.DuckDBPyConnection, files: list[str]) -> list[str]:
    """Take none of the deliveries the named files belong to; returns the other files in them."""
    theirs, delivery = _DELIVERY.format(t="g"), _DELIVERY.format(t="f")
    waiting = con.execute(
        f"update staging.files f set take = false where f.take and {delivery} in ("
        f"select {theirs} from staging.files g where list_contains(?, g.name)) returning name",
        [files],
    ).fetchall()
    return [name for (name,) in waiting if name not in files]


def name_loads(con: duckdb.DuckDBPyConnection, stamp: datetime) -> None:
    """Give each file taken its load id: readable, and different for each file and time."""
    rows = con.execute(
        "select file::varchar, extract, name, content_hash from staging.files where take"
    ).fetchall()
    for file, extract, name, digest in rows:
        where = hashlib.sha256(name.encode()).hexdigest()[:4]
        load_id = f"{extract}-{digest[:8]}-{where}-{stamp:%Y%m%d%H%M%S%f}"
        con.execute("update staging.files set load_id = ? where file = ?", [load_id, file])


def write_ledger(bench: Workbench) -> list[LoadRow]:
    """Write a ledger row for each file taken, and mark the loads they supersede."""
    con = bench.con
    same = f"{_DELIVERY.format(t='c')} = {_DELIVERY.format(t='f')} and c.extract = f.extract"
    con.execute(
        "insert into load select f.load_id, f.name, f.content_hash, f.extract, f.period,"
        " f.rows_read, f.rows_read - f.rows_quarantined, f.rows_quarantined,"
        f" (select min(c.load_id) from staging.current c where {same}), null, ?, ?, f.synthetic,"
        " null from staging.files f where f.take",
        [bench.stamp, bench.code_version],
    )
    con.execute(
        "update load l set superseded_by = n.new_id from ("
        " select c.load_id, min(f.load_id) as new_id from staging.current c"
        f" join staging.files f on f.take and {same} group by c.load_id) n"
        " where l.load_id = n.load_id"
    )
    rows = con.execute(
        "select l.* from load l join staging.files f on f.load_id = l.load_id order by l.file"
    ).fetchall()
    return [LoadRow(*row) for row in rows]
