"""Measures of the council's own records, worked out again by plain Python on made-up data."""

import sys
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parent))

from tiny import measured, pupil, suspension, warehouse

FEW = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PEOPLE = [f"person {i}" for i in range(8)]
CENSUSES = [date(2024, 1, 18), date(2025, 1, 16), date(2026, 1, 15)]
people = st.sampled_from(PEOPLE)
days = st.dates(date(2023, 9, 1), date(2025, 8, 31))
events = st.lists(st.tuples(people, days), max_size=25)
rolls = st.lists(st.tuples(people, st.sampled_from(CENSUSES)), min_size=1, unique=True)


def year_of(day):
    return day.year if day.month >= 9 else day.year - 1


def months_on(day, months):
    """The same day of a later month, or its last day where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError(day)


def of(con, metric, breakdown="all"):
    """Numerator and denominator by year and category, periods that are shown only."""
    rows = [r for r in measured(con, metric) if r["status"] != "not_available"]
    rows = [r for r in rows if r["breakdown"] == breakdown and r["area_kind"] == "borough"]
    return {
        (r["period_start"].year, r["category"]): (r["numerator"], r["denominator"]) for r in rows
    }


def with_ids(rows):
    return [suspension(who, day) | {"suspension_id": f"s{n}"} for n, (who, day) in enumerate(rows)]


@FEW
@given(events, st.lists(st.tuples(people, days), min_size=1, max_size=12), rolls)
@pytest.mark.parametrize("months", [3, 6, 12])
def test_children_followed_after_a_decision(months, suspended, cases, roll):
    con = warehouse(
        panel_case=[
            {"case_id": f"c{n}", "person_id": who, "panel": "p", "decided_date": day,
             "urn_from": 900001, "received_date": day}
            for n, (who, day) in enumerate(cases)
        ],
        suspension=with_ids([*suspended, ("nobody", date(2024, 1, 8))]),
        pupil_census=[pupil(who, census) for who, census in roll],
    )  # fmt: skip
    expected = defaultdict(lambda: [0, 0])
    for who, day in cases:
        over = months_on(day, months)
        if not any(name == who and census >= over for name, census in roll):
            continue
        cell = expected[year_of(over)]
        cell[1] += 1
        cell[0] += not any(name == who and day < when <= over for name, when in suspended)
    found = of(con, f"panel_no_suspension_{months}_months")
    assert {year: list(cell) for (year, _), cell in found.items()} == dict(expected)


spells = st.lists(
    st.tuples(people, days, st.integers(0, 400), st.integers(0, 900)), min_size=1, max_size=15
)


def _supported(rows):
    return [
        {"delivery_id": f"d{n}", "person_id": who, "intervention_id": "I1", "start_date": start,
         "end_date": start + timedelta(lasts) if lasts else None, "cost": cost}
        for n, (who, start, lasts, cost) in enumerate(rows)
    ]  # fmt: skip


REGISTER = [{"intervention_id": "I1", "name": "Nurture group", "evidence_rating": "moderate"}]


@FEW
@given(spells, rolls)
def test_pupils_with_semh_who_had_support(given_support, roll):
    con = warehouse(
        intervention=_supported(given_support),
        intervention_register=REGISTER,
        pupil_census=[pupil(who, census) for who, census in roll],
    )
    covered = {year_of(start) for _, start, _, _ in given_support}
    expected = defaultdict(lambda: [0, 0, 0])
    for who, census in roll:
        year = year_of(census)
        if year not in covered:
            continue
        cell = expected[year]
        cell[1] += 1
        mine = [s for s in given_support if s[0] == who and year_of(s[1]) <= year]
        cell[0] += any(
            year_of(start) == year
            or (lasts and start + timedelta(lasts) >= date(year, 9, 1))
            for _, start, lasts, _ in mine
        )  # fmt: skip
        cell[2] += sum(cost for _, start, _, cost in mine if year_of(start) == year)
    share, spend = of(con, "intervention_coverage"), of(con, "support_spend_per_pupil")
    assert {y: list(cell) for (y, _), cell in share.items()} == {
        y: [n, d] for y, (n, d, _) in expected.items()
    }
    assert {y: list(cell) for (y, _), cell in spend.items()} == {
        y: [pounds, d] for y, (_, d, pounds) in expected.items()
    }


told = st.dictionaries(
    st.tuples(
        st.sampled_from([900001, 900002]), st.sampled_from(["teacher", "SENCO"]), days
    ),
    st.tuples(st.integers(0, 12), st.integers(1, 12)),
    min_size=1, max_size=12,
)  # fmt: skip


def _trained(rows):
    return [
        {"urn": urn, "role": role, "course": "c", "on_date": day, "attended": came,
         "eligible": owed}
        for (urn, role, day), (came, owed) in rows.items()
    ]  # fmt: skip


@FEW
@given(told)
def test_staff_trained_of_those_who_should_be(rows):
    groups = defaultdict(list)
    for (urn, role, day), numbers in rows.items():
        groups[year_of(day), urn, role].append(numbers)
    expected = defaultdict(lambda: [0, 0])
    for (year, _, _), numbers in groups.items():
        owed = max(n for _, n in numbers)
        expected[year][0] += min(sum(came for came, _ in numbers), owed)
        expected[year][1] += owed
    found = of(warehouse(training=_trained(rows)), "training_coverage")
    assert {year: list(cell) for (year, _), cell in found.items()} == dict(expected)


@FEW
@given(told, events, rolls)
def test_suspensions_where_staff_were_trained(rows, suspended, roll):
    con = warehouse(
        training=_trained(rows),
        pupil_census=[pupil(who, census) for who, census in roll],
        suspension=with_ids([*suspended, ("nobody", date(2022, 1, 10))]),
        school=[{"urn": 900001, "phase": "primary"}],
    )
    came = defaultdict(int)
    for (urn, _, day), (attended, _) in rows.items():
        came[urn, year_of(day) + 1] += attended
    years = {year for _, year in came}

    def kind(year):
        if (900001, year) not in came:
            return "No training record sent"
        who = "Staff" if came[900001, year] else "Nobody"
        return f"{who} trained the year before"

    expected = defaultdict(lambda: [0, 0])
    for _, census in roll:
        if year_of(census) in years:
            expected[year_of(census), kind(year_of(census))][1] += 1
    for _, day in suspended:
        if (year_of(day), kind(year_of(day))) in expected:
            expected[year_of(day), kind(year_of(day))][0] += 1
    found = of(con, "suspensions_by_training", "training")
    shown = {key: list(cell) for key, cell in found.items() if cell[1] > 0}
    assert shown == dict(expected)


@FEW
@given(st.sets(st.tuples(st.sampled_from(["1.2.1", "1.2.2", "1.2.3"]), st.integers(4, 12)),
               min_size=1))  # fmt: skip
def test_months_of_forecast_without_a_hole(sent):
    con = warehouse(
        budget_line=[
            {"line": line, "part": "all", "financial_year": 2025,
             "forecast_month": date(2025, month, 1), "budget": 100, "forecast_outturn": 110}
            for line, month in sent
        ]
    )  # fmt: skip
    expected = {}
    for month in {month for _, month in sent}:
        here = {line for line, m in sent if m == month}
        due = {
            line
            for line, _ in sent
            if min(m for name, m in sent if name == line) <= month
            <= max(m for name, m in sent if name == line)
        }  # fmt: skip
        if here == due:
            expected[month] = 110.0 * len(here)
    rows = measured(con, "high_needs_forecast")
    found = {
        r["period_start"].month: r["value"]
        for r in rows
        if r["breakdown"] == "all" and r["status"] == "ok"
    }
    assert found == expected


@FEW
@given(st.dictionaries(
    st.tuples(st.sampled_from(["teacher", "SENCO"]),
              st.sampled_from(["strongly agree", "agree", "neither", "not applicable"])),
    st.integers(0, 40), min_size=1))  # fmt: skip
def test_answers_counted_out(answers):
    con = warehouse(
        staff_survey=[
            {"urn": 900001, "role": role, "on_date": date(2025, 3, 14), "question": "confident",
             "answer": answer, "answers": number}
            for (role, answer), number in answers.items()
        ]
    )  # fmt: skip
    for role in ("teacher", "SENCO"):
        said = {a: n for (r, a), n in answers.items() if r == role and a != "not applicable"}
        agree, asked = said.get("strongly agree", 0) + said.get("agree", 0), sum(said.values())
        found = of(con, "staff_confident", "role").get((2025, role))
        assert found == ((agree, asked) if asked else None)
