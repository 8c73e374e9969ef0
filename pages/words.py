"""Figures as people write them: 81%, £68,400, 7.4 weeks, likely 900 to 1,050."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from pages.points import Point

_MILLION = 1_000_000


MINUS = "\u2212"
"""The sign of a number below nought; a hyphen is shorter, and parts from its number."""


def number(value: float, decimals: int = 0) -> str:
    """A number with thousands commas and a true minus sign; -0 is 0."""
    text = f"{abs(value):,.{decimals}f}"
    nought = not any(c in "123456789" for c in text)
    return text if value >= 0 or nought else f"{MINUS}{text}"


def plus(value: float, decimals: int = 0) -> str:
    """A change with its sign: +0.4, \u22121.2, 0.0."""
    text = number(value, decimals)
    return f"+{text}" if value > 0 and any(c in "123456789" for c in text) else text


def pounds(value: float) -> str:
    """£68,400 to the nearest hundred; £2.31 million from a million up."""
    sign = MINUS if value < 0 else ""
    size = abs(value)
    if size >= _MILLION:
        return f"{sign}£{size / _MILLION:,.2f} million"
    if size >= 10_000:
        return f"{sign}£{round(size, -2):,.0f}"
    return f"{sign}£{size:,.0f}"


def is_money(metric: Mapping[str, Any]) -> bool:
    """Whether the values are pounds."""
    unit = str(metric["unit"]).lower()
    return metric["kind"] == "money" or unit.startswith(("£", "pound"))


def is_share(metric: Mapping[str, Any]) -> bool:
    """Whether the values are percentages."""
    return metric["kind"] == "proportion" or str(metric["unit"]).lstrip().startswith("%")


def short(metric: Mapping[str, Any], value: float) -> str:
    """The number alone with its sign: 81.2%, £68,400, 12.8."""
    if is_money(metric):
        return pounds(value)
    whole = is_share(metric) and value in (0, 100)
    text = number(value, 0 if whole else int(metric["decimals"]))
    return f"{text}%" if is_share(metric) else text


def unit_words(metric: Mapping[str, Any]) -> str:
    """What stands after the number, without a % or £ sign said twice."""
    unit = str(metric["unit"]).strip()
    for sign in ("% ", "per cent ", "percent ", "£ ", "pounds "):
        if unit.lower().startswith(sign):
            return unit[len(sign) :]
    return "" if unit.lower() in ("%", "£", "pounds", "per cent") else unit


def value_words(metric: Mapping[str, Any], value: float | None) -> str:
    """The number with a short unit: 81.2%, £68,400, 7.4 weeks, 12.8 per 100 pupils."""
    if value is None:
        return "not available"
    if is_share(metric) or is_money(metric):
        return short(metric, value)
    return f"{short(metric, value)} {unit_words(metric)}".strip()


def amount_words(metric: Mapping[str, Any], amount: float) -> str:
    """The size of a difference: 2.1 percentage points, £1,200, 0.9."""
    if is_share(metric):
        text = number(amount, int(metric["decimals"]))
        return f"{text} percentage point{'' if text in ('1', '1.0') else 's'}"
    return pounds_apart(amount) if is_money(metric) else short(metric, amount)


def pounds_apart(amount: float) -> str:
    """A difference of money, as rounded as the figures it lies between: £1,100."""
    return pounds(round(amount, -2) if abs(amount) >= 1_000 else amount)


def range_words(metric: Mapping[str, Any], point: Point) -> str:
    """The 95 % range: likely 12.1 to 13.5; empty where there is none."""
    if point.lower is None or point.upper is None:
        return ""
    low, high = short(metric, point.lower), short(metric, point.upper)
    return f"likely {low.removesuffix('%')} to {high}" if low != high else ""


def times(ratio: float) -> str:
    """3.0 times."""
    return f"{ratio:,.1f} times"


def joined(parts: list[str]) -> str:
    """a; a and b; a, b and c."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def plain_dates(words: str) -> str:
    """Words with the days in them as people write them: 1 June 2026."""
    return _DAY.sub(_day, words)


def _day(found: re.Match[str]) -> str:
    try:
        day = date.fromisoformat(found.group())
    except ValueError:
        return found.group()
    return f"{day.day} {day:%B %Y}"


def sentence(words: str) -> str:
    """Words that begin a sentence, as they stand inside one; a short form keeps its capitals."""
    return words if not words or words.split()[0].isupper() else words[0].lower() + words[1:]


def sentence_case(words: str) -> str:
    """Words as they begin a sentence."""
    return words[:1].upper() + words[1:]
