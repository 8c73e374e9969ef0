"""One yearly series forecast from itself and from what others like it did: plans in force.

Yearly growth (on the log scale) has a level of the authority's own, which leans on the panel's
mean, and shocks of single years, some of them shared by the whole country. Seven yearly points
tell no more than that, and no more is asked of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from metrics.methods._checks import Floats, known
from metrics.methods.futures.drift import DAMPING, draw_drift
from metrics.methods.futures.priors import Prior

LEAST_COMMON = 0.012
"""Standard deviation of growth the country's authorities share in a year, at the least: two or
three years can't show how far a national turn may go."""


@dataclass(frozen=True)
class Panel:
    """What a panel of authorities says of growth: all on the log scale, a year."""

    mean: float
    between: float
    """Standard deviation of authorities' own levels around the mean."""
    within: float
    """Standard deviation of an authority's years around its level."""
    common: float
    """Standard deviation of what all authorities share in a year."""

    @property
    def prior(self) -> Prior:
        """The panel as a prior for one authority's growth less the panel's mean."""
        return Prior(self.between, 0.0, 0.002, self.within, "the other authorities' growth so far")


def learn(table: ArrayLike) -> Panel:
    """What a panel says: `table` has a row an authority and a column a year, in order; no gaps.

    Needs at least 3 years and 10 authorities; robust to odd years. Raises ValueError.
    """
    values = np.atleast_2d(known(table, "table"))
    if values.shape[0] < 10 or values.shape[1] < 3 or (values <= 0).any():
        raise ValueError(
            f"table is {values.shape[0]} authorities by {values.shape[1]} years; at least 10 by 3,"
            " all above 0, are needed"
        )
    growth = np.diff(np.log(values), axis=1)
    years = growth.shape[1]
    own = growth.mean(axis=1)
    rest = growth - own[:, None]
    within = _spread(rest) * np.sqrt(years / (years - 1))
    between = np.sqrt(max(_spread(own) ** 2 - within**2 / years, 0.01**2))
    common = max(float(np.std(np.median(growth, axis=0), ddof=1)), LEAST_COMMON)
    return Panel(float(np.median(growth)), float(between), float(within), common)


def _spread(values: Floats) -> float:
    """Standard deviation with the farthest one in a hundred either side drawn in."""
    low, high = np.percentile(values, [1, 99])
    return float(np.std(np.clip(values, low, high)))


def forecast(
    series: ArrayLike, panel: Panel, *, years: int, draws: int = 2000, seed: int = 0
) -> Floats:
    """Simulated futures of a yearly series of counts: shape (draws, years).

    `series` is in date order, above 0, with at least two years. Raises ValueError.
    """
    values = known(series, "series")
    if values.size < 2 or (values <= 0).any():
        raise ValueError(
            f"series has {values.size} years; at least 2 are needed, all above 0: never a"
            " confident line from one point"
        )
    rng = np.random.default_rng(seed)
    growth = np.diff(np.log(values)) - panel.mean
    drift = draw_drift(growth, np.sqrt(2 / values[1:]), panel.prior, draws, rng)
    faded = DAMPING ** np.arange(1, years + 1)
    heavy = np.sqrt(4 / rng.chisquare(4, (draws, years)))
    own = rng.standard_normal((draws, years)) * heavy * drift.spread[:, None]
    shared = np.cumsum(rng.standard_normal((draws, years)), axis=1) * panel.common
    steps = panel.mean + drift.level[:, None] * faded + own + shared
    out: Floats = values[-1] * np.exp(np.cumsum(steps, axis=1))
    return out
