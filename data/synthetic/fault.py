"""What a planted mistake is: where it stands, of which kind, and what is written there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Row = dict[str, str]


@dataclass(frozen=True)
class Fault:
    """One kind of mistake in one file: `change` gives the new value of `field` from the row."""

    file: str
    field: str
    kind: str
    change: Callable[[Row], str] | str
    able: Callable[[Row], bool] | None = None


REPEATED, NO_SUCH_DATE = "duplicate row", "date that does not exist"
NOT_A_NUMBER, NO_PARENT = "text where a number belongs", "row without its parent"
MISSING, UNKNOWN_CODE = "required value missing", "unknown code"
MALFORMED, FUTURE = "malformed identifier", "date in the future"
IMPOSSIBLE_NUMBER, IMPOSSIBLE_AGE = "impossible number", "impossible age"
TOO_SOON = "ended before it started"
WRONG_DAY = "code not in use on the day"
EXTRA_CELL = "more cells than columns"


def filled(field: str) -> Callable[[Row], bool]:
    """Rows in which the field has a value."""
    return lambda row: row[field] != ""
