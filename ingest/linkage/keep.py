"""The linkage store: who people are, sealed, so that files that come on different days can link.

`SEMH_HOME/linkage/<load_id>.sealed` holds, encrypted, the names, birth date, postcode, sex, UPN and
NHS number that a load told, and only what no load before it had told. It is written inside a load
and goes when its load is superseded. In the warehouse there are pseudonyms and links, no more.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from ingest.link import link_frames
from ingest.linkage.quality import write_link_quality
from ingest.sealed import read_sealed, write_sealed
from ingest.vault import SUFFIX
from ingest.workbench import Workbench
from models.settings import Settings

HERE = Path(__file__).resolve().parent
LINKABLE = ("sc_pupilonroll", "sen2_person", "mhs001", "health_person_index")
"""Extracts that tell who someone is."""
TELLS = "hash(side, namespace, value, first_name, surname, dob, postcode, sex, upn, nhs_number)"
"""One number for all that a row tells; a blank is a value like any other."""

SIDE = """
select pseudonym(namespace, value) as unique_id,
    {fields}, arg_max(load_id, seen) as load_id
from linkage_known where side = '{side}' group by unique_id order by unique_id
"""
FIELDS = ("first_name", "surname", "dob", "postcode", "sex", "upn", "nhs_number")


def refresh_links(
    bench: Workbench, extracts: set[str], written: list[Path], tick: Callable[[str], None]
) -> None:
    """Keep who the people of this load are, and link both sides anew, inside the transaction.

    Files written are added to `written`, to be taken away should the load fail. Nothing happens
    where no extract of the load tells who someone is.

    Raises SemhError when the store can't be read: its key is lost or a file is damaged.
    """
    if not extracts & set(LINKABLE):
        return
    tick("Linking children's records")
    con = bench.con
    con.execute((HERE / "gather.sql").read_text(encoding="utf-8"))
    _bring_known(con, bench.settings)
    _keep_new(bench, written)
    _link(con, bench.settings)
    write_link_quality(con, bench.stamp)
    con.execute("drop table linkage_seen; drop table linkage_known")


def folder(settings: Settings) -> Path:
    """Where the sealed files are."""
    return settings.home / "linkage"


def sweep(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Take away what superseded loads told, and what a load that failed left behind."""
    current = _current(con)
    for path in folder(settings).glob("*"):
        if path.suffix != SUFFIX or path.stem not in current:
            with suppress(OSError):
                path.unlink()


def _current(con: duckdb.DuckDBPyConnection) -> set[str]:
    rows = con.execute("select load_id from load where superseded_by is null").fetchall()
    return {load_id for (load_id,) in rows}


def _bring_known(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """`linkage_known`: what current loads told, in memory, with each row's load."""
    con.execute("create or replace temp table linkage_known as from linkage_seen limit 0")
    current = _current(con)
    for path in sorted(folder(settings).glob(f"*{SUFFIX}")):
        if path.stem in current:
            told = pq.read_table(io.BytesIO(b"".join(read_sealed(settings, path))))
            con.register("told", told)
            con.execute("insert into linkage_known by name select * from told")
            con.unregister("told")


def _keep_new(bench: Workbench, written: list[Path]) -> None:
    """Add what no current load has told yet to what is known, and seal it, a file for each load."""
    con = bench.con
    con.execute(
        "create or replace temp table linkage_new as select * from linkage_seen"
        f" where {TELLS} not in (select {TELLS} from linkage_known)"
        f" qualify row_number() over (partition by {TELLS} order by seen, load_id) = 1"
    )
    con.execute("insert into linkage_known by name select * from linkage_new")
    for (load_id,) in con.execute("select distinct load_id from linkage_new order by 1").fetchall():
        told = con.sql("from linkage_new where load_id = ?", params=[load_id]).to_arrow_table()
        path = folder(bench.settings) / f"{load_id}{SUFFIX}"
        written.append(path)
        write_sealed(bench.settings, path, [_packed(told)])
    con.execute("drop table linkage_new")


def _packed(told: pa.Table) -> bytes:
    packed = io.BytesIO()
    pq.write_table(told, packed, compression="zstd")
    return packed.getvalue()


def _link(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Replace the links of the warehouse: school side left, health side right."""
    left, right = (con.execute(_side(side)).df() for side in ("school", "health"))
    pairs = link_frames(left, right, threads=settings.threads)
    con.execute("delete from link")
    con.register("pairs_found", pairs)
    con.register("health_side", right[["unique_id", "load_id"]])
    con.execute(
        "insert into link by name select p.left_id, p.right_id, p.method, p.probability, h.load_id"
        " from pairs_found p join health_side h on h.unique_id = p.right_id"
    )
    con.unregister("pairs_found")
    con.unregister("health_side")


def _side(side: str) -> str:
    """SQL of the people of a side: each with the last that was told of every field."""
    fields = ", ".join(f"arg_max({f}, seen) filter ({f} is not null) as {f}" for f in FIELDS)
    return SIDE.format(fields=fields, side=side)
