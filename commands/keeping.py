"""What was refused, and what becomes of it."""

from __future__ import annotations

from datetime import datetime
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


def accept(
    target: Annotated[
        str | None, typer.Argument(metavar="CHECK_OR_LOAD", help="What to accept; none lists it.")
    ] = None,
    reason: Annotated[str, typer.Option(help="Why the data are right as they are.")] = "",
    by: Annotated[str, typer.Option(help="Who accepts: a role, never a person's name.")] = "",
) -> None:
    """Accept a check that holds publication back, with a reason; a new load asks again."""
    from models import holds
    from models.store import open_warehouse

    settings = Settings()
    if target is None:
        _show_held(settings)
        return
    with open_warehouse(settings) as con:
        done = holds.accept(con, target, reason=reason, by_role=by, at=datetime.now())
        left = holds.held(con)
    for one in done:
        out.print(escape(f"Accepted by {by}: {one.words()}"))
    next_step("semh accept, to see what else is held" if left else "semh publish")


def _show_held(settings: Settings) -> None:
    from models import holds
    from models.store import open_warehouse

    with open_warehouse(settings, read_only=True) as con:
        waiting = holds.held(con)
    table = table_of(
        "Held back from publication", "Check", "What", "Found", "Load", "Action", "Owner"
    )
    for one in waiting:
        found = f"{one.found:,} {one.unit}"
        cells = (one.check_id, one.label, found, one.load_id, one.action, one.owner)
        table.add_row(*(escape(cell) for cell in cells))
    out.print(table if waiting else "Nothing is held back.")
    next_step('semh accept CHECK --reason "…" --by ROLE' if waiting else "semh publish")


def purge(
    older_than: Annotated[
        int | None, typer.Option(min=0, metavar="DAYS", help="Age in days; SEMH_KEEP_DAYS if none.")
    ] = None,
    superseded: Annotated[
        bool, typer.Option("--superseded", help="Every superseded row, whatever its age.")
    ] = False,
) -> None:
    """Remove refused and superseded rows and linkage records that are past retention."""
    from ingest.retention import purge as remove

    settings = Settings()
    removed = remove(settings, at=datetime.now(), older_than=older_than, superseded=superseded)
    for one in removed:
        loads = f" of {one.loads:,} loads" if one.loads and "files" not in one.what else ""
        out.print(f"Removed: {one.rows:,} {one.what}{loads}")
    next_step("semh status")


def rotate_key() -> None:
    """Put new keys on pseudonyms and on everything that is sealed."""
    from ingest.retention import rotate_keys

    done = rotate_keys(Settings())
    out.print(f"New keys on {done.columns} columns of pseudonyms and {done.files} sealed files.")
    next_step("copy the keys folder to a safe place; the copies made before no longer serve")
