"""Reports made from the published snapshot."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.console import next_step, out
from models.settings import Settings


def statutory(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="Folder to write to.")],
) -> None:
    """Write the tables of the DSG management plan, capacity survey and SEND reform plan."""
    from reports.statutory import statutory as write

    for path in write(Settings(), folder):
        out.print(f"Written: {path.name}")
    next_step("read the sheet Reconciliation, then hold the categories against the year's template")
