"""Links kept: who the people of a load are is added to the store, and both sides linked anew.

In the warehouse there are pseudonyms and links, no more; see `ingest.linkage.store` for the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from ingest.link import link_frames
from ingest.linkage.quality import write_link_quality
from ingest.linkage.store import FIELDS, bring_known, keep_new
from ingest.workbench import Workbench
from models.settings import Settings

HERE = Path(__file__).resolve().parent
LINKABLE = ("sc_pupilonroll", "sen2_person", "mhs001", "health_person_index")
"""Extracts that tell who someone is."""

SIDE = """
select pseudonym(namespace, value) as unique_id,
    {fields}, arg_max(load_id, seen) as load_id
from linkage_known where side = '{side}' group by unique_id order by unique_id
"""


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
    bring_known(con, bench.settings)
    keep_new(bench, written)
    _link(con, bench.settings)
    write_link_quality(con, bench.stamp)
    con.execute("drop table linkage_seen; drop table linkage_known")


def _link(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Replace the links of the warehouse: school side left, health side right."""
    con.execute("delete from link")
    sides = con.execute("select distinct side from linkage_known").fetchall()
    if len(sides) < 2:
        return  # nobody to link to, so who the other side is need not be brought out
    left, right = (con.execute(_side(side)).df() for side in ("school", "health"))
    pairs = link_frames(left, right, threads=settings.threads)
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
