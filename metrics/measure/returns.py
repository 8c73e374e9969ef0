"""Who returned: a school that sent no census is *not available*, never zero."""

from __future__ import annotations

from typing import Any

import pandas as pd

from models.metric import Metric
from models.observation import Status

CENSUS_FACTS = ("pupil_census", "suspension", "attendance", "ap_placement")
"""Facts that reach the borough with the school census."""


def schools_without_return(con: Any, metric: Metric, cells: pd.DataFrame) -> pd.DataFrame:
    """Rows *not available* for each school that owed a January census of the period and sent none.

    Same columns as `cells`; empty where the metric does not rest on the census, or where the
    warehouse knows of no return at all (then nobody can say who is missing).
    """
    blank = cells.iloc[:0]
    if not set(metric.sources) & set(CENSUS_FACTS) or cells.empty:
        return blank
    con.register("measured_period", cells[["period_start", "period_end"]].drop_duplicates())
    missing = con.execute(MISSING).df()
    con.unregister("measured_period")
    shown = cells.loc[cells["breakdown"] == "school", ["period_start", "category"]]
    missing = missing.merge(shown, how="left", on=["period_start", "category"], indicator="seen")
    missing = missing[missing["seen"] == "left_only"].drop(columns="seen")
    missing = missing.assign(breakdown="school", status=Status.NOT_AVAILABLE, interval_method=None)
    return missing.reindex(columns=cells.columns).astype(
        {name: cells[name].dtype for name in ("period_start", "period_end")}
    )


MISSING = """
select m.period_start, m.period_end, cast(s.urn as varchar) as category
from measured_period m
join (select distinct census_date from live_census_return) c
    on c.census_date between m.period_start and m.period_end
    and extract(month from c.census_date) = 1
join school s on s.expects_census
    and coalesce(s.open_date, c.census_date) <= c.census_date
    and coalesce(s.close_date, c.census_date) >= c.census_date
left join live_census_return r on r.census_date = c.census_date and r.urn = s.urn
where r.urn is null
"""
