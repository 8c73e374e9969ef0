"""How good a forecast was. Lower is better throughout.

Gneiting and Raftery 2007, J Am Stat Assoc 102:359; Hyndman and Koehler 2006, Int J Forecast
22:679; Bracher and others 2021, PLoS Comput Biol 17:e1008618.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from metrics.methods._checks import Floats, known, not_empty, refuse, same_shape


def mase(actual: ArrayLike, forecast: ArrayLike, training: ArrayLike, season: int = 1) -> float:
    """Mean absolute scaled error: below 1 beats repeating the value of one season before.

    `actual`, `forecast`: one dimension, equally long. `training`: the series before them, in date
    order, longer than `season`. NaN where the training series never moves.
    Raises ValueError for missing values, unequal lengths or too short a training series.
    """
    actual, forecast = _pair(actual, forecast, "forecast")
    training = known(training, "training")
    if not 1 <= season < training.size:
        raise ValueError(f"season is {season}; it must be 1 to {training.size - 1} steps here")
    naive = np.abs(training[season:] - training[:-season]).mean()
    return float(np.abs(actual - forecast).mean() / naive) if naive > 0 else float("nan")


def pinball(actual: ArrayLike, forecast: ArrayLike, quantile: float) -> Floats:
    """Pinball loss of a forecast quantile, one for each value, in the unit of the values.

    Raises ValueError for missing values, unequal lengths or a quantile outside 0-1.
    """
    actual, forecast = _pair(actual, forecast, "forecast")
    if not 0 < quantile < 1:
        raise ValueError(f"quantile is {quantile}; give a share between 0 and 1, such as 0.9")
    gap = actual - forecast
    return np.maximum(quantile * gap, (quantile - 1) * gap)


def interval_score(
    actual: ArrayLike, lower: ArrayLike, upper: ArrayLike, alpha: float = 0.05
) -> Floats:
    """Score of a central 1 - alpha interval, one for each value: width and penalty for a miss.

    Raises ValueError for missing values, unequal lengths, lower above upper, or alpha outside 0-1.
    """
    actual, lower = _pair(actual, lower, "lower")
    actual, upper = _pair(actual, upper, "upper")
    refuse(lower > upper, lower, "lower is above upper", "swap the limits")
    if not 0 < alpha < 1:
        raise ValueError(f"alpha is {alpha}; give a share between 0 and 1, such as 0.05")
    below, above = np.maximum(lower - actual, 0), np.maximum(actual - upper, 0)
    return upper - lower + 2 / alpha * (below + above)


def weighted_interval_score(
    actual: ArrayLike, median: ArrayLike, lower: ArrayLike, upper: ArrayLike, alphas: ArrayLike
) -> Floats:
    """Weighted interval score, one for each value: median and K central intervals together.

    `actual`, `median`: shape (values,). `lower`, `upper`: shape (K, values), one row for each of
    `alphas` (K,). (0.5 |y - m| + sum of alpha/2 x interval score) / (K + 0.5).
    Raises ValueError as `interval_score`, or where the numbers of rows and alphas differ.
    """
    actual, median = _pair(actual, median, "median")
    lower, upper = np.atleast_2d(known(lower, "lower")), np.atleast_2d(known(upper, "upper"))
    alphas = np.atleast_1d(known(alphas, "alphas"))
    if len(lower) != len(alphas) or len(upper) != len(alphas):
        raise ValueError(
            f"{len(alphas)} alphas need as many rows of lower ({len(lower)}) and upper"
        )
    parts = [
        alpha / 2 * interval_score(actual, low, high, float(alpha))
        for low, high, alpha in zip(lower, upper, alphas, strict=True)
    ]
    total: Floats = 0.5 * np.abs(actual - median) + np.sum(parts, axis=0)
    return total / (len(alphas) + 0.5)


def crps_normal(actual: ArrayLike, mean: ArrayLike, sd: ArrayLike) -> Floats:
    """Continuous ranked probability score of a normal forecast, one for each value.

    Raises ValueError for missing values, unequal lengths or sd not above 0.
    """
    from scipy.special import ndtr

    actual, mean = _pair(actual, mean, "mean")
    actual, sd = _pair(actual, sd, "sd")
    refuse(sd <= 0, sd, "sd must be above 0", "give the forecast's standard deviation")
    z = (actual - mean) / sd
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    score: Floats = sd * (z * (2 * ndtr(z) - 1) + 2 * density - 1 / np.sqrt(np.pi))
    return score


def crps(actual: ArrayLike, ensemble: ArrayLike, fair: bool = False) -> Floats:
    """Continuous ranked probability score of an ensemble, one for each value.

    `actual`: shape (values,). `ensemble`: shape (values, members). `fair` estimates the score of
    an endless ensemble (at least 2 members). Raises ValueError for missing values or other shapes.
    """
    actual, members = (
        np.atleast_1d(known(actual, "actual")),
        np.atleast_2d(known(ensemble, "ensemble")),
    )
    if members.shape[0] != actual.size:
        raise ValueError(f"ensemble has {members.shape[0]} rows for {actual.size} values")
    n = members.shape[1]
    if n < 1 + fair:
        raise ValueError(f"ensemble has {n} members; give at least {1 + fair}")
    # Sum over all pairs |a - b| of sorted members, without making the pairs.
    weights = 2 * np.arange(1, n + 1) - n - 1
    apart = 2 * (np.sort(members, axis=1) * weights).sum(axis=1)
    spread = apart / (2 * n * (n - 1) if fair else 2 * n**2)
    score: Floats = np.abs(members - actual[:, None]).mean(axis=1) - spread
    return score


def brier(happened: ArrayLike, probability: ArrayLike) -> float:
    """Mean squared gap between what happened (0 or 1) and its forecast probability (0-1).

    Raises ValueError for missing values, unequal lengths, or values outside those.
    """
    happened, probability = _pair(happened, probability, "probability")
    refuse(~np.isin(happened, (0, 1)), happened, "happened must be 0 or 1", "code the outcome so")
    odd = (probability < 0) | (probability > 1)
    refuse(odd, probability, "probability must lie in 0-1", "divide percentages by 100")
    return float(np.mean((probability - happened) ** 2))


def coverage(actual: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> float:
    """Share of values within their interval, limits included. Raises ValueError as above."""
    actual, lower = _pair(actual, lower, "lower")
    actual, upper = _pair(actual, upper, "upper")
    return float(np.mean((actual >= lower) & (actual <= upper)))


def _pair(actual: ArrayLike, other: ArrayLike, name: str) -> tuple[Floats, Floats]:
    actual, other = np.atleast_1d(known(actual, "actual")), np.atleast_1d(known(other, name))
    same_shape(**{"actual": actual, name: other})
    not_empty(actual, "actual")
    return actual, other
