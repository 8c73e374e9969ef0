"""What the council's own local records share: where they come from and how they are put right."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from models.extract import Mark, OnFail, column
from models.extracts._collect import UPN_PATTERN, identifier

TEMPLATE = "Local template agreed with the council's data team"
FIX = "Correct it in the record and send the whole record again."
EARLIEST = date(2015, 1, 1)


def words(*codes: str) -> dict[str, str]:
    """A code set whose codes are the words themselves, as people fill them in."""
    return {code: code[:1].upper() + code[1:] for code in codes}


def field(meaning: str, **rest: Any) -> Any:
    """A field of a local record."""
    rest.setdefault("source", TEMPLATE)
    rest.setdefault("action", FIX)
    return column(meaning, **rest)


def child() -> Any:
    """The child a row is about."""
    return identifier(
        "Unique pupil number", source=TEMPLATE, required=True, pattern=UPN_PATTERN, action=FIX
    )


def school(meaning: str, **rest: Any) -> Any:
    """URN of a school; one that can't be a URN is left blank unless the field is required."""
    if not rest.get("required"):
        rest.setdefault("on_fail", OnFail.BLANK)
    return field(meaning, minimum=100000, maximum=999999, **rest)


def day(meaning: str, **rest: Any) -> Any:
    """A date that can't lie before the records begin."""
    return field(meaning, minimum=EARLIEST, **rest)


def own_day(meaning: str, **rest: Any) -> Any:
    """A date in one child's life."""
    return day(meaning, mark=Mark.QUASI, **rest)


def number(meaning: str, unit: str, most: float, **rest: Any) -> Any:
    """A number that can't be negative."""
    return field(meaning, unit=unit, minimum=0, maximum=most, **rest)


def pounds(meaning: str, most: float = 100_000_000, **rest: Any) -> Any:
    """An amount that can't be negative."""
    return field(
        meaning, unit="pounds", minimum=0, maximum=most,
        action="Give pounds as a plain number; no text.", **rest,
    )  # fmt: skip


AGREEMENT = words(
    "strongly agree", "agree", "neither", "disagree", "strongly disagree", "not applicable"
)
"""Answers to a statement."""

Pounds = Decimal
