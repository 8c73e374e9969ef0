"""A metric's whole query, put together from named steps that can be printed and run by hand.

    thing      what the metric file counts, one row each, with every key it may have
    described  the things with their period and the dimensions its breakdowns need
    cell       the things added up: one row per period, breakdown and category

Plain SQL that DuckDB and Spark both read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import sqlglot

from metrics.computed import find_method
from metrics.measure.dimensions import (
    AREA_KINDS,
    CONFORMED,
    NOT_KNOWN,
    OTHERWISE,
    STEPS,
    found,
    join,
)
from metrics.measure.steps import Step, needed, tables_of
from metrics.parse import MetricFile
from models.metric import Kind, Metric

KEY_TYPES = {
    "person_id": "varchar",
    "urn": "integer",
    "provision_id": "varchar",
    "provider_id": "varchar",
    "lsoa": "varchar",
    "age": "integer",
    "amount": "double",
    "value": "double",
}
"""Columns every thing has, NULL where the metric does not yield them."""

LINE = ",\n    "
CELL = "period_start, period_end, breakdown, category"
NUMBERS = ("n", "d", "people", "base", "units", "nn", "nd", "dd")
"""Numerator, denominator, people behind each, and what their variance needs: units and squares."""


@cache
def columns_of(sql: str) -> tuple[str, ...]:
    """The columns a query yields, without running it."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    return tuple(tree.named_selects)  # type: ignore[attr-defined]


def steps_of(file: MetricFile) -> list[Step]:
    """The shared steps a metric needs, each after those it builds on."""
    return needed(used_by(file))


def used_by(file: MetricFile) -> set[str]:
    """Names of the tables and steps a metric reads itself."""
    used: set[str] = set()
    for sql in filter(None, (file.numerator_sql, file.denominator_sql)):
        used |= tables_of(sql)
        used |= {STEPS[alias] for alias in _joins(file.metric, columns_of(sql))}
    return used


def query(file: MetricFile) -> str:
    """The query of a metric over its steps: cells with NUMBERS or, for a quantile, with values."""
    if file.metric.kind is Kind.COMPUTED:
        return described(file, "numerator")
    if file.metric.kind is Kind.RATIO and (keys := _shared_keys(file)) is not None:
        cells, final = _person_cells(file.metric)
        return _with(_both_sides(file, keys) | cells) + final
    parts = _side(file.metric, "numerator", file.numerator_sql)
    if file.denominator_sql:
        parts |= _side(file.metric, "denominator", file.denominator_sql)
    cells, final = _CELLS[file.metric.kind](file.metric)
    return _with(parts | cells) + final


def described(file: MetricFile, side: str) -> str:
    """The rows of one side with period and dimensions, as a computed metric's method gets them."""
    sql = file.numerator_sql if side == "numerator" else file.denominator_sql
    metric = file.metric
    words = _described_breakdowns(metric)
    kept = ["period_start", "period_end", "person_id", "amount", "value"]
    kept += [column.removeprefix("t.") for column in _for_method(metric, side)]
    kept += [f"{_category(name)} as {name}" for name in words]
    return _with(_side(metric, side, sql)) + f"select {LINE.join(kept)}\nfrom {side}_described"


def explain(file: MetricFile) -> str:
    """The metric's full SQL: every shared step and its own, as named common table expressions.

    Only `calendar_day` (one row per day with the periods it lies in) is not spelt out.
    """
    steps = {step.name: f"-- {step.sentence}\n{step.sql}" for step in steps_of(file)}
    return _with(steps) + query(file).replace("with ", ", ", 1) if steps else query(file)


def _with(parts: dict[str, str]) -> str:
    indented = {name: sql.replace("\n", "\n    ") for name, sql in parts.items()}
    return "with " + ",\n".join(f"{n} as (\n    {s}\n)" for n, s in indented.items()) + "\n"


def _side(metric: Metric, side: str, sql: str) -> dict[str, str]:
    own = columns_of(sql)
    return {
        side: sql,
        f"{side}_thing": _thing(metric, side, own),
        f"{side}_described": _described(metric, side, own),
    }


def _thing(metric: Metric, side: str, own: Sequence[str]) -> str:
    keys = [
        name if name in own else f"cast(null as {kind}) as {name}"
        for name, kind in KEY_TYPES.items()
    ]
    wanted = [*metric.breakdowns, *_needs(metric, side)]
    extra = [name for name in wanted if name in own and name not in KEY_TYPES]
    return f"select on_date, {', '.join([*keys, *extra])} from {side}"


