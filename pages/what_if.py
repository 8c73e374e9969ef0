"""What if: a scenario from the address, worked out, beside another, with the goal it may reach."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from pages.ahead_read import futures_of, known_of
from pages.blocks import Block, Details, Keeping, Note, Section, Table
from pages.goal_words import goal_form, goal_said
from pages.queries import ScenarioQuery
from pages.view import View
from pages.what_if_form import lever_form, starts
from pages.what_if_said import beside_table, cards, figures, links_beside, result_words
from pages.words import sentence_case
from scenarios.futures import CannotWork, Futures
from scenarios.levers import LEVERS, Levers, check, read_levers, read_search
from scenarios.sheet import assumptions
from scenarios.work import Known, Outcome, work_out


@dataclass(frozen=True)
class Scenario:
    """What an address asks for, after checking: what can't be used is in `problems`."""

    levers: Levers
    beside: Levers | None
    year: int
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Worked:
    """A scenario, the published course it starts from, and what stands beside, worked out."""

    scenario: Scenario
    known: Known
    plain: Outcome
    changed: Outcome
    beside: Outcome | None


def read_scenario(
    futures: Futures, query: ScenarioQuery, soonest: str, need: str | None = None
) -> Scenario:
    """The scenario an address asks for. A lever that can't be used is left alone and named.

    A change with no start begins in the `soonest` month.
    """
    said = query.model_dump(include=set(Levers.model_fields), exclude_none=True)
    levers, problems = read_levers(said | ({"need": need} if need else {}))
    levers, wrong = _workable(futures, started(levers, soonest))
    beside, others = None, list[str]()
    if query.beside:
        beside, others = read_search(query.beside)
        beside, more = _workable(futures, beside.model_copy(update={"need": levers.need}))
        others = [f"in the scenario set beside, {one}" for one in (*others, *more)]
    year, late = _year(futures, query.by)
    return Scenario(levers, beside, year, tuple([*problems, *wrong, *others, *late]))


def started(levers: Levers, soonest: str) -> Levers:
    """The levers with a start for each that is moved."""
    fields = {name: lever.start for name, lever in LEVERS.items() if lever.start}
    missing = {
        start: soonest
        for name, start in fields.items()
        if getattr(levers, name) not in (0, None) and getattr(levers, start) is None
    }
    return levers.model_copy(update=missing)


def _workable(futures: Futures, levers: Levers) -> tuple[Levers, list[str]]:
    problems = check(futures, levers)
    return (levers, []) if not problems else (Levers(need=levers.need), problems)


def _year(futures: Futures, said: str | None) -> tuple[int, list[str]]:
    usual = futures.years[min(3, len(futures.years) - 1)]
    if not said:
        return usual, []
    if said.isascii() and said.isdigit() and int(said) in futures.years:
        return int(said), []
    first, last = futures.years[0], futures.years[-1]
    return usual, [f"the year looked at must be one from {first} to {last}"]


def work(view: View, futures: Futures, scenario: Scenario) -> Worked:
    """A scenario worked out in the published futures."""
    need = scenario.levers.need
    known = known_of(view, need)
    plain = view.once(("plain", need), lambda: work_out(futures, Levers(need=need), known))
    changed = work_out(futures, scenario.levers, known) if scenario.levers.moved else plain
    beside = work_out(futures, scenario.beside, known) if scenario.beside else None
    return Worked(scenario, known, plain, changed, beside)


def what_if(
    view: View, query: ScenarioQuery, path: str, *, money: bool = False, need: str | None = None
) -> list[Block]:
    """The section of a page in which people move the levers; `money` puts pounds first."""
    futures = futures_of(view)
    if isinstance(futures, CannotWork):
        why = f"{futures.problem} Next: {futures.next_step}."
        return [Section("What if", (Note("No scenario can be worked out", why),), anchor="what-if")]
    months = starts(futures, view.data_to)
    scenario = read_scenario(futures, query, months[0][0], need)
    done = work(view, futures, scenario)
    parts = [
        *_problems(scenario),
        lever_form(futures, scenario, months, done.known, choose_need=money),
        *_outcome(done, path, money),
        goal_form(futures, query, scenario.year),
        *goal_said(futures, query, scenario, months[0][0], done.known),
        Details("Assumptions of this scenario", (_sheet(done, futures),)),
        _keeping(view, query, path),
    ]
    words = (
        "Change a number, and the futures are worked out again with it, at today's prices. Nothing"
        " is saved."
    )
    return [Section("What if", tuple(parts), words, anchor="what-if")]


def _problems(scenario: Scenario) -> list[Block]:
    if not scenario.problems:
        return []
    words = ". ".join(sentence_case(one) for one in scenario.problems)
    return [Note("Part of this scenario was left out", f"{words}. The rest is shown.", "concern")]


def _outcome(done: Worked, path: str, money: bool) -> list[Block]:
    words = result_words(done.plain, done.changed, done.scenario.year, money)
    if not done.scenario.levers.moved and done.beside is None:
        return [Note("Nothing is changed yet", words, "none")]
    notes = [Note("Left out of the sum", words, "concern") for words in done.changed.notes]
    return [
        Note("With these changes", words, "neutral"),
        *notes,
        cards(done.plain, done.changed, done.scenario.year, money),
        *figures(done.plain, done.changed, done.beside, money),
        beside_table(done.plain, done.changed, done.beside, done.scenario.year),
        links_beside(path, done.scenario.levers, done.scenario.beside),
    ]


def _sheet(done: Worked, futures: Futures) -> Table:
    rows = assumptions(done.scenario.levers, done.known, futures)
    return Table("Assumptions of this scenario", rows, file="scenario-assumptions")


def _keeping(view: View, query: ScenarioQuery, path: str) -> Keeping:
    said = {n: v for n, v in query.model_dump(exclude_none=True).items() if v != ""}
    kept = {n: v for n, v in said.items() if n in ScenarioQuery.model_fields}
    here = f"{path}?{urlencode(kept)}" if kept else path
    file = f"/scenario?{urlencode({'page': here})}"
    reset = path if "need" not in kept else f"{path}?{urlencode({'need': kept['need']})}"
    return Keeping(f"{here}#what-if", file, reset, "partner" in view.principal.tiers)
