"""The blanks suppliers fill in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from commands.console import next_step, out, table_of


class Format(StrEnum):
    """How a blank is written."""

    XLSX = "xlsx"
    CSV = "csv"


def template(
    extract: Annotated[str | None, typer.Argument(help="Which extract; none lists them.")] = None,
    to: Annotated[Path | None, typer.Option("--out", help="File to write.")] = None,
    kind: Annotated[
        Format, typer.Option("--format", help="Used where --out is not given.")
    ] = Format.XLSX,
    year: Annotated[
        int | None, typer.Option(help="Last year of the academic year whose layout is wanted.")
    ] = None,
) -> None:
    """Write the blank a supplier fills in, with its data dictionary."""
    from ingest.template import find_contract, write_template

    if extract is None:
        _list_extracts()
        return
    contract = find_contract(extract)
    for path in write_template(contract, to or Path(f"{extract}.{kind.value}"), year=year):
        out.print(f"Written: {escape(str(path))}")
    next_step(f"send it to {contract.owner}; load what comes back with semh load")


def _list_extracts() -> None:
    from models.extracts import EXTRACTS

    table = table_of("Extracts", "Extract", "Title", "Owner")
    for name, contract in EXTRACTS.items():
        table.add_row(name, contract.title, contract.owner)
    out.print(table)
    next_step("semh template EXTRACT for the blank of one")
