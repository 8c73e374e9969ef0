"""Aggregates of a simulated world, as the published tables define them; used by the calibration."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.synthetic.clock import days_of, sen2_day
from data.synthetic.people import age_in_august, year_group
from data.synthetic.truth import in_force
from data.synthetic.world import NOWHERE, World

ABSENT = ("I", "M", "O", "G", "U", "N", "C", "C2", "E", "H")


def spring(world: World, year: int) -> int:
    """Index of the January census of a calendar year."""
    return next(c.index for c in world.censuses if c.year == year and c.term == "spring")


def _on_roll(world: World, t: int) -> np.ndarray:
    return world.grids["school_at"][t] != NOWHERE


def _phase(world: World, t: int) -> np.ndarray:
    at = world.grids["school_at"][t]
    return np.where(at == NOWHERE, "", world.schools["phase"].to_numpy()[at])


def roll(world: World, year: int) -> float:
    """Pupils on roll in January."""
    return float(_on_roll(world, spring(world, year)).sum())


def sen_share(world: World, year: int, level: int) -> float:
    """% of pupils with SEN support (1) or a plan (2)."""
    t = spring(world, year)
    return 100 * float((world.grids["sen"][t] == level)[_on_roll(world, t)].mean())


def semh_share_of_support(world: World, year: int) -> float:
    """% of pupils on SEN support whose need is SEMH."""
    t = spring(world, year)
    support = (world.grids["sen"][t] == 1) & _on_roll(world, t)
    return 100 * float((world.grids["need"][t] == "SEMH")[support].mean())


def fsm_share(world: World, year: int) -> float:
    """% of pupils eligible for free school meals."""
    t = spring(world, year)
    return 100 * float(world.grids["fsm"][t][_on_roll(world, t)].mean())


def _live(world: World, year: int, semh: bool = False) -> pd.DataFrame:
    plans = world.tables["plans"]
    live = plans[in_force(plans, days_of(sen2_day(year)))]
    return live[live["semh"]] if semh else live


def plans_in_force(world: World, year: int, semh: bool = False) -> float:
    """Plans in force on the SEN2 census day."""
    return float(len(_live(world, year, semh)))


def semh_male(world: World, year: int) -> float:
    """% of SEMH plans held by boys."""
    who = _live(world, year, True)["person"].to_numpy()
    return 100 * float(world.people["male"].to_numpy()[who].mean())


def _semh_ages(world: World, year: int) -> np.ndarray:
    return age_in_august(world.people, year - 1)[_live(world, year, True)["person"].to_numpy()]


def semh_peak_age(world: World, year: int) -> float:
    """Age with the most SEMH plans, from three-year sums so that one odd year does not decide."""
    count = np.bincount(_semh_ages(world, year), minlength=27)
    return float(np.argmax(count[:-2] + count[1:-1] + count[2:]) + 1)


def semh_aged(world: World, year: int, low: int, high: int) -> float:
    """% of SEMH plans held at these ages."""
    ages = _semh_ages(world, year)
    return 100 * float(((ages >= low) & (ages <= high)).mean())


def _year_of(days: pd.Series) -> np.ndarray:
    return days.to_numpy().astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970


def requests(world: World, year: int) -> float:
    """Requests received in a calendar year."""
    return float((_year_of(world.tables["requests"]["received"]) == year).sum())


def refused(world: World, year: int) -> float:
    """% of a year's requests refused."""
    table = world.tables["requests"]
    return 100 * float((table["outcome"] == "N")[_year_of(table["received"]) == year].mean())


def _issued(world: World, year: int) -> pd.DataFrame:
    table = world.tables["requests"]
    return table[(table["result"] == "Y") & (_year_of(table["assessed"]) == year)]


def issued(world: World, year: int) -> float:
    """New plans in a calendar year."""
    return float(len(_issued(world, year)))


def timely(world: World, year: int) -> float:
    """% of a year's new plans issued within 20 weeks."""
    table = _issued(world, year)
    return 100 * float((table["assessed"] - table["received"] <= 140).mean())


def ceased(world: World, year: int) -> float:
    """Plans ceased in a calendar year."""
    cease = world.tables["plans"]["cease"]
    return float((_year_of(cease[cease >= 0]) == year).sum())


def semh_setting(world: World, year: int, setting: str) -> float:
    """SEMH plans in a setting on the SEN2 census day."""
    spells, day = world.tables["spells"], days_of(sen2_day(year))
    on = (spells["start"] <= day) & ((spells["end"] < 0) | (spells["end"] > day))
    return float((on & spells["semh"] & (spells["setting"] == setting)).sum())


def _year_suspensions(world: World, academic_year: int, category: str) -> pd.DataFrame:
    table = world.tables["suspensions"]
    terms = [t.index for t in world.terms if t.academic_year == academic_year]
    return table[(table["category"] == category) & table["term"].isin(terms)]


def suspension_rate(world: World, academic_year: int, phase: str = "") -> float:
    """Suspensions in the year per 100 pupils on roll in January."""
    table = _year_suspensions(world, academic_year, "SUSP")
    phases = world.schools["phase"].to_numpy()
    if phase:
        table = table[phases[table["school"]] == phase]
    here = _phase(world, spring(world, academic_year + 1))
    return 100 * len(table) / float((here == phase).sum() if phase else (here != "").sum())


