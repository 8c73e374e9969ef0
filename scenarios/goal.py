"""What would have to change, by when, to reach a target: one lever, found by halving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from scenarios.futures import CannotWork, Floats, Futures
from scenarios.levers import LEVERS, Levers, bounds
from scenarios.work import NOTHING_KNOWN, Known, Outcome, work_out

Aim = Literal["children", "away", "pounds", "pounds_away"]
HALVINGS = 14
STEPS = {"places": 1.0, "place_cost": 100.0}
"""A lever is found to a tenth of a per cent, places to a place, a cost to £100."""


@dataclass(frozen=True)
class Target:
    """At most `amount` children, children outside the borough, or pounds, by a January.

    `chance` is the share of futures in which it must be reached.
    """

    aim: Aim
    amount: float
    year: int
    chance: float = 0.5


@dataclass(frozen=True)
class Found:
    """What would have to change. `value` is the lever's where it can be reached, else None."""

    reached: bool
    without: float
    """What the target would be at without moving the lever, with the chance asked for."""
    value: float | None
    best: float
    """What the lever at its bound comes to."""
    bound: float
    latest: str | None
    """The last month in which the lever at its bound may start and still reach the target."""


def level(outcome: Outcome, target: Target) -> float:
    """What the target's measure is at or below in that share of futures.

    Raises CannotWork where money can't be said or the year is not projected.
    """
    if target.year not in outcome.futures.years:
        first, last = outcome.futures.years[0], outcome.futures.years[-1]
        raise CannotWork(
            f"January {target.year} is not projected.", f"choose a year from {first} to {last}"
        )
    values = _measure(outcome, target.aim)[:, outcome.futures.years.index(target.year)]
    return float(np.quantile(values, target.chance))


def _measure(outcome: Outcome, aim: Aim) -> Floats:
    need = outcome.levers.need
    if aim == "children":
        return outcome.total(need)
    if aim == "away":
        return outcome.away(need)
    spent = outcome.spent if aim == "pounds" else outcome.spent_away
    if spent is None:
        raise CannotWork("What places cost is not known.", "choose a target of children instead")
    return spent


def seek(
    futures: Futures, levers: Levers, lever: str, target: Target, known: Known = NOTHING_KNOWN
) -> Found:
    """Move one lever, all others as they are, until the target is reached.

    Raises CannotWork where the lever is not one that can be sought, or the target can't be said.
    """
    if lever not in SOUGHT:
        raise CannotWork(f"{lever} can't be sought.", f"choose one of {', '.join(SOUGHT)}")

    def at(value: float | None, **starts: str) -> float:
        moved = levers if value is None else _with(levers, lever, value)
        return level(work_out(futures, moved.model_copy(update=starts), known), target)

    neutral = _neutral(levers, lever, known)
    without = at(neutral)
    ends = {value: at(value) for value in bounds(lever)}
    bound = min(ends, key=lambda value: (ends[value], abs(value - (neutral or 0))))
    best = ends[bound]
    if without <= target.amount:
        return Found(True, without, neutral, best, bound, None)
    if best > target.amount:
        return Found(False, without, None, best, bound, None)
    value = _halve(at, neutral if neutral is not None else 0.0, bound, target.amount, lever)
    return Found(True, without, value, best, bound, _latest(at, futures, lever, bound, target))


SOUGHT = ("new", "refused", "reach", "effect", "fees", "places", "population")


def _with(levers: Levers, lever: str, value: float) -> Levers:
    whole = isinstance(Levers.model_fields[lever].default, int) and lever in STEPS
    return levers.model_copy(update={lever: round(value) if whole else value})


def _neutral(levers: Levers, lever: str, known: Known) -> float | None:
    given: float | None = getattr(levers, lever)
    if given is not None:
        return given
    return known.refused if lever == "refused" else None


def _halve(
    at: Callable[[float], float], near: float, far: float, amount: float, lever: str
) -> float:
    """The lever nearest to where it stands that reaches the amount, rounded so that it does."""
    for _ in range(HALVINGS):
        middle = (near + far) / 2
        if at(middle) <= amount:
            far = middle
        else:
            near = middle
    step = STEPS.get(lever, 0.1)
    away_from = np.ceil if far > near else np.floor
    return float(np.round(away_from(np.round(far / step, 6)) * step, 6))


def _latest(
    at: Callable[..., float], futures: Futures, lever: str, bound: float, target: Target
) -> str | None:
    """The last month from which the lever at its bound still reaches the target in time."""
    field = LEVERS[lever].start
    if field is None:
        return None
    months = [f"{y}-{m:02d}" for y in range(futures.origin, target.year) for m in range(1, 13)]
    low, high = 0, len(months)
    while low < high:
        middle = (low + high) // 2
        if at(bound, **{field: months[middle]}) <= target.amount:
            low = middle + 1
        else:
            high = middle
    return months[low - 1] if low else None
