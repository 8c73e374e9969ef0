"""The finding of a page as a headline: one or two true clauses in the words people use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pages.points import Point, year_before
from pages.statements import Change, change_of, headline


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
    "reliable_improvement": Phrase(
        "More children improve after help",
        "Fewer children improve after help",
        "the share of children who improve after help",
    ),
}
"""Measures whose finding is said in their own words; any other uses its title."""

_THAN = " than a year ago"


def clause(metric: dict[str, Any], points: Sequence[Point]) -> tuple[str, Change] | None:
    """The measure's finding in its own words, if chance was ruled in or out over one year."""
    phrase, change = PHRASES.get(metric["id"]), change_of(points, metric)
    tested = change.sure and points and year_before(points[:-1], points[-1])
    if phrase is None or not tested:
        return None
    return {"up": phrase.up, "down": phrase.down, "same": phrase.topic}[change.direction], change


def finding(metric: dict[str, Any] | None, points: Sequence[Point]) -> str:
    """The headline of a page that leads with one measure."""
    if metric is None:
        return "Nothing is measured here yet"
    said = clause(metric, points)
    if said is None:
        return headline(metric, points)
    words, change = said
    return f"No real change in {words}" if change.direction == "same" else words + _THAN


def joint_finding(lines: Sequence[tuple[dict[str, Any], Sequence[Point]]]) -> str:
    """One headline from two measures: what moved first, then what did not.

    Where neither can be said, the first measure's own headline stands.
    """
    said = [found for metric, points in lines if (found := clause(metric, points))]
    if not said:
        return finding(*lines[0]) if lines else "Nothing is measured here yet"
    moved = [words for words, change in said if change.direction != "same"][:2]
    still = [words for words, change in said if change.direction == "same"][:2]
    if not moved:
        return f"No real change in {' or '.join(still)}"
    first = ", and ".join([moved[0], *(_lower(words) for words in moved[1:])]) + _THAN
    return f"{first}; no real change in {still[0]}" if still else first


def _lower(words: str) -> str:
    """The clause inside a sentence; a short form keeps its capitals."""
    return words if words.split()[0].isupper() else words[0].lower() + words[1:]
