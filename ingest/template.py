"""The blank a supplier fills in, with its data dictionary; both come from the contract.

It asks for nothing that is not used: fields of a layout that are only read past are left out.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from ingest.checks import KIND_WORDS, plain_type
from models.errors import SemhError
from models.extract import Column, Extract, Mark, OnFail
from models.extracts import EXTRACTS

FORMATS = ("xlsx", "csv")
DICTIONARY = "Data dictionary"
HEADINGS = (
    "column", "meaning", "kind of value", "unit", "must be filled", "codes", "form and limits",
    "first year", "last year", "when it is wrong", "what to do then", "privacy", "source",
)  # fmt: skip
ROWS = 5_000
"""Rows of the blank sheet that are set up as text, with codes to choose from."""
MOST_LISTED = 250
"""Characters of codes that Excel takes as a list to choose from."""


def find_contract(extract: str) -> type[Extract]:
    """The contract of an extract; raises SemhError where there is none of that name."""
    if extract not in EXTRACTS:
        raise SemhError(f"There is no extract {extract!r}.", "run semh template to see them all")
    return EXTRACTS[extract]


def write_template(contract: type[Extract], out: Path, *, year: int | None = None) -> list[Path]:
    """Write the blank and its dictionary; returns the files written.

    A workbook (.xlsx) holds both as sheets; a CSV has its dictionary beside it. `year` is the last
    year of the academic year whose layout is wanted, by default the present one. Raises SemhError
    where a file is already there or the name ends in neither.
    """
    if out.suffix.lower().removeprefix(".") not in FORMATS:
        raise SemhError(f"{out} is neither .xlsx nor .csv.", "end the name in one of them")
    beside = out.with_name(f"{out.stem}_dictionary.csv")
    files = [out] if out.suffix.lower() == ".xlsx" else [out, beside]
    for path in files:
        if path.exists():
            raise SemhError(f"{path} is already there.", "give another name with --out")
    fields = blank_fields(contract, year or _this_year(date.today()))
    if len(files) == 1:
        _write_workbook(contract, fields, out)
    else:
        _write_csv(out, [list(fields.values())])
        _write_csv(beside, [list(HEADINGS), *dictionary(contract, fields)])
    return files


def _this_year(today: date) -> int:
    """The year in which the academic year of a day ends."""
    return today.year + (today.month >= 9)


def blank_fields(contract: type[Extract], year: int) -> dict[str, str]:
    """Field name to header of what a blank asks for: fields used, and those that tell it apart."""
    columns = contract.columns()
    return {
        name: header
        for name, header in contract.layout(year).items()
        if columns[name].kept or name in contract.recognised_by
    }


def dictionary(contract: type[Extract], fields: dict[str, str]) -> list[list[str]]:
    """One row per field, in the order of HEADINGS."""
    columns = contract.columns()
    return [_described(contract, name, header, columns[name]) for name, header in fields.items()]


def _described(contract: type[Extract], name: str, header: str, spec: Column) -> list[str]:
    kind = plain_type(contract, name)
    return [
        header,
        spec.meaning,
        KIND_WORDS.get(kind, "text"),
        spec.unit or "",
        "yes" if spec.required else "no",
        "; ".join(f"{code} = {meaning}" for code, meaning in (spec.codes or {}).items()),
        "; ".join(_limits(contract, name, spec)),
        _year(spec.since),
        _year(spec.until),
        _consequence(spec),
        spec.action,
        "" if spec.mark is Mark.NONE else spec.mark.value,
        spec.source,
    ]


def _limits(contract: type[Extract], name: str, spec: Column) -> list[str]:
    made = [f"form {spec.pattern}"] if spec.pattern else []
    made += [f"{spec.minimum} or more"] if spec.minimum is not None else []
    made += [f"{spec.maximum} or less"] if spec.maximum is not None else []
    made += ["not in the future"] if spec.past else []
    made += [f"not before {first}" for first, then in contract.ordered if then == name]
    if name in contract.unique:
        made.append(f"each {' with '.join(contract.unique)} once in a file")
    if contract.parent and contract.parent[1] == name:
        made.append(f"must be in {EXTRACTS[contract.parent[0]].title}")
    return made


def _year(year: int | dict[str, int] | None) -> str:
    if isinstance(year, dict):
        return ", ".join(f"{term} {y}" for term, y in year.items())
    return "" if year is None else str(year)


def _consequence(spec: Column) -> str:
    if not spec.kept:
        return "it is not used; the column must be there"
    return "the row is refused" if spec.on_fail is OnFail.QUARANTINE else "the value is left out"


def _write_csv(path: Path, rows: list[list[str]]) -> None:
    with path.open("x", encoding="utf-8-sig", newline="") as out:  # the mark is for Excel
        csv.writer(out).writerows(rows)


def _write_workbook(contract: type[Extract], fields: dict[str, str], path: Path) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    blank = book.create_sheet(contract.extract[:31])
    blank.append(list(fields.values()))
    blank.freeze_panes = "A2"
    for number, name in enumerate(fields, start=1):
        letter = get_column_letter(number)
        blank[f"{letter}1"].font = Font(bold=True)
        blank.column_dimensions[letter].width = max(12, len(name) + 2)
        blank.column_dimensions[letter].number_format = "@"  # a leading nought stays
        _offer_codes(blank, letter, contract.columns()[name])
    told = book.create_sheet(DICTIONARY)
    for row in [list(HEADINGS), *dictionary(contract, fields)]:
        told.append(row)
    for number in range(1, len(HEADINGS) + 1):
        told.column_dimensions[get_column_letter(number)].width = 28
        told.cell(1, number).font = Font(bold=True)
    for cells in told.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    book.save(path)


def _offer_codes(sheet, letter: str, spec: Column) -> None:  # type: ignore[no-untyped-def]
    listed = ",".join(spec.codes or {})
    if not listed or len(listed) > MOST_LISTED:
        return
    choice = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=not spec.required)
    choice.error, choice.showErrorMessage = "Use one of the codes of the data dictionary.", True
    sheet.add_data_validation(choice)
    choice.add(f"{letter}2:{letter}{ROWS}")
