"""Run the metrics: make the shared steps once, measure each metric, write the observations."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial

import duckdb
import pandas as pd
from sqlglot.errors import SqlglotError

from metrics.catalogue import find_metric, load_catalogue
from metrics.computed import find_method
from metrics.computed.registry import checked
from metrics.measure import sql
from metrics.measure.beside import Beside, beside
from metrics.measure.calendar import make_calendar
from metrics.measure.cells import NUMBERS
from metrics.measure.described import DESCRIBED, as_numbers
from metrics.measure.largest import CONTRIBUTION_DDL, keep_contributions, largest
from metrics.measure.loads import latest_day
from metrics.measure.observe import not_available, shape, whole_cells
from metrics.measure.session import Session
from metrics.measure.steps import Step, needed
from metrics.measure.values import add_values
from metrics.measure.write import write
from metrics.parse import MetricFile
from models.borough import Borough
from models.history import as_known_on
from models.metric import Metric
from models.progress import Progress, quiet
from models.suppliers import wanted

CELL_COLUMNS = [
    "period_start", "period_end", "breakdown", "category", "numerator", "denominator", "value",
    "lower", "upper", "interval_method", "status", "people", "base", "why",
]  # fmt: skip


@dataclass(frozen=True)
class MeasureReport:
    """What a run did: observations by metric, what had no source, and what failed and why."""

    measured: dict[str, int] = field(default_factory=dict)
    unavailable: dict[str, list[str]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether no metric failed; one without its source has not failed."""
        return not self.failed

    @property
    def observations(self) -> int:
        """How many observations there are in all."""
        return sum(self.measured.values())


def explain(metric_id: str) -> str:
    """The full SQL of one metric, every step named; raises KeyError for an unknown id."""
    return sql.explain(find_metric(metric_id))


def measure_all(
    con: duckdb.DuckDBPyConnection,
    profile: Borough,
    *,
    progress: Progress = quiet,
    files: list[MetricFile] | None = None,
    known_on: date | None = None,
) -> MeasureReport:
    """Compute every metric into the table `observation`, which is replaced whole.

    A metric that fails is left out and reported; the others are still written. `files` measures
    those metrics only. `known_on` measures what was known at the end of an earlier day, into tables
    of that day (`tables_of_day`), and leaves the present figures as they are; raises SemhError
    where what was known then has been removed.
    """
    as_known_on(con, known_on)
    try:
        files = load_catalogue() if files is None else files
        return _measure(con, profile, progress, files, known_on)
    finally:
        as_known_on(con, None)


def tables_of_day(known_on: date | None) -> tuple[str, str, str]:
    """Names of the tables of observations, of their bases and of the largest parts of their sums.

    As known on a day (None: now).
    """
    day = f"_known_on_{known_on:%Y_%m_%d}" if known_on else ""
    return f"observation{day}", f"observation_base{day}", f"observation_largest{day}"


def _measure(
    con: duckdb.DuckDBPyConnection,
    profile: Borough,
    progress: Progress,
    files: list[MetricFile],
    known_on: date | None,
) -> MeasureReport:
    report, found, metrics = MeasureReport(), [], [file.metric for file in files]
    with beside(con, profile, known_on) as sessions:
        broken = _prepare_beside(con, profile, files, sessions)
        outcomes = sessions.each(partial(_try, broken=broken), files)
        for number, (file, outcome) in enumerate(zip(files, outcomes, strict=True)):
            progress(file.metric.title, number, len(files))
            if (cells := _noted(report, file.metric, outcome)) is not None:
                found.append(cells)
        sums = sessions.once(lambda session: largest(session.con, profile, metrics))
    frame = shape(profile, pd.concat(found, ignore_index=True)) if found else None
    write(con, frame, tables_of_day(known_on), sums)
    if frame is not None:
        counted = frame["metric_id"].value_counts()
        report.measured.update({str(name): int(n) for name, n in counted.items()})
    progress("Measured", len(files), len(files))
    return report


@dataclass(frozen=True)
class Outcome:
    """What became of one metric: its cells and the sources it lacks, or why it failed."""

    cells: pd.DataFrame | None = None
    missing: list[str] = field(default_factory=list)
    failed: str = ""


def _noted(report: MeasureReport, metric: Metric, outcome: Outcome) -> pd.DataFrame | None:
    if outcome.missing:
        report.unavailable[metric.id] = outcome.missing
    if outcome.failed:
        report.failed[metric.id] = outcome.failed
    return outcome.cells


def _try(session: Session, file: MetricFile, broken: dict[str, str]) -> Outcome:
    try:
        failed = [step.name for step in sql.steps_of(file) if step.name in broken]
        if failed:
            raise ValueError(f"its shared step {failed[0]} failed: {broken[failed[0]]}")
        missing = [wanted(fact) for fact in session.missing(file.metric)]
        cells = _cells(session, file)
        if not missing:
            keep_contributions(session.con, file)
        return Outcome(cells, missing)
    except FAULTS as error:
        return Outcome(failed=str(error).strip())


