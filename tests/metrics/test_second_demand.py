"""Demand worked out again, one child at a time, on made-up data."""

import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parent))

from second import ENOUGH, FEW, by, proportions, whole
from tiny import pupil, warehouse

JANUARIES = [date(2024, 1, 18), date(2025, 1, 16)]
LSOAS = {"E01000001": "north", "E01000002": None}
people = st.sampled_from(ENOUGH)
needs = st.sampled_from(["SEMH", "SLCN", None])
rolls = st.dictionaries(
    st.tuples(people, st.sampled_from(JANUARIES)),
    st.fixed_dictionaries(
        {
            "sen_provision": st.sampled_from(["N", "K", "E"]),
            "primary_need": needs,
            "lsoa": st.sampled_from([*LSOAS, "E01009999", None]),
            "year_group": st.sampled_from(["6", "7"]),
            "enrol_status": st.sampled_from(["C", "M", "S"]),
        }
    ),
    min_size=1,
)


def on_roll(roll):
    con = warehouse(
        pupil_census=[pupil(who, day, **row) for (who, day), row in roll.items()],
        area=[{"lsoa": lsoa, "locality": place} for lsoa, place in LSOAS.items()],
    )
    return con, {k: row for k, row in roll.items() if row["enrol_status"] != "S"}


def is_semh(row):
    return row["sen_provision"] in ("K", "E") and row["primary_need"] == "SEMH"


def has_sen(row):
    return row["sen_provision"] in ("K", "E")


def shares(rows, counted, of=lambda row: True):
    found = defaultdict(lambda: [0, 0])
    for (_, day), row in rows.items():
        if of(row):
            found[day][0] += counted(row)
            found[day][1] += 1
    return proportions(found)


@FEW
@given(rolls)
def test_shares_of_pupils(roll):
    con, rows = on_roll(roll)
    for metric, level in (("sen_support_share", "K"), ("pupils_with_plan_share", "E")):
        every = shares(rows, lambda row, level=level: row["sen_provision"] == level)
        semh = shares(rows, lambda row, v=level: row["sen_provision"] == v and is_semh(row))
        assert whole(con, f"all_{metric}") == every
        assert whole(con, f"semh_{metric}") == semh
    assert whole(con, "all_sen_pupils_share") == shares(rows, has_sen)
    support = shares(rows, is_semh, lambda row: row["sen_provision"] == "K")
    assert whole(con, "semh_share_of_sen_support") == support


@FEW
@given(rolls)
def test_pupils_from_elsewhere(roll):
    con, rows = on_roll(roll)
    for metric, who in (("semh", is_semh), ("all_sen", has_sen)):
        expected = shares(
            rows,
            lambda row: LSOAS[row["lsoa"]] is None,
            lambda row, who=who: row["lsoa"] in LSOAS and who(row),
        )
        assert whole(con, f"{metric}_pupils_from_elsewhere") == expected


@FEW
@given(rolls)
def test_newly_recorded_need(roll):
    con, _ = on_roll(roll)
    before, after = JANUARIES
    for metric, has in (("semh", is_semh), ("all", has_sen)):
        found, groups = [0, 0], defaultdict(lambda: [0, 0])
        for who in ENOUGH:
            now, then = roll.get((who, after)), roll.get((who, before))
            if now is None or then is None or now["enrol_status"] == "S" or has(then):
                continue
            for count in (found, groups[after, f"Year {now['year_group']}"]):
                count[0] += has(now)
                count[1] += 1
        assert whole(con, f"{metric}_newly_recorded") == proportions({after: found})
        counted = by(con, f"{metric}_newly_recorded", "year_group")
        assert counted == {key: tuple(n) for key, n in groups.items() if n[1]}


plans = st.dictionaries(
    st.tuples(st.integers(1, 8), st.sampled_from(JANUARIES)),
    st.fixed_dictionaries(
        {
            "start_date": st.dates(date(2022, 1, 1), date(2025, 6, 1)),
            "cease_date": st.one_of(st.none(), st.dates(date(2023, 1, 1), date(2025, 1, 31))),
            "cease_reason": st.sampled_from(["1", "2", "5", None]),
            "primary_need": needs,
        }
    ),
    min_size=1,
)


def returned(held):
    return [
        {"plan_id": f"plan {n}", "person_id": f"person {n}", "snapshot_date": day, **row}
        for (n, day), row in held.items()
    ]


def in_force(row, day):
    ended = row["cease_date"] is not None and row["cease_date"] <= day
    return row["start_date"] <= day and not ended


@FEW
@given(plans, st.integers(1, 30))
def test_plans_in_force(held, each):
    population = [
        {"series": "population.mye_single_year", "title": "", "publisher": "", "area_code": "",
         "area_name": "", "area_kind": "borough", "breakdown": "age", "category": str(age),
         "period_label": "", "period_start": date(2022, 6, 30), "period_end": date(2022, 6, 30),
         "period_kind": "census", "value": each, "status": "ok", "source": "", "load_id": "load"}
        for age in range(26)
    ]  # fmt: skip
    con = warehouse(
        ehc_plan=returned(held), placement=[{"plan_id": "none"}], published_statistic=population
    )
    every, semh = Counter(), Counter()
    for (_, day), row in held.items():
        every[day] += in_force(row, day)
        semh[day] += in_force(row, day) and row["primary_need"] == "SEMH"
    share = {day: (semh[day], every[day]) for day in every}
    assert whole(con, "semh_share_of_plans") == proportions(share)
    for metric, count in (("all", every), ("semh", semh)):
        assert whole(con, f"{metric}_ehc_plan_rate") == {
            day: pytest.approx((count[day], 25 * each, 1000 * count[day] / (25 * each)))
            for day in every
        }


