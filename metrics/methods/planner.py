"""The provision planner: which schemes to build, over every simulated future, within a budget.

Choose the schemes of least expected total cost: places out of the borough and travel, running
costs and capital, discounted by the Green Book. The plan keeps to places, budget, travel limits
and fairness between localities, and comes with the runner-up and the regret of each choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from metrics.methods._checks import Floats
from metrics.methods.places.problem import Borough, CannotPlan, Limits, Problem, Scheme
from metrics.methods.places.search import CLOSE, Search, Weighed
from metrics.methods.value import GREEN_BOOK, Rates

__all__ = ["Borough", "CannotPlan", "Limits", "Plan", "Scheme", "plan", "plans"]


@dataclass(frozen=True)
class Plan:
    """The plan chosen. Pounds are discounted to the year before the first one planned."""

    chosen: tuple[str, ...]
    expected: float
    low: float
    """95 in 100 futures cost between `low` and `high`."""
    high: float
    capital: float
    """Capital, undiscounted: what is taken from the budget."""
    nothing: float
    """Expected cost of building nothing, fair or not."""
    runner_up: tuple[str, ...] | None
    """The next cheapest plan within the limits; None if there is no other."""
    runner_up_expected: float | None
    choices: pd.DataFrame
    """A row a scheme: `scheme, chosen, worth` (what the choice saves against its reverse, expected;
    `worth_low`, `worth_high` in 95 of 100 futures), `right` (share of futures in which the choice
    is the cheaper one), `regret` (mean over futures of what it costs where it isn't) and
    `reason`."""
    regret: pd.DataFrame
    """A row a future, a column a scheme: pounds the choice costs more than its reverse; and `plan`:
    pounds more than the cheapest plan weighed for that future."""
    unmet: pd.DataFrame
    """`locality, children, share`: expected out of the borough in the last year."""
    unmet_by: pd.DataFrame
    """`locality, designation, children, need`: the same by designation, beside who needs one."""
    weighed: int
    """How many plans were costed over every future."""
    gap: float
    """Share of the expected cost by which an unseen plan could at most be cheaper: 0 where this
    one is proved the cheapest, more where the time allowed ran out."""


def plan(
    need: Floats,
    first_year: int,
    borough: Borough,
    schemes: list[Scheme] | tuple[Scheme, ...],
    limits: Limits,
    rates: Rates = GREEN_BOOK,
    seconds: float = np.inf,
) -> Plan:
    """The plan of least expected cost over the futures in `need`.

    `need`: children by future, year (from `first_year`), home locality and designation; each child
    needs a place of that designation. A child without one within reach goes out of the borough.
    After `seconds` of processor time the best plan seen is given with the gap that is proved.
    Raises CannotPlan for input that can't be right, and where no plan keeps to the limits, naming
    the limit.
    """
    (found,) = plans(need, first_year, borough, schemes, limits, (limits.budget,), rates, seconds)
    if isinstance(found, CannotPlan):
        raise found
    return found


def plans(
    need: Floats,
    first_year: int,
    borough: Borough,
    schemes: Sequence[Scheme],
    limits: Limits,
    budgets: Sequence[float],
    rates: Rates = GREEN_BOOK,
    seconds: float = np.inf,
) -> list[Plan | CannotPlan]:
    """The plan for each of several budgets (pounds), or why there is none; as `plan` otherwise.

    What is learnt of a plan's cost under one budget serves the others. Raises CannotPlan for input
    that can't be right.
    """
    if not schemes:
        raise CannotPlan("no scheme is given; there is nothing to choose from")
    problem = Problem(np.asarray(need, float), first_year, borough, tuple(schemes), limits, rates)
    search = Search(problem, seconds)
    return [_plan_within(search, budget) for budget in budgets]


def _plan_within(search: Search, budget: float) -> Plan | CannotPlan:
    search.afford(budget)
    best = search.cheapest()
    if best is None:
        return CannotPlan(_why_none(search))
    gap = max(0.0, 1 - search.lower_bound / best.expected) if best.expected else 0.0
    second = search.cheapest((best,))
    schemes = len(search.problem.schemes)
    nothing = search.weigh(np.zeros(schemes, dtype=bool))
    turned = [search.weigh(_turn(best.chosen, k)) for k in range(schemes)]
    return _report(search, best, second, nothing, turned, gap if gap > CLOSE else 0.0)


def _turn(chosen: np.ndarray, k: int) -> np.ndarray:
    other = chosen.copy()
    other[k] = not other[k]
    return other


def _report(search: Search, best: Weighed, second: Weighed | None, nothing: Weighed,
            turned: list[Weighed], gap: float) -> Plan:  # fmt: skip
    problem = search.problem
    low, high = np.quantile(best.by_future, [0.025, 0.975])
    wanted = problem.need[:, -1].mean(axis=0)
    expect, without = wanted.sum(axis=1), best.unmet.sum(axis=1)
    share = np.divide(without, expect, out=np.zeros_like(expect), where=expect > 0)
    localities = list(problem.borough.localities)
    both = pd.MultiIndex.from_product([localities, problem.borough.designations],
                                      names=["locality", "designation"])  # fmt: skip
    by = pd.DataFrame({"children": best.unmet.ravel(), "need": wanted.ravel()}, index=both)
    return Plan(
        chosen=_names(problem, best), expected=best.expected, low=float(low), high=float(high),
        capital=float(problem.capital @ best.chosen), nothing=nothing.expected,
        runner_up=_names(problem, second) if second else None,
        runner_up_expected=second.expected if second else None,
        choices=_choices(problem, best, turned), regret=_regret(search, best, turned),
        unmet=pd.DataFrame({"locality": localities, "children": without, "share": share}),
        unmet_by=by.reset_index(),
        weighed=len(search.seen), gap=gap,
    )  # fmt: skip


def _names(problem: Problem, weighed: Weighed) -> tuple[str, ...]:
    return tuple(s.name for s, yes in zip(problem.schemes, weighed.chosen, strict=True) if yes)


def _regret(search: Search, best: Weighed, turned: list[Weighed]) -> pd.DataFrame:
    budget = search.problem.limits.budget
    fits = [p for p in search.seen.values() if search.problem.capital @ p.chosen <= budget + 1e-6]
    least = np.min([p.by_future for p in fits], axis=0)
    columns = {
        scheme.name: np.maximum(best.by_future - other.by_future, 0)
        for scheme, other in zip(search.problem.schemes, turned, strict=True)
    }
    return pd.DataFrame({**columns, "plan": best.by_future - least})


def _choices(problem: Problem, best: Weighed, turned: list[Weighed]) -> pd.DataFrame:
    rows = []
    for k, other in enumerate(turned):
        worth = other.by_future - best.by_future
        low, high = np.quantile(worth, [0.025, 0.975])
        rows.append({
            "scheme": problem.schemes[k].name, "chosen": bool(best.chosen[k]),
            "worth": float(worth.mean()), "worth_low": float(low), "worth_high": float(high),
            "right": float((worth >= 0).mean()), "regret": float(np.maximum(-worth, 0).mean()),
            "reason": _reason(problem, best, other, k),
        })  # fmt: skip
    return pd.DataFrame(rows)


def _reason(problem: Problem, best: Weighed, other: Weighed, k: int) -> str:
    worth = other.expected - best.expected
    if best.chosen[k]:
        if worth >= 0:
            return f"Without it the plan would cost {_pounds(worth)} more."
        if other.unfair:
            return f"Without it a locality would be left behind; it costs {_pounds(-worth)} net."
        return f"It costs {_pounds(-worth)} net; the limits are kept at less cost with it."
    return _reason_out(problem, best, other, k, worth)


def _reason_out(problem: Problem, best: Weighed, other: Weighed, k: int, worth: float) -> str:
    capital, budget = problem.capital[k], problem.limits.budget
    left = budget - float(problem.capital @ best.chosen)
    if capital > budget:
        return f"Its capital of {_pounds(capital)} is above the whole budget of {_pounds(budget)}."
    if worth >= 0:
        return f"It would cost {_pounds(worth)} more than it saves beside the schemes chosen."
    if capital > left:
        return (f"It would save {_pounds(-worth)}, but its capital of {_pounds(capital)} does not"
                f" fit beside the schemes chosen: {_pounds(left)} is left.")  # fmt: skip
    return f"It would save {_pounds(-worth)}, but leave another locality behind."


def _pounds(value: float) -> str:
    return f"£{value:,.0f}"


def _why_none(search: Search) -> str:
    """The limit without which there would be a plan; fairness is the only one none may meet."""
    problem = search.problem
    margin = f"{problem.limits.margin or 0:.0%}"
    search.afford(np.inf)
    if search.cheapest():
        return (f"no plan within the budget of {_pounds(problem.limits.budget)} keeps every"
                f" locality's unmet share within {margin} of the borough's; raise the budget or"
                " the margin")  # fmt: skip
    wide = replace(problem.limits, budget=np.inf, most_minutes=np.inf)
    if np.isfinite(problem.limits.most_minutes) and (
        Search(replace(problem, limits=wide)).cheapest()
    ):
        return (f"no plan keeps to the travel limit of {problem.limits.most_minutes:g} minutes and"
                f" to fairness within {margin}, whatever the budget; widen one of them or add a"
                " scheme nearer by")  # fmt: skip
    return (f"no choice of these schemes keeps every locality's unmet share within {margin} of the"
            " borough's, whatever the budget; add a scheme where places are short or widen the"
            " margin")  # fmt: skip
