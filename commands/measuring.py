"""Computing the metrics, and saying which there are."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from commands.console import bars_of, err, next_step, out, table_of
from models.errors import SemhError
from models.settings import Settings


def measure() -> None:
    """Compute every metric from the warehouse."""
    from metrics.measure import measure_all
    from models.store import open_warehouse

    settings = Settings()
    with open_warehouse(settings) as con, bars_of("Measuring") as progress:
        report = measure_all(con, settings.profile, progress=progress)
    out.print(f"{len(report.measured)} metrics: {report.observations:,} observations.")
    for metric_id, absent in report.unavailable.items():
        out.print(f"Not available: {metric_id}, for want of {', '.join(absent)}")
    for metric_id, problem in report.failed.items():
        err.print(f"[bold]Not measured:[/bold] {metric_id}: {escape(problem)}")
    if not report.ok:
        raise typer.Exit(1)
    next_step("semh publish")


def metrics(
    metric_id: Annotated[str | None, typer.Argument(help="One metric, with definition.")] = None,
    check: Annotated[bool, typer.Option(help="Refuse malformed metric files.")] = False,
) -> None:
    """List the metrics, or show one with its definition and SQL."""
    from metrics.catalogue import check_catalogue, load_catalogue

    if check:
        problems = check_catalogue()
        for problem in problems:
            err.print(escape(str(problem)))
        out.print(f"{len(load_catalogue())} metrics in order, {len(problems)} problems.")
        raise typer.Exit(1 if problems else 0)
    files = load_catalogue()
    if metric_id is None:
        _list_metrics(files)
    else:
        _show_metric(files, metric_id)


def _list_metrics(files) -> None:  # type: ignore[no-untyped-def]
    table = table_of("Metrics", "Priority", "Metric", "Title", "Period", "Breakdowns")
    for m in (f.metric for f in files):
        table.add_row(m.priority, m.id, m.title, m.period, ", ".join(m.breakdowns))
    out.print(table)
    next_step("semh metrics ID for one with its definition and SQL")


def _show_metric(files, metric_id: str) -> None:  # type: ignore[no-untyped-def]
    found = [f for f in files if f.metric.id == metric_id]
    if not found:
        raise SemhError(f"There is no metric {metric_id!r}.", "run semh metrics to see them all")
    one = found[0]
    out.print(f"[bold]{escape(one.metric.title)}[/bold]  ({one.metric.unit})")
    out.print(f"Question: {escape(one.metric.question)}")
    out.print(f"Counted: {escape(one.numerator_sentence)}")
    out.print(f"Out of: {escape(one.denominator_sentence or 'a count, out of nothing')}")
    for caveat in one.metric.caveats:
        out.print(f"Note: {escape(caveat)}")
    out.print(escape(one.sql), highlight=False)
