"""A SEN2 return as one XML file, made from its nine CSV modules: the same rows, nested.

Elements are spelled as the CSV export spells its columns; the reader takes any case.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

from models.extract import Extract
from models.extracts import EXTRACTS

Rows = dict[str, dict[str, list[dict[str, str]]]]
"""Module to the key of the parent row to the rows under it."""
MODULES = {n.removeprefix("sen2_"): c for n, c in EXTRACTS.items() if c.family == "sen2"}
ROOT = "sen2"


def write_return_xml(modules: dict[str, Path], out: Path) -> None:
    """Write the return of the nine CSV files (module to path) as one XML file.

    The export's own keys are left out: nesting says what belongs to what. Rows whose parent is not
    among the files have no place in a return and are left out too.
    """
    rows: Rows = {module: _by_parent(MODULES[module], path) for module, path in modules.items()}
    [header] = rows[ROOT][""]
    with out.open("w", encoding="utf-8", newline="\n") as text:
        text.write('<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n<Header>\n')
        _write_cells(text, ROOT, header)
        text.write(f"</Header>\n<{ROOT}>\n")
        for child in _children(ROOT):
            _write_rows(text, child, header[f"{ROOT}tableid"], rows)
        text.write(f"</{ROOT}>\n</Message>\n")


def _by_parent(contract: type[Extract], path: Path) -> dict[str, list[dict[str, str]]]:
    under: dict[str, list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            under[row[contract.parent[1]] if contract.parent else ""].append(row)
    return under


def _children(module: str) -> list[str]:
    return [n for n, c in MODULES.items() if c.parent and c.parent[0] == f"sen2_{module}"]


def _write_rows(text: IO[str], module: str, parent: str, rows: Rows) -> None:
    for row in rows[module].get(parent, []):
        text.write(f"<{module}>\n")
        _write_cells(text, module, row)
        for child in _children(module):
            _write_rows(text, child, row[f"{module}tableid"], rows)
        text.write(f"</{module}>\n")


def _write_cells(text: IO[str], module: str, row: dict[str, str]) -> None:
    columns = MODULES[module].columns()
    for name, value in row.items():
        if value and not columns[name.lower()].key:
            text.write(f"<{name}>{escape(value)}</{name}>\n")
