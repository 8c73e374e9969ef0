"""Value for money and change of scores worked out again by plain Python."""

import sys
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from statistics import mean

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parent))

from tiny import cells, measured, pupil, suspension, warehouse

FEW = settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
KINDS = {"special": "Special school, local", "resourced_provision": "Unit or resourced provision"}
LABELS = {"SEMH": "Social, emotional and mental health", "ASD": "Autistic spectrum disorder"}
children = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(list(KINDS)),
            "need": st.sampled_from(list(LABELS)),
            "weekly": st.integers(100, 900),
            "missed": st.integers(0, 25),
            "suspended": st.booleans(),
            "born": st.sampled_from([date(2010, 5, 1), date(2017, 5, 1)]),
            "from": st.sampled_from([date(2024, 9, 1), date(2024, 12, 1), date(2025, 6, 1)]),
            "returned": st.booleans(),
        }
    ),
    min_size=6,
    max_size=20,
)


def loaded(rows):
    rows = list(enumerate(rows))
    return warehouse(
        placement_cost=[
            {"placement_id": f"pc-{i}", "person_id": f"child {i}", "primary_need": r["need"],
             "placement_type": r["type"], "in_borough": True, "residential": "day",
             "start_date": r["from"], "weeks_a_year": 40, "weekly_education": r["weekly"]}
            for i, r in rows
        ],
        person=[{"person_id": f"child {i}", "birth_month": r["born"]} for i, r in rows],
        pupil_census=[
            pupil(f"child {i}", sessions_possible=100) for i, r in rows if r["returned"]
        ] + [pupil("somebody", sessions_possible=100)],
        attendance=[
            {"term_start": date(2024, 9, 2), "term_end": date(2024, 12, 20),
             "person_id": f"child {i}", "urn": 900001, "code": "I", "sessions": r["missed"]}
            for i, r in rows if r["returned"]
        ],
        suspension=[suspension("somebody", date(2025, 3, 3))]
        + [suspension(f"child {i}", date(2025, 3, 3)) for i, r in rows if r["suspended"]],
    )  # fmt: skip


def good(row):
    return row["missed"] <= 10 and not row["suspended"]


def told_by(con, metric):
    rows = [r for r in measured(con, metric) if r["status"] in ("ok", "low_base")]
    return {k[2]: v for k, (v,) in cells(rows, "value").items() if k[1] in ("all", "place")}


@FEW
@given(children)
def test_cost_of_a_good_year_and_like_for_like(rows):
    con = loaded(rows)
    stayed = [r for r in rows if (date(2025, 8, 31) - r["from"]).days + 1 >= 183]
    known = [r for r in stayed if r["returned"]]
    share, cost, alike = {}, {}, {}
    for name in ("all", *KINDS.values()):
        mine = [r for r in known if name in ("all", KINDS[r["type"]])]
        if mine:
            share[name] = 100 * mean(map(good, mine))
        if sum(map(good, mine)):
            cost[name] = sum(40 * r["weekly"] for r in mine) / sum(map(good, mine))
            if (value := standardised(mine, known)) is not None:
                alike[name] = value
    assert told_by(con, "good_year_share") == pytest.approx(share)
    assert told_by(con, "cost_per_good_year") == pytest.approx(cost)
    found = told_by(con, "cost_per_good_year_like_for_like")
    assert {k: found[k] for k in found.keys() & alike.keys()} == pytest.approx(
        {k: alike[k] for k in found.keys() & alike.keys()}
    )
    # One that is not told has a mix that others do not share, or too few good years to draw from.
    assert found.keys() <= alike.keys()


def standardised(mine, known):
    """Mean cost over mean share of good years, each kind of child at its share of all."""
    kind = lambda r: (r["need"], r["born"])  # noqa: E731
    weights = defaultdict(float)
    for row in known:
        weights[kind(row)] += 1 / len(known)
    there = {kind(r) for r in mine}
    covered = sum(weights[k] for k in there)
    if covered < 0.8 - 1e-12:
        return None
    cost = done = 0.0
    for k in there:
        alike = [r for r in mine if kind(r) == k]
        cost += weights[k] / covered * mean(40 * r["weekly"] for r in alike)
        done += weights[k] / covered * mean(map(good, alike))
    return cost / done if done else None


LIMITS = {"SDQ-P-EMOTIONAL": (4, -1), "CORS": (10, 1), "GBO": (3, 1), "RCADS-S-GAD-T": (14.91, -1)}
scores = st.lists(
    st.tuples(
        st.integers(0, 7),
        st.sampled_from([*LIMITS, "NO-SUCH-TOOL"]),
        st.integers(-40, 200),
        st.integers(0, 40),
    ),
    min_size=5,
    max_size=40,
    unique_by=lambda row: row[:3],
)
FIRST, SECOND = date(2024, 6, 3), date(2024, 7, 1)


@FEW
@given(scores)
def test_better_and_worse_by_scale_and_by_child(rows):
    con = warehouse(
        referral=[
            {"referral_id": f"r{i}", "person_id": f"p{i}", "received_date": date(2024, 5, 1),
             "discharge_date": date(2025, 1, 31), "age_at_referral": 12, "team_type": "A18"}
            for i in range(8)
        ],
        contact=[
            {"contact_id": f"c{i}-{n}", "referral_id": f"r{i}", "person_id": f"p{i}",
             "contact_date": day, "attended": "5"}
            for i in range(8) for n, day in enumerate((FIRST, SECOND))
        ],
        outcome_score=[
            {"score_id": f"s{n:03d}", "referral_id": f"r{i}", "person_id": f"p{i}",
             "score_date": FIRST + timedelta(days=since), "tool": tool, "score": score}
            for n, (i, tool, since, score) in enumerate(rows)
        ],
    )  # fmt: skip
    changes = defaultdict(list)
    for i in range(8):
        for tool, (limit, better) in LIMITS.items():
            mine = sorted((since, score) for who, t, since, score in rows if (who, t) == (i, tool))
            before = [row for row in mine if row[0] >= 0]
            after = [row for row in mine if FIRST + timedelta(days=row[0]) >= SECOND]
            if before and after and after[-1][0] > before[0][0]:
                gain = (after[-1][1] - before[0][1]) * better
                changes[i].append((gain >= limit) - (gain <= -limit))
    scales = [change for told in changes.values() for change in told]
    expected = {
        "scales_improved": [c == 1 for c in scales],
        "reliable_improvement": [max(t) == 1 and min(t) >= 0 for t in changes.values()],
        "reliable_deterioration": [min(t) == -1 for t in changes.values()],
    }
    for metric, found in expected.items():
        value = told_by(con, metric)
        assert value == ({"all": pytest.approx(100 * mean(found))} if found else {}), metric
