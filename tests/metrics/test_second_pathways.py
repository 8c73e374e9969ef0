"""Requests, plans and reviews worked out again, one case at a time, on made-up data."""

import sys
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parent))

from second import FEW, proportions, quantile, whole
from tiny import pupil, warehouse

RETURN = date(2025, 1, 16)
JANUARIES = (date(2023, 1, 19), date(2024, 1, 18), RETURN)
cases = st.lists(
    st.fixed_dictionaries(
        {
            "received": st.dates(date(2023, 6, 1), date(2024, 12, 31)),
            "decided": st.integers(1, 80),
            "outcome": st.sampled_from(["Y", "N", "A", "W"]),
            "days": st.integers(60, 500),
            "result": st.sampled_from(["Y", "N", "A"]),
            "exception": st.booleans(),
            "need": st.sampled_from(["SEMH", "SLCN", None]),
        }
    ),
    min_size=1,
    max_size=15,
)


def asked(rows):
    """A warehouse of one return, in which each case is another child's."""
    later = [row["received"] + timedelta(days=row["days"]) for row in rows]
    known = [i for i, row in enumerate(rows) if row["outcome"] == "Y"]
    return warehouse(
        ehc_request=[
            {"request_id": f"r{i}", "person_id": f"p{i}", "received_date": row["received"],
             "outcome": row["outcome"], "snapshot_date": RETURN,
             "outcome_date": row["received"] + timedelta(days=row["decided"])
             if row["outcome"] in ("Y", "N") else None}
            for i, row in enumerate(rows)
        ],
        ehc_assessment=[
            {"assessment_id": f"a{i}", "request_id": f"r{i}", "person_id": f"p{i}",
             "outcome": rows[i]["result"], "exception": rows[i]["exception"],
             "outcome_date": None if rows[i]["result"] == "A" else later[i],
             "snapshot_date": RETURN}
            for i in known
        ],
        ehc_plan=[
            {"plan_id": f"plan{i}", "request_id": f"r{i}", "person_id": f"p{i}",
             "primary_need": rows[i]["need"], "snapshot_date": RETURN}
            for i in known if rows[i]["result"] == "Y"
        ],
        pupil_census=[
            pupil(f"p{i}", day, primary_need=row["need"])
            for i, row in enumerate(rows) for day in JANUARIES
        ],
    )  # fmt: skip


def mine(rows, cut):
    return [row for row in rows if cut == "all" or row["need"] == "SEMH"]


@FEW
@given(cases)
def test_decisions_and_requests_overdue(rows):
    con = asked(rows)
    for cut in ("all", "semh"):
        years, late = defaultdict(lambda: [0, 0]), [0, 0]
        for row in mine(rows, cut):
            if row["outcome"] in ("Y", "N"):
                year = (row["received"] + timedelta(days=row["decided"])).year
                years[date(year, 1, 1)][0] += row["decided"] <= 42
                years[date(year, 1, 1)][1] += 1
            if row["outcome"] == "A" or (row["outcome"] == "Y" and row["result"] == "A"):
                late[0] += (RETURN - row["received"]).days > 140
                late[1] += 1
        assert whole(con, f"{cut}_decisions_within_6_weeks") == proportions(years)
        # With nobody assessed there is no load of assessments, and nothing can be said.
        if any(row["outcome"] == "Y" for row in rows):
            assert whole(con, f"{cut}_requests_overdue") == proportions({RETURN: late})


@FEW
@given(cases)
def test_time_from_request_to_plan(rows):
    con = asked(rows)
    if not any(row["outcome"] == "Y" and row["result"] == "Y" for row in rows):
        return
    for cut in ("all", "semh"):
        taken, plain = defaultdict(list), defaultdict(list)
        for row in mine(rows, cut):
            if row["outcome"] == "Y" and row["result"] == "Y":
                year = date((row["received"] + timedelta(days=row["days"])).year, 1, 1)
                taken[year].append(row["days"])
                if not row["exception"]:
                    plain[year].append(row["days"])
        expected = {
            f"{cut}_plans_within_20_weeks_with_exceptions": (taken, lambda d: d <= 140),
            f"{cut}_plans_over_52_weeks": (taken, lambda d: d > 364),
            "ehc_plans_within_20_weeks" if cut == "all" else "semh_plans_within_20_weeks":
                (plain, lambda d: d <= 140),
        }  # fmt: skip
        for metric, (years, test) in expected.items():
            counts = {year: (sum(map(test, days)), len(days)) for year, days in years.items()}
            assert whole(con, metric) == proportions(counts)
        for name, share in (("median", 0.5), ("p90", 0.9)):
            found = {y: v[2] for y, v in whole(con, f"{cut}_request_to_plan_{name}").items()}
            assert found == pytest.approx({y: quantile(d, share) / 7 for y, d in taken.items()})


