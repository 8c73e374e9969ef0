"""Measures worked out in plain pandas, as an analyst would write them: for the benchmark.

Each measure of `MEASURES` is worked out from the warehouse's tables on its own, as an analyst's
scripts would be: tables are read once, in the time measured, and no measure uses another's work.
Each has its numerator, denominator, value and 95 % limits by the breakdowns its file declares,
without the coverage, status and returns that the engine adds. Vectorised throughout; measures of
schools are in `pandas_schools`, and what is the same for all of them (describing a pupil, adding
up, limits) in `pandas_tools`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
from pandas_camhs import CAMHS
from pandas_plans import PLANS
from pandas_schools import SCHOOLS
from pandas_tools import (
    By,
    Tables,
    alone,
    mean,
    of_placements,
)

from metrics.catalogue import find_metric

FACTS = (
    "pupil_census",
    "attendance",
    "suspension",
    "referral",
    "contact",
    "placement_cost",
    "ehc_request",
    "ehc_assessment",
    "ehc_plan",
    "placement",
    "care_plan",
    "outcome_score",
)
DIMENSIONS = ("person", "school", "area", "provider", "provision")


def read(con: Any) -> Tables:
    """Every table the measures need, whole, from the warehouse."""
    facts = {name: con.execute(f"select * from live_{name}").df() for name in FACTS}
    return facts | {name: con.execute(f"select * from {name}").df() for name in DIMENSIONS}


def figures(tables: Tables) -> pd.DataFrame:
    """Every figure: metric_id, period_start, breakdown, category, numbers and limits."""
    named = []
    for name, work in MEASURES.items():
        by = find_metric(name).metric.breakdowns
        named.append(work(tables, by=by).assign(metric_id=name))
    return pd.concat(named, ignore_index=True)


def spend(tables: Tables, semh: bool, by: By) -> pd.DataFrame:
    rows = of_placements(tables, semh)
    rows = rows.assign(amount=rows["cost"] * rows["days"] / rows["days_of_year"])
    return alone(rows, by, money=True)


def cost_each(tables: Tables, semh: bool, by: By) -> pd.DataFrame:
    rows = of_placements(tables, semh)
    lasts = rows["end_date"].isna() | (rows["end_date"] >= rows["year_end"])
    return mean(rows[lasts].assign(value=rows["cost"]), by)


_OTHERS: dict[str, Callable[..., pd.DataFrame]] = {
    "oob_spend": partial(spend, semh=True),
    "oob_cost_per_placement": partial(cost_each, semh=True),
}
MEASURES = SCHOOLS | PLANS | CAMHS | _OTHERS
"""Each measure by its id in the catalogue."""
