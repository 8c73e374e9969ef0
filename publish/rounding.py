"""Rounded counts, for an audience whose rule asks for them.

To the nearest 5 as NHS England does for counts below national level, or to the middle of groups of
six as OpenSAFELY does (midpoint 6: ceil(n / 6) * 6 - 3). Each count is rounded by itself, totals
too, and rates are made from rounded parts.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from models.borough import Borough, Threshold
from models.metric import Kind, Metric
from publish.classify import COUNTED, VALUED


def round_counts(
    rows: pd.DataFrame, metrics: Mapping[str, Metric], profile: Borough
) -> pd.DataFrame:
    """Observations with counts rounded as their audience's rule says, and values made from them.

    The interval goes, as it would tell the exact count; sums of pounds, weeks and sessions stay as
    they are. Rows of an audience that asks for no rounding, and of metrics that are not about
    people, are untouched. `rows` needs `kind` and `people_metric` beside OBSERVATION_COLUMNS.
    """
    rules = {rule.tier.value: rule for rule in profile.thresholds if rule.round_to > 1}
    at = rows["tier"].isin(list(rules)) & rows["people_metric"]
    at &= rows["kind"].isin([*COUNTED, *VALUED])
    if not at.any():
        return rows
    rows = rows.copy()
    counted = at & rows["kind"].isin(COUNTED)
    for tier, rule in rules.items():
        mine = rows["tier"].eq(tier)
        rows.loc[counted & mine, "numerator"] = rounded(rows["numerator"], rule)
        rows.loc[at & mine, "denominator"] = rounded(rows["denominator"], rule)
    per = rows["metric_id"].map({m: _multiplier(x) for m, x in metrics.items()})
    ratio = per * rows["numerator"] / rows["denominator"].replace(0, np.nan)
    value = rows["numerator"].where(rows["kind"].eq(Kind.COUNT), ratio)
    rows.loc[counted, "value"] = value
    rows.loc[counted, ["lower", "upper"]] = np.nan
    rows.loc[counted, "interval_method"] = None
    return rows


def rounded(counts: pd.Series, rule: Threshold) -> pd.Series:
    """Counts as the rule shows them; 0 stays 0."""
    if rule.rounding == "midpoint":
        middle = np.ceil(counts / rule.round_to) * rule.round_to - rule.round_to / 2
        return middle.where(counts != 0, 0.0)
    return np.floor(counts / rule.round_to + 0.5) * rule.round_to


def could_be(counts: pd.Series, rule: Threshold) -> tuple[pd.Series, pd.Series]:
    """The least and most a count may have been that the rule shows as these; itself if unrounded.

    A rule shows only 0 and what is at least its smallest, and readers know that.
    """
    if rule.round_to == 1:
        return counts, counts
    half = rule.round_to / 2
    if rule.rounding == "midpoint":
        low, high = np.floor(counts - half) + 1, np.floor(counts + half)
    else:
        low, high = np.ceil(counts - half), np.ceil(counts + half) - 1
    return low.clip(lower=rule.smallest).where(counts != 0, 0.0), high.where(counts != 0, 0.0)


def _multiplier(metric: Metric) -> float:
    return 100.0 if metric.kind is Kind.PROPORTION else metric.multiplier
