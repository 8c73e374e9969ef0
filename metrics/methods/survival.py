"""Time to an event: how long children wait, and which event comes first.

Use `kaplan_meier` only for one event with independent censoring; where several ends compete
(support given, escalated, moved away), use `cumulative_incidence`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from metrics.methods._checks import Floats, known, not_empty, refuse, same_shape, z_of


class RestrictedMean(NamedTuple):
    """Mean time to the horizon, with its standard error and limits, in the unit of time."""

    value: float
    se: float
    lower: float
    upper: float


def kaplan_meier(
    time: ArrayLike, event: ArrayLike, entry: ArrayLike | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Share still without the event after each time at which somebody left.

    `time` since the start, `event` 1 or 0 (censored), `entry` when each came under observation (0
    unless given): one dimension, equally long. Returns a frame time, at_risk, events, survival, se
    (Greenwood), lower, upper (log-log; NaN where survival is 0 or 1), one row per distinct time.
    Raises ValueError for missing values, times before entry or 0, no rows, or other events.
    Source: Kalbfleisch and Prentice 2002, chapter 1.
    """
    time, event, entry = _checked(time, event, entry)
    refuse(~np.isin(event, (0, 1)), event, "event must be 0 or 1", "use cumulative_incidence")
    times, at_risk, ended = _table(time, event, entry, np.array([1.0]))
    events = ended[0]
    with np.errstate(divide="ignore", invalid="ignore"):
        survival = np.cumprod(1 - events / at_risk)
        hazard = np.cumsum(events / (at_risk * (at_risk - events)))
        se = np.where(survival > 0, survival * np.sqrt(hazard), np.nan)
    lower, upper = _log_log(survival, se, z_of(confidence))
    return pd.DataFrame(
        {
            "time": times,
            "at_risk": at_risk,
            "events": events,
            "survival": survival,
            "se": se,
            "lower": lower,
            "upper": upper,
        }
    )


