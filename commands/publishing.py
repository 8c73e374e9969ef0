"""Protecting, publishing, going back, and attacking what was published."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from commands.console import bars_of, next_step, out
from commands.loading import Paths, load
from commands.measuring import measure
from models.settings import Settings


def publish(
    rollback: Annotated[bool, typer.Option(help="Return to the snapshot before.")] = False,
    list_them: Annotated[bool, typer.Option("--list", help="Show every snapshot.")] = False,
) -> None:
    """Protect the figures, write a snapshot and make it the live one."""
    from publish import write

    settings = Settings()
    if list_them:
        for entry in write.history(settings):
            out.print(f"{'live ' if entry.live else '     '}{entry.snapshot_id}")
        return
    if rollback:
        out.print(f"Live again: {write.rollback(settings)}")
        return
    with bars_of("Publishing") as progress:
        snapshot_id = write.publish(settings, progress=progress)
    out.print(f"Published {snapshot_id}. A running app picks it up by itself.")
    next_step("semh serve")


def build(paths: Paths) -> None:
    """Load, measure and publish in one go."""
    load(paths)
    measure()
    publish(rollback=False, list_them=False)


def audit() -> None:
    """Attack the published snapshot as a curious reader would, and say what was found."""
    from publish.audit import audit_snapshot

    report = audit_snapshot(Settings())
    for line in report.lines():
        out.print(escape(line))
    if not report.ok:
        raise typer.Exit(1)
    next_step("nothing to do: no hidden figure could be worked out")
