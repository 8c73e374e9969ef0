"""The `semh` command: one function per verb, each saying at its end what to do next."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from models.errors import SemhError
from models.progress import Progress as ProgressCall
from models.settings import Settings

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Load extracts, measure, publish and show a borough's SEMH figures.",
)
out = Console()
err = Console(stderr=True)

Paths = Annotated[list[Path], typer.Argument(help="Files or folders of extracts.")]
Scale = Annotated[float, typer.Option(min=0.005, max=20, help="1 is a borough of 45,000 pupils.")]
Seed = Annotated[int, typer.Option(help="The same seed gives the same borough.")]


@contextmanager
def _bars(stage: str) -> Iterator[ProgressCall]:
    columns = (TextColumn("{task.description:<72.72}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err) as bars:
        task = bars.add_task(stage, total=None)

        def report(label: str, done: int, total: int) -> None:
            words = f"{stage}: {label[:1].lower()}{label[1:]}"
            bars.update(task, description=words, completed=done, total=total)

        yield report
        bars.update(task, description=f"{stage}: done", total=1, completed=1)


def _next(words: str) -> None:
    out.print(f"[bold]Next:[/bold] {escape(words)}")


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left", show_edge=False, pad_edge=False)
    for heading in headings:
        right = heading.split()[0] in ("Rows", "Read", "Accepted", "Refused", "Found")
        table.add_column(heading, justify="right" if right else "left", overflow="fold")
    return table


@app.command()
def demo(
    scale: Scale = 1.0,
    seed: Seed = 2026,
    published: Annotated[
        list[Path] | None, typer.Option(help="Folder of published statistics to load as well.")
    ] = None,
    fresh: Annotated[
        bool, typer.Option(help="Make the borough again even if it is there.")
    ] = False,
    serve_it: Annotated[bool, typer.Option("--serve/--no-serve")] = True,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Make the synthetic borough, load, measure and publish it, and open the app."""
    settings = _settings(demo_viewers=True, port=port)
    _refuse_real_home(settings)
    if fresh or published or not settings.current.is_file():
        _make_demo(settings, scale, seed, published or [])
    if serve_it:
        _serve(settings)
    else:
        _next("semh serve")


def _refuse_real_home(settings: Settings) -> None:
    from ingest.report import holds_real_loads

    if holds_real_loads(settings):
        raise SemhError(
            f"{settings.home} holds real extracts; a demonstration would mix with them.",
            "set SEMH_HOME to an empty folder and run semh demo again",
        )


def _make_demo(settings: Settings, scale: float, seed: int, published: list[Path]) -> None:
    source = settings.home / "synthetic"
    generate(source, scale=scale, seed=seed)
    load([source])
    if published:
        # Layout samples among the published files clash with the borough; that is said, no more.
        _load(published)
    measure()
    publish(rollback=False, list_them=False)


@app.command()
def generate(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="Folder to write to.")],
    scale: Scale = 1.0,
    seed: Seed = 2026,
) -> None:
    """Write a synthetic borough's extracts, and truth.json with all that was planted."""
    from data.synthetic import generate as make

    with _bars("Simulating") as progress:
        truth = make(folder, scale=scale, seed=seed, progress=progress)
    out.print(f"Synthetic borough written to {folder}: {len(truth)} kinds of truth in truth.json.")
    _next(f"semh build {folder}")


@app.command()
def load(paths: Paths) -> None:
    """Check extracts and published statistics, and load what passes into the warehouse."""
    if not _load(paths):
        raise typer.Exit(1)
    _next("semh measure, then semh publish (or semh build PATH to do all three)")


def _load(paths: list[Path]) -> bool:
    from ingest.pipeline import load_paths

    with _bars("Loading") as progress:
        report = load_paths(Settings(), paths, progress=progress)
    _show_loads(report)
    return report.ok


def _show_loads(report) -> None:  # type: ignore[no-untyped-def]
    table = _table("Loaded", "Extract", "Files", "Rows read", "Accepted", "Refused")
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


