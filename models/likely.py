"""A range in words, for people who do not know what an interval is: one wording for all."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor, isfinite, log10


def range_words(q025: float, q10: float, q90: float, q975: float, unit: str = "") -> str:
    """The forecast in plain words: "likely between A and B; we would be surprised below C ...".

    `q10` to `q90` is where 8 in 10 futures lie, `q025` to `q975` 95 in 100. Limits are rounded
    outwards, to steps of about a tenth of the likely range, and never below 0 for limits above it.
    `unit` stands before each number ("£"). Raises ValueError where they are out of order.
    """
    low, likely, upper, high = spread(q025, q10, q90, q975)
    step = _step(float(q90) - float(q10))
    words = [f"{unit}{x:,.0f}" if step >= 1 else f"{unit}{x:g}" for x in (likely, upper, low, high)]
    return "likely between {} and {}; we would be surprised below {} or above {}".format(*words)


def spread(q025: float, q10: float, q90: float, q975: float) -> tuple[float, float, float, float]:
    """The four limits of `range_words`, in their order, rounded outwards to one step.

    Raises ValueError where they are out of order, or one is missing.
    """
    limits = [float(x) for x in (q025, q10, q90, q975)]
    if not all(map(isfinite, limits)):
        raise ValueError("limits hold a missing or infinite number; give four numbers")
    if sorted(limits) != limits:
        raise ValueError(f"limits are out of order: {', '.join(f'{x:g}' for x in limits)}")
    step = _step(limits[2] - limits[1])
    low, high = outwards(limits[0], limits[3], step)
    return low, *outwards(limits[1], limits[2], step), high


def outwards(low: float, high: float, step: float | None = None) -> tuple[float, float]:
    """Two limits rounded outwards, to `step` or to about a tenth of what lies between them."""
    step = step or _step(high - low)
    return floor(low / step) * step, ceil(high / step) * step


def _step(width: float) -> float:
    """1, 2 or 5 times a power of ten, at most a tenth of the width; whole numbers from 1."""
    if width < 10:
        return 1.0
    power = 10.0 ** floor(log10(width / 10))
    return float(max(m for m in (1, 2, 5) if m * power <= width / 10) * power)


def short_by(low: float, high: float) -> str:
    """As in "by 20 to 45 places", in fives from twenty on; "by up to 10 places" from nothing."""
    least, most = _tidy(low, floor), _tidy(high, ceil)
    if least <= 0:
        return f"by up to {max(most, 1)} places"
    return f"by {least} places" if least == most else f"by {least} to {most} places"


def _tidy(value: float, way: Callable[[float], int]) -> int:
    step = 5 if abs(value) >= 20 else 1
    return step * way(value / step)


def odds(chance: float) -> str:
    """As in "7 in 10"; "1 in 20" and "19 in 20" nearest to none and all."""
    if chance < 0.075:
        return "1 in 20"
    if chance > 0.95:
        return "19 in 20"
    return f"{min(max(round(chance * 10), 1), 9)} in 10"
