"""From when to when each fact is known, so that a part period is never shown as a whole one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from metrics.measure.calendar import first_day_of_term, last_school_day, last_term_end
from models.borough import Borough

SCHOOL_FACTS = ("suspension", "attendance", "ap_placement")
"""Facts that happen on school days only, reported by the census after the term they happened in."""

TERM_TIME_FACTS = (*SCHOOL_FACTS, "reduced_timetable")
"""Facts of school days: a month without any is no period of theirs, and not a zero."""

CENSUS_DAY_FACTS = ("pupil_census", "census_return")
"""Facts of one day in the term: known for the whole term as soon as that day is."""

_SEN2 = "make_date(extract(year from min(snapshot_date))::int - 1, 1, 1), max(snapshot_date)"
_CAMHS = (
    "greatest(min(received_date), (select min(contact_date) from live_contact)),"
    " greatest(max(received_date), max(discharge_date),"
    " (select max(contact_date) from live_contact))"
)
_WAITS = (
    "greatest(min(contact_date), (select min(received_date) + interval 1 year from live_referral)),"
    " max(contact_date)"
)
DATES: dict[str, str] = {
    "pupil_census": "min(census_date), max(census_date)",
    "census_return": "min(census_date), max(census_date)",
    "attendance": "min(term_start), max(term_end)",
    "suspension": "min(start_date), max(start_date)",
    "ap_placement": "min(entry_date), max(entry_date)",
    "ehc_request": _SEN2,
    "ehc_assessment": _SEN2,
    "ehc_plan": _SEN2,
    "placement": _SEN2,
    "referral": _CAMHS,
    "contact": _WAITS,
    "placement_cost": "min(start_date), max(start_date)",
    "ap_census": "min(census_date), max(census_date)",
    "reduced_timetable": (
        "coalesce((select min(month) from live_reduced_timetable_return), min(start_date)),"
        " coalesce((select last_day(max(month)) from live_reduced_timetable_return),"
        " max(start_date))"
    ),
    "reduced_timetable_return": "min(month), last_day(max(month))",
    "ehe": (
        "coalesce(min(end_date), min(start_date)),"
        " greatest(max(start_date), max(end_date), max(first_contact_date))"
    ),
    "missing_education": "min(found_date), greatest(max(start_date), max(found_date))",
    "dispute": "min(registered_date), greatest(max(registered_date), max(decided_date))",
    "place_wait": (
        "coalesce(min(placed_date), min(asked_date)), greatest(max(asked_date), max(placed_date))"
    ),
    "camhs_monthly": "min(month), last_day(max(month))",
    "training": "date_trunc('month', min(on_date)), max(on_date)",
    "staff_survey": "min(on_date), max(on_date)",
    "voice_survey": "min(on_date), max(on_date)",
    "panel_case": (
        "date_trunc('month', min(received_date)),"
        " greatest(max(received_date), max(decided_date), max(outcome_date))"
    ),
    "data_return": "date_trunc('month', min(due_date)), max(due_date)",
    "intervention": (
        "date_trunc('month', min(start_date)), greatest(max(start_date), max(end_date))"
    ),
    "workforce": "date_trunc('month', min(on_date)), max(on_date)",
    "budget_line": "min(forecast_month), last_day(max(forecast_month))",
    "dsg_balance": (
        "make_date(min(financial_year), 4, 1), make_date(max(financial_year) + 1, 3, 31)"
    ),
    "capital_scheme": (
        "date '2000-01-01',"
        " greatest(max(opened_date), (select max(on_date) from live_capital_place_filled))"
    ),
}
"""First and last day known, by fact. A SEN2 return covers the calendar year before its census.

A mental-health submission brings referrals that were received long before it and are still open;
so referrals count as known only from the first contact on. Waits count as known from a year after
the first referral: before that no long wait could show, and waits would seem to grow.

Registers of spells (home education, waits for a place) hold those that went on when they began to
be kept, and not those that had ended: they are known from the first end they record.
"""

CAMHS_FACTS = ("outcome_score", "care_plan")
"""Submitted together with referrals, so known for the same days."""

SLACK = {"month": timedelta(days=3)}
"""How long before the end of a period the last event may lie when days are read from events."""

YEAR_SLACK = timedelta(days=7)


@dataclass(frozen=True)
class Coverage:
    """First and last day for which a fact is known."""

    first: date
    last: date


def coverage(con: Any, profile: Borough, fact: str) -> Coverage | None:
    """From when to when a fact is known; None where no live load has it."""
    known = "referral" if fact in CAMHS_FACTS else fact
    dates = DATES.get(known)
    if dates is None:
        return None
    first, last = con.execute(f"select {dates} from live_{known}").fetchall()[0]
    if first is None or last is None:
        return None
    first = first.date() if isinstance(first, datetime) else first
    if fact in SCHOOL_FACTS:
        first = first_day_of_term(profile, first) or first
        last = max(last, _reported_to(con, profile) or last)
    return Coverage(first, last)


def _reported_to(con: Any, profile: Borough) -> date | None:
    (census,) = con.execute("select max(census_date) from live_census_return").fetchall()[0]
    return last_term_end(profile, census) if census else None


def is_whole(
    profile: Borough, fact: str, kind: str, start: date, end: date, known: Coverage
) -> bool:
    """Whether the period from `start` to `end` is wholly within what is known of the fact.

    A school fact needs only the school days of the period; a month without any is no period of
    its own. Where the last known day is the day of the last event, it may lie a few days short.
    """
    if kind == "census" or (kind == "term" and fact in CENSUS_DAY_FACTS):
        return start <= known.last
    if fact in TERM_TIME_FACTS:
        day = last_school_day(profile, start, end)
        if day is None:
            return False
        end = day
    slack = SLACK.get(kind, YEAR_SLACK)
    return known.first - slack <= start and end - slack <= known.last
