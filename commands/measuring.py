"""Computing the metrics, and saying which there are."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import typer
from rich.markup import escape

from commands.console import bars_of, err, next_step, out, table_of
from models.errors import SemhError
from models.settings import Settings


def measure(
    known_on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Measure what was known at the end of that day."),
    ] = None,
) -> None:
    """Compute every metric from the warehouse, as it is or as it was known on an earlier day."""
    from metrics.measure import measure_all
    from metrics.outlook.run import look_ahead
    from models.store import open_warehouse

    settings, day = Settings(), known_on.date() if known_on else None
    with open_warehouse(settings) as con, bars_of("Measuring") as progress:
        report = measure_all(con, settings.profile, progress=progress, known_on=day)
        told = _against_the_present(con, day) if day else None
        unseen = {} if day else look_ahead(con, settings.profile, progress=progress)
    out.print(f"{len(report.measured)} metrics: {report.observations:,} observations.")
    for metric_id, absent in report.unavailable.items():
        out.print(f"Not available: {metric_id}, for want of {', '.join(absent)}")
    for metric_id, problem in report.failed.items():
        err.print(f"[bold]Not measured:[/bold] {metric_id}: {escape(problem)}")
    for part, problem in unseen.items():
        out.print(f"Not looked ahead: {part}: {escape(problem)}")
    if not report.ok:
        raise typer.Exit(1)
    if told is not None:
        out.print(told)
        return
    next_step("semh publish")


def _against_the_present(con: Any, day: date) -> str:
    """How many figures known on a day have been revised since."""
    from metrics.measure.run import tables_of_day

    then, now = tables_of_day(day)[0], tables_of_day(None)[0]
    made = con.execute("select count(*) from duckdb_tables() where table_name = ?", [now])
    if not made.fetchall()[0][0]:
        return f"Written to {then}. Run semh measure to have the present figures beside it."
    keys = "metric_id, period_start, area_kind, area_id, breakdown, category"
    ((same, all_),) = con.execute(
        f"select count(*) filter (t.value is not distinct from n.value), count(*)"
        f" from {then} t left join {now} n using ({keys})"
    ).fetchall()
    return f"Written to {then}: {all_ - same:,} of {all_:,} figures have changed since."


def metrics(
    metric_id: Annotated[str | None, typer.Argument(help="One metric, with definition.")] = None,
    check: Annotated[bool, typer.Option(help="Refuse malformed metric files.")] = False,
) -> None:
    """List the metrics, or show one with its definition and SQL."""
    from metrics.catalogue import load_catalogue

    if check:
        _check_metrics()
    elif metric_id is None:
        _list_metrics(load_catalogue())
    else:
        _show_metric(load_catalogue(), metric_id)


def _check_metrics() -> None:
    """Say every fault by file and line, specifications that do not hold among them."""
    from metrics.catalogue import check_catalogue, load_catalogue

    problems = check_catalogue(profile=Settings().profile)
    for problem in problems:
        err.print(escape(str(problem)), highlight=False, soft_wrap=True)
    bad = {problem.file.split(".")[0] for problem in problems}
    sound = [file for file in load_catalogue() if file.metric.id not in bad]
    out.print(f"{len(sound)} metrics in order, {len(problems)} problems in {len(bad)} files.")
    raise typer.Exit(1 if problems else 0)


def _list_metrics(files) -> None:  # type: ignore[no-untyped-def]
    from models.metric import PRIORITY_TITLES

    status = _last_status()
    for priority, title in PRIORITY_TITLES.items():
        mine = [file.metric for file in files if file.metric.priority == priority]
        table = table_of(f"{title}: {len(mine)}", "Metric", "Source", "Period", "By", "Status")
        for m in mine:
            said = status.get(m.id, "not measured yet")
            parts = (m.id, ", ".join(m.sources), m.period, ", ".join(m.breakdowns), said)
            table.add_row(*map(escape, parts))
        out.print(table)
    out.print(f"{len(files)} metrics.")
    next_step("semh metrics ID for one with its definition and SQL")


def _last_status() -> dict[str, str]:
    """What the last measure said of each metric: measured up to when, or why not available."""
    from models.store import open_warehouse

    settings = Settings()
    if not settings.warehouse.is_file():
        return {}
    with open_warehouse(settings, read_only=True) as con:
        if not con.execute(_MEASURED).fetchall()[0][0]:
            return {}
        return dict(con.execute(_STATUS).fetchall())


_MEASURED = "select count(*) from duckdb_tables() where table_name = 'observation'"
_STATUS = """
select metric_id, case max_by(status, period_end)
    when 'not_available' then 'not available' || case
        when max_by(loads, period_end) like 'no %' or max_by(loads, period_end) like 'only %'
        then ': ' || max_by(loads, period_end) else '' end
    else 'measured to ' || strftime(max(period_end), '%d %b %Y') end
from observation where area_kind = 'borough' and breakdown = 'all' group by metric_id
"""


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
