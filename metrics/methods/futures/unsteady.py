"""How far single states stray from pooled rates: from the borough's own years, or set wide.

A state's share of entries and its moves vary from year to year beyond chance; a setting comes into
favour or falls from it. Three years or more tell how far, weighed with a prior; with fewer nothing
is told, and the wide values apply.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from metrics.methods.futures.history import History
from metrics.methods.futures.rates import Rates

GROUP = 20
"""Groups moved together are small: a state of this many children is steadier by a root of two."""
LEAST_YEARS = 3
PRIOR_YEARS = 4.0
"""How many years of a borough's own the prior counts as."""


@dataclass(frozen=True)
class Unsteady:
    """Standard deviations on the log or log-odds scale, and how heavy their tails are.

    Set on the one anonymised authority whose moves of 2013 to 2016 are open, where needs and
    settings were relabelled in groups; ranges of single states elsewhere may be wider than need be.
    """

    entry: float = 1.3
    move: float = 1.9
    setting: float = 1.4
    tail: float = 2.5
    """Degrees of freedom of a state's own good and bad years: now and then a whole group moves."""
    centred: bool = False
    """Whether the mean over futures stays at the pooled rates; else small states gain by straying,
    as relabelled ones do."""


WIDE = Unsteady(entry=0.8, move=0.8, setting=0.5, tail=4.0, centred=True)
PRIOR = Unsteady(entry=0.4, move=0.4, setting=0.2, tail=6.0, centred=True)


def own_unsteadiness(history: History, rates: Rates) -> Unsteady:
    """How far the borough's own states strayed, weighed with PRIOR; WIDE where too few years."""
    years = len(history.years)
    if years < LEAST_YEARS:
        return WIDE
    entered, moved = _entered(history), _moved(history)
    steady = 1 / np.sqrt(1 + history.stock(history.origin).sum(axis=0) / GROUP)
    heavy = PRIOR.tail / (PRIOR.tail - 2)
    expected = entered.sum(axis=1, keepdims=True) * entered.sum(axis=0) / max(entered.sum(), 1)
    entry = _beyond_chance(entered, expected, steady**2 * heavy)
    move = _beyond_chance(moved, _moves_expected(history, rates), steady**2 * heavy)
    setting = _favour(history, entered, expected)
    weight = years / (years + PRIOR_YEARS)

    def mixed(own: float, prior: float) -> float:
        return float(np.sqrt(weight * own + (1 - weight) * prior**2))

    return replace(
        PRIOR, entry=mixed(entry, PRIOR.entry), move=mixed(move, PRIOR.move),
        setting=mixed(setting, PRIOR.setting),
    )  # fmt: skip


def _table(history: History, chosen: np.ndarray, state: np.ndarray) -> np.ndarray:
    """Moves by year and state."""
    shape = (len(history.years), len(history.states))
    flat = (history.year[chosen] - history.years[0]) * shape[1] + state[chosen]
    return np.bincount(flat, minlength=shape[0] * shape[1]).reshape(shape).astype(float)


def _entered(history: History) -> np.ndarray:
    new = (history.after >= 0) & (history.after != history.before)
    return _table(history, new, history.after)


def _moved(history: History) -> np.ndarray:
    left = (history.before >= 0) & (history.after >= 0) & (history.after != history.before)
    return _table(history, left, history.before)


def _moves_expected(history: History, rates: Rates) -> np.ndarray:
    stayed = (history.before >= 0) & (history.after >= 0)
    chance = rates.move[history.age[stayed] - history.youngest, history.before[stayed]]
    out = np.zeros((len(history.years), len(history.states)))
    np.add.at(out, (history.year[stayed] - history.years[0], history.before[stayed]), chance)
    return out


def _beyond_chance(seen: np.ndarray, expected: np.ndarray, size: np.ndarray) -> float:
    """Variance of the log of a state's yearly factor, at the size of GROUP nought; 0 if none."""
    excess = ((seen - expected) ** 2 - expected).sum()
    return float(np.clip(excess / max((expected**2 * size).sum(), 1.0), 0.0, 1.0))


def _favour(history: History, entered: np.ndarray, expected: np.ndarray) -> float:
    """Variance of how far a setting's share of entries drifts a year, at the size GROUP nought."""
    setting = history.states.setting
    seen, wanted = (
        np.stack([np.bincount(setting, row) for row in part]) for part in (entered, expected)
    )
    time = np.arange(len(seen)) - (len(seen) - 1) / 2
    slope = time @ np.log((seen + 0.5) / (wanted + 0.5)) / (time**2).sum()
    chance = (time**2 @ (1 / (wanted + 0.5))) / (time**2).sum() ** 2
    size = np.bincount(setting, history.stock(history.origin).sum(axis=0))
    steady = 1 / (1 + size / (5 * GROUP))
    excess = (slope**2 - chance).sum() * len(seen)
    return float(np.clip(excess / max(steady.sum(), 0.1), 0.0, 1.0))
