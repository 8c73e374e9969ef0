"""The projection: children by academic year, need and setting, with an honest range.

A state model. Each year some children leave, some move to another need or setting, and others
join from the population. Rates are pooled so that rare states borrow strength; they have a level
and a trend with priors from national series; a future's rates, its trend and its good and bad
years are drawn once for it, and chance is added. Method after the stock-flow models councils use
(joiners, movers, leavers), with trend and shared uncertainty added.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.methods.futures.history import COSTS, CannotProject, History, read_history
from metrics.methods.futures.priors import JOINING, LEAVING, MOVING
from metrics.methods.futures.rates import Rates, pooled
from metrics.methods.futures.seen import draw_drifts, draw_stages
from metrics.methods.futures.unsteady import Unsteady, own_unsteadiness
from metrics.methods.futures.walk import Beliefs, Effects, believe, walk

__all__ = ["CannotProject", "Projection", "project"]

QUANTILES = {"q025": 0.025, "q10": 0.1, "q50": 0.5, "q90": 0.9, "q975": 0.975}
MOST_DRAWS, MOST_YEARS = 20_000, 20
Lever = Callable[[Effects], Effects]
People = Callable[[History, int, np.random.Generator], np.ndarray]


@dataclass(frozen=True)
class Projection:
    """Simulated futures. `children` is future, year ahead, academic year, state."""

    history: History
    children: np.ndarray
    joined: np.ndarray
    """Children newly counted: future, year ahead, academic year, need."""
    rates: Rates
    beliefs: Beliefs
    effects: Effects
    notes: tuple[str, ...]
    """What a reader must know: years seen, priors used."""

    @property
    def years(self) -> np.ndarray:
        """The calendar years projected."""
        return self.history.origin + 1 + np.arange(self.children.shape[1])

    def total(self) -> pd.DataFrame:
        """Children in all: `year, mean, q025, q10, q50, q90, q975`, one row a year."""
        return _ranges(self.years, self.children.sum(axis=(2, 3), dtype=np.int64))

    def cells(self) -> pd.DataFrame:
        """Children by need and setting: `year, need, setting` and the columns of `total`."""
        by_state = self.children.sum(axis=2, dtype=np.int32)
        states = self.history.states
        frames = [
            _ranges(self.years, by_state[:, :, k]).assign(
                need=states.needs[states.need[k]], setting=states.settings[states.setting[k]]
            )
            for k in range(len(states))
        ]
        columns = ["year", "need", "setting", "mean", *QUANTILES]
        return pd.concat(frames).sort_values(columns[:3])[columns].reset_index(drop=True)

    def cost(self, costs: pd.DataFrame) -> pd.DataFrame:
        """Cost in all, in pounds a year: the columns of `total`.

        `costs` has `need, setting, cost`; a state without a cost of its own takes its setting's
        mean. Raises CannotProject where a setting children are in has none.
        """
        price = _prices(self.history, costs, self.children)
        return _ranges(self.years, self.children.sum(axis=2) @ price)


def project(
    transitions: pd.DataFrame,
    population: pd.DataFrame,
    *,
    origin: int,
    years: int,
    draws: int = 1000,
    seed: int = 0,
    lever: Lever | None = None,
    people: People | None = None,
    own: bool = False,
) -> Projection:
    """Simulate `draws` futures of `years` years after the origin.

    `transitions` has `calendar-year, setting-1, need-1, academic-year-1, setting-2, need-2,
    academic-year-2`, one row a child and year; a row of calendar year Y leads to the children
    counted in year Y; only rows to the origin are used. `population` has `calendar-year,
    academic-year, population`. `lever` changes yearly effects (log scale) for a scenario.
    `people` draws how far the population is from what was given (factors by future, year ahead,
    academic year); `own` takes how far single states stray from the years seen, not set wide. The
    same seed gives the same futures. Raises CannotProject naming what is missing or wrong.
    """
    _refuse_size(years, draws)
    history = read_history(transitions, population, origin=origin, years=years)
    rates = pooled(history)
    rng = np.random.default_rng(seed)
    unsteady = own_unsteadiness(history, rates) if own else Unsteady()
    drifts = draw_drifts(history, rates, draws, rng)
    beliefs = believe(history, rates, drifts, draws, rng, unsteady)
    joining, leaving, moving = (drift.path(rng, years) for drift in drifts)
    factors = people(history, draws, rng) if people else None
    stages = draw_stages(history, rates, draws, rng, years) if own else None
    effects = Effects(joining, leaving, moving, factors, stages)
    effects = lever(effects) if lever else effects
    children, joined = walk(history, rates, beliefs, effects, rng)
    return Projection(history, children, joined, rates, beliefs, effects, _notes(history))


def _refuse_size(years: int, draws: int) -> None:
    if not 1 <= years <= MOST_YEARS:
        raise CannotProject(f"{years} years ahead; give 1 to {MOST_YEARS}")
    if not 100 <= draws <= MOST_DRAWS:
        raise CannotProject(f"{draws} futures; give 100 to {MOST_DRAWS}")


def _notes(history: History) -> tuple[str, ...]:
    years = len(history.years)
    seen = f"{years} year{'s' if years > 1 else ''} of moves were seen, to {history.origin}"
    weight = "the trend is nearly all prior" if years < 3 else "the prior steadies the trend"
    priors = [
        f"prior for {name}: {p.trend:+.0%} a year, give or take {1.96 * p.trend_sd:.0%}: {p.source}"
        for name, p in (("joining", JOINING), ("leaving", LEAVING), ("moving", MOVING))
    ]
    return (f"{seen}; {weight}", *priors)


def _ranges(years: np.ndarray, values: np.ndarray) -> pd.DataFrame:
    """Mean and quantiles over futures; counts' lower ones rounded down, upper ones up."""
    whole = np.issubdtype(values.dtype, np.integer)
    table: dict[str, np.ndarray] = {"year": years, "mean": values.mean(axis=0)}
    for name, q in QUANTILES.items():
        table[name] = _quantile(values, q, whole)
    return pd.DataFrame(table)


def _quantile(values: np.ndarray, q: float, whole: bool) -> np.ndarray:
    if not whole or q == 0.5:
        return np.quantile(values, q, axis=0)
    return np.quantile(values, q, axis=0, method="lower" if q < 0.5 else "higher")


def _prices(history: History, costs: pd.DataFrame, children: np.ndarray) -> np.ndarray:
    """Pounds a year by state; a state without its own cost takes the mean of its setting."""
    lacking = [c for c in COSTS if c not in costs.columns]
    if lacking:
        raise CannotProject(f"the costs lack the column {lacking[0]!r}; they need {COSTS}")
    states, cost = history.states, pd.to_numeric(costs["cost"], errors="coerce").to_numpy()
    if np.isnan(cost).any() or (cost < 0).any():
        line = int(np.argmax(np.isnan(cost) | (cost < 0))) + 2
        raise CannotProject(f"line {line} of the costs: the cost is not a number of pounds from 0")
    code = states.code(costs["need"], costs["setting"])
    price = np.full(len(states), np.nan)
    price[code[code >= 0]] = cost[code >= 0]
    table = price.reshape(len(states.needs), len(states.settings))
    known = ~np.isnan(table)
    mean = np.where(known, table, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    used = children.any(axis=(0, 1, 2)).reshape(table.shape).any(axis=0)
    if (used & ~known.any(axis=0)).any():
        setting = states.settings[int(np.argmax(used & ~known.any(axis=0)))]
        raise CannotProject(f"the costs lack setting {setting!r}, where children may be")
    return np.where(known, table, mean).ravel()