def _joins(metric: Metric, own: Sequence[str]) -> list[str]:
    """Aliases of the tables that the breakdowns of a metric need, in order of joining."""
    names = [n for n in _described_breakdowns(metric) if n in CONFORMED and n not in own]
    wanted: set[str] = set().union(*(found(name, own)[0] for name in names))
    return [alias for alias in STEPS if alias in wanted]


def _described(metric: Metric, side: str, own: Sequence[str]) -> str:
    dimensions = [f"{_dimension(name, own)} as {name}" for name in _described_breakdowns(metric)]
    start, end = ("t.on_date", "t.on_date")
    if metric.period != "census":
        start, end = f"d.{metric.period}_start", f"d.{metric.period}_end"
    columns = [
        f"{start} as period_start",
        f"{end} as period_end",
        "t.person_id",
        "t.amount",
        "t.value",
        *_for_method(metric, side),
        *dimensions,
    ]
    joins = [join(alias, own) for alias in _joins(metric, own)]
    return "\n".join(
        [
            f"select {LINE.join(columns)}",
            f"from {side}_thing t",
            "join calendar_day d on d.day = t.on_date",
            *joins,
            f"where {start} is not null",
        ]
    )


def _needs(metric: Metric, side: str) -> tuple[str, ...]:
    return find_method(metric.method).columns(side) if metric.method else ()


def _described_breakdowns(metric: Metric) -> list[str]:
    """Breakdowns that rows are described by; a method makes its own itself."""
    made = find_method(metric.method).makes if metric.method else ()
    return [name for name in metric.breakdowns if name not in made]


def _for_method(metric: Metric, side: str) -> list[str]:
    """Further columns a method's rows bring; its own breakdowns come by another name."""
    if not metric.method:
        return ["t.provider_id"]
    keys = [f"t.{key}" for key in KEY_TYPES if key not in ("person_id", "amount", "value")]
    return ["t.on_date", *keys, *(f"t.{name}" for name in _needs(metric, side))]


def _dimension(name: str, own: Sequence[str]) -> str:
    if name not in own:  # a share of the whole is told apart by its numerator only
        return found(name, own)[1] if name in CONFORMED else "cast(null as varchar)"
    if name in AREA_KINDS:
        return f"t.{name}"
    return f"coalesce(cast(t.{name} as varchar), '{NOT_KNOWN}')"


def _category(name: str) -> str:
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
            (f"'{name}' as breakdown, {_category(name)} as category", f", {name}", _known(name))
            for name in metric.breakdowns
        ),
    ]


def _each_breakdown(metric: Metric, source: str, numbers: str, by: str = "") -> str:
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


def with_side(metric: Metric, side: str, own: str, more: dict[str, str]) -> str:
    """The opening of a query over one side's described rows and further steps of its own."""
    return _with(_side(metric, side, own) | more)


Cells = tuple[dict[str, str], str]
_PEOPLE = "count(distinct person_id)"


def _alone(numbers: str) -> Callable[[Metric], Cells]:
    """Cells of a numerator that nothing divides."""

    def cells(metric: Metric) -> Cells:
        return {
            "cell": _each_breakdown(metric, "numerator_described", numbers)
        }, "select * from cell"

    return cells