@app.command()
def measure() -> None:
    """Compute every metric from the warehouse."""
    from metrics.measure import measure_all
    from models.store import open_warehouse

    settings = Settings()
    with open_warehouse(settings) as con, _bars("Measuring") as progress:
        report = measure_all(con, settings.profile, progress=progress)
    out.print(f"{len(report.measured)} metrics: {report.observations:,} observations.")
    for metric_id, absent in report.unavailable.items():
        out.print(f"Not available: {metric_id}, for want of {', '.join(absent)}")
    for metric_id, problem in report.failed.items():
        err.print(f"[bold]Not measured:[/bold] {metric_id}: {escape(problem)}")
    if not report.ok:
        raise typer.Exit(1)
    _next("semh publish")


@app.command()
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
    with _bars("Publishing") as progress:
        snapshot_id = write.publish(settings, progress=progress)
    out.print(f"Published {snapshot_id}. A running app picks it up by itself.")
    _next("semh serve")


@app.command()
def build(paths: Paths) -> None:
    """Load, measure and publish in one go."""
    load(paths)
    measure()
    publish(rollback=False, list_them=False)


@app.command()
def serve(
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
) -> None:
    """Show the published figures."""
    _serve(_settings(port=port, host=host))


def _settings(**given: Any) -> Settings:
    return Settings(**{name: value for name, value in given.items() if value is not None})


def _serve(settings: Settings) -> None:
    from app import serve as run

    out.print(f"Open http://{settings.host}:{settings.port}  (stop with Ctrl+C)")
    run(settings)


@app.command()
def status() -> None:
    """Say what is loaded, what is published and what is missing."""
    from ingest.report import summary
    from publish import write

    settings = Settings()
    for line in summary(settings):
        out.print(escape(line))
    live = [e.snapshot_id for e in write.history(settings) if e.live]
    out.print(f"Live snapshot: {live[0] if live else 'none'}")
    _next("semh serve" if live else "semh demo, or semh build PATH with your own extracts")


@app.command()
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
    table = _table("Metrics", "Priority", "Metric", "Title", "Period", "Breakdowns")
    for m in (f.metric for f in files):
        table.add_row(m.priority, m.id, m.title, m.period, ", ".join(m.breakdowns))
    out.print(table)
    _next("semh metrics ID for one with its definition and SQL")


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


@app.command()
def quarantine(
    csv: Annotated[bool, typer.Option("--csv", help="Print as CSV for the supplier.")] = False,
) -> None:
    """Show refused rows: where, why, and what the supplier should do."""
    from ingest.report import quarantine_csv, quarantine_summary

    settings = Settings()
    if csv:
        out.print(quarantine_csv(settings), highlight=False, markup=False, soft_wrap=True, end="")
        return
    table = _table("Refused rows", "Extract", "Field", "Reason", "Action", "Owner", "Rows")
    for row in quarantine_summary(settings):
        table.add_row(*(escape(str(cell)) for cell in row))
    out.print(table)
    _next("semh quarantine --csv > refused.csv to hand them back to the supplier")


@app.command()
def audit() -> None:
    """Attack the published snapshot as a curious reader would, and say what was found."""
    from publish.audit import audit_snapshot

    report = audit_snapshot(Settings())
    for line in report.lines():
        out.print(escape(line))
    if not report.ok:
        raise typer.Exit(1)
    _next("nothing to do: no hidden figure could be worked out")


def main() -> None:
    """Run a verb; a job not done is said in plain words and ends with status 1."""
    try:
        app(standalone_mode=True)
    except SemhError as problem:
        _stop(problem.problem, problem.next_step)
    except PermissionError as problem:
        _stop(f"No right to use {problem.filename}.", "check who owns the folder, then try again")
    except FileNotFoundError as problem:
        _stop(f"Not found: {problem.filename or problem}.", "check the path, then try again")
    except KeyboardInterrupt:
        _stop("Stopped before the end.", "run it again; what was whole stays")
    except OSError as problem:
        _stop(f"The system refused: {problem.strerror or problem}.", "free space or rights first")
    except Exception as problem:
        _unexpected(problem)


def _unexpected(problem: Exception) -> None:
    # The kind of fault and its place, never a value: a message may hold a child's row.
    last = traceback.extract_tb(problem.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    _stop(
        f"Something went wrong inside: {type(problem).__name__} at {where}.",
        "tell whoever keeps this program; nothing was half done",
    )


def _stop(problem: str, next_step: str) -> None:
    err.print(f"[bold]Error:[/bold] {escape(problem)}", highlight=False, soft_wrap=True)
    err.print(f"[bold]Next:[/bold] {escape(next_step)}", highlight=False, soft_wrap=True)
    raise SystemExit(1)
