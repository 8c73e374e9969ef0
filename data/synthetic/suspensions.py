"""Suspensions and permanent exclusions, and the pupil referral unit stays that follow.

Rates per 100 pupils by phase and academic year come from LAIT. Planted: pupils recorded with SEMH
are suspended at one steady rate (`STEADY`) from `STEADY_FROM` on, and from `SHIFT_FROM` on `SHIFT`
times as often as that. What the published rates rose by meanwhile falls on other pupils.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.synthetic.clock import TermTime, days_of
from data.synthetic.people import year_group
from data.synthetic.world import NOWHERE, World, by_share, pick

SHIFT, SHIFT_FROM = 1.35, date(2025, 1, 1)
STEADY, STEADY_FROM = 1.32, 2021
"""Suspensions a year of a pupil recorded with SEMH before the shift, and the first academic year of
it: about what `NEED_LIFT` alone would give them in 2022 to 2024. Chance still varies the months; in
the borough of the default seed it happens to mark none before the shift, in others it may."""
RATES = {
    # academic year: suspensions per 100 pupils a year, before the planted shift; a little above
    # the published rate because no pupil is counted above 15 a term or twice on one day
    2020: {"Primary": 0.90, "Secondary": 12.4, "Special": 1.3, "PRU": 200.0},
    2021: {"Primary": 1.03, "Secondary": 21.6, "Special": 3.5, "PRU": 200.0},
    2022: {"Primary": 1.50, "Secondary": 26.4, "Special": 13.5, "PRU": 260.0},
    2023: {"Primary": 1.53, "Secondary": 28.6, "Special": 14.7, "PRU": 280.0},
    2024: {"Primary": 1.60, "Secondary": 30.5, "Special": 14.7, "PRU": 280.0},
    2025: {"Primary": 1.60, "Secondary": 30.5, "Special": 14.7, "PRU": 280.0},
}
PERMANENT = {2020: 0.052, 2021: 0.116, 2022: 0.138, 2023: 0.151, 2024: 0.145, 2025: 0.142}
"""Permanent exclusions per 100 pupils a year; the last two carry the level forward."""
PRU_ENTRANTS_PER_EXCLUSION = 1.4
PRU_STAY = (3, 7)
LOST_TO_HOME, LOST_FOR_A_TERM = 0.05, 0.06
"""Planted: share of permanently excluded pupils who are home educated from then on, and who are on
no roll at the next census."""
TERM_SHARE = {"autumn": 0.40, "spring": 0.34, "summer": 0.26}
MONTH_SHAPE = np.array([0.9, 1.0, 1.25, 1.0, 1.0, 1.1, 0.7, 1.0, 0.7, 1.0, 1.3, 0.9])
SCHOOL_DAYS = {
    "autumn": {9: 21, 10: 18, 11: 20, 12: 14},
    "spring": {1: 20, 2: 15, 3: 21},
    "summer": {4: 11, 5: 21, 6: 16, 7: 15},
}
"""School days of each month in a usual year."""
YEAR_SHAPE = {
    0: 0.3,
    1: 0.6,
    2: 1.25,
    3: 0.9,
    4: 1.0,
    5: 1.1,
    6: 1.5,
    7: 0.85,
    8: 1.2,
    9: 1.45,
    10: 1.2,
    11: 0.7,
    12: 0.05,
    13: 0.02,
    14: 0.02,
}
PERMANENT_SHAPE = {7: 0.6, 8: 1.0, 9: 1.3, 10: 1.7, 11: 0.5}
PRIMARY_SHARE = 13 / 68
NEED_LIFT = {"none": 1.0, "K": 2.9, "K SEMH": 15.5, "E": 3.4, "E SEMH": 17.0}
"""How much oftener than a pupil with no need; gives the term rates by SEN of autumn 2024/25."""
MALE_LIFT, FSM_LIFT = 1.5, 1.8

REASONS = {
    "DB": 50.0,
    "VA": 16.0,
    "PP": 13.0,
    "VP": 4.0,
    "PA": 5.0,
    "OW": 2.6,
    "DM": 2.4,
    "DA": 2.6,
    "BU": 0.8,
    "RA": 1.1,
    "LG": 0.5,
    "SM": 0.5,
    "TH": 0.6,
    "MT": 0.7,
    "DS": 0.2,
}
PERMANENT_REASONS = {**REASONS, "DB": 36.0, "PA": 12.0, "PP": 17.0, "OW": 10.0, "DA": 6.0}
NEW_REASONS_FROM = date(2026, 1, 1)
NEW_REASONS = np.array(["BW", "TB", "SB", "MB", "AB", "VR", "CB", "MP"], dtype=object)
"""Codes the school census gained in 2026."""
LENGTHS, LENGTH_SHARES = np.array([1, 2, 3, 4, 5, 6, 8, 10]), np.array([16, 32, 8, 16, 3, 13, 3, 9])
"""Sessions (half days) a suspension lasts."""


def exclude(world: World) -> None:
    """Permanent exclusions by term; they and others move to the PRU from the next census."""
    rng = world.rng("permanent")
    rows, lost = [], []
    for term in world.terms:
        who, excluded = _leave_for_pru(world, rng, term)
        _stay_in_pru(world, rng, who, term.index + 1)
        lost.append(_lose(world, who[excluded], term.index + 1))
        days = _days_in(rng, world, term, len(who))
        rows.append(pd.DataFrame({"person": who, "term": term.index, "day": days})[excluded])
    world.tables["permanent"] = pd.concat(rows, ignore_index=True)
    world.tables["lost"] = pd.concat(lost, ignore_index=True)


def _leave_for_pru(
    world: World, rng: np.random.Generator, term: TermTime
) -> tuple[np.ndarray, np.ndarray]:
    """People who leave mainstream for the PRU in a term, and which of them were excluded."""
    people = world.people
    at = world.grids["school_at"][term.index]
    phase = world.schools["phase"].to_numpy()[at]
    year = year_group(people, term.academic_year)
    roll = int((at != NOWHERE).sum())
    total = rng.poisson(
        PERMANENT[term.academic_year]
        / 100
        * roll
        * TERM_SHARE[term.name]
        * PRU_ENTRANTS_PER_EXCLUSION
    )
    small = rng.binomial(total, PRIMARY_SHARE)
    shape = np.array([PERMANENT_SHAPE.get(g, 1.0 if 0 <= g <= 6 else 0.0) for g in range(-40, 40)])[
        year + 40
    ]
    risk = shape * (people["frailty"] + 0.2) * np.exp(-3 * people["u_sen"]) * (1 + people["male"])
    risk = np.where(world.grids["placed_at"][term.index] == -2, risk, 0.0)
    who = np.concatenate(
        [
            pick(rng, risk * ((at != NOWHERE) & (phase == p)), k)
            for p, k in (("Primary", small), ("Secondary", total - small))
        ]
    )
    return who, rng.random(len(who)) < 1 / PRU_ENTRANTS_PER_EXCLUSION


def _stay_in_pru(world: World, rng: np.random.Generator, who: np.ndarray, first: int) -> None:
    grid = world.grids["school_at"]
    length = rng.integers(*PRU_STAY, len(who))
    units = [int(np.flatnonzero(world.schools["key"] == k)[0]) for k in ("pru-1", "pru-2")]
    for t in range(first, min(first + PRU_STAY[1], len(grid))):
        year = year_group(world.people, world.censuses[t].academic_year)[who]
        here = (t < first + length) & (year <= 11) & (grid[t, who] != NOWHERE)
        grid[t, who[here]] = np.where(year[here] <= 6, units[0], units[1])


def _lose(world: World, who: np.ndarray, first: int) -> pd.DataFrame:
    """Some excluded pupils never reach the unit: home educated, or on no roll for a term."""
    draw = (who.astype(np.int64) * 48271 % 10007) / 10007
    home, term = draw < LOST_TO_HOME, draw >= 1 - LOST_FOR_A_TERM
    grid = world.grids["school_at"]
    school = grid[first - 1, who]
    grid[first:, who[home]] = NOWHERE
    grid[first, who[term]] = NOWHERE
    frame = pd.DataFrame({"person": who, "school": school, "census": first, "home": home})
    return frame[home | term].reset_index(drop=True)


def year_shares() -> dict[int, float]:
    """Share of a year's suspensions in each month."""
    shares: dict[int, float] = {}
    for name, usual in SCHOOL_DAYS.items():
        weights = {month: days * MONTH_SHAPE[month - 1] for month, days in usual.items()}
        whole = sum(weights.values())
        shares |= {month: TERM_SHARE[name] * w / whole for month, w in weights.items()}
    return shares


