"""From a metric's valued cells to observations: whole periods, places, returns and tiers."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from metrics.measure.calendar import last_term_end
from metrics.measure.coverage import Coverage, coverage, is_whole
from metrics.measure.dimensions import AREA_KINDS
from metrics.measure.floor import apply_floor
from metrics.measure.returns import only_returned
from models.borough import Borough
from models.metric import Kind, Metric
from models.observation import OBSERVATION_COLUMNS, Status, Tier
from models.time import academic_year, financial_year, span

PARTNER_KINDS = ("school", "provider", "partnership")
NUMBERS = ["numerator", "denominator", "value", "lower", "upper"]
KEYS = ["period_start", "period_end", "breakdown", "category"]


def observe(
    con: Any,
    profile: Borough,
    metric: Metric,
    cells: pd.DataFrame,
    loads: str,
    known_to: date | None,
) -> pd.DataFrame:
    """Observations of a metric, with `people` and `base` beside OBSERVATION_COLUMNS.

    Part periods are left out: one that is not over, or not wholly known, would look like a fall.
    """
    cells = cells.assign(
        period_start=pd.to_datetime(cells["period_start"]),
        period_end=pd.to_datetime(cells["period_end"]),
    )
    cells = _whole_periods(con, profile, metric, cells, known_to)
    if _nought_where_nothing(metric):
        cells = _fill_zeros(con, profile, metric, cells, known_to)
    if "school" in metric.breakdowns:
        cells = only_returned(con, profile, metric, cells)
    if cells.empty:
        why = "no whole period is known yet"
        return not_available(metric, profile, known_to or date.today(), why)
    cells = apply_floor(con, profile, metric, cells)
    return _shaped(profile, metric, cells, loads)


def _nought_where_nothing(metric: Metric) -> bool:
    """No events are nought; a sum read off on one day that nobody sent is not."""
    return metric.kind is Kind.COUNT or (metric.kind is Kind.MONEY and not metric.stock)


def _known(con: Any, profile: Borough, metric: Metric, to: date | None) -> Coverage | None:
    if to is not None:
        return Coverage(date(2000, 1, 1), to)
    return coverage(con, profile, metric.sources[0])


def _whole_periods(
    con: Any, profile: Borough, metric: Metric, cells: pd.DataFrame, to: date | None
) -> pd.DataFrame:
    known = _known(con, profile, metric, to)
    if known is None:
        return cells
    periods = cells[["period_start", "period_end"]].drop_duplicates()
    whole = [
        is_whole(profile, metric.sources[0], metric.period, start.date(), end.date(), known)
        for start, end in periods.itertuples(index=False)
    ]
    return cells.merge(periods[np.array(whole, dtype=bool)], on=["period_start", "period_end"])


def _fill_zeros(
    con: Any, profile: Borough, metric: Metric, cells: pd.DataFrame, to: date | None
) -> pd.DataFrame:
    """A whole period in which nothing was counted is a true zero, for each group ever seen."""
    if cells.empty:
        return cells
    periods = _periods_between(con, metric, cells)
    known = _known(con, profile, metric, to)
    if known is not None:
        first, kind = metric.sources[0], metric.period
        whole = [
            is_whole(profile, first, kind, start.date(), end.date(), known)
            for start, end in periods.itertuples(index=False)
        ]
        periods = periods[np.array(whole, dtype=bool)]
    groups = cells[["breakdown", "category"]].drop_duplicates()
    filled = periods.merge(groups, how="cross").merge(cells, on=KEYS, how="left")
    empty = filled["value"].isna()
    filled.loc[empty, ["value", "numerator", "people"]] = 0.0
    filled.loc[empty, "status"] = Status.OK
    return filled


def _periods_between(con: Any, metric: Metric, cells: pd.DataFrame) -> pd.DataFrame:
    first, last = cells["period_start"].min(), cells["period_start"].max()
    if metric.period == "census":
        return cells[["period_start", "period_end"]].drop_duplicates()
    periods: pd.DataFrame = con.execute(
        f"select distinct {metric.period}_start as period_start, {metric.period}_end as period_end"
        f" from calendar_day where {metric.period}_start between ? and ? order by 1",
        [first.date(), last.date()],
    ).df()
    return periods.astype({"period_start": cells["period_start"].dtype,
                           "period_end": cells["period_end"].dtype})  # fmt: skip


def _foreign(profile: Borough, cells: pd.DataFrame) -> pd.Series:
    """Rows of localities and wards outside the borough: in the whole, never on their own."""
    own = {
        "locality": {place.id for place in profile.localities},
        "ward": {ward.code for place in profile.localities for ward in place.wards},
    }
    foreign = pd.Series(False, index=cells.index)
    for breakdown, ids in own.items():
        foreign |= (cells["breakdown"] == breakdown) & ~cells["category"].isin(ids)
    return foreign


def _shaped(profile: Borough, metric: Metric, cells: pd.DataFrame, loads: str) -> pd.DataFrame:
    kind = cells["breakdown"].map(AREA_KINDS)
    cells = cells[~_foreign(profile, cells)]
    kind = kind[cells.index]
    place = kind.notna()
    shaped = cells.assign(
        metric_id=metric.id,
        period_kind=metric.period,
        area_kind=kind.where(place, "borough"),
        area_id=cells["category"].where(place, profile.ons_code),
        breakdown=cells["breakdown"].mask(place, "all"),
        category=cells["category"].mask(place, "all"),
        loads=cells["why"].where(cells["why"].ne(""), loads),
    )
    partner = shaped["area_kind"].isin(PARTNER_KINDS)
    shaped["tier"] = np.where(partner, Tier.PARTNER.value, Tier.OPEN.value)
    shaped["status"] = shaped["status"].map(str)
    absent = shaped["status"].isin([Status.NOT_AVAILABLE.value, Status.NOT_APPLICABLE.value])
    shaped.loc[absent, NUMBERS] = np.nan
    shaped["interval_method"] = shaped["interval_method"].astype(object)
    order = ["area_kind", "area_id", "breakdown", "category", "period_start"]
    columns = [*OBSERVATION_COLUMNS, "people", "base"]
    return shaped.sort_values(order, ignore_index=True)[columns]


def not_available(metric: Metric, profile: Borough, day: date, why: str) -> pd.DataFrame:
    """One row for the borough that says the metric cannot be measured, and why."""
    start, end = _last_period(metric, profile, day)
    blank = dict.fromkeys(
        ("numerator", "denominator", "value", "lower", "upper", "people", "base"), float("nan")
    )
    row = {
        "metric_id": metric.id,
        "period_start": pd.Timestamp(start),
        "period_end": pd.Timestamp(end),
        "period_kind": metric.period,
        "area_kind": "borough",
        "area_id": profile.ons_code,
        "breakdown": "all",
        "category": "all",
        **blank,
        "interval_method": None,
        "status": Status.NOT_AVAILABLE.value,
        "tier": Tier.OPEN.value,
        "loads": why,
    }
    return pd.DataFrame([row])[[*OBSERVATION_COLUMNS, "people", "base"]]


def _last_period(metric: Metric, profile: Borough, day: date) -> tuple[date, date]:
    """The last period of the metric's kind that was over on a day."""
    if metric.period == "census":
        return day, day
    if metric.period == "month":
        end = pd.Timestamp(day).to_period("M").start_time - pd.Timedelta(days=1)
        return end.replace(day=1).date(), end.date()
    if metric.period == "term":
        last = last_term_end(profile, day) or day
        return next((t.start, t.end) for t in profile.terms if t.end == last)
    starts = {"academic_year": academic_year, "financial_year": financial_year}
    return span(metric.period, starts.get(metric.period, lambda d: d.year)(day) - 1)
