"""The synthetic borough's own last Januaries held back: how often the ranges hold the truth.

    python benchmarks/held_back.py [--seeds N] [--scale S] [--draws N] [--quick]

The generator's stages of people, plans and placements run for each seed; the Januaries to ORIGIN
are shown to the projection, the two after it are kept back, and what the generator made of them is
the truth. No file is written. Totals of plans follow published figures in every seed, so that seeds
differ in who has the plans and where they are placed.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import pandas as pd

from data.synthetic.borough import build_borough
from data.synthetic.clock import days_of, sen2_day
from data.synthetic.ehc import simulate_plans
from data.synthetic.people import make_people
from data.synthetic.placements import place
from data.synthetic.world import World, new_world
from metrics.methods.futures.history import OUTSIDE, read_history
from metrics.outlook.futures import by_phase, project_moves
from metrics.outlook.groups import make_groups
from metrics.outlook.population import People
from metrics.outlook.subjects import counted, make_subjects
from models.settings import Settings

FIRST, ORIGIN, LAST = 2021, 2024, 2026
WORDS = {
    "special": "State-funded special school", "independent": "Independent or non-maintained",
    "nmss": "Independent or non-maintained", "ap": "Alternative provision",
    "fe": "Further education", "ehe": "Elective home education", "neet": "Not in education",
    "mainstream": "Mainstream school", "ola": "Other arrangement",
}  # fmt: skip


def a_borough(seed: int, scale: float) -> World:
    """The generated borough as far as its plans and placements."""
    world = new_world(Settings().profile, scale, seed)
    for stage in (build_borough, make_people, simulate_plans, place):
        stage(world)
    return world


def states(world: World) -> pd.DataFrame:
    """`person, year, need, setting, age` of every plan in force each January."""
    plans, spells = world.tables["plans"], world.tables["spells"]
    abroad = ~world.providers["in_borough"].to_numpy()[spells["provider"].to_numpy()]
    out = (spells["provider"] >= 0).to_numpy() & abroad
    made_for = world.schools["designation"].to_numpy()[spells["school"].to_numpy()]
    special = (spells["setting"] == "special").to_numpy()
    kind = np.where(special, np.where(made_for == "SEMH", ", SEMH", ", Other needs"), "")
    named = spells["setting"].map(WORDS) + kind + np.where(out, ", out of the borough", "")
    spells = spells.assign(named=named)
    frames = [_at(plans, spells, year) for year in range(FIRST, LAST + 1)]
    rows = pd.concat(frames, ignore_index=True)
    rows["age"] = rows["year"] - _reception(world)[rows["person"].to_numpy()]
    need = np.where(rows["need1"].isin(["SEMH", "ASD"]), rows["need1"], "Other needs")
    return rows.assign(need=need).drop_duplicates(["person", "year"])


def _reception(world: World) -> np.ndarray:
    """The January each person is in reception."""
    born = world.people["dob"].to_numpy().astype("datetime64[D]")
    months = born.astype("datetime64[M]").astype(int)
    year, month = 1970 + months // 12, months % 12 + 1
    out: np.ndarray = year + (month >= 9) + 5
    return out


def _at(plans: pd.DataFrame, spells: pd.DataFrame, year: int) -> pd.DataFrame:
    day = days_of(sen2_day(year))
    live = (plans["start"] <= day) & ((plans["cease"] < 0) | (plans["cease"] > day))
    stay = (spells["start"] <= day) & ((spells["end"] < 0) | (spells["end"] > day))
    where = spells[stay].drop_duplicates("plan_id").set_index("plan_id")["named"]
    held = plans.loc[live, ["plan_id", "person", "need1"]]
    setting = held["plan_id"].map(where).fillna("Other arrangement")
    return held.assign(year=year, setting=setting).drop(columns="plan_id")


def moves(rows: pd.DataFrame) -> pd.DataFrame:
    """The layout of `metrics.methods.futures.history.MOVES`."""
    later = rows[rows["year"] > FIRST]
    before = rows.assign(year=rows["year"] + 1, age=rows["age"] + 1)
    both = before[before["year"] <= LAST].merge(
        later, how="outer", on=["person", "year"], suffixes=("-1", "-2")
    )
    told = {f"{part}-{k}": both[f"{part}-{k}"].fillna(OUTSIDE)
            for k in (1, 2) for part in ("need", "setting")}  # fmt: skip
    age = both["age-2"].fillna(both["age-1"]).astype(int)
    return pd.DataFrame(
        {"calendar-year": both["year"], "academic-year-1": age - 1, "academic-year-2": age, **told}
    )


def cohorts(world: World) -> People:
    """Residents by cohort, of those that had come to school by the origin."""
    here = world.people["resident"].to_numpy()
    size = pd.Series(_reception(world)[here]).value_counts().sort_index()
    return People(size[size.index <= ORIGIN].astype(float), ORIGIN, "the generator")


def record(seed: int, scale: float, draws: int) -> pd.DataFrame:
    """A row a subject and January held back: its kind, truth, limits, and whether they held."""
    world = a_borough(seed, scale)
    frame, people = moves(states(world)), cohorts(world)
    known = frame[frame["calendar-year"] <= ORIGIN]
    futures = project_moves(known, people, ORIGIN, LAST - ORIGIN, draws)
    settings = pd.DataFrame({"setting": futures.history.states.settings})
    settings["in_borough"] = ~settings["setting"].str.contains("out of the borough")
    settings["establishment"], settings["designation"] = settings["setting"], None
    groups = make_groups(futures.history, settings)
    subjects = make_subjects(groups)
    drawn = subjects.values(
        groups.totals(futures.children, futures.history),
        by_phase(futures.joined, futures.history),
    )
    ages = frame["academic-year-2"]
    cover = people.frame(FIRST, LAST, np.arange(ages.min(), ages.max() + 1))
    whole = read_history(frame, cover, origin=LAST, years=0)
    _, stock, new = counted(whole)
    truth = subjects.values(groups.totals(stock, whole), by_phase(new, whole))[ORIGIN - FIRST + 1 :]
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    told = subjects.frame.assign(kind=_kind(subjects.frame), seed=seed)
    rows = pd.concat([told.assign(year=ORIGIN + 1 + k, truth=truth[k], low=np.floor(low[k]),
                                  high=np.ceil(high[k])) for k in range(len(truth))])  # fmt: skip
    return rows.assign(held=(rows["low"] <= rows["truth"]) & (rows["truth"] <= rows["high"]))


def _kind(frame: pd.DataFrame) -> np.ndarray:
    split = np.where(frame["setting"] != "all", " by setting", "")
    split = np.where(frame["phase"] != "all", " by phase", split)
    need = np.where(frame["need"] == "all", ", all", ", by need")
    return (frame["subject"] + need).to_numpy().astype(str) + split.astype(str)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--draws", type=int, default=500)
    parser.add_argument("--quick", action="store_true", help="4 seeds at a tenth of the size")
    given = parser.parse_args()
    seeds, scale = (4, 0.1) if given.quick else (given.seeds, given.scale)
    began = time.process_time()
    found = pd.concat([record(seed, scale, given.draws) for seed in range(seeds)])
    table = found.groupby("kind")["held"].agg(["sum", "size", "mean"])
    print(table.to_string(float_format="{:.3f}".format))
    plans = found[(found["kind"].isin(["plans, all", "plans, by need"]))]
    print(f"plans in all and by need: the 95 % range held {plans['held'].sum()} of {len(plans)}"
          f" times ({plans['held'].mean():.1%})")  # fmt: skip
    print(f"all subjects: {found['held'].mean():.1%}; {seeds} boroughs,"
          f" {time.process_time() - began:.0f} s of processor")  # fmt: skip


if __name__ == "__main__":
    main()
