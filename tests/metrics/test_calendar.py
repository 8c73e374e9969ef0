"""Months, terms and every kind of year lie on one calendar, and no period straddles another."""

import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from tiny import PROFILE

from metrics.measure.calendar import make_calendar
from models.time import span

YEARS = ("academic_year", "financial_year", "calendar_year")


@pytest.fixture(scope="module")
def con():
    con = duckdb.connect()
    make_calendar(con, PROFILE, first=2020, last=2026)
    yield con
    con.close()


def ask(con, query):
    return con.execute(query).fetchall()


def test_every_day_is_there_once_and_in_one_of_each_kind_of_year(con):
    assert ask(con, "select count(*), count(distinct day) from calendar_day") == [(2557, 2557)]
    for kind in YEARS:
        outside = (
            f"select count(*) from calendar_day where day not between {kind}_start and {kind}_end"
        )
        assert ask(con, f"{outside} or {kind}_start is null") == [(0,)]


@pytest.mark.parametrize("kind", YEARS)
def test_years_begin_where_they_should_and_follow_on(con, kind):
    found = ask(con, f"select distinct {kind}_start, {kind}_end from calendar_day order by 1")
    assert found == [span(kind, start.year) for start, _ in found]
    assert all((b[0] - a[1]).days == 1 for a, b in pairwise(found))


@pytest.mark.parametrize("kind", YEARS)
def test_a_month_lies_in_one_year_of_each_kind(con, kind):
    query = (
        f"select month_start from calendar_day group by 1 having count(distinct {kind}_start) > 1"
    )
    assert ask(con, query) == []


def test_a_term_lies_in_one_academic_year(con):
    query = "select term_start from calendar_day where term_start is not null group by 1"
    assert ask(con, f"{query} having count(distinct academic_year_start) > 1") == []


def test_a_day_of_holiday_belongs_to_the_term_before(con):
    term = next(t for t in sorted(PROFILE.terms, key=lambda t: t.start) if t.start.year == 2024)
    ((start,),) = ask(con, f"select term_start from calendar_day where day = date '{term.end}' + 1")
    assert start == term.start


def test_31_march_ends_a_financial_year_inside_an_academic_one(con):
    row = "select financial_year_end, academic_year_start, calendar_year_start from calendar_day"
    ((financial, academic, calendar),) = ask(con, f"{row} where day = date '2025-03-31'")
    assert (financial, academic, calendar) == (
        date(2025, 3, 31), date(2024, 9, 1), date(2025, 1, 1),
    )  # fmt: skip
