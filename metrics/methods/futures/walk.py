"""Thousands of futures at once: each child stays, moves or leaves, and others join, year by year.

Only occupied cells are touched: a future, an academic year and a state, with how many are in it.
What a future believes of the rates is drawn once for it and kept through its years.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.methods.futures.drift import Drift
from metrics.methods.futures.history import History
from metrics.methods.futures.rates import Rates

Array = np.ndarray
CANDIDATES = 5
TAIL = 2.5
"""Degrees of freedom of a state's own good and bad years: now and then a whole group moves."""
ENTRY_SPREAD, MOVE_SPREAD, SETTING_SPREAD = 1.3, 1.9, 1.4
"""How far a small state's share of entries, its moves, and a small setting's favour vary.

Set on the one anonymised authority whose moves of 2013 to 2016 are open, where needs and settings
were relabelled in groups; ranges of single states elsewhere may be wider than they need be.
"""
GROUP = 20
"""Groups moved together are small: a state of this many children is steadier by a root of two."""


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


@dataclass(frozen=True)
class Effects:
    """Yearly effects on the log or log-odds scale: future, year ahead."""

    joining: Array
    leaving: Array
    moving: Array


def believe(history: History, rates: Rates, drifts: tuple[Drift, Drift, Drift],
            draws: int, rng: np.random.Generator) -> Beliefs:  # fmt: skip
    """Draw each future's rates around the pooled ones, by how many children these rest on."""
    joining, leaving, moving = drifts
    return Beliefs(
        joining, leaving, moving,
        leave=_log_odds(rates.leave, rates.leave_seen, draws, rng),
        move=_log_odds(rates.move, rates.move_seen, draws, rng),
        join=np.log(rates.join) + _noise((draws, len(rates.join)), rng)
        * (1 / np.sqrt(rates.join_seen)).astype(np.float32),
        liking=_liking(rates.newly, draws, rng),
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


def _own_year(
    beliefs: Beliefs, settings: Array, ahead: int, steady: Array, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Each state's liking and log odds of moving on in one year of its own; heavy-tailed."""
    shape = beliefs.liking.shape
    heavy = np.sqrt(TAIL / rng.chisquare(TAIL, (2, *shape))).astype(np.float32)
    entry, onward = _noise((2, *shape), rng) * heavy * steady
    rise = settings * np.sqrt(ahead + 1)
    liking = beliefs.liking * np.exp(np.clip(ENTRY_SPREAD * entry + rise, -5, 5))
    return liking, np.clip(MOVE_SPREAD * onward, -4, 4)


def _settings_rise(history: History, draws: int, rng: np.random.Generator) -> Array:
    """How each setting comes into favour or falls from it: future, state."""
    states = history.states
    size = np.bincount(states.setting, history.stock(history.origin).sum(axis=0))
    steady = 1 / np.sqrt(1 + size / (5 * GROUP))
    heavy = np.sqrt(TAIL / rng.chisquare(TAIL, (draws, len(size))))
    return (SETTING_SPREAD * steady * heavy * _noise(heavy.shape, rng))[:, states.setting]


def walk(
    history: History, rates: Rates, beliefs: Beliefs, effects: Effects, rng: np.random.Generator
) -> Array:
    """Children by future, year ahead, academic year and state (whole numbers)."""
    draws, years = effects.joining.shape
    start = history.stock(history.origin)
    out = np.empty((draws, years, *start.shape), dtype=np.int16)
    now = np.broadcast_to(start.astype(np.int16), (draws, *start.shape))
    rise = _settings_rise(history, draws, rng)
    for ahead in range(years):
        now = out[:, ahead] = _year(history, rates, beliefs, effects, rise, now, ahead, rng)
    return out


def _year(history: History, rates: Rates, beliefs: Beliefs, effects: Effects,
          rise: Array, now: Array, ahead: int, rng: np.random.Generator) -> Array:  # fmt: skip
    """One year: everybody a year older, some gone, some moved, some new."""
    shape = now.shape
    steady = 1 / np.sqrt(1 + history.stock(history.origin).sum(axis=0) / GROUP)
    liking, restless = _own_year(beliefs, rise, ahead, steady.astype(np.float32), rng)
    older = np.zeros(shape, dtype=np.int16)
    older[:, 1:] = now[:, :-1]
    which = np.flatnonzero(older)
    future, age, state = np.unravel_index(which, shape)
    gone = _chance(beliefs.leave.ravel()[which] + effects.leaving[future, ahead])
    turned = _chance(
        beliefs.move.ravel()[which] + effects.moving[future, ahead] + restless[future, state]
    )
    change = gone + (1 - gone) * turned
    changing = rng.binomial(older.ravel()[which], change)
    older.ravel()[which] -= changing.astype(np.int16)
    each = np.repeat(np.arange(len(which)), changing)
    each = each[rng.random(len(each)) * change[each] >= gone[each]]
    onto = _onto(rates, liking, rates.stage[age[each]] * shape[2] + state[each], future[each], rng)
    where = np.concatenate([
        (future[each] * shape[1] + age[each]) * shape[2] + onto,
        _joiners(history, rates, liking, beliefs, effects.joining[:, [ahead]], ahead, rng),
    ])  # fmt: skip
    return older + np.bincount(where, minlength=older.size).reshape(shape).astype(np.int16)


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


def _joiners(history: History, rates: Rates, liking: Array, beliefs: Beliefs, effect: Array,
             ahead: int, rng: np.random.Generator) -> Array:  # fmt: skip
    """The cell (future, academic year, state) of every new child."""
    people = history.people([history.origin + ahead + 1])[0]
    came = rng.poisson(people * np.exp(beliefs.join + effect)).ravel()
    chance = np.cumsum(np.diff(rates.entry, prepend=0)[None] * liking[:, None, :], axis=2)
    chance /= chance[:, :, [-1]]
    row = np.repeat(np.arange(len(came)), came)
    width = liking.shape[1]
    return row * width + _look_up(chance.reshape(-1, width), row[:, None], 1, rng)[:, 0]
