"""Workbooks as tables of text: each sheet of an XLSX (openpyxl) or ODS (odfpy) file is a table.

The first row that holds anything is the header; empty rows are passed over. A cell holding a
formula is refused with its place: what it shows may be out of date, and it may do harm elsewhere.
"""

from __future__ import annotations

import csv
import os
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any
from xml.parsers import expat

import openpyxl
from openpyxl.utils import get_column_letter

from ingest.aliases import Aliases
from ingest.errors import BadFile
from ingest.names import shown
from ingest.source import Part
from models.extracts import EXTRACTS

ODS_CONTENT, XLSX_LIST = "content.xml", "[Content_Types].xml"
SHARED = "xl/sharedStrings.xml"
MOST_CONTENT = 200 << 20
"""Bytes of an ODS sheet's XML that odfpy may hold in memory."""
MOST_SHEETS = 100
HEADER_WITHIN = 10
"""Rows in which the header must stand."""
AS_VALUES = "copy the cells and paste them as values, or save the sheet as CSV, and send that"


def is_workbook(names: list[str]) -> bool:
    """Whether the members of a zip archive are those of a workbook."""
    return XLSX_LIST in names or (ODS_CONTENT in names and "mimetype" in names)


def parts(part: Part, archive: zipfile.ZipFile, aliases: Aliases) -> Iterator[Part]:
    """The sheets that may be tables of ours, each with its header.

    Raises BadFile for entities in its XML, a password, or a size that memory can't hold.
    """
    _check(part, archive)
    if not _tells(archive, aliases):
        return
    for title, rows in _sheets(part):
        header = next((row for row in islice(rows, HEADER_WITHIN) if _filled(row)), None)
        if header:
            columns = tuple(_text(cell).strip() for cell in header)
            member = f"{part.member}!{shown(title)}" if part.member else shown(title)
            yield Part(part.found, member, part.path, title, "sheet", columns)


def flatten(part: Part, path: Path) -> None:
    """Write a sheet as CSV, from its header down.

    Raises BadFile at the first formula.
    """
    for title, rows in _sheets(part):
        if title == part.inside:
            _write(part, rows, path)
            return


def _write(part: Part, rows: Iterable[Any], path: Path) -> None:
    width = len(part.columns or ())
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(handle, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for number, row in enumerate(rows, start=1):
            if _filled(row):
                cells = [_cell(part, c, number, at) for at, c in enumerate(row, start=1)]
                while len(cells) > width and not cells[-1]:
                    cells.pop()
                writer.writerow(cells + [""] * (width - len(cells)))


def _cell(part: Part, cell: Any, row: int, column: int) -> str:
    if getattr(cell, "data_type", None) == "f":
        place = f"{get_column_letter(column)}{row}"
        raise BadFile(f"{part.name}, cell {place}", "a formula", "a value", AS_VALUES)
    return " ".join(_text(cell).splitlines())


def _text(cell: Any) -> str:
    """A cell's value as a table of text would have it."""
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)


def _filled(row: Iterable[Any]) -> bool:
    return any(_text(cell).strip() for cell in row)


def _sheets(part: Part) -> Iterator[tuple[str, Iterator[Any]]]:
    with zipfile.ZipFile(part.place) as archive:
        office = XLSX_LIST in archive.namelist()
    yield from _xlsx(part) if office else _ods(part)


def _xlsx(part: Part) -> Iterator[tuple[str, Iterator[Any]]]:
    try:
        book = openpyxl.load_workbook(part.place, read_only=True, data_only=False)
    except Exception as error:  # the library fails on a broken workbook in many ways
        raise _damaged(part) from error
    try:
        for sheet in book.worksheets[:MOST_SHEETS]:
            sheet.reset_dimensions()  # some writers state a size of one cell
            yield sheet.title, _guarded(part, sheet.iter_rows())
    finally:
        book.close()


def _guarded(part: Part, rows: Iterable[Any]) -> Iterator[Any]:
    try:
        yield from rows
    except BadFile:
        raise
    except Exception as error:  # the same, further down in the sheet
        raise _damaged(part) from error


def _damaged(part: Part) -> BadFile:
    return BadFile(
        part.name, "a damaged workbook", "a workbook that opens",
        "open it, save the sheet as CSV and send that",
    )  # fmt: skip


def _ods(part: Part) -> Iterator[tuple[str, Iterator[Any]]]:
    from ingest.ods import ods_sheets

    try:
        found = list(ods_sheets(part.place))
    except Exception as error:  # the library fails on a broken workbook in many ways
        raise _damaged(part) from error
    yield from ((title, iter(rows)) for title, rows in found[:MOST_SHEETS])


def _check(part: Part, archive: zipfile.ZipFile) -> None:
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".rels")):
            with archive.open(member) as raw:
                _refuse_document_type(part, raw)
    if "META-INF/manifest.xml" in archive.namelist():
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise BadFile(
                part.name, "a workbook locked with a password", "a workbook without one",
                "save it without a password and send it by a way that is safe in itself",
            )  # fmt: skip
        if archive.getinfo(ODS_CONTENT).file_size > MOST_CONTENT:
            raise BadFile(
                part.name, "a workbook too large to read whole", "CSV", "save the sheets as CSV"
            )


def _refuse_document_type(part: Part, raw: Any) -> None:
    """Read a part of a workbook up to its first element: no document type may stand there."""
    parser = expat.ParserCreate()
    seen: list[str] = []
    parser.StartElementHandler = lambda name, _: seen.append(name)

    def refuse(*_: object) -> None:
        raise BadFile(
            part.name, "a document type or entity in its XML", "a workbook as Excel writes it",
            "open it, save the sheet as CSV and send that",
        )  # fmt: skip

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        while not seen and (block := raw.read(1 << 14)):
            parser.Parse(block, False)
    except expat.ExpatError as error:
        raise _damaged(part) from error


def _tells(archive: zipfile.ZipFile, aliases: Aliases) -> bool:
    """Whether the words of any extract's telling columns are in the workbook at all: cheap."""
    names = archive.namelist()
    where = next((n for n in (SHARED, ODS_CONTENT) if n in names), None)
    if where is None:
        return True
    words = archive.read(where).lower()
    return any(
        all(
            any(s.encode() in words for s in aliases.spellings(contract, field))
            for field in contract.recognised_by
        )
        for contract in EXTRACTS.values()
    )
