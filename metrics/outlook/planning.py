"""Which schemes to build, for several budgets, with and without fairness between localities."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.methods.futures.history import CannotProject
from metrics.methods.planner import CannotPlan, Limits, Plan, plans
from metrics.outlook.base import Outlook
from metrics.outlook.building import LIFE
from metrics.outlook.demand import Demand
from metrics.outlook.moves import FLOOR
from metrics.outlook.plan_inputs import (
    FUTURES,
    MILES_AN_HOUR,
    Inputs,
    plan_inputs,
    read_candidates,
)
from metrics.outlook.supply import Supply
from models.observation import Tier

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Budgets planned for, as shares of what all the schemes would cost."""
MARGIN = 0.1
"""No locality's share without a place may exceed the borough's by more, where fairness is asked."""
SECONDS = 20.0
"""Processor time of one search; a plan not proved the cheapest by then says how far it may be."""
TO_THE = 1000
"""Pounds are shown to the nearest of these."""
PARTNER = Tier.PARTNER.value


@dataclass(frozen=True)
class Planned:
    """One budget, with or without fairness, and its plan or why there is none."""

    plan_id: str
    budget: float
    share: float
    margin: float | None
    found: Plan | CannotPlan


def look_at_schemes(outlook: Outlook) -> None:
    """The part `plans`: tables `plan_run`, `plan_choice` and `plan_unmet`."""
    wanted, supply = outlook.left.get("need for places"), outlook.left.get("places")
    if not isinstance(wanted, Demand) or not isinstance(supply, Supply):
        raise CannotProject("there is no need for places to plan for")
    listed = read_candidates(outlook.con)
    inputs = plan_inputs(outlook.con, outlook.profile, wanted, supply, listed)
    planned = run_plans(inputs)
    for name, rows in plan_tables(inputs, planned).items():
        outlook.add(name, rows)
    outlook.add("outlook_assumption", _assumptions(inputs))


def run_plans(
    inputs: Inputs, shares: tuple[float, ...] = SHARES,
    margins: tuple[float | None, ...] = (None, MARGIN),
) -> list[Planned]:  # fmt: skip
    """A plan for each budget, free and fair. Raises CannotProject naming a scheme that is wrong."""
    whole = float(inputs.listed["capital"].sum())
    budgets = [whole * share for share in shares]
    out = []
    for margin in margins:
        limits = Limits(whole, margin=margin, life=LIFE, fair_for=fair_for(inputs))
        try:
            found = plans(inputs.need, int(inputs.years[0]), inputs.borough, inputs.schemes, limits,
                          budgets, seconds=SECONDS)  # fmt: skip
        except CannotPlan as problem:
            raise CannotProject(str(problem)) from problem
        out += [
            Planned(f"{100 * share:.0f}-{'free' if margin is None else 'fair'}", budget, share,
                    margin, one)
            for share, budget, one in zip(shares, budgets, found, strict=True)
        ]  # fmt: skip
    return out


def fair_for(inputs: Inputs) -> tuple[tuple[str, ...], ...]:
    """Places for SEMH, and all places together, are each to be fair between localities."""
    kinds = inputs.borough.designations
    semh = tuple(kind for kind in kinds if kind.startswith("SEMH,"))
    return (semh, kinds) if semh and semh != kinds else (kinds,)


def plan_tables(inputs: Inputs, planned: list[Planned]) -> dict[str, pd.DataFrame]:
    """Rows of `plan_run`, `plan_choice` and `plan_unmet`."""
    made = [one for one in planned if isinstance(one.found, Plan)]
    unmet = [_unmet(one, inputs, need) for one in made for need in ("all", "SEMH")]
    return {
        "plan_run": pd.DataFrame([_run(one) for one in planned]),
        "plan_choice": _all(_choices(one, inputs) for one in made),
        "plan_unmet": _all(unmet),
    }


def _all(frames: object) -> pd.DataFrame:
    listed = list(frames)  # type: ignore[call-overload]
    return pd.concat(listed, ignore_index=True) if listed else pd.DataFrame()


def _pounds(value: float | None) -> float | None:
    return None if value is None else TO_THE * float(round(value / TO_THE))