FAULTS = (duckdb.Error, SqlglotError, ValueError, KeyError)
"""What a metric file may do wrong while it is measured."""


def prepare(
    con: duckdb.DuckDBPyConnection, profile: Borough, files: list[MetricFile]
) -> dict[str, str]:
    """Make the calendar and every shared step the metrics need, as temporary tables.

    Returns the steps that failed and why; the metrics that need none of them go on.
    """
    _calendar(con, profile)
    words: dict[str, str] = {}
    made = {step.name: _make(con, step, "temp table", words) for step in _steps(files)}
    return {name: why for name, why in made.items() if why}


def _prepare_beside(
    con: duckdb.DuckDBPyConnection, profile: Borough, files: list[MetricFile], sessions: Beside
) -> dict[str, str]:
    """The same, kept where the sessions of a run look first, and made beside each other."""
    _calendar(con, profile)
    con.execute(f"create table {sessions.shelf}.calendar_day as from temp.calendar_day")
    con.execute("drop table temp.calendar_day")
    con.execute(CONTRIBUTION_DDL.format(name=f"{sessions.shelf}.contribution"))
    words: dict[str, str] = {}
    made: dict[str, Future[str]] = {}
    for step in _steps(files):
        before = [made[name] for name in sorted(step.uses) if name in made]
        made[step.name] = sessions.after(
            before, lambda session, step: _make(session.con, step, "table", words), step
        )
    return {name: why for name, done in made.items() if (why := done.result())}


def _calendar(con: duckdb.DuckDBPyConnection, profile: Borough) -> None:
    latest = latest_day(con)
    make_calendar(con, profile, first=min(2010, latest.year), last=latest.year + 1)


def _make(con: duckdb.DuckDBPyConnection, step: Step, table: str, words: dict[str, str]) -> str:
    """Make the table of a step; empty, or why it could not be made.

    `table` says what kind of table; a run's own database is the first that its sessions look in.
    """
    try:
        kept = as_numbers(con, step.name, words) if step.name in DESCRIBED else "*"
        con.execute(f"create or replace {table} {step.name} as select {kept} from ({step.sql})")
    except duckdb.Error as error:
        return str(error).strip().splitlines()[0]
    return ""


def _steps(files: list[MetricFile]) -> list[Step]:
    """The steps behind some metrics, each after those it builds on; a bad file needs none."""
    names: set[str] = set()
    for file in files:
        with suppress(SqlglotError):
            names |= sql.used_by(file)
    return needed(names)


def measure_metric(
    con: duckdb.DuckDBPyConnection,
    profile: Borough,
    file: MetricFile,
    *,
    known_to: date | None = None,
) -> pd.DataFrame:
    """One metric's observations, with `people` and `base` beside them; `prepare` comes first.

    `known_to` says to which day the data are complete, instead of reading it from them.
    Raises ValueError where a proportion counts more than its whole, duckdb.Error where the SQL
    cannot run.
    """
    return shape(profile, _cells(Session(con, profile), file, known_to))


def _cells(session: Session, file: MetricFile, known_to: date | None = None) -> pd.DataFrame:
    """One metric's cells, named and with the loads behind them; one that says why if none is."""
    metric, con = file.metric, session.con
    if missing := session.missing(metric):
        why = f"no current load of: {'; '.join(map(wanted, missing))}"
        return not_available(metric, session.profile, session.latest_day(), why)
    cells = _computed(con, file) if metric.method else _counted(con, file)
    cells = whole_cells(session, metric, cells, known_to)
    if cells.empty:
        day = known_to or session.latest_day()
        return not_available(metric, session.profile, day, "no whole period is known yet")
    return cells.reindex(columns=CELL_COLUMNS).assign(
        metric_id=metric.id, period_kind=metric.period, loads=session.loads(metric)
    )


def _counted(con: duckdb.DuckDBPyConnection, file: MetricFile) -> pd.DataFrame:
    cells = con.execute(sql.query(file)).df()
    for name in NUMBERS:
        if name not in cells:
            cells[name] = float("nan")
    return add_values(file.metric, cells)


def _computed(con: duckdb.DuckDBPyConnection, file: MetricFile) -> pd.DataFrame:
    things = con.execute(sql.described(file, "numerator")).df()
    base = pd.DataFrame(columns=things.columns)
    if file.denominator_sql:
        base = con.execute(sql.described(file, "denominator")).df()
    cells = find_method(file.metric.method).compute(file.metric, things, base)
    return checked(file.metric, cells)
