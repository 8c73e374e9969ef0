"""Yearly effects of joining, leaving and moving as seen, and draws of how they go on.

An effect is the log of what happened in a year over what pooled rates expect; for all ages, and
for each stage of schooling beside that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.methods.futures.drift import Drift, draw_drift
from metrics.methods.futures.history import History
from metrics.methods.futures.priors import JOINING, LEAVING, MOVING, STAGE
from metrics.methods.futures.rates import Rates
from metrics.methods.futures.walk import Stages


@dataclass(frozen=True)
class _Seen:
    """One entry a year: events, what was expected, and the information in them."""

    events: np.ndarray
    expected: np.ndarray
    information: np.ndarray

    @property
    def effect(self) -> np.ndarray:
        out: np.ndarray = np.log((self.events + 0.5) / (self.expected + 0.5))
        return out

    @property
    def noise(self) -> np.ndarray:
        out: np.ndarray = 1 / np.sqrt(self.information + 0.5)
        return out


def draw_drifts(
    history: History, rates: Rates, draws: int, rng: np.random.Generator
) -> tuple[Drift, Drift, Drift]:
    """Yearly effects of joining, leaving and moving, each from what was seen and its prior."""
    stayed = (history.before >= 0) & (history.after >= 0)
    parts = (
        (_joining(history, rates), JOINING),
        (_leaving(history, rates), LEAVING),
        (_events(history, rates.move, stayed, stayed & (history.after != history.before)), MOVING),
    )
    joining, leaving, moving = (
        draw_drift(seen.effect, seen.noise, prior, draws, rng) for seen, prior in parts
    )
    return joining, leaving, moving


def draw_stages(
    history: History, rates: Rates, draws: int, rng: np.random.Generator, years: int
) -> Stages:
    """How each stage of schooling joins and leaves beside what all ages do."""
    found = []
    for part in (_joining, _leaving):
        whole = part(history, rates).effect
        paths = []
        for stage in range(int(rates.stage.max()) + 1):
            seen = part(history, rates, stage)
            drift = draw_drift(seen.effect - whole, seen.noise, STAGE, draws, rng)
            paths.append(drift.path(rng, years).astype(np.float32))
        found.append(np.stack(paths, axis=2)[:, :, rates.stage])
    return Stages(*found)


def _joining(history: History, rates: Rates, stage: int | None = None) -> _Seen:
    new = history.before < 0
    ages = np.ones(len(history.ages), dtype=bool) if stage is None else rates.stage == stage
    came = _yearly(history, new & ages[history.age - history.youngest])
    expected = history.people(history.years)[:, ages] @ rates.join[ages]
    return _Seen(came, expected, came)


def _leaving(history: History, rates: Rates, stage: int | None = None) -> _Seen:
    here = history.before >= 0
    if stage is not None:
        here &= rates.stage[history.age - history.youngest] == stage
    return _events(history, rates.leave, here, here & (history.after < 0))


def _events(
    history: History, chance: np.ndarray, exposed: np.ndarray, happened: np.ndarray
) -> _Seen:
    """Seen against expected in each year, on the log-odds scale."""
    at = np.zeros(len(history.age))
    at[exposed] = chance[history.age[exposed] - history.youngest, history.before[exposed]]
    seen, expected = _yearly(history, happened), _yearly(history, exposed, at)
    return _Seen(seen, expected, _yearly(history, exposed, at * (1 - at)))


def _yearly(history: History, chosen: np.ndarray, weight: np.ndarray | None = None) -> np.ndarray:
    return np.bincount(
        history.year[chosen] - history.years[0],
        weights=None if weight is None else weight[chosen],
        minlength=len(history.years),
    ).astype(float)
