"""Prices, rises, outturn, volumes and spending, each against a hand-worked case or a second way."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.methods.value import price_volume_mix
from metrics.outlook.building import avoidable_share, renewed_share
from metrics.outlook.inflation import FEES, Prior, believe, seen_rises
from metrics.outlook.ledger import past_errors, pooled, read_ledger
from metrics.outlook.prices import clustered_error, guarded, prices, read_places
from metrics.outlook.spend import price_volume_mix_draws
from metrics.outlook.volumes import APRIL, child_years, share_gone, year_weights
from tests.outlook.money_borough import DAY, LINES, warehouse


def bought(kind: str, need: str, inside: bool, number: int, providers: int, each: float
           ) -> pd.DataFrame:  # fmt: skip
    """Placements under way, alike in price."""
    k = np.arange(number)
    return pd.DataFrame({
        "person_id": [f"{kind}{need}{inside}{n}" for n in k],
        "provider_id": [f"{kind}{inside}-{n % providers}" for n in k],
        "family": kind, "sector": "independent" if kind == "independent" else "state",
        "in_borough": inside, "need": need, "fee": each - 1000, "joint": 0.0, "transport": 1000.0,
        "place_funding": 0.0, "total": each, "start_date": pd.Timestamp(2025, 4, 1),
        "end_date": pd.NaT})  # fmt: skip


def told(*parts: pd.DataFrame) -> pd.DataFrame:
    return prices(pd.concat(parts), DAY).set_index(["family", "in_borough", "need"])


@pytest.mark.parametrize(
    ("number", "providers", "kept"), [(10, 3, True), (9, 3, False), (10, 2, False)]
)
def test_a_price_needs_ten_children_and_three_providers(number, providers, kept):
    assert guarded(bought("special", "SEMH", True, number, providers, 20_000.0)) is kept


def test_a_price_needs_no_provider_above_seven_tenths():
    rows = bought("special", "SEMH", True, 30, 3, 10_000.0)
    first = rows["provider_id"] == "specialTrue-0"
    assert guarded(rows.assign(total=np.where(first, 46_000.0, 10_000.0))) is True
    assert guarded(rows.assign(total=np.where(first, 47_000.0, 10_000.0))) is False


def test_the_second_largest_may_not_learn_the_largest():
    """Two providers with over 85 % of the sum, or a child whose cost is told within 15 %."""
    rows = bought("special", "SEMH", True, 30, 3, 10_000.0)
    small = rows["provider_id"] == "specialTrue-2"
    assert guarded(rows.assign(total=np.where(small, 3_600.0, 10_000.0))) is True
    assert guarded(rows.assign(total=np.where(small, 3_500.0, 10_000.0))) is False
    twelve = bought("special", "SEMH", True, 12, 4, 1_000.0)
    one = np.arange(12) == 0
    assert guarded(twelve.assign(total=np.where(one, 14_000.0, 1_000.0))) is True
    assert guarded(twelve.assign(total=np.where(one, 34_000.0, 500.0))) is False


def test_a_need_that_may_not_be_shown_hides_the_other_too():
    """With the price of all and of others known, that of the few could be worked out."""
    found = told(bought("special", "SEMH", True, 6, 3, 50_000.0),
                 bought("special", "other", True, 30, 3, 20_000.0))  # fmt: skip
    assert found["total"].tolist() == [(6 * 50_000 + 30 * 20_000) / 36] * 2


def test_a_hidden_kind_takes_the_nearest_ones_price_without_its_own_places():
    found = told(bought("independent", "SEMH", True, 20, 2, 150_000.0),
                 bought("independent", "SEMH", False, 20, 4, 90_000.0),
                 bought("independent", "other", False, 20, 4, 95_000.0),
                 bought("alternative", "SEMH", True, 15, 1, 40_000.0),
                 bought("special", "SEMH", True, 15, 3, 25_000.0))  # fmt: skip
    assert found.loc[("independent", True, "SEMH"), "total"] == 90_000
    assert found.loc[("independent", True, "other"), "total"] == 95_000
    assert found.loc[("alternative", True, "SEMH"), "total"] == 25_000
    assert "may not be shown" in found.loc[("alternative", True, "SEMH"), "basis"]


def test_no_independent_price_is_taken_from_the_council_s_schools():
    found = told(bought("independent", "SEMH", False, 5, 2, 90_000.0),
                 bought("special", "SEMH", True, 15, 3, 25_000.0))  # fmt: skip
    assert found.loc[("independent", False, "SEMH")][["total", "se"]].isna().all()
    assert found.loc[("independent", False, "SEMH"), "basis"].startswith("hidden")


def test_what_few_children_have_is_not_told_apart():
    rows = bought("independent", "SEMH", False, 30, 3, 80_000.0)
    few = np.arange(30) < 9
    rows = rows.assign(joint=np.where(few, 9_000.0, 0.0), place_funding=np.where(few, 10_000.0, 0))
    found = told(rows).loc[("independent", False, "SEMH")]
    assert np.isnan(found["joint"])
    assert (found["place_funding"], found["fee"]) == (0, 79_000 + 0.3 * 10_000)
    more = np.arange(30) < 12
    rows = rows.assign(joint=np.where(more, 9_000.0, 0), place_funding=np.where(more, 10_000.0, 0))
    found = told(rows).loc[("independent", False, "SEMH")]
    assert (found["joint"], found["place_funding"]) == (3_600, 4_000)


def test_clustered_error_by_hand():
    """Mean 3; sums off it are -3 and +3; sqrt(2/1 * 18) / 4 = 1.5."""
    assert clustered_error(np.array([1.0, 2, 4, 5]), np.array(list("aabb"))) == 1.5


def test_beliefs_by_hand():
    """Spread: (4 x 0.0004 + 0.0002) / 5; the mean weighed by 2 / spread and 1 / 0.0001."""
    found = believe(np.array([0.04, 0.06]), Prior(0.02, 0.01, 0.02, 4.0, "made up"))
    spread = (4 * 0.0004 + 0.0002) / 5
    weight = 2 / spread
    assert found.year_sd == pytest.approx(spread**0.5)
    assert found.mean == pytest.approx((0.05 * weight + 0.02 * 10_000) / (weight + 10_000))
    assert found.mean_sd == pytest.approx((weight + 10_000) ** -0.5)
    assert believe(np.array([]), FEES).mean == pytest.approx(FEES.mean)


def test_price_paths_have_the_believed_mean_and_spread():
    rise = believe(np.array([]), Prior(0.04, 0.02, 0.03, 4.0, "made up"))
    logs = np.log(rise.paths(40_000, 3, np.random.default_rng(1)))
    assert (logs[:, 0] == 0).all()
    assert logs[:, 2].mean() == pytest.approx(0.08, abs=0.001)
    assert logs[:, 2].var() == pytest.approx((2 * 0.02) ** 2 + 2 * 0.03**2, rel=0.03)


def test_rises_are_of_the_same_places_only():
    places = read_places(warehouse())
    rises = seen_rises(places, DAY)
    assert rises["independent"] == pytest.approx(np.log([1.05] * 3))
    newer = places["person_id"].str.startswith("b") & (places["start_date"].dt.year < 2025)
    assert seen_rises(places[~newer], DAY)["independent"] == pytest.approx(np.log([1.05] * 3))


def test_past_forecasts_are_held_against_the_same_month():
    ledger = read_ledger(warehouse(), 4_000, np.random.default_rng(1))
    assert (ledger.year, ledger.month, ledger.years_seen) == (2026, date(2026, 9, 1), 4)
    errors = np.log(1.02) * np.ones(4)
    mean, spread, freedom = pooled(errors, 0.03 * 0.5)
    assert mean == pytest.approx(4 * np.log(1.02) / 8)
    assert spread == pytest.approx(np.sqrt(4 * 0.015**2 / 7))
    total = np.log(ledger.outturn.sum(axis=1) / sum(LINES.values()))
    assert total.mean() == pytest.approx(mean, abs=0.001)
    # One line is nearly half of all, so that its own errors are more than the record of the total.
    own = pooled(errors, 0.06 * 0.5)[1] * np.linalg.norm(list(LINES.values())) / sum(LINES.values())
    heavy = np.sqrt(freedom / (freedom - 2))
    assert total.std() == pytest.approx(max(own, spread) * heavy, rel=0.05)


def test_a_year_that_is_over_is_known():
    con = warehouse()
    con.execute("delete from live_budget_line where financial_year = 2026")
    ledger = read_ledger(con, 10, np.random.default_rng(1))
    assert ledger.month == date(2026, 3, 1)
    assert (ledger.outturn == ledger.lines["forecast"].to_numpy()).all()


def test_past_errors_leave_out_years_without_march():
    rows = pd.DataFrame(
        [("x", "all", 2024, "2024-09-01", 100.0), ("x", "all", 2024, "2025-03-01", 110.0),
         ("x", "all", 2025, "2025-09-01", 100.0), ("x", "all", 2026, "2026-09-01", 100.0)],
        columns=["line", "part", "year", "month", "forecast"],
    ).assign(month=lambda t: pd.to_datetime(t["month"]))  # fmt: skip
    found = past_errors(rows, pd.Timestamp("2026-09-01"))
    assert found["all"].to_dict() == {2024: pytest.approx(np.log(1.1))}


@settings(max_examples=25)
@given(
    st.lists(st.floats(0, 500), min_size=3, max_size=7),
    st.floats(0, 0.95),
)
def test_financial_years_are_the_area_under_the_line(counts, start):
    weights = year_weights(len(counts), len(counts) - 1, start)
    assert weights.sum(axis=1) == pytest.approx(1)
    for k, row in enumerate(weights):
        low = APRIL + k + (start if k == 0 else 0)
        at = np.linspace(low, APRIL + k + 1, 20_001)
        middle = (at[1:] + at[:-1]) / 2
        line = np.interp(middle, np.arange(len(counts)), counts)
        assert row @ counts == pytest.approx(line.mean(), abs=0.05)


def test_child_years_start_from_the_count_at_the_origin():
    found = child_years(np.array([10.0]), np.full((2, 3, 1), 10.0))
    assert found.tolist() == [[[10.0]] * 3] * 2
    rising = child_years(np.array([0.0]), np.array([[[100.0], [200.0], [300.0]]]))
    assert rising[0, 0, 0] == pytest.approx(100 * (APRIL + 0.5))


def test_share_of_a_year_gone():
    assert share_gone(date(2026, 4, 1)) == 1 / 365
    assert share_gone(date(2027, 3, 31)) == 1
    assert share_gone(date(2026, 9, 30)) == 183 / 365


@settings(max_examples=15)
@given(st.integers(0, 2**31))
def test_price_volume_mix_is_the_methods_own_in_every_future(seed):
    rng = np.random.default_rng(seed)
    volume = rng.integers(0, 30, (4, 3, 2)) * rng.integers(0, 2, (4, 3, 2)) + 0.0
    cost = volume * rng.uniform(1, 9, volume.shape)
    found = price_volume_mix_draws(volume, cost)
    for d in range(4):
        bills = [pd.DataFrame({"category": list("abc"), "volume": volume[d, :, t],
                               "cost": cost[d, :, t]}) for t in (0, 1)]  # fmt: skip
        one = price_volume_mix(*bills)
        expected = [one.volume, one.price, one.mix]
        assert [v[d] for v in found.values()] == pytest.approx(expected, abs=1e-9)
        assert sum(v[d] for v in found.values()) == pytest.approx(one.change, abs=1e-9)


def test_avoidable_needs_ten_with_a_reason():
    reasons = pd.DataFrame({"reason_at_distance": ["local_full"] * 6 + ["tribunal"] * 6})
    assert avoidable_share(reasons) == 0.5
    assert avoidable_share(reasons.iloc[:9]) is None


def test_children_new_away_are_those_not_there_a_year_before():
    places = read_places(warehouse())
    away = places[places["person_id"].str.startswith("b")]
    assert renewed_share(away, DAY) == 0
    came = away["person_id"].isin([f"b{k}" for k in range(6)]) & (away["start_date"].dt.year < 2026)
    assert renewed_share(away[~came], DAY) == pytest.approx(6 / 30)
