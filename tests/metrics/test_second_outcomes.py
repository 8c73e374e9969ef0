"""Suspensions and absence worked out again by plain Python, for every population."""

import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parent))

from tiny import cells, measured, pupil, suspension, warehouse

FEW = settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PEOPLE = [f"person {i}" for i in range(10)]
people = st.sampled_from(PEOPLE)
CENSUSES = [date(2024, 1, 18), date(2025, 1, 16)]
YEARS = [2023, 2024]
registrations = st.dictionaries(
    st.tuples(people, st.sampled_from(CENSUSES)),
    st.fixed_dictionaries(
        {
            "sen_provision": st.sampled_from(["N", "K", "E"]),
            "primary_need": st.sampled_from(["SEMH", "MLD", None]),
            "enrol_status": st.sampled_from(["C", "M"]),
        }
    ),
    min_size=4,
)
reasons = st.lists(st.sampled_from(["DB", "VA", "VP", "PP", "OW", "XX"]), min_size=1, max_size=3)
events = st.lists(
    st.tuples(
        people,
        st.dates(date(2023, 9, 4), date(2025, 7, 18)),
        st.sampled_from(["SUSP", "LNCH", "PERM"]),
        st.integers(1, 10),
        reasons,
    ),
    min_size=1,
    max_size=25,
)
GROUPS = {
    "all": lambda row: True,
    "sen": lambda row: row["sen_provision"] in ("K", "E"),
    "semh": lambda row: row["sen_provision"] in ("K", "E") and row["primary_need"] == "SEMH",
}
WORDS = {
    "DB": "Persistent disruptive behaviour",
    "VA": "Verbal abuse or threats",
    "VP": "Verbal abuse or threats",
    "PP": "Physical assault, pupil",
    "OW": "Weapon or prohibited item",
    "XX": "Other reasons",
}


def year_of(day):
    return day.year if day.month >= 9 else day.year - 1


def known(roll, person, year):
    """What is known of a pupil in an academic year: its January, else the one before."""
    own = roll.get((person, date(year + 1, 1, 18))) or roll.get((person, date(year + 1, 1, 16)))
    before = roll.get((person, date(year, 1, 18)))
    return own or before


def on_roll(roll, year, group):
    return {who for (who, census), row in roll.items() if year_of(census) == year and group(row)}


def of_group(roll, told, year, name):
    """Events of one year of pupils of a group; everyone's where the group is all."""
    found = []
    for person, day, category, sessions, why in told:
        row = known(roll, person, year)
        if year_of(day) == year and (name == "all" or (row and GROUPS[name](row))):
            found.append((person, category, sessions, why))
    return found


def loaded(roll, told):
    return warehouse(
        pupil_census=[pupil(who, census, **row) for (who, census), row in roll.items()],
        suspension=[
            suspension(
                who,
                day,
                suspension_id=str(i),
                category=category,
                sessions=sessions,
                **{f"reason{n + 1}": code for n, code in enumerate(why)}
                | {f"reason{n + 1}": None for n in range(len(why), 3)},
            )
            for i, (who, day, category, sessions, why) in enumerate(told)
        ],
    )


def whole(con, metric, *numbers):
    """Numbers of the borough by year, without years in which nothing could be told."""
    rows = [r for r in measured(con, metric) if r["status"] in ("ok", "low_base")]
    return {k[0].year: v for k, v in cells(rows, *numbers).items() if k[1] == "all"}


@FEW
@given(registrations, events)
def test_suspensions_and_exclusions_of_each_population(roll, told):
    con = loaded(roll, told)
    for name, group in GROUPS.items():
        rate, once, lost, excluded = {}, {}, {}, {}
        for year in YEARS:
            pupils = on_roll(roll, year, group)
            mine = of_group(roll, told, year, name)
            away = [e for e in mine if e[1] != "PERM"]
            if pupils:
                rate[year] = 100 * len(away) / len(pupils)
                once[year] = 100 * len({e[0] for e in away} & pupils) / len(pupils)
                lost[year] = 100 * sum(e[2] for e in away) / 2 / len(pupils)
                excluded[year] = 100 * sum(e[1] == "PERM" for e in mine) / len(pupils)
        expected = {
            f"{name}_suspension_rate": rate,
            f"{name}_pupils_suspended": once,
            f"{name}_permanent_exclusion_rate": excluded,
            f"{name}_days_lost_to_suspension": lost,
        }
        if name == "sen":
            expected.pop("sen_days_lost_to_suspension")
        for metric, values in expected.items():
            found = {year: v for year, (v,) in whole(con, metric, "value").items()}
            assert found == pytest.approx(values), metric


@FEW
@given(registrations, events)
def test_each_child_counts_once_for_each_reason(roll, told):
    con = loaded(roll, told)
    for name in ("all", "semh"):
        expected = Counter()
        for year in YEARS:
            pairs = {
                (person, WORDS[code])
                for person, category, _, why in of_group(roll, told, year, name)
                if category != "PERM"
                for code in why
            }
            expected.update((year, words) for _, words in pairs)
        found = {
            (start.year, words): value
            for (start, kind, words), (value,) in cells(
                measured(con, f"{name}_suspension_reasons"), "value"
            ).items()
            if kind == "reason" and value > 0
        }
        assert found == dict(expected)