reviews = st.lists(
    st.fixed_dictionaries(
        {
            "start": st.dates(date(2022, 1, 1), date(2025, 1, 10)),
            "cease": st.one_of(st.none(), st.dates(date(2024, 6, 1), date(2025, 3, 1))),
            "meeting": st.one_of(st.none(), st.dates(date(2023, 11, 1), RETURN)),
            "after": st.one_of(st.none(), st.integers(-5, 60)),
            "need": st.sampled_from(["SEMH", "SLCN"]),
        }
    ),
    min_size=1,
    max_size=15,
)


def decided(row):
    """Days to the decision; a decision of a meeting before, or after the return, is none."""
    if row["meeting"] is None or row["after"] is None or row["after"] < 0:
        return None
    return row["after"] if row["meeting"] + timedelta(days=row["after"]) <= RETURN else None


@FEW
@given(reviews)
def test_annual_reviews(rows):
    con = warehouse(
        ehc_plan=[
            {"plan_id": str(i), "person_id": str(i), "snapshot_date": RETURN,
             "start_date": row["start"], "cease_date": row["cease"],
             "primary_need": row["need"], "review_meeting": row["meeting"],
             "review_decision": row["meeting"] + timedelta(days=row["after"])
             if row["meeting"] and row["after"] is not None
             and (row["after"] < 0 or decided(row) is not None) else None}
            for i, row in enumerate(rows)
        ],
        placement=[{"plan_id": "none"}],
    )  # fmt: skip
    for cut in ("all", "semh"):
        sent, held = defaultdict(lambda: [0, 0]), [0, 0]
        for row in mine(rows, cut):
            days = decided(row)
            if row["meeting"] and (days is not None or (RETURN - row["meeting"]).days > 28):
                sent[date(row["meeting"].year, 1, 1)][0] += days is not None and days <= 28
                sent[date(row["meeting"].year, 1, 1)][1] += 1
            live = row["cease"] is None or row["cease"] > RETURN
            if live and (RETURN - row["start"]).days >= 365:
                held[0] += row["meeting"] is not None and (RETURN - row["meeting"]).days <= 366
                held[1] += 1
        assert whole(con, f"{cut}_review_decisions_within_4_weeks") == proportions(sent)
        if any(row["meeting"] for row in rows):
            assert whole(con, f"{cut}_reviews_held") == proportions({RETURN: held})


transfers = st.lists(
    st.tuples(
        st.sampled_from([date(2024, 2, 15), date(2024, 3, 31), date(2025, 2, 15)]),
        st.one_of(st.none(), st.integers(-5, 5)),
        st.sampled_from(["SEMH", "SLCN"]),
    ),
    min_size=1,
    max_size=15,
)


@FEW
@given(transfers)
def test_phase_transfers(rows):
    con = warehouse(
        ehc_plan=[
            {"plan_id": str(i), "person_id": str(i), "snapshot_date": RETURN,
             "primary_need": need, "transfer_due": due,
             "transfer_final": None if after is None else due + timedelta(days=after)}
            for i, (due, after, need) in enumerate(rows)
        ]
    )  # fmt: skip
    for cut in ("all", "semh"):
        due = [a for day, a, n in rows if day <= RETURN and (cut == "all" or n == "SEMH")]
        named = sum(after is not None and after <= 0 for after in due)
        expected = proportions({date(2024, 1, 1): (named, len(due))})
        assert whole(con, f"{cut}_phase_transfer_on_time") == expected
