"""XmR charts by the rules of NHS England's *Making Data Count*.

Reference: R package NHSRplotthedots 0.2.2. Ours differs in one place, on purpose: a phase whose
points don't move, or move but once, has *no variation to judge*; its points aren't flagged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from metrics.methods._checks import Bools, Floats, known, not_empty, refuse, same_shape

Signs = NDArray[np.int_]
Improvement = Literal["increase", "decrease", "neutral"]

RUN = 7  # points in a shift or a trend
LIMIT = 2.66  # limits lie this many mean moving ranges from the mean
SCREEN = 3.267  # moving ranges this many times their mean are left out once
MIN_FIX = 12
TRIAL = 13  # phases with fewer points have trial limits
NO_VARIATION = "no variation to judge"
_SIGN = {"increase": 1, "decrease": -1, "neutral": 0}


@dataclass(frozen=True)
class Xmr:
    """An XmR chart.

    `points`: one row per date in date order: date, value, phase (from 1), mean, lpl, upl,
    special_cause (none, outside, trend, two_of_three, shift), direction (high, low, none; a rising
    trend is high). `variation`, of the last point: common_cause, improvement_high or _low,
    concern_high or _low, neutral_high or _low, or *no variation to judge*. `assurance`, of the
    last phase: consistent_pass, consistent_fail, inconsistent (hit and miss), or None without a
    target or direction. `trial_phases`: phases of so few points that their limits are trial
    limits. `warnings`: the same and more, in words.
    """

    points: pd.DataFrame
    variation: str
    assurance: str | None
    trial_phases: tuple[int, ...] = ()
    warnings: tuple[str, ...] = field(default=())


def xmr(
    values: ArrayLike,
    dates: Any,
    improvement: Improvement = "increase",
    target: float | None = None,
    rebase: Iterable[Any] = (),
    fix_after: int | None = None,
    screen_outliers: bool = True,
) -> Xmr:
    """Draw up an XmR chart: limits by phase, special causes, variation and assurance.

    `values`, `dates`: one dimension, equally long, in any order. `rebase`: dates on which a new
    phase starts; no rule reaches across one. `fix_after`: limits from the first so many points of
    each phase (at least 12). Raises ValueError for missing values, no values, dates that repeat or
    can't be read, or an unknown improvement direction.
    Source: NHS England, Making Data Count, *Making sense of variation*.
    """
    _check_options(improvement, fix_after)
    points = _frame(values, dates)
    starts = pd.DatetimeIndex(sorted(pd.to_datetime(list(rebase))))
    phase = np.searchsorted(starts.to_numpy(), points["date"].to_numpy(), side="right")
    points["phase"] = np.unique(phase, return_inverse=True)[1] + 1
    phases = [
        _judge(part, fix_after, screen_outliers) for _, part in points.groupby("phase", sort=True)
    ]
    points = pd.concat(phases, ignore_index=True)
    trial = _trial_phases(points)
    return Xmr(
        points,
        _variation(points, improvement),
        _assurance(points, improvement, target),
        trial,
        tuple(_warnings(points, trial, starts)),
    )


def _check_options(improvement: str, fix_after: int | None) -> None:
    if improvement not in _SIGN:
        raise ValueError(f"improvement is {improvement!r}; use increase, decrease or neutral")
    if fix_after is not None and fix_after < MIN_FIX:
        raise ValueError(f"fix_after is {fix_after}; limits need at least {MIN_FIX} points")


def _frame(values: ArrayLike, dates: Any) -> pd.DataFrame:
    y, when = known(values, "values"), pd.to_datetime(pd.Series(list(dates)))
    same_shape(values=y, dates=when)
    not_empty(y, "values")
    refuse(when.isna(), when, "a date is missing", "give every value its date")
    refuse(when.duplicated(), when, "a date comes twice", "give one value per date")
    frame = pd.DataFrame({"date": when, "value": y})
    return frame.sort_values("date", ignore_index=True)


def _judge(part: pd.DataFrame, fix_after: int | None, screen: bool) -> pd.DataFrame:
    """One phase with its limits and labels."""
    y = part["value"].to_numpy()
    mean, width = _process(y[:fix_after], screen)
    cause, sign = _label(y, mean, width)
    return part.assign(
        mean=mean,
        lpl=mean - LIMIT * width,
        upl=mean + LIMIT * width,
        special_cause=cause,
        direction=np.array(["low", "none", "high"])[sign + 1],
    )


def _process(base: Floats, screen: bool) -> tuple[float, float]:
    """Mean and mean moving range; the range is 0 where nothing, or only one step, moved."""
    moves = np.abs(np.diff(base))
    if moves.size == 0:
        return float(base.mean()), 0.0
    kept = moves[moves < SCREEN * moves.mean()] if screen else moves
    width = float(kept.mean()) if kept.size else 0.0
    return float(base.mean()), 0.0 if _negligible(width, base) else width


def _negligible(size: float, base: Floats) -> bool:
    return size <= 1e-12 * float(np.abs(base).max(initial=0))


def _label(y: Floats, mean: float, width: float) -> tuple[NDArray[np.str_], Signs]:
    """Special cause and sign (+ high, - low) of each point of one phase."""
    if width == 0:
        return np.full(y.size, "none", dtype="<U12"), np.zeros(y.size, dtype=int)
    off = y - mean
    side = np.where(np.abs(off) <= 1e-12 * np.abs(y).max(), 0, np.sign(off)).astype(int)
    outside = (y > mean + LIMIT * width) | (y < mean - LIMIT * width)
    rules = {
        "outside": side * outside,
        "trend": _trend(y),
        "two_of_three": _two_of_three(off, side, outside, width),
        "shift": _runs(side, RUN),
    }
    hit = [sign != 0 for sign in rules.values()]
    return np.select(hit, list(rules), "none"), np.select(hit, list(rules.values()), 0)


def _runs(side: Signs, length: int) -> Signs:
    """Signs of the points within at least so many consecutive equal signs, 0 elsewhere."""
    if side.size < length:
        return np.zeros(side.size, dtype=int)
    whole = np.abs(sliding_window_view(side, length).sum(axis=1)) == length
    return side * _covered(whole, length)


def _covered(hit: Bools, length: int) -> Bools:
    """Points that lie in at least one window that was hit."""
    return np.convolve(hit, np.ones(length, dtype=int)) > 0


def _trend(y: Floats) -> Signs:
    """Six rises or falls on end; a point of two trends goes with the later."""
    sign = np.zeros(y.size, dtype=int)
    if y.size < RUN:
        return sign
    steps = sliding_window_view(np.sign(np.diff(y)), RUN - 1)
    way = np.where((steps == 1).all(axis=1), 1, np.where((steps == -1).all(axis=1), -1, 0))
    latest = np.maximum.accumulate(np.where(way != 0, np.arange(way.size), -RUN))
    spot = np.arange(y.size)
    last = latest[np.minimum(spot, way.size - 1)]
    inside = last > spot - RUN
    sign[inside] = way[last[inside]]
    return sign


def _two_of_three(off: Floats, side: Signs, outside: Bools, width: float) -> Signs:
    """Of three points on one side, the two or more near its limit; a point beyond isn't near."""
    near = ~outside & (np.abs(off) > LIMIT * 2 / 3 * width)
    if side.size < 3:
        return np.zeros(side.size, dtype=int)
    same = np.abs(sliding_window_view(side, 3).sum(axis=1)) == 3
    enough = sliding_window_view(near, 3).sum(axis=1) >= 2
    return side * (_covered(same & enough, 3) & near)


