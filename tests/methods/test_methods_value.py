"""Value for money: published examples, by hand, properties, refusals."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.methods.value import (
    GREEN_BOOK,
    GREEN_BOOK_HEALTH,
    acceptability,
    icer,
    net_present_value,
    price_volume_mix,
)


def table(strategy, cost, effect):
    return pd.DataFrame({"strategy": list(strategy), "cost": cost, "effect": effect})


def test_icer_published_example():
    # US Veterans Affairs, Health Economics Resource Center, cost-effectiveness analysis
    got = icer(
        table(
            ["E", "D", "C", "B", "A", "UC"],
            [55000, 35000, 25000, 10000, 12000, 5000],
            [5, 4, 3, 2, 1.5, 1],
        )
    )
    assert got["strategy"].tolist() == ["UC", "B", "D", "E", "C", "A"]
    assert got["status"].tolist() == ["ND"] * 4 + ["ED", "D"]
    assert got["icer"].tolist()[1:4] == [5000, 12500, 20000]
    assert got["inc_cost"].tolist()[1:4] == [5000, 25000, 20000]
    assert got["icer"].isna().tolist() == [True, False, False, False, True, True]


def test_icer_equal_effect_at_a_higher_cost_is_dominated():
    got = icer(table("abc", [163771.0, 164848.7, 163765.1], [6.48273, 6.52861, 6.52861]))
    assert got["strategy"].iloc[0] == "c" and got["status"].tolist() == ["ND", "D", "D"]


def test_icer_of_one_strategy():
    assert icer(table("a", [1], [2]))["status"].tolist() == ["ND"]


strategies = st.lists(
    st.tuples(st.integers(0, 1000), st.integers(0, 100)), min_size=1, max_size=12, unique=True
)


@settings(max_examples=80)
@given(strategies)
def test_icer_frontier_is_the_upper_hull(pairs):
    got = icer(table(range(len(pairs)), [c for c, _ in pairs], [e for _, e in pairs]))
    frontier = got[got["status"] == "ND"]
    ratios = frontier["icer"].dropna()
    assert (ratios >= 0).all() and ratios.is_monotonic_increasing
    assert frontier["effect"].max() == got["effect"].max()
    # Whatever one is willing to pay, no strategy beats the best of the frontier.
    for worth in (0, 0.5, 3, 40, 1e6):
        best = (worth * frontier["effect"] - frontier["cost"]).max()
        assert (worth * got["effect"] - got["cost"]).max() <= best + 1e-6


def test_discount_factors_of_the_green_book():
    factors = GREEN_BOOK.factors(126)
    assert np.isclose(factors[30], 1.035**-30) and round(factors[30], 4) == 0.3563
    assert np.isclose(factors[75], 1.035**-30 * 1.03**-45) and round(factors[75], 4) == 0.0942
    assert np.isclose(factors[125] / factors[75], 1.025**-50)
    assert np.isclose(GREEN_BOOK_HEALTH.factors(3)[2], 1.015**-2)
    assert GREEN_BOOK.dated.year == 2026 and "Green Book" in GREEN_BOOK.source


def test_net_present_value_by_hand():
    got = net_present_value([100, 10], [0, 121], 0.1)
    assert np.isclose(got.npv, 110 - 100 - 10 / 1.1)
    assert np.isclose(got.bcr, 110 / (100 + 10 / 1.1))
    assert np.isnan(net_present_value([0], [5]).bcr)


def draws(seed=6, n=200):
    rng = np.random.default_rng(seed)
    frames = [
        pd.DataFrame(
            {
                "draw": range(n),
                "strategy": name,
                "cost": rng.normal(cost, 200, n),
                "effect": rng.normal(effect, 0.3, n),
            }
        )
        for name, cost, effect in (("as now", 1000, 1), ("nurture", 2500, 1.6), ("unit", 6000, 2))
    ]
    return pd.concat(frames)


def test_acceptability_equals_a_slow_count():
    found, all_draws = acceptability(draws(), [0, 2500, 20000]), draws()
    for worth, part in found.groupby("threshold"):
        wins = {name: 0 for name in part["strategy"]}
        best = []
        for _, one in all_draws.groupby("draw"):
            benefit = dict(zip(one["strategy"], worth * one["effect"] - one["cost"], strict=True))
            wins[max(benefit, key=benefit.get)] += 1
            best.append(max(benefit.values()))
        assert np.allclose(part["probability"], [wins[name] / 200 for name in part["strategy"]])
        assert np.allclose(part["evpi"], np.mean(best) - part["net_benefit"].max())
        assert part.loc[part["frontier"], "net_benefit"].tolist() == [part["net_benefit"].max()]


def test_acceptability_adds_up_and_information_is_never_worth_less_than_nothing():
    found = acceptability(draws(), np.linspace(0, 30000, 20))
    assert np.allclose(found.groupby("threshold")["probability"].sum(), 1)
    assert (found["evpi"] >= 0).all()


def bill(category, volume, cost):
    return pd.DataFrame({"category": list(category), "volume": volume, "cost": cost})


def test_price_volume_mix_by_hand():
    # 10 day places at 20 and 10 residential at 100; then 15 at 22 and 15 at 110
    got = price_volume_mix(bill("dr", [10, 10], [200, 1000]), bill("dr", [15, 15], [330, 1650]))
    # ten more places at the old mean of 60; mix unchanged; prices up 2 and 10 on 15 each
    assert (got.volume, got.mix, got.price) == (600, 0, 180)
    assert got.change == 780


def test_mix_alone():
    got = price_volume_mix(bill("dr", [10, 10], [200, 1000]), bill("dr", [5, 15], [100, 1500]))
    assert (got.volume, got.price) == (0, 0) and np.isclose(got.mix, 400)


def test_price_alone():
    got = price_volume_mix(bill("dr", [10, 10], [200, 1000]), bill("dr", [10, 10], [230, 1100]))
    assert np.isclose(got.price, 130) and np.isclose(got.volume, 0) and np.isclose(got.mix, 0)


def test_new_and_ended_categories_are_mix():
    got = price_volume_mix(bill("ab", [10, 10], [100, 200]), bill("ac", [10, 10], [100, 500]))
    assert got.price == 0 and np.isclose(got.volume, 0) and np.isclose(got.mix, 300)


lines = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 9_000_000)), min_size=1, max_size=8
).map(lambda rows: [(v, p / 100) for v, p in rows])


@settings(max_examples=150)
@given(lines, lines, st.integers(0, 8))
def test_parts_add_up(old, new, offset):
    def frame(rows, start):
        names = [f"c{i + start}" for i in range(len(rows))]
        return pd.DataFrame(
            {"category": names, "volume": [v for v, _ in rows], "cost": [v * p for v, p in rows]}
        )

    got = price_volume_mix(frame(old, 0), frame(new, offset))
    size = max(1.0, got.before, got.after)
    assert abs(got.price + got.volume + got.mix - got.change) <= 1e-9 * size
    assert abs(got.after - got.before - got.change) <= 1e-9 * size
    rows = got.parts
    gap = rows["price"] + rows["volume"] + rows["mix"] - rows["change"]
    assert (gap.abs() <= 1e-9 * size).all()
    assert np.isclose(got.before, sum(v * p for v, p in old))


def test_price_may_be_given_instead_of_cost():
    by_cost = price_volume_mix(bill("dr", [10, 10], [200, 1000]), bill("dr", [9, 15], [330, 1650]))
    before = pd.DataFrame({"category": ["d", "r"], "volume": [10, 10], "price": [20, 100]})
    after = pd.DataFrame({"volume": [9, 15], "price": [330 / 9, 110]}, index=["d", "r"])
    by_price = price_volume_mix(before, after)
    assert np.allclose(by_cost.parts.iloc[:, 1:], by_price.parts.iloc[:, 1:])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: icer(pd.DataFrame({"cost": [1]})), "columns missing: strategy, effect"),
        (lambda: icer(table("", [], [])), "table is empty"),
        (lambda: icer(table("aa", [1, 2], [1, 2])), "a strategy comes twice"),
        (lambda: icer(table("ab", [1, np.nan], [1, 2])), "cost must be finite"),
        (lambda: net_present_value([1], [1, 2]), "same shape"),
        (lambda: net_present_value([1] * 127, [1] * 127), "end at year 125"),
        (lambda: net_present_value([1], [1], -1), "rate is -1"),
        (lambda: acceptability(draws().iloc[1:], [1]), "every strategy in every draw"),
        (lambda: acceptability(pd.concat([draws()] * 2), [1]), "comes twice in a draw"),
        (lambda: acceptability(draws(), [-1]), "can't be negative"),
        (lambda: price_volume_mix(bill("aa", [1, 1], [1, 1]), bill("a", [1], [1])), "comes twice"),
        (lambda: price_volume_mix(bill("a", [0], [5]), bill("a", [1], [1])), "cost without volume"),
        (
            lambda: price_volume_mix(bill("a", [-1], [5]), bill("a", [1], [1])),
            "volume before can't",
        ),
        (lambda: price_volume_mix(bill("a", [1], [np.nan]), bill("a", [1], [1])), "misses a cost"),
    ],
)
def test_bad_input_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()
