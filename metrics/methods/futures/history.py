"""What was seen: moves between states year by year, and the population they came from.

A child is in one state a year: need and setting, or `NONSEND` when not counted. A row of calendar
year Y leads to the children counted in year Y, by its second state.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

OUTSIDE = "NONSEND"
FEWEST_CHILDREN = 30
"""Fewer children than this in the origin year, and no rate can be told from chance."""

MOVES = ("calendar-year", "setting-1", "need-1", "academic-year-1",
         "setting-2", "need-2", "academic-year-2")  # fmt: skip
PEOPLE = ("calendar-year", "academic-year", "population")
COSTS = ("need", "setting", "cost")


class CannotProject(ValueError):
    """A projection that would not be honest: what is missing or wrong, and where."""


@dataclass(frozen=True)
class States:
    """Every need and setting there is: state k stands for `needs[k // S]`, `settings[k % S]`."""

    needs: tuple[str, ...]
    settings: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.needs) * len(self.settings)

    @property
    def setting(self) -> np.ndarray:
        """Index of each state's setting."""
        return np.arange(len(self)) % len(self.settings)

    @property
    def need(self) -> np.ndarray:
        """Index of each state's need."""
        return np.arange(len(self)) // len(self.settings)

    def code(self, need: pd.Series, setting: pd.Series) -> np.ndarray:
        """Each row's state; -1 outside."""
        n = pd.Index(self.needs).get_indexer(pd.Index(need))
        s = pd.Index(self.settings).get_indexer(pd.Index(setting))
        return np.where((n < 0) | (s < 0), -1, n * len(self.settings) + s)


@dataclass(frozen=True)
class History:
    """Checked moves up to the origin, coded: one array entry per move; -1 is outside."""

    states: States
    origin: int
    youngest: int
    oldest: int
    year: np.ndarray
    age: np.ndarray
    """Academic year (0 is reception) of the second state."""
    before: np.ndarray
    after: np.ndarray
    population: pd.DataFrame
    """People by calendar year (rows) and academic year (columns)."""

    @property
    def years(self) -> np.ndarray:
        """The calendar years seen, in order, without a gap."""
        return np.arange(self.year.min(), self.origin + 1)

    @property
    def ages(self) -> np.ndarray:
        """Every academic year a child can be in."""
        return np.arange(self.youngest, self.oldest + 1)

    def people(self, years: Sequence[int] | np.ndarray) -> np.ndarray:
        """Population by year and academic year."""
        return self.population.reindex(index=list(years), columns=self.ages.tolist()).to_numpy()

    def stock(self, year: int) -> np.ndarray:
        """Children counted in a year, by academic year and state."""
        here = (self.year == year) & (self.after >= 0)
        return self.counts(self.age[here], self.after[here])

    def counts(self, age: np.ndarray, state: np.ndarray) -> np.ndarray:
        """How many of each academic year and state."""
        shape = (len(self.ages), len(self.states))
        flat = (age - self.youngest) * shape[1] + state
        return np.bincount(flat, minlength=shape[0] * shape[1]).reshape(shape)


def read_history(
    transitions: pd.DataFrame, population: pd.DataFrame, *, origin: int, years: int
) -> History:
    """Check and code the moves known at the origin, and the population to the last year wanted.

    `transitions` has the columns MOVES, `population` the columns PEOPLE. Rows of calendar years
    after the origin are never looked at. Raises CannotProject naming what is missing or wrong.
    """
    moves = _whole(transitions, MOVES, "transitions")
    people = _whole(population, PEOPLE, "population")
    moves = _numbers(moves, ("calendar-year", "academic-year-1", "academic-year-2"), "transitions")
    people = _numbers(people, PEOPLE, "population")
    known = moves[moves["calendar-year"] <= origin]
    _refuse_gaps(moves, known, origin)
    _refuse_odd_moves(known)
    _refuse_unseen(known)
    states = _states(known)
    history = _coded(known, people, states, origin)
    _refuse_few(history)
    _refuse_population(history, people, origin, years)
    return history


def _whole(frame: pd.DataFrame, columns: tuple[str, ...], name: str) -> pd.DataFrame:
    lacking = [c for c in columns if c not in frame.columns]
    if lacking:
        raise CannotProject(f"the {name} lack the column {lacking[0]!r}; they need {columns}")
    if frame.empty:
        raise CannotProject(f"the {name} have no rows")
    return frame[list(columns)].reset_index(drop=True)


def _numbers(frame: pd.DataFrame, columns: tuple[str, ...], name: str) -> pd.DataFrame:
    frame = frame.copy()
    for column in columns:
        read = pd.to_numeric(frame[column], errors="coerce")
        bad = ~np.isfinite(read) | (read != np.round(read)) & (column != "population")
        if bad.any():
            raise CannotProject(
                f"line {int(np.argmax(bad)) + 2} of the {name}: {column} is not a whole number"
            )
        frame[column] = read
    return frame


