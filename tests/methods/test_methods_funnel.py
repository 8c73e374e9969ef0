"""Funnels: hand-worked scores, a slow second implementation, properties, refusals."""

import math
import statistics

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from metrics.methods.funnel import funnel


def units(seed=2, count=40, spread=0.05):
    rng = np.random.default_rng(seed)
    n = rng.integers(50, 500, count)
    return rng.binomial(n, np.clip(rng.normal(0.2, spread, count), 0.01, 0.99)), n


def slow_phi_tau(z, s):
    """Scores pulled in to their 10th and 90th percentiles, then dispersion, in plain Python."""
    ordered = sorted(z)
    tenths = statistics.quantiles(ordered, n=10, method="inclusive")
    pulled = [min(max(v, tenths[0]), tenths[-1]) for v in z]
    count = len(z)
    phi = sum(v * v for v in pulled) / count
    w = [1 / v**2 for v in s]
    if count * phi < count - 1:
        return phi, 0.0
    return phi, (count * phi - (count - 1)) / (sum(w) - sum(v * v for v in w) / sum(w))


@pytest.mark.parametrize("seed", range(5))
def test_proportions_equal_a_slow_second_implementation(seed):
    x, n = units(seed)
    got = funnel(x, n, "proportion", "additive")
    target = sum(x) / sum(n)
    z = [
        (math.asin(math.sqrt(a / b)) - math.asin(math.sqrt(target))) * 2 * math.sqrt(b)
        for a, b in zip(x, n, strict=True)
    ]
    s = [1 / (2 * math.sqrt(b)) for b in n]
    phi, tau2 = slow_phi_tau(z, s)
    assert np.allclose(got.z, z, rtol=1e-9)
    assert np.isclose(got.phi, phi, rtol=1e-9) and np.isclose(got.tau2, tau2, rtol=1e-9)
    half = 1.959963984540054 * np.sqrt(np.array(s) ** 2 + tau2)
    upper = np.sin(np.arcsin(np.sqrt(target)) + half) ** 2
    assert np.allclose(got.limits["upper_95"], upper, rtol=1e-9)
    assert np.allclose(got.z_adjusted, np.array(z) * s / np.sqrt(np.array(s) ** 2 + tau2))


def test_rates_equal_a_slow_second_implementation():
    x, n = units()
    got = funnel(x, n, "rate", "additive")
    target = x.sum() / n.sum()
    s = np.sqrt(x / (x + 0.5) ** 2 + n / (n + 0.5) ** 2)
    z = (np.log((x + 0.5) / (n + 0.5)) - np.log(target)) / s
    phi, tau2 = slow_phi_tau(z, s)
    assert np.allclose(got.z, z, rtol=1e-9)
    assert np.isclose(got.phi, phi, rtol=1e-9) and np.isclose(got.tau2, tau2, rtol=1e-9)
    lower = target * np.exp(-3.090232306167813 * np.sqrt(s**2 + tau2))
    assert np.allclose(got.limits["lower_998"], lower, rtol=1e-9)


def test_ratios_leave_out_the_outer_tenths():
    observed, expected = np.array([12, 8, 30, 5, 14, 22, 9, 41, 3, 17]), np.full(10, 15.0)
    got = funnel(observed, expected, "ratio", "additive")
    z = np.sqrt(15) * np.log(observed / 15)
    # ranks 1..10 of 10: floor(rank * 10 / 11) is 0 for the lowest and 9 for the highest
    middle = np.sort(z)[1:-1]
    phi = np.mean(middle**2)
    tau2 = (8 * phi - 7) / (8 * 15 - 8 * 15**2 / (8 * 15))
    assert got.target == 1 and np.allclose(got.z, z)
    assert np.isclose(got.phi, phi) and np.isclose(got.tau2, tau2)
    assert np.allclose(got.limits["upper_95"], np.exp(1.959963984540054 * np.sqrt(1 / 15 + tau2)))


def test_unadjusted_ratios_have_exact_poisson_limits():
    got = funnel([10] * 12, [8.0] * 12, "ratio")
    assert np.allclose(got.limits["lower_95"], stats.chi2.ppf(0.025, 16) / 2 / 8)
    assert np.allclose(got.limits["upper_998"], stats.chi2.ppf(0.999, 18) / 2 / 8)


