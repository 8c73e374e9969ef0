"""Who lives here: children and young people, where they live, and their schools term by term."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.synthetic.clock import days_of
from data.synthetic.names import FORENAMES, SURNAMES, nhs_numbers, upns
from data.synthetic.world import NOWHERE, World, by_share

FIRST_COHORT, LAST_COHORT = 1994, 2025
"""Academic year of birth of the oldest and youngest people, by the year it starts in."""

ON_ROLL = {
    2008: 3160,
    2009: 3170,
    2010: 3210,
    2011: 3250,
    2012: 3290,
    2013: 3270,
    2014: 3240,
    2015: 3230,
    2016: 3190,
    2017: 3140,
    2018: 3060,
    2019: 2990,
    2020: 2950,
    2021: 2930,
}
"""Pupils of statutory age on roll by year of birth, so that the phases come right."""
EARLIER_COHORT, LATER_COHORT = 3140, 2910
SPECIAL_AND_AP = 1.045
"""The scorecard counts mainstream only; special schools and PRUs add about 3%."""
OFF_ROLL = 0.025
"""Taught at home, in independent schools or beyond the boundary."""
ACROSS_BOUNDARY = 0.03
TURNOVER = 0.09
"""Share of a cohort that arrives, and as many leave, over the six years."""
MOVE_SCHOOL, MOVE_HOME = 0.010, 0.20
SIXTH_FORM, NURSERY_CLASS, NURSERY_YOUNGER = 0.21, 0.62, 0.22
LOCALITY_ONLY = {"Primary": 0.97, "Secondary": 0.92}

ETHNICITY = {
    "WBRI": 79.0,
    "APKN": 8.0,
    "WROM": 2.6,
    "WOTW": 2.4,
    "MWAS": 1.9,
    "MWBC": 1.1,
    "BAFR": 1.5,
    "AIND": 0.7,
    "AOTH": 1.3,
    "MOTH": 1.2,
    "OOTH": 1.3,
    "WIRI": 0.1,
}
DEPRIVED_TILT = {"APKN": 1.7, "WROM": 2.4, "WOTW": 1.6, "BAFR": 1.6, "WBRI": 0.9, "AIND": 0.7}
"""How much commoner a group is in the three most deprived deciles (assumption)."""
MALE = 0.512
SIBLINGS, TWINS = 0.5, 0.06
"""Chance that the next child of a postcode is a sibling, and of one cohort a twin (assumption)."""
FRAILTY, MOST_FRAIL = 0.075, 9.0
"""Shape of how unevenly suspensions fall: few pupils have most of them."""


def make_people(world: World) -> None:
    """Draw everyone, then walk through the censuses giving each a school."""
    rng = world.rng("people")
    people = _born(world, rng)
    n = len(people)
    _homes(world, people, rng)
    people["ethnicity"] = _ethnicity(people, rng)
    people["upn"] = upns(people["cohort"].to_numpy() + 5)
    people["nhs"] = nhs_numbers(n)
    people["surname"] = SURNAMES[rng.integers(0, len(SURNAMES), n)]
    people["forename"] = FORENAMES[rng.integers(0, len(FORENAMES), n)]
    _families(people, world.rng("families"))
    people["frailty"] = np.minimum(rng.gamma(FRAILTY, 1 / FRAILTY, n), MOST_FRAIL)
    for name in ("u_sen", "u_need", "u_fsm", "z_absence"):
        people[name] = rng.random(n)
    world.people = people


def _born(world: World, rng: np.random.Generator) -> pd.DataFrame:
    cohorts = range(FIRST_COHORT, LAST_COHORT + 1)
    plain = [ON_ROLL.get(c, EARLIER_COHORT if c < 2008 else LATER_COHORT) for c in cohorts]
    size = np.array(plain) * SPECIAL_AND_AP / (1 - OFF_ROLL) * world.scale
    arrive_extra = np.round(size * TURNOVER).astype(int)
    each = np.maximum(1, np.round(size).astype(int)) + arrive_extra
    people = pd.DataFrame({"cohort": np.repeat(cohorts, each)})
    n = len(people)
    first = (people["cohort"].to_numpy() - 1970).astype("datetime64[Y]").astype("datetime64[M]") + 8
    people["dob"] = first.astype("datetime64[D]").astype(int) + rng.integers(0, 365, n)
    people["male"] = rng.random(n) < MALE
    position = np.concatenate([np.arange(k) for k in each])
    extra = np.repeat(arrive_extra, each)
    last = len(world.censuses)
    people["arrive"] = np.where(position < extra, rng.integers(1, last, n), 0)
    leaving = (position >= extra) & (position < 2 * extra)
    people["leave"] = np.where(leaving, rng.integers(1, last, n), 99)
    people["off_roll"] = rng.random(n) < OFF_ROLL
    people["sixth_form"] = rng.random(n) < SIXTH_FORM
    people["nursery_from"] = np.select(
        [rng.random(n) < NURSERY_YOUNGER, rng.random(n) < NURSERY_CLASS], [-2, -1], 0
    )
    return people


def _homes(world: World, people: pd.DataFrame, rng: np.random.Generator) -> None:
    """Two homes each; a fifth move from the first to the second at some census."""
    inside = world.areas["in_borough"].to_numpy()
    weight = world.areas["weight"].to_numpy() * np.where(inside, 1.0, 0.0)
    beyond = np.where(inside, 0.0, 1.0)
    n = len(people)
    crosses = rng.random(n) < ACROSS_BOUNDARY
    first, second = (
        np.where(
            crosses,
            rng.choice(len(weight), n, p=beyond / beyond.sum()),
            rng.choice(len(weight), n, p=weight / weight.sum()),
        )
        for _ in range(2)
    )
    moves = rng.random(n) < MOVE_HOME
    per = len(world.postcodes) // len(world.areas)
    people["area"] = first
    people["resident"] = ~crosses
    people["decile"] = world.areas["imd_decile"].to_numpy()[first]
    people["locality"] = world.areas["locality"].to_numpy()[first]
    people["move_home"] = np.where(moves, rng.integers(1, len(world.censuses), n), 99)
    people["postcode0"] = first * per + rng.integers(0, per, n)
    people["postcode1"] = second * per + rng.integers(0, per, n)


def _families(people: pd.DataFrame, rng: np.random.Generator) -> None:
    """Children of one postcode made siblings share surname and home; some are twins.

    Only names, later homes and days of birth change, so that nothing measured does: linking
    records has to tell siblings apart, as in real life.
    """
    order = np.lexsort((people["cohort"], people["postcode0"]))
    gap = np.diff(people["cohort"].to_numpy()[order], prepend=-99)
    near = np.r_[False, np.diff(people["postcode0"].to_numpy()[order]) == 0] & (gap <= 6)
    sibling = near & (rng.random(len(people)) < SIBLINGS)
    eldest = np.maximum.accumulate(np.where(sibling, 0, np.arange(len(people))))
    for name in ("surname", "postcode1", "move_home"):
        people.loc[order, name] = people[name].to_numpy()[order[eldest]]
    twin = np.flatnonzero(sibling & (gap == 0) & (rng.random(len(people)) < TWINS))
    people.loc[order[twin], "dob"] = people["dob"].to_numpy()[order[twin - 1]]


def postcode_at(people: pd.DataFrame, census_index: int) -> np.ndarray:
    """Row in postcodes of each person's home at a census."""
    moved = people["move_home"].to_numpy() <= census_index
    return np.where(moved, people["postcode1"], people["postcode0"])


