"""Break-even and invest-to-save against hand-worked cases."""

import numpy as np
import pytest

from metrics.methods.breakeven import break_even, invest_to_save, place_cost
from metrics.methods.value import net_present_value


def test_full_cost_by_hand():
    out = place_cost(fee=60_000, transport=8_000, joint_funding=15_000)
    assert (out.public, out.council) == (68_000, 53_000)
    local = place_cost(place_funding=10_000, top_up=14_000, transport=[2_000, 3_000])
    assert local.council.tolist() == [26_000, 27_000]


def test_break_even_by_hand():
    """£400,000 at £40,000 a place and year: ten place-years."""
    found = break_even(400_000, 68_000, 28_000)
    assert (found.median, found.low, found.high, found.never) == (10, 10, 10, 0)
    assert found.saving == 40_000


def test_break_even_with_futures():
    """Savings of 40,000, 20,000, 10,000 and none."""
    found = break_even(400_000, [50_000, 30_000, 20_000, 10_000], 10_000)
    assert found.low == 10
    assert found.median == 20
    assert found.high == np.inf
    assert found.never == 0.25


def test_invest_to_save_by_hand():
    """£100,000 now, 2 and then 3 children at £30,000, £10,000 standing from year 1."""
    found = invest_to_save([100_000, 0, 0], [[0, 2, 3]], 30_000, [0, 10_000, 10_000])
    value = -100_000 + 50_000 / 1.035 + 80_000 / 1.035**2
    assert found.expected == pytest.approx(value)
    assert found.by_year.tolist() == pytest.approx([-100_000, -100_000 + 50_000 / 1.035, value])
    assert found.year == 2
    assert found.pays_back == 1
    npv = net_present_value([100_000, 10_000, 10_000], [0, 60_000, 90_000]).npv
    assert found.expected == pytest.approx(npv)


def test_futures_that_do_not_pay_back_are_counted():
    found = invest_to_save([100_000, 0], [[0, 5], [0, 1], [0, 1], [0, 1]], 30_000)
    assert found.pays_back == 0.25
    assert found.year is None
    assert found.low < found.expected < found.high


def test_a_balance_that_falls_again_has_not_paid_back():
    found = invest_to_save([10, 0, 100, 0], [[0, 20, 0, 100]], 1.0)
    assert found.year == 3


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: place_cost(fee=-1), "fee can't be negative"),
        (lambda: place_cost(fee=5, joint_funding=6), "joint funding is above"),
        (lambda: place_cost(fee=np.nan), "finite"),
        (lambda: break_even(-5, 1, 1), "capital can't be negative"),
        (lambda: break_even(5, [1, 2], [1, 2, 3]), "same shape"),
        (lambda: invest_to_save([1, 2], [[1, 2, 3]], 5), "by year"),
        (lambda: invest_to_save([1, 2], [[1, 2]], [5, 6]), "one for each"),
        (lambda: invest_to_save([-1, 2], [[1, 2]], 5), "negative"),
    ],
)
def test_bad_input_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()
