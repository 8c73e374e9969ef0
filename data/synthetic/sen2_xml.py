"""A SEN2 return as one XML file, made from its nine CSV modules: the same rows, nested.

Elements are spelled as the CSV export spells its columns; the reader takes any case.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

from data.synthetic.clock import sen2_day
from data.synthetic.world import World
from models.extract import Extract
from models.extracts import EXTRACTS

XML_YEAR = 2024
"""The return that was sent as XML; the others came as the CSV export."""
CSV_NAME, XML_NAME = "sen2/Blade-Export_{}_{}.csv", "sen2/SEN2-return_{}.xml"

Rows = dict[str, dict[str, list[tuple[int, dict[str, str]]]]]
"""Module to the key of the parent row to the rows under it, each with its line in the CSV."""
MODULES = {n.removeprefix("sen2_"): c for n, c in EXTRACTS.items() if c.family == "sen2"}
ROOT = "sen2"


def send_as_xml(world: World) -> None:
    """Put the XML return in the place of one year's CSV modules, planted mistakes and all.

    The truth then tells rows and mistakes by module, `file!module`, as the reader numbers them.
    """
    day, truth = f"{sen2_day(XML_YEAR):%d-%m-%Y}", world.truth
    names = {module: CSV_NAME.format(day, module) for module in MODULES}
    file = XML_NAME.format(day)
    order = write_return_xml({m: world.out / name for m, name in names.items()}, world.out / file)
    for module, name in names.items():
        lines = {before: line for line, before in enumerate(order[module], start=2)}
        del truth["rows"][name]
        truth["rows"][f"{file}!{module}"] = len(lines)
        for fault in truth["faults"]:
            if fault["file"] == name:
                fault |= {"file": f"{file}!{module}", "line": lines[fault["line"]]}
        (world.out / name).unlink()


def write_return_xml(modules: dict[str, Path], out: Path) -> dict[str, list[int]]:
    """Write the return of the nine CSV files (module to path) as one XML file.

    The export's own keys are left out: nesting says what belongs to what. Rows whose parent is not
    among the files have no place in a return and are left out too. Returns, for each module, the
    lines of its CSV file in the order in which they were written.
    """
    rows: Rows = {module: _by_parent(MODULES[module], path) for module, path in modules.items()}
    [(line, header)] = rows[ROOT][""]
    order: dict[str, list[int]] = {module: [] for module in modules}
    order[ROOT].append(line)
    with out.open("w", encoding="utf-8", newline="\n") as text:
        text.write('<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n<Header>\n')
        _write_cells(text, ROOT, header)
        text.write(f"</Header>\n<{ROOT}>\n")
        for child in _children(ROOT):
            _write_rows(text, child, header[f"{ROOT}tableid"], rows, order)
        text.write(f"</{ROOT}>\n</Message>\n")
    return order


def _by_parent(contract: type[Extract], path: Path) -> dict[str, list[tuple[int, dict[str, str]]]]:
    under: dict[str, list[tuple[int, dict[str, str]]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as text:
        for line, row in enumerate(csv.DictReader(text), start=2):
            under[row[contract.parent[1]] if contract.parent else ""].append((line, row))
    return under


def _children(module: str) -> list[str]:
    return [n for n, c in MODULES.items() if c.parent and c.parent[0] == f"sen2_{module}"]


def _write_rows(
    text: IO[str], module: str, parent: str, rows: Rows, order: dict[str, list[int]]
) -> None:
    for line, row in rows[module].get(parent, []):
        text.write(f"<{module}>\n")
        order[module].append(line)
        _write_cells(text, module, row)
        for child in _children(module):
            _write_rows(text, child, row[f"{module}tableid"], rows, order)
        text.write(f"</{module}>\n")


def _write_cells(text: IO[str], module: str, row: dict[str, str]) -> None:
    columns = MODULES[module].columns()
    for name, value in row.items():
        if value and not columns[name.lower()].key:
            text.write(f"<{name}>{escape(value)}</{name}>\n")
