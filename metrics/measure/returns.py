"""Who returned: a school that sent no census is *not available*, never zero."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from metrics.measure.calendar import last_term
from metrics.measure.coverage import SCHOOL_FACTS
from models.borough import Borough
from models.metric import Kind, Metric
from models.observation import Status

if TYPE_CHECKING:
    from metrics.measure.session import Session

CENSUS_FACTS = ("pupil_census", *SCHOOL_FACTS)
"""Facts that reach the borough with the school census."""


def rests_on_census(metric: Metric) -> bool:
    """Whether a metric counts anything that reaches the borough with the school census."""
    return bool(set(metric.sources) & set(CENSUS_FACTS))


def counts_events(metric: Metric) -> bool:
    """Whether a missing census takes away events of the term it reports, and not only a roll."""
    return metric.sources[0] in SCHOOL_FACTS and metric.kind in (Kind.COUNT, Kind.RATE)


def only_returned(session: Session, metric: Metric, cells: pd.DataFrame) -> pd.DataFrame:
    """The cells with each school that owed a census of the period and did not send it blanked.

    A missing January census takes away who was on roll. Where events are counted, so does any
    census that reports a term of the period: its events never arrived, and the year would look
    like a fall. Unchanged where the metric does not rest on the census, or where the warehouse
    knows of no return at all (then nobody can say who is missing).
    """
    if not rests_on_census(metric) or cells.empty:
        return cells
    missing = _missing(session, metric, cells)
    keys = ["period_start", "breakdown", "category"]
    known = cells.merge(missing[keys], how="left", on=keys, indicator="returned")
    kept = known[known["returned"] == "left_only"].drop(columns="returned")
    return pd.concat([kept, missing.reindex(columns=cells.columns)], ignore_index=True)


def _missing(session: Session, metric: Metric, cells: pd.DataFrame) -> pd.DataFrame:
    owed = session.returns(metric, events=counts_events(metric))
    missing = owed[~owed["returned"] & owed["period_start"].isin(cells["period_start"])]
    missing = missing.drop_duplicates(["period_start", "urn"])
    dates = {name: cells[name].dtype for name in ("period_start", "period_end")}
    return missing.astype(dates).assign(
        category=missing["urn"].astype(str),
        breakdown="school",
        status=Status.NOT_AVAILABLE,
        interval_method=None,
    )


def census_days(con: Any, profile: Borough, *, events: bool) -> pd.DataFrame:
    """Census days there are returns of, each with the term whose events it reports, if asked."""
    days = con.execute("select distinct census_date from live_census_return").fetchall()
    terms = [(day, *((events and last_term(profile, day)) or (None, None))) for (day,) in days]
    columns = ["census_date", "term_start", "term_end"]
    return pd.DataFrame(terms, columns=columns).astype("datetime64[us]")


RETURNS = """
select m.period_start, m.period_end, s.urn, r.urn is not null as returned
from (
    select distinct {start} as period_start, {end} as period_end from calendar_day
    where {start} is not null
) m
join measured_census c on (c.term_start <= m.period_end and c.term_end >= m.period_start)
    or (c.census_date between m.period_start and m.period_end
        and extract(month from c.census_date) = 1)
join school s on s.expects_census
    and coalesce(s.open_date, c.census_date) <= c.census_date
    and coalesce(s.close_date, c.census_date) >= c.census_date
left join (select distinct census_date, urn from live_census_return) r
    on r.census_date = c.census_date and r.urn = s.urn
"""
"""One row per period, census that tells of it and setting that owed it."""
