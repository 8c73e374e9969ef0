"""Inequality indices: by hand, slow second implementations, properties, refusals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.methods.inequality import concentration_index, erreygers, fractional_rank, slope_index

amounts = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 5), st.integers(1, 9)), min_size=2, max_size=25
)


def quick(outcome, deprivation, weight=None, **options):
    return concentration_index(outcome, deprivation, weight, draws=0, **options).value


def test_rank_by_hand():
    # people 2, 1, 1 from the most deprived: mid-points 1, 2.5, 3.5 of 4
    assert np.allclose(fractional_rank([9, 5, 1], [2, 1, 1]), [0.25, 0.625, 0.875])
    assert np.allclose(fractional_rank([1, 5, 9], [2, 1, 1], "low"), [0.25, 0.625, 0.875])


def test_ties_share_the_mean_rank():
    assert np.allclose(fractional_rank([5, 5, 1, 1]), [0.25, 0.25, 0.75, 0.75])


@pytest.mark.parametrize("n", [2, 5, 40])
def test_all_to_the_most_deprived_by_hand(n):
    outcome = np.zeros(n)
    outcome[0] = 1
    assert np.isclose(quick(outcome, np.arange(n, 0, -1)), -(n - 1) / n)
    assert np.isclose(quick(outcome, np.arange(n)), (n - 1) / n)


def test_equal_amounts_are_zero():
    assert np.isclose(quick([3, 3, 3, 3], [4, 1, 2, 3], [5, 1, 2, 2]), 0)


def test_a_weight_is_so_many_people():
    outcome, deprivation, people = [2, 7, 1], [3, 2, 1], [3, 1, 2]
    long = [np.repeat(a, people) for a in (outcome, deprivation)]
    assert np.isclose(quick(outcome, deprivation, people), quick(*long))


def test_area_between_curve_and_diagonal():
    # Trapezium rule on the concentration curve: C = 1 - 2 x area
    rng = np.random.default_rng(4)
    outcome, deprivation, weight = rng.gamma(2, 3, 30), rng.normal(size=30), rng.uniform(1, 9, 30)
    order = np.argsort(-deprivation)
    people = np.concatenate([[0], np.cumsum(weight[order])]) / weight.sum()
    gains = np.concatenate([[0], np.cumsum((weight * outcome)[order])]) / (weight @ outcome)
    area = np.sum((gains[1:] + gains[:-1]) / 2 * np.diff(people))
    assert np.isclose(quick(outcome, deprivation, weight), 1 - 2 * area, rtol=1e-9)


@settings(max_examples=80)
@given(amounts, st.randoms())
def test_bounds_scale_order_and_sign(rows, random):
    outcome, deprivation, weight = (np.array(c, float) for c in zip(*rows, strict=True))
    if not outcome.sum():
        assert np.isnan(quick(outcome, deprivation, weight))
        return
    index = quick(outcome, deprivation, weight)
    assert -1 <= index <= 1
    assert np.isclose(quick(outcome * 7, deprivation, weight * 3), index)
    assert np.isclose(quick(outcome, -deprivation, weight), -index)
    order = list(range(len(rows)))
    random.shuffle(order)
    assert np.isclose(quick(outcome[order], deprivation[order], weight[order]), index)


@settings(max_examples=40)
@given(amounts)
def test_erreygers_mirrors_the_absence(rows):
    outcome, deprivation, weight = (np.array(c, float) for c in zip(*rows, strict=True))
    share = outcome / 50
    one = erreygers(share, deprivation, weight, draws=0).value
    other = erreygers(1 - share, deprivation, weight, draws=0).value
    assert np.isclose(one, -other, atol=1e-12)
    if outcome.sum():
        mean = np.average(share, weights=weight)
        assert np.isclose(one, 4 * mean * quick(share, deprivation, weight), atol=1e-12)


def test_limits_hold_the_value_widen_and_repeat():
    rng = np.random.default_rng(5)
    deprivation = rng.normal(size=60)
    outcome = rng.gamma(5, 1, 60) + np.clip(deprivation, 0, None)
    narrow, wide = (concentration_index(outcome, deprivation, confidence=c) for c in (0.8, 0.998))
    assert wide.lower < narrow.lower < narrow.value < narrow.upper < wide.upper
    assert concentration_index(outcome, deprivation, confidence=0.8) == narrow
    assert narrow.draws == 1000


def slow_slope(y, b, a):
    """OHID's way: least squares of sqrt(a) y on sqrt(a) and b sqrt(a), no constant."""
    root = np.sqrt(a)
    intercept, slope = np.linalg.lstsq(np.column_stack([root, b * root]), y * root, rcond=None)[0]
    return slope, (intercept + slope) / intercept


