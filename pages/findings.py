"""The finding of a page as a headline: one or two true clauses in the words people use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pages.points import Point, year_before
from pages.statements import Change, change_of, headline, over_years
from pages.words import sentence, short


class Phrase(NamedTuple):
    """How a rise and a fall are said, each before 'than a year ago', and what did not change."""

    up: str
    down: str
    topic: str


PHRASES = {
    "semh_ehc_plans": Phrase(
        "More children have an EHC plan for SEMH",
        "Fewer children have an EHC plan for SEMH",
        "the number of EHC plans for SEMH",
    ),
    "semh_pupils_share": Phrase(
        "More pupils have SEMH as their main need",
        "Fewer pupils have SEMH as their main need",
        "the share of pupils with SEMH need",
    ),
    "ehc_requests": Phrase(
        "More EHC assessments are asked for",
        "Fewer EHC assessments are asked for",
        "requests for EHC assessments",
    ),
    "camhs_referrals": Phrase(
        "More children are referred to CAMHS",
        "Fewer children are referred to CAMHS",
        "referrals to CAMHS",
    ),
    "semh_educated_in_borough": Phrase(
        "More children with SEMH plans are educated in the borough",
        "Fewer children with SEMH plans are educated in the borough",
        "the share of SEMH plans educated in the borough",
    ),
    "semh_places_filled": Phrase(
        "SEMH places are fuller",
        "SEMH places are less full",
        "how full SEMH places are",
    ),
    "ehc_plans_within_20_weeks": Phrase(
        "A larger share of EHC plans is issued in 20 weeks",
        "A smaller share of EHC plans is issued in 20 weeks",
        "the share of EHC plans issued in 20 weeks",
    ),
    "camhs_wait_median": Phrase(
        "Children wait longer for CAMHS",
        "Children wait less long for CAMHS",
        "waits for CAMHS",
    ),
    "oob_placements": Phrase(
        "More children are placed outside the borough",
        "Fewer children are placed outside the borough",
        "the number of children placed outside the borough",
    ),
    "oob_spend": Phrase(
        "Places outside the borough cost more in all",
        "Places outside the borough cost less in all",
        "spending on places outside the borough",
    ),
    "oob_cost_per_placement": Phrase(
        "An out-of-borough place costs more",
        "An out-of-borough place costs less",
        "the cost of an out-of-borough place",
    ),
    "semh_suspension_rate": Phrase(
        "Pupils with SEMH need are suspended more often",
        "Pupils with SEMH need are suspended less often",
        "suspensions of pupils with SEMH need",
    ),
    "semh_suspensions": Phrase(
        "There are more suspensions of pupils with SEMH need",
        "There are fewer suspensions of pupils with SEMH need",
        "suspensions of pupils with SEMH need",
    ),
    "semh_absence": Phrase(
        "Pupils with SEMH need miss more school",
        "Pupils with SEMH need miss less school",
        "absence of pupils with SEMH need",
    ),
    "semh_persistent_absence": Phrase(
        "More pupils with SEMH need are persistently absent",
        "Fewer pupils with SEMH need are persistently absent",
        "persistent absence of pupils with SEMH need",
    ),
    "semh_severe_absence": Phrase(
        "More pupils with SEMH need miss half of school or more",
        "Fewer pupils with SEMH need miss half of school or more",
        "severe absence of pupils with SEMH need",
    ),
    "all_suspension_rate": Phrase(
        "Pupils are suspended more often",
        "Pupils are suspended less often",
        "the suspension rate of all pupils",
    ),
    "camhs_wait_p90": Phrase(
        "The longest waits for CAMHS are longer",
        "The longest waits for CAMHS are shorter",
        "the longest waits for CAMHS",
    ),
    "camhs_still_waiting_18_weeks": Phrase(
        "A larger share of children waiting for CAMHS has waited over 18 weeks",
        "A smaller share of children waiting for CAMHS has waited over 18 weeks",
        "the share of children waiting over 18 weeks for CAMHS",
    ),
    "local_cost_per_place": Phrase(
        "A local SEMH place costs more",
        "A local SEMH place costs less",
        "the cost of a local SEMH place",
    ),
    "census_returned": Phrase(
        "More settings return the school census",
        "Fewer settings return the school census",
        "how many settings return the school census",
    ),
    "outcome_paired": Phrase(
        "More closed cases have scores before and after",
        "Fewer closed cases have scores before and after",
        "how many closed cases have scores before and after",
    ),
    "reliable_improvement": Phrase(
        "More children improve after help",
        "Fewer children improve after help",
        "the share of children who improve after help",
    ),
}
"""Measures whose finding is said in their own words; any other uses its title."""

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
