"""Which of the measures need attention, and why: by target, by chance, by England; never by rank.

A measure that has a good side is listed under the first of these reasons that holds for it. What
chance may explain is no reason, but for a target that is missed: that is said with the doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from models.metric import PRIORITY_TITLES
from models.standing import Standing
from pages.missing import is_missing
from pages.points import Point
from pages.statements import Tone, aim_words, stands
from pages.view import View
from pages.words import value_words

MOST = 20
"""Most measures listed: as many as a board can talk about."""


@dataclass(frozen=True)
class Attention:
    """One measure that needs attention: the reason, how serious (0 the most), which dot."""

    metric: dict[str, Any]
    now: Point
    reason: str
    order: int
    tone: Tone = "concern"

    @property
    def figure(self) -> str:
        """The newest figure with its period."""
        return f"{value_words(self.metric, self.now.value)}, {self.now.words}"

    @property
    def home(self) -> str:
        """The priority it belongs to."""
        return PRIORITY_TITLES[str(self.metric["priority"])]

    @property
    def link(self) -> str:
        """Where the figure stands."""
        return f"/measure/{self.metric['id']}"


Judge = Callable[[View, dict[str, Any], Point], str]


def attention(view: View) -> list[Attention]:
    """Every measure that needs attention, the most serious first; not cut at `MOST`."""
    return view.once("attention", lambda: _attention(view))


def _attention(view: View) -> list[Attention]:
    found = [one for metric in view.metrics if (one := _judged(view, metric))]
    leads = view.leading_ids
    place = {name: i for i, name in enumerate(leads)}
    kept = _one_of_kin(found)
    return sorted(kept, key=lambda a: (a.order, place.get(str(a.metric["id"]), len(leads))))


def _judged(view: View, metric: dict[str, Any]) -> Attention | None:
    points = view.points(metric)
    if not points or not points[-1].shown:
        return None
    for order, judge in enumerate(REASONS):
        reason = judge(view, metric, points[-1])
        if reason:
            return Attention(metric, points[-1], reason, order)
    return None


def _sure_off(view: View, metric: dict[str, Any], now: Point) -> str:
    found = stand(view, metric)
    surely = found.state == "off" and found.sure is not False
    return _target(view, metric, "Off target") if surely else ""


def _worse(view: View, metric: dict[str, Any], now: Point) -> str:
    change = view.change(metric)
    if change.tone != "concern" or not change.sure:
        return ""
    return (
        f"Getting worse: {change.run}" if change.run else f"Getting worse: {_small(change.words)}"
    )


def _maybe_off(view: View, metric: dict[str, Any], now: Point) -> str:
    off = stand(view, metric).state == "off"
    words = _target(view, metric, "Off target")
    return f"{words}, though chance may explain the gap" if off else ""


def _below_england(view: View, metric: dict[str, Any], now: Point) -> str:
    """Worse than England's newest figure, which lies outside the borough's likely range."""
    england = _comparable(view, metric)
    if england is None or now.lower is None or now.upper is None:
        return ""
    when, value = england
    worse = now.lower > value if metric["polarity"] == "low" else now.upper < value
    way = "Higher" if metric["polarity"] == "low" else "Lower"
    said = f"{way} than England ({value_words(metric, value)} in {when}) by more than chance"
    return said if worse else ""


def _comparable(view: View, metric: dict[str, Any]) -> tuple[str, float] | None:
    if metric["polarity"] == "none" or metric["kind"] in ("count", "money"):
        return None
    return view.england(metric)


def _near(view: View, metric: dict[str, Any], now: Point) -> str:
    return _target(view, metric, "Near target") if stand(view, metric).state == "near" else ""


REASONS: tuple[Judge, ...] = (_sure_off, _worse, _maybe_off, _below_england, _near)
"""Why a measure needs attention, the most serious first."""


def stand(view: View, metric: dict[str, Any]) -> Standing:
    """How the newest figure stands against its target, by its interval."""
    points = view.points(metric)
    if not points:
        return Standing("none", None)
    return stands(metric, points[-1], view.target(metric))


def _target(view: View, metric: dict[str, Any], words: str) -> str:
    target = view.target(metric)
    return f"{words} of {aim_words(metric, target)}" if target else words


def _small(words: str) -> str:
    return words[0].lower() + words[1:]


_WHOLE = (("all_", "semh_"), ("sen_", "semh_"), ("sen_oob", "oob"), ("sen_local", "local"))


def _one_of_kin(found: Sequence[Attention]) -> list[Attention]:
    """The same thing of all children is left out where that of children with SEMH is listed."""
    listed = {str(one.metric["id"]) for one in found}
    return [one for one in found if not _kin(str(one.metric["id"])) & listed]


def _kin(name: str) -> set[str]:
    return {ours + name.removeprefix(whole) for whole, ours in _WHOLE if name.startswith(whole)}


@dataclass(frozen=True)
class Count:
    """How many measures there are, and how many of them can't be judged, for which reason."""

    all: int
    hidden: int
    missing: int

    @property
    def words(self) -> str:
        """As one sentence."""
        rest = [
            f"{self.hidden} have a newest figure hidden [c]" if self.hidden else "",
            f"{self.missing} were not returned" if self.missing else "",
        ]
        said = " and ".join(part for part in rest if part)
        return f"Of {self.all} measures" + (f" {said}, and can't be judged." if said else ".")


def counted(view: View) -> Count:
    """How many measures can't be judged because nothing can be shown."""
    absent = [m for m in view.metrics if is_missing(view, m)]
    shown = [m for m in view.metrics if (points := view.points(m)) and points[-1].shown]
    return Count(len(view.metrics), len(view.metrics) - len(shown) - len(absent), len(absent))