def cumulative_incidence(
    time: ArrayLike, cause: ArrayLike, entry: ArrayLike | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Share to whom each cause has happened first, by time (Aalen-Johansen).

    `cause`: 0 for censored, else a whole number from 1. Other arguments as `kaplan_meier`. Returns
    a frame time, cause, cif, se, lower, upper (log-log), each cause in turn, one row per distinct
    time. Ties need no breaking: all causes at one time act together.
    Raises as `kaplan_meier`, or if there is no cause at all.
    Source: Aalen and Johansen 1978, Scand J Stat 5:141; variance by the delta method.
    """
    time, cause, entry = _checked(time, cause, entry)
    odd = (cause < 0) | (cause != np.round(cause))
    refuse(odd, cause, "cause must be a whole number of 0 or more", "0 stands for censored")
    causes = np.unique(cause[cause > 0])
    if not causes.size:
        raise ValueError("every cause is 0: nothing but censoring; there is no incidence to give")
    times, at_risk, ended = _table(time, cause, entry, causes)
    frames = [
        _incidence(times, at_risk, ended.sum(axis=0), own, int(number), z_of(confidence))
        for number, own in zip(causes, ended, strict=True)
    ]
    return pd.concat(frames, ignore_index=True)


def restricted_mean(
    time: ArrayLike,
    event: ArrayLike,
    horizon: float,
    entry: ArrayLike | None = None,
    confidence: float = 0.95,
) -> RestrictedMean:
    """Mean time without the event up to the horizon: the area under the survival curve.

    Arguments as `kaplan_meier`. Raises as it, and for a horizon that isn't above 0 or lies beyond
    the last time with somebody still at risk.
    Source: Klein and Moeschberger 2003, section 4.5 (variance as R's `survfit`, `rmean`).
    """
    curve = kaplan_meier(time, event, entry)
    last = curve.iloc[-1]
    if horizon <= 0 or (horizon > last["time"] and last["survival"] > 0):
        raise ValueError(f"horizon is {horizon}; give one above 0 and up to {last['time']}")
    curve = curve[curve["time"] <= horizon]
    edges = np.concatenate([[0.0], curve["time"], [horizon]])
    areas = np.concatenate([[1.0], curve["survival"]]) * np.diff(edges)
    value, after = float(areas.sum()), areas[::-1].cumsum()[::-1][1:]
    events, at_risk = curve["events"].to_numpy(), curve["at_risk"].to_numpy()
    left = at_risk - events
    terms = np.divide(after**2 * events, at_risk * left, out=np.zeros(len(curve)), where=left > 0)
    se = float(np.sqrt(terms.sum()))
    return RestrictedMean(value, se, value - z_of(confidence) * se, value + z_of(confidence) * se)


def at(curve: pd.DataFrame, when: float, column: str = "survival") -> float:
    """Value of a step curve of this module at a time: its last step at or before it.

    `column` is survival (1 before the first step) or cif (0). Raises KeyError for others.
    """
    steps = curve.loc[curve["time"] <= when, column]
    return float(steps.iloc[-1]) if len(steps) else {"survival": 1.0, "cif": 0.0}[column]


def _checked(
    time: ArrayLike, event: ArrayLike, entry: ArrayLike | None
) -> tuple[Floats, Floats, Floats]:
    time, event = known(time, "time"), known(event, "event")
    entry = np.zeros(time.shape) if entry is None else known(entry, "entry")
    same_shape(time=time, event=event, entry=entry)
    not_empty(time, "time")
    refuse(time < 0, time, "time can't be negative", "check the dates")
    late = (time <= entry) & (entry > 0)
    refuse(late, time, "time must be after entry", "leave out those who left before they came")
    return time, event, entry


def _table(
    time: Floats, code: Floats, entry: Floats, codes: Floats
) -> tuple[Floats, Floats, Floats]:
    """Distinct times, numbers at risk just before each, and ends by code (row) at each."""
    times, place = np.unique(time, return_inverse=True)
    gone = np.concatenate([[0], np.bincount(place).cumsum()[:-1]])
    came = np.searchsorted(np.sort(entry), times, side="left")
    came = np.where(times > 0, came, np.sum(entry == 0))
    ended = [np.bincount(place, weights=code == c, minlength=times.size) for c in codes]
    return times, (came - gone).astype(float), np.array(ended)


def _log_log(share: Floats, se: Floats, z: float) -> tuple[Floats, Floats]:
    """Limits that stay within 0-1; none where the share is 0 or 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        power = np.exp(z * se / (share * np.abs(np.log(share))))
        lower, upper = share**power, share ** (1 / power)
    inside = (share > 0) & (share < 1)
    return np.where(inside, lower, np.nan), np.where(inside, upper, np.nan)


def _incidence(
    times: Floats, at_risk: Floats, ends: Floats, own: Floats, cause: int, z: float
) -> pd.DataFrame:
    """One cause: cumulative incidence with its standard error."""
    hazard = own / at_risk
    survival = np.cumprod(1 - ends / at_risk)
    before = np.concatenate([[1.0], survival[:-1]])
    cif = np.cumsum(before * hazard)
    se = np.sqrt(_incidence_variance(cif, before, ends / at_risk, hazard, at_risk))
    rest_lower, rest_upper = _log_log(1 - cif, se, z)
    return pd.DataFrame(
        {
            "time": times,
            "cause": cause,
            "cif": cif,
            "se": se,
            "lower": 1 - rest_upper,
            "upper": 1 - rest_lower,
        }
    )


def _incidence_variance(
    cif: Floats, before: Floats, a: Floats, b: Floats, at_risk: Floats
) -> Floats:
    """Delta method over survival and incidence, `a` the hazard of any cause and `b` of this one.

    The variance of the sum over steps j of (hazard noise at j) x (its effect on incidence at k):
    before_j (db_j) - (cif_k - cif_j) da_j / (1 - a_j), written out so that three running sums do.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.where(a < 1, 1 / (1 - a), 0.0)
    own, any_, both = (m / at_risk for m in (b * (1 - b), a * (1 - a), b * (1 - a)))
    flat = before**2 * own + 2 * before * cif * scale * both + (cif * scale) ** 2 * any_
    slope = -2 * before * scale * both - 2 * cif * scale**2 * any_
    curve = scale**2 * any_
    return np.maximum(0.0, flat.cumsum() + cif * slope.cumsum() + cif**2 * curve.cumsum())
