"""What goes together by itself: siblings share a home, twins a birthday, namesakes a sex."""

from __future__ import annotations

from math import log2

import duckdb

ONE_HOME = """coalesce(
    damerau_levenshtein(l.postcode, r.postcode) <= 1
    and (l.surname = r.surname or list_has_any(l.surname_parts, r.surname_parts)
        or jaro_winkler_similarity(l.surname, r.surname) >= 0.92
        or damerau_levenshtein(l.surname, r.surname) <= 1
        or (l.first = r.surname and l.surname = r.first)), false)"""
"""Two records of one home: of one child, or of siblings."""

SAME_HOME, SAME_DAY, SAME_FIRST = 0.75, 0.9, 0.85
"""Share of true pairs that agree on home, on the day of birth, and on the first name."""

SIBLINGS, TWINS, NAMESAKES, NEIGHBOURS = 0.7, 0.025, 0.002, 0.002
"""Siblings at home a child has; share of sibling pairs born together, and of the same first name;
share of children of one postcode born together. Rounded guesses, for before any is counted."""

FAMILIES = """
with person as (
    select first, surname, postcode, dob from left_person where postcode is not null
), home as (
    select surname, postcode, count(*) as n from person where surname is not null group by all
), born as (
    select surname, postcode, dob, count(*) as n from person
    where surname is not null and dob is not null group by all
), named as (
    select surname, postcode, first, count(*) as n from person
    where surname is not null and first is not null group by all
), street as (select postcode, count(*) as n from person group by all
), street_born as (
    select postcode, dob, count(*) as n from person where dob is not null group by all
)
select (select count(*) from left_person),
    (select coalesce(sum(n * (n - 1)), 0) from home),
    (select coalesce(sum(n * (n - 1)), 0) from born),
    (select coalesce(sum(n * (n - 1)), 0) from named),
    (select coalesce(sum(n * (n - 1)), 0) from street),
    (select coalesce(sum(n * (n - 1)), 0) from street_born)
"""


def home_bits(con: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """What a shared home is worth at most, and a birthday or first name shared within it, in bits.

    The model takes surname, postcode and birthday as independent; within a family they are not.
    So families are counted in the left file, where each child is held once, and what a family
    explains counts for no more than that. `neighbours` is a birthday shared within a postcode, for
    records without a surname.
    """
    people, home, born, named, street, street_born = con.execute(FAMILIES).fetchall()[0]
    siblings = (home + SIBLINGS * 200) / (people + 200)
    return {
        "home": log2(SAME_HOME * max(people, 2) / siblings),
        "twins": log2(SAME_DAY / _share(born, home, TWINS, 40)),
        "namesakes": log2(SAME_FIRST / _share(named, home, NAMESAKES, 500)),
        "neighbours": log2(SAME_DAY / _share(street_born, street, NEIGHBOURS, 500)),
    }


ALIKE = 0.97
"""Share of pairs of one first name that are of one sex; a rounded guess, before any is counted."""

NAMESAKES_SEX = """
with name as (
    select first, count(*) as n, count(*) filter (where sex = 'M') as m
    from left_person where first is not null and sex is not null group by first
)
select coalesce(sum(m * (m - 1) + (n - m) * (n - m - 1)), 0), coalesce(sum(n * (n - 1)), 0)
from name
"""


def sex_of_namesakes(con: duckdb.DuckDBPyConnection) -> float:
    """Share of pairs of different children of one first name that are of one sex.

    A first name mostly tells the sex, so that where names agree the sex adds little: taken as
    independent, as the model does, it would count twice.
    """
    alike, pairs = con.execute(NAMESAKES_SEX).fetchall()[0]
    return min(_share(alike, pairs, ALIKE, 500), 1 - 1e-4)


def _share(found: float, of: float, before: float, weight: float) -> float:
    return float((found + before * weight) / (of + weight))
