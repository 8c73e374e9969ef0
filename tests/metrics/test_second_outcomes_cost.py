"""Out-of-borough cost worked out again by plain Python, placement by placement and day by day."""

import sys
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from statistics import mean, median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parent))

from tiny import cells, measured, warehouse

FEW = settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
FIRST, LAST = date(2022, 4, 1), date(2025, 3, 31)
TYPES = {"prov-1": "independent", "prov-2": "charity", "prov-3": "independent", "prov-4": "college"}
placements = st.lists(
    st.fixed_dictionaries(
        {
            "person_id": st.sampled_from([f"person {i}" for i in range(8)]),
            "provider_id": st.sampled_from(list(TYPES)),
            "primary_need": st.sampled_from(["SEMH", "ASD", "MLD"]),
            "placement_type": st.sampled_from(["independent_special", "nmss", "special"]),
            "in_borough": st.sampled_from([False, False, False, True]),
            "residential": st.sampled_from(["day", "52"]),
            "start_date": st.dates(FIRST, date(2024, 12, 31)),
            "days": st.one_of(st.none(), st.integers(0, 700)),
            "weeks_a_year": st.sampled_from([38, 52]),
            "weekly_education": st.integers(100, 2000),
            "weekly_health": st.sampled_from([None, 100]),
            "weekly_care": st.sampled_from([None, 400]),
            "annual_transport": st.sampled_from([None, 5000]),
            "distance_miles": st.integers(1, 90),
            "reason_at_distance": st.sampled_from([None, "none_local", "specialist"]),
        }
    ),
    min_size=3,
    max_size=25,
)


def loaded(rows):
    facts = [
        {k: v for k, v in row.items() if k != "days"}
        | {"placement_id": f"pc-{i:02d}", "end_date": end(row)}
        for i, row in enumerate(rows)
    ]
    return warehouse(
        placement_cost=facts,
        provider=[{"provider_id": p, "provider_type": t} for p, t in TYPES.items()],
    )


def end(row):
    return None if row["days"] is None else row["start_date"] + timedelta(days=row["days"])


def fee(row):
    return row["weekly_education"] + (row["weekly_health"] or 0) + (row["weekly_care"] or 0)


def yearly(row):
    return fee(row) * row["weeks_a_year"] + (row["annual_transport"] or 0)


def away(rows, need=None):
    return [
        row
        for row in rows
        if not row["in_borough"]
        and row["placement_type"] in ("independent_special", "nmss")
        and need in (None, row["primary_need"])
    ]


def on(rows, day):
    return [r for r in rows if r["start_date"] <= day and (end(r) is None or end(r) >= day)]


def share(row, year):
    """Share of a financial year's days that a placement lasted, by counting them."""
    day, last = date(year, 4, 1), date(year + 1, 3, 31)
    size, held = (last - day).days + 1, 0
    while day <= last:
        held += row["start_date"] <= day and (end(row) is None or day <= end(row))
        day += timedelta(days=1)
    return held / size


def whole(con, metric, number="value"):
    rows = [r for r in measured(con, metric, to=LAST) if r["status"] in ("ok", "low_base")]
    return {k[0].year: v for k, (v,) in cells(rows, number).items() if k[1] == "all"}


@FEW
@given(placements)
def test_places_prices_and_distance_on_the_last_day_of_the_year(rows):
    con = loaded(rows)
    for metric, need, figure in (
        ("sen_oob_cost_per_placement", None, lambda held: mean(map(yearly, held))),
        ("oob_transport_per_placement", "SEMH",
         lambda held: mean(r["annual_transport"] or 0 for r in held)),
        ("oob_distance_median", "SEMH", lambda held: median(r["distance_miles"] for r in held)),
        ("oob_jointly_funded_share", "SEMH",
         lambda held: 100 * mean(bool(r["weekly_health"] or r["weekly_care"]) for r in held)),
        ("oob_no_local_place_share", "SEMH",
         lambda held: 100 * mean(r["reason_at_distance"] == "none_local" for r in held
                                 if r["reason_at_distance"])),
    ):  # fmt: skip
        expected = {}
        for year in (2022, 2023, 2024):
            held = on(away(rows, need), date(year + 1, 3, 31))
            if metric == "oob_no_local_place_share":
                held = [r for r in held if r["reason_at_distance"]]
            if held:
                expected[year] = figure(held)
        assert whole(con, metric) == pytest.approx(expected), metric


