"""The real school register. Real schools are never mixed with synthetic figures."""

from __future__ import annotations

import duckdb
import pandas as pd

from ingest.published.areas import Areas
from ingest.published.frames import Reading
from ingest.published.sheets import Sheet

SYNTHETIC_URN = 900000
"""URNs from here on are invented."""

COLUMNS = (
    "urn",
    "school_name_2022_23",
    "type_2017_18",
    "ward22_code",
    "is_primary",
    "is_secondary",
)


def recognise(sheet: Sheet) -> bool:
    """The borough's schools with their URN, type and ward."""
    return sheet.has(*COLUMNS)


def read(sheet: Sheet, areas: Areas) -> Reading:
    """Fill `school` with the real register, only where nothing synthetic is held."""
    frame = sheet.read()
    held = _schools(frame, areas)
    return Reading(
        "gias_register",
        len(frame),
        "2022/23",
        f"{len(held)} schools; kept out of the school list where synthetic figures are held",
        apply=lambda con: _put(con, held),
    )


def _schools(frame: pd.DataFrame, areas: Areas) -> pd.DataFrame:
    locality = {w.code: place.id for place in areas.profile.localities for w in place.wards}
    kind = frame["type_2017_18"] + " " + frame["minor_group_2017_18"]
    special = kind.str.contains("special", case=False)
    return pd.DataFrame(
        {
            "urn": frame["urn"].astype("int64"),
            "name": frame["school_name_2022_23"],
            "phase": _phase(frame, special),
            "establishment": frame["type_2017_18"].replace("", None),
            "ward_code": frame["ward22_code"].replace("", None),
            "locality": frame["ward22_code"].map(locality),
            "predecessor_urn": pd.to_numeric(
                frame["predecessor_urns"].str.split(";").str[0], errors="coerce"
            ).astype("Int64"),
            "expects_census": ~kind.str.contains("independent", case=False),
            "in_borough": True,
        }
    )


def _phase(frame: pd.DataFrame, special: pd.Series) -> pd.Series:
    primary, secondary = frame["is_primary"] == "1", frame["is_secondary"] == "1"
    words = pd.Series("not recorded", index=frame.index)
    words = words.mask(primary, "primary").mask(secondary, "secondary")
    return words.mask(primary & secondary, "all-through").mask(special, "special")


def _put(con: duckdb.DuckDBPyConnection, held: pd.DataFrame) -> None:
    made_up = con.execute(
        "select (select count(*) from school where urn >= ?)"
        " + (select count(*) from load where synthetic)",
        [SYNTHETIC_URN],
    ).fetchall()[0][0]
    if made_up:
        return
    con.register("_schools", held)
    try:
        con.execute("delete from school where urn in (select urn from _schools)")
        con.execute("insert into school by name select * from _schools")
    finally:
        con.unregister("_schools")
