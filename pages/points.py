"""Observations of one measure as a line of points, and what may be said of a change between two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import hypot
from typing import Literal

import pandas as pd

from models.observation import Status
from models.time import period_words

Direction = Literal["up", "down", "same", "unknown"]

# A census or a term does not start on the same day each year.
_YEAR_SLACK_DAYS = 24


@dataclass(frozen=True)
class Point:
    """One figure of a line; every number is None unless `status` is ok or low_base.

    `marks` are the symbols of what it stands with (`models.symbols`).
    """

    start: date
    end: date
    kind: str
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    status: str = Status.OK.value
    marks: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The period as people write it."""
        return period_words(self.kind, self.start, self.end)

    @property
    def shown(self) -> bool:
        """Whether there is a number to show."""
        return self.value is not None

    @property
    def has_range(self) -> bool:
        """Whether the value comes with an interval."""
        return self.shown and self.lower is not None and self.upper is not None


_NUMBERS = ("value", "lower", "upper", "numerator", "denominator")


def to_points(frame: pd.DataFrame) -> list[Point]:
    """Rows of observations (one area, one category) as points, oldest first."""
    frame = frame.sort_values("period_start", kind="stable")
    days = [pd.to_datetime(frame[name]).dt.date for name in ("period_start", "period_end")]
    numbers = [[None if v != v else v for v in frame[name].astype(float)] for name in _NUMBERS]
    words = [frame[name].astype(str) for name in ("period_kind", "status")]
    marks = [_marks(text) for text in frame["marks"]] if "marks" in frame else [()] * len(frame)
    return [
        Point(start, end, kind, value, lower, upper, counted, out_of, status, marked)
        for start, end, kind, status, value, lower, upper, counted, out_of, marked in zip(
            *days, *words, *numbers, marks, strict=True
        )
    ]


def _marks(text: object) -> tuple[str, ...]:
    return tuple(text.split()) if isinstance(text, str) else ()


def settled(points: Sequence[Point], data_to: date | None) -> list[Point]:
    """Points whose period has ended by the day the data reach; an unfinished year is no fall."""
    if data_to is None:
        return list(points)
    return [point for point in points if point.end <= data_to]


def unfinished(points: Sequence[Point], data_to: date | None) -> Point | None:
    """The newest point whose period goes on after the data end, or None."""
    rest = [p for p in points if data_to is not None and p.start <= data_to < p.end and p.shown]
    return rest[-1] if rest else None


def year_before(points: Sequence[Point], now: Point) -> Point | None:
    """The point for the same time one year earlier, or None."""
    near = [p for p in points if p.kind == now.kind and _is_year_before(p.start, now.start)]
    return near[-1] if near else None


def _is_year_before(earlier: date, later: date) -> bool:
    return abs((later - earlier).days - 365) <= _YEAR_SLACK_DAYS


@dataclass(frozen=True)
class Difference:
    """Later less earlier, in the measure's unit, with a 95 % range where both sides have one.

    The range is the method of variance estimates recovery (MOVER; Newcombe 1998 for two
    proportions), which needs only the two values and their intervals.
    """

    amount: float | None = None
    lower: float | None = None
    upper: float | None = None

    @property
    def tested(self) -> bool:
        """Whether chance was taken into account."""
        return self.lower is not None and self.upper is not None

    @property
    def direction(self) -> Direction:
        """Up or down only where the range leaves out nought, or there is no range to test with."""
        if self.amount is None:
            return "unknown"
        if self.lower is not None and self.upper is not None and self.lower <= 0 <= self.upper:
            return "same"
        return "up" if self.amount > 0 else "down" if self.amount < 0 else "same"


WIDE = 3.0902 / 1.9600
"""From a 95 % to a 99.8 % range: many groups looked at together need the wider one."""


def difference(now: Point, before: Point | None, *, widen: float = 1.0) -> Difference:
    """What changed between two points; nothing is claimed where either is not shown."""
    if before is None or now.value is None or before.value is None:
        return Difference()
    amount = now.value - before.value
    if now.lower is None or now.upper is None or before.lower is None or before.upper is None:
        return Difference(amount)
    down = hypot(now.value - now.lower, before.upper - before.value)
    up = hypot(now.upper - now.value, before.value - before.lower)
    return Difference(amount, amount - widen * down, amount + widen * up)
