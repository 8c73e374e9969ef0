"""NHS England's monthly Mental Health Services statistics, for areas with one NHS body.

NHS areas are not authorities. `data/reference/nhs_areas.csv` lists the sub-boards (once clinical
commissioning groups) that have the same boundary as one authority; others are left out.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from ingest.published.areas import Areas
from ingest.published.ees import melt
from ingest.published.frames import META_COLUMNS, Reading, finish
from ingest.published.periods import Period
from ingest.published.reference import reference_table
from ingest.published.sheets import Sheet
from models.time import period_words

PUBLISHER = "NHS England"
SOURCE = "NHS England Mental Health Services Data Set, monthly"
TOLD_BY = ("REPORTING_PERIOD_START", "REPORTING_PERIOD_END", "MEASURE_ID", "MEASURE_VALUE")
PART_LIMIT = 100_000
"""The whole time series has several hundred thousand rows; anything less is a cut of it."""

LEVELS = (
    "England",
    "CCG of Residence",
    "Sub ICB of Residence",
    "CCG - GP Practice or Residence",
    "Sub ICB - GP Practice or Residence",
)

MEASURES = {
    "MHS95": ("Under-18s with at least one NHS contact in 12 months", "children", "high"),
    "MHS32": ("Referrals to mental health services in the month, all ages", "referrals", "none"),
    "ED86": ("Urgent eating disorder referrals entering treatment", "referrals", "none"),
    "ED86e": ("Urgent eating disorder referrals seen within one week", "%", "high"),
    "ED87": ("Routine eating disorder referrals entering treatment", "referrals", "none"),
    "ED87e": ("Routine eating disorder referrals seen within four weeks", "%", "high"),
}


def recognise(sheet: Sheet) -> bool:
    """The monthly series, whole or in part."""
    return sheet.has(*TOLD_BY, "PRIMARY_LEVEL", "BREAKDOWN", "STATUS")


def read(sheet: Sheet, areas: Areas) -> Reading:
    """Figures for England and matched areas; the final figure stands over the first (symbol p)."""
    frame = sheet.read()
    codes = _area_codes(areas)
    chosen = frame["MEASURE_ID"].isin(MEASURES) & frame["BREAKDOWN"].isin(LEVELS)
    rows = frame[chosen & frame["PRIMARY_LEVEL"].isin(codes)]
    rows = rows.sort_values("STATUS").drop_duplicates(
        ["REPORTING_PERIOD_END", "PRIMARY_LEVEL", "MEASURE_ID"], keep="first"
    )
    rows = rows.join(areas.by_code(rows["PRIMARY_LEVEL"].map(codes))).assign(
        line=rows.index + 2, breakdown="all", category="all", period=_periods(rows)
    )
    parts = [
        melt(part, ["MEASURE_VALUE"], _namer(str(name)))
        for name, part in rows.groupby("MEASURE_ID")
    ]
    name = _extract(frame)
    if not parts:
        note = "No area here is one authority with one NHS body; nothing kept"
        return Reading(name, len(frame), note=note)
    reading = finish(name, pd.concat(parts, ignore_index=True), _meta(), PUBLISHER, len(frame))
    reading.part = name != "mhsds"
    return reading


def _extract(frame: pd.DataFrame) -> str:
    """The whole series, or which cut of it this is, by what it holds."""
    if len(frame) >= PART_LIMIT:
        return "mhsds"
    levels = set(frame["BREAKDOWN"])
    if "Provider" in levels:
        return "mhsds_part_providers"
    if levels & {"CCG of Residence", "Sub ICB of Residence"}:
        return "mhsds_part_areas"
    return "mhsds_part_england" if "England" in levels else "mhsds_part_regions"


def _namer(measure: str) -> Callable[[str], str]:
    return lambda _: f"mhsds.{measure}"


def _area_codes(areas: Areas) -> dict[str, str]:
    table = reference_table("nhs_areas")
    matched = dict(zip(table["nhs_code"], table["ons_code"], strict=True))
    return matched | {"England": areas.profile.country_code}


def _periods(rows: pd.DataFrame) -> pd.Series:
    keys = rows[["REPORTING_PERIOD_END", "MEASURE_ID", "STATUS"]]
    known = {
        key: _period(*key) for key in keys.drop_duplicates().itertuples(index=False, name=None)
    }
    found = [known[key] for key in keys.itertuples(index=False, name=None)]
    return pd.Series(found, index=rows.index, dtype=object)


def _period(end: str, measure: str, status: str) -> Period:
    symbol = "p" if status == "Performance" else ""
    if measure == "MHS95":
        return twelve_months(end, symbol)
    last = pd.to_datetime(end, format="%d/%m/%Y").date()
    first = last.replace(day=1)
    return Period(period_words("census", first, last), first, last, "month", symbol)


def twelve_months(end: str, symbol: str = "") -> Period:
    """The 12 months that end on a day printed `31/03/2022`."""
    last = pd.to_datetime(end, format="%d/%m/%Y").date()
    first = (pd.Timestamp(last.replace(day=1)) - pd.DateOffset(months=11)).date()
    words = f"12 months to {period_words('census', first, last)}"
    return Period(words, first, last, "rolling_year", symbol)


def _meta() -> pd.DataFrame:
    rows = [
        (f"mhsds.{m}", title, unit, 0, polarity, SOURCE, None)
        for m, (title, unit, polarity) in MEASURES.items()
    ]
    return pd.DataFrame(rows, columns=META_COLUMNS)
