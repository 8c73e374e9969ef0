"""True sentences from figures: what they show, what they do not, and why a figure is not there.

Nothing here says a figure rises or falls unless its 95 % ranges, or a named signal of the XmR
rules, say the change is larger than chance. A total without a range (money, a full count) is said
as arithmetic: more or fewer than before, with both figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from models.borough import Target
from models.observation import Status
from models.standing import Standing, State, standing
from pages.points import Difference, Point, difference, settled, year_before
from pages.words import amount_words, value_words

Tone = Literal["concern", "improvement", "neutral", "none", "unknown"]

MISSING_WORDS = {
    Status.SUPPRESSED.value: "Hidden [c] so that no child can be identified",
    Status.NOT_AVAILABLE.value: "Not returned: unknown, not zero",
    Status.NOT_APPLICABLE.value: "Does not apply here",
    Status.LOW_BASE.value: "Too few to measure with any certainty [u]",
}
"""What stands where a number does not."""


_FEW_YEARS, _SLACK_DAYS = 3, 24


@dataclass(frozen=True)
class Change:
    """What a line did, in words, and which colour of dot goes with the words.

    `sure` is True only where chance was ruled out; `direction` is up, down, same or unknown; `by`
    and `since` are its size and its starting point where two periods were compared, `run` the XmR
    rule that was met where months or terms were `judged` by them.
    """

    words: str
    tone: Tone
    direction: str
    sure: bool
    by: str = ""
    since: str = ""
    run: str = ""
    judged: bool = False


def tone_of(direction: str, polarity: str, *, sure: bool) -> Tone:
    """Good or bad news, or a move with no good side; what chance may explain is none of these."""
    if direction == "unknown":
        return "unknown"
    if direction == "same" or not sure:
        return "none"
    if polarity == "none":
        return "neutral"
    return "improvement" if (direction == "up") == (polarity == "high") else "concern"


def missing_words(status: str) -> str:
    """Why a figure is not shown."""
    return MISSING_WORDS.get(status, "Not available")


def change_between(
    now: Point, before: Point | None, metric: dict[str, Any], *, widen: float = 1.0
) -> Change:
    """How one point differs from an earlier one; `widen` stretches the 95 % range."""
    if not now.shown:
        return Change(
            f"{missing_words(now.status)}; no change can be shown", "unknown", "unknown", False
        )
    if before is None:
        return Change("Nothing earlier to compare with", "unknown", "unknown", False)
    if not before.shown:
        why = "hidden [c]" if before.status == Status.SUPPRESSED else "not returned"
        words = f"The figure for {before.words} is {why}; no change can be shown"
        return Change(words, "unknown", "unknown", False)
    return _change(difference(now, before, widen=widen), before, metric)


def _change(gap: Difference, before: Point, metric: dict[str, Any]) -> Change:
    way = gap.direction
    tone = tone_of(way, metric["polarity"], sure=gap.tested)
    if way == "same":
        words = "No real change since" if gap.amount else "The same as in"
        return Change(f"{words} {before.words}", tone, way, gap.tested)
    size = amount_words(metric, abs(gap.amount or 0))
    if gap.tested:
        words = (
            f"{'Up' if way == 'up' else 'Down'} by {size} since {before.words}: more than chance"
        )
    else:
        words = f"{size} {'more' if way == 'up' else 'less'} than in {before.words}"
    return Change(words, tone, way, gap.tested, size, before.words)


def change_of(points: Sequence[Point], metric: dict[str, Any], *, widen: float = 1.0) -> Change:
    """The newest point against the same time a year before, else against the point before it."""
    if not points:
        return Change("No figures yet", "unknown", "unknown", False)
    return change_between(points[-1], earlier(points), metric, widen=widen)


def earlier(points: Sequence[Point]) -> Point | None:
    """What the newest point is read against: a year before it, else the point before; or None."""
    if len(points) < 2:
        return None
    return year_before(points[:-1], points[-1]) or points[-2]


def over_years(points: Sequence[Point], metric: dict[str, Any]) -> tuple[Point, Change] | None:
    """The earliest figure of the same time of year, and a change since it larger than chance.

    Small steps that chance may explain can add up to one it can't. None within three years, or
    where chance was not ruled out.
    """
    if not points or not points[-1].shown:
        return None
    now = points[-1]
    same = [p for p in points[:-1] if p.shown and p.kind == now.kind and _same_season(p, now)]
    same = [p for p in same if not _schools_were_shut(p)]
    if not same:
        return None
    change = change_between(now, same[0], metric)
    return (same[0], change) if change.sure and change.direction in ("up", "down") else None


def _schools_were_shut(point: Point) -> bool:
    """School years of the pandemic are no base: a rise from them is mostly schools opening."""
    return point.kind == "academic_year" and point.start.year in (2019, 2020)


def _same_season(first: Point, now: Point) -> bool:
    days = (now.start - first.start).days
    apart = round(days / 365.25)
    return apart >= _FEW_YEARS and abs(days - apart * 365.25) <= _SLACK_DAYS


def headline(metric: dict[str, Any], points: Sequence[Point], change: Change | None = None) -> str:
    """The finding of one measure as a headline, in at most one clause."""
    title = str(metric["title"])
    if not points:
        return f"{title}: not measured yet"
    now, change = points[-1], change or change_of(points, metric)
    if not now.shown:
        return f"{title}: {_not_shown(now.status)} for {now.words}"
    if not change.sure or change.direction == "unknown":
        return f"{title}: {value_words(metric, now.value)} in {now.words}"
    if change.judged:
        return f"{title}: {change.run or 'within normal variation'}"
    before = earlier(points)
    assert before is not None
    what = {"up": "higher than in", "down": "lower than in", "same": "no real change since"}
    return f"{title}: {what[change.direction]} {before.words}"


def _not_shown(status: str) -> str:
    words = {
        Status.SUPPRESSED.value: "hidden [c]",
        Status.NOT_AVAILABLE.value: "not returned",
        Status.LOW_BASE.value: "too few to measure",
    }
    return words.get(status, "not available")


def against(metric: dict[str, Any], point: Point, other: float | None, name: str) -> str:
    """One figure against another that has no range: above, below or close to it."""
    if other is None or not point.shown or point.value is None:
        return f"{name}: not available"
    figure = f"{name} {value_words(metric, other)}"
    if not point.has_range:
        way = "more than" if point.value > other else "less than"
        return f"The same as {figure}" if point.value == other else f"{way.capitalize()} {figure}"
    assert point.lower is not None and point.upper is not None
    if point.lower <= other <= point.upper:
        return f"Close to {figure}"
    return f"{'Above' if point.value > other else 'Below'} {figure}"


def stands(metric: dict[str, Any], point: Point, target: Target | None) -> Standing:
    """Whether the target is met, near or off, and whether the likely range makes that sure."""
    limits = point.lower, point.upper
    return standing(point.value, *limits, target, str(metric["polarity"]))


STATE_WORDS: dict[State, str] = {
    "met": "On target",
    "near": "Near target",
    "off": "Off target",
    "none": "",
}
"""How a measure stands against its target."""


def state_words(found: Standing) -> str:
    """How a measure stands, with the doubt where its likely range takes in the target."""
    said = STATE_WORDS[found.state]
    doubt = "chance may explain it" if found.state == "met" else "chance may explain the gap"
    return f"{said}, though {doubt}" if said and found.sure is False else said


def aim_words(metric: dict[str, Any], target: Target) -> str:
    """What is aimed at, with no decimal it was not set with: 85%."""
    whole = target.value == round(target.value)
    return value_words({**metric, "decimals": 0} if whole else metric, target.value)


def target_words(metric: dict[str, Any], point: Point, target: Target | None) -> str:
    """The target and how far off it the figure is."""
    state = stands(metric, point, target).state
    if target is None:
        return "No target set"
    aim = f"Target {aim_words(metric, target)}"
    if state == "none" or point.value is None:
        return aim
    if state == "met":
        return f"{aim}: met"
    gap = amount_words(metric, abs(point.value - target.value))
    return f"{aim}: {gap} off{', within tolerance' if state == 'near' else ''}"


def target_for(targets: Sequence[Target], metric_id: str, point: Point | None) -> Target | None:
    """The target for the year of the point; else the next one to come; else the last one set."""
    mine = sorted((t for t in targets if t.metric == metric_id), key=lambda t: t.year)
    if not mine or point is None:
        return mine[-1] if mine else None
    ahead = [t for t in mine if int(t.year[:4]) >= point.end.year]
    return ahead[0] if ahead else mine[-1]


def current(points: Sequence[Point], data_to: Any) -> list[Point]:
    """The points a finding may rest on: finished periods, oldest first."""
    return settled(points, data_to)


def not_shown_summary(points: Sequence[Point]) -> str:
    """How many figures of a table are not shown and why; empty where all are."""
    hidden = sum(p.status == Status.SUPPRESSED for p in points)
    absent = sum(p.status == Status.NOT_AVAILABLE for p in points)
    parts = [
        f"{hidden} hidden [c] so that no child can be identified" if hidden else "",
        f"{absent} not returned: unknown, not zero" if absent else "",
    ]
    return "; ".join(part for part in parts if part)
