"""OpenDocument spreadsheets through odfpy: rows of cells with a value and, maybe, a formula."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

MOST_REPEATS = 16_384
"""Cells repeated to the sheet's edge are blank; no table is wider."""


@dataclass(frozen=True)
class Cell:
    """A cell as the reader of workbooks wants it: `data_type` is f for a formula."""

    value: Any
    data_type: str


BLANK = Cell(None, "n")


def ods_sheets(path: Path) -> Iterator[tuple[str, list[list[Cell]]]]:
    """Each sheet's name and rows; numbers and dates as the file stores them."""
    from odf.opendocument import load
    from odf.table import Table

    for table in load(str(path)).getElementsByType(Table):
        yield str(table.getAttribute("name")), _rows(table)


def _rows(table: Any) -> list[list[Cell]]:
    from odf.table import TableRow

    rows: list[list[Cell]] = []
    for row in table.getElementsByType(TableRow):
        cells = _cells(row)
        repeats = int(row.getAttribute("numberrowsrepeated") or 1)
        rows += [cells] * (repeats if cells else 1)  # blank rows are repeated to the sheet's end
    return rows


def _cells(row: Any) -> list[Cell]:
    cells: list[Cell] = []
    for element in row.childNodes:
        if element.qname[1] not in ("table-cell", "covered-table-cell"):
            continue
        repeats = min(int(element.getAttribute("numbercolumnsrepeated") or 1), MOST_REPEATS)
        cells += [_cell(element)] * repeats
    while cells and cells[-1] is BLANK:
        cells.pop()
    return cells


def _cell(element: Any) -> Cell:
    from odf import teletype

    if element.getAttribute("formula"):
        return Cell("", "f")
    kind = element.getAttribute("valuetype")
    if kind in ("float", "percentage", "currency"):
        return Cell(float(element.getAttribute("value")), "n")
    if kind == "date":
        return Cell(datetime.fromisoformat(element.getAttribute("datevalue")), "d")
    if kind == "boolean":
        return Cell(element.getAttribute("booleanvalue") == "true", "b")
    text = teletype.extractText(element)
    return Cell(text, "s") if text else BLANK
