"""Looking ahead, into the snapshot and out of it: futures of groups, never a child's own."""

from __future__ import annotations

import duckdb
import pandas as pd

from models.outlook import OUTLOOK
from models.principal import Principal
from publish.snapshot import Snapshot


def gather_outlook(con: duckdb.DuckDBPyConnection) -> dict[str, pd.DataFrame]:
    """Every table of `models.outlook` that was filled; none where nothing was looked ahead."""
    made = {row[0] for row in con.execute("show tables").fetchall()}
    return {name: con.execute(f"select * from {name}").df() for name in OUTLOOK if name in made}


def outlook_table(snapshot: Snapshot, principal: Principal, name: str) -> pd.DataFrame:
    """One table of `models.outlook`, of the rows this reader may see; KeyError for another name."""
    tiered = "tier varchar" in OUTLOOK[name]
    where = " where tier in (select unnest($tiers))" if tiered else ""
    return snapshot._frame(principal, f"select * from {name}{where} order by all")
