"""The sheets of a scenario's workbook: side by side, year by year, and the assumptions."""

from __future__ import annotations

import pandas as pd

from pages.ahead_read import WHO, futures_of
from pages.queries import ScenarioQuery
from pages.view import View
from pages.what_if import Worked, read_scenario, work
from pages.what_if_form import starts
from pages.what_if_said import NAMES, beside_table, columns_of, measures
from pages.words import sentence_case
from scenarios.futures import CannotWork
from scenarios.levers import Levers
from scenarios.sheet import assumptions
from scenarios.work import ranges

Sheets = dict[str, tuple[str, pd.DataFrame]]
_LEVELS = ("2.5%", "10%", "Middle", "90%", "97.5%")


def sheets_of(view: View, query: ScenarioQuery, unknown: list[str]) -> tuple[list[str], Sheets]:
    """What the cover says, and the sheets by name: their title and their table.

    Raises CannotWork where there are no futures.
    """
    futures = futures_of(view)
    if isinstance(futures, CannotWork):
        raise futures
    months = starts(futures, view.data_to)
    done = work(view, futures, read_scenario(futures, query, months[0][0]))
    scenario = done.scenario
    side = beside_table(done.plain, done.changed, done.beside, scenario.year)
    sheets: Sheets = {
        "Side by side": (side.caption, side.rows),
        "Year by year": ("Every measure, every January, as ranges over futures", _years(done)),
        "Assumptions": ("Assumptions of this scenario", _sheet(done, scenario.levers)),
    }
    if scenario.beside is not None:
        title = "Assumptions of the scenario set beside"
        sheets["Assumptions beside"] = (title, _sheet(done, scenario.beside))
    return _about(view, done, unknown), sheets


def _sheet(done: Worked, levers: Levers) -> pd.DataFrame:
    return assumptions(levers, done.known, done.plain.futures)


def _about(view: View, done: Worked, unknown: list[str]) -> list[str]:
    who = WHO[done.scenario.levers.need]
    said = [
        f"{sentence_case(who)}, {view.profile.name}.",
        "Likely is where 8 in 10 of the simulated futures end. A range is not a promise.",
        *done.changed.notes,
        *(f"Left out: {one}." for one in done.scenario.problems),
    ]
    return said + [f"Not understood in the address: {', '.join(unknown)}."] * bool(unknown)


def _years(done: Worked) -> pd.DataFrame:
    sides = columns_of(done.plain, done.changed, done.beside)
    rows = [
        (side, NAMES[name], f"January {year}", *(f"{value:,.0f}" for value in levels))
        for side, outcome in sides
        for name, values in measures(outcome).items()
        for year, levels in zip(outcome.futures.years, ranges(values).T, strict=True)
    ]
    return pd.DataFrame(rows, columns=["Scenario", "Measure", "When", *_LEVELS])
