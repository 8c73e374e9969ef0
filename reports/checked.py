"""Whether a folder of exported files says only what everyone may read now."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import openpyxl

from models.settings import Settings
from reports.export import export


def differs(settings: Settings, folder: Path) -> list[str]:
    """Where exported files differ from what the live snapshot's open figures give, in words.

    Written again beside them and held against them line by line; a cell's value is never repeated.
    Raises NoSnapshot when nothing is published.
    """
    found = []
    with tempfile.TemporaryDirectory() as fresh:
        for right in export(settings, Path(fresh)):
            path = folder / right.name
            if not path.is_file():
                continue
            lines = zip_longest(_lines(path), _lines(right))
            wrong = [at for at, (has, should) in enumerate(lines, 1) if has != should]
            if wrong:
                found.append(
                    f"export: {path.name} says other than what everyone may read, first on line"
                    f" {wrong[0]}; run semh export again and replace what was handed out"
                )
        known = {path.name for path in Path(fresh).iterdir()}
    more = sorted(path.name for path in folder.iterdir() if path.name not in known)
    return found + [f"export: {name} is no file of semh export; take it away" for name in more]


def _lines(path: Path) -> Iterator[Any]:
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path, read_only=True)
        for sheet in book:
            yield sheet.title
            yield from sheet.iter_rows(values_only=True)
        book.close()
        return
    with path.open(encoding="utf-8-sig", newline="") as text:
        yield from csv.reader(text)
