"""ONS mid-year population estimates: children by authority, and single years of age."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pandas as pd

from ingest.published.areas import Areas
from ingest.published.ees import ees_areas, melt
from ingest.published.frames import META_COLUMNS, Reading, finish
from ingest.published.periods import Period
from ingest.published.sheets import Sheet

PUBLISHER = "Office for National Statistics"
SOURCE = "ONS mid-year population estimates"
AGES = [str(age) for age in range(26)]
"""Single years of age kept: those an EHC plan may cover."""


def mid_year(year: str) -> Period:
    """30 June of a year, when population is estimated."""
    day = date(int(year), 6, monthrange(int(year), 6)[1])
    return Period(f"mid-{year}", day, day, "census")


def recognise_children(sheet: Sheet) -> bool:
    """Children aged 0 to 17 by authority and year, rebased to the 2021 census."""
    return sheet.has("age_group", "population_estimate", "geographic_level")


def read_children(sheet: Sheet, areas: Areas) -> Reading:
    """Series population.mye_0_17 for every area and year."""
    frame = sheet.read()
    rows = frame[frame["age_group"].str.contains("0 to 17")]
    rows = rows.join(ees_areas(rows, areas)).assign(
        line=rows.index + 2, breakdown="all", category="all",
        period=rows["time_period"].map(mid_year),
    )  # fmt: skip
    long = melt(rows, ["population_estimate"], lambda _: "population.mye_0_17")
    meta = [("population.mye_0_17", "Children aged 0 to 17", "children", 0, "none", SOURCE, None)]
    columns = pd.DataFrame(meta, columns=META_COLUMNS)
    return finish("population_children", long, columns, PUBLISHER, len(frame))


def recognise_ages(sheet: Sheet) -> bool:
    """Single years of age by district."""
    return _code_column(sheet.columns) is not None and sheet.has("total_population", "0", "17")


def _code_column(columns: tuple[str, ...]) -> str | None:
    return next((c for c in columns if c.startswith("ltla") and c.endswith("_code")), None)


def read_ages(sheet: Sheet, areas: Areas) -> Reading:
    """Series population.mye_single_year by age, for near areas.

    The column's name says which boundaries, not which year: those of 2019 go with the estimates
    for 2019, those of 2021 with 2020. Both are from before the census of 2021 was taken in.
    """
    frame = sheet.read()
    code = _code_column(sheet.columns)
    assert code is not None
    year = {"ltla19_code": "2019", "ltla21_code": "2020"}.get(code, f"20{code[4:6]}")
    near = frame.join(areas.by_code(frame[code]))
    near = near[near["area_code"].isin(areas.near)]
    when = pd.Series(mid_year(year), index=near.index, dtype=object)
    rows = near.assign(line=near.index + 2, breakdown="age", category="", period=when)
    long = melt(rows, AGES, lambda age: age)
    long = long.assign(category=long["series"], series="population.mye_single_year")
    title = "Population by single year of age, before rebasing to the 2021 census"
    meta = [("population.mye_single_year", title, "people", 0, "none", SOURCE, None)]
    columns = pd.DataFrame(meta, columns=META_COLUMNS)
    return finish(f"population_ages_{year}", long, columns, PUBLISHER, len(frame))
