"""Measures worked out in plain pandas, as an analyst would write them: for the benchmark.

Each measure of `MEASURES` is worked out from the warehouse's tables on its own, as an analyst's
scripts would be: tables are read once, in the time measured, and no measure uses another's work.
Each has its numerator, denominator, value and 95 % limits by the breakdowns its file declares,
without the coverage, status and returns that the engine adds. Vectorised throughout; measures are
in `pandas_<topic>`, and what is the same for all of them (describing a pupil, adding
up, limits) in `pandas_tools`.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from pandas_camhs import CAMHS
from pandas_costs import COSTS
from pandas_plans import PLANS
from pandas_schools import SCHOOLS
from pandas_support import SUPPORT
from pandas_tools import Tables

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
    "intervention",
    "intervention_register",
    "panel_case",
    "ehe",
    "outcome_score",
)
DIMENSIONS = ("person", "school", "area", "provider", "provision", "calendar")


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


MEASURES = SCHOOLS | PLANS | CAMHS | COSTS | SUPPORT
"""Each measure by its id in the catalogue."""
