"""A metric's whole query, put together from named steps that can be printed and run by hand.

    thing      what the metric file counts, one row each, with every key it may have
    described  the things with their period and the dimensions its breakdowns need
    cell       the things added up: one row per period, breakdown and category

Plain SQL that DuckDB and Spark both read. Rows are in `rows`, cells in `cells`.
"""

from __future__ import annotations

from metrics.measure.cells import CELLS, category, person_cells
from metrics.measure.dimensions import STEPS
from metrics.measure.rows import (
    LINE,
    both_sides,
    columns_of,
    described_breakdowns,
    for_method,
    joins,
    shared_keys,
    side_of,
)
from metrics.measure.steps import Step, needed, tables_of
from metrics.parse import MetricFile
from models.metric import Kind, Metric


def steps_of(file: MetricFile) -> list[Step]:
    """The shared steps a metric needs, each after those it builds on."""
    return needed(used_by(file))


def used_by(file: MetricFile) -> set[str]:
    """Names of the tables and steps a metric reads itself."""
    used: set[str] = set()
    for sql in filter(None, (file.numerator_sql, file.denominator_sql)):
        used |= tables_of(sql)
        used |= {STEPS[alias] for alias in joins(file.metric, columns_of(sql))}
    return used


def query(file: MetricFile) -> str:
    """The query of a metric over its steps: cells with NUMBERS or, for a quantile, with values."""
    if file.metric.kind is Kind.COMPUTED:
        return described(file, "numerator")
    if file.metric.kind is Kind.RATIO and (keys := shared_keys(file)) is not None:
        cells, final = person_cells(file.metric)
        return _with(both_sides(file, keys) | cells) + final
    parts = side_of(file.metric, "numerator", file.numerator_sql)
    if file.denominator_sql:
        parts |= side_of(file.metric, "denominator", file.denominator_sql)
    cells, final = CELLS[file.metric.kind](file.metric)
    return _with(parts | cells) + final


def described(file: MetricFile, side: str) -> str:
    """The rows of one side with period and dimensions, as a computed metric's method gets them."""
    sql = file.numerator_sql if side == "numerator" else file.denominator_sql
    metric = file.metric
    words = described_breakdowns(metric)
    kept = ["period_start", "period_end", "person_id", "amount", "value"]
    kept += [column.removeprefix("t.") for column in for_method(metric, side)]
    kept += [f"{category(name)} as {name}" for name in words]
    return _with(side_of(metric, side, sql)) + f"select {LINE.join(kept)}\nfrom {side}_described"


def explain(file: MetricFile) -> str:
    """The metric's full SQL: every shared step and its own, as named common table expressions.

    Only `calendar_day` (one row per day with the periods it lies in) is not spelt out.
    """
    steps = {step.name: f"-- {step.sentence}\n{step.sql}" for step in steps_of(file)}
    return _with(steps) + query(file).replace("with ", ", ", 1) if steps else query(file)


def _with(parts: dict[str, str]) -> str:
    indented = {name: sql.replace("\n", "\n    ") for name, sql in parts.items()}
    return "with " + ",\n".join(f"{n} as (\n    {s}\n)" for n, s in indented.items()) + "\n"


def with_side(metric: Metric, side: str, own: str, more: dict[str, str]) -> str:
    """The opening of a query over one side's described rows and further steps of its own."""
    return _with(side_of(metric, side, own) | more)
