"""Flows between states: where children were a year later."""

from __future__ import annotations

import pandas as pd

from metrics.computed.registry import CELL, method
from metrics.methods.intervals import wilson
from models.metric import Metric

FEWEST = 10
"""A flow of fewer children is told with the next smallest one from the same state: the size of the
state is known, so a flow left out alone could be worked out."""

SEVERAL = "several flows together"
KEY = ["period_start", "period_end"]


@method(needs=("before", "after"), makes=("flow",))
def flows(metric: Metric, things: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """Share of the children in each state who were in each other state a year later.

    One row per child with the states `before` and `after`; the period is that of the later day.
    The whole: children whose state changed, of all. Breakdown `flow`: "A to B" or "A, stayed", out
    of the children who were in A (Wilson's interval). Flows of fewer than ten children from a state
    are told together. Source: a plain transition table; Wilson 1927.
    """
    pairs = things.groupby([*KEY, "before", "after"], as_index=False).agg(
        n=("person_id", "size"), people=("person_id", "nunique")
    )
    moved = pairs[pairs["before"] != pairs["after"]]
    whole = pairs.groupby(KEY, as_index=False).agg(d=("n", "sum"), base=("people", "sum"))
    changed = moved.groupby(KEY, as_index=False).agg(n=("n", "sum"), people=("people", "sum"))
    whole = whole.merge(changed, how="left", on=KEY).fillna({"n": 0, "people": 0})
    whole = whole.assign(breakdown="all", category="all")
    return _shares(pd.concat([whole, _each_flow(pairs)], ignore_index=True))


def _each_flow(pairs: pd.DataFrame) -> pd.DataFrame:
    """One row per flow of ten children or more, smaller ones of a state told together."""
    state = [*KEY, "before"]
    pairs = pairs.sort_values([*state, "n", "after"], ignore_index=True)
    total = pairs.groupby(state)["n"].transform("sum")
    counted = pairs.groupby(state)["n"].cumsum()
    # From the smallest up: all that are small, and where they are too few the next one as well.
    smallest = pairs.groupby(state)["n"].transform("min")
    pooled = (pairs["n"] < FEWEST) | ((counted - pairs["n"] < FEWEST) & (smallest < FEWEST))
    stayed = pairs["after"] == pairs["before"]
    flow = pairs["before"] + (" to " + pairs["after"]).mask(stayed, ", stayed")
    flow = flow.mask(pooled, pairs["before"] + ": " + SEVERAL)
    rows = pairs.assign(d=total, base=total, breakdown="flow", category=flow)
    return rows.groupby([*CELL, "d", "base"], as_index=False).agg(
        n=("n", "sum"), people=("people", "sum")
    )


def _shares(rows: pd.DataFrame) -> pd.DataFrame:
    found = wilson(rows["n"].to_numpy(float), rows["d"].to_numpy(float))
    return rows.assign(
        numerator=rows["n"],
        denominator=rows["d"],
        value=100 * found.value,
        lower=100 * found.lower,
        upper=100 * found.upper,
        interval_method=found.method,
    )
