"""Each measure that is more than a count, worked out again by plain Python on made-up data."""

import math
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parent))

from tiny import cells, measured, pupil, suspension, warehouse

FEW = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PEOPLE = [f"person {i}" for i in range(12)]
SCHOOLS = [{"urn": 900001, "phase": "primary"}, {"urn": 900002, "phase": "secondary"}]
people = st.sampled_from(PEOPLE)
urns = st.sampled_from([900001, 900002])


def days(first, last):
    return st.dates(first, last)


registrations = st.dictionaries(
    st.tuples(people, st.sampled_from([date(2024, 1, 18), date(2025, 1, 16)])),
    st.fixed_dictionaries(
        {
            "urn": urns,
            "sen_provision": st.sampled_from(["N", "K", "E"]),
            "primary_need": st.sampled_from(["SEMH", "SLCN", None]),
            "enrol_status": st.sampled_from(["C", "M"]),
        }
    ),
    min_size=1,
)
suspensions = st.lists(
    st.tuples(
        people,
        days(date(2023, 9, 1), date(2025, 8, 31)),
        urns,
        st.sampled_from(["SUSP", "LNCH", "PERM"]),
    ),
    min_size=1,
)


def year_of(day):
    return day.year if day.month >= 9 else day.year - 1


def has_semh(row):
    return row["sen_provision"] in ("K", "E") and row["primary_need"] == "SEMH"


def naive_suspension_rate(roll, events):
    """Suspensions and pupils by academic year, for all and by school; walked one by one."""
    found = defaultdict(lambda: [0, 0])
    for (_, census), row in roll.items():
        if has_semh(row):
            for place in ("all", row["urn"]):
                found[census.year - 1, place][1] += 1
    for person, day, urn, category in events:
        year = year_of(day)
        known = {census.year - 1: row for (who, census), row in roll.items() if who == person}
        row = known.get(year) or known.get(year - 1)
        if category != "PERM" and row and has_semh(row):
            for place in ("all", urn):
                found[year, place][0] += 1
    return {key: 100 * n / d for key, (n, d) in found.items() if d}


@FEW
@given(registrations, suspensions)
def test_suspension_rate(roll, events):
    con = warehouse(
        pupil_census=[pupil(who, census, **row) for (who, census), row in roll.items()],
        suspension=[
            suspension(who, day, urn=urn, category=category) for who, day, urn, category in events
        ],
        school=SCHOOLS,
    )
    rows = [r for r in measured(con, "semh_suspension_rate") if not r["status"].startswith("not_")]
    got = {
        (start.year, "all" if kind == "all" else int(area)): value
        for (start, kind, area), (value,) in cells(rows, "value").items()
        if kind in ("all", "school")
    }
    assert got == pytest.approx(naive_suspension_rate(roll, events))


ABSENT = {"C", "C1", "C2", "E", "G", "H", "I", "J1", "M", "N", "O", "R", "S", "T", "U"}
TERMS = [(date(2024, 9, 2), date(2024, 12, 20)), (date(2025, 1, 6), date(2025, 4, 11))]
REPORTED = [date(2025, 1, 16), date(2025, 5, 15)]
attended = st.dictionaries(
    st.tuples(people, urns, st.sampled_from([0, 1]), st.sampled_from([*"/\\LBKDIOCEUXY", "C2"])),
    st.integers(1, 30),
    min_size=1,
)
possible = st.dictionaries(
    st.tuples(people, urns, st.sampled_from([0, 1])), st.integers(1, 130), min_size=1
)


def naive_absence(sessions, enrolled, semh):
    """Sessions missed and possible for each pupil with SEMH need, term and school by turns."""
    missed, total = Counter(), Counter()
    for (who, urn, term), number in enrolled.items():
        if who not in semh:
            continue
        total[who] += number
        for (person, school, when, code), count in sessions.items():
            if (person, school, when) == (who, urn, term) and code in ABSENT:
                missed[who] += count
    return missed, total


@FEW
@given(attended, possible, st.sets(people))
def test_absence_and_persistent_absence(sessions, enrolled, semh):
    with_need = [pupil(who, sessions_possible=None, urn=900009) for who in sorted(semh)]
    con = warehouse(
        pupil_census=with_need
        + [
            pupil(who, REPORTED[t], urn=urn, on_roll=False, sessions_possible=n)
            for (who, urn, t), n in enrolled.items()
        ],
        attendance=[
            {"term_start": TERMS[t][0], "term_end": TERMS[t][1], "person_id": who, "urn": urn,
             "code": code, "sessions": n}
            for (who, urn, t, code), n in sessions.items()
        ]
        + [
            {"term_start": first, "term_end": last, "person_id": "nobody", "urn": 1, "code": "/",
             "sessions": 1}
            for first, last in TERMS
        ],
    )  # fmt: skip
    missed, total = naive_absence(sessions, enrolled, semh)
    absence = _whole(measured(con, "semh_absence"))
    persistent = _whole(measured(con, "semh_persistent_absence"))
    if not total:
        assert absence is None and persistent is None
        return
    often = sum(missed[who] >= 0.1 * total[who] for who in total)
    assert persistent == (often, len(total), pytest.approx(100 * often / len(total)))
    n, d = sum(missed.values()), sum(total.values())
    assert absence == (n, d, pytest.approx(100 * n / d))


