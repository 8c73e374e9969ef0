"""Where children go when places are given: the cheapest flow in every future, by HiGHS.

One linear programme for a year and designation holds every future at once; like futures are solved
once. Its duals say what one more place would save, which the search for a plan is built on.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy import sparse

from metrics.methods._checks import Floats
from metrics.methods.places.problem import CannotPlan, Problem
from metrics.methods.places.solver import Programme

UNFAIR = 1e-6
"""Children; less than this is rounding."""
MOST_LOCALITIES = 10


@dataclass(frozen=True)
class Flow:
    """Outcome of one block under a plan, in pounds of year 0."""

    cost: float
    worth: Floats
    """What each scheme changes in `cost`: exact for this plan, never too little for another."""
    by_future: Floats
    unmet: Floats
    """Expected children placed out of the borough, by locality and designation."""


class Block:
    """One year and some designations, over every future: all that shares a constraint.

    A unit is a designation with one pattern of need; futures alike share it.
    """

    def __init__(self, problem: Problem, year: int, kinds: tuple[int, ...]) -> None:
        """Set up the flows of the designations `kinds` in the `year`-th year planned."""
        self.problem, self.year, self.kinds = problem, year, kinds
        self.designations = len(problem.borough.designations)
        self._units(problem)
        home, site = np.nonzero(problem.within_reach)
        self.home, self.site = home, site
        b = problem.borough
        self.out = b.fee[self.kind][:, None] + b.transport_out
        self.saved = self.out[:, home] - b.transport[home, site]
        self.factor = problem.discount[year]
        # Children times pounds would span many powers of ten: costs are in units of the dearest.
        self.unit = max(float(np.abs(self.saved).max(initial=0.0)), 1.0)
        weight = self.weight[:, None] * self.factor
        self.programme = Programme((-weight * self.saved / self.unit).ravel(), *self._rows(problem))

    def _units(self, problem: Problem) -> None:
        futures, demand, kind, weight = problem.need.shape[0], [], [], []
        self.at, first = [], 0
        for d in self.kinds:
            rows, inverse, count = np.unique(
                problem.need[:, self.year, :, d], axis=0, return_inverse=True, return_counts=True
            )
            self.at.append(first + inverse.ravel())
            demand.append(rows)
            kind += [d] * len(rows)
            weight.append(count / futures)
            first += len(rows)
        self.demand, self.kind = np.concatenate(demand), np.array(kind)
        self.weight = np.concatenate(weight)

    def _rows(self, problem: Problem) -> tuple[sparse.csr_array, Floats, Floats]:
        """A row for the children of each unit and home, and one for the places of each site."""
        places, units = len(problem.borough.localities), len(self.demand)
        each = sparse.eye_array(units)
        at_home = (np.arange(places)[:, None] == self.home).astype(float)
        at_site = (np.arange(places)[:, None] == self.site).astype(float)
        rows = sparse.vstack([sparse.kron(each, at_home), sparse.kron(each, at_site)])
        high = np.concatenate([self.demand.ravel(), np.zeros(units * places)])
        self.capped = units * places + np.arange(units * places)
        return sparse.csr_array(rows), np.full(len(high), -np.inf), high

    def flow(self, chosen: np.ndarray) -> Flow:
        """The cheapest flow under a plan (a flag for each scheme)."""
        self._set(self.programme, chosen)
        value, x, dual = self.programme.solve()
        x = x.reshape(self.saved.shape)
        alone = (self.demand * self.out).sum(axis=1)
        cost = self.factor * (alone - (x * self.saved).sum(axis=1))
        constant = self.factor * float(self.weight @ alone)
        by_future = np.sum([cost[at] for at in self.at], axis=0)
        worth = self._worth(dual, chosen) * self.unit
        return Flow(value * self.unit + constant, worth, by_future, self._unmet(x))

    def _set(self, programme: Programme, chosen: np.ndarray) -> None:
        """Right-hand sides of the place rows under a plan."""
        capacity = self.problem.capacity(chosen)[self.year]
        programme.cap(self.capped, capacity[:, self.kind].T.ravel())

    def _worth(self, dual: Floats, chosen: np.ndarray) -> Floats:
        """What each scheme changes by its places: duals summed over units."""
        each = dual[self.capped].reshape(len(self.demand), -1)
        slope = np.zeros((each.shape[1], self.designations))
        np.add.at(slope.T, self.kind, each)
        worth: Floats = np.tensordot(self.problem.added[:, self.year], slope, axes=2)
        return worth

    def _unmet(self, x: Floats) -> Floats:
        placed = np.zeros(self.demand.shape)
        np.add.at(placed.T, self.home, x.T)
        out = np.zeros((self.designations, self.demand.shape[1]))
        np.add.at(out, self.kind, self.weight[:, None] * (self.demand - placed))
        return out.T


class FairBlock(Block):
    """The last year, in which no locality may be left too far behind the borough.

    Who gets a place may be evened out, but no place stands empty for it: in every future as many
    children are placed in the borough as the plan's places allow.
    """

    def __init__(self, problem: Problem, year: int) -> None:
        """Set up all designations together, with a second programme for how unfair places are."""
        places = len(problem.borough.localities)
        if places > MOST_LOCALITIES:
            raise CannotPlan(
                f"{places} localities; fairness can be planned for {MOST_LOCALITIES} at the most:"
                " join some, or set no margin"
            )
        self.homes = np.array(list(product([0.0, 1.0], repeat=places)))
        self.reached = ((self.homes @ problem.within_reach) > 0).astype(float)
        super().__init__(problem, year, tuple(range(len(problem.borough.designations))))

    def _rows(self, problem: Problem) -> tuple[sparse.csr_array, Floats, Floats]:
        rows, low, high = super()._rows(problem)
        # Children of homes outside each set: the part of a cut that no plan changes.
        self.elsewhere = self.demand @ (1 - self.homes).T
        home, fair = self._fair_rows(problem)
        units = len(self.demand)
        filled = sparse.kron(sparse.eye_array(units), np.ones((1, len(self.home))))
        self.filling = len(high) + np.arange(units)
        margin = problem.limits.margin or 0.0
        rows = sparse.csr_array(sparse.vstack([rows, filled, fair]))
        low = np.concatenate([low, np.zeros(units), np.full(len(home), -np.inf)])
        high = np.concatenate([high, np.full(units, np.inf), margin * home])
        self.apart = self._distance(rows, low, high, len(home))
        return rows, low, high

    def _fair_rows(self, problem: Problem) -> tuple[Floats, sparse.csr_array]:
        """A row for each set that is to be fair and each home: who needs a place; the row."""
        homes, rows = [], []
        for one in problem.fair_sets:
            weight = self.weight * one[self.kind]
            home = weight @ self.demand
            share = home / max(home.sum(), 1e-12)
            apart = share[:, None] - (np.arange(len(share))[:, None] == self.home)
            homes.append(home)
            rows.append(sparse.csr_array(np.kron(weight, apart)))
        return np.concatenate(homes), sparse.csr_array(sparse.vstack(rows))

    def _distance(
        self, rows: sparse.csr_array, low: Floats, high: Floats, places: int
    ) -> Programme:
        """Children by which fairness is missed, at the least: one slack a fairness row."""
        slack = sparse.vstack(
            [sparse.csr_array((rows.shape[0] - places, places)), -sparse.eye_array(places)]
        )
        cost = np.concatenate([np.zeros(rows.shape[1]), np.ones(places)])
        return Programme(cost, sparse.csr_array(sparse.hstack([rows, slack])), low, high)

    def kept_by(self, chosen: np.ndarray, unmet: Floats) -> bool:
        """Whether a flow is fair and fills all it can; unmet by locality and designation."""
        sets = self.problem.fair_sets.T
        by_kind = np.zeros((self.designations, self.demand.shape[1]))
        np.add.at(by_kind, self.kind, self.weight[:, None] * self.demand)
        wanted, without = by_kind.T @ sets, unmet @ sets
        margin = self.problem.limits.margin or 0.0
        whole = without.sum(axis=0) / np.maximum(wanted.sum(axis=0), 1e-12)
        behind = without - wanted * (whole + margin)
        most = self.weight @ self._most_placed(self.problem.capacity(chosen)[self.year])
        filled = by_kind.sum() - unmet.sum() >= most - UNFAIR
        return bool(filled and (behind <= UNFAIR).all())

    def unfair(self, chosen: np.ndarray) -> tuple[float, Floats]:
        """Children by which fairness is missed (0 when it is kept); what each scheme changes."""
        self._set(self.apart, chosen)
        value, _, dual = self.apart.solve()
        return value, self._worth(dual, chosen)

    def _set(self, programme: Programme, chosen: np.ndarray) -> None:
        super()._set(programme, chosen)
        most = self._most_placed(self.problem.capacity(chosen)[self.year])
        # A hair less, so that rounding never makes what is possible impossible.
        programme.floor(self.filling, np.maximum(most - 1e-9, 0.0))

    def _most_placed(self, capacity: Floats) -> Floats:
        """Children placed at the most in each unit: the least cut over all sets of homes."""
        within = self.reached @ capacity
        least: Floats = (self.elsewhere + within.T[self.kind]).min(axis=1)
        return least

    def _worth(self, dual: Floats, chosen: np.ndarray) -> Floats:
        return super()._worth(dual, chosen) + self._gains(chosen) @ dual[self.filling]

    def _gains(self, chosen: np.ndarray) -> Floats:
        """Children placed more in each unit as schemes open one by one, those of the plan first.

        Each further scheme adds less (most placed is submodular), so that these gains add up to
        what is placed under this plan and to no more than is placed under any other.
        """
        capacity, gains = self.problem.present[self.year], []
        order = np.argsort(~chosen, kind="stable")
        before = self._most_placed(capacity)
        for k in order:
            capacity = capacity + self.problem.added[k, self.year]
            now = self._most_placed(capacity)
            gains.append(now - before)
            before = now
        out = np.zeros((len(chosen), len(self.demand)))
        out[order] = gains
        return out
