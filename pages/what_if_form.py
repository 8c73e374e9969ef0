"""The form of levers: what may be changed, from when, with what it is now."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pages.blocks import Entry, Form
from pages.words import sentence_case
from scenarios.futures import Futures
from scenarios.levers import LEVERS, Levers, bounds, month_words
from scenarios.work import Known, fill_of

if TYPE_CHECKING:
    from pages.what_if import Scenario

_ROWS = (
    ("new",), ("refused",), ("reach", "effect"), ("places", "fill", "place_cost"), ("fees",),
    ("population",),
)  # fmt: skip
_STEPS = {"new": 0.5, "refused": 0.5, "effect": 0.5, "fees": 0.5, "population": 0.5,
          "place_cost": 500}  # fmt: skip
MONTHS, MOST_MONTHS = ("04", "09"), 11
Options = tuple[tuple[str, str], ...]


def lever_form(
    futures: Futures, scenario: Scenario, months: Options, known: Known, *, choose_need: bool
) -> Form:
    """The form, each entry at what the scenario says; `months` are those a change may start in."""
    rows = [_row(futures, scenario.levers, names, months, known) for names in _ROWS]
    last = (_year(futures, scenario.year),)
    rows.append((_who(scenario.levers.need), *last) if choose_need else last)
    return Form(
        "Change what happens",
        tuple(rows),
        "Each change starts in the month you choose. Leave a line alone, and it stays as it is.",
    )


def _row(
    futures: Futures, levers: Levers, names: tuple[str, ...], months: Options, known: Known
) -> tuple[Entry, ...]:
    entries = [_number(levers, name, known) for name in names]
    if names[0] == "places":
        entries.append(_phase(futures, levers))
    start = LEVERS[names[0]].start
    if start:
        entries.append(_start(levers, names[0], start, months))
    return tuple(entries)


def _number(levers: Levers, name: str, known: Known) -> Entry:
    lever, value = LEVERS[name], getattr(levers, name)
    low, high = bounds(name)
    label = f"{lever.name} ({lever.unit})"
    text = "" if value is None else f"{value:g}" if name != "place_cost" else str(value)
    return Entry(name, label, text, _hint(name, known), low, high, _STEPS.get(name, 1))


def _hint(name: str, known: Known) -> str:
    if name == "refused" and known.refused is not None:
        return f"Now {known.refused:.0f}%"
    if name == "fill":
        return f"Empty: {fill_of(Levers(), known):.0f}% are new there each year; the others stay"
    if name == "place_cost" and known.place_cost is not None:
        return f"Empty: what a local place costs now, \u00a3{known.place_cost:,.0f}"
    return sentence_case(LEVERS[name].hint)


def _phase(futures: Futures, levers: Levers) -> Entry:
    phases = list(dict.fromkeys(futures.groups.loc[futures.away, "phase"]))
    options = (("all", "Any age"), *((p, sentence_case(p)) for p in phases if p != "all"))
    return Entry("phase", "For which age", levers.phase, "Who may take them up", options=options)


def _start(levers: Levers, name: str, field: str, months: Options) -> Entry:
    value = getattr(levers, field) or months[0][0]
    options = months if value in dict(months) else (*months, (value, month_words(value)))
    what = "Opening" if name == "places" else "From"
    return Entry(field, what, value, options=options, of=LEVERS[name].name.lower())


def starts(futures: Futures, data_to: date | None) -> Options:
    """The months a change may start in, soonest first: April and September to come."""
    known = f"{data_to:%Y-%m}" if data_to else ""
    months = [f"{y}-{m}" for y in range(futures.origin, futures.years[-1]) for m in MONTHS]
    return tuple((m, month_words(m)) for m in months if m > known)[:MOST_MONTHS] or (
        (f"{futures.origin}-01", month_words(f"{futures.origin}-01")),
    )


def _who(need: str) -> Entry:
    options = (("SEMH", "SEMH as their main need"), ("all", "All children with a plan"))
    return Entry(
        "need", "Children", need, "Whose plans, places and fees are changed", options=options
    )


def _year(futures: Futures, year: int) -> Entry:
    options = tuple((str(y), f"January {y}") for y in futures.years)
    return Entry("by", "Look at", str(year), "The January the results are of", options=options)
