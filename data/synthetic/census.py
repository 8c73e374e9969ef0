"""Who is on roll at each census and who has left since the one before, as a school would know it.

Some schools send nothing at some censuses (`returned` grid); their pupils are in no module.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.synthetic.borough import (
    CONVERSION_DAY,
    CONVERTED,
    OPENED,
    OPENING_DAY,
    PREDECESSOR_URN,
)
from data.synthetic.clock import Census, days_of
from data.synthetic.people import postcode_at, year_group
from data.synthetic.world import NOWHERE, World

NOT_RETURNED = 0.012
YEAR_CODES = np.array(["N1", "N2", "R", *(str(y) for y in range(1, 15))], dtype=object)


def draw_returns(world: World) -> None:
    """Fill grid `returned`: which schools sent each census (closed or unopened schools do not)."""
    rng = world.rng("returns")
    grid = rng.random((len(world.censuses), len(world.schools))) >= NOT_RETURNED
    schools = world.schools["urn"].to_numpy()
    if grid.all():
        grid[3, 0] = False
    missing = [
        {"census": f"{c.year} {c.term}", "urn": int(schools[s])}
        for c in world.censuses
        for s in np.flatnonzero(~grid[c.index] & open_schools(world, c))
    ]
    world.truth["not_returned"] = missing
    world.grids["returned"] = grid & np.array([open_schools(world, c) for c in world.censuses])


def open_schools(world: World, census: Census) -> np.ndarray:
    """Whether each school is open at a census."""
    early = census.day < date.fromisoformat(OPENING_DAY)
    return ~((world.schools["key"] == OPENED).to_numpy() & early)


def urn_at(world: World, when: date) -> np.ndarray:
    """URN of each school on a day: one school has another before it becomes an academy."""
    urn = world.schools["urn"].to_numpy().copy()
    if when <= date.fromisoformat(CONVERSION_DAY):
        urn[(world.schools["key"] == CONVERTED).to_numpy()] = PREDECESSOR_URN
    return urn


def resourced_at(world: World, t: int) -> np.ndarray:
    """Who is in a resourced provision at a census: SEMH plans, up to its places."""
    at = world.grids["school_at"][t]
    room = world.schools["resourced"].to_numpy()
    able = world.grids["plan_at"][t] & (world.grids["plan_need"][t] == "SEMH") & (at != NOWHERE)
    who = np.flatnonzero(able & (room[at] > 0))
    number = pd.Series(at[who]).groupby(at[who]).cumcount().to_numpy()
    inside = np.zeros(len(at), dtype=bool)
    inside[who[number < room[at[who]]]] = True
    return inside


def on_roll(world: World, census: Census, fsm_start: np.ndarray) -> pd.DataFrame:
    """Registrations on census day at schools that returned, by school."""
    t, grid = census.index, world.grids
    at = grid["school_at"][t]
    on = np.flatnonzero((at != NOWHERE) & grid["returned"][t][at])
    on = on[np.argsort(at[on], kind="stable")]
    return pd.DataFrame(
        {
            "person": on,
            "school": at[on],
            "entry": grid["entry"][t, on],
            "ncyear": _year_codes(world, census, on),
            "sen": np.array(["N", "K", "E"])[grid["sen"][t, on]],
            "need": grid["need"][t, on].astype(str),
            "postcode": postcode_at(world.people, t)[on],
            "fsm": grid["fsm"][t, on],
            "fsm_start": fsm_start[t, on],
            "unit": resourced_at(world, t)[on],
            "plan": grid["sen"][t, on] == 2,
            "statutory": _statutory(world, census, on),
            "prior": _prior(world, t, on),
        }
    )


def returns(world: World, census: Census) -> pd.DataFrame:
    """Schools that sent the census, with the URN each had on the day."""
    rows = np.flatnonzero(world.grids["returned"][census.index])
    estab = world.schools["estab"].to_numpy()[rows]
    return pd.DataFrame({"school": rows, "urn": urn_at(world, census.day)[rows], "estab": estab})


def _prior(world: World, t: int, who: np.ndarray) -> np.ndarray:
    """Whether each pupil was at the same school at the census before."""
    if t == 0:
        return np.zeros(len(who), dtype=bool)
    at = world.grids["school_at"]
    return at[t, who] == at[t - 1, who]


def _statutory(world: World, census: Census, who: np.ndarray) -> np.ndarray:
    year = year_group(world.people, census.academic_year)[who]
    return (year >= 0) & (year <= 11)


def _year_codes(world: World, census: Census, who: np.ndarray) -> np.ndarray:
    year = year_group(world.people, census.academic_year)[who]
    return YEAR_CODES[np.clip(year + 2, 0, len(YEAR_CODES) - 1)].astype(str)


def gone(world: World, census: Census) -> pd.DataFrame:
    """Registrations that ended with the term before, at schools that returned this census."""
    t, grid = census.index, world.grids
    if census.covers is None:
        columns = ["person", "school", "entry", "leaving", "ncyear", "postcode", "statutory"]
        return pd.DataFrame({c: pd.Series(dtype="int64") for c in columns})
    before, now = grid["school_at"][t - 1], grid["school_at"][t]
    who = np.flatnonzero((before != NOWHERE) & (before != now) & grid["returned"][t][before])
    who = who[np.argsort(before[who], kind="stable")]
    last = world.censuses[t - 1]
    return pd.DataFrame(
        {
            "person": who,
            "school": before[who],
            "entry": grid["entry"][t - 1, who],
            "leaving": days_of(census.covers.end),
            "ncyear": _year_codes(world, last, who),
            "postcode": postcode_at(world.people, t)[who],
            "statutory": _statutory(world, last, who),
        }
    )


def meal_starts(world: World) -> np.ndarray:
    """First day of free school meals by census, kept while eligibility lasts."""
    fsm = world.grids["fsm"]
    start = np.zeros(fsm.shape, dtype=np.int32)
    for census in world.censuses:
        t = census.index
        fresh = days_of(census.day) - 30
        kept = start[t - 1] if t else np.full(fsm.shape[1], fresh - 400)
        going = fsm[t - 1] if t else np.ones(fsm.shape[1], dtype=bool)
        start[t] = np.where(going, kept, fresh)
    return start
