"""The time of year in a series: school life has terms, and chance must be judged without them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

_CYCLES = 2  # points of each time of year with a whole year about them; three to four years in all
_STRONG = 0.001  # probability below which a season is taken to be there
_PRESENT = 0.75  # share of a year's points that must be known for its mean to count


@dataclass(frozen=True)
class Season:
    """What the time of year does to each point: a share of its year's level, or an amount on it.

    `effect`: shape (points,), averaging 1 (`shares`) or 0; `found` is False where none shows.
    """

    effect: Floats
    shares: bool
    found: bool

    def take_out(self, values: ArrayLike) -> Floats:
        """Values without their season."""
        values = np.asarray(values, dtype=float)
        return values / self.effect if self.shares else values - self.effect

    def put_back(self, values: ArrayLike) -> Floats:
        """Values, or limits, with the season of their points."""
        values = np.asarray(values, dtype=float)
        return values * self.effect if self.shares else values + self.effect

    def last(self, points: int) -> Season:
        """The season of the newest points only."""
        return Season(self.effect[self.effect.size - points :], self.shares, self.found)


def season_of(dates: pd.Series, values: pd.Series) -> Season:
    """The season of a series of months or terms.

    `dates`: their starts; `values`: in the same order; neither missing. Classical decomposition:
    each point against the centred mean of a year, median by time of year (one odd year doesn't
    move it), kept if analysis of variance of ranks by time of year gives a probability below 0.001.
    Shares where every value is above 0, so that a season grows with its level; else amounts.
    """
    y = values.to_numpy(float)
    shares = bool((y > 0).all())
    place = (dates.dt.month.to_numpy() - 9) % 12
    year = dates.dt.year.to_numpy() - (dates.dt.month.to_numpy() < 9)
    grid = pd.DataFrame({"year": year, "place": place, "value": y})
    table = grid.pivot_table(index="year", columns="place", values="value")
    table = table.reindex(range(year.min(), year.max() + 1))
    level = pd.DataFrame(_year_mean(table.to_numpy(float)), table.index, table.columns)
    off = table / level if shares else table - level
    if off.shape[1] < 2 or off.notna().sum().min() < _CYCLES or _chance(off) >= _STRONG:
        return Season(np.full(y.size, float(shares)), shares, False)
    effect = pd.Series(place).map(off.median()).to_numpy(float)
    return Season(effect / effect.mean() if shares else effect - effect.mean(), shares, True)


def _year_mean(table: Floats) -> Floats:
    """Centred mean of one whole year about each point; NaN near the ends and in large gaps."""
    flat, cycle = table.ravel(), table.shape[1]
    weight = np.ones(cycle) if cycle % 2 else np.r_[0.5, np.ones(cycle - 1), 0.5]
    if flat.size < weight.size:
        return np.full(table.shape, np.nan)
    known = np.convolve(~np.isnan(flat), weight, "valid")
    total = np.convolve(np.nan_to_num(flat), weight, "valid")
    mean = np.full(flat.size, np.nan)
    enough = known >= _PRESENT * cycle
    mean[weight.size // 2 :][: enough.size][enough] = total[enough] / known[enough]
    return mean.reshape(table.shape)


def _chance(off: pd.DataFrame) -> float:
    """Probability of so clear a season in a series that has none.

    One-way F test of ranks, so that one odd year neither makes a season nor hides one.
    """
    from scipy.special import fdtrc

    flat = pd.Series(off.to_numpy().ravel()).rank().to_numpy()
    off = pd.DataFrame(flat.reshape(off.shape))
    groups, points = off.shape[1], int(off.count().sum())
    middle = float(np.nanmean(off.to_numpy()))
    across = float((off.count() * (off.mean() - middle) ** 2).sum())
    within = float(((off - off.mean()) ** 2).sum().sum())
    if within <= 1e-12 * across:
        return 0.0 if across > 0 else 1.0
    ratio = (across / (groups - 1)) / (within / (points - groups))
    return float(fdtrc(groups - 1, points - groups, ratio))
