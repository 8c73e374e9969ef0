"""Which schools differ from schools like them by more than chance: funnels of the latest period.

Works on *protected* observations only: a school whose figure is hidden is neither drawn nor part
of the line it would be held against.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from metrics.methods.funnel import Funnel, funnel
from models.metric import Kind, Metric
from models.observation import Tier

FEWEST = 3  # schools; fewer are no group to be held against
CURVE = 40  # points of each limit line
ALL = "all"

KEYS = ("metric_id", "period_start", "period_end", "phase")
SUMMARY_COLUMNS = (*KEYS, "schools", "target", "phi", "adjusted", "note", "tier")
POINT_COLUMNS = (*KEYS, "urn", "denominator", "value", "z", "outside_95", "outside_998", "tier")
LIMIT_COLUMNS = (
    *KEYS, "adjusted", "denominator", "target", "lower_95", "upper_95", "lower_998", "upper_998",
    "tier",
)  # fmt: skip


class Funnels(NamedTuple):
    """Tables `funnel`, `funnel_point` and `funnel_limit` of the snapshot."""

    summary: pd.DataFrame
    points: pd.DataFrame
    limits: pd.DataFrame


def funnels(
    observations: pd.DataFrame,
    metrics: Mapping[str, Metric],
    phases: Mapping[str, str] | None = None,
) -> Funnels:
    """Funnels of schools for each proportion and rate, in its latest period.

    `observations`: OBSERVATION_COLUMNS, after protection; only the partner tier's figures are used
    and only those shown with both their counts. `metrics`: by id. `phases`: URN to phase, so that
    schools are held against their like; all together without. Limits are adjusted for schools
    differing by more than chance (additive) from 10 schools on, and given unadjusted too; scores
    and flags are the adjusted ones. Values are in the metric's unit, suspensions and other rates
    judged as observed over expected.
    Source: `methods.funnel`.
    """
    made = [
        _funnel(shown, metrics[str(metric_id)], str(phase))
        for (metric_id, phase), shown in _groups(observations, metrics, phases or {})
    ]
    columns = (SUMMARY_COLUMNS, POINT_COLUMNS, LIMIT_COLUMNS)
    parts = zip(*made, strict=True) if made else ((), (), ())
    summary, points, limits = (
        pd.concat(frames, ignore_index=True)[list(names)]
        if frames
        else pd.DataFrame(columns=list(names))
        for frames, names in zip(parts, columns, strict=True)
    )
    return Funnels(summary, points, limits)


def _groups(
    observations: pd.DataFrame, metrics: Mapping[str, Metric], phases: Mapping[str, str]
) -> Iterable[tuple[tuple[str, str], pd.DataFrame]]:
    """Shown school figures of each metric's latest period, by metric and phase."""
    judged = [m.id for m in metrics.values() if m.kind in (Kind.PROPORTION, Kind.RATE)]
    shown = observations[
        (observations["area_kind"] == "school")
        & (observations["breakdown"] == "all")
        & (observations["category"] == "all")
        & (observations["tier"] == Tier.PARTNER.value)
        & observations["metric_id"].isin(judged)
        & observations[["value", "numerator", "denominator"]].notna().all(axis=1)
        & (observations["denominator"] > 0)
    ]
    latest = shown.groupby("metric_id")["period_end"].transform("max")
    shown = shown[shown["period_end"] == latest]
    shown = shown.assign(phase=shown["area_id"].map(dict(phases)).fillna(ALL))
    for keys, group in shown.groupby(["metric_id", "phase"], sort=True):
        if len(group) >= FEWEST:
            yield keys, group.sort_values("area_id", ignore_index=True)  # type: ignore[misc]


def _funnel(
    shown: pd.DataFrame, metric: Metric, phase: str
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    x, n = shown["numerator"].to_numpy(float), shown["denominator"].to_numpy(float)
    if metric.kind is Kind.PROPORTION:
        # Rounding for an audience can lift a part above its whole.
        chart, line, per = funnel(np.minimum(x, n), n, "proportion", "additive"), 1.0, 100.0
    else:
        line = float(x.sum() / n.sum())
        chart, per = funnel(x, n * (line or np.nan), "ratio", "additive"), metric.multiplier * line
    adjusted = not chart.few and chart.phi > 1 and chart.tau2 > 0
    keys = {
        "metric_id": metric.id,
        "period_start": shown["period_start"].iloc[0],
        "period_end": shown["period_end"].iloc[0],
        "phase": phase,
        "tier": Tier.PARTNER.value,
    }
    summary = {
        "schools": len(shown),
        "target": chart.target * per,
        "phi": chart.phi,
        "adjusted": adjusted,
        "note": chart.note,
    }
    points = pd.DataFrame(
        {
            "urn": shown["area_id"],
            "denominator": n,
            "value": shown["value"],
            "z": chart.z_adjusted,
            "outside_95": chart.outside_95,
            "outside_998": chart.outside_998,
        }
    )
    limits = _limits(chart, n, line, per, adjusted)
    return pd.DataFrame([summary]).assign(**keys), points.assign(**keys), limits.assign(**keys)


def _limits(chart: Funnel, n: np.ndarray, line: float, per: float, adjusted: bool) -> pd.DataFrame:
    """Limit lines from the smallest to the largest school, in the metric's unit."""
    sizes = np.linspace(n.min(), n.max(), CURVE) if n.min() < n.max() else n[:1]
    kinds = {False: "none", True: "additive"} if adjusted else {False: "none"}
    frames = []
    for flag, way in kinds.items():
        curve = chart.curve(sizes * line, way)  # type: ignore[arg-type]
        bounds = curve.drop(columns="denominator") * per
        frames.append(bounds.assign(denominator=sizes, adjusted=flag, target=chart.target * per))
    return pd.concat(frames, ignore_index=True)