def _run(one: Planned) -> dict[str, object]:
    head: dict[str, object] = {
        "plan_id": one.plan_id, "budget": _pounds(one.budget), "budget_share": one.share,
        "margin": one.margin, "problem": "", "runner_up": "", "tier": PARTNER,
    }  # fmt: skip
    plan = one.found
    if isinstance(plan, CannotPlan):
        return head | {"problem": str(plan)}
    more = None if plan.runner_up_expected is None else plan.runner_up_expected - plan.expected
    return head | {
        "capital": _pounds(plan.capital), "expected": _pounds(plan.expected),
        "low": _pounds(plan.low), "high": _pounds(plan.high), "nothing": _pounds(plan.nothing),
        "runner_up": _listed(plan.runner_up), "runner_up_more": _pounds(more),
        "regret": _pounds(float(plan.regret["plan"].mean())),
        "regret_high": _pounds(float(plan.regret["plan"].quantile(0.95))),
        "weighed": plan.weighed, "proved_gap": plan.gap,
    }  # fmt: skip


def _listed(names: tuple[str, ...] | None) -> str:
    if names is None:
        return ""
    return ", ".join(names) if names else "nothing"


def _choices(one: Planned, inputs: Inputs) -> pd.DataFrame:
    assert isinstance(one.found, Plan)
    rows = one.found.choices.rename(columns={"scheme": "scheme_id", "right": "right_share"})
    columns = ["scheme_id", "name", "locality", "designation", "phase", "places", "capital",
               "running", "opens"]  # fmt: skip
    rows = rows.merge(inputs.listed[columns], on="scheme_id", validate="one_to_one")
    for money in ("worth", "worth_low", "worth_high", "regret"):
        rows[money] = TO_THE * (rows[money] / TO_THE).round()
    second = one.found.runner_up or ()
    # To the thousand in words too: the whole pounds come of prices that are not exact.
    reason = rows["reason"].str.replace(_POUNDS, _thousands, regex=True)
    return rows.assign(
        plan_id=one.plan_id, reason=reason, runner_up=rows["scheme_id"].isin(second), tier=PARTNER,
        right_share=rows["right_share"].round(2),
    )  # fmt: skip


_POUNDS = re.compile(r"£([\d,]+)")


def _thousands(found: re.Match[str]) -> str:
    return f"£{_pounds(float(found[1].replace(',', ''))):,.0f}"


def _unmet(one: Planned, inputs: Inputs, need: str) -> pd.DataFrame:
    """Who is left without a place, by locality; nothing where one has too few children to tell."""
    assert isinstance(one.found, Plan)
    kinds = np.array([need == "all" or k.startswith("SEMH,") for k in inputs.borough.designations])
    if not (inputs.now[:, kinds].sum(axis=1) >= FLOOR).all():
        return pd.DataFrame()
    rows = one.found.unmet_by
    rows = rows[rows["designation"].isin(np.array(inputs.borough.designations)[kinds])]
    sums = rows.groupby("locality", sort=False)[["children", "need"]].sum().reset_index()
    return sums.assign(
        plan_id=one.plan_id, year=int(inputs.years[-1]), children=sums["children"].round(),
        share=(sums["children"] / sums["need"].clip(lower=1)).round(2), need=need, tier=PARTNER,
    )  # fmt: skip


def _assumptions(inputs: Inputs) -> pd.DataFrame:
    b, first, last = inputs.borough, inputs.years[0], inputs.years[-1]
    fees = {kind: fee for kind, fee in zip(b.designations, b.fee, strict=True)}
    said = "; ".join(f"{kind} £{round(fee, -3):,.0f}" for kind, fee in fees.items())
    rows = [
        ("A child without a place within reach", "goes to an independent place outside the borough,"
         f" a year without transport: {said}", inputs.fee_source),
        ("Transport", f"about £{b.transport.mean():,.0f} a child and year to a place here,"
         f" £{b.transport_out.mean():,.0f} to one outside", "the commissioning register"),
        ("Journeys", f"{MILES_AN_HOUR:g} miles an hour over the distances on the register",
         "an assumption"),
        ("Fairness", f"in January {last} no locality's share of children without a place is more"
         f" than {100 * MARGIN:.0f} points above the borough's, of SEMH need and of all needs",
         "an assumption"),
        ("Capital", f"charged in equal yearly amounts over {LIFE} years", "an assumption"),
        ("Pounds", "discounted by the Green Book to the year before the first one planned",
         "HM Treasury, The Green Book"),
        ("Futures", f"{len(inputs.need)} of {FUTURES} wanted, Januaries {first} to {last}; every"
         " plan weighed is costed in each", "the simulated futures"),
        ("Schemes left out", "; ".join(inputs.left_out) or "none", "the list of schemes"),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["what", "value", "source"])
    return table.assign(part="plans", seq=range(1, len(table) + 1))
