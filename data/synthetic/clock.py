"""The simulated calendar: school terms, the censuses that follow them, and school days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from models.borough import Borough

FIRST_YEAR, LAST_YEAR = 2020, 2025
"""First and last simulated academic year, by the calendar year in which each starts."""

HALF_TERM_DAYS = {"autumn": 5, "spring": 5, "summer": 6}
THURSDAY = 3


@dataclass(frozen=True)
class TermTime:
    """A term: the academic year it is in, its name, and its school days (no half term)."""

    index: int
    academic_year: int
    name: str
    start: date
    end: date
    days: np.ndarray

    @property
    def sessions(self) -> int:
        """Possible sessions of a full-time pupil: two a day."""
        return 2 * len(self.days)


@dataclass(frozen=True)
class Census:
    """A census day; `term` is the term it falls in, `covers` the one before, if simulated."""

    index: int
    year: int
    term: str
    day: date
    academic_year: int
    covers: TermTime | None


def nth_thursday(year: int, month: int, nth: int) -> date:
    """The nth Thursday of a month; DfE censuses fall on Thursdays."""
    first = date(year, month, 1)
    return first + timedelta(days=(THURSDAY - first.weekday()) % 7 + 7 * (nth - 1))


def sen2_day(year: int) -> date:
    """SEN2 census day: the third Thursday of January."""
    return nth_thursday(year, 1, 3)


def census_day(academic_year: int, term: str) -> date:
    """School census day of a term."""
    if term == "autumn":
        return nth_thursday(academic_year, 10, 1)
    return nth_thursday(academic_year + 1, 1 if term == "spring" else 5, 3)


def _school_days(start: date, end: date, half_term: int) -> np.ndarray:
    days = np.arange(np.datetime64(start, "D"), np.datetime64(end, "D") + 1)
    weekdays = days[np.is_busday(days)]
    middle = len(weekdays) // 2
    return np.delete(weekdays, np.s_[middle : middle + half_term])


def terms(profile: Borough) -> list[TermTime]:
    """The simulated terms in order, from the profile's school-year calendar."""
    wanted = [t for t in profile.terms if FIRST_YEAR <= int(t.academic_year[:4]) <= LAST_YEAR]
    ordered = sorted(wanted, key=lambda t: t.start)
    return [
        TermTime(
            i,
            int(t.academic_year[:4]),
            t.name,
            t.start,
            t.end,
            _school_days(t.start, t.end, HALF_TERM_DAYS[t.name]),
        )
        for i, t in enumerate(ordered)
    ]


def censuses(simulated: list[TermTime]) -> list[Census]:
    """One census in each simulated term and one more in the autumn after the last."""
    names = [(t.academic_year, t.name) for t in simulated] + [(LAST_YEAR + 1, "autumn")]
    rows = []
    for i, (year, name) in enumerate(names):
        day = census_day(year, name)
        covers = simulated[i - 1] if i else None
        rows.append(Census(i, day.year, name, day, year, covers))
    return rows


def days_of(value: date) -> int:
    """Days since 1 January 1970."""
    return int(np.datetime64(value, "D").astype(int))
