"""The rows of a metric's two sides, in SQL: each thing with its period and what describes it.

Plain SQL that DuckDB and Spark both read.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import sqlglot

from metrics.computed import find_method
from metrics.measure.dimensions import AREA_KINDS, CONFORMED, NOT_KNOWN, STEPS, found, join
from metrics.parse import MetricFile
from models.metric import Metric

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


@cache
def columns_of(sql: str) -> tuple[str, ...]:
    """The columns a query yields, without running it."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    return tuple(tree.named_selects)  # type: ignore[attr-defined]


def side_of(metric: Metric, side: str, sql: str) -> dict[str, str]:
    """The steps of one side, by name: its rows, with every key, and described."""
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


def joins(metric: Metric, own: Sequence[str]) -> list[str]:
    """Aliases of the tables that the breakdowns of a metric need, in order of joining."""
    names = [n for n in described_breakdowns(metric) if n in CONFORMED and n not in own]
    wanted: set[str] = set().union(*(found(name, own)[0] for name in names))
    return [alias for alias in STEPS if alias in wanted]


def _described(metric: Metric, side: str, own: Sequence[str]) -> str:
    dimensions = [f"{_dimension(name, own)} as {name}" for name in described_breakdowns(metric)]
    start, end = ("t.on_date", "t.on_date")
    if metric.period != "census":
        start, end = f"d.{metric.period}_start", f"d.{metric.period}_end"
    columns = [
        f"{start} as period_start",
        f"{end} as period_end",
        "t.person_id",
        "t.amount",
        "t.value",
        *for_method(metric, side),
        *dimensions,
    ]
    joined = [join(alias, own) for alias in joins(metric, own)]
    return "\n".join(
        [
            f"select {LINE.join(columns)}",
            f"from {side}_thing t",
            "join calendar_day d on d.day = t.on_date",
            *joined,
            f"where {start} is not null",
        ]
    )


def _needs(metric: Metric, side: str) -> tuple[str, ...]:
    return find_method(metric.method).columns(side) if metric.method else ()


def described_breakdowns(metric: Metric) -> list[str]:
    """Breakdowns that rows are described by; a method makes its own itself."""
    made = find_method(metric.method).makes if metric.method else ()
    return [name for name in metric.breakdowns if name not in made]


def for_method(metric: Metric, side: str) -> list[str]:
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


def shared_keys(file: MetricFile) -> list[str] | None:
    """The keys of a ratio's rows where both sides have the same, else None.

    Such rows can be added up before they are described, unless the day itself is asked for.
    """
    above, below = (
        sorted(set(columns_of(sql)) - {"on_date", "amount"})
        for sql in (file.numerator_sql, file.denominator_sql)
    )
    unlike = above != below or {"age", "value"} & set(above)
    return None if unlike or "age_band" in file.metric.breakdowns else above


def both_sides(file: MetricFile, keys: list[str]) -> dict[str, str]:
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
    joined = [join(alias, own, day="t") for alias in joins(metric, own)]
    return {
        "numerator": file.numerator_sql,
        "denominator": file.denominator_sql,
        "both_thing": f"select on_date{listed}, amount as n, 0.0 as d from numerator\nunion all "
        f"select on_date{listed}, 0.0 as n, amount as d from denominator",
        "summed": f"select d.academic_year, {start} as period_start, {end} as period_end{own_keys},"
        " sum(t.n) as n, sum(t.d) as d\nfrom both_thing t\n"
        "join calendar_day d on d.day = t.on_date\n"
        f"where {start} is not null\ngroup by d.academic_year, {start}, {end}{own_keys}",
        "both_sides": "\n".join([f"select {LINE.join(columns)}", "from summed t", *joined]),
    }
