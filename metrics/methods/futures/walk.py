"""Thousands of futures at once: each child stays, moves or leaves, and others join, year by year.

Only occupied cells are touched: a future, an academic year and a state, with how many are in it.
What a future believes of the rates is drawn once for it and kept through its years.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from metrics.methods.futures.drift import Drift
from metrics.methods.futures.history import History
from metrics.methods.futures.rates import Rates
from metrics.methods.futures.unsteady import GROUP, Unsteady

Array = np.ndarray
CANDIDATES = 5


@dataclass(frozen=True)
class Beliefs:
    """What each future takes to be true: one row a future."""

    joining: Drift
    leaving: Drift
    moving: Drift
    leave: Array
    """Log odds of leaving: future, academic year, state."""
    move: Array
    join: Array
    """Log of new children per person: future, academic year."""
    liking: Array
    """How much more often a state is entered than pooled chances say: future, state."""
    unsteady: Unsteady


@dataclass(frozen=True)
class Stages:
    """Effects beside those of all ages, log and log-odds: future, year ahead, academic year."""

    joining: Array
    leaving: Array


@dataclass(frozen=True)
class Effects:
    """Yearly effects on the log or log-odds scale: future, year ahead."""

    joining: Array
    leaving: Array
    moving: Array
    people: Array | None = None
    """The population over what was given: future, year ahead, academic year; None is as given."""
    stages: Stages | None = None
    """How stages of schooling differ from all of them; None is not at all."""


def believe(history: History, rates: Rates, drifts: tuple[Drift, Drift, Drift],
            draws: int, rng: np.random.Generator, unsteady: Unsteady) -> Beliefs:  # fmt: skip
    """Draw each future's rates around the pooled ones, by how many children these rest on."""
    joining, leaving, moving = drifts
    return Beliefs(
        joining, leaving, moving,
        leave=_log_odds(rates.leave, rates.leave_seen, draws, rng),
        move=_log_odds(rates.move, rates.move_seen, draws, rng),
        join=np.log(rates.join) + _noise((draws, len(rates.join)), rng)
        * (1 / np.sqrt(rates.join_seen)).astype(np.float32),
        liking=_liking(rates.newly, draws, rng),
        unsteady=unsteady,
    )  # fmt: skip


