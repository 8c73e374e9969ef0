"""How rates change from year to year: a level, a trend and a spread, each with its uncertainty.

The yearly effect y of a year t (the log of what happened over what pooled rates expect) is
level + trend x (t - origin) + a shock of that year. Level and trend are normal given the spread of
the shocks; the spread is summed over a grid. With one year seen, the prior is nearly all there is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.methods.futures.priors import Prior

DAMPING = 0.9
"""A trend fades: each year ahead it is this share of the year before."""
GRID = np.linspace(0.25, 3.0, 12)
"""Spreads tried, as multiples of the prior's."""


@dataclass(frozen=True)
class Drift:
    """One entry a future: the level at the origin, the trend a year, and the spread of years."""

    level: np.ndarray
    trend: np.ndarray
    spread: np.ndarray

    def path(self, rng: np.random.Generator, years: int) -> np.ndarray:
        """The effect in each year ahead, by future and year."""
        faded = np.cumsum(DAMPING ** np.arange(years))
        shock = rng.standard_normal((len(self.level), years)) * self.spread[:, None]
        return self.level[:, None] + self.trend[:, None] * faded + shock


def draw_drift(
    effect: np.ndarray, noise: np.ndarray, prior: Prior, draws: int, rng: np.random.Generator
) -> Drift:
    """Draws of level, trend and spread given the yearly effects up to the origin.

    `effect` and `noise` (its standard error from chance alone) have one entry a year, the last
    being the origin's.
    """
    time = np.arange(1 - len(effect), 1, dtype=float)
    spreads = GRID * prior.spread
    fits = [_fit(effect, noise, time, spread, prior) for spread in spreads]
    log_chance = np.array([f[2] for f in fits]) - 0.5 * GRID**2
    chance = np.exp(log_chance - log_chance.max())
    pick = rng.choice(len(spreads), size=draws, p=chance / chance.sum())
    mean = np.stack([f[0] for f in fits])[pick]
    root = np.stack([np.linalg.cholesky(f[1]) for f in fits])[pick]
    both = mean + np.einsum("dij,dj->di", root, rng.standard_normal((draws, 2)))
    return Drift(both[:, 0], both[:, 1], spreads[pick])


def _fit(
    effect: np.ndarray, noise: np.ndarray, time: np.ndarray, spread: float, prior: Prior
) -> tuple[np.ndarray, np.ndarray, float]:
    """Mean and covariance of level and trend, and the log likelihood of the spread."""
    design = np.stack([np.ones_like(time), time], axis=1)
    before = np.diag([prior.level**2, prior.trend_sd**2])
    middle = np.array([0.0, prior.trend])
    total = design @ before @ design.T + np.diag(noise**2 + spread**2)
    gain = before @ design.T @ np.linalg.inv(total)
    miss = effect - design @ middle
    _, size = np.linalg.slogdet(total)
    likelihood = -0.5 * (size + miss @ np.linalg.solve(total, miss))
    return middle + gain @ miss, before - gain @ design @ before, float(likelihood)
