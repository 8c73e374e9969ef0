"""The open figures as a workbook a screen reader can follow: one table a sheet, nothing merged."""

from __future__ import annotations

from pathlib import Path

import gptables
import pandas as pd

from models.cells import tame
from models.metric import PRIORITY_TITLES
from models.symbols import OF_STATUS, legend

BLANK = "A blank mark means that there is nothing to know about the number."
LEGEND = legend()
KEPT = {
    "measure": "Measure", "unit": "Unit", "time_period": "Period", "time_identifier": "Period kind",
    "geographic_level": "Level", "place": "Place", "breakdown_topic": "Broken down by",
    "breakdown": "Group", "numerator": "Numerator", "denominator": "Denominator", "value": "Value",
    "lower_95": "Lower 95%", "upper_95": "Upper 95%", "mark": "Mark",
}  # fmt: skip
NUMBERS = ("numerator", "denominator", "value", "lower_95", "upper_95")


def write_workbook(
    path: Path, data: pd.DataFrame, definitions: pd.DataFrame, about: list[str], title: str
) -> None:
    """Write the workbook: a cover, contents, a sheet for each priority, and the definitions.

    `data` is as `open_data.tidy`, `definitions` as `open_data.dictionary`; `about` is what the
    cover says, a paragraph each.
    """
    sheets = {
        words[:31]: _sheet(name, words, data[data["priority"] == words])
        for name, words in PRIORITY_TITLES.items()
        if (data["priority"] == words).any()
    }
    sheets["Definitions"] = gptables.GPTable(
        table=tamed(definitions), table_name="definitions", title="Definitions of the measures",
        scope="Every measure in this workbook", source="The measures' own files",
    )  # fmt: skip
    cover = gptables.Cover(title=title, intro=about[:1], about=about[1:], contact=[])
    gptables.write_workbook(
        filename=str(path), sheets=sheets, cover=cover, auto_width=True,
        workbook_options={"strings_to_formulas": False, "strings_to_urls": False},
    )  # fmt: skip


def _sheet(name: str, words: str, rows: pd.DataFrame) -> gptables.GPTable:
    return gptables.GPTable(
        table=tamed(_readable(rows)), table_name=f"figures_{name}", title=words,
        scope="Children and young people of the borough, as each definition says",
        source="Extracts of schools, the EHC team, health and commissioning",
        legend=list(LEGEND), instructions=BLANK, index_columns={1: 0},
    )  # fmt: skip


def _readable(rows: pd.DataFrame) -> pd.DataFrame:
    place = rows["ward_name"].mask(rows["ward_name"] == "", rows["planning_area_name"])
    rows = rows.assign(place=place.mask(place == "", rows["la_name"]), mark=rows["reliability"])
    rows["mark"] = rows["mark"].map(lambda codes: " ".join(f"[{c}]" for c in codes.split()))
    out = rows[list(KEPT)].rename(columns=KEPT)
    for name in NUMBERS:
        out[KEPT[name]] = rows[name].map(_cell)
    return out.reset_index(drop=True)


def _cell(text: str) -> float | str:
    return f"[{text}]" if text in OF_STATUS.values() else float(text)


def tamed(table: pd.DataFrame) -> pd.DataFrame:
    """No cell that a spreadsheet would run, whatever a name holds."""
    return table.map(lambda cell: cell if isinstance(cell, float) else tame(cell))
