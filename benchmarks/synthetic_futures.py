"""Made-up boroughs whose future is known: how often the projection's ranges hold it.

    python benchmarks/synthetic_futures.py [--seeds N] [--draws N] [--years N] [--quick]

A simulator of its own moves each child through academic years, needs and settings by known rates,
with a trend in joining, good and bad years that linger, a level of each borough's own and a shock
(a school opens or a policy turns) in some. None of the projection's code, priors or assumptions is
used to make the truth. Only totals are promised; single cells are printed beside them.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.methods.projection import project

NEEDS = np.array(["SEMH", "ASD", "SLCN", "MLD"])
SETTINGS = np.array(["mainstream", "unit", "special", "independent"])
FIRST, ORIGIN, LAST_AGE = 2014, 2020, 20
OUT = "NONSEND"


@dataclass(frozen=True)
class World:
    """What is true of one made-up borough; yearly effects by year since the first, all known."""

    joining: np.ndarray
    leaving: np.ndarray
    need: np.ndarray
    step: np.ndarray
    """Chance of moving to each setting from each other, a year."""
    people: float


def a_world(rng: np.random.Generator, years: int) -> World:
    """A borough drawn from a wide family: growth -3 to +13 % a year, some with a shock."""
    trend = rng.uniform(-0.03, 0.13)
    bad = np.zeros((2, years))
    for year in range(1, years):
        bad[:, year] = 0.4 * bad[:, year - 1] + rng.normal(0, [0.08, 0.07])
    shock = np.where(np.arange(years) >= rng.integers(1, years), rng.normal(0, 0.12), 0.0)
    joining = trend * np.arange(years) + bad[0] + (shock if rng.random() < 0.4 else 0.0)
    step = rng.uniform(0.0, 0.05, (4, 4)) * np.array([1.0, 0.6, 1.2, 0.5])
    np.fill_diagonal(step, 0.0)
    return World(np.exp(joining), np.exp(bad[1] + rng.normal(-0.01, 0.02) * np.arange(years)),
                 rng.dirichlet([6, 6, 4, 3]), step, rng.uniform(1500, 4000))  # fmt: skip


def a_borough(seed: int, years_ahead: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Moves from the first year to the last held back, and the population, as plain files hold."""
    rng = np.random.default_rng(seed)
    years = ORIGIN + years_ahead - FIRST + 1
    world = a_world(rng, years)
    age = rng.integers(0, 17, int(world.people / 5))
    need = rng.choice(4, len(age), p=world.need)
    setting = rng.choice(4, len(age), p=[0.45, 0.1, 0.35, 0.1])
    frames = []
    for year in range(years):
        moved = _moved(setting, world, rng)
        left = rng.random(len(age)) < _leave(age, setting) * world.leaving[year]
        left |= age + 1 >= LAST_AGE
        frames.append(_rows(FIRST + year, age, need, setting, need, np.where(left, -1, moved)))
        count = rng.poisson(world.people * _rate(np.arange(-1, 16)) * world.joining[year])
        new_age = np.repeat(np.arange(-1, 16), count)
        new_need = rng.choice(4, len(new_age), p=world.need)
        new = rng.choice(4, len(new_age), p=[0.62, 0.1, 0.22, 0.06])
        frames.append(_rows(FIRST + year, new_age, new_need, np.full(len(new), -1), new_need, new))
        age = np.concatenate([age[~left], new_age]) + 1
        need = np.concatenate([need[~left], new_need])
        setting = np.concatenate([moved[~left], new])
    return pd.concat(frames, ignore_index=True), _population(world, years)


def _rate(age: np.ndarray) -> np.ndarray:
    """New plans a person and year: most in the early years and around the move to secondary."""
    return (
        0.0012
        + 0.003 * np.exp(-(((age - 1) / 3.0) ** 2))
        + 0.002 * np.exp(-(((age - 6) / 2.0) ** 2))
    )


def _leave(age: np.ndarray, setting: np.ndarray) -> np.ndarray:
    """Chance of the plan ending: little in school, much from 16 on, less in special schools."""
    base = np.where(age >= 13, 0.22, np.where(age >= 11, 0.10, 0.025))
    return base * np.array([1.2, 1.0, 0.8, 0.9])[setting]