@FEW
@given(plans)
def test_plans_that_ended(held):
    con = warehouse(ehc_plan=returned(held))
    ended = {"all": defaultdict(lambda: [0, 0]), "semh": defaultdict(lambda: [0, 0])}
    met = {"all": Counter(), "semh": Counter()}
    for number in {n for n, _ in held}:
        told = [held[number, day] for day in JANUARIES if (number, day) in held]
        known = [row["primary_need"] for row in told if row["primary_need"]]
        last = told[-1]
        if last["cease_date"] is None:
            continue
        year = date(last["cease_date"].year, 1, 1)
        for who in ("all", *(["semh"] if known and known[-1] == "SEMH" else [])):
            ended[who][year][0] += last["cease_reason"] is not None
            met[who][year] += last["cease_reason"] == "2"
            ended[who][year][1] += 1
    for who, counts in ended.items():
        metric = f"{who}_plan_end_reasons"
        assert whole(con, metric) == proportions(counts)
        for (year, reason), numbers in by(con, metric, "reason").items():
            if reason == "Needs met without a plan":
                assert numbers == (met[who][year], counts[year][1])


requests = st.lists(
    st.tuples(people, st.dates(date(2024, 1, 1), date(2025, 12, 31)),
              st.sampled_from(["Y", "N", "A", "W"])),
    min_size=1, max_size=20,
)  # fmt: skip


@FEW
@given(requests, rolls)
def test_requests_refused(asked, roll):
    con = warehouse(
        ehc_request=[
            {"request_id": str(i), "person_id": who, "received_date": day, "outcome": outcome,
             "snapshot_date": date(2026, 1, 15)}
            for i, (who, day, outcome) in enumerate(asked)
        ],
        pupil_census=[pupil(who, day, **row) for (who, day), row in roll.items()],
    )  # fmt: skip
    found = {"all": defaultdict(lambda: [0, 0]), "semh": defaultdict(lambda: [0, 0])}
    for who, day, outcome in asked:
        school_year = day.year if day.month >= 9 else day.year - 1
        seen = {when.year - 1: row for (person, when), row in roll.items() if person == who}
        row = seen.get(school_year) or seen.get(school_year - 1)
        for cut in ("all", *(["semh"] if row and is_semh(row) else [])):
            found[cut][date(day.year, 1, 1)][0] += outcome == "N"
            found[cut][date(day.year, 1, 1)][1] += 1
    for cut, counts in found.items():
        assert whole(con, f"{cut}_requests_refused") == proportions(counts)


contacts = st.lists(
    st.tuples(
        people,
        st.dates(date(2024, 4, 1), date(2026, 3, 31)),
        st.sampled_from(["5", "6", "7"]),
        st.sampled_from(["01", "06", "11"]),
    ),
    min_size=1,
    max_size=30,
)
born = st.fixed_dictionaries(
    {
        who: st.sampled_from([date(2012, 5, 1), date(2007, 1, 1), date(2006, 10, 1)])
        for who in ENOUGH
    }
)


def population(children):
    return {"series": "population.mye_0_17", "title": "", "publisher": "", "area_code": "",
            "area_name": "", "area_kind": "borough", "breakdown": "all", "category": "all",
            "period_label": "", "period_start": date(2023, 6, 30), "period_end": date(2023, 6, 30),
            "period_kind": "census", "value": children, "status": "ok", "source": "",
            "load_id": "load"}  # fmt: skip


@FEW
@given(contacts, born, st.integers(20, 200))
def test_contact_with_camhs(seen, births, children):
    con = warehouse(
        referral=[
            {"referral_id": who, "person_id": who, "received_date": date(2024, 4, 1),
             "age_at_referral": 10, "team_type": "A18"}
            for who in ENOUGH
        ],
        contact=[
            {"contact_id": str(i), "referral_id": who, "person_id": who, "contact_date": day,
             "attended": status, "medium": medium}
            for i, (who, day, status, medium) in enumerate(seen)
        ],
        person=[{"person_id": who, "birth_month": day} for who, day in births.items()],
        published_statistic=[population(children)],
    )  # fmt: skip
    years = defaultdict(set)
    for who, day, status, medium in seen:
        age = day.year - births[who].year - (day.month < births[who].month)
        if status in ("5", "6") and medium != "06" and age < 18:
            years[date(day.year - (day.month < 4), 4, 1)].add(who)
    rate = {s: v for s, v in whole(con, "camhs_access_rate").items() if v[0]}
    assert rate == {
        start: pytest.approx((len(who), children, 1000 * len(who) / children))
        for start, who in years.items()
    }
    referred = {s: v for s, v in whole(con, "camhs_referral_rate").items() if v[0]}
    assert referred == {date(2024, 4, 1): pytest.approx((10, children, 10000 / children))}
