"""Levers worked on futures: who joins, who comes into new places, and what it costs.

children'(draw, t, g) = children(draw, t, g)
    + sum over y <= t of (f_y - 1) * joined(draw, y, cell) * kernel(cell, t - y, g)

where f_y is what the levers make of a year's new plans; with f = 1 nothing changes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenarios.futures import Floats, Futures
from scenarios.levers import Levers, month_at, must_work


@dataclass(frozen=True)
class Known:
    """What is known of today, with where from: nothing here is assumed."""

    refused: float | None = None
    """Share of requests refused now, per cent."""
    refused_source: str = ""
    place_cost: float | None = None
    """Pounds a year of one more local place."""
    place_source: str = ""
    renewed: float | None = None
    """Children outside the borough who are new there in a year, per cent."""
    renewed_source: str = ""


NOTHING_KNOWN = Known()
USUAL_FILL = 25.0
"""Per cent a year, where it is not measured: a child stays about four years in a placement."""
LEVELS = (0.025, 0.1, 0.5, 0.9, 0.975)


@dataclass(frozen=True)
class Outcome:
    """What comes of a scenario, in the same futures as without it.

    `children` is by future, January and group; `placed` those in the new places, by future and
    January; `spent` pounds a year at each January's numbers, of the children the levers act on
    whose place has a known cost, by future and January; `spent_away` the part of it outside the
    borough and in the new places that stand for it. Each is None where no cost is known.
    """

    futures: Futures
    levers: Levers
    children: Floats
    placed: Floats
    spent: Floats | None
    spent_away: Floats | None
    notes: tuple[str, ...] = ()

    def total(self, need: str = "all") -> Floats:
        """Children with a plan by future and January."""
        inside = self.children[:, :, self.futures.of_need(need)].sum(axis=2)
        return inside + (self.placed if need in ("all", self.levers.need) else 0)

    def away(self, need: str = "all") -> Floats:
        """Children placed outside the borough by future and January."""
        mask = self.futures.away & self.futures.of_need(need)
        return self.children[:, :, mask].sum(axis=2)


def ranges(values: Floats) -> Floats:
    """The 2.5, 10, 50, 90 and 97.5 per cent points over futures: level, year."""
    return np.quantile(values, LEVELS, axis=0)


def work_out(futures: Futures, levers: Levers, known: Known = NOTHING_KNOWN) -> Outcome:
    """What comes of the levers in every future.

    Raises CannotWork naming a lever that these futures can't be worked with.
    """
    must_work(futures, levers)
    factors, notes = intake(futures, levers, known)
    children = _joined(futures, levers, factors)
    placed, children = _into_places(futures, levers, known, children)
    spent, away, more = _money(futures, levers, known, children, placed)
    return Outcome(futures, levers, children, placed, spent, away, (*notes, *more))


def _share(futures: Futures, start: str | None) -> Floats:
    """The part of the year before each January for which a lever has been at work: 0 to 1."""
    years = np.array(futures.years, dtype=float)
    return np.ones(len(years)) if start is None else np.clip(years - month_at(start), 0.0, 1.0)


def intake(futures: Futures, levers: Levers, known: Known) -> tuple[Floats, list[str]]:
    """What the levers make of each year's new plans (1 is no change), and what they could not."""
    parts = [
        (1 + levers.new / 100, levers.new_from),
        (1 - levers.reach / 100 * levers.effect / 100, levers.reach_from),
        (1 + levers.population / 100, levers.population_from),
    ]
    notes = []
    if levers.refused is not None and known.refused is not None and known.refused < 100:
        parts.append(((100 - levers.refused) / (100 - known.refused), levers.refused_from))
    elif levers.refused is not None:
        notes.append(NO_REFUSALS)
    factors = np.ones(len(futures.years))
    for size, start in parts:
        factors *= 1 + (size - 1) * _share(futures, start)
    return factors, notes


NO_REFUSALS = (
    "The share of requests refused now is not known, so a change of it can't be worked out."
)
NO_PLACE_COST = (
    "What a local place costs is not known, so neither is the money: fill in what a new place"
    " costs."
)

NO_FEE = (
    "What the places outside the borough cost is not known for these children, so what new places"
    " would save can't be said."
)


def _joined(futures: Futures, levers: Levers, factors: Floats) -> Floats:
    change = futures.joined * (factors - 1)[None, :, None]
    change = change[:, :, _moving(futures, levers)]
    if not change.any():
        return futures.children
    kernel = futures.kernel[_moving(futures, levers)]
    out = futures.children.copy()
    years = len(futures.years)
    for lag in range(years):
        # Every year at once: those who joined `lag` Januaries before.
        out[:, lag:] += change[:, : years - lag] @ kernel[:, lag]
    return np.maximum(out, 0.0)


def _moving(futures: Futures, levers: Levers) -> np.ndarray:
    return np.array([levers.need in ("all", need) for need in futures.cells["need"]], dtype=bool)


def _into_places(
    futures: Futures, levers: Levers, known: Known, children: Floats
) -> tuple[Floats, Floats]:
    """Children new outside the borough come into new places instead, from each group alike."""
    none = np.zeros(children.shape[:2])
    mask = movable(futures, levers.need)
    if levers.phase != "all":
        mask = mask & (futures.groups["phase"] == levers.phase).to_numpy()
    if not levers.places or not mask.any():
        return none, children
    there = children[:, :, mask].sum(axis=2)
    opening = month_at(levers.places_from or f"{futures.origin}-01")
    since = np.maximum(np.array(futures.years) - opening, 0.0)
    new = 1 - (1 - fill_of(levers, known) / 100) ** since
    placed = np.minimum(float(levers.places), there * new)
    left = np.divide(there - placed, there, out=np.ones_like(there), where=there > 0)
    out = children.copy()
    out[:, :, mask] *= left[:, :, None]
    return placed, out


def fill_of(levers: Levers, known: Known) -> float:
    """Per cent of the children away whom a year makes free to come: set, measured, or usual."""
    usual = known.renewed if known.renewed is not None else USUAL_FILL
    return levers.fill if levers.fill is not None else usual


def movable(futures: Futures, need: str) -> np.ndarray:
    """Groups that come into a new place: independent schools away, or all away where none is told.

    A college outside the borough is not left for a place at a special school.
    """
    away = futures.away & futures.of_need(need)
    bought = futures.groups["setting"].str.lower().str.startswith("independent").to_numpy(bool)
    return away & bought if (away & bought).any() else away


def _money(
    futures: Futures, levers: Levers, known: Known, children: Floats, placed: Floats
) -> tuple[Floats | None, Floats | None, list[str]]:
    cost = futures.groups["unit_cost"].to_numpy(dtype=float)
    priced = ~np.isnan(cost) & futures.of_need(levers.need)
    if not priced.any():
        return None, None, []
    away = futures.away
    outside = children[:, :, priced & away] @ cost[priced & away] * _fees(futures, levers)
    inside = children[:, :, priced & ~away] @ cost[priced & ~away]
    place = levers.place_cost if levers.place_cost is not None else known.place_cost
    if levers.places and place is None:
        return None, None, [NO_PLACE_COST]
    if levers.places and not priced[movable(futures, levers.need)].all():
        return None, None, [NO_FEE]
    outside = outside + placed * (place or 0.0)
    return outside + inside, outside if (priced & away).any() else None, []


def _fees(futures: Futures, levers: Levers) -> Floats:
    start = month_at(levers.fees_from) if levers.fees_from else float(futures.origin)
    return (1 + levers.fees / 100) ** np.maximum(np.array(futures.years) - start, 0.0)
