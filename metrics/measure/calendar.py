"""The one calendar on which months, terms and every kind of year line up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from models.borough import Borough
from models.time import academic_year, span

COLUMNS = (
    "day date, academic_year integer, month_start date, month_end date, term_start date,"
    " term_end date, academic_year_start date, academic_year_end date, financial_year_start date,"
    " financial_year_end date, calendar_year_start date, calendar_year_end date"
)
YEARS = {"academic_year": 9, "financial_year": 4, "calendar_year": 1}

CREATE = f"create or replace temp table calendar_day ({COLUMNS})"


def make_calendar(con: Any, profile: Borough, first: int, last: int) -> None:
    """Make the table `calendar_day`: one row per day of the calendar years `first` to `last`.

    A day in a holiday belongs to the term before it, but a term ends with its academic year: the
    first days of September are the autumn term's. A day outside the profile's terms has none.
    """
    con.execute(CREATE)
    con.execute(
        f"""insert into calendar_day
        with day as (
            select cast(unnest(generate_series(date '{first}-01-01', date '{last}-12-31',
                interval 1 day)) as date) as day
        )
        select day, {_start("academic_year")}, cast(date_trunc('month', day) as date),
            last_day(day), null, null, {", ".join(["null, null"] * len(YEARS))}
        from day"""
    )
    con.execute("update calendar_day set " + ", ".join(_year_columns()))
    for start, end, since, until in _terms(profile):
        con.execute(
            "update calendar_day set term_start = ?, term_end = ? where day between ? and ?",
            [start, end, since, until],
        )


def _start(kind: str) -> str:
    month = YEARS[kind]
    return f"extract(year from day) - case when extract(month from day) < {month} then 1 else 0 end"


def _year_columns() -> Iterator[str]:
    for kind, month in YEARS.items():
        start = f"make_date({_start(kind)}, {month}, 1)"
        yield f"{kind}_start = {start}"
        yield f"{kind}_end = cast({start} + interval 1 year - interval 1 day as date)"


def _terms(profile: Borough) -> Iterator[tuple[date, date, date, date]]:
    """First and last day of each term, and of the days that belong to it."""
    terms = sorted(profile.terms, key=lambda term: term.start)
    for term, following in zip(terms, [*terms[1:], None], strict=True):
        first, last = span("academic_year", academic_year(term.start))
        until = min(following.start - timedelta(days=1), last) if following else last
        yield term.start, term.end, first if term.start.month >= 8 else term.start, until


def last_school_day(profile: Borough, start: date, end: date) -> date | None:
    """The last day of term in a period, or None where the profile has no term in it."""
    days = [min(term.end, end) for term in profile.terms if term.start <= end and term.end >= start]
    return max(days, default=None)


def last_term_end(profile: Borough, before: date) -> date | None:
    """The end of the last term that was over before a day."""
    return max((term.end for term in profile.terms if term.end < before), default=None)


def last_term(profile: Borough, before: date) -> tuple[date, date] | None:
    """First and last day of the last term that was over before a day."""
    over = [(term.end, term.start) for term in profile.terms if term.end < before]
    end, start = max(over, default=(None, None))
    return (start, end) if start and end else None


def first_day_of_term(profile: Borough, day: date) -> date | None:
    """The first day of the term a day is in, or None outside the profile's terms."""
    return next((term.start for term in profile.terms if term.start <= day <= term.end), None)