def test_multiplicative_limits_widen_by_the_root_of_phi():
    x, n = units()
    plain, wide = funnel(x, n), funnel(x, n, overdispersion="multiplicative")
    assert plain.phi > 1
    assert np.allclose(wide.z_adjusted, plain.z / np.sqrt(plain.phi))
    assert wide.outside_998.sum() < plain.outside_998.sum()


def test_no_overdispersion_adjusts_nothing():
    n = np.full(30, 100)
    x = np.tile([19, 20, 21], 10)
    for adjustment in ("additive", "multiplicative"):
        got = funnel(x, n, overdispersion=adjustment)
        assert got.tau2 == 0 and got.phi < 1
        assert np.allclose(got.limits, funnel(x, n).limits)
        assert "no more than chance" in got.note


def test_additive_limits_stop_at_the_spread_between_units():
    got = funnel(*units(), overdispersion="additive")
    far = got.curve([10**9]).iloc[0]
    assert far["upper_95"] - far["lower_95"] > 0.1
    plain = funnel(*units()).curve([10**9]).iloc[0]
    assert plain["upper_95"] - plain["lower_95"] < 1e-3


def test_an_outlier_is_found_and_the_rest_are_not():
    x, n = np.full(30, 20), np.full(30, 100)
    x[7] = 60
    got = funnel(x, n)
    assert np.flatnonzero(got.outside_998).tolist() == [7]


def test_a_small_school_without_events_is_not_flagged():
    # expected 1 of 20 at 5 %: the arcsine score is below -1.96, the exact chance is 36 %
    x, n = np.array([0] + [25] * 20), np.array([20] + [500] * 20)
    got = funnel(x, n)
    assert abs(got.z[0]) > 1.96 and not got.outside_95[0]
    ratio = funnel(x, n * 0.05, "ratio")
    assert np.isfinite(ratio.z).all() and not ratio.outside_95[0]


def test_few_units_say_so_and_are_not_adjusted():
    x, n = units(count=9, spread=0.15)
    got = funnel(x, n, overdispersion="additive")
    assert got.few and got.overdispersion == "none" and "9 units: too few" in got.note
    assert np.allclose(got.limits, funnel(x, n).limits)


def test_units_without_denominator_are_left_out():
    x, n = units(count=20)
    got = funnel([*x, 0, np.nan], [*n, 0, 50])
    assert np.isnan(got.z[-2:]).all() and not got.outside_95[-2:].any()
    assert np.isclose(got.target, x.sum() / n.sum())


def test_nothing_happened_anywhere():
    for kind in ("proportion", "rate"):
        got = funnel([0] * 12, [50] * 12, kind)
        assert got.target == 0 and not got.outside_95.any()


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(1, 400)), min_size=2, max_size=30),
    st.randoms(),
    st.sampled_from(["proportion", "rate", "ratio"]),
    st.sampled_from(["none", "additive", "multiplicative"]),
)
def test_order_does_not_matter_and_limits_nest(pairs, random, kind, adjustment):
    x = np.array([a for a, _ in pairs])
    n = np.array([a + b for a, b in pairs])
    rows = list(range(len(pairs)))
    random.shuffle(rows)
    one, other = funnel(x, n, kind, adjustment), funnel(x[rows], n[rows], kind, adjustment)
    assert np.allclose(one.z[rows], other.z, equal_nan=True)
    assert np.isclose(one.tau2, other.tau2) and np.isclose(one.phi, other.phi, equal_nan=True)
    if x.sum():
        limits = one.limits
        assert (limits["lower_998"] <= limits["lower_95"] + 1e-12).all()
        assert (limits["upper_95"] <= limits["upper_998"] + 1e-12).all()
        assert (one.outside_95 | ~one.outside_998).all()


@pytest.mark.parametrize(
    ("x", "n", "options", "words"),
    [
        ([], [], {}, "numerator is empty"),
        ([1, 2], [1], {}, "same shape"),
        ([3], [2], {}, "more than denominator"),
        ([-1], [2], {}, "can't be negative"),
        ([1], [2], {"kind": "mean"}, "use one of proportion, rate, ratio"),
        ([1], [2], {"overdispersion": "yes"}, "use one of none, additive"),
    ],
)
def test_bad_input_is_refused(x, n, options, words):
    with pytest.raises(ValueError, match=words):
        funnel(x, n, **options)