def _no_variation(points: pd.DataFrame) -> bool:
    last = points.iloc[-1]
    return bool(last["upl"] == last["lpl"])


def _variation(points: pd.DataFrame, improvement: str) -> str:
    last = points.iloc[-1]
    if _no_variation(points):
        return NO_VARIATION
    if last["special_cause"] == "none":
        return "common_cause"
    if improvement == "neutral":
        return f"neutral_{last['direction']}"
    better = last["direction"] == ("high" if improvement == "increase" else "low")
    return f"{'improvement' if better else 'concern'}_{last['direction']}"


def _assurance(points: pd.DataFrame, improvement: str, target: float | None) -> str | None:
    sign = _SIGN[improvement]
    if target is None or not sign:
        return None
    last = points.iloc[-1]
    worst, best = sorted((sign * last["lpl"], sign * last["upl"]))
    if sign * target > best:
        return "consistent_fail"
    always = sign * target <= worst if _no_variation(points) else sign * target < worst
    return "consistent_pass" if always else "inconsistent"


def _trial_phases(points: pd.DataFrame) -> tuple[int, ...]:
    sizes = points.groupby("phase").size()
    return tuple(int(phase) for phase in sizes.index[sizes < TRIAL])


def _warnings(
    points: pd.DataFrame, trial: tuple[int, ...], starts: pd.DatetimeIndex
) -> Iterable[str]:
    if trial:
        listed = ", ".join(map(str, trial))
        yield f"Trial limits: phase {listed} has fewer than {TRIAL} points"
    if _no_variation(points):
        yield "The last phase has no variation to judge"
    idle = starts[(starts <= points["date"].iloc[0]) | (starts > points["date"].iloc[-1])]
    if len(idle):
        yield f"Starts no new phase: {', '.join(f'{day:%d/%m/%Y}' for day in idle)}"
