"""Waits for mental health services worked out again, one referral at a time, on made-up data."""

import sys
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parent))

from second import FEW, by, proportions, quantile, whole
from tiny import warehouse

FIRST, LAST = date(2023, 1, 2), date(2025, 1, 31)
CLOSE = date(2024, 1, 8)
"""Many referrals come within days of each other here, so that some make one spell."""
optional = st.one_of(st.none(), st.integers(0, 200))
referrals = st.lists(
    st.fixed_dictionaries(
        {
            "who": st.sampled_from(["Amy", "Ben", "Cal"]),
            "received": st.one_of(
                st.dates(FIRST, LAST), st.dates(CLOSE, CLOSE + timedelta(days=20))
            ),
            "seen": st.one_of(st.none(), st.integers(0, 700)),
            "closed": st.one_of(st.none(), st.integers(0, 8), st.integers(0, 700)),
            "refused": st.one_of(st.none(), st.none(), st.integers(0, 60)),
            "planned": optional,
            "scored": optional,
            "team": st.sampled_from(["A18", "C04", "A02"]),
        }
    ),
    min_size=1,
    max_size=12,
)


def after(row, name):
    return None if row[name] is None else row["received"] + timedelta(days=row[name])


def service(rows):
    def each(name):
        return [(i, row["who"], after(row, name)) for i, row in enumerate(rows) if after(row, name)]

    return warehouse(
        referral=[
            {"referral_id": f"r{i:02}", "person_id": row["who"], "received_date": row["received"],
             "age_at_referral": 10, "team_type": row["team"],
             "discharge_date": after(row, "closed"), "rejection_date": after(row, "refused")}
            for i, row in enumerate(rows)
        ],
        contact=[
            {"contact_id": f"c{i}", "referral_id": f"r{i:02}", "person_id": who,
             "contact_date": day, "attended": "5"}
            for i, who, day in each("seen")
        ] + [{"contact_id": "x", "referral_id": "x", "person_id": "x", "contact_date": FIRST,
              "attended": "5"}],
        care_plan=[{"referral_id": f"r{i:02}", "person_id": who, "agreed_date": day}
                   for i, who, day in each("planned")]
        + [{"referral_id": "x", "person_id": "x", "agreed_date": FIRST}],
        outcome_score=[{"referral_id": f"r{i:02}", "person_id": who, "score_date": day}
                       for i, who, day in each("scored")]
        + [{"referral_id": "x", "person_id": "x", "score_date": FIRST}],
    )  # fmt: skip


def month(day):
    return day.replace(day=1)


def shares(days_by_month, test):
    return proportions(
        {start: (sum(map(test, days)), len(days)) for start, days in days_by_month.items()}
    )


def check_quantiles(con, stem, days_by_month):
    for name, share in (("median", 0.5), ("p90", 0.9)):
        found = {start: v[2] for start, v in whole(con, f"{stem}_{name}").items()}
        expected = {start: quantile(d, share) / 7 for start, d in days_by_month.items()}
        assert found == pytest.approx(expected)


@FEW
@given(referrals)
def test_children_first_seen(rows):
    con, seen = service(rows), defaultdict(list)
    for row in rows:
        if row["seen"] is not None:
            seen[month(after(row, "seen"))].append(row["seen"])
    assert whole(con, "camhs_seen_within_4_weeks") == shares(seen, lambda d: d <= 28)
    assert whole(con, "camhs_seen_over_18_weeks") == shares(seen, lambda d: d > 126)
    for (start, band), (n, d) in by(con, "camhs_seen_over_18_weeks", "band").items():
        long = band == "Over 52 weeks"
        assert n == sum((x > 364) if long else (126 < x <= 364) for x in seen[start])
        assert d == len(seen[start])


def stopped(row):
    ends = [after(row, name) for name in ("seen", "closed", "refused")]
    return min((end for end in ends if end), default=date.max)


def month_ends(until):
    day = date(FIRST.year, FIRST.month, 1)
    while day <= until:
        following = (day + timedelta(days=31)).replace(day=1)
        yield following - timedelta(days=1)
        day = following


@FEW
@given(referrals)
def test_children_still_waiting(rows):
    con, waiting = service(rows), defaultdict(list)
    for end in month_ends(max(row["received"] for row in rows)):
        for row in rows:
            if row["received"] <= end < stopped(row):
                waiting[month(end)].append((end - row["received"]).days)
    found = {start: v[2] for start, v in whole(con, "camhs_waiting").items() if v[2]}
    assert found == {start: len(days) for start, days in waiting.items()}
    assert whole(con, "camhs_still_waiting_18_weeks") == shares(waiting, lambda d: d > 126)
    check_quantiles(con, "camhs_waiting", waiting)


def spells(rows):
    """A child's referrals put together, by walking through them in order."""
    for who in ("Amy", "Ben", "Cal"):
        mine = [(row["received"], i, row) for i, row in enumerate(rows)
                if row["who"] == who and row["team"] != "A02"]  # fmt: skip
        spell, until = [], None
        for received, _, row in sorted(mine, key=lambda one: one[:2]):
            end = after(row, "closed") or after(row, "refused") or date.max
            if until is not None and (received - until).days > 5:
                yield spell
                spell, until = [], None
            spell.append(row)
            until = max(end, until or end)
        if spell:
            yield spell


@FEW
@given(referrals)
def test_the_national_clock(rows):
    con, clock = service(rows), defaultdict(list)
    for spell in spells(rows):
        firsts = [
            min((after(row, name) for row in spell if row[name] is not None), default=None)
            for name in ("seen", "planned", "scored")
        ]
        if None not in firsts:
            clock[month(max(firsts))].append((max(firsts) - spell[0]["received"]).days)
    met = shares(clock, lambda d: d <= 28)
    assert whole(con, "camhs_clock_stop_within_4_weeks") == met
    check_quantiles(con, "camhs_clock_stop", clock)


@FEW
@given(referrals)
def test_refused_unseen_and_back_again(rows):
    con = service(rows)
    came, closed, back = (defaultdict(lambda: [0, 0]) for _ in range(3))
    last = max(row["received"] for row in rows)
    for i, row in enumerate(rows):
        came[month(row["received"])][0] += row["refused"] is not None
        came[month(row["received"])][1] += 1
        end = after(row, "closed")
        if end is None or row["refused"] is not None:
            continue
        closed[month(end)][0] += row["seen"] is None
        closed[month(end)][1] += 1
        if (last - end).days >= 365:
            back[month(end)][0] += any(
                j != i and other["who"] == row["who"]
                and 0 < (other["received"] - end).days <= 365
                for j, other in enumerate(rows)
            )  # fmt: skip
            back[month(end)][1] += 1
    assert whole(con, "camhs_referrals_refused") == proportions(came)
    assert whole(con, "camhs_closed_unseen") == proportions(closed)
    assert whole(con, "camhs_referred_again") == proportions(back)