def _whole(rows):
    """Numerator, denominator and value of the borough's only year; None where there is none."""
    found = cells(rows, "numerator", "denominator", "value")
    if all(row["loads"].startswith("no current load") for row in rows):
        return None
    return found.get((date(2024, 9, 1), "all", "all"))


waits = st.lists(
    st.tuples(
        days(date(2024, 10, 1), date(2025, 2, 28)),
        st.integers(-20, 90),
        st.integers(0, 20),
        st.sampled_from(["5", "6", "3", "7", "2", "4"]),
    ),
    min_size=1,
    max_size=30,
)


def naive_quantile(values, share):
    """A quantile by sorting and reading between neighbours."""
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low = math.floor(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])


@FEW
@given(waits)
def test_wait_quantiles(rows):
    referral, contact, expected = [], [], defaultdict(list)
    for i, (received, days_to_first, gap, attend) in enumerate(rows):
        referral.append({"referral_id": f"r{i}", "person_id": f"p{i}", "received_date": received,
                         "age_at_referral": 10, "team_type": "A18"})  # fmt: skip
        first = received + timedelta(days=days_to_first)
        again = first + timedelta(days=gap)
        for n, (when, status) in enumerate(((first, attend), (again, "5"))):
            contact.append({"contact_id": f"c{i}-{n}", "referral_id": f"r{i}", "person_id": f"p{i}",
                            "contact_date": when, "attended": status})  # fmt: skip
        attended = [again, *([first] if attend in ("5", "6") else [])]
        if seen := min((day for day in attended if day >= received), default=None):
            expected[seen.replace(day=1)].append((seen - received).days / 7)
    con = warehouse(referral=referral, contact=contact)
    for metric, share in (("camhs_wait_median", 0.5), ("camhs_wait_p90", 0.9)):
        found = {
            start: value
            for (start, kind, _), (value,) in cells(measured(con, metric), "value").items()
            if kind == "all"
        }
        if expected:
            assert found == pytest.approx(
                {month: naive_quantile(values, share) for month, values in expected.items()}
            )


stays = st.lists(
    st.tuples(
        people,
        st.sampled_from(["unit-1", "unit-2", "unit-3"]),
        days(date(2024, 1, 1), date(2025, 6, 30)),
        st.one_of(st.none(), st.integers(0, 400)),
    ),
    min_size=1,
    max_size=40,
)
PLACES = {
    "unit-1": [(date(2024, 9, 2), date(2024, 12, 20), 6), (date(2025, 1, 6), date(2025, 4, 11), 8)],
    "unit-2": [(date(2024, 9, 2), date(2024, 12, 20), 10)],
    "unit-3": [(date(2024, 9, 2), date(2024, 12, 20), 10)],
}


@FEW
@given(stays)
def test_places_filled(rows):
    dated = [
        (who, unit, start, start + timedelta(days=length) if length is not None else None)
        for who, unit, start, length in rows
    ]
    con = warehouse(
        placement_cost=[
            {"placement_id": str(i), "person_id": who, "provision_id": unit, "start_date": start,
             "end_date": end}
            for i, (who, unit, start, end) in enumerate(dated)
        ],
        provision=[
            {"provision_id": unit, "designation": "ASD" if unit == "unit-3" else "SEMH",
             "in_borough": True, "locality": "north"}
            for unit in PLACES
        ],
        provision_places=[
            {"provision_id": unit, "period_start": first, "period_end": last, "key_stage": "all",
             "places": n}
            for unit, terms in PLACES.items()
            for first, last, n in terms
        ],
    )  # fmt: skip
    found = cells(measured(con, "semh_places_filled"), "numerator", "denominator", "value")
    for first, last in (
        (date(2024, 9, 2), date(2024, 12, 20)),
        (date(2025, 1, 6), date(2025, 4, 11)),
    ):
        filled, places = 0, 0
        for unit in ("unit-1", "unit-2"):
            for start, end, n in PLACES[unit]:
                if (start, end) != (first, last):
                    continue
                places += n
                for _, where, begun, over in dated:
                    filled += where == unit and begun <= last and (over is None or over >= last)
        assert found[first, "all", "all"] == pytest.approx((filled, places, 100 * filled / places))
