"""The layout DfE's explore education statistics service gives every file.

Each row has a time period, a geographic level with codes, and one column per measure.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from ingest.published.areas import AREA_COLUMNS, Areas
from ingest.published.frames import LONG_COLUMNS, place
from ingest.published.periods import Period, parse_period, term_period


def ees_areas(frame: pd.DataFrame, areas: Areas) -> pd.DataFrame:
    """Area columns by code for the level each row is about."""
    level = frame["geographic_level"].str.lower()
    codes = frame["new_la_code"].astype("str")
    if "region_code" in frame:
        codes = codes.mask(level == "regional", frame["region_code"].astype("str"))
    codes = codes.mask(level == "national", areas.profile.country_code)
    return areas.by_code(codes)


def ees_periods(frame: pd.DataFrame, kind: str | None = None) -> pd.Series:
    """Periods from `time_period` and `time_identifier`; `kind` says what a plain year is."""
    pairs = frame[["time_period", "time_identifier"]].astype("str")
    distinct = pairs.drop_duplicates().itertuples(index=False)
    return place(pairs, {(p, i): _period(p, i, kind) for p, i in distinct})


def _period(period: str, identifier: str, kind: str | None) -> Period | None:
    if "term" in identifier.lower():
        return term_period(period, identifier)
    if kind is None:
        kind = "calendar_year" if identifier.lower() == "calendar year" else "academic_year"
    return parse_period(period, kind)


def melt(frame: pd.DataFrame, measures: list[str], name: Callable[[str], str]) -> pd.DataFrame:
    """One row per printed figure, from rows with area columns, breakdown, category and period.

    `name` gives the series of a measure's column. Returns LONG_COLUMNS.
    """
    held = ["line", *AREA_COLUMNS, "breakdown", "category", "period"]
    long = frame.melt(id_vars=held, value_vars=measures, var_name="series", value_name="raw")
    return long.assign(series=long["series"].map({m: name(m) for m in measures}))[LONG_COLUMNS]
