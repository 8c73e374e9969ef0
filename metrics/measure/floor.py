"""Coverage: a figure is shown only where enough of those who owed a return have sent it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from metrics.measure.returns import CENSUS_FACTS, census_days
from models.borough import Borough
from models.metric import Kind, Metric
from models.observation import Status
from models.suppliers import owner_of

FLOORS = {Kind.COUNT: 0.8, Kind.MONEY: 0.8}
"""Share of the settings that owed a return without which a sum is not shown: it would look like a
fall."""

USUAL_FLOOR = 0.6
"""The same for what is divided: what is missing is missing on both sides."""

BODIES = ("school", "provider", "provision")

OWED = """
select m.period_start, count(*) as owed, count(*) - count(r.urn) as missing
from measured_period m
join measured_census c on (c.term_start <= m.period_end and c.term_end >= m.period_start)
    or (c.census_date between m.period_start and m.period_end
        and extract(month from c.census_date) = 1)
join school s on s.expects_census
    and coalesce(s.open_date, c.census_date) <= c.census_date
    and coalesce(s.close_date, c.census_date) >= c.census_date
left join live_census_return r on r.census_date = c.census_date and r.urn = s.urn
group by m.period_start
"""


def floor_of(metric: Metric) -> float:
    """The least share of returns with which a metric is shown, 0 to 1."""
    return FLOORS.get(metric.kind, USUAL_FLOOR) if metric.floor is None else metric.floor


def apply_floor(con: Any, profile: Borough, metric: Metric, cells: pd.DataFrame) -> pd.DataFrame:
    """Cells, those of a period with too few returns marked not available and `why` said.

    Only what rests on the school census is held to it: there alone the borough knows who owed a
    return. A school's own figure stays, where it returned.
    """
    cells = cells.assign(why="")
    if not set(metric.sources) & set(CENSUS_FACTS) or cells.empty:
        return cells
    owed = _owed(con, profile, metric, cells)
    short = owed[owed["missing"] > (1 - floor_of(metric)) * owed["owed"]]
    if short.empty:
        return cells
    who = owner_of(metric.sources[0])
    words = {
        start: f"only {owed - missing} of {owed} census returns came; ask for the others from {who}"
        for start, owed, missing in short[["period_start", "owed", "missing"]].to_numpy().tolist()
    }
    why = cells["period_start"].map(words).where(~cells["breakdown"].isin(BODIES))
    return cells.assign(
        why=why.fillna(""), status=cells["status"].mask(why.notna(), Status.NOT_AVAILABLE)
    )


def _owed(con: Any, profile: Borough, metric: Metric, cells: pd.DataFrame) -> pd.DataFrame:
    con.register("measured_census", census_days(con, profile, metric))
    con.register("measured_period", cells[["period_start", "period_end"]].drop_duplicates())
    owed: pd.DataFrame = con.execute(OWED).df()
    con.unregister("measured_census")
    con.unregister("measured_period")
    return owed.astype({"period_start": cells["period_start"].dtype})
