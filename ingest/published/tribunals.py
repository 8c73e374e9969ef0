"""The SEND tribunal table in the EHC plans release: three columns to a year, two header rows."""

from __future__ import annotations

import re

import pandas as pd

from ingest.published.areas import Areas
from ingest.published.frames import LONG_COLUMNS, META_COLUMNS, Reading, finish, read_periods
from ingest.published.sheets import Sheet

PUBLISHER = "Ministry of Justice"
SOURCE = "SEND tribunal appeal rate table 1, in the DfE EHC plans release"
MEASURES = {
    "appeals registered": ("appeals", "Appeals registered with the SEND tribunal", "appeals", 0),
    "total appealable decisions": ("decisions", "Decisions that could be appealed", "decisions", 0),
    "send tribunal appeal rate": (
        "rate", "Appeals to the SEND tribunal", "% of appealable decisions", 1,
    ),
}  # fmt: skip


def recognise(sheet: Sheet) -> bool:
    """The table by authority, whose first line is its title."""
    return bool(sheet.columns) and sheet.columns[0].startswith("SEND Appeal rate table")


def read(sheet: Sheet, areas: Areas) -> Reading:
    """Series sen2.tribunals.appeals, .decisions and .rate; figures in development left out."""
    frame = sheet.read()
    table = frame.set_axis(range(frame.shape[1]), axis=1)
    top = int(table.index[table[0].str.strip() == "Local Authority"][0])
    years = table.iloc[top].replace("", None).ffill()
    body = table.loc[top + 2 :]
    body = body[body[1].str.fullmatch(r"\d{3}") | body[0].str.fullmatch(r"England( total)?\d*")]
    parts = [
        _column(body, column, years[column], name, areas)
        for column, name in _measures(table.iloc[top + 1]).items()
    ]
    long = pd.concat(parts, ignore_index=True)
    reading = finish("sen2.tribunals", long, _meta(), PUBLISHER, len(body))
    reading.inner = sheet.inner
    return reading


def _measures(labels: pd.Series) -> dict[int, str]:
    """Column number to the measure it holds."""
    plain = {int(str(c)): re.sub(r"[\d,]+$", "", str(t)).strip().lower() for c, t in labels.items()}
    return {c: MEASURES[t][0] for c, t in plain.items() if t in MEASURES}


def _column(body: pd.DataFrame, column: int, year: object, name: str, areas: Areas) -> pd.DataFrame:
    number = body[1].mask(body[0].str.startswith("England"), "970")
    labels = pd.Series(str(year), index=body.index)
    found = body.assign(
        line=body.index + 2,
        series=f"sen2.tribunals.{name}",
        breakdown="all",
        category="all",
        period=read_periods(labels, "calendar_year"),
        raw=body[column].str.strip(),
    )
    return found.join(areas.by_number(number))[LONG_COLUMNS]


def _meta() -> pd.DataFrame:
    rows = [
        (f"sen2.tribunals.{name}", title, unit, decimals, "none", SOURCE, None)
        for name, title, unit, decimals in MEASURES.values()
    ]
    return pd.DataFrame(rows, columns=META_COLUMNS)
