"""Protecting, publishing, going back, and attacking what was published."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from commands.console import bars_of, next_step, out, table_of
from commands.loading import Paths, load
from commands.measuring import measure
from models.observation import Tier
from models.principal import Principal
from models.settings import Settings

MOST_SHOWN = 20


def publish(
    rollback: Annotated[bool, typer.Option(help="Return to the snapshot before.")] = False,
    list_them: Annotated[bool, typer.Option("--list", help="Show every snapshot.")] = False,
    diff: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="Say which figures B revised in A, and by how much."),
    ] = None,
    withdraw: Annotated[
        str | None, typer.Option(metavar="ID", help="Delete a snapshot that is not live.")
    ] = None,
) -> None:
    """Protect the figures, write a snapshot and make it the live one."""
    from publish import write

    settings = Settings()
    if list_them:
        for entry in write.history(settings):
            out.print(f"{'live ' if entry.live else '     '}{entry.snapshot_id}")
        return
    if diff:
        _show_revisions(settings, *diff)
        return
    if withdraw:
        out.print(f"Withdrawn: {write.withdraw(settings, withdraw)}")
        next_step("semh audit")
        return
    if rollback:
        out.print(f"Live again: {write.rollback(settings)}")
        return
    with bars_of("Publishing") as progress:
        snapshot_id = write.publish(settings, progress=progress)
    out.print(f"Published {snapshot_id}. A running app picks it up by itself.")
    next_step("semh serve")


def _show_revisions(settings: Settings, before: str, after: str) -> None:
    from publish.revised import CHANGES, revisions

    changed = revisions(settings, before, after, Principal("the command line", Tier.PARTNER))
    counts = changed["change"].value_counts()
    out.print(", ".join(f"{name} {counts.get(name, 0):,}" for name in CHANGES))
    revised = changed[changed["change"] == "revised"]
    share = (revised["by"] / revised["value_before"].abs()).abs()
    table = table_of("Most revised", "Measure", "Period to", "Where", "Group", "Was", "Is")
    for row in revised.loc[share.sort_values(ascending=False).index].head(MOST_SHOWN).itertuples():
        where, group = f"{row.area_kind} {row.area_id}", f"{row.breakdown} {row.category}"
        cells = (row.metric_id, f"{row.period_end:%d %b %Y}", where, group)
        table.add_row(*map(str, cells), f"{row.value_before:,.4g}", f"{row.value_after:,.4g}")
    if len(revised):
        out.print(table)


def export(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="Folder to write to.")],
) -> None:
    """Write the open figures as tidy data, a workbook and definitions."""
    from reports.export import export as write

    for path in write(Settings(), folder):
        out.print(f"Written: {path.name}")
    next_step("put the folder where people can fetch it; it holds only what anyone may read")


def build(paths: Paths) -> None:
    """Load, measure and publish in one go."""
    load(paths)
    measure()
    publish(rollback=False, list_them=False)


def audit(
    exported: Annotated[
        Path | None,
        typer.Option("--export", metavar="OUT", help="Hold a folder of exported files to it, too."),
    ] = None,
) -> None:
    """Attack the published snapshot as a curious reader would, and say what was found."""
    from publish.audit import audit_snapshot
    from reports.checked import differs

    report = audit_snapshot(Settings())
    if exported:
        report.failures.extend(differs(Settings(), exported))
    for line in report.lines():
        out.print(escape(line))
    if not report.ok:
        raise typer.Exit(1)
    next_step("nothing to do: no hidden figure could be worked out")