def _proportion(metric: Metric) -> Cells:
    """Where each thing is a person, counting things counts people, and far faster."""
    people = "count(*)" if metric.statistic_of == "people" else _PEOPLE
    base = _each_breakdown(metric, "denominator_described", f"count(*) as d, {people} as base")
    return {
        "numerator_cell": _each_breakdown(
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
        "numerator_person": _each_breakdown(
            metric, "numerator_described", "count(*) as events", by=", person_id"
        ),
        "numerator_cell": f"select {CELL}, sum(events) as n, count(person_id) as people,"
        " sum(case when person_id is null then events else events * events end) as nn"
        f" from numerator_person group by {CELL}",
        "denominator_cell": _each_breakdown(
            metric, "denominator_described", "count(*) as d, count(*) as base"
        ),
    }, _JOINED


def _ratio(metric: Metric) -> Cells:
    """Both sums are kept by person, for the variance of a ratio of sums over people.

    Rows are added up first by period, person and category of every breakdown: there are far fewer
    of those than of events or terms.
    """
    names = _described_breakdowns(metric)
    words = "".join(f", {_category(name)} as {name}" for name in names)
    by = ", ".join(["period_start", "period_end", "person_id", *names])
    sides = {
        f"{side}_sum": f"select period_start, period_end, person_id{words}, sum(amount) as {n}"
        f" from {side}_described group by {by}"
        for side, n in (("numerator", "n"), ("denominator", "d"))
    }
    cells, final = _person_cells(metric)
    both = (
        f"select {by}, n, 0.0 as d from numerator_sum\nunion all "
        f"select {by}, 0.0 as n, d from denominator_sum"
    )
    return {**sides, "both_sides": both, **cells}, final


def _person_cells(metric: Metric) -> Cells:
    """Cells of a ratio from `both_sides`: n and d by person first."""
    return {
        "person_cell": _each_breakdown(
            metric, "both_sides", "sum(n) as n, sum(d) as d", by=", person_id"
        ),
        "cell": f"select {CELL}, sum(n) as n, sum(d) as d,"
        " count(case when n > 0 then person_id end) as people,"
        " count(case when n > 0 or d > 0 then person_id end) as base,"
        " count(case when d > 0 then person_id end) as units,"
        " sum(n * n) as nn, sum(n * d) as nd, sum(d * d) as dd"
        f" from person_cell group by {CELL}",
    }, "select * from cell"


def _shared_keys(file: MetricFile) -> list[str] | None:
    """The keys of a ratio's rows where both sides have the same, else None.

    Such rows can be added up before they are described, unless the day itself is asked for.
    """
    above, below = (
        sorted(set(columns_of(sql)) - {"on_date", "amount"})
        for sql in (file.numerator_sql, file.denominator_sql)
    )
    unlike = above != below or {"age", "value"} & set(above)
    return None if unlike or "age_band" in file.metric.breakdowns else above


def _both_sides(file: MetricFile, keys: list[str]) -> dict[str, str]:
    """Both sums of a ratio by period, person and key, and only then in words.

    There are far fewer such rows than there are events or terms.
    """
    metric, own = file.metric, columns_of(file.numerator_sql)
    start, end = ("t.on_date", "t.on_date")
    if metric.period != "census":
        start, end = f"d.{metric.period}_start", f"d.{metric.period}_end"
    listed = "".join(f", {key}" for key in keys)
    own_keys = "".join(f", t.{key}" for key in keys)
    person = "t.person_id" if "person_id" in keys else "cast(null as varchar) as person_id"
    words = [f"{_dimension(name, own)} as {name}" for name in metric.breakdowns]
    columns = ["t.period_start", "t.period_end", person, "t.n", "t.d", *words]
    joins = [join(alias, own, day="t") for alias in _joins(metric, own)]
    return {
        "numerator": file.numerator_sql,
        "denominator": file.denominator_sql,
        "both_thing": f"select on_date{listed}, amount as n, 0.0 as d from numerator\nunion all "
        f"select on_date{listed}, 0.0 as n, amount as d from denominator",
        "summed": f"select d.academic_year, {start} as period_start, {end} as period_end{own_keys},"
        " sum(t.n) as n, sum(t.d) as d\nfrom both_thing t\n"
        "join calendar_day d on d.day = t.on_date\n"
        f"where {start} is not null\ngroup by d.academic_year, {start}, {end}{own_keys}",
        "both_sides": "\n".join([f"select {LINE.join(columns)}", "from summed t", *joins]),
    }


def _quantile(metric: Metric) -> Cells:
    """Every value of a cell in one row, in no order."""
    known = {"numerator_known": "select * from numerator_described where value is not null"}
    listed = f"array_agg(value) as listed, {_PEOPLE} as people"
    return known | {"cell": _each_breakdown(metric, "numerator_known", listed)}, "select * from cell"


_JOINED = """select coalesce(n.period_start, d.period_start) as period_start,
    coalesce(n.period_end, d.period_end) as period_end,
    coalesce(n.breakdown, d.breakdown) as breakdown, coalesce(n.category, d.category) as category,
    n.n, d.d, n.people, d.base, n.nn
from numerator_cell n
full outer join denominator_cell d on d.period_start = n.period_start
    and d.breakdown = n.breakdown and d.category = n.category"""

_CELLS: dict[str, Callable[[Metric], Cells]] = {
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