def _moved(setting: np.ndarray, world: World, rng: np.random.Generator) -> np.ndarray:
    chance = np.cumsum(world.step[setting], axis=1)
    drawn = rng.random((len(setting), 1))
    onto = (drawn > chance).sum(axis=1)
    return np.where(onto < 4, onto, setting)


def _rows(year: int, age: np.ndarray, need: np.ndarray, before: np.ndarray, then: np.ndarray,
          after: np.ndarray) -> pd.DataFrame:  # fmt: skip
    """Moves of one year; -1 is outside."""
    return pd.DataFrame({
        "calendar-year": year,
        "setting-1": np.where(before < 0, OUT, SETTINGS[before]),
        "need-1": np.where(before < 0, OUT, NEEDS[need]), "academic-year-1": age,
        "setting-2": np.where(after < 0, OUT, SETTINGS[after]),
        "need-2": np.where(after < 0, OUT, NEEDS[then]), "academic-year-2": age + 1,
    })  # fmt: skip


def _population(world: World, years: int) -> pd.DataFrame:
    ages, calendar = np.meshgrid(np.arange(-2, LAST_AGE + 2), FIRST + np.arange(years))
    return pd.DataFrame({"calendar-year": calendar.ravel(), "academic-year": ages.ravel(),
                         "population": round(world.people)})  # fmt: skip


def record(*, seeds: int, draws: int, years: int = 5) -> pd.DataFrame:
    """A row a borough and year ahead: truth, mean and limits, and whether they held."""
    frames = []
    for seed in range(seeds):
        moves, people = a_borough(seed, years)
        known = moves[moves["calendar-year"] <= ORIGIN]
        futures = project(known, people, origin=ORIGIN, years=years, draws=draws, seed=seed)
        total = futures.total().assign(seed=seed)
        here = moves[(moves["setting-2"] != OUT) & (moves["calendar-year"] > ORIGIN)]
        total["truth"] = here.groupby("calendar-year").size().to_numpy()
        total["cells"] = _cells(futures.cells(), here)
        frames.append(total)
    found = pd.concat(frames, ignore_index=True)
    truth = found["truth"]
    return found.assign(
        horizon=found["year"] - ORIGIN,
        held_95=(found["q025"] <= truth) & (truth <= found["q975"]),
        held_80=(found["q10"] <= truth) & (truth <= found["q90"]),
        error=found["mean"] / truth - 1,
        width=(found["q975"] - found["q025"]) / truth,
    )


def _cells(cells: pd.DataFrame, here: pd.DataFrame) -> np.ndarray:
    """Share of need and setting cells within their range, a year each; an empty cell counts."""
    keys = ["calendar-year", "need-2", "setting-2"]
    truth = here.groupby(keys).size().rename("n").reset_index()
    truth.columns = pd.Index(["year", "need", "setting", "n"])
    both = cells.merge(truth, how="left").fillna({"n": 0})
    held = (both["q025"] <= both["n"]) & (both["n"] <= both["q975"])
    return held.groupby(both["year"]).mean().to_numpy()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="8 boroughs, 200 futures each")
    given = parser.parse_args()
    seeds, draws = (8, 200) if given.quick else (given.seeds, given.draws)
    began = time.perf_counter()
    found = record(seeds=seeds, draws=draws, years=given.years)
    shown = found.assign(absolute=found["error"].abs()).groupby("horizon")[
        ["held_95", "held_80", "error", "absolute", "width", "cells"]
    ]  # fmt: skip
    print(shown.mean().to_string(float_format="{:.3f}".format))
    print(f"all: 95 % ranges held {found['held_95'].sum()} of {len(found)} times"
          f" ({found['held_95'].mean():.1%}), 80 % {found['held_80'].mean():.1%}")  # fmt: skip
    print(f"{seeds} boroughs of {found.loc[found['horizon'] == 1, 'truth'].min()} to"
          f" {found['truth'].max()} children, {time.perf_counter() - began:.1f} s")  # fmt: skip


if __name__ == "__main__":
    main()
