"""Rounded counts, for an audience whose rule asks for them (NHS England: to the nearest 5)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from models.borough import Borough
from models.metric import Kind, Metric
from publish.classify import COUNTED, VALUED


def round_counts(
    rows: pd.DataFrame, metrics: Mapping[str, Metric], profile: Borough
) -> pd.DataFrame:
    """Observations with counts rounded to their audience's `round_to`, and values made from them.

    The interval goes, as it would tell the exact count; sums of pounds, weeks and sessions stay as
    they are. Rows of an audience that asks for no rounding, and of metrics that are not about
    people, are untouched. `rows` needs `kind` and `people_metric` beside OBSERVATION_COLUMNS.
    """
    steps = {rule.tier.value: rule.round_to for rule in profile.thresholds}
    step = rows["tier"].map(steps).fillna(1)
    at = (step > 1) & rows["people_metric"] & rows["kind"].isin([*COUNTED, *VALUED])
    if not at.any():
        return rows
    rows = rows.copy()
    counted = at & rows["kind"].isin(COUNTED)
    rows.loc[counted, "numerator"] = _nearest(rows["numerator"], step)
    rows.loc[at, "denominator"] = _nearest(rows["denominator"], step)
    per = rows["metric_id"].map({m: _multiplier(x) for m, x in metrics.items()})
    ratio = per * rows["numerator"] / rows["denominator"].replace(0, np.nan)
    value = rows["numerator"].where(rows["kind"].eq(Kind.COUNT), ratio)
    rows.loc[counted, "value"] = value
    rows.loc[counted, ["lower", "upper"]] = np.nan
    rows.loc[counted, "interval_method"] = None
    return rows


def _nearest(counts: pd.Series, step: pd.Series) -> pd.Series:
    return np.floor(counts / step + 0.5) * step


def _multiplier(metric: Metric) -> float:
    return 100.0 if metric.kind is Kind.PROPORTION else metric.multiplier
