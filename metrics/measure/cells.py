"""The cells of a metric, in SQL: described rows added up by period, breakdown and category."""

from __future__ import annotations

from collections.abc import Callable

from metrics.computed import find_method
from metrics.measure.dimensions import AREA_KINDS, CONFORMED, NOT_KNOWN, OTHERWISE
from metrics.measure.rows import described_breakdowns
from models.metric import Kind, Metric

CELL = "period_start, period_end, breakdown, category"
NUMBERS = ("n", "d", "people", "base", "units", "nn", "nd", "dd")
"""Numerator, denominator, people behind each, and what their variance needs: units and squares."""


def category(name: str) -> str:
    """The words of a breakdown's column; a place not known has none."""
    words = f"cast({name} as varchar)"
    if name in AREA_KINDS or name not in CONFORMED:
        return words
    return f"coalesce({words}, '{OTHERWISE.get(name, NOT_KNOWN)}')"


def _known(name: str) -> str:
    """A place not known is left out; anything else not known is a category."""
    return f"{name} is not null" if name in AREA_KINDS or name not in CONFORMED else "true"


def _cuts(metric: Metric) -> list[tuple[str, str, str]]:
    """For each breakdown its columns, grouping and filter; a place not known is left out."""
    everything = ("'all' as breakdown, 'all' as category", "", "true")
    return [
        everything,
        *(
            (f"'{name}' as breakdown, {category(name)} as category", f", {name}", _known(name))
            for name in metric.breakdowns
        ),
    ]


def each_breakdown(metric: Metric, source: str, numbers: str, by: str = "") -> str:
    """One row per cell of each breakdown in turn; `by` keeps another column apart."""
    return "\nunion all ".join(
        f"select period_start, period_end, {columns}{by}, {numbers} from {source} where {known}"
        f" group by period_start, period_end{group}{by}"
        for columns, group, known in _cuts(metric)
    )


def each_breakdown_of(metric: Metric, source: str, columns: str) -> str:
    """Rows of a described side once for the whole and once for each breakdown it is described by.

    A method's own breakdowns have the whole's rows.
    """
    made = find_method(metric.method).makes if metric.method else ()
    return "\nunion all ".join(
        f"select period_start, period_end, {words}, {columns} from {source} where {known}"
        for words, group, known in _cuts(metric)
        if group.removeprefix(", ") not in made
    )


Cells = tuple[dict[str, str], str]
_PEOPLE = "count(distinct person_id)"


def _alone(numbers: str) -> Callable[[Metric], Cells]:
    """Cells of a numerator that nothing divides."""

    def cells(metric: Metric) -> Cells:
        return {
            "cell": each_breakdown(metric, "numerator_described", numbers)
        }, "select * from cell"

    return cells


def _proportion(metric: Metric) -> Cells:
    """Where each thing is a person, counting things counts people, and far faster."""
    people = "count(*)" if metric.statistic_of == "people" else _PEOPLE
    base = each_breakdown(metric, "denominator_described", f"count(*) as d, {people} as base")
    return {
        "numerator_cell": each_breakdown(
            metric, "numerator_described", f"count(*) as n, {people} as people, null as nn"
        ),
        **({"denominator_part": base} if metric.shares else {}),
        "denominator_cell": _with_shares(metric) if metric.shares else base,
    }, _JOINED


def _with_shares(metric: Metric) -> str:
    """Bases by breakdown; every category that is a share of the whole has the whole's base."""
    names = ", ".join(f"'{name}'" for name in metric.shares)
    return (
        f"select * from denominator_part where breakdown not in ({names})\nunion all "
        "select w.period_start, w.period_end, c.breakdown, c.category, w.d, w.base"
        " from denominator_part w\njoin (select distinct breakdown, category from numerator_cell"
        f" where breakdown in ({names})) c on w.breakdown = 'all'"
    )


def _rate(metric: Metric) -> Cells:
    """Events are added up by person first: repeat events widen the interval.

    Events of nobody in particular stand each for itself. The denominator of a rate is people.
    """
    return {
        "numerator_person": each_breakdown(
            metric, "numerator_described", "count(*) as events", by=", person_id"
        ),
        "numerator_cell": f"select {CELL}, sum(events) as n, count(person_id) as people,"
        " sum(case when person_id is null then events else events * events end) as nn"
        f" from numerator_person group by {CELL}",
        "denominator_cell": each_breakdown(
            metric, "denominator_described", "count(*) as d, count(*) as base"
        ),
    }, _JOINED


def _ratio(metric: Metric) -> Cells:
    """Both sums are kept by person, for the variance of a ratio of sums over people.

    Rows are added up first by period, person and category of every breakdown: there are far fewer
    of those than of events or terms.
    """
    names = described_breakdowns(metric)
    words = "".join(f", {category(name)} as {name}" for name in names)
    by = ", ".join(["period_start", "period_end", "person_id", *names])
    sides = {
        f"{side}_sum": f"select period_start, period_end, person_id{words}, sum(amount) as {n}"
        f" from {side}_described group by {by}"
        for side, n in (("numerator", "n"), ("denominator", "d"))
    }
    cells, final = person_cells(metric)
    both = (
        f"select {by}, n, 0.0 as d from numerator_sum\nunion all "
        f"select {by}, 0.0 as n, d from denominator_sum"
    )
    return {**sides, "both_sides": both, **cells}, final


def person_cells(metric: Metric) -> Cells:
    """Cells of a ratio from `both_sides`: n and d by person first."""
    return {
        "person_cell": each_breakdown(
            metric, "both_sides", "sum(n) as n, sum(d) as d", by=", person_id"
        ),
        "cell": f"select {CELL}, sum(n) as n, sum(d) as d,"
        " count(case when n > 0 then person_id end) as people,"
        " count(case when n > 0 or d > 0 then person_id end) as base,"
        " count(case when d > 0 then person_id end) as units,"
        " sum(n * n) as nn, sum(n * d) as nd, sum(d * d) as dd"
        f" from person_cell group by {CELL}",
    }, "select * from cell"


def _quantile(metric: Metric) -> Cells:
    """Every value of a cell in one row, in no order."""
    known = {"numerator_known": "select * from numerator_described where value is not null"}
    listed = f"array_agg(value) as listed, {_PEOPLE} as people"
    return known | {"cell": each_breakdown(metric, "numerator_known", listed)}, "select * from cell"


_JOINED = """select coalesce(n.period_start, d.period_start) as period_start,
    coalesce(n.period_end, d.period_end) as period_end,
    coalesce(n.breakdown, d.breakdown) as breakdown, coalesce(n.category, d.category) as category,
    n.n, d.d, n.people, d.base, n.nn
from numerator_cell n
full outer join denominator_cell d on d.period_start = n.period_start
    and d.breakdown = n.breakdown and d.category = n.category"""

CELLS: dict[str, Callable[[Metric], Cells]] = {
    Kind.COUNT: _alone(f"count(*) as n, {_PEOPLE} as people"),
    Kind.MONEY: _alone(f"sum(amount) as n, count(*) as d, {_PEOPLE} as people"),
    Kind.MEAN: _alone(
        f"sum(value) as n, count(value) as d, {_PEOPLE} as people, {_PEOPLE} as base,"
        " sum(value * value) as nn"
    ),
    Kind.PROPORTION: _proportion,
    Kind.RATE: _rate,
    Kind.RATIO: _ratio,
    Kind.QUANTILE: _quantile,
}
