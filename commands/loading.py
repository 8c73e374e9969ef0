"""Taking extracts in, and saying what is there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from commands.console import bars_of, err, next_step, out, table_of
from models.settings import Settings

Paths = Annotated[list[Path], typer.Argument(help="Files or folders of extracts.")]


def load(paths: Paths) -> None:
    """Check extracts and published statistics, and load what passes into the warehouse."""
    if not load_files(paths):
        raise typer.Exit(1)
    next_step("semh measure, then semh publish (or semh build PATH to do all three)")


def load_files(paths: list[Path]) -> bool:
    """Load and show what came of it; whether every file went in."""
    from ingest.pipeline import load_paths

    with bars_of("Loading") as progress:
        report = load_paths(Settings(), paths, progress=progress)
    _show_loads(report)
    return report.ok


def _show_loads(report) -> None:  # type: ignore[no-untyped-def]
    table = table_of("Loaded", "Extract", "Files", "Rows read", "Accepted", "Refused")
    by_extract: dict[str, list] = {}
    for row in report.loads:
        by_extract.setdefault(row.extract, []).append(row)
    for extract, rows in sorted(by_extract.items()):
        sums = [sum(getattr(r, f) for r in rows) for f in _COUNTS]
        table.add_row(extract, str(len(rows)), *(f"{n:,}" for n in sums))
    if by_extract:
        out.print(table)
    for file, why in report.unrecognised:
        out.print(f"Not recognised, left alone: {escape(file)}: {escape(why)}")
    for file, why in report.failed:
        err.print(f"[bold]Failed:[/bold] {escape(file)}: {escape(why)}")


_COUNTS = ("rows_read", "rows_accepted", "rows_quarantined")


def status() -> None:
    """Say what is loaded, what is published and what is missing."""
    from ingest.report import summary
    from publish import write

    settings = Settings()
    for line in summary(settings):
        out.print(escape(line))
    live = [e.snapshot_id for e in write.history(settings) if e.live]
    out.print(f"Live snapshot: {live[0] if live else 'none'}")
    next_step("semh serve" if live else "semh demo, or semh build PATH with your own extracts")
