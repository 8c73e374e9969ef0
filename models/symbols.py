"""The field's symbols for a number that is not there, or is there with a reservation.

Source: the Department for Education's open-data standard and the Government Analysis Function's
guidance on symbols in tables.
"""

from __future__ import annotations

from models.observation import Status

SYMBOLS = {
    "c": "confidential: hidden so that no child can be identified; it is not zero",
    "x": "not available: not returned or not measured",
    "z": "not applicable",
    "low": "rounds to 0 but is not 0",
    "u": "unreliable: the number rests on few",
    "b": "break: counted otherwise from here on",
    "p": "provisional: may still change",
    "r": "revised since it was first published",
}
"""What each symbol means; in a table it stands in square brackets."""

OF_STATUS = {
    Status.SUPPRESSED.value: "c",
    Status.NOT_AVAILABLE.value: "x",
    Status.NOT_APPLICABLE.value: "z",
}
"""The reason code of a figure that has no number."""

OF_LOW_BASE = "u"

OF_MARKS = ("low", "u", "b", "p", "r")
"""Reservations a number may stand with; the others stand in place of one."""


def bracketed(*codes: str) -> str:
    """Symbols as they stand in a table: [p] [r]."""
    return " ".join(f"[{code}]" for code in codes)


def found_in(text: str) -> tuple[str, ...]:
    """The symbols that stand in a text, in the order of SYMBOLS."""
    return tuple(code for code in SYMBOLS if f"[{code}]" in text)


def legend(*codes: str) -> tuple[str, ...]:
    """The symbols named and what they mean, a line each; all of them when none is named."""
    return tuple(f"[{code}] {SYMBOLS[code]}" for code in codes or SYMBOLS)