def _ethnicity(people: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    tilted = {code: share * DEPRIVED_TILT.get(code, 1.0) for code, share in ETHNICITY.items()}
    other = {code: share * (2 - DEPRIVED_TILT.get(code, 1.0)) for code, share in ETHNICITY.items()}
    floor = {code: max(share, 0.05) for code, share in other.items()}
    n = len(people)
    poor = people["decile"].to_numpy() <= 3
    return np.where(poor, by_share(rng, tilted, n), by_share(rng, floor, n))


def year_group(people: pd.DataFrame, academic_year: int) -> np.ndarray:
    """National Curriculum year: 0 is reception, -1 and -2 the nursery years."""
    return academic_year - 5 - people["cohort"].to_numpy()


def age_in_august(people: pd.DataFrame, academic_year: int) -> np.ndarray:
    """Age on 31 August before the academic year, as SEN2 counts age."""
    return academic_year - 1 - people["cohort"].to_numpy()


def _choice_table(world: World, phase: str) -> tuple[np.ndarray, np.ndarray]:
    """Cumulative chance of each school of a phase by small area, and those schools' rows."""
    schools = world.schools
    rows = np.flatnonzero((schools["phase"] == phase).to_numpy())
    ward = schools["ward_code"].to_numpy()[rows]
    locality = schools["locality"].to_numpy()[rows]
    size = schools["size_weight"].to_numpy()[rows]
    areas = world.areas
    near = ward[None, :] == areas["ward_code"].to_numpy()[:, None]
    same = locality[None, :] == areas["locality"].to_numpy()[:, None]
    chance = size * (0.004 + 0.12 * same + (2.5 if phase != "Secondary" else 0.5) * near)
    return np.cumsum(chance / chance.sum(axis=1, keepdims=True), axis=1), rows


class SchoolChoice:
    """Chooses a school of one phase for people who live in given small areas."""

    def __init__(self, world: World, phase: str) -> None:
        self.table, self.rows = _choice_table(world, phase)

    def __call__(self, rng: np.random.Generator, area: np.ndarray) -> np.ndarray:
        """Rows in `schools`, one for each small area given."""
        draw = rng.random(len(area))[:, None]
        found = (self.table[area] < draw).sum(axis=1)
        return self.rows[np.minimum(found, len(self.rows) - 1)]


def enrol(world: World) -> None:
    """Fill grid `school_at`: mainstream by year group, overridden by placements and PRU stays.

    Reads grid `placed_at` (rows in `schools`, NOWHERE for taught elsewhere, -2 for no override).
    """
    rng = world.rng("enrol")
    people, n = world.people, len(world.people)
    choose = {phase: SchoolChoice(world, phase) for phase in ("Nursery", "Primary", "Secondary")}
    area = people["area"].to_numpy()
    current = {phase: chooser(rng, area) for phase, chooser in choose.items()}
    grid = np.full((len(world.censuses), n), NOWHERE, dtype=np.int16)
    for census in world.censuses:
        moved = rng.random(n) < MOVE_SCHOOL
        for phase, chooser in choose.items():
            current[phase][moved] = chooser(rng, area[moved])
        home = _mainstream(people, year_group(people, census.academic_year), current)
        placed = world.grids["placed_at"][census.index]
        there = (people["arrive"] <= census.index) & (people["leave"] > census.index)
        school = np.where(placed > -2, placed, np.where(people["off_roll"], NOWHERE, home))
        grid[census.index] = np.where(there, school, NOWHERE)
    world.grids["school_at"] = grid


def _mainstream(
    people: pd.DataFrame, year: np.ndarray, current: dict[str, np.ndarray]
) -> np.ndarray:
    nursery = people["nursery_from"].to_numpy()
    u = people["u_need"].to_numpy()
    return np.select(
        [
            (year >= -2) & (year < 0) & (nursery <= year) & (u < 0.2),
            (year >= -2) & (year < 0) & (nursery <= year),
            (year >= 0) & (year <= 6),
            (year >= 7) & (year <= 11),
            (year >= 12) & (year <= 13) & people["sixth_form"].to_numpy(),
        ],
        [
            current["Nursery"],
            current["Primary"],
            current["Primary"],
            current["Secondary"],
            current["Secondary"],
        ],
        NOWHERE,
    )


def entry_days(world: World) -> np.ndarray:
    """Day each person joined the school they are at, for each census (days since 1970).

    Moves fall between terms: a pupil starts in September or in the days before a census.
    """
    rng = world.rng("entry")
    grid = world.grids["school_at"]
    entry = np.zeros(grid.shape, dtype=np.int32)
    entry[0] = _first_entry(world.people, world.censuses[0].academic_year)
    for census in world.censuses[1:]:
        t, day = census.index, days_of(census.day)
        first = day - 30 if census.term == "autumn" else day - rng.integers(1, 9, grid.shape[1])
        entry[t] = np.where(grid[t] == grid[t - 1], entry[t - 1], first)
    return entry


def _first_entry(people: pd.DataFrame, academic_year: int) -> np.ndarray:
    """Pupils here at the first census joined when their phase began."""
    year = year_group(people, academic_year)
    since = np.select([year <= 0, year <= 6, year <= 11], [0, year, year - 7], 0)
    start = (academic_year - since - 1970).astype("datetime64[Y]").astype("datetime64[M]") + 8
    return start.astype("datetime64[D]").astype(int)