def suspended_share(world: World, academic_year: int) -> float:
    """% of January's pupils suspended at least once in the year."""
    people = _year_suspensions(world, academic_year, "SUSP")["person"].nunique()
    return 100 * people / roll(world, academic_year + 1)


def permanent_rate(world: World, academic_year: int) -> float:
    """Permanent exclusions in the year per 100 pupils on roll in January."""
    return (
        100 * len(_year_suspensions(world, academic_year, "PERM")) / roll(world, academic_year + 1)
    )


def term_rate_by_sen(world: World, term: int, level: int) -> float:
    """Suspensions in a term per 100 pupils at a level of SEN provision."""
    table = world.tables["suspensions"]
    mine = (table["term"] == term) & (table["category"] == "SUSP") & (table["sen"] == "NKE"[level])
    pupils = (world.grids["sen"][term] == level) & _on_roll(world, term)
    return 100 * float(mine.sum()) / float(pupils.sum())


def peak_year_group(world: World) -> float:
    """Year group with the most suspensions over all years."""
    table = world.tables["suspensions"]
    first = np.array([t.academic_year for t in world.terms])[table["term"]]
    group = first - 5 - world.people["cohort"].to_numpy()[table["person"]]
    return float(np.argmax(np.bincount(group[group >= 0])))


def absence(
    world: World, academic_year: int, band: str, phase: str = "", semh: bool = False
) -> float:
    """Overall, persistent (10%+) or severe (50%+) absence of a year, %; statutory ages."""
    absent, possible = _absent_and_possible(world, academic_year)
    t = spring(world, academic_year + 1)
    chosen = (possible > 0) & ((_phase(world, t) == phase) if phase else _on_roll(world, t))
    if semh:
        chosen &= world.grids["need"][t] == "SEMH"
    if band == "overall":
        return 100 * float(absent[chosen].sum() / possible[chosen].sum())
    least = {"persistent": 0.1, "severe": 0.5}[band]
    return 100 * float((absent[chosen] / possible[chosen] >= least).mean())


def _absent_and_possible(world: World, academic_year: int) -> tuple[np.ndarray, np.ndarray]:
    """Sessions missed and possible of every person in a year; none possible when not statutory."""
    table = world.tables["sessions"]
    terms = [t for t in world.terms if t.academic_year == academic_year]
    absent = np.zeros(len(world.people))
    mine = table[table["term"].isin([t.index for t in terms]) & table["code"].isin(ABSENT)]
    np.add.at(absent, mine["person"].to_numpy(), mine["sessions"].to_numpy())
    year = year_group(world.people, academic_year)
    statutory = (year >= 0) & (year <= 11)
    possible = np.zeros(len(world.people))
    for term in terms:
        possible += np.where(_on_roll(world, term.index) & statutory, term.sessions, 0)
    return absent, possible


def school_ap(world: World, academic_year: int) -> float:
    """Pupils in AP their school arranged."""
    table = world.tables["school_ap"]
    return float(table.loc[table["year"] == academic_year, "person"].nunique())


def school_ap_male(world: World, academic_year: int) -> float:
    """% of them who are boys."""
    table = world.tables["school_ap"]
    who = table.loc[table["year"] == academic_year, "person"].to_numpy()
    return 100 * float(world.people["male"].to_numpy()[who].mean())


def contacted(world: World, financial_year: int) -> float:
    """Children under 18 with an attended contact in the year, with a known identity."""
    table = world.tables["contacts"]
    first, last = days_of(date(financial_year, 4, 1)), days_of(date(financial_year + 1, 3, 31))
    on = (table["day"] >= first) & (table["day"] <= last) & table["attended"].isin(["5", "6"])
    age = (table["day"] - world.people["dob"].to_numpy()[table["person"]]) / 365.25
    return float(table.loc[on & ~table["digital"] & (age < 18), "person"].nunique())


def referral_rate(world: World, financial_year: int) -> float:
    """Referrals in the year per 100 residents under 18."""
    first, last = days_of(date(financial_year, 4, 1)), days_of(date(financial_year + 1, 3, 31))
    received = world.tables["referrals"]["received"]
    age = (first + 183 - world.people["dob"]) / 365.25
    children = ((age >= 0) & (age < 18) & world.people["resident"]).sum()
    return 100 * float(((received >= first) & (received <= last)).sum()) / float(children)


def _waits(world: World) -> np.ndarray:
    table = world.tables["referrals"]
    seen = table[table["accepted"] & (table["first"] <= days_of(world.censuses[-1].day))]
    return (seen["first"] - seen["received"]).to_numpy() / 7


def median_wait(world: World) -> float:
    """Median weeks from referral to first contact."""
    return float(np.median(_waits(world)))


def over_a_year(world: World) -> float:
    """% who waited more than 52 weeks."""
    return 100 * float((_waits(world) > 52).mean())


def yearly_cost(
    world: World, financial_year: int, kinds: tuple[str, ...], local: bool = False
) -> float:
    """Education's share of a placement's cost in pounds a year, mean of the year's lines."""
    costs = world.tables["costs"]
    mine = (costs["year"] == financial_year) & costs["kind"].isin(kinds)
    if local:
        mine &= ~costs["away"]
    return float((costs["education"] * costs["weeks"])[mine].mean())
