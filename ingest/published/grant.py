"""The dedicated schools grant by authority: the summary sheet of each year's allocations."""

from __future__ import annotations

import re

import pandas as pd

from ingest.published.areas import Areas
from ingest.published.frames import LONG_COLUMNS, META_COLUMNS, Reading, finish, read_periods
from ingest.published.sheets import Sheet

BLOCKS = {
    "schools block": ("schools_block", "Schools block of the dedicated schools grant"),
    "central school services block": ("central_block", "Central school services block"),
    "high needs block": ("high_needs_block", "High needs block of the dedicated schools grant"),
    "early years block": ("early_years_block", "Early years block"),
    "total dsg allocation": ("total", "Dedicated schools grant in all"),
}
_TITLE = re.compile(
    r"Dedicated schools grant.*?(\d{4}) to (\d{4}) allocations local authority summary", re.I
)


def recognise(sheet: Sheet) -> bool:
    """The summary sheet, whose first cell is its title."""
    return bool(sheet.columns) and _TITLE.search(sheet.columns[0]) is not None


def read(sheet: Sheet, areas: Areas) -> Reading:
    """Series dsg.<block>: pounds, before recoupment and deductions."""
    found = _TITLE.search(sheet.columns[0])
    assert found is not None
    frame = sheet.read()
    table = frame.set_axis(range(frame.shape[1]), axis=1)
    heads = _heads(table)
    body = table[table[0].str.fullmatch(r"\d{3}") | (table[0].str.upper() == "ENGLAND")]
    year = f"{found[1]}-{found[2]}"
    parts = [_column(body, column, name, year, areas) for name, column in heads.items()]
    long = pd.concat(parts, ignore_index=True)
    reading = finish(f"dsg_{found[1]}", long, _meta(), "Department for Education", len(body))
    reading.inner = sheet.inner
    return reading


def _heads(table: pd.DataFrame) -> dict[str, int]:
    """The first column of each block: the allocations before recoupment come first."""
    heads: dict[str, int] = {}
    for _, row in table.head(8).iterrows():
        for column, text in row.items():
            plain = re.sub(r"\s*[(\[].*", "", str(text)).strip().lower()
            if plain in BLOCKS:
                heads.setdefault(BLOCKS[plain][0], int(str(column)))
    return heads


def _column(body: pd.DataFrame, column: int, name: str, year: str, areas: Areas) -> pd.DataFrame:
    number = body[0].mask(body[0].str.upper() == "ENGLAND", "970")
    found = body.assign(
        line=body.index + 2,
        series=f"dsg.{name}",
        breakdown="all",
        category="all",
        period=read_periods(pd.Series(year, index=body.index), "financial_year"),
        raw=body[column],
    )
    return found.join(areas.by_number(number))[LONG_COLUMNS]


def _meta() -> pd.DataFrame:
    source = "DfE dedicated schools grant allocations, before recoupment and deductions"
    rows = [(f"dsg.{n}", title, "pounds", 0, "none", source, None) for n, title in BLOCKS.values()]
    return pd.DataFrame(rows, columns=META_COLUMNS)
