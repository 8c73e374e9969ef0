"""The finding of a page as a headline: one or two true clauses in the words people use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pages.phrases import PHRASES
from pages.points import Point, year_before
from pages.statements import Change, change_of, headline, over_years
from pages.words import sentence, short

_THAN, _THAN_USUAL = " than a year ago", " than usual"


class Clause(NamedTuple):
    """A measure's finding in its own words: what moved or did not, and what stands after it."""

    words: str
    change: Change
    tail: str
    still: bool = False

    @property
    def moved(self) -> bool:
        """Whether there was a change beyond chance."""
        return self.change.direction != "same"


def clause(
    metric: dict[str, Any], points: Sequence[Point], change: Change | None = None
) -> Clause | None:
    """The measure's finding in its own words, if chance was ruled in or out; else None.

    Two periods must lie a year apart; months and terms may be judged by the XmR rules instead.
    """
    phrase, change = PHRASES.get(metric["id"]), change or change_of(points, metric)
    judged = change.judged or (change.sure and points and year_before(points[:-1], points[-1]))
    if phrase is None or not judged or change.direction == "unknown":
        return None
    long = None if change.judged or change.direction != "same" else over_years(points, metric)
    if long:
        words = phrase.up if long[1].direction == "up" else phrase.down
        return Clause(words, long[1], f" than in {long[0].words}", still=True)
    words = {"up": phrase.up, "down": phrase.down, "same": phrase.topic}[change.direction]
    return Clause(words, change, _THAN_USUAL if change.run else _THAN)


def finding(
    metric: dict[str, Any] | None, points: Sequence[Point], change: Change | None = None
) -> str:
    """The headline of a page that leads with one measure."""
    if metric is None:
        return "Nothing is measured here yet"
    said = clause(metric, points, change)
    if said is None:
        return _plain(metric, points) or headline(metric, points, change)
    if not said.moved:
        return f"No real change in {said.words}"
    run = said.change.run
    calm = "; no real change in the last year" if said.still else ""
    return said.words + said.tail + (f": {run}" if run else calm)


def _plain(metric: dict[str, Any], points: Sequence[Point]) -> str:
    """A full count or sum against a year before, as arithmetic; empty where there is a range."""
    phrase, before = (
        PHRASES.get(metric["id"]),
        year_before(points[:-1], points[-1]) if points else None,
    )
    if phrase is None or before is None or metric["kind"] not in ("count", "money"):
        return ""
    now = points[-1]
    if now.value is None or before.value is None or now.has_range or now.value == before.value:
        return ""
    words = phrase.up if now.value > before.value else phrase.down
    figures = [f"{short(metric, p.value or 0)} in {p.words}" for p in (now, before)]
    return f"{words}: {', '.join(figures)}"


Told = tuple[dict[str, Any], Sequence[Point], Change | None]
"""A measure, its line, and how it was judged."""


def joint_finding(lines: Sequence[Told]) -> str:
    """One headline from two measures: what moved first, then what did not.

    Where neither can be said, the first measure's own headline stands.
    """
    said = [found for one in lines if (found := clause(*one))]
    if not said:
        return finding(*lines[0]) if lines else "Nothing is measured here yet"
    moved, still = [c for c in said if c.moved][:2], [c for c in said if not c.moved][:2]
    if not moved:
        return f"No real change in {' or '.join(c.words for c in still)}"
    first = _moved_words(moved)
    return f"{first}; no real change in {still[0].words}" if still else first


def _moved_words(moved: Sequence[Clause]) -> str:
    if len(moved) == 1:
        return moved[0].words + moved[0].tail
    first, second = moved
    kept = first.words if first.tail == second.tail else first.words + first.tail
    return f"{kept}, and {sentence(second.words)}{second.tail}"
