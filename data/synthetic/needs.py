"""Needs as schools record them: SEN support, type of need, free school meals.

Each person has fixed positions between 0 and 1 (`u_sen`, `u_need`, `u_fsm`); a pupil is recorded
when the chance for their year group, sex, deprivation and term exceeds their position. So needs
last, appear as children grow, and follow a rising tide.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.synthetic.people import year_group
from data.synthetic.world import NOWHERE, World

SEN_SUPPORT = {2020: 14.5, 2021: 15.3, 2022: 15.8, 2023: 16.7, 2024: 17.1, 2025: 17.5, 2026: 17.8}
"""% of pupils by academic year (January of the next); LAIT SEN_TotSENSuP, then carried forward."""
FSM = {2020: 22.5, 2021: 24.4, 2022: 25.8, 2023: 27.2, 2024: 28.3, 2025: 28.8, 2026: 29.0}
"""% of pupils; 2024/25 primary 27.2 and secondary 30.2 in LAIT, earlier years interpolated."""

YEAR_LOGIT = {
    -2: -2.2,
    -1: -1.4,
    0: -0.45,
    1: -0.15,
    2: 0.05,
    3: 0.15,
    4: 0.2,
    5: 0.22,
    6: 0.2,
    7: 0.0,
    8: 0.02,
    9: 0.02,
    10: 0.0,
    11: -0.05,
    12: -1.0,
    13: -1.1,
}
SEN_MALE, SEN_DEPRIVED = 0.55, 0.9
"""Log-odds of SEN support: boys against girls; most against least deprived decile."""
SEMH_MALE_ODDS, SEMH_DEPRIVED_ODDS = 1.55, 1.9
"""Planted odds that a recorded need is SEMH: boys against girls; decile 1 against decile 10."""
SEMH_BY_STAGE = {"early": 0.08, "primary": 0.165, "secondary": 0.235, "sixth": 0.22}
"""SEMH as share of SEN support by stage; about 21.5% over all."""

OTHER_NEEDS = {
    "early": {"SLCN": 0.74, "ASD": 0.10, "MLD": 0.04, "PD": 0.03, "HI": 0.02, "OTH": 0.07},
    "primary": {"SLCN": 0.46, "MLD": 0.20, "SPLD": 0.13, "ASD": 0.09, "PD": 0.03, "HI": 0.02,
                "VI": 0.01, "OTH": 0.03, "NSA": 0.03},
    "secondary": {"SLCN": 0.20, "MLD": 0.24, "SPLD": 0.27, "ASD": 0.15, "PD": 0.03, "HI": 0.03,
                  "VI": 0.01, "OTH": 0.04, "NSA": 0.03},
    "sixth": {"SLCN": 0.16, "MLD": 0.14, "SPLD": 0.36, "ASD": 0.20, "PD": 0.05, "HI": 0.03,
              "VI": 0.02, "OTH": 0.04},
}  # fmt: skip


def logistic(x: np.ndarray) -> np.ndarray:
    """The logistic function."""
    return 1 / (1 + np.exp(-x))


def solve_level(score: np.ndarray, target: float) -> float:
    """The constant that makes the mean of logistic(score + constant) the target share."""
    low, high = -12.0, 12.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if logistic(score + middle).mean() < target else (low, middle)
    return (low + high) / 2


def stage_of(year: np.ndarray) -> np.ndarray:
    """early, primary, secondary or sixth, by National Curriculum year."""
    return np.select(
        [year <= 0, year <= 6, year <= 11], ["early", "primary", "secondary"], "sixth"
    ).astype(object)


def support_score(people: pd.DataFrame, year: np.ndarray) -> np.ndarray:
    """Log-odds of SEN support up to a constant that moves with the term."""
    by_year = np.array([YEAR_LOGIT.get(g, -1.1) for g in range(-40, 40)])[year + 40]
    slope = SEN_DEPRIVED * (10 - people["decile"].to_numpy()) / 9
    return by_year + SEN_MALE * people["male"].to_numpy() + slope


def semh_chance(people: pd.DataFrame, stage: np.ndarray) -> np.ndarray:
    """Chance that a person's need, when recorded, is SEMH; carries the planted odds."""
    lift = np.log(SEMH_MALE_ODDS) * people["male"].to_numpy()
    lift = lift + np.log(SEMH_DEPRIVED_ODDS) * (10 - people["decile"].to_numpy()) / 9
    chance = np.zeros(len(people))
    for name, share in SEMH_BY_STAGE.items():
        here = stage == name
        if here.any():
            chance[here] = logistic(lift[here] + solve_level(lift[here], share))
    return chance


def need_type(people: pd.DataFrame, year: np.ndarray) -> np.ndarray:
    """Type of need each person would be recorded with, changing as they grow."""
    stage = stage_of(year)
    chance = semh_chance(people, stage)
    u = people["u_need"].to_numpy()
    need = np.full(len(people), "SEMH", dtype=object)
    for name, shares in OTHER_NEEDS.items():
        here = (stage == name) & (u >= chance)
        rest = (u[here] - chance[here]) / (1 - chance[here])
        edges = np.cumsum(list(shares.values())) / sum(shares.values())
        labels = np.array(list(shares), dtype=object)
        need[here] = labels[np.minimum(np.searchsorted(edges, rest), len(labels) - 1)]
    return need


def record_needs(world: World) -> None:
    """Fill grids `sen` (0 none, 1 support, 2 plan), `need` and `fsm` for every census."""
    people, n = world.people, len(world.people)
    shape = (len(world.censuses), n)
    for name, kind in (("sen", np.int8), ("need", object), ("fsm", bool)):
        world.grids[name] = np.zeros(shape, dtype=kind)
    plan, plan_need = world.grids["plan_at"], world.grids["plan_need"]
    pru = world.schools["phase"].to_numpy() == "PRU"
    for census in world.censuses:
        t = census.index
        year = year_group(people, census.academic_year)
        on_roll = world.grids["school_at"][t] != NOWHERE
        in_pru = on_roll & pru[world.grids["school_at"][t]]
        support = _support(
            people, year, on_roll, plan[t], in_pru, SEN_SUPPORT[census.academic_year]
        )
        world.grids["sen"][t] = np.where(plan[t], 2, support)
        own = need_type(people, year)
        own[in_pru & (people["u_need"].to_numpy() < 0.8)] = "SEMH"
        world.grids["need"][t] = np.where(plan[t], plan_need[t], np.where(support, own, ""))
        world.grids["fsm"][t] = _meals(people, on_roll, FSM[census.academic_year])


def _support(
    people: pd.DataFrame, year: np.ndarray, on_roll: np.ndarray, plan: np.ndarray,
    in_pru: np.ndarray, percent: float,
) -> np.ndarray:  # fmt: skip
    score = support_score(people, year) + 3.0 * in_pru
    able = on_roll & ~plan
    place = np.log(1 / people["u_sen"].to_numpy() - 1)  # recorded when score + level > -place
    wanted = round(percent / 100 * on_roll.sum())
    reach = (score + place)[able]
    cut = np.partition(reach, -wanted)[-wanted] if 0 < wanted <= len(reach) else np.inf
    return able & (score + place >= cut)


def _meals(people: pd.DataFrame, on_roll: np.ndarray, percent: float) -> np.ndarray:
    score = -0.42 * (people["decile"].to_numpy() - 1) + 0.0
    level = solve_level(score[on_roll], percent / 100)
    return people["u_fsm"].to_numpy() < logistic(score + level)
