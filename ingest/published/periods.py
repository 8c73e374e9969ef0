"""Year labels of every style, made into periods.

A label alone does not say which kind of year it means: `202425` is an academic year in one file
and a January count in another. The reader says the kind; this module reads the label.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from models.time import period_words, span

CENSUS_MONTHS = {"january": 1, "march": 3, "september": 9}
"""Counts taken on one day, and the month they are taken in."""

YEAR_KINDS = ("academic_year", "financial_year", "calendar_year")

QUALIFIERS = {"ot": "", "final": "", "rev": "r", "r": "r", "prov": "p", "p": "p"}
"""Words in brackets after a year and the symbol they stand for; OT is outturn."""

_EARLIEST, _LATEST = 1990, 2100
_SINGLE = re.compile(r"(\d{4})(?:\.0)?")
_SIX = re.compile(r"(\d{4})(\d{2})(?:\.0)?")
_PAIR = re.compile(r"(\d{4})[-/](\d{2}|\d{4})")
_LONG = re.compile(r"(\d{4})[-/]\d{2}-(?:\d{2})?\d{2}[-/](\d{2})")
_QUALIFIED = re.compile(r"(.*?)\s*\(([^)]*)\)")


@dataclass(frozen=True)
class Period:
    """One period as people write it, its first and last day, and what kind it is."""

    label: str
    start: date
    end: date
    kind: str
    symbol: str = ""


@dataclass(frozen=True)
class _Years:
    first: int
    last: int
    symbol: str


def parse_period(text: object, kind: str) -> Period | None:
    """Read a printed year label as a period of `kind`.

    `kind` is academic_year, financial_year, calendar_year, january, march or september. A single
    year names the year an academic or financial year ends in, as DfE labels do. None where the
    label is not a year this century or thereabouts: the row is then refused, never guessed.
    """
    years = _years(_clean(text))
    if years is None:
        return None
    return _counted(years, kind) if kind in CENSUS_MONTHS else _spanned(years, kind)


def term_period(text: object, term: str) -> Period | None:
    """Read `202425` and `Autumn term` as a term: autumn to December, spring to March."""
    years = _years(_clean(text))
    names = [word for word in str(term).lower().split() if word in _TERMS]
    if years is None or not names:
        return None
    start, end = _term(years, names[0])[0], _term(years, names[-1])[1]
    if len(names) == 1:
        return Period(period_words("term", start, end), start, end, "term")
    words = f"{' and '.join(names)} terms {period_words('academic_year', start, end)}"
    return Period(words, start, end, "terms")


def _term(years: _Years, name: str) -> tuple[date, date]:
    (m1, y1), (m2, y2) = _TERMS[name]
    return date(years.first + y1, m1, 1), _last_day(years.first + y2, m2)


_TERMS = {
    "autumn": ((9, 0), (12, 0)),
    "spring": ((1, 1), (3, 1)),
    "summer": ((4, 1), (7, 1)),
}


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _clean(text: object) -> str:
    plain = unicodedata.normalize("NFKC", str(text)).replace("–", "-").replace("—", "-")  # noqa: RUF001
    return re.sub(r"\s+", " ", plain).strip()


def _years(text: str) -> _Years | None:
    symbol = ""
    if found := _QUALIFIED.fullmatch(text):
        text, word = found[1], found[2].strip().lower()
        if word not in QUALIFIERS:
            return None
        symbol = QUALIFIERS[word]
    ends = _ends(text.replace(" ", ""))
    if ends is None or not _EARLIEST <= ends[0] <= ends[1] <= _LATEST:
        return None
    return _Years(*ends, symbol)


def _ends(text: str) -> tuple[int, int] | None:
    if found := _SINGLE.fullmatch(text):
        return int(found[1]), int(found[1])
    if found := _SIX.fullmatch(text):
        first, last = int(found[1]), _second(found[1], found[2])
        return (first, last) if last == first + 1 else None
    found = _PAIR.fullmatch(text) or _LONG.fullmatch(text)
    if found is None:
        return None
    first, last = int(found[1]), _second(found[1], found[2])
    return (first, last) if last > first else None


def _second(first: str, second: str) -> int:
    """The later year in full; `1999/00` is 1999 and 2000."""
    if len(second) == 4:
        return int(second)
    last = int(first[:2] + second)
    return last + 100 if last < int(first) else last


def _counted(years: _Years, kind: str) -> Period | None:
    """A count on one day: January 2025 for `2025` and for `202425`."""
    if years.last - years.first > 1:
        return None
    month, year = CENSUS_MONTHS[kind], years.last
    start, end = date(year, month, 1), _last_day(year, month)
    return Period(period_words("census", start, end), start, end, "census", years.symbol)


def _spanned(years: _Years, kind: str) -> Period:
    first, last = years.first, years.last
    if kind == "calendar_year":
        start, end = date(first, 1, 1), date(last, 12, 31)
        label = str(first) if first == last else f"{first} to {last}"
        return Period(label, start, end, kind, years.symbol)
    opening = first - 1 if first == last else first
    start, end = span(kind, opening)[0], span(kind, last - 1)[1]
    label = period_words(kind, start, end)
    if last - opening > 1:
        label += f" to {period_words(kind, span(kind, last - 1)[0], end)}"
    return Period(label, start, end, kind, years.symbol)


def week_period(year: object, week: object) -> Period | None:
    """`2025` and `Week 45` as the Monday to Friday of that ISO week."""
    digits = re.search(r"\d+", str(week))
    years = _years(_clean(year))
    if digits is None or years is None or not 1 <= int(digits[0]) <= 53:
        return None
    start = date.fromisocalendar(years.first, int(digits[0]), 1)
    end = date.fromisocalendar(years.first, int(digits[0]), 5)
    return Period(f"week of {start.day} {start:%B %Y}", start, end, "week")
