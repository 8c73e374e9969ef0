"""From January counts to what a financial year pays for: child-years, by simulated future."""

from __future__ import annotations

from datetime import date

import numpy as np

CENSUS = (1, 16)
"""Month and day the January count is taken to be of."""
APRIL = 75 / 365
"""From that day to 1 April, in years."""


def year_weights(ends: int, years: int, start: float = 0.0) -> np.ndarray:
    """Weights of `ends` January counts (the first is the origin) in each financial year's mean.

    Children are taken to change evenly from one January to the next, and to stay as they were last
    counted after the last. `start` leaves out that share of the first year. Exact for such a line.
    Shape (years, ends); rows add up to 1.
    """
    windows = [(APRIL + k + (start if k == 0 else 0.0), APRIL + k + 1) for k in range(years)]
    return np.array([_mean_weights(low, high, ends) for low, high in windows])


def _mean_weights(low: float, high: float, ends: int) -> np.ndarray:
    inner = np.arange(np.floor(low) + 1, np.ceil(high))
    points = np.concatenate([[low], inner, [high]])
    hats = np.array([np.interp(points, np.arange(ends), row) for row in np.eye(ends)])
    weights: np.ndarray = np.trapezoid(hats, points, axis=1) / (high - low)
    return weights


def child_years(origin: np.ndarray, children: np.ndarray, start: float = 0.0) -> np.ndarray:
    """Mean children of each financial year, by future, year and group.

    `origin` counts by group in the first January, `children` by future, later January and group;
    the first financial year is the one that starts in the origin's year. As many years as later
    Januaries.
    """
    draws, years, _ = children.shape
    first = np.broadcast_to(origin, (draws, 1, len(origin)))
    counts = np.concatenate([first, children], axis=1)
    out: np.ndarray = np.einsum("yj,djg->dyg", year_weights(years + 1, years, start), counts)
    return out


def share_gone(day: date) -> float:
    """The share of its financial year that is over at the end of a day, from 0 to 1."""
    first = date(day.year if day.month >= 4 else day.year - 1, 4, 1)
    return ((day - first).days + 1) / (date(first.year + 1, 4, 1) - first).days
