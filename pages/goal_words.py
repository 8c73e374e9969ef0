"""What would have to change, by when: the goal's form and its answer in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pages.blocks import Entry, Form, Note
from pages.queries import ScenarioQuery
from pages.words import number, pounds
from scenarios.futures import CannotWork, Futures
from scenarios.goal import SOUGHT, Found, Target, seek
from scenarios.levers import LEVERS, Levers, month_words
from scenarios.work import Known

if TYPE_CHECKING:
    from pages.what_if import Scenario

_AIMS = {
    "children": "children with a plan", "away": "children placed outside the borough",
    "pounds": "pounds a year for all places",
    "pounds_away": "pounds a year outside the borough and for new places",
}  # fmt: skip
_SURE = {"even": (0.5, "As likely as not"), "likely": (0.9, "9 times in 10")}
MOST = {"children": 100_000, "away": 20_000, "pounds": 1e9, "pounds_away": 1e9}


def goal_form(futures: Futures, query: ScenarioQuery, year: int) -> Form:
    """What to ask: at most how much of what, by which lever, how surely."""
    aim, lever, sure = _choices(query)
    first = (
        Entry("aim", "We want at most", aim, options=tuple(_AIMS.items())),
        Entry("amount", "How many", _amount_text(query), f"by January {year}", 0, 1e9, 1),
    )
    second = (
        Entry("goal", "What could change", lever, options=tuple(
            (name, LEVERS[name].name) for name in SOUGHT
        )),
        Entry("sure", "How sure", sure, options=tuple((k, w) for k, (_, w) in _SURE.items())),
    )  # fmt: skip
    return Form(
        "What would have to change to reach a target?",
        (first, second),
        "The other lines of the form above stay as you set them; the change starts when its own"
        " line above says.",
    )


def _choices(query: ScenarioQuery) -> tuple[str, str, str]:
    aim = query.aim if query.aim in _AIMS else "away"
    lever = query.goal if query.goal in SOUGHT else "places"
    return aim, lever, query.sure if query.sure in _SURE else "even"


def _amount(query: ScenarioQuery) -> float | None:
    """The target, or None where it is no number from nought up. Never infinite, never NaN."""
    try:
        value = float(str(query.amount or ""))
    except ValueError:
        return None
    aim, _, _ = _choices(query)
    return value if 0 <= value <= MOST[aim] else None


def _amount_text(query: ScenarioQuery) -> str:
    value = _amount(query)
    return "" if value is None else f"{value:.0f}"


def goal_said(
    futures: Futures, query: ScenarioQuery, scenario: Scenario, soonest: str, known: Known
) -> list[Note]:
    """The answer, or what is wrong with the question; nothing while nothing is asked."""
    if not query.amount:
        return []
    aim, lever, sure = _choices(query)
    amount = _amount(query)
    if amount is None:
        words = f"Write a number from 0 to {MOST[aim]:,} as the target."
        return [Note("The target is not understood", words, "concern")]
    target: Any = Target(aim, amount, scenario.year, _SURE[sure][0])  # type: ignore[arg-type]
    try:
        levers = _from(scenario.levers, lever, soonest)
        found = seek(futures, levers, lever, target, known)
    except CannotWork as problem:
        words = f"{problem.problem} {problem.next_step[:1].upper()}{problem.next_step[1:]}."
        return [Note("The goal can't be worked out", words, "concern")]
    return [_said(found, target, lever, levers, sure)]


def _from(levers: Levers, lever: str, soonest: str) -> Levers:
    """The levers with a start for the one that is sought, where it has none of its own."""
    start = LEVERS[lever].start
    if start is None or getattr(levers, start):
        return levers
    return levers.model_copy(update={start: soonest})


def _said(found: Found, target: Target, lever: str, levers: Levers, sure: str) -> Note:
    goal = f"at most {_value(target.amount, target.aim)} in January {target.year}"
    chance = "" if sure == "even" else ", 9 times in 10"
    if found.reached and found.latest is None and found.without <= target.amount:
        words = f"Without moving this, it would be {_value(found.without, target.aim)}{chance}."
        return Note(f"The target of {goal} is reached already", words, "improvement")
    if not found.reached:
        words = (
            f"Even at {_set(lever, found.bound)} it would be"
            f" {_value(found.best, target.aim)}{chance}, and without it"
            f" {_value(found.without, target.aim)}. Try another change beside it, start earlier,"
            " or set a nearer target."
        )
        return Note(f"This alone can't reach {goal}", words, "concern")
    assert found.value is not None
    start = getattr(levers, LEVERS[lever].start or "", None) if LEVERS[lever].start else None
    since = f" from {month_words(start)}" if start else ""
    latest = ""
    if found.latest:
        latest = (
            f" It can start no later than {month_words(found.latest)}, and then would have to be"
            f" {_set(lever, found.bound)}, the most the form allows."
        )
    words = (
        f"{LEVERS[lever].name}: {_set(lever, found.value)}{since}. Without it there would be"
        f" {_value(found.without, target.aim)}{chance}.{latest}"
    )
    return Note(f"To have {goal}{chance}", words, "neutral")


def _set(lever: str, value: float) -> str:
    if lever in ("new", "population"):
        way = "fewer" if value < 0 else "more"
        return f"{abs(value):g}% {way}"
    if lever == "fees":
        return f"{value:g}% a year beside today's prices"
    if lever == "places":
        return f"{value:,.0f} new places"
    return f"{value:g}%"


def _value(value: float, aim: str) -> str:
    if aim.startswith("pounds"):
        return pounds(round(value, -3))
    who = {"children": "children with a plan", "away": "children outside the borough"}[aim]
    return f"{number(value)} {who}"
