"""Number times unit cost is the total: what out-of-borough places cost, and what drove it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pages.points import Point, year_before
from pages.view import View
from pages.words import number, pounds, times


@dataclass(frozen=True)
class Sum:
    """Places held on the last day of a year, what one costs for a whole year, and the total."""

    period: str
    places: float
    unit: float
    total: float

    @property
    def words(self) -> str:
        """The sum in words."""
        return (
            f"{_places(self.places)} on 31 March at {pounds(self.unit)} a year each come to"
            f" {pounds(self.total)} for a whole year ({self.period})"
        )


def _places(places: float) -> str:
    return f"{number(places)} places" if places == round(places) else f"{number(places, 1)} places"


def sum_of(point: Point | None) -> Sum | None:
    """The sum behind one point of a cost per place; None where any part is hidden."""
    if point is None or point.value is None or not point.denominator:
        return None
    total = point.value * point.denominator
    return Sum(point.words, point.denominator, point.value, total)


@dataclass(frozen=True)
class Drivers:
    """How much of a change came from the number of places and how much from what one costs.

    Volume is the change in number at the earlier price; price is the change in price at the later
    number, and holds the change in mix between kinds of place. The two add up to the change.
    """

    before: Sum
    after: Sum

    @property
    def volume(self) -> float:
        """Pounds that came from more or fewer places."""
        return (self.after.places - self.before.places) * self.before.unit

    @property
    def price(self) -> float:
        """Pounds that came from dearer or cheaper places."""
        return (self.after.unit - self.before.unit) * self.after.places

    @property
    def change(self) -> float:
        """The whole change in pounds."""
        return self.after.total - self.before.total

    @property
    def words(self) -> str:
        """What drove the change, in one sentence."""
        way = "more" if self.change >= 0 else "less"
        return (
            f"{pounds(abs(self.change))} {way} for a whole year than in {self.before.period}:"
            f" {_signed(self.volume)} from the number of places and {_signed(self.price)} from"
            " what a place costs, with its mix"
        )


def _signed(amount: float) -> str:
    return f"{'+' if amount >= 0 else '-'}{pounds(abs(amount))}"


def drivers(points: list[Point]) -> Drivers | None:
    """What drove the newest year's change in spending; None where a year is missing."""
    if not points:
        return None
    earlier = year_before(points[:-1], points[-1])
    before, after = sum_of(earlier), sum_of(points[-1])
    return Drivers(before, after) if before and after else None


@dataclass(frozen=True)
class Ratio:
    """What an out-of-borough place costs against a local one in the same year."""

    period: str
    away: float
    local: float

    @property
    def words(self) -> str:
        """The ratio in words."""
        return (
            f"A place outside the borough costs {times(self.away / self.local)} a local one:"
            f" {pounds(self.away)} against {pounds(self.local)} a year in {self.period}"
        )


def ratio(view: View) -> Ratio | None:
    """The newest year in which both costs are known; None where there is none."""
    found = [_by_start(view, name) for name in ("oob_cost_per_placement", "local_cost_per_place")]
    both = sorted(found[0].keys() & found[1].keys())
    if not both:
        return None
    away, local = found[0][both[-1]], found[1][both[-1]]
    assert away.value is not None and local.value is not None
    return Ratio(away.words, away.value, local.value)


def _by_start(view: View, metric_id: str) -> dict[Any, Point]:
    metric = view.metric(metric_id)
    return {p.start: p for p in view.points(metric) if p.value} if metric else {}