def day_shares(world: World, term: TermTime) -> np.ndarray:
    """Share of a year's suspensions on each school day of a term.

    A month has the same share every year, wherever Easter falls: nothing but what is planted makes
    one April unlike another.
    """
    shares = year_shares()
    own = _month_of(term.days)
    year = [_month_of(t.days) for t in world.terms if t.academic_year == term.academic_year]
    days = np.bincount(np.concatenate(year), minlength=13)
    return np.array([shares.get(month, 0.0) / days[month] for month in own])


def _month_of(days: np.ndarray) -> np.ndarray:
    month: np.ndarray = days.astype("datetime64[M]").astype(int) % 12 + 1
    return month


def _days_in(rng: np.random.Generator, world: World, term: TermTime, size: int) -> np.ndarray:
    """School days of a term, drawn by the shape of the year."""
    weight = day_shares(world, term)
    return rng.choice(term.days.astype(int), size, p=weight / weight.sum())


def suspend(world: World) -> None:
    """Fill table `suspensions`: suspensions and permanent exclusions with date, length, reasons."""
    rng = world.rng("suspensions")
    parts = [_term_suspensions(world, rng, term) for term in world.terms]
    permanent = world.tables["permanent"].assign(category="PERM", sessions=0)
    frame = pd.concat([*parts, permanent], ignore_index=True)
    frame = frame.sort_values(["day", "person"], ignore_index=True)
    frame = frame[~frame.duplicated(["day", "person"])].reset_index(drop=True)
    _describe(world, rng, frame)
    world.tables["suspensions"] = frame


