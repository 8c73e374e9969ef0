"""The strategy on a page: where each of the six priorities stands, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.metric import PRIORITY_TITLES
from models.standing import Standing
from pages.missing import is_missing, missing_of
from pages.points import Point
from pages.statements import (
    Change,
    against,
    earlier,
    missing_words,
    stands,
    target_words,
)
from pages.view import SIX, View
from pages.words import sentence, short, times, unit_words, value_words

HOMES = {
    "demand": "/demand",
    "sufficiency": "/sufficiency",
    "pathways": "/pathways",
    "partnerships": "/partnerships",
    "evidence": "/evidence",
    "workforce": "/workforce",
    "cost": "/out-of-borough-cost",
    "outcomes": "/outcomes",
}
"""The page of each priority that has one of its own."""

MISSING = {
    "demand": ("the termly school census and the SEN2 return", "schools and the EHC team"),
    "sufficiency": ("the register of commissioned places", "the commissioning team"),
    "pathways": ("referrals, contacts and EHC plan dates", "the NHS trust and the EHC team"),
    "partnerships": ("panel decisions and returns from schools", "the SEMH panel and schools"),
    "evidence": ("paired scores and the register of support", "the NHS trust and providers"),
    "workforce": ("the register of trained staff and the staff survey", "schools"),
    "outcomes": ("suspensions, attendance and scores", "schools and the NHS trust"),
    "cost": ("placement costs and budget lines", "the finance and commissioning teams"),
}
"""What has to be sent before a priority can be measured, and by whom."""


NO_TARGET = Standing("none", None)


@dataclass(frozen=True)
class Measured:
    """One measure as a card or a table row tells it; `metric` None means not measured."""

    priority: str
    metric: dict[str, Any] | None
    points: tuple[Point, ...] = ()
    change: Change | None = None
    beside: str = ""
    stands: Standing = NO_TARGET
    lacks: str = ""

    @property
    def title(self) -> str:
        """The priority's name."""
        return PRIORITY_TITLES[self.priority]

    @property
    def now(self) -> Point | None:
        """The newest finished period."""
        return self.points[-1] if self.points else None

    @property
    def figure(self) -> str:
        """The number alone."""
        shown = self.metric is not None and self.now is not None and self.now.value is not None
        return short(self.metric, self.now.value) if shown else ""  # type: ignore[arg-type,union-attr]

    @property
    def what(self) -> str:
        """What the number is of, to read after it: weeks, median wait for a contact."""
        if self.metric is None:
            return ""
        title = str(self.metric["title"])
        said = sentence(title)
        plain = self.metric["kind"] in ("quantile", "mean", "rate") and not self.figure.startswith(
            "£"
        )
        return f"{unit_words(self.metric)}, {said}" if plain else said

    @property
    def missing(self) -> str:
        """What would have to be sent, by whom."""
        if self.lacks:
            return self.lacks
        what, whom = MISSING[self.priority]
        return f"Not measured yet. Needed: {what}, from {whom}."


def measured(view: View, metric: dict[str, Any], priority: str = "") -> Measured:
    """How one measure stands: its line, its change, its target or else its comparator."""
    points, target = view.points(metric), view.target(metric)
    home = priority or str(metric["priority"])
    lacks = missing_of(view, metric).words if is_missing(view, metric) else ""
    if not points:
        return Measured(home, None, lacks=lacks)
    now = points[-1]
    first = target_words(metric, now, target) if target else beside(view, metric, now)
    words = " · ".join(part for part in (first, earlier_words(metric, points)) if part)
    found = stands(metric, now, target)
    return Measured(home, metric, tuple(points), view.change(metric), words, found, lacks)


def earlier_words(metric: dict[str, Any], points: Sequence[Point]) -> str:
    """The figure of a year before, or of the period before; empty where it is not shown."""
    before = earlier(points)
    if before is None or before.value is None:
        return ""
    return f"{short(metric, before.value)} in {before.words}"


def beside(view: View, metric: dict[str, Any], now: Point) -> str:
    """What a figure is read against where no target is set; empty where there is nothing."""
    ratio = _local_ratio(view, metric, now)
    if ratio:
        return ratio
    # A count grows with the size of the place, so England's says nothing beside it.
    england = None if metric["kind"] in ("count", "money") else view.england(metric)
    if england is None:
        return ""
    return f"{against(metric, now, england[1], 'England')} ({england[0]})"


def _local_ratio(view: View, metric: dict[str, Any], now: Point) -> str:
    local = view.metric("local_cost_per_place")
    if metric["id"] != "oob_cost_per_placement" or local is None or not now.value:
        return ""
    same = [p for p in view.points(local) if p.start == now.start and p.value]
    if not same or same[0].value is None:
        return ""
    words = value_words(local, same[0].value)
    return f"{times(now.value / same[0].value)} a local place ({words})"


def six(view: View) -> list[Measured]:
    """One standing for each of the six priorities, in the strategy's order."""
    return [_priority(view, name) for name in SIX]


def _priority(view: View, name: str) -> Measured:
    cost = view.lead("cost", named_only=True) if name == "outcomes" else None
    metric = cost or view.lead(name)
    return measured(view, metric, name) if metric else Measured(name, None)


@dataclass(frozen=True)
class Moved:
    """One change larger than chance."""

    metric: dict[str, Any]
    now: Point
    change: Change

    @property
    def subject(self) -> str:
        """What moved."""
        return f"{self.metric['title']}{':' if self.change.run else ''}"

    @property
    def words(self) -> str:
        """How it moved, to read after the subject."""
        if self.now.value is None:
            return missing_words(self.now.status)
        figure = value_words(self.metric, self.now.value)
        change = self.change
        if change.run:
            return f"{change.run} ({figure} in {self.now.words})"
        return f"{change.direction} by {change.by} to {figure} since {change.since}"

    @property
    def link(self) -> str:
        """Where the figure stands."""
        return f"/measure/{self.metric['id']}"


def what_moved(view: View) -> list[Moved]:
    """Every measure that changed by more than chance, newest first."""
    found = []
    for metric in view.metrics:
        points = view.points(metric)
        change = view.change(metric)
        if points and change.sure and change.direction in ("up", "down"):
            found.append(Moved(metric, points[-1], change))
    return sorted(found, key=lambda m: m.now.end, reverse=True)


def not_returned(view: View) -> list[dict[str, Any]]:
    """Measures with no figure for their newest period because nothing was sent."""
    return [m for m in view.metrics if is_missing(view, m)]


def has_target(view: View, metric: dict[str, Any]) -> bool:
    """Whether the borough's profile sets a target for the measure."""
    return view.target(metric) is not None
