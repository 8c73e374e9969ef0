"""The search: a mixed-integer choice of schemes, taught by the flows what places are worth.

Benders' decomposition: the choice knows a lower bound of the flows' cost, made of cuts; each plan
it proposes is costed over every future, and its duals become further cuts, until the bound meets
the cheapest plan found.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import highspy
import numpy as np

from metrics.methods._checks import Floats
from metrics.methods.places.flows import UNFAIR, Block, FairBlock, Flow
from metrics.methods.places.problem import Problem
from metrics.methods.places.solver import quiet

MOST_STEPS = 400
CLOSE = 1e-6
"""Share of the cost within which two plans count as equally cheap."""


@dataclass(frozen=True)
class Weighed:
    """One plan costed over every future, in pounds of year 0."""

    chosen: np.ndarray
    expected: float
    by_future: Floats
    unmet: Floats
    """Expected children out of the borough in the last year, by locality and designation."""
    unfair: float
    """Children by which the fairness margin is missed in the last year; 0 where it is kept."""


class Choice:
    """The master programme: a binary a scheme, and for every block a bound of its cost."""

    def __init__(self, problem: Problem, blocks: int, unit: float) -> None:
        """Schemes within the budget; flows cost at least nothing."""
        self.model, self.unit = quiet(), unit
        self.schemes = len(problem.schemes)
        self.model.setOptionValue("mip_rel_gap", CLOSE / 10)
        for cost in problem.fixed / unit:
            self.model.addCol(cost, 0.0, 1.0, 0, [], [])
        for k in range(self.schemes):
            self.model.changeColIntegrality(k, highspy.HighsVarType.kInteger)
        for _ in range(blocks):
            self.model.addCol(1.0, 0.0, highspy.kHighsInf, 0, [], [])
        self.capital = problem.capital / unit
        self.row(self.capital)
        self.afford(problem.limits.budget)

    def afford(self, budget: float) -> None:
        """Set the budget, the first row, in pounds."""
        most = min(budget / self.unit, float(self.capital.sum()))
        self.model.changeRowBounds(0, -highspy.kHighsInf, most + 1e-9)

    def allow(self, row: int) -> None:
        """Take a row back."""
        self.model.changeRowBounds(row, -highspy.kHighsInf, highspy.kHighsInf)

    def row(self, values: Floats, low: float = -np.inf, high: float = np.inf, block: int = -1,
            ) -> int:  # fmt: skip
        """Add a row over the schemes and, if one is named, a block's bound; the row's number."""
        index = np.flatnonzero(values)
        numbers = np.asarray(values, dtype=float)[index]
        if block >= 0:
            index = np.append(index, self.schemes + block)
            numbers = np.append(numbers, 1.0)
        self.model.addRow(low, high, len(index), index.astype(np.int32), numbers)
        return int(self.model.getNumRow()) - 1

    def exclude(self, chosen: np.ndarray) -> int:
        """Don't propose this very plan again; the number of the row that says so."""
        return self.row(np.where(chosen, -1.0, 1.0), low=1.0 - chosen.sum())

    def best(self) -> tuple[np.ndarray, float] | None:
        """The plan with the lowest bound and that bound in pounds; None if no plan is left."""
        self.model.run()
        if self.model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        x = np.array(self.model.getSolution().col_value)[: self.schemes]
        # What the solver proves, not what its best plan costs.
        return x > 0.5, self.model.getInfo().mip_dual_bound * self.unit


