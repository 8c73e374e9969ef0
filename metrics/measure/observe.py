"""From a metric's valued cells to observations: whole periods, places, returns and tiers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from metrics.measure.calendar import last_term_end
from metrics.measure.coverage import Coverage, is_whole
from metrics.measure.dimensions import AREA_KINDS
from metrics.measure.floor import apply_floor
from metrics.measure.returns import only_returned
from models.borough import Borough
from models.metric import Kind, Metric
from models.observation import OBSERVATION_COLUMNS, Status, Tier
from models.time import academic_year, financial_year, span

if TYPE_CHECKING:
    from metrics.measure.session import Session

PARTNER_KINDS = ("school", "provider", "partnership")
NUMBERS = ["numerator", "denominator", "value", "lower", "upper"]
KEYS = ["period_start", "period_end", "breakdown", "category"]


def whole_cells(
    session: Session, metric: Metric, cells: pd.DataFrame, known_to: date | None
) -> pd.DataFrame:
    """A metric's cells of whole periods, those that rest on too few returns marked, with `why`.

    Part periods are left out: one that is not over, or not wholly known, would look like a fall.
    """
    cells = cells.assign(
        period_start=pd.to_datetime(cells["period_start"]),
        period_end=pd.to_datetime(cells["period_end"]),
    )
    known = _known(session, metric, known_to)
    cells = _whole_periods(session, metric, cells, known)
    if _nought_where_nothing(metric):
        cells = _fill_zeros(session, metric, cells, known)
    if "school" in metric.breakdowns:
        cells = only_returned(session, metric, cells)
    return apply_floor(session, metric, cells)


def _nought_where_nothing(metric: Metric) -> bool:
    """No events are nought; a sum read off on one day that nobody sent is not."""
    return metric.kind is Kind.COUNT or (metric.kind is Kind.MONEY and not metric.stock)


def _known(session: Session, metric: Metric, to: date | None) -> Coverage | None:
    if to is not None:
        return Coverage(date(2000, 1, 1), to)
    return session.coverage(metric.sources[0])


def _whole_periods(
    session: Session, metric: Metric, cells: pd.DataFrame, known: Coverage | None
) -> pd.DataFrame:
    """The rows, of cells or of periods, that lie in a whole period."""
    if known is None:
        return cells
    fact, kind = metric.sources[0], metric.period
    periods = cells[["period_start", "period_end"]].drop_duplicates()
    whole = [
        start
        for start, end in periods.itertuples(index=False)
        if is_whole(session.profile, fact, kind, start.date(), end.date(), known)
    ]
    return cells if len(whole) == len(periods) else cells[cells["period_start"].isin(whole)]


def _fill_zeros(
    session: Session, metric: Metric, cells: pd.DataFrame, known: Coverage | None
) -> pd.DataFrame:
    """A whole period in which nothing was counted is a true zero, for each group ever seen."""
    if cells.empty:
        return cells
    periods = _periods_between(session.con, metric, cells)
    periods = _whole_periods(session, metric, periods, known)
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


def shape(profile: Borough, cells: pd.DataFrame) -> pd.DataFrame:
    """Cells of any number of metrics as observations, with `people` and `base` beside them.

    `cells` has metric_id, period_kind and loads besides what `whole_cells` gives.
    """
    kind = cells["breakdown"].map(AREA_KINDS)
    own = ~_foreign(profile, cells)
    cells, kind = cells[own], kind[own]
    place = kind.notna()
    shaped = cells.assign(
        area_kind=kind.where(place, "borough"),
        area_id=cells["category"].where(place, profile.ons_code),
        breakdown=cells["breakdown"].mask(place, "all"),
        category=cells["category"].mask(place, "all"),
        loads=cells["why"].where(cells["why"].ne(""), cells["loads"]),
    )
    partner = shaped["area_kind"].isin(PARTNER_KINDS)
    shaped["tier"] = np.where(partner, Tier.PARTNER.value, Tier.OPEN.value)
    shaped["status"] = shaped["status"].map(str)
    absent = shaped["status"].isin([Status.NOT_AVAILABLE.value, Status.NOT_APPLICABLE.value])
    shaped.loc[absent, NUMBERS] = np.nan
    shaped["interval_method"] = shaped["interval_method"].astype(object)
    order = ["metric_id", "area_kind", "area_id", "breakdown", "category", "period_start"]
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
        "why": why,
    }
    return pd.DataFrame([row])


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