TENTHS = np.array([82, 75, 71, 66, 60, 58, 51, 44, 40, 31.0])
PEOPLE = np.array([900, 1100, 1000, 950, 1050, 1200, 1000, 980, 1020, 800.0])


def test_slope_equals_a_second_implementation():
    share = PEOPLE / PEOPLE.sum()
    middle = np.cumsum(share) - share / 2
    sii, rii = slow_slope(TENTHS, middle, share)
    got = slope_index(TENTHS, np.arange(1, 11), PEOPLE, most_deprived="low", draws=0)
    assert np.isclose(got.sii.value, sii, rtol=1e-9) and np.isclose(got.rii.value, rii, rtol=1e-9)


def test_a_straight_line_is_its_slope():
    rank = fractional_rank(np.arange(10, 0, -1))
    got = slope_index(5 + 3 * rank, np.arange(10, 0, -1), draws=0, multiplier=100)
    assert np.isclose(got.sii.value, 300) and np.isclose(got.rii.value, 8 / 5)
    flipped = slope_index(5 + 3 * rank, np.arange(10, 0, -1), draws=0, multiplier=-1)
    assert np.isclose(flipped.sii.value, -3) and np.isclose(flipped.rii.value, 5 / 8)


@pytest.mark.parametrize("transform", ["log", "logit"])
def test_transforms_recover_their_own_line(transform):
    rank = fractional_rank(np.arange(10, 0, -1))
    line = -2 + 1.5 * rank
    back = np.exp if transform == "log" else lambda v: 1 / (1 + np.exp(-v))
    got = slope_index(back(line), np.arange(10, 0, -1), transform=transform, draws=0)
    assert np.isclose(got.sii.value, back(-0.5) - back(-2.0))
    assert np.isclose(got.rii.value, back(-0.5) / back(-2.0))


def test_simulated_limits_agree_with_theory():
    # var(slope) of weighted least squares with known errors, equal weights
    se, rank = np.full(10, 2.0), fractional_rank(np.arange(10, 0, -1))
    got = slope_index(TENTHS, np.arange(10, 0, -1), se=se)
    exact = 1.959964 * 2.0 / np.sqrt(np.sum((rank - 0.5) ** 2))
    assert got.sii.draws == 100_000
    assert np.isclose(got.sii.upper - got.sii.value, exact, rtol=0.02)
    assert got.sii == slope_index(TENTHS, np.arange(10, 0, -1), se=se).sii


def test_bootstrap_limits_hold_the_value():
    got = slope_index(TENTHS, np.arange(10, 0, -1), PEOPLE)
    assert got.sii.lower < got.sii.value < got.sii.upper < 0
    assert got.rii.lower < got.rii.value < got.rii.upper


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: quick([], []), "is empty"),
        (lambda: quick([1, np.nan], [1, 2]), "outcome must be finite"),
        (lambda: quick([1, 2], [1, np.nan]), "deprivation must be finite"),
        (lambda: quick([1, 2], [1, 2], [1, 0]), "weight must be above 0: found 0"),
        (lambda: quick([1, 2, 3], [1, 2]), "same shape"),
        (lambda: erreygers([0.2, 30], [1, 2]), "outside 0-1: found 30"),
        (lambda: slope_index([1, 2, 3, 4], [1, 2, 3, 4]), "4 groups"),
        (lambda: slope_index([0, 2, 3, 4, 5], range(5), transform="log"), "log of outcome"),
    ],
)
def test_bad_input_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()