class Search:
    """Finds the cheapest plan, the next, and the cost of any plan asked for.

    What a plan costs and what is fair does not hang on the budget, so one search serves several.
    """

    def __init__(self, problem: Problem, seconds: float = np.inf) -> None:
        """Set up the flows of every year and designation.

        `seconds` of processor time bound each search: a busy machine makes no worse a plan.
        """
        self.problem = problem
        kinds, last = range(len(problem.borough.designations)), problem.years - 1
        self.early = [Block(problem, y, (d,)) for y in range(last) for d in kinds]
        self.final = [Block(problem, last, (d,)) for d in kinds]
        self.fair = FairBlock(problem, last) if problem.limits.margin is not None else None
        unit = max(b.unit for b in (*self.early, *self.final))
        self.choice = Choice(problem, len(self.early) + 1, unit)
        self.seen: dict[bytes, Weighed] = {}
        self.lower_bound, self.seconds = 0.0, seconds

    def afford(self, budget: float) -> None:
        """Search under another budget, in pounds."""
        self.problem = replace(self.problem, limits=replace(self.problem.limits, budget=budget))
        self.choice.afford(budget)

    def weigh(self, chosen: np.ndarray) -> Weighed:
        """Cost a plan over every future, and let the choice learn from it."""
        key = chosen.tobytes()
        if key not in self.seen:
            self.seen[key] = self._weigh(chosen)
        return self.seen[key]

    def _weigh(self, chosen: np.ndarray) -> Weighed:
        last, unfair = self._last_year(chosen)
        flows = [block.flow(chosen) for block in self.early] + [last]
        fixed = float(self.problem.fixed @ chosen)
        if not unfair:
            for number, flow in enumerate(flows):
                self._cut(chosen, number, flow)
        return Weighed(
            chosen, fixed + float(sum(flow.cost for flow in flows)),
            fixed + np.sum([flow.by_future for flow in flows], axis=0), last.unmet, unfair,
        )  # fmt: skip

    def _last_year(self, chosen: np.ndarray) -> tuple[Flow, float]:
        """The last year's flow, and by how many children it can't be made fair.

        Where the cheapest flow happens to be fair, it is the cheapest fair one. An unfair plan is
        costed as if fairness were no matter, for comparison only.
        """
        free = _together([block.flow(chosen) for block in self.final])
        if self.fair is None or self.fair.kept_by(chosen, free.unmet):
            return free, 0.0
        unfair = self._unfair(chosen)
        return (free if unfair else self.fair.flow(chosen)), unfair

    def _cut(self, chosen: np.ndarray, number: int, flow: Flow) -> None:
        worth, unit = flow.worth / self.choice.unit, self.choice.unit
        self.choice.row(-worth, low=flow.cost / unit - float(worth @ chosen), block=number)

    def _unfair(self, chosen: np.ndarray) -> float:
        assert self.fair is not None
        apart, worth = self.fair.unfair(chosen)
        if apart <= UNFAIR:
            return 0.0
        self.choice.row(worth, high=float(worth @ chosen) - apart)
        self.choice.exclude(chosen)
        return apart

    def cheapest(self, apart_from: tuple[Weighed, ...] = ()) -> Weighed | None:
        """The cheapest plan that keeps to every limit; None if there is none (left).

        Out of time, the cheapest plan seen is given; `lower_bound` says what is proved.
        """
        barred = [self.choice.exclude(plan.chosen) for plan in apart_from]
        try:
            return self._cheapest(apart_from)
        finally:
            for row in barred:
                self.choice.allow(row)

    def _cheapest(self, apart_from: tuple[Weighed, ...]) -> Weighed | None:
        until = time.thread_time() + self.seconds
        for _ in range(MOST_STEPS):
            proposed = self.choice.best()
            if proposed is None:
                return None
            self.lower_bound = proposed[1]
            known = self._best_seen(apart_from)
            if known and self.lower_bound >= known.expected * (1 - CLOSE):
                return known
            if known and time.thread_time() > until:
                return known
            before = len(self.seen)
            plan = self.weigh(proposed[0])
            if len(self.seen) == before and not plan.unfair:
                # Its cuts are in already: the bound is its cost but for rounding.
                return self._best_seen(apart_from)
        raise RuntimeError(f"no plan was proved cheapest in {MOST_STEPS} steps")

    def _best_seen(self, apart_from: tuple[Weighed, ...]) -> Weighed | None:
        barred = {plan.chosen.tobytes() for plan in apart_from}
        budget = self.problem.limits.budget * (1 + 1e-12) + 1e-6
        left = [
            plan for key, plan in self.seen.items()
            if key not in barred and not plan.unfair
            and float(self.problem.capital @ plan.chosen) <= budget
        ]  # fmt: skip
        return min(left, key=lambda plan: plan.expected, default=None)


def _together(flows: list[Flow]) -> Flow:
    """Flows that share nothing, as one."""
    return Flow(
        float(sum(flow.cost for flow in flows)),
        np.sum([flow.worth for flow in flows], axis=0),
        np.sum([flow.by_future for flow in flows], axis=0),
        np.sum([flow.unmet for flow in flows], axis=0),
    )
