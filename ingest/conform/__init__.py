"""From accepted rows to the warehouse's tables: one readable SQL file per family of extracts.

Each file reads `staging.ready.<extract>` (accepted rows of the files taken, with load and period)
and writes facts and dimensions of `models/warehouse.py`, inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd

from ingest.conform.postcodes import bring_postcodes
from models.borough import Borough

HERE = Path(__file__).parent
STEPS = (
    ("registers", ("local",)),
    ("school_census", ("school_census",)),
    ("school_census_needs", ("school_census",)),
    ("school_census_facts", ("school_census",)),
    ("sen2", ("sen2",)),
    ("mhsds", ("mhsds",)),
    ("commissioning", ("commissioning",)),
    ("local_panel", ("local",)),
    ("local_interventions", ("local",)),
    ("local_workforce", ("local",)),
    ("local_voice", ("local",)),
    ("finance", ("finance",)),
    ("out_of_school", ("local",)),
    ("placement", ("local",)),
    ("camhs_monthly", ("local",)),
    ("people", ("school_census", "sen2", "mhsds", "commissioning", "local")),
)
"""SQL files in the order they run, and the families that call for them."""


def conform(con: duckdb.DuckDBPyConnection, profile: Borough, tick: Callable[[str], None]) -> None:
    """Write the accepted rows of every family that has files to take."""
    _bring_profile(con, profile)
    con.execute((HERE / "calendar.sql").read_text(encoding="utf-8"))
    con.execute((HERE / "macros.sql").read_text(encoding="utf-8"))
    bring_postcodes(con)
    taken = con.execute("select distinct family from staging.files where take").fetchall()
    families = {family for (family,) in taken}
    for name, needed_by in STEPS:
        if families & set(needed_by):
            tick(f"Writing {name.replace('_', ' ')}")
            con.execute((HERE / f"{name}.sql").read_text(encoding="utf-8"))


def _bring_profile(con: duckdb.DuckDBPyConnection, profile: Borough) -> None:
    """`profile_term` and `profile_ward`, and the borough's DfE number."""
    terms = pd.DataFrame(
        [(t.academic_year, t.name, t.start, t.end) for t in profile.terms],
        columns=["academic_year", "term", "term_start", "term_end"],
    )
    wards = pd.DataFrame(
        [(w.code, w.name, place.id) for place in profile.localities for w in place.wards],
        columns=["ward_code", "ward_name", "locality"],
    )
    con.register("terms_listed", terms)
    con.register("wards_listed", wards)
    con.execute(
        "create or replace temp table profile_term as select academic_year, term,"
        " term_start::date as term_start, term_end::date as term_end from terms_listed"
    )
    con.execute("create or replace temp table profile_ward as select * from wards_listed")
    con.unregister("terms_listed")
    con.unregister("wards_listed")
    con.execute("set variable la_number = ?", [str(profile.la_number)])
