"""What early help could avoid: the cost of a plan over the years ahead, beside its own cost."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import numpy as np
import pandas as pd

from metrics.methods.value import GREEN_BOOK
from metrics.outlook.money_rows import RowsAhead
from metrics.outlook.prices import CHILDREN

YEARS = 5
"""Januaries looked at."""
ASSUMED = 0.1
"""The share of new SEMH plans taken not to be needed, for illustration. An assumption."""
_COST = """
select count(distinct person_id), avg(cost)::double from live_intervention
where cost is not null and start_date >= (select max(start_date) - interval 1 year
    from live_intervention)
"""


def plan_cost(kernel: pd.DataFrame, unit: Mapping[int, float], need: str = "SEMH") -> np.ndarray:
    """Expected pounds, in today's prices, of a new plan in each January from its first.

    `kernel` as table `future_kernel`; `unit`: pounds a child and year by group (none: 0). Mean of
    the phases at entry, each alike.
    """
    rows = kernel[kernel["need"] == need]
    cost = rows["share"].astype(float) * rows["group_id"].map(unit).fillna(0.0)
    by_phase = cost.groupby([rows["phase"], rows["lag"]]).sum()
    by_lag: np.ndarray = by_phase.groupby(level="lag").mean().sort_index().to_numpy()
    return by_lag


def early_help(rows: RowsAhead, con: duckdb.DuckDBPyConnection, tables: Mapping[str, pd.DataFrame],
               unit: Mapping[int, float], first: int) -> None:  # fmt: skip
    """Rows of subject `early_help`; none where futures of those who join are not there."""
    kernel, joined = tables.get("future_kernel"), tables.get("future_joined")
    if kernel is None or joined is None or kernel.empty or joined.empty:
        return
    each = plan_cost(kernel, unit)[:YEARS]
    if not each.sum():
        return
    worth = float(each @ GREEN_BOOK.factors(len(each)))
    rows.add("early_help", "plan", first, worth, note=_PLAN.format(years=len(each)))
    rows.add("early_help", "avoided", first, avoided(joined, each) * ASSUMED, note=_AVOIDED)
    children, cost = con.execute(_COST).fetchall()[0]
    if children >= CHILDREN and cost:
        rows.add("early_help", "cost", first, float(cost), note="mean of the last year's records")
        rows.add("early_help", "one_in", first, worth / float(cost), unit="children", note=_ONE_IN)


def avoided(joined: pd.DataFrame, each: np.ndarray) -> np.ndarray:
    """Discounted pounds, by future, of all new SEMH plans within the years projected."""
    rows = joined[joined["need"] == "SEMH"]
    new = rows.pivot_table(index="draw", columns="year", values="children", aggfunc="sum")
    new = new.iloc[:, :YEARS]
    years = new.shape[1]
    factors = GREEN_BOOK.factors(years)
    per_year = [float(each[: years - k] @ factors[k : k + len(each[: years - k])])
                for k in range(years)]  # fmt: skip
    out: np.ndarray = new.fillna(0).to_numpy() @ np.array(per_year)
    return out


_PLAN = (
    "of a child newly with a plan for SEMH, over {years} Januaries from the first, in today's"
    " prices, discounted by the Green Book; what a child without a plan would cost is not taken off"
)
_AVOIDED = (
    f"if {ASSUMED:.0%} of new SEMH plans in the years ahead were not needed: an assumption, for"
    " nobody has measured how many plans early help makes unnecessary"
)
_ONE_IN = "children helped for each plan made unnecessary is enough for it to pay for itself"
