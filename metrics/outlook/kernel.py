"""Where those who join are, so many Januaries later: expected shares by group.

The expected rates are the means, over simulated futures, of what each takes to be true; so children
who join times these shares, with those who were there before, come near the mean of the futures.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from metrics.methods.futures.walk import own_year, steadiness
from metrics.methods.projection import Projection
from metrics.outlook.groups import NEEDS, PHASES, Groups, need_of, phase_of

DRAWS = 200
"""Futures whose rates are averaged; more change the shares in the third place only."""


def make_kernel(projection: Projection, groups: Groups, years: int) -> pd.DataFrame:
    """`need, phase, lag, group_id, share`: lag 0 is the January they are first counted."""
    keep, onward = _expected(projection, years)
    size, of = len(groups.frame), groups.of(projection.history).ravel()
    shares = np.empty((len(NEEDS), len(PHASES), years, size))
    for n, p in np.ndindex(len(NEEDS), len(PHASES)):
        spread = _entry(projection, n, p)
        for lag in range(years):
            shares[n, p, lag] = np.bincount(of, spread.ravel(), minlength=size)
            if lag + 1 < years:
                spread = _older(spread, keep[lag + 1], onward[lag + 1], projection)
    n, p, lag, group = (part.ravel() for part in np.indices(shares.shape))
    rows = pd.DataFrame({"need": np.array(NEEDS)[n], "phase": np.array(PHASES)[p], "lag": lag,
                         "group_id": group, "share": shares.ravel()})  # fmt: skip
    return rows[rows["share"] > 1e-6].reset_index(drop=True)


def survivors(projection: Projection, years: int) -> np.ndarray:
    """Those counted at the origin, expected in each later year, by academic year and state."""
    keep, onward = _expected(projection, years)
    now = projection.history.stock(projection.history.origin).astype(float)
    out = np.empty((years, *now.shape))
    for year in range(years):
        now = out[year] = _older(now, keep[year], onward[year], projection)
    return out


def _entry(projection: Projection, n: int, p: int) -> np.ndarray:
    """Shares of those who join of a need and phase, by academic year and state; sums to 1."""
    history, rates = projection.history, projection.rates
    people = history.people(projection.years).mean(axis=0)
    came = (people * rates.join)[:, None] * np.diff(rates.entry, prepend=0, axis=1)
    here = (phase_of(history.ages) == p)[:, None] & (need_of(history)[history.states.need] == n)[
        None
    ]
    chosen = came * here
    total = chosen.sum()
    return chosen / total if total else chosen


def _expected(projection: Projection, years: int) -> tuple[np.ndarray, np.ndarray]:
    """Chances of staying put and of moving on, by year ahead, academic year and state."""
    beliefs, effects = projection.beliefs, projection.effects
    rng = np.random.default_rng(0)
    steady, none = steadiness(projection.history), np.zeros_like(beliefs.liking)
    stay, move = [], []
    for year in range(years):
        restless = own_year(beliefs, none, year, steady, rng)[1][:DRAWS]
        gone = _chance(beliefs.leave[:DRAWS] + effects.leaving[:DRAWS, year, None, None])
        turned = _chance(
            beliefs.move[:DRAWS] + effects.moving[:DRAWS, year, None, None] + restless[:, None, :]
        )
        moved = ((1 - gone) * turned).mean(axis=0)
        move.append(moved)
        stay.append(1 - gone.mean(axis=0) - moved)
    return np.stack(stay), np.stack(move)


def _chance(log_odds: np.ndarray) -> np.ndarray:
    out: np.ndarray = 1 / (1 + np.exp(-log_odds))
    return out


def _older(
    now: np.ndarray, stay: np.ndarray, move: np.ndarray, projection: Projection
) -> np.ndarray:
    older = np.zeros_like(now)
    older[1:] = now[:-1]
    moving = older * move
    onto = np.diff(projection.rates.onward, prepend=0, axis=2)[projection.rates.stage]
    arrived: np.ndarray = np.einsum("as,ast->at", moving, onto)
    return older * stay + arrived
