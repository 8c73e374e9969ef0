"""Where children with plans are taught, year by year, and which provider has them.

Settings follow the published counts of plans by setting each January and
the SEMH share of each setting (section 4). A SEMH child of the short locality is less likely to
get a local special place and likelier to be placed at a distance.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.synthetic.borough import OPENED
from data.synthetic.clock import days_of, sen2_day
from data.synthetic.ehc_rates import SEMH_SHARE
from data.synthetic.people import age_in_august
from data.synthetic.world import World, pick

COUNTS = {
    # January: special (state), independent, NMSS, AP, FE, EHE, NEET, mainstream
    2021: (838, 73, 8, 22, 425, 12, 40, 747),
    2022: (854, 90, 10, 24, 495, 20, 45, 835),
    2023: (1004, 85, 17, 26, 494, 25, 50, 961),
    2024: (1085, 106, 18, 20, 652, 37, 55, 1221),
    2025: (1187, 104, 14, 20, 672, 47, 60, 1474),
    2026: (1262, 122, 14, 22, 735, 55, 66, 1650),
    2027: (1310, 136, 14, 22, 790, 62, 70, 1810),
}
"""Plans by setting; AP as on the person-level return (a class change ended the earlier series);
2026 and 2027 carry the trend forward. What is left over is other arrangements (OLA)."""
SETTINGS = ("special", "independent", "nmss", "ap", "fe", "ehe", "neet", "mainstream")
SEMH_OF = {
    "special": 204 / 1187,
    "independent": 32 / 104,
    "nmss": 0.0,
    "ap": 0.8,
    "fe": 207 / 672,
    "ehe": 10 / 47,
    "neet": 31 / 60,
    "mainstream": 325 / 1474,
    "ola": 0.30,
}
AGES = {
    "special": (4, 18),
    "independent": (7, 18),
    "nmss": (7, 18),
    "ap": (11, 15),
    "fe": (16, 25),
    "ehe": (5, 15),
    "neet": (16, 25),
    "ola": (3, 25),
    "mainstream": (2, 15),
}
ORDER = ("special", "independent", "nmss", "ap", "ehe", "neet", "ola")
LEAVES_SPECIAL_AT_16 = {True: 0.90, False: 0.45}
"""Share of 16-year-olds who leave a special school for college: SEMH schools end at 16."""
SHORT_LOCAL, SHORT_DISTANT = 0.30, 2.6
"""Planted: odds of a local special place, and of one at a distance, in the short locality."""
FIRST_YEAR, LAST_YEAR = 2020, 2026
NO_OVERRIDE, ELSEWHERE = -2, -1


def short_locality(world: World) -> str:
    """The locality with no SEMH special school."""
    return world.profile.localities[-1].id


def place(world: World) -> None:
    """Fill table `spells`: one row per person and stay in a setting, with school or provider."""
    rng = world.rng("placements")
    plans = world.tables["plans"]
    state = np.full(len(plans), "", dtype=object)
    rows = []
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        before, state = state, _settle(world, rng, plans, state, year)
        rows.append(_stays(plans, before, state, year))
    spells = _joined(pd.concat(rows, ignore_index=True))
    world.tables["spells"] = _where(world, rng, spells)


def _quota(world: World, year: int, semh: bool) -> dict[str, int]:
    """Plans wanted in each setting in January of `year` + 1."""
    counts = dict(zip(SETTINGS, COUNTS[year + 1], strict=True))
    lift = SEMH_SHARE[year + 1] / SEMH_SHARE[2025]
    quota = {}
    for name, count in counts.items():
        part = min(1.0, SEMH_OF[name] * (1.0 if name in ("ap", "nmss") else lift))
        quota[name] = round(count * (part if semh else 1 - part) * world.scale)
    return quota


def _settle(
    world: World, rng: np.random.Generator, plans: pd.DataFrame, before: np.ndarray, year: int
) -> np.ndarray:
    """Setting of every plan in force at some time in the academic year; '' for the rest."""
    first, last = days_of(date(year, 9, 1)), days_of(date(year + 1, 8, 31))
    live = ((plans["start"] <= last) & ((plans["cease"] < 0) | (plans["cease"] > first))).to_numpy()
    age = age_in_august(world.people, year)[plans["person"].to_numpy()]
    settled = np.full(len(plans), "", dtype=object)
    for semh in (True, False):
        group = live & (plans["semh"].to_numpy() == semh)
        chosen = _fill(world, rng, plans, group, age, before, year, semh)
        settled[group] = chosen[group]
    return settled


def _fill(
    world: World, rng: np.random.Generator, plans: pd.DataFrame, group: np.ndarray,
    age: np.ndarray, before: np.ndarray, year: int, semh: bool,
) -> np.ndarray:  # fmt: skip
    """Keep those who may stay, then fill each setting to its number, scarcest kinds first."""
    day = days_of(sen2_day(year + 1))
    counted = ((plans["start"] <= day) & ((plans["cease"] < 0) | (plans["cease"] > day))).to_numpy()
    quota = _quota(world, year, semh)
    quota["ola"] = max(0, int((group & counted).sum()) - sum(quota.values()))
    state = np.where(group & _may_stay(rng, before, age, semh), before, "").astype(object)
    pull = _pulls(world, plans, semh)
    for name in ORDER:
        low, high = AGES[name]
        held = group & counted & (state == name)
        over = int(held.sum()) - quota[name]
        if over > 0:
            state[pick(rng, held.astype(float), over)] = ""
            continue
        from_main = 0.25 if name in ("special", "independent", "ap") else 0.05
        free = np.where(state == "", 1.0, np.where(state == "mainstream", from_main, 0.0))
        able = group & counted & (age >= low) & (age <= high)
        state[pick(rng, able * free * pull.get(name, 1.0), -over)] = name
    rest = group & (state == "")
    state[rest] = np.where(age[rest] >= 16, "fe", "mainstream")
    return _sixth_forms(rng, state, group & counted, age, quota)


def _may_stay(
    rng: np.random.Generator, before: np.ndarray, age: np.ndarray, semh: bool
) -> np.ndarray:
    stays = before != ""
    for name, (_, high) in AGES.items():
        stays &= ~((before == name) & (age > high))
    leaves = (
        (before == "special") & (age == 16) & (rng.random(len(age)) < LEAVES_SPECIAL_AT_16[semh])
    )
    return stays & ~leaves


def _pulls(world: World, plans: pd.DataFrame, semh: bool) -> dict[str, np.ndarray]:
    if not semh:
        return {}
    here = world.people["locality"].to_numpy()[plans["person"].to_numpy()] == short_locality(world)
    return {
        "special": np.where(here, SHORT_LOCAL, 1.0),
        "independent": np.where(here, SHORT_DISTANT, 1.0),
    }


def _sixth_forms(
    rng: np.random.Generator, state: np.ndarray, group: np.ndarray, age: np.ndarray,
    quota: dict[str, int],
) -> np.ndarray:  # fmt: skip
    """Some aged 16 to 18 stay in mainstream sixth forms until FE is down to its number."""
    over = int((group & (state == "fe")).sum()) - quota["fe"]
    able = group & (state == "fe") & (age <= 18)
    state[pick(rng, able.astype(float), max(0, over))] = "mainstream"
    return state


def _stays(plans: pd.DataFrame, before: np.ndarray, state: np.ndarray, year: int) -> pd.DataFrame:
    """A stay for each plan and academic year, cut to the life of the plan."""
    here = state != ""
    first = days_of(date(year, 9, 1))
    start = np.maximum(plans["start"].to_numpy(), first)
    end = np.where(
        plans["cease"] < 0,
        days_of(date(year + 1, 8, 31)),
        np.minimum(plans["cease"], days_of(date(year + 1, 8, 31))),
    )
    frame = plans.loc[here, ["plan_id", "person", "semh", "need1"]].copy()
    frame["setting"], frame["year"] = state[here], year
    frame["start"], frame["end"] = start[here], end[here]
    return frame


def _joined(stays: pd.DataFrame) -> pd.DataFrame:
    """Years in the same setting joined into one spell; still going on has no end (-1)."""
    stays = stays.sort_values(["plan_id", "year"], ignore_index=True)
    same = (stays["plan_id"].shift() == stays["plan_id"]) & (
        stays["setting"].shift() == stays["setting"]
    )
    spell = (~same).cumsum()
    frame = (
        stays.groupby(spell, sort=False)
        .agg(
            plan_id=("plan_id", "first"),
            person=("person", "first"),
            semh=("semh", "first"),
            need1=("need1", "first"),
            setting=("setting", "first"),
            start=("start", "first"),
            end=("end", "last"),
        )
        .reset_index(drop=True)
    )
    frame["end"] = np.where(frame["end"] >= days_of(date(LAST_YEAR + 1, 8, 31)), -1, frame["end"])
    return frame


def _where(world: World, rng: np.random.Generator, spells: pd.DataFrame) -> pd.DataFrame:
    """School row or provider row of each spell (-1 where it has none)."""
    spells["school"], spells["provider"] = -1, -1
    kinds = {
        "special": "special school in another authority",
        "independent": "independent special school",
        "nmss": "non-maintained special school",
        "fe": "further education college",
    }
    for setting, kind in kinds.items():
        here = (spells["setting"] == setting).to_numpy()
        spells.loc[here, "provider"] = _provider_rows(world, rng, spells[here], kind)
    local = (spells["setting"] == "special").to_numpy() & (rng.random(len(spells)) < 0.965)
    spells.loc[local, "provider"] = -1
    spells.loc[local, "school"] = _special_rows(world, rng, spells[local])
    isp = (spells["setting"] == "fe").to_numpy() & (rng.random(len(spells)) < 0.05)
    rows = _provider_rows(world, rng, spells[isp], "specialist post-16 institution")
    spells.loc[isp, "provider"] = rows
    ap = (spells["setting"] == "ap").to_numpy()
    spells.loc[ap, "school"] = int(np.flatnonzero(world.schools["key"] == "pru-2")[0])
    return _converted(spells)


def _converted(spells: pd.DataFrame) -> pd.DataFrame:
    """Spell numbers, in order of person and start."""
    spells = spells.sort_values(["plan_id", "start"], ignore_index=True)
    spells["spell_id"] = np.arange(len(spells))
    return spells


def _provider_rows(
    world: World, rng: np.random.Generator, spells: pd.DataFrame, kind: str
) -> np.ndarray:
    """A provider of the kind for each spell; those in the borough take fewer than their share."""
    providers = world.providers
    rows = np.flatnonzero((providers["kind"] == kind).to_numpy())
    weight = np.where(providers["in_borough"].to_numpy()[rows], 1.3, 1.0)
    return rows[rng.choice(len(rows), len(spells), p=weight / weight.sum())]


def _special_rows(world: World, rng: np.random.Generator, spells: pd.DataFrame) -> np.ndarray:
    """A special school by designation, open at the time, near before far."""
    schools = world.schools
    rows = np.flatnonzero((schools["phase"] == "Special").to_numpy())
    made_for = schools["designation"].to_numpy()[rows]
    need = spells["need1"].to_numpy()
    group = np.select(
        [need == "SEMH", need == "ASD", np.isin(need, ["SLD", "PMLD", "PD"])],
        ["SEMH", "ASD", "SLD"],
        "MLD",
    )
    home = world.people["locality"].to_numpy()[spells["person"].to_numpy()]
    near = schools["locality"].to_numpy()[rows][None, :] == home[:, None]
    fits = np.where(made_for[None, :] == group[:, None], 1.0, 0.03)
    fits[:, made_for == "SEMH"] *= np.where(group == "SEMH", 1.0, 0.0)[:, None]
    open_from = np.where(schools["key"].to_numpy()[rows] == OPENED, days_of(date(2022, 9, 1)), 0)
    late = np.where(open_from > 0, 0.02, 1.0)
    able = np.where(spells["start"].to_numpy()[:, None] >= open_from, 1.0, 0.0 * late)
    chance = fits * (1 + 2 * near) * able * schools["places"].to_numpy()[rows]
    edges = np.cumsum(chance / chance.sum(axis=1, keepdims=True), axis=1)
    found = (edges < rng.random(len(spells))[:, None]).sum(axis=1)
    return rows[np.minimum(found, len(rows) - 1)]


def placed_grid(world: World) -> None:
    """Fill grid `placed_at` from the spells: a school row, ELSEWHERE, or NO_OVERRIDE."""
    spells = world.tables["spells"]
    grid = np.full((len(world.censuses), len(world.people)), NO_OVERRIDE, dtype=np.int16)
    off = ~spells["setting"].isin(["mainstream", "special", "ap"]) | (spells["provider"] >= 0)
    value = np.where(off, ELSEWHERE, np.where(spells["school"] >= 0, spells["school"], NO_OVERRIDE))
    for census in world.censuses:
        day = days_of(census.day)
        live = ((spells["start"] <= day) & ((spells["end"] < 0) | (spells["end"] > day))).to_numpy()
        who = spells["person"].to_numpy()[live]
        grid[census.index, who] = value[live]
    world.grids["placed_at"] = grid
    kept = spells.loc[spells["setting"] == "mainstream", "person"].unique()
    world.people.loc[kept, "off_roll"] = False
    world.people.loc[kept, "sixth_form"] = True
