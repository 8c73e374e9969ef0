"""OpenDocument spreadsheets as rows of text: the general reader takes over a second for each."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, iterparse

Rows = list[list[object]]
"""A sheet's rows; a cell is text or None."""

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MOST_REPEATS = 200
"""Blank cells and rows are repeated to the sheet's edge; no real table repeats so often."""


def ods_rows(path: Path) -> Iterator[tuple[str, Rows]]:
    """Each sheet's name and rows; numbers as the file stores them, not as it shows them."""
    with zipfile.ZipFile(path) as book, book.open("content.xml") as content:
        for _, element in iterparse(content):
            if element.tag == f"{_TABLE}table":
                yield element.get(f"{_TABLE}name", ""), _rows(element)
                element.clear()


def _rows(table: Element) -> Rows:
    rows: Rows = []
    for row in table.iter(f"{_TABLE}table-row"):
        cells = _cells(row)
        repeats = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        if repeats <= _MOST_REPEATS:
            rows.extend([cells] * repeats)
    return rows


def _cells(row: Element) -> list[object]:
    cells: list[object] = []
    for cell in row:
        repeats = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        if repeats <= _MOST_REPEATS:
            cells.extend([_text(cell)] * repeats)
    return cells


def _text(cell: Element) -> str:
    stored = cell.get(f"{_OFFICE}value")
    return stored if stored is not None else "".join(cell.itertext()).strip()
