"""DfE Local Authority Interactive Tool: the long file, its dictionary and area lists.

LAIT labels an academic or financial year by the year it ends in: 2025 is 2024/25.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from ingest.published.areas import Areas
from ingest.published.compare import compare_indicators
from ingest.published.flags import other_scale
from ingest.published.frames import LONG_COLUMNS, META_COLUMNS, Reading, finish, read_periods
from ingest.published.sheets import Sheet, sheets

PUBLISHER = "Department for Education, Local Authority Interactive Tool"
LONG = ("Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number")
DICTIONARY = ("Measure_short", "Measure", "Polarity", "Year_Type", "dps")

YEAR_KINDS = {
    "Academic Year": "academic_year",
    "Financial Year": "financial_year",
    "Calendar Year": "calendar_year",
    "Annual - January": "january",
    "Annual (end of Sept)": "september",
    "Annual": "march",
}
"""The dictionary's kinds of year. `Annual` measures are counts on 31 March."""

PART_LIMIT = 200
"""Fewer measures than this is a cut of the long file, not the file."""

_EXCEL_EPOCH = date(1899, 12, 30)


def recognise(sheet: Sheet) -> bool:
    """Whether a table is LAIT's long file, or a cut of it."""
    return sheet.has(*LONG)


def read(sheet: Sheet, areas: Areas) -> Reading:
    """The long file as figures.

    Kept: every measure for the borough and those it is set beside, and for every authority the
    measures on Compare. The dictionary is looked for beside the file, by its columns.
    """
    frame = sheet.read()
    words = _dictionary_beside(sheet.file)
    meta = _meta(frame, words)
    long = _long(frame, words, meta, areas)
    part = frame["Short Desc"].nunique() < PART_LIMIT
    kept = (
        long["area_code"].isin(areas.near)
        | long["series"].isin(compare_indicators()["series"])
        | long["area_code"].isna()
        | long["period"].isna()
    )
    name = "lait_part" if part else "lait"
    reading = finish(name, long[kept], meta, PUBLISHER, len(frame))
    reading.part = part
    return reading


def _long(
    frame: pd.DataFrame, words: pd.DataFrame, meta: pd.DataFrame, areas: Areas
) -> pd.DataFrame:
    short = frame["Short Desc"].astype("str")
    kind = short.map(words["Year_Type"]).map(YEAR_KINDS).fillna("academic_year")
    long = frame.assign(
        line=np.arange(len(frame)) + 2,
        series="lait." + short,
        breakdown="all",
        category="all",
        period=read_periods(frame["Years"], kind),
        raw=frame["Values"].astype("str"),
    ).join(areas.by_number(frame["LA Number"]))
    return long.assign(scale=_scale(long, meta))[[*LONG_COLUMNS, "scale"]]


def _scale(long: pd.DataFrame, meta: pd.DataFrame) -> pd.Series:
    """Regions and England on another scale, told while every authority is still here."""
    return other_scale(
        long.assign(
            value=pd.to_numeric(long["raw"], errors="coerce"),
            unit=long["series"].map(meta.set_index("series")["unit"]),
            period_kind="",
            period_start=long["Years"],
        )
    )


def _dictionary_beside(path: Path) -> pd.DataFrame:
    for other in sorted(path.parent.glob("*")):
        if other.suffix == ".csv" and other != path:
            for sheet in sheets(other):
                if sheet.has(*DICTIONARY):
                    return dictionary(sheet.read())
    return dictionary(pd.DataFrame(columns=[*DICTIONARY, *_EXTRA]))


_EXTRA = [
    "y_axis_name",
    "Last Update",
    "Next Update",
    "Data Owner (DO) /Supplier and Contact Details",
]


def dictionary(frame: pd.DataFrame) -> pd.DataFrame:
    """LAIT's dictionary by short name; where a name is listed twice the first stands."""
    clean = frame.map(lambda t: str(t).replace("Â", "").strip())
    return clean.drop_duplicates("Measure_short").set_index("Measure_short")


def _meta(frame: pd.DataFrame, words: pd.DataFrame) -> pd.DataFrame:
    shorts = frame["Short Desc"].astype("str")
    item = frame["Data item"].replace("", None).groupby(shorts).ffill()
    items = item.groupby(shorts).first()
    known = words.reindex(items.index)
    title = known["Measure"].fillna(items).fillna(pd.Series(items.index, index=items.index))
    meta = pd.DataFrame(
        {
            "series": "lait." + items.index,
            "title": [" ".join(t.split()) for t in title],
            "unit": known["y_axis_name"].fillna("").to_numpy(),
            "decimals": _decimals(frame, shorts, known).to_numpy(),
            "polarity": known["Polarity"]
            .str.lower()
            .map({"high": "high", "low": "low"})
            .fillna("none")
            .to_numpy(),
            "source": _source(known).to_numpy(),
            "source_date": known["Last Update"].map(_excel_day).to_numpy(),
        }
    )
    return meta[META_COLUMNS]


def _decimals(frame: pd.DataFrame, shorts: pd.Series, known: pd.DataFrame) -> pd.Series:
    """The dictionary's decimals; where it has none, the most any figure needs, up to two."""
    value = pd.to_numeric(frame["Values"], errors="coerce")
    needs = pd.Series(0, index=frame.index)
    needs = needs.mask((value - value.round(0)).abs() > 1e-9, 1)
    needs = needs.mask((value - value.round(1)).abs() > 1e-9, 2)
    stated = pd.to_numeric(known["dps"], errors="coerce")
    return stated.fillna(needs.groupby(shorts).max().reindex(known.index)).astype("int64")


def _source(known: pd.DataFrame) -> pd.Series:
    owner = known[_EXTRA[3]].fillna("").replace("0", "").str.split().str.join(" ")
    following = (
        known["Next Update"].map(_excel_day).map(lambda d: f"; next update {d}" if d else "")
    )
    data = owner.map(lambda o: f"; data from {o}" if o and o != "DfE" else "")
    return "DfE Local Authority Interactive Tool" + data + following


def _excel_day(text: object) -> str | None:
    """A day written as a spreadsheet's number; None for words such as `Discontinued`."""
    plain = str(text).strip()
    return (_EXCEL_EPOCH + timedelta(days=int(plain))).isoformat() if plain.isdigit() else None