@FEW
@given(registrations, events)
def test_monthly_rate_of_pupils_with_semh(roll, told):
    con = loaded(roll, told)
    rows = measured(con, "semh_suspension_rate_monthly", to=date(2025, 7, 31))
    found = {k[0]: v for k, v in cells(rows, "value").items() if k[1] == "all" and v == v}
    for (month,), year in (((start,), year_of(start)) for start in found):
        pupils = on_roll(roll, year, GROUPS["semh"])
        mine = [
            person
            for person, day, category, _, _ in told
            if day.replace(day=1) == month
            and category != "PERM"
            and (row := known(roll, person, year))
            and GROUPS["semh"](row)
        ]
        if pupils:
            assert found[month][0] == pytest.approx(100 * len(mine) / len(pupils))
    with_pupils = [y for y in YEARS if on_roll(roll, y, GROUPS["semh"])]
    # Eleven months of each school year have school days; August has none.
    shown = [r for r in rows if r["breakdown"] == "all" and r["status"] in ("ok", "low_base")]
    assert len(shown) == 11 * len(with_pupils)


TERM = (date(2024, 9, 2), date(2024, 12, 20))
codes = st.dictionaries(
    st.tuples(people, st.sampled_from(["I", "O", "U", "C2", "B", "K", "/", "D"])),
    st.integers(1, 30),
    min_size=5,
)
possible = st.dictionaries(people, st.integers(40, 130), min_size=3)
MISSED, WITHOUT_LEAVE = {"I", "O", "U", "C2"}, {"O", "U"}


@FEW
@given(codes, possible, st.sets(people), st.sets(people))
def test_absence_by_code_of_each_population(sessions, enrolled, sen, semh):
    con = warehouse(
        pupil_census=[
            pupil(
                who,
                sessions_possible=n,
                sen_provision="K" if who in sen | semh else "N",
                primary_need="SEMH" if who in semh else None,
            )
            for who, n in enrolled.items()
        ],
        attendance=[
            {"term_start": TERM[0], "term_end": TERM[1], "person_id": who, "urn": 900001,
             "code": code, "sessions": n}
            for (who, code), n in sessions.items()
        ],
    )  # fmt: skip
    inside = {"all": set(enrolled), "sen": (sen | semh) & set(enrolled)}
    inside["semh"] = semh & set(enrolled)
    for name, who in inside.items():
        total = sum(enrolled[p] for p in who)

        def share(wanted, who=who, total=total):
            counted = sum(n for (p, code), n in sessions.items() if p in who and code in wanted)
            return {2024: pytest.approx(100 * counted / total)} if total else {}

        told = {f"{name}_absence": MISSED}
        if name != "all":
            told |= {
                f"{name}_unauthorised_absence": WITHOUT_LEAVE,
                f"{name}_part_time_sessions": {"C2"},
                f"{name}_offsite_sessions": {"B", "K"},
            }
        for metric, wanted in told.items():
            found = {year: v for year, (v,) in whole(con, metric, "value").items()}
            assert found == share(wanted), metric
        missed = {
            p: sum(n for (q, code), n in sessions.items() if q == p and code in MISSED) for p in who
        }
        for word, limit in (("persistent", 0.1), ("severe", 0.5)):
            often = sum(missed[p] >= limit * enrolled[p] for p in who)
            found = whole(con, f"{name}_{word}_absence", "numerator", "denominator")
            assert found == ({2024: (often, len(who))} if who else {})


@FEW
@given(codes, possible, st.sets(people, min_size=1))
def test_gap_between_a_group_and_everyone(sessions, enrolled, semh):
    """Value by hand; the range by leaving out nobody: the sum of each child's squared pull."""
    con = warehouse(
        pupil_census=[
            pupil(who, sessions_possible=n, primary_need="SEMH" if who in semh else "MLD")
            for who, n in enrolled.items()
        ],
        attendance=[
            {"term_start": TERM[0], "term_end": TERM[1], "person_id": who, "urn": 900001,
             "code": code, "sessions": n}
            for (who, code), n in sessions.items()
        ],
    )  # fmt: skip
    mine = [p for p in enrolled if p in semh]
    rows = whole(con, "semh_absence_gap", "value", "lower", "upper")
    if not mine:
        assert rows == {}
        return
    missed = {
        p: sum(n for (q, code), n in sessions.items() if q == p and code in MISSED)
        for p in enrolled
    }
    first = sum(missed[p] for p in mine) / sum(enrolled[p] for p in mine)
    second = sum(missed.values()) / sum(enrolled.values())
    squares = 0.0
    for p in enrolled:
        pull = -(missed[p] - second * enrolled[p]) / sum(enrolled.values())
        if p in mine:
            pull += (missed[p] - first * enrolled[p]) / sum(enrolled[q] for q in mine)
        squares += pull * pull
    half = 1.959963984540054 * squares**0.5
    expected = tuple(
        100 * x for x in (first - second, first - second - half, first - second + half)
    )
    assert rows[2024] == pytest.approx(expected)
