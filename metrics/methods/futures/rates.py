"""Rates pooled over all years seen, so that rare states borrow strength from their neighbours.

Each rate leans on a wider group: an academic year and setting on the academic year, that on all
children; the wider group counts as `STRENGTH` children. No move that is possible has chance nil.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.methods.futures.history import History, States

STRENGTH = 12.0
"""How many children the wider group counts as."""
UNSEEN = 150.0
"""How many the product of need and setting counts as, where a child enters: it keeps a door open to
states nobody has been in yet."""
ONWARD, FLAT = 24.0, 0.6
"""The same for one who moves: by stage and new setting, and for every setting alike."""
TURNS = (-10, 0, 1, 7, 12, 15)
"""Academic years in which a stage begins: reception, year 1, secondary, post-16, post-19."""


@dataclass(frozen=True)
class Rates:
    """Pooled chances, by academic year of arrival (rows) and state (columns).

    `*_seen` say how many children a rate rests on; `onward` and `entry` are cumulative chances of
    the new state, by stage and old state, and by academic year.
    """

    leave: np.ndarray
    leave_seen: np.ndarray
    move: np.ndarray
    move_seen: np.ndarray
    join: np.ndarray
    """New children per person of that academic year."""
    join_seen: np.ndarray
    onward: np.ndarray
    entry: np.ndarray
    stage: np.ndarray
    """The stage each academic year lies in."""
    newly: np.ndarray
    """How often each state was entered, by joining or by moving."""


def pooled(history: History) -> Rates:
    """Every rate a projection needs, from the moves known at the origin."""
    here = history.before >= 0
    left, stayed = here & (history.after < 0), here & (history.after >= 0)
    moved = stayed & (history.after != history.before)
    joined = ~here
    at = history.counts(history.age[here], history.before[here])
    stay = history.counts(history.age[stayed], history.before[stayed])
    gone = history.counts(history.age[left], history.before[left])
    turned = history.counts(history.age[moved], history.before[moved])
    came = history.counts(history.age[joined], history.after[joined])
    stage = np.searchsorted(TURNS, history.ages, side="right") - 1
    leave, leave_seen = _by_setting(history, gone, at)
    move, move_seen = _by_setting(history, turned, stay)
    join, join_seen = _joining(history, came.sum(axis=1))
    return Rates(
        leave, leave_seen, move, move_seen, join, join_seen,
        onward=_onward(history, moved, stage),
        entry=_entry(history.states, came, stage),
        stage=stage,
        newly=came.sum(axis=0) + np.bincount(history.after[moved], minlength=len(history.states)),
    )  # fmt: skip


def _by_setting(
    history: History, events: np.ndarray, exposed: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Chance by academic year and setting, leaning on the academic year, then on all."""
    setting = history.states.setting
    e, n = _grouped(events, setting), _grouped(exposed, setting)
    overall = (e.sum() + 0.5) / (n.sum() + 1)
    by_age = (e.sum(1) + STRENGTH * overall) / (n.sum(1) + STRENGTH)
    chance = (e + STRENGTH * by_age[:, None]) / (n + STRENGTH)
    return np.clip(chance, 1e-5, 1 - 1e-5)[:, setting], (n + STRENGTH)[:, setting]


def _grouped(table: np.ndarray, group: np.ndarray) -> np.ndarray:
    out = np.zeros((len(table), group.max() + 1))
    np.add.at(out.T, group, table.T)
    return out


def _joining(history: History, came: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """New children per person by academic year, leaning on the years either side of it."""
    people = history.people(history.years).sum(axis=0)
    near = np.array([1.0, 2.0, 1.0])
    smooth = np.convolve(came, near, "same") / np.maximum(np.convolve(people, near, "same"), 1)
    smooth = np.maximum(smooth, 0.1 / people.sum())
    weight = STRENGTH / 2
    seen = came + weight
    return seen / (people + weight / smooth), seen


def _apart(states: States, seen: np.ndarray) -> np.ndarray:
    """Chances of each state if need and setting had nothing to do with each other."""
    table = seen.reshape(len(states.needs), len(states.settings))
    need, setting = table.sum(axis=1) + 1, table.sum(axis=0) + 1
    return np.outer(need / need.sum(), setting / setting.sum()).ravel()


def _onward(history: History, moved: np.ndarray, stage: np.ndarray) -> np.ndarray:
    """Cumulative chance of each new state for one who moves, by stage and old state."""
    k = len(history.states)
    seen = np.zeros((stage.max() + 1, k, k))
    at = stage[history.age[moved] - history.youngest]
    np.add.at(seen, (at, history.before[moved], history.after[moved]), 1.0)
    wide = _kind_of_move(history, seen)
    chance = seen + STRENGTH * wide
    chance[:, np.arange(k), np.arange(k)] = 0.0
    return np.cumsum(chance / chance.sum(axis=2, keepdims=True), axis=2)


def _kind_of_move(history: History, seen: np.ndarray) -> np.ndarray:
    """Moves by setting alone (need kept) and by need alone, for states too rare to tell."""
    states = history.states
    ns, nn = len(states.settings), len(states.needs)
    five = seen.reshape(len(seen), nn, ns, nn, ns)
    same_need = np.einsum("xnsnt->xst", five)
    onto = five.sum(axis=(1, 2, 3)) + five.sum(axis=(0, 1, 2, 3))[None] / 4 + FLAT
    onto /= onto.sum(axis=1, keepdims=True)
    by_setting = same_need + ONWARD * onto[:, None, :]
    by_setting /= by_setting.sum(axis=2, keepdims=True)
    need_to = five.sum(axis=(0, 1, 2, 4)) + 0.5
    need_to /= need_to.sum()
    kept = same_need.sum(axis=(1, 2)) + 3
    share = (kept / (seen.sum(axis=(1, 2)) + 4))[:, None, None, None, None]
    eye = np.eye(nn)[None, :, None, :, None]
    stay = np.eye(ns)[None, None, :, None, :]
    turn = need_to[None, None, None, :, None] * (0.6 * stay + 0.4 * by_setting[:, None, :, None, :])
    wide = share * eye * by_setting[:, None, :, None, :] + (1 - share) * turn
    return wide.reshape(seen.shape)


def _entry(states: States, came: np.ndarray, stage: np.ndarray) -> np.ndarray:
    """Cumulative chance of each state for one who joins, by academic year."""
    overall = came.sum(axis=0) + UNSEEN * _apart(states, came.sum(axis=0))
    overall /= overall.sum()
    by_stage = np.stack([came[stage == s].sum(axis=0) for s in range(stage.max() + 1)])
    by_stage = (by_stage + STRENGTH * overall) / (by_stage.sum(1, keepdims=True) + STRENGTH)
    chance = came + STRENGTH * by_stage[stage]
    return np.cumsum(chance / chance.sum(axis=1, keepdims=True), axis=1)
