"""What was refused, and what becomes of it."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from commands.console import next_step, out, table_of
from models.settings import Settings


def quarantine(
    csv: Annotated[bool, typer.Option("--csv", help="Print as CSV for the supplier.")] = False,
) -> None:
    """Show refused rows: where, why, and what the supplier should do."""
    from ingest.report import quarantine_summary, write_quarantine_csv

    settings = Settings()
    if csv:
        write_quarantine_csv(settings, out.file)  # type: ignore[arg-type]
        return
    table = table_of("Refused rows", "Extract", "Field", "Reason", "Action", "Owner", "Rows")
    for row in quarantine_summary(settings):
        table.add_row(*(escape(str(cell)) for cell in row))
    out.print(table)
    next_step("semh quarantine --csv > refused.csv to hand them back to the supplier")
