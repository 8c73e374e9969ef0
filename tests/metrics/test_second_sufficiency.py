"""Sufficiency worked out again, one child and one place at a time, on made-up data."""

import sys
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parent))

from second import ENOUGH, FEW, by, proportions, quantile, share_of, whole
from tiny import warehouse

DAY = date(2025, 1, 16)
AUTUMN, SPRING = (date(2024, 9, 2), date(2024, 12, 20)), (date(2025, 1, 6), date(2025, 4, 11))
SCHOOLS = {900001: ("mainstream", True), 900002: ("independent_special", False)}
WORDS = {
    900001: "Mainstream school",
    900002: "Independent or non-maintained",
    900009: "Not placed or not known",
    "EHE": "Elective home education",
    "NEET": "Not in education",
    "OLA": "Other arrangement",
}
places = st.dictionaries(
    st.sampled_from(ENOUGH),
    st.tuples(
        st.sampled_from(["SEMH", "ASD"]),
        st.one_of(st.none(), st.sampled_from([900001, 900002, "EHE", "NEET", "OLA"])),
        st.sampled_from([None, date(2024, 12, 1), date(2025, 6, 1)]),
    ),
    min_size=1,
)


@FEW
@given(places)
def test_plans_placed(held):
    con = warehouse(
        ehc_plan=[
            {"plan_id": who, "person_id": who, "snapshot_date": DAY, "primary_need": need,
             "start_date": date(2022, 1, 1)}
            for who, (need, _, _) in held.items()
        ],
        placement=[{"placement_id": "other", "snapshot_date": DAY, "plan_id": "other",
                    "rank": 1, "urn": 900001, "sen_setting": None, "leaving_date": None}]
        + [
            {"placement_id": who, "plan_id": who, "snapshot_date": DAY, "rank": 1,
             "urn": where if isinstance(where, int) else None,
             "sen_setting": None if isinstance(where, int) else where, "leaving_date": left}
            for who, (_, where, left) in held.items() if where
        ],
        school=[
            {"urn": urn, "establishment": kind, "in_borough": here}
            for urn, (kind, here) in SCHOOLS.items()
        ],
    )  # fmt: skip
    for cut in ("all", "semh"):
        mine = [
            where if where and (left is None or left > DAY) else 900009
            for need, where, left in held.values()
            if cut == "all" or need == "SEMH"
        ]
        settings = [WORDS[where] for where in mine]
        placed = [s for s in settings if s not in ("Not placed or not known", "Not in education")]
        assert whole(con, f"{cut}_plans_placed") == proportions({DAY: (len(placed), len(mine))})
        groups = {(DAY, s): (placed.count(s), len(mine)) for s in placed}
        assert by(con, f"{cut}_plans_placed", "setting") == groups
        at = [where for where in mine if where in SCHOOLS]
        here = (sum(SCHOOLS[where][1] for where in at), len(at))
        assert whole(con, f"{cut}_educated_in_borough") == proportions({DAY: here})


stays = st.lists(
    st.tuples(
        st.sampled_from(["unit 1", "unit 2", "unit 3"]),
        st.dates(date(2024, 6, 1), date(2025, 3, 1)),
        st.one_of(st.none(), st.integers(0, 300)),
        st.sampled_from(["SEMH", "ASD"]),
        st.one_of(st.none(), st.integers(0, 40)),
    ),
    min_size=1,
    max_size=25,
)
DESIGNATED = {"unit 1": "SEMH", "unit 2": "ASD", "unit 3": "SEMH"}
COMMISSIONED = {
    ("unit 1", AUTUMN): 3, ("unit 2", AUTUMN): 4, ("unit 1", SPRING): 5, ("unit 3", SPRING): 2,
}  # fmt: skip


def commissioned(rows):
    dated = [
        (unit, start, start + timedelta(days=days) if days is not None else None, need, miles)
        for unit, start, days, need, miles in rows
    ]
    con = warehouse(
        placement_cost=[
            {"placement_id": str(i), "person_id": str(i), "provision_id": unit,
             "start_date": start, "end_date": end, "primary_need": need, "distance_miles": miles}
            for i, (unit, start, end, need, miles) in enumerate(dated)
        ],
        provision=[
            {"provision_id": unit, "designation": need, "in_borough": True}
            for unit, need in DESIGNATED.items()
        ],
        provision_places=[
            {"provision_id": unit, "period_start": first, "period_end": last, "key_stage": stage,
             "places": number}
            for (unit, (first, last)), n in COMMISSIONED.items()
            for stage, number in (("KS3", n - 1), ("KS4", 1))
        ],
    )  # fmt: skip
    return con, dated


def there(dated, last):
    return [r for r in dated if r[1] <= last and (r[2] is None or r[2] >= last)]


@FEW
@given(stays)
def test_places_and_how_full_they_are(rows):
    con, dated = commissioned(rows)
    full = {"all": [0, 0], "semh": [0, 0]}
    for first, last in (AUTUMN, SPRING):
        units = {unit: n for (unit, term), n in COMMISSIONED.items() if term == (first, last)}
        children = [unit for unit, *_ in there(dated, last) if unit in units]
        total = sum(units.values())
        filled = whole(con, "all_places_filled")[first]
        assert filled == pytest.approx((len(children), total, 100 * len(children) / total))
        assert whole(con, "all_places")[first][2] == total
        semh = sum(n for unit, n in units.items() if DESIGNATED[unit] == "SEMH")
        assert whole(con, "semh_places")[first][2] == semh
        for unit, n in units.items():
            for cut in ("all", *(["semh"] if DESIGNATED[unit] == "SEMH" else [])):
                full[cut][0] += children.count(unit) >= n
                full[cut][1] += 1
    for cut, counts in full.items():
        expected = {date(2024, 9, 1): share_of(*counts)}
        assert whole(con, f"{cut}_terms_at_capacity") == expected


@FEW
@given(stays)
def test_distance_from_home(rows):
    con, dated = commissioned(rows)
    for cut in ("all", "semh"):
        miles = defaultdict(list)
        for first, last in (AUTUMN, SPRING):
            for _, _, _, need, far in there(dated, last):
                if far is not None and (cut == "all" or need == "SEMH"):
                    miles[first].append(far)
        near = {term: (sum(m <= 10 for m in far), len(far)) for term, far in miles.items()}
        found = whole(con, f"{cut}_placed_within_10_miles")
        assert {t: found[t] for t in miles} == proportions(near)
        for name, share in (("median", 0.5), ("p90", 0.9)):
            found = whole(con, f"{cut}_distance_{name}")
            assert {t: found[t][2] for t in miles} == pytest.approx(
                {term: quantile(far, share) for term, far in miles.items()}
            )
