"""The forecasts any other has to beat: the last value, the straight line, the damped trend.

For a short yearly series, in the series' own unit, errors taken as normal. Hyndman and
Athanasopoulos, Forecasting: principles and practice, 3rd edition, 5.5 and 8.7; ranges as in the R
package forecast.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from metrics.methods._checks import Floats, known, z_of

DAMPING = 0.9
"""How much of a trend is left each year; set, not fitted: few points can't tell it."""
_WEIGHTS = np.arange(1, 20) / 20


@dataclass(frozen=True)
class Baseline:
    """A normal forecast: `mean` and `sd` by year ahead, shape (years,), in the series' unit."""

    name: str
    mean: Floats
    sd: Floats

    def interval(self, confidence: float) -> tuple[Floats, Floats]:
        """Lower and upper limits, shape (years,) each. `confidence` is a share, such as 0.95."""
        reach = z_of(confidence) * self.sd
        return self.mean - reach, self.mean + reach


def naive(series: ArrayLike, years: int) -> Baseline:
    """The last value again; sd = sqrt(mean squared yearly change) x sqrt(years ahead).

    `series`: in date order, at least 2 yearly values. Raises ValueError.
    """
    values, ahead = _checked(series, years, 2)
    sd = np.sqrt(np.mean(np.diff(values) ** 2) * ahead)
    return Baseline("naive", np.full(years, values[-1]), sd)


def drift(series: ArrayLike, years: int) -> Baseline:
    """The line from the first value to the last, drawn on.

    With n values, h years ahead and yearly changes e of mean b: variance
    sum((e - b)^2) / (n - 2) x h (1 + h / (n - 1)).
    `series`: in date order, at least 3 yearly values. Raises ValueError.
    """
    values, ahead = _checked(series, years, 3)
    change = np.diff(values)
    slope, n = change.mean(), values.size
    variance = ((change - slope) ** 2).sum() / (n - 2)
    sd = np.sqrt(variance * ahead * (1 + ahead / (n - 1)))
    return Baseline("drift", values[-1] + slope * ahead, sd)


def damped(series: ArrayLike, years: int) -> Baseline:
    """A level and a trend that fades: additive errors, damping set, two weights fitted.

    Starts from the second value and the first change; the weights of level and trend are those of
    least squared one-year errors on a grid of 0.05 (trend weight at most the level's). Variance
    s^2 (1 + sum of c_j^2, j < h), c_j = level weight + trend weight x (d + ... + d^j), with
    s^2 = squared errors / (n - 4, at least 1): 2 values to start, 2 weights.
    `series`: in date order, at least 4 yearly values. Raises ValueError.
    """
    values, ahead = _checked(series, years, 4)
    level, trend, squared = _fit(values)
    best = int(np.argmin(squared))
    alpha, beta = (weight[best] for weight in _grid())
    faded = np.cumsum(DAMPING**ahead)
    spread = np.concatenate([[1.0], np.cumsum((alpha + beta * faded[:-1]) ** 2) + 1.0])
    sd = np.sqrt(squared[best] / max(values.size - 4, 1) * spread)
    return Baseline("damped", level[best] + trend[best] * faded, sd)


BASELINES: dict[str, Callable[[ArrayLike, int], Baseline]] = {
    "naive": naive,
    "drift": drift,
    "damped": damped,
}
"""Every baseline by its name."""


def _checked(series: ArrayLike, years: int, least: int) -> tuple[Floats, Floats]:
    values = np.atleast_1d(known(series, "series"))
    if values.ndim != 1 or values.size < least:
        raise ValueError(f"series has {values.size} years; at least {least} are needed")
    if years < 1:
        raise ValueError(f"{years} years ahead; give at least 1")
    return values, np.arange(1, years + 1, dtype=float)


def _grid() -> tuple[Floats, Floats]:
    alpha, beta = np.meshgrid(_WEIGHTS, np.concatenate([[0.0], _WEIGHTS]), indexing="ij")
    allowed = beta <= alpha
    return alpha[allowed], beta[allowed]


def _fit(values: Floats) -> tuple[Floats, Floats, Floats]:
    """Last level and trend, and squared errors, for every pair of weights."""
    alpha, beta = _grid()
    level = np.full(alpha.size, values[1])
    trend = np.full(alpha.size, values[1] - values[0])
    squared = np.zeros(alpha.size)
    for value in values[2:]:
        expected = level + DAMPING * trend
        error = value - expected
        squared += error**2
        level, trend = expected + alpha * error, DAMPING * trend + beta * error
    return level, trend, squared
