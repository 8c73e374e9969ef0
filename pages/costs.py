"""Number times unit cost is the total: what out-of-borough places cost, and what drove it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pages.points import Point, to_points, year_before
from pages.view import View
from pages.words import MINUS, number, pounds, pounds_apart, sentence, times


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
    number. Mix, known where every kind of place is shown in both years, is what came from more or
    fewer of the dearer kinds; without it price holds it. The parts add up to the change.
    """

    before: Sum
    after: Sum
    mix: float | None = None

    @property
    def volume(self) -> float:
        """Pounds that came from more or fewer places."""
        return (self.after.places - self.before.places) * self.before.unit

    @property
    def price(self) -> float:
        """Pounds that came from dearer or cheaper places."""
        return (self.after.unit - self.before.unit) * self.after.places - (self.mix or 0.0)

    @property
    def change(self) -> float:
        """The whole change in pounds."""
        return self.after.total - self.before.total

    @property
    def words(self) -> str:
        """What drove the change, in one sentence."""
        way = "more" if self.change >= 0 else "less"
        said = (
            f"{pounds(abs(self.change))} {way} for a whole year than in {self.before.period}:"
            f" {signed(self.volume)} from the number of places"
        )
        if self.mix is None:
            return f"{said} and {signed(self.price)} from what a place costs, with its mix"
        return (
            f"{said}, {signed(self.price)} from what a place costs and {signed(self.mix)} from mix"
        )

    @property
    def title(self) -> str:
        """The largest part as a statement."""
        way = "rise" if self.change >= 0 else "fall"
        names = {
            "the number of places": self.volume,
            "what a place costs": self.price,
            "the mix of places": self.mix or 0.0,
        }
        with_it = {name: amount for name, amount in names.items() if amount * self.change > 0}
        if not with_it:
            return "The cost for a whole year did not change"
        return f"The {way} came mostly from {max(with_it, key=lambda n: abs(with_it[n]))}"


def signed(amount: float) -> str:
    """What a part adds or takes away: +£183,300, \u2212£9,900."""
    return f"{'+' if amount >= 0 else MINUS}{pounds_apart(abs(amount))}"


def drivers(points: list[Point], kinds: Sequence[Sequence[Point]] = ()) -> Drivers | None:
    """What drove the newest year's change in spending; None where a year is missing.

    `kinds` are the lines of the kinds of place that make up the whole, if they are known.
    """
    if not points:
        return None
    earlier = year_before(points[:-1], points[-1])
    before, after = sum_of(earlier), sum_of(points[-1])
    return Drivers(before, after, _mix(before, after, kinds)) if before and after else None


def _mix(before: Sum, after: Sum, kinds: Sequence[Sequence[Point]]) -> float | None:
    """Later numbers at the earlier price of each kind, less them all at the earlier average."""
    pairs = [_pair(line, before.period, after.period) for line in kinds]
    known = [pair for pair in pairs if pair is not None]
    if not known or len(known) < len(pairs):
        return None
    whole = (sum(b.places for b, _ in known), sum(a.places for _, a in known))
    if whole != (before.places, after.places):
        return None
    return sum(a.places * b.unit for b, a in known) - after.places * before.unit


def _pair(line: Sequence[Point], before: str, after: str) -> tuple[Sum, Sum] | None:
    by = {p.words: sum_of(p) for p in line}
    first, last = by.get(before), by.get(after)
    return (first, last) if first and last else None


@dataclass(frozen=True)
class Split:
    """A year's bill, that of the year before, and the parts that make up the change exactly."""

    before: str
    period: str
    was: float
    now: float
    parts: dict[str, float]

    @property
    def title(self) -> str:
        """The largest part that went the way of the change, as a statement."""
        change = self.now - self.was
        with_it = {name: amount for name, amount in self.parts.items() if amount * change > 0}
        if not with_it:
            return "The bill did not change"
        largest = max(with_it, key=lambda name: abs(with_it[name]))
        name = sentence(largest) if largest.startswith("What") else f"the {largest.lower()}"
        return f"The {'rise' if change > 0 else 'fall'} came mostly from {name}"


PARTS = ("Number of places", "What a place costs", "Mix of places")


def split(view: View, metric: dict[str, Any]) -> Split | None:
    """The newest year's bill and what changed it; None where any part is hidden or missing."""
    points = view.points(metric)
    now = points[-1] if points else None
    if now is None or now.numerator is None or now.denominator is None:
        return None
    rows = view.groups(metric, "driver")
    newest = {
        str(name): to_points(part)[-1] for name, part in rows.groupby("category") if len(part)
    }
    parts = {
        name: point.value
        for name in PARTS
        if (point := newest.get(name)) and point.start == now.start and point.value is not None
    }
    if len(parts) < len(PARTS):
        return None
    before = _year_before(now)
    return Split(before, now.words, now.denominator, now.numerator, parts)


def _year_before(point: Point) -> str:
    return f"{point.start.year - 1}/{point.start.year % 100:02d}"


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