@FEW
@given(placements)
def test_spending_and_who_pays(rows):
    con = loaded(rows)
    for metric, need in (("sen_oob_spend_by_payer", None), ("oob_spend_by_payer", "SEMH")):
        expected = defaultdict(float)
        for year in (2022, 2023, 2024):
            for row in away(rows, need):
                part = share(row, year)
                weeks = row["weeks_a_year"] * part
                expected[year, "Education"] += row["weekly_education"] * weeks
                expected[year, "Health"] += (row["weekly_health"] or 0) * weeks
                expected[year, "Social care"] += (row["weekly_care"] or 0) * weeks
                expected[year, "Transport"] += (row["annual_transport"] or 0) * part
                expected[year, "all"] += yearly(row) * part
        found = {
            (start.year, payer): value
            for (start, _, payer), (value,) in cells(
                measured(con, metric, to=LAST), "value"
            ).items()
            if value > 0
        }
        assert found == pytest.approx({k: v for k, v in expected.items() if v > 0}), metric
    spend = {year: v for (year, payer), v in expected.items() if payer == "all" and v > 0}
    assert {y: v for y, v in whole(con, "oob_spend").items() if v > 0} == pytest.approx(spend)


@FEW
@given(placements)
def test_three_largest_providers_and_fees_of_the_same_places(rows):
    con = loaded(rows)
    largest, index = {}, {}
    for year in (2022, 2023, 2024):
        paid = defaultdict(float)
        for row in away(rows):
            paid[row["provider_id"]] += yearly(row) * share(row, year)
        if sum(paid.values()):
            top = sorted(paid.values(), reverse=True)[:3]
            largest[year] = 100 * sum(top) / sum(paid.values())
        now, before = (on(away(rows), date(y + 1, 3, 31)) for y in (year, year - 1))
        keys = ("person_id", "provider_id", "residential")
        same = [(fee(n), fee(b)) for n in now for b in before if all(n[k] == b[k] for k in keys)]
        if same:
            index[year] = 100 * sum(n for n, _ in same) / sum(b for _, b in same)
    assert whole(con, "sen_oob_three_largest_providers") == pytest.approx(largest)
    assert whole(con, "oob_weekly_fee_index") == pytest.approx(index)


@FEW
@given(placements)
def test_new_placements_and_their_price(rows):
    con = loaded(rows)
    known_from = min(r["start_date"] for r in rows)
    known_from = date(known_from.year + (known_from.month >= 4), 3, 31)
    new = defaultdict(list)
    for row in away(rows, "SEMH"):
        carried = any(
            b["person_id"] == row["person_id"]
            and b["provider_id"] == row["provider_id"]
            and b["start_date"] < row["start_date"]
            and (end(b) is None or (row["start_date"] - end(b)).days <= 31)
            for b in away(rows)
        )
        if row["start_date"] > known_from and not carried:
            start = row["start_date"]
            new[start.year if start.month >= 4 else start.year - 1].append(yearly(row))
    found = {y: v for y, v in whole(con, "oob_new_placements").items() if v > 0}
    assert found == {year: len(prices) for year, prices in new.items()}
    prices = {year: mean(prices) for year, prices in new.items()}
    assert whole(con, "oob_new_placement_price") == pytest.approx(prices)


def naive_parts(before, after):
    """Number, price and mix by the definitions, kind by kind."""
    v0, v1 = (sum(v for v, _ in bill.values()) for bill in (before, after))
    number = price = mix = 0.0
    for kind in {*before, *after}:
        (n0, c0), (n1, c1) = before.get(kind, (0, 0)), after.get(kind, (0, 0))
        p1 = c1 / n1 if n1 else None
        p0 = c0 / n0 if n0 else p1
        p1 = p0 if p1 is None else p1
        number += (v1 - v0) * (n0 / v0) * p0
        price += n1 * (p1 - p0)
        mix += v1 * ((n1 / v1 if v1 else n0 / v0) - n0 / v0) * p0
    return number, price, mix


@FEW
@given(placements)
def test_number_price_and_mix_add_up_to_the_change(rows):
    con = loaded(rows)
    bills = {}
    for year in (2022, 2023, 2024):
        bill = defaultdict(lambda: (0.0, 0.0))
        for row in away(rows):
            if part := share(row, year):
                need = row["primary_need"] if row["primary_need"] in ("SEMH", "ASD") else "other"
                kind = (TYPES[row["provider_id"]], need, row["residential"])
                held, cost = bill[kind]
                bill[kind] = (held + part, cost + yearly(row) * part)
        bills[year] = bill
    rows = measured(con, "sen_oob_price_volume_mix", to=LAST)
    found = {(k[0].year, k[2]): v for k, (v,) in cells(rows, "value").items() if v == v}
    for year in (2023, 2024):
        before, after = bills[year - 1], bills[year]
        if not before or not after:
            assert (year, "all") not in found
            continue
        number, price, mix = naive_parts(before, after)
        change = sum(c for _, c in after.values()) - sum(c for _, c in before.values())
        told = [found[year, name] for name in
                ("Number of places", "What a place costs", "Mix of places", "all")]  # fmt: skip
        assert told == pytest.approx([number, price, mix, change], abs=0.01)
        assert sum(told[:3]) == pytest.approx(told[3], abs=0.01)
