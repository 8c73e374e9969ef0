"""Years and terms: one calendar, always saying which kind of year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date


def academic_year(day: date) -> int:
    """The calendar year in which the academic year of `day` starts (1 September)."""
    return day.year if day.month >= 9 else day.year - 1


def financial_year(day: date) -> int:
    """The calendar year in which the financial year of `day` starts (1 April)."""
    return day.year if day.month >= 4 else day.year - 1


YEAR_OF: dict[str, Callable[[date], int]] = {
    "academic_year": academic_year,
    "financial_year": financial_year,
    "calendar_year": lambda day: day.year,
}
"""The year a day is in, by the calendar year it begins in, for each kind of year."""


def span(kind: str, start: int) -> tuple[date, date]:
    """First and last day of the year of that kind that starts in calendar year `start`."""
    if kind == "academic_year":
        return date(start, 9, 1), date(start + 1, 8, 31)
    if kind == "financial_year":
        return date(start, 4, 1), date(start + 1, 3, 31)
    if kind == "calendar_year":
        return date(start, 1, 1), date(start, 12, 31)
    raise ValueError(f"{kind!r} is not a kind of year; use academic, financial or calendar _year")


def period_words(kind: str, start: date, end: date) -> str:
    """A period as people write it: 2024/25, January 2026, autumn term 2025."""
    if kind in ("academic_year", "financial_year"):
        return f"{start.year}/{(start.year + 1) % 100:02d}"
    if kind == "calendar_year":
        return str(start.year)
    if kind == "term":
        name = "autumn" if start.month >= 8 else "spring" if start.month <= 3 else "summer"
        return f"{name} term {start.year}"
    return f"{end:%B %Y}"