def need_group(world: World, t: int) -> np.ndarray:
    """none, K, K SEMH, E or E SEMH for every person at a census."""
    sen, semh = world.grids["sen"][t], world.grids["need"][t] == "SEMH"
    return np.select(
        [(sen == 1) & semh, sen == 1, (sen == 2) & semh, sen == 2],
        ["K SEMH", "K", "E SEMH", "E"],
        "none",
    )


def _term_suspensions(world: World, rng: np.random.Generator, term: TermTime) -> pd.DataFrame:
    people, t = world.people, term.index
    at = world.grids["school_at"][t]
    phase = np.where(at == NOWHERE, "", world.schools["phase"].to_numpy()[at])
    year = year_group(people, term.academic_year)
    group = need_group(world, t)
    lift = np.select([group == name for name in NEED_LIFT], list(NEED_LIFT.values()))
    shape = np.array([YEAR_SHAPE.get(g, 0.0) for g in range(-40, 40)])[year + 40]
    shape = np.where(phase == "Special", 1.0 * (year >= 0), shape)
    sex = np.where(people["male"], MALE_LIFT, 1.0)
    risk = lift * shape * sex * np.where(world.grids["fsm"][t], FSM_LIFT, 1.0)
    risk = risk * people["frailty"].to_numpy()
    rate, share = np.zeros(len(people)), day_shares(world, term).sum()
    for name, per_100 in RATES[term.academic_year].items():
        here = phase == name
        if risk[here].sum() > 0:
            level = per_100 / 100 * here.sum() * share / risk[here].sum()
            rate[here] = level * risk[here]
    semh = np.char.endswith(group, "SEMH")
    if term.academic_year >= STEADY_FROM:
        rate = _steady(rate, semh & (at != NOWHERE), phase, STEADY * share)
    number = rng.poisson(rate * np.where(semh & (term.start >= SHIFT_FROM), SHIFT, 1.0))
    person = np.repeat(np.arange(len(people)), np.minimum(number, 15))
    sessions = rng.choice(LENGTHS, len(person), p=LENGTH_SHARES / LENGTH_SHARES.sum())
    return pd.DataFrame(
        {
            "person": person,
            "term": t,
            "day": _days_in(rng, world, term, len(person)),
            "category": "SUSP",
            "sessions": sessions,
        }
    )


def _steady(rate: np.ndarray, semh: np.ndarray, phase: np.ndarray, mean: float) -> np.ndarray:
    """Rates with that mean for pupils with SEMH; others of a phase keep its total what it was."""
    total = rate[semh].sum()
    if total == 0:
        return rate
    steady = np.where(semh, rate * (mean * semh.sum() / total), rate)
    for name in np.unique(phase[semh]):
        here = phase == name
        others = here & ~semh
        more = steady[here].sum() - rate[here].sum()
        if rate[others].sum() > 0:
            steady[others] *= max(0.0, 1 - more / rate[others].sum())
    return steady


def _describe(world: World, rng: np.random.Generator, frame: pd.DataFrame) -> None:
    """Reasons, school and SEN provision on the day; new reason codes from January 2026."""
    n = len(frame)
    permanent = (frame["category"] == "PERM").to_numpy()
    frame["reason1"] = np.where(
        permanent, by_share(rng, PERMANENT_REASONS, n), by_share(rng, REASONS, n)
    )
    second = by_share(rng, REASONS, n)
    has = (rng.random(n) < 0.18) & (second != frame["reason1"].to_numpy())
    frame["reason2"] = np.where(has, second, "")
    frame["reason3"] = _third(world, frame)
    new = (frame["day"] >= days_of(NEW_REASONS_FROM)).to_numpy() & (rng.random(n) < 0.12)
    frame["reason1"] = np.where(new, rng.choice(NEW_REASONS, n), frame["reason1"])
    t, who = frame["term"].to_numpy(), frame["person"].to_numpy()
    frame["school"] = world.grids["school_at"][t, who]
    frame["sen"] = np.array(["N", "K", "E"])[world.grids["sen"][t, who]]
    frame["semh"] = world.grids["need"][t, who] == "SEMH"


def _third(world: World, frame: pd.DataFrame) -> np.ndarray:
    """A third reason for some of those with two."""
    rng = world.rng("third reason")
    third = by_share(rng, REASONS, len(frame))
    fresh = (third != frame["reason1"].to_numpy()) & (third != frame["reason2"].to_numpy())
    return np.where((frame["reason2"] != "") & fresh & (rng.random(len(frame)) < 0.2), third, "")
