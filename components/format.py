"""Numbers, ranges and periods as people write them."""

from __future__ import annotations

import math
from datetime import date

from models.observation import Status
from models.time import period_words

_MILLION = 1_000_000

SYMBOLS: dict[str, str] = {
    Status.SUPPRESSED.value: "[c]",
    Status.NOT_AVAILABLE.value: "[x]",
    Status.NOT_APPLICABLE.value: "[z]",
}
"""What stands in a table where there is no number."""

LEGEND: dict[str, str] = {
    "[c]": "hidden so that no child can be identified",
    "[x]": "not returned or not available; unknown, not zero",
    "[z]": "does not apply",
    "[low]": "rounds to 0 but is not 0",
    "[u]": "few children behind it; read with care",
    "[k]": "rounds to 0 but is not 0",
    "[p]": "provisional",
    "[r]": "revised",
    "[b]": "counted in a new way from here",
    "[e]": "estimated",
}
"""How to read the symbols, in the words of the Analysis Function's list."""


def number(value: float | None, decimals: int = 0) -> str:
    """A number with thousands commas; [x] for none, [low] for what rounds to 0 but is not 0."""
    if value is None or math.isnan(value):
        return "[x]"
    text = f"{value:,.{decimals}f}"
    if any(c in "123456789" for c in text):
        return text
    return "[low]" if value else text


def percent(value: float | None, decimals: int = 0) -> str:
    """81% from 81."""
    text = number(value, decimals)
    return text if text.startswith("[") else f"{text}%"


def pounds(value: float | None) -> str:
    """£68,400 to the nearest hundred from ten thousand; £2.31 million from a million."""
    if value is None or math.isnan(value):
        return "[x]"
    sign, size = ("-" if value < 0 else ""), abs(value)
    if size >= _MILLION:
        return f"{sign}£{size / _MILLION:,.2f} million"
    return f"{sign}£{round(size, -2) if size >= 10_000 else size:,.0f}"


def likely(low: float | None, high: float | None, decimals: int = 0) -> str:
    """A 95% range: likely 900 to 1,050; empty where either end is missing."""
    if low is None or high is None:
        return ""
    return f"likely {number(low, decimals)} to {number(high, decimals)}"


def status_symbol(status: str) -> str:
    """[c], [x] or [z]; empty for a status that has a number."""
    return SYMBOLS.get(status, "")


def period(kind: str, start: date, end: date) -> str:
    """2024/25, January 2026, autumn term 2025."""
    return period_words(kind, start, end)


def day_words(day: date | str | None) -> str:
    """15 January 2026, from a date or an ISO text."""
    if not day:
        return "an unknown date"
    day = date.fromisoformat(day[:10]) if isinstance(day, str) else day
    return f"{day.day} {day:%B %Y}"


def short_day(day: date | str | None) -> str:
    """15 Jan 2026."""
    if not day:
        return "unknown"
    day = date.fromisoformat(day[:10]) if isinstance(day, str) else day
    return f"{day.day} {day:%b %Y}"


def used_symbols(texts: list[str]) -> list[tuple[str, str]]:
    """The symbols that stand in these texts, each with its meaning, in the legend's order."""
    joined = "\n".join(texts)
    return [(symbol, words) for symbol, words in LEGEND.items() if symbol in joined]
