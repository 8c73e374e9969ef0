"""The largest contributions to every sum of pounds: by child, and by provider that sets a price.

A sum that is mostly one child's, or one provider's, tells its price. Disclosure control judges that
from the two largest contributions; what each child or provider had is not kept.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from metrics.measure import sql
from metrics.measure.cells import each_breakdown_of
from metrics.measure.dimensions import AREA_KINDS
from metrics.measure.rows import columns_of
from metrics.parse import MetricFile
from models.borough import Borough
from models.metric import Kind, Metric

LARGEST_DDL = """create table {name} (
    metric_id varchar not null, period_start date not null, period_end date not null,
    area_kind varchar not null, area_id varchar not null, breakdown varchar not null,
    category varchar not null, side varchar not null, less varchar not null, who varchar not null,
    contributors bigint not null, total double not null, first double not null,
    second double not null)"""
"""Of each sum (`side`: numerator or denominator), by `who` (child or provider): how many stand
behind it and the two largest, in pounds. With `less` it is of what is left of the sum when the part
that the metric named there counts is taken away. It is never published."""

LARGEST_COLUMNS = (
    "metric_id", "period_start", "period_end", "area_kind", "area_id", "breakdown", "category",
    "side", "less", "who", "contributors", "total", "first", "second",
)  # fmt: skip

OPENLY_FUNDED = ("local_authority", "academy_trust")
"""Providers paid by a published formula: what their places cost is no secret of theirs."""

CONTRIBUTION_DDL = """create table {name} (
    metric_id varchar, side varchar, period_start date, period_end date, breakdown varchar,
    category varchar, who varchar, id varchar, pounds double)"""
"""What each child or provider had of a sum: kept in memory while a run lasts."""

_SPOT = "period_start, period_end, breakdown, category, side"
_LARGEST = f"""
    with ranked as (
        select *, row_number() over (
            partition by metric_id, less, who, {_SPOT} order by pounds desc, id) as place
        from ({{rows}}) where pounds > 0
    )
    select metric_id, less, who, {_SPOT}, count(*) as contributors, sum(pounds) as total,
        max(pounds) as first, coalesce(max(case when place = 2 then pounds end), 0) as second
    from ranked group by metric_id, less, who, {_SPOT}"""
_LESS = """
    select w.metric_id, p.part as less, w.who, w.id, {spot},
        w.pounds - coalesce(c.pounds, 0) as pounds
    from contribution w join part_of p on p.whole = w.metric_id
    left join contribution c on c.metric_id = p.part and c.who = w.who and c.id = w.id
        and c.side = w.side and c.period_start = w.period_start and c.period_end = w.period_end
        and c.breakdown = w.breakdown and c.category = w.category
    where exists (select 1 from contribution x where x.metric_id = p.part
        and x.breakdown = w.breakdown)"""


def keep_contributions(con: Any, file: MetricFile) -> None:
    """Set a metric's contributions aside, where its sums are pounds; `prepare` comes first."""
    if not file.metric.in_pounds:
        return
    sides = {"numerator": file.numerator_sql}
    if file.metric.pounds:  # a share or an index of pounds is over pounds, too
        sides["denominator"] = file.denominator_sql
    for side, own in sides.items():
        if own and "person_id" in columns_of(own):
            con.execute(_contributions(file.metric, side, own))


def _contributions(metric: Metric, side: str, own: str) -> str:
    amount = "value" if metric.kind in (Kind.MEAN, Kind.QUANTILE) else "amount"
    cut = each_breakdown_of(
        metric, f"{side}_described", f"person_id, provider_id, {amount} as pounds"
    )
    closed = ", ".join(f"'{kind}'" for kind in OPENLY_FUNDED)
    spot = "period_start, period_end, breakdown, category"
    return (
        "insert into contribution\n"
        + sql.with_side(metric, side, own, {"cut": cut})
        + f"select '{metric.id}', '{side}', {spot}, 'child', cast(person_id as varchar),"
        f" sum(pounds) from cut where person_id is not null group by {spot}, person_id\n"
        f"union all select '{metric.id}', '{side}', {spot}, 'provider', provider_id, sum(pounds)"
        " from cut where provider_id not in (select provider_id from provider where provider_type"
        f" in ({closed})) group by {spot}, provider_id"
    )


def largest(con: Any, profile: Borough, metrics: list[Metric]) -> pd.DataFrame:
    """LARGEST_COLUMNS of all that was set aside, which is then gone; empty where nothing was."""
    pairs = [(m.id, whole) for m in metrics if m.in_pounds for whole in m.part_of]
    con.register("part_of", pd.DataFrame(pairs, columns=["part", "whole"], dtype=str))
    spot = ", ".join(f"w.{name.strip()}" for name in _SPOT.split(","))
    rows = (
        f"select metric_id, '' as less, who, id, {_SPOT}, pounds from contribution\n"
        f"union all {_LESS.format(spot=spot)}"
    )
    found: pd.DataFrame = con.execute(_LARGEST.format(rows=rows)).df()
    con.unregister("part_of")
    con.execute("drop table contribution")
    kind = found["breakdown"].map(AREA_KINDS)
    place = kind.notna()
    return found.assign(
        area_kind=kind.where(place, "borough"),
        area_id=found["category"].where(place, profile.ons_code),
        breakdown=found["breakdown"].mask(place, "all"),
        category=found["category"].mask(place, "all"),
    )[list(LARGEST_COLUMNS)]
