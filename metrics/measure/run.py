"""Run the metrics: make the shared steps once, measure each metric, write the observations."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb
import pandas as pd
from sqlglot.errors import SqlglotError

from metrics.catalogue import find_metric, load_catalogue
from metrics.computed import find_method
from metrics.computed.registry import checked
from metrics.measure import sql
from metrics.measure.calendar import make_calendar
from metrics.measure.described import DESCRIBED, as_numbers
from metrics.measure.loads import latest_day
from metrics.measure.observe import not_available, shape, whole_cells
from metrics.measure.session import Session
from metrics.measure.steps import Step, needed
from metrics.measure.values import add_values
from metrics.parse import MetricFile
from models.borough import Borough
from models.history import as_known_on
from models.observation import OBSERVATION_COLUMNS, OBSERVATION_DDL
from models.progress import Progress, quiet
from models.suppliers import wanted

BASE_DDL = """create table {name} (
    metric_id varchar not null, period_start date not null, period_end date not null,
    area_kind varchar not null, area_id varchar not null, breakdown varchar not null,
    category varchar not null, people double, base double)"""
"""Beside each observation, how many people stand behind its numerator and its denominator.

A count of events or a sum of pounds can be large and still be about one child; disclosure control
needs this number. It is never published."""

BASE_COLUMNS = (
    "metric_id",
    "period_start",
    "period_end",
    "area_kind",
    "area_id",
    "breakdown",
    "category",
    "people",
    "base",
)


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
        return _measure(con, profile, progress, files, tables_of_day(known_on))
    finally:
        as_known_on(con, None)


def tables_of_day(known_on: date | None) -> tuple[str, str]:
    """Names of the tables of observations and of their bases, as known on a day (None: now)."""
    day = f"_known_on_{known_on:%Y_%m_%d}" if known_on else ""
    return f"observation{day}", f"observation_base{day}"


def _measure(
    con: duckdb.DuckDBPyConnection,
    profile: Borough,
    progress: Progress,
    files: list[MetricFile],
    tables: tuple[str, str],
) -> MeasureReport:
    broken = prepare(con, profile, files)
    session, report, found = Session(con, profile), MeasureReport(), []
    for number, file in enumerate(files):
        progress(file.metric.title, number, len(files))
        if (cells := _try(session, file, report, broken)) is not None:
            found.append(cells)
    frame = shape(profile, pd.concat(found, ignore_index=True)) if found else None
    _write(con, frame, tables)
    if frame is not None:
        counted = frame["metric_id"].value_counts()
        report.measured.update({str(name): int(n) for name, n in counted.items()})
    _tidy(con, files)
    progress("Measured", len(files), len(files))
    return report


def _try(
    session: Session, file: MetricFile, report: MeasureReport, broken: dict[str, str]
) -> pd.DataFrame | None:
    metric_id = file.metric.id
    try:
        failed = [step.name for step in sql.steps_of(file) if step.name in broken]
        if failed:
            raise ValueError(f"its shared step {failed[0]} failed: {broken[failed[0]]}")
        if missing := session.missing(file.metric):
            report.unavailable[metric_id] = [wanted(fact) for fact in missing]
        return _cells(session, file)
    except FAULTS as error:
        report.failed[metric_id] = str(error).strip()
        return None


FAULTS = (duckdb.Error, SqlglotError, ValueError, KeyError)
"""What a metric file may do wrong while it is measured."""


def prepare(
    con: duckdb.DuckDBPyConnection, profile: Borough, files: list[MetricFile]
) -> dict[str, str]:
    """Make the calendar and every shared step the metrics need, as temporary tables.

    Returns the steps that failed and why; the metrics that need none of them go on.
    """
    latest = latest_day(con)
    make_calendar(con, profile, first=min(2010, latest.year), last=latest.year + 1)
    broken: dict[str, str] = {}
    words: dict[str, str] = {}
    for step in _steps(files):
        try:
            kept = as_numbers(con, step.name, words) if step.name in DESCRIBED else "*"
            con.execute(
                f"create or replace temp table {step.name} as select {kept} from ({step.sql})"
            )
        except duckdb.Error as error:
            broken[step.name] = str(error).strip().splitlines()[0]
    return broken


def _steps(files: list[MetricFile]) -> list[Step]:
    """The steps behind some metrics, each after those it builds on; a bad file needs none."""
    names: set[str] = set()
    for file in files:
        with suppress(SqlglotError):
            names |= sql.used_by(file)
    return needed(names)


def _tidy(con: duckdb.DuckDBPyConnection, files: list[MetricFile]) -> None:
    for name in [*(step.name for step in _steps(files)), "calendar_day"]:
        con.execute(f"drop table if exists temp.{name}")


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
    for name in sql.NUMBERS:
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


def _write(
    con: duckdb.DuckDBPyConnection, frame: pd.DataFrame | None, tables: tuple[str, str]
) -> None:
    """Replace both tables in one transaction, so that a reader never sees half a run."""
    con.begin()
    try:
        _replace(con, tables[0], OBSERVATION_DDL, OBSERVATION_COLUMNS, frame)
        _replace(con, tables[1], BASE_DDL, BASE_COLUMNS, frame)
        con.commit()
    except BaseException:
        con.rollback()
        raise


def _replace(
    con: Any, name: str, ddl: str, columns: tuple[str, ...], frame: pd.DataFrame | None
) -> None:
    con.execute(f"drop table if exists {name}")
    con.execute(ddl.format(name=name))
    if frame is not None:
        con.register("measured_frame", frame[list(columns)])
        con.execute(f"insert into {name} select {', '.join(columns)} from measured_frame")
        con.unregister("measured_frame")
