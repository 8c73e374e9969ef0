"""What a named intervention adds: change in scores against usual care."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from metrics.computed.registry import CELL, cuts, method, people
from models.metric import Metric

_NEEDS = ("referral_id", "tool", "first_score", "gain")
_NAMES = [*CELL, "numerator", "denominator", "value", "lower", "upper", "people", "base",
          "interval_method"]  # fmt: skip


@method(needs=(*_NEEDS, "intervention"), denominator_needs=_NEEDS, makes=("intervention",))
def extra_change(metric: Metric, things: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """Mean change in score with the intervention less that with usual care, in standard deviations.

    Both sides have one row per referral and scale scored twice: `first_score` and `gain` (better
    above 0); things had the named `intervention`, the base usual care. Breakdown `intervention`
    holds each against the same usual care. Gains are divided by the standard
    deviation of first scores on their scale, averaged by child, and the two means compared. Counts:
    children on each side. Limits: Welch's t. Not available for fewer than two children a side.
    Source: Welch 1947, Biometrika 34:28; standardised mean difference, Cohen 1988.
    """
    with_it = cuts(metric, things.dropna(subset=["gain", "first_score"]))
    usual: dict[Any, pd.DataFrame] = dict(
        list(base.dropna(subset=["gain", "first_score"]).groupby("period_start"))
    )
    cells = [
        dict(zip(CELL, key, strict=True)) | _compared(mine, usual[key[0]])
        for key, mine in ((tuple(key), mine) for key, mine in with_it.groupby(CELL))
        if key[0] in usual
    ]
    return pd.DataFrame(cells, columns=_NAMES)


def _compared(mine: pd.DataFrame, usual: pd.DataFrame) -> dict[str, Any]:
    """One cell: effect, limits, and how many children stand on each side."""
    spread = pd.concat([mine, usual]).groupby("tool")["first_score"].std()
    a, b = _by_child(mine, spread), _by_child(usual, spread)
    value, half = _welch(a, b)
    return {
        "numerator": float(a.size),
        "denominator": float(b.size),
        "value": value,
        "lower": value - half,
        "upper": value + half,
        "people": people(mine),
        "base": people(usual),
        "interval_method": "Welch's t, by child",
    }


def _by_child(rows: pd.DataFrame, spread: pd.Series) -> np.ndarray:
    """Standardised gain of each child; a scale on which all began alike can't be standardised."""
    unit = rows["tool"].map(spread.where(spread > 0))
    gain = (rows["gain"] / unit).groupby(rows["person_id"]).mean()
    return gain.dropna().to_numpy(float)


def _welch(a: np.ndarray, b: np.ndarray) -> tuple[float, float]:
    """Difference of means and half the width of its 95 % limits; NaN where either side is alone."""
    from scipy.special import stdtrit

    if a.size < 2 or b.size < 2:
        return np.nan, np.nan
    va, vb = a.var(ddof=1) / a.size, b.var(ddof=1) / b.size
    if va + vb == 0:
        return float(a.mean() - b.mean()), np.nan
    freedom = (va + vb) ** 2 / (va**2 / (a.size - 1) + vb**2 / (b.size - 1))
    half = stdtrit(freedom, 0.975) * np.sqrt(va + vb)
    return float(a.mean() - b.mean()), float(half)