def _noise(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    return rng.standard_normal(shape, dtype=np.float32)


def _log_odds(chance: Array, seen: Array, draws: int, rng: np.random.Generator) -> Array:
    spread = 1 / np.sqrt(seen * chance * (1 - chance) + 1)
    centre = np.log(chance / (1 - chance)).astype(np.float32)
    return centre + spread.astype(np.float32) * _noise((draws, *chance.shape), rng)


def _liking(newly: Array, draws: int, rng: np.random.Generator) -> Array:
    spread = np.sqrt(0.04 + 4 / (newly + 1.5))
    return np.exp(spread * _noise((draws, len(newly)), rng))


def own_year(
    beliefs: Beliefs, settings: Array, ahead: int, steady: Array, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Each state's liking and log odds of moving on in one year of its own; heavy-tailed."""
    shape, unsteady = beliefs.liking.shape, beliefs.unsteady
    heavy = np.sqrt(unsteady.tail / rng.chisquare(unsteady.tail, (2, *shape))).astype(np.float32)
    entry, onward = _noise((2, *shape), rng) * heavy * steady
    rise = settings * np.sqrt(ahead + 1)
    liking = beliefs.liking * np.exp(np.clip(unsteady.entry * entry + rise, -5, 5))
    restless = np.clip(unsteady.move * onward, -4, 4)
    if not unsteady.centred:
        return liking, restless
    return liking / liking.mean(axis=0), restless - np.log(np.exp(restless).mean(axis=0))


def steadiness(history: History) -> Array:
    """How much less a state strays for its size, 0 to 1."""
    size = history.stock(history.origin).sum(axis=0)
    out: Array = (1 / np.sqrt(1 + size / GROUP)).astype(np.float32)
    return out


def _settings_rise(
    history: History, unsteady: Unsteady, draws: int, rng: np.random.Generator
) -> Array:
    """How each setting comes into favour or falls from it: future, state."""
    states = history.states
    size = np.bincount(states.setting, history.stock(history.origin).sum(axis=0))
    steady = 1 / np.sqrt(1 + size / (5 * GROUP))
    heavy = np.sqrt(unsteady.tail / rng.chisquare(unsteady.tail, (draws, len(size))))
    return (unsteady.setting * steady * heavy * _noise(heavy.shape, rng))[:, states.setting]


def walk(
    history: History, rates: Rates, beliefs: Beliefs, effects: Effects, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Children by future, year ahead, academic year and state (whole numbers), and those who join.

    Those who join are by future, year ahead, academic year and need.
    """
    draws, years = effects.joining.shape
    start = history.stock(history.origin)
    out = np.empty((draws, years, *start.shape), dtype=np.int16)
    shape = (draws, len(start), len(history.states.needs))
    joined = np.empty((draws, years, *shape[1:]), dtype=np.int16)
    now = np.broadcast_to(start.astype(np.int16), (draws, *start.shape))
    rise = _settings_rise(history, beliefs.unsteady, draws, rng)
    for ahead in range(years):
        now, new = _year(history, rates, beliefs, effects, rise, now, ahead, rng)
        out[:, ahead] = now
        by_need = np.bincount(new // len(history.states.settings), minlength=math.prod(shape))
        joined[:, ahead] = by_need.reshape(shape)
    return out, joined


def _year(history: History, rates: Rates, beliefs: Beliefs, effects: Effects,
          rise: Array, now: Array, ahead: int,
          rng: np.random.Generator) -> tuple[Array, Array]:  # fmt: skip
    """One year: everybody a year older, some gone, some moved, some new; and the cells of these."""
    shape = now.shape
    liking, restless = own_year(beliefs, rise, ahead, steadiness(history), rng)
    older = np.zeros(shape, dtype=np.int16)
    older[:, 1:] = now[:, :-1]
    which = np.flatnonzero(older)
    future, age, state = np.unravel_index(which, shape)
    leaving = effects.leaving[future, ahead]
    if effects.stages is not None:
        leaving = leaving + effects.stages.leaving[future, ahead, age]
    gone = _chance(beliefs.leave.ravel()[which] + leaving)
    turned = _chance(
        beliefs.move.ravel()[which] + effects.moving[future, ahead] + restless[future, state]
    )
    change = gone + (1 - gone) * turned
    changing = rng.binomial(older.ravel()[which], change)
    older.ravel()[which] -= changing.astype(np.int16)
    each = np.repeat(np.arange(len(which)), changing)
    each = each[rng.random(len(each)) * change[each] >= gone[each]]
    onto = _onto(rates, liking, rates.stage[age[each]] * shape[2] + state[each], future[each], rng)
    new = _joiners(history, rates, liking, beliefs, effects, ahead, rng)
    where = np.concatenate([(future[each] * shape[1] + age[each]) * shape[2] + onto, new])
    return older + np.bincount(where, minlength=older.size).reshape(shape).astype(np.int16), new


def _chance(log_odds: Array) -> Array:
    return 1 / (1 + np.exp(-log_odds))


def _onto(
    rates: Rates, liking: Array, row: Array, future: Array, rng: np.random.Generator
) -> Array:
    """A new state for each mover: some drawn by the pooled chances, one of them by liking."""
    drawn = _look_up(rates.onward.reshape(-1, liking.shape[1]), row[:, None], CANDIDATES, rng)
    weight = np.cumsum(liking[future[:, None], drawn], axis=1)
    at = (weight < weight[:, [-1]] * rng.random((len(row), 1))).sum(axis=1)
    return drawn[np.arange(len(row)), at]


def _look_up(cumulative: Array, row: Array, times: int, rng: np.random.Generator) -> Array:
    flat = (cumulative + np.arange(len(cumulative))[:, None]).ravel()
    width = cumulative.shape[1]
    found = np.searchsorted(flat, row + rng.random((len(row), times)), side="right")
    return np.clip(found - row * width, 0, width - 1)


def _joiners(history: History, rates: Rates, liking: Array, beliefs: Beliefs, effects: Effects,
             ahead: int, rng: np.random.Generator) -> Array:  # fmt: skip
    """The cell (future, academic year, state) of every new child."""
    people = history.people([history.origin + ahead + 1])[0]
    expected = people * np.exp(beliefs.join + effects.joining[:, [ahead]])
    if effects.people is not None:
        expected *= effects.people[:, ahead]
    if effects.stages is not None:
        expected *= np.exp(effects.stages.joining[:, ahead])
    came = rng.poisson(expected).ravel()
    chance = np.cumsum(np.diff(rates.entry, prepend=0)[None] * liking[:, None, :], axis=2)
    chance /= chance[:, :, [-1]]
    row = np.repeat(np.arange(len(came)), came)
    width = liking.shape[1]
    return row * width + _look_up(chance.reshape(-1, width), row[:, None], 1, rng)[:, 0]