def _refuse_gaps(moves: pd.DataFrame, known: pd.DataFrame, origin: int) -> None:
    seen = sorted({int(y) for y in moves["calendar-year"]})
    if origin not in seen:
        raise CannotProject(f"no transitions lead to {origin}; there are {seen[0]} to {seen[-1]}")
    years = {int(y) for y in known["calendar-year"]}
    missing = sorted(set(range(min(years), origin + 1)) - years)
    if missing:
        raise CannotProject(f"the transitions have no rows of {missing[0]}, between years that do")


def _refuse_odd_moves(known: pd.DataFrame) -> None:
    tests: tuple[tuple[str, Callable[[pd.DataFrame], pd.Series]], ...] = (
        ("the academic year does not go up by one",
         lambda f: f["academic-year-2"] != f["academic-year-1"] + 1),
        ("both states are outside; the row says nothing",
         lambda f: (f["setting-1"] == OUTSIDE) & (f["setting-2"] == OUTSIDE)),
        ("a need without a setting, or a setting without a need",
         lambda f: ((f["setting-1"] == OUTSIDE) != (f["need-1"] == OUTSIDE))
         | ((f["setting-2"] == OUTSIDE) != (f["need-2"] == OUTSIDE))),
        ("a need or setting is blank",
         lambda f: f[["setting-1", "need-1", "setting-2", "need-2"]].isna().any(axis=1)),
    )  # fmt: skip
    for words, test in tests:
        odd = test(known)
        if odd.any():
            line = int(known.index[odd.to_numpy()][0]) + 2
            raise CannotProject(f"line {line} of the transitions ({int(odd.sum())} rows): {words}")


def _refuse_unseen(known: pd.DataFrame) -> None:
    """A need or setting that children leave must be one that somebody was counted in."""
    year = known["calendar-year"]
    for part in ("setting", "need"):
        left, came = known[f"{part}-1"], known[f"{part}-2"]
        odd = (year > year.min()) & ~left.isin({*came, *left[year == year.min()], OUTSIDE})
        if odd.any():
            row = known[odd].iloc[0]
            raise CannotProject(
                f"children leave {part} {row[f'{part}-1']!r} in {int(row['calendar-year'])}, where"
                " nobody was ever counted"
            )


def _states(known: pd.DataFrame) -> States:
    def seen(one: str, two: str) -> tuple[str, ...]:
        return tuple(sorted({*known[one], *known[two]} - {OUTSIDE}))

    return States(seen("need-1", "need-2"), seen("setting-1", "setting-2"))


def _coded(known: pd.DataFrame, people: pd.DataFrame, states: States, origin: int) -> History:
    age = known["academic-year-2"].to_numpy().astype(int)
    return History(
        states=states,
        origin=origin,
        youngest=int(age.min()),
        oldest=int(age.max()),
        year=known["calendar-year"].to_numpy().astype(int),
        age=age,
        before=states.code(known["need-1"], known["setting-1"]),
        after=states.code(known["need-2"], known["setting-2"]),
        population=people.pivot_table(
            index="calendar-year", columns="academic-year", values="population", aggfunc="sum"
        ),
    )


def _refuse_few(history: History) -> None:
    children = int(history.stock(history.origin).sum())
    if children < FEWEST_CHILDREN:
        raise CannotProject(
            f"{children} children are counted in {history.origin}; at least {FEWEST_CHILDREN} are"
            " needed for a projection"
        )


def _refuse_population(history: History, people: pd.DataFrame, origin: int, years: int) -> None:
    repeated = people.duplicated(["calendar-year", "academic-year"])
    if repeated.any():
        raise CannotProject(
            f"line {int(np.argmax(repeated)) + 2} of the population gives a year and academic year"
            " a second time"
        )
    wanted = range(int(history.years[0]), origin + years + 1)
    lacking = [y for y in wanted if y not in history.population.index]
    if lacking:
        raise CannotProject(
            f"the population lacks {lacking[0]}; a projection needs it to {wanted[-1]}"
        )
    ages = [a for a in history.ages if a not in history.population.columns]
    table = history.population.reindex(index=list(wanted), columns=history.ages.tolist())
    if ages or table.isna().any(axis=None):
        where = ages[0] if ages else table.columns[table.isna().any()][0]
        raise CannotProject(f"the population lacks academic year {where} in some year")
    if (table < 0).any(axis=None):
        raise CannotProject("the population is negative in some year")
    more = history.stock(origin).sum(axis=1) > table.loc[origin].to_numpy()
    if more.any():
        raise CannotProject(
            f"in {origin} more children of academic year {history.ages[more][0]} are counted than"
            " the population has; the two files do not belong together"
        )
