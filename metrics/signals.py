"""What a metric's months or terms say beyond chance: XmR charts of the borough's own figures.

Works on *protected* observations only, so that nothing hidden can be worked out from a mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from metrics.methods.spc import NO_VARIATION, Xmr, xmr
from metrics.season import Season, season_of
from models.borough import Target
from models.metric import Metric
from models.observation import Tier

FEWEST = 12
_YEARS_JUDGED = 2  # the latest years are judged by limits of the time just before them,
_BASE = {"month": 24, "term": 12}  # of so many points, if there are as many
_LONG = 24  # points from which a running level can be told
_SIDE = {"high": "increase", "low": "decrease", "none": "neutral"}
_TOO_FEW = f"Fewer than {FEWEST} points: too few to judge"
_RUNNING = "Each point carries on from the last, so limits of chance don't apply"
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten",
            "Eleven", "Twelve")  # fmt: skip

POINT_COLUMNS = (
    "metric_id", "period_start", "period_end", "value", "mean", "lpl", "upl", "special_cause",
    "direction", "phase",
)  # fmt: skip
SUMMARY_COLUMNS = (
    "metric_id", "period_kind", "points", "variation", "assurance", "sentence", "note",
)  # fmt: skip


class Signals(NamedTuple):
    """Tables `signal` (POINT_COLUMNS) and `signal_summary` (SUMMARY_COLUMNS) of the snapshot."""

    points: pd.DataFrame
    summary: pd.DataFrame


def signals(
    observations: pd.DataFrame, metrics: Mapping[str, Metric], targets: Sequence[Target] = ()
) -> Signals:
    """Judge each metric's borough headline series of months or terms.

    `observations`: OBSERVATION_COLUMNS, after protection; suppressed and missing points are left
    out, never filled. `metrics`: by id. `targets`: those of the borough profile; the latest of each
    metric gives its assurance. Where the time of year matters, mean and limits follow it. Points
    are given from 12 on; every metric with a shown point has a summary in words.
    Source: NHS England, Making Data Count (`methods.spc`).
    """
    aims = {target.metric: target.value for target in sorted(targets, key=lambda t: t.year)}
    points, summary = [], []
    for metric_id, series in _series(observations):
        if metric_id in metrics:
            drawn, row = _judge(series, metrics[metric_id], aims.get(metric_id))
            points += [drawn] if len(drawn) else []
            summary.append(row)
    return Signals(
        pd.concat(points, ignore_index=True)[list(POINT_COLUMNS)]
        if points
        else pd.DataFrame(columns=list(POINT_COLUMNS)),
        _blanks(pd.DataFrame(summary, columns=list(SUMMARY_COLUMNS))),
    )


def _blanks(frame: pd.DataFrame) -> pd.DataFrame:
    """Missing words as None, so that they are stored as missing and not as 'nan'."""
    return frame.astype(object).where(frame.notna(), None)


def _series(observations: pd.DataFrame) -> Iterable[tuple[str, pd.DataFrame]]:
    """Shown headline figures of months and terms, by metric, oldest first."""
    kept = observations[
        (observations["area_kind"] == "borough")
        & (observations["breakdown"] == "all")
        & (observations["category"] == "all")
        & (observations["tier"] == Tier.OPEN.value)
        & observations["period_kind"].isin(list(_BASE))
        & observations["value"].notna()
    ]
    kept = kept.assign(
        period_start=pd.to_datetime(kept["period_start"]),
        period_end=pd.to_datetime(kept["period_end"]),
    ).sort_values(["metric_id", "period_end"])
    for metric_id, series in kept.groupby("metric_id", sort=True):
        yield str(metric_id), series.reset_index(drop=True)


def _judge(
    series: pd.DataFrame, metric: Metric, target: float | None
) -> tuple[pd.DataFrame, dict[str, Any]]:
    kind = str(series["period_kind"].iloc[0])
    row = {"metric_id": metric.id, "period_kind": kind, "points": len(series), "note": ""}
    if len(series) < FEWEST:
        return pd.DataFrame(), {**row, "sentence": _TOO_FEW}
    season = season_of(series["period_start"], series["value"])
    if metric.stock or running_level(season.take_out(series["value"])):
        return pd.DataFrame(), {**row, "sentence": _RUNNING}
    series, base = _recent(series, kind)
    season = season.last(len(series))
    chart = _chart(series, season, metric, target, base)
    row |= {
        "variation": chart.variation.replace(" ", "_"),
        "assurance": chart.assurance,
        "sentence": in_words(chart, kind),
        "note": _note(chart, series, base, seasonal=season.found),
    }
    return chart.points.assign(metric_id=metric.id), row


def running_level(values: np.ndarray) -> bool:
    """Whether each point is the last one plus a step, as a stock or caseload is.

    Neighbouring points nearly equal (correlation above 0.8) while their steps don't turn back
    (above -0.2; chance about a level gives -0.5). Told only from 24 points on.
    """
    if values.size < _LONG or np.ptp(values) == 0:
        return False
    # Ranks, so that one great step to another level isn't all that counts.
    steps = pd.Series(np.diff(values)).rank().to_numpy()
    return _neighbours(values) > 0.8 and _neighbours(steps) > -0.2


def _neighbours(values: np.ndarray) -> float:
    off = values - values.mean()
    total = float(off @ off)
    return float(off[1:] @ off[:-1]) / total if total > 0 else 1.0


def _recent(series: pd.DataFrame, kind: str) -> tuple[pd.DataFrame, int | None]:
    """The part of the series to chart, and how many of its points the limits rest on (None: all).

    Old levels say little of today's, and a change must not move the limits it is judged by.
    """
    ends, size = series["period_end"], _BASE[kind]
    before = int((ends <= ends.iloc[-1] - pd.DateOffset(years=_YEARS_JUDGED)).sum())
    if before < size:
        return series, None
    return series.iloc[before - size :].reset_index(drop=True), size


def _chart(
    series: pd.DataFrame, season: Season, metric: Metric, target: float | None, base: int | None
) -> Xmr:
    """XmR of the series without its season; mean and limits then follow the season again."""
    chart = xmr(
        season.take_out(series["value"]),
        series["period_end"],
        _SIDE[metric.polarity],  # type: ignore[arg-type]
        target,
        fix_after=base,
    )
    back = {name: season.put_back(chart.points[name]) for name in ("value", "mean", "lpl", "upl")}
    dates = {name: series[name] for name in ("period_start", "period_end")}
    points = chart.points.assign(**back, **dates)
    return Xmr(points, chart.variation, chart.assurance, chart.trial_phases, chart.warnings)


def in_words(chart: Xmr, kind: str) -> str:
    """What the last point says, as one short sentence; `kind` is month or term."""
    if chart.variation == NO_VARIATION:
        return "No variation to judge"
    last = chart.points.iloc[-1]
    cause, high = last["special_cause"], last["direction"] == "high"
    if cause == "none":
        return "Within normal variation"
    if cause == "outside":
        return f"The latest {kind} is {'above' if high else 'below'} its limits: not chance"
    if cause == "two_of_three":
        limit = "upper" if high else "lower"
        return f"Two of the last three {kind}s are near the {limit} limit: not chance"
    points = chart.points.iloc[::-1]
    # In units of the limits' width, so that a season leaves rises and sides as they are.
    off = ((points["value"] - points["mean"]) / (points["upl"] - points["mean"])).to_numpy()
    sign = 1 if high else -1
    if cause == "trend":
        run = _count(-np.diff(off) * sign, extra=1)
        return f"{run} {kind}s {'rising' if high else 'falling'}: not chance"
    return f"{_count(off * sign)} {kind}s {'above' if high else 'below'} average: not chance"


def _count(newest_first: np.ndarray, extra: int = 0) -> str:
    """How many of the newest numbers are above 0, in words up to twelve."""
    other = np.flatnonzero(newest_first <= 0)
    run = int(other[0] if other.size else newest_first.size) + extra
    return _NUMBERS[run] if run < len(_NUMBERS) else str(run)


def _note(chart: Xmr, series: pd.DataFrame, base: int | None, *, seasonal: bool) -> str:
    """How the limits were drawn, for below the chart."""
    parts = []
    if base is not None:
        first, last = series["period_start"].iloc[0], series["period_end"].iloc[base - 1]
        parts.append(f"Limits rest on {first:%B %Y} to {last:%B %Y}")
    if seasonal:
        parts.append("Mean and limits follow the time of year")
    if chart.trial_phases:
        parts.append("Trial limits: fewer than 13 points")
    return ". ".join(parts)
