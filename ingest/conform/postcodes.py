"""From postcode to small area, with the lookup of this load or of an earlier one.

The lookup is public and says nothing of any child. It is kept under a hash all the same, so that no
postcode stands in the warehouse and a search of its bytes for any child's finds nothing.
"""

from __future__ import annotations

import duckdb

from ingest.checks import kept
from models.extract import Mark
from models.extracts import EXTRACTS

LOOKUP = "postcode_lookup"
_HASH = "left(md5(postcode_key({0})), 16)"


def bring_postcodes(con: duckdb.DuckDBPyConnection) -> None:
    """`postcode_area` (postcode, lsoa) for the postcodes of this load; keeps a new lookup.

    A lookup in this load serves alone; without one, the lookup kept last does.
    """
    _keep_new(con)
    con.execute(
        "create or replace temp table postcode_area as select s.postcode, k.lsoa"
        f" from ({_staged()}) s join postcode_known k"
        f" on k.postcode_hash = {_HASH.format('s.postcode')}"
    )


def _keep_new(con: duckdb.DuckDBPyConnection) -> None:
    [(new,)] = con.execute(
        f"select count(*) from staging.main.files where take and extract = '{LOOKUP}'"
    ).fetchall()
    if not new:
        return
    con.execute("delete from postcode_known")
    con.execute(
        f"insert into postcode_known select {_HASH.format('pcds')}, any_value(lsoa21)"
        f" from staging.ready.{LOOKUP} group by 1"
    )


def _staged() -> str:
    """SQL for every postcode of a person in this load, once."""
    fields = [
        f"select postcode_key({field}) as postcode from staging.main.{name}"
        for name, contract in EXTRACTS.items()
        for field, (_, spec) in kept(contract).items()
        if spec.mark is Mark.IDENTIFIER and "postcode" in field
    ]
    return " union ".join(fields)
