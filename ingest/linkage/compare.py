"""What is compared between two records, in which degrees of likeness, and how telling each is.

The model is that of Fellegi and Sunter (1969) as Splink computes it: for each comparison the
chance of a degree of likeness among records of the same child (m) and of different children (u).
The priors here stand where a file is too small to learn from; they are rounded from files made
with known truth, and learning moves them towards what each pair of files shows.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """A degree of likeness: its condition over `l` and `r`, and the priors of m and u.

    `rarity` names the column whose commonness adjusts u: sharing a rare surname tells more.
    """

    label: str
    sql: str
    m: float
    u: float
    rarity: str | None = None


@dataclass(frozen=True)
class Compared:
    """One comparison: its levels from most to least alike; `blank` says when nothing is known."""

    name: str
    blank: str
    levels: tuple[Level, ...]


def _near(a: str, b: str) -> str:
    """Alike but for a slip of the hand; short words must be closer."""
    return (
        f"(damerau_levenshtein({a}, {b}) <= case when length({a}) > 3 then 1 else 0 end"
        f" or jaro_winkler_similarity({a}, {b}) >= 0.92)"
    )


FIRST = Compared(
    "first",
    "first_l is null or first_r is null",
    (
        Level("same", "first_l = first_r", 0.80, 0.01, "first"),
        Level("names turned round", "first_l = surname_r and surname_l = first_r", 0.02, 1e-5),
        Level(
            "short form, or part of it",
            "list_has_any(called_l, called_r) or list_has_any(first_parts_l, first_parts_r)"
            " or starts_with(first_l, first_r) or starts_with(first_r, first_l)",
            0.08,
            0.01,
        ),
        Level("near", _near("first_l", "first_r"), 0.06, 0.003),
        Level("other", "else", 0.04, 0.98),
    ),
)

SURNAME = Compared(
    "surname",
    # Names turned round are weighed once, with the first name.
    "surname_l is null or surname_r is null"
    " or coalesce(first_l = surname_r and surname_l = first_r, false)",
    (
        Level("same", "surname_l = surname_r", 0.85, 0.01, "surname"),
        Level("part of it", "list_has_any(surname_parts_l, surname_parts_r)", 0.03, 0.005),
        Level("near", _near("surname_l", "surname_r"), 0.06, 0.003),
        Level("other", "else", 0.06, 0.98),
    ),
)

DOB = Compared(
    "dob",
    "dob_l is null or dob_r is null",
    (
        Level("same", "dob_l = dob_r", 0.90, 0.0002),
        Level("day and month turned round", "dob_l = dob_turned_r", 0.02, 0.0001),
        Level("one digit", "damerau_levenshtein(dob_l, dob_r) <= 1", 0.03, 0.003),
        Level(
            "two of day, month and year",
            "birth_month_l = birth_month_r"
            " or (birth_year_l = birth_year_r and dob_l[9:10] = dob_r[9:10])"
            " or dob_l[6:10] = dob_r[6:10]",
            0.03,
            0.01,
        ),
        Level("other", "else", 0.02, 0.986),
    ),
)

POSTCODE = Compared(
    "postcode",
    "postcode_l is null or postcode_r is null",
    (
        Level("same", "postcode_l = postcode_r", 0.83, 0.0005, "postcode"),
        Level("one slip", "damerau_levenshtein(postcode_l, postcode_r) <= 1", 0.03, 0.001),
        Level("same sector", "sector_l = sector_r", 0.03, 0.01),
        Level("same district", "outward_l = outward_r", 0.03, 0.06),
        Level("other", "else", 0.08, 0.9285),
    ),
)

SEX = Compared(
    "sex",
    "sex_l is null or sex_r is null",
    (Level("same", "sex_l = sex_r", 0.98, 0.5), Level("other", "else", 0.02, 0.5)),
)

COMPARISONS = (FIRST, SURNAME, DOB, POSTCODE, SEX)


def columns_needed() -> tuple[str, ...]:
    """Columns of the person tables that the conditions read."""
    return (
        "first", "surname", "called", "first_parts", "surname_parts", "dob", "dob_turned",
        "birth_month", "birth_year", "postcode", "outward", "sector", "sex", "initial",
    )  # fmt: skip


BLOCKS = (
    "l.dob = r.dob",
    "l.surname = r.surname and l.postcode = r.postcode",
    "l.first = r.first and l.postcode = r.postcode",
    "l.first = r.first and l.surname = r.surname",
    "l.first = r.surname and l.surname = r.first",
    "l.dob = r.dob_turned and l.dob <> r.dob",
    "l.postcode = r.postcode",
    "l.surname = r.surname and l.birth_month = r.birth_month",
    "l.first = r.first and l.birth_month = r.birth_month",
    "l.surname = r.surname and l.initial = r.initial and l.birth_year = r.birth_year",
)
"""Pairs worth comparing agree in one of these ways; the most telling ways come first."""
