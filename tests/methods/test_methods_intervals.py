"""Intervals: published values, independent second implementations, properties, refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import optimize, stats

from metrics.methods.intervals import (
    dsr,
    indirect_rate,
    indirect_ratio,
    mean_interval,
    mean_of,
    poisson_limits,
    poisson_rate,
    quantile_interval,
    quantile_ranks,
    wilson,
)

RTOL = 1e-9
counts = st.integers(0, 5000)
confidence = st.sampled_from([0.8, 0.95, 0.998])


def test_wilson_by_hand():
    # x = 5 of 10, z = 1.959964: (10 + z2 -/+ z sqrt(z2 + 10)) / (2 (10 + z2))
    got = wilson(5, 10)
    assert np.allclose([got.value, got.lower, got.upper], [0.5, 0.23659309, 0.76340691], atol=1e-8)
    assert got.method == "Wilson"


@given(counts, st.integers(0, 5000), confidence)
def test_wilson_solves_the_score_equation(x, more, level):
    n = x + more
    if n == 0:
        return
    got, z = wilson(x, n, level), stats.norm.ppf((1 + level) / 2)
    for limit in (got.lower, got.upper):
        if 0 < limit < 1:
            off = abs(x / n - limit)
            assert np.isclose(off, z * np.sqrt(limit * (1 - limit) / n), rtol=1e-7, atol=1e-12)


def test_wilson_equals_statsmodels():
    proportion = pytest.importorskip("statsmodels.stats.proportion")
    x = np.array([0, 1, 3, 17, 50, 99, 100])
    got = wilson(x, 100)
    for place, count in enumerate(x):
        lower, upper = proportion.proportion_confint(int(count), 100, method="wilson")
        assert np.isclose(got.lower[place], lower, rtol=RTOL, atol=1e-15)
        assert np.isclose(got.upper[place], upper, rtol=RTOL)


@given(counts, st.integers(0, 5000))
def test_wilson_holds_its_value_stays_in_range_and_widens(x, more):
    got = [wilson(x, x + more, level) for level in (0.8, 0.95, 0.998)]
    if x + more == 0:
        assert all(np.isnan(i.value) for i in got)
        return
    assert all(0 <= i.lower <= i.value <= i.upper <= 1 for i in got)
    widths = [i.upper - i.lower for i in got]
    assert widths == sorted(widths)


@given(counts, st.integers(0, 5000))
def test_wilson_mirrors(x, more):
    if x + more:
        one, other = wilson(x, x + more), wilson(more, x + more)
        assert np.isclose(one.lower, 1 - other.upper, atol=1e-12)


def test_wilson_no_denominator_is_not_zero():
    got = wilson([0, np.nan, 1], [0, 10, np.nan])
    assert np.isnan(np.stack([got.value, got.lower, got.upper])).all()


@pytest.mark.parametrize(
    ("x", "n", "words"),
    [
        ([1, 11], [10, 10], "more than n: found 11.0 at position 1"),
        ([-1], [10], "can't be negative: found -1"),
        ([1], [np.inf], "n must be finite"),
        (["many"], [10], "x must be numbers"),
    ],
)
def test_wilson_refuses(x, n, words):
    with pytest.raises(ValueError, match=words):
        wilson(x, n)


@pytest.mark.parametrize("level", [0, 1, 95, -0.1])
def test_confidence_is_a_share(level):
    with pytest.raises(ValueError, match="share between 0 and 1"):
        wilson(1, 2, level)


def test_poisson_garwood_table():
    # Garwood 1936: exact 95 % limits of a Poisson count
    lower, upper = poisson_limits([0, 1, 2, 5, 9])
    assert np.allclose(lower, [0, 0.02532, 0.24221, 1.62349, 4.11537], atol=1e-5)
    assert np.allclose(upper, [3.68888, 5.57164, 7.22469, 11.66833, 17.08480], atol=1e-5)


@pytest.mark.parametrize("x", range(10))
@pytest.mark.parametrize("level", [0.95, 0.998])
def test_poisson_below_ten_is_exact_by_tail_probability(x, level):
    lower, upper = poisson_limits(x, level)
    tail = (1 - level) / 2
    root = optimize.brentq(lambda m: stats.poisson.cdf(x, m) - tail, 1e-9, 60, xtol=1e-13)
    assert np.isclose(upper, root, rtol=RTOL)
    if x:
        root = optimize.brentq(lambda m: stats.poisson.sf(x - 1, m) - tail, 1e-9, 60, xtol=1e-14)
        assert np.isclose(lower, root, rtol=1e-8)
    else:
        assert lower == 0


def test_poisson_from_ten_is_byar_by_hand():
    z = stats.norm.ppf(0.975)
    x = np.array([10.0, 47, 1000])
    lower, upper = poisson_limits(x)
    assert np.allclose(lower, x * (1 - 1 / (9 * x) - z / (3 * np.sqrt(x))) ** 3, rtol=RTOL)
    y = x + 1
    assert np.allclose(upper, y * (1 - 1 / (9 * y) + z / (3 * np.sqrt(y))) ** 3, rtol=RTOL)


@given(counts, st.integers(1, 10**6), st.sampled_from([1, 100, 1000.0]))
def test_rate_holds_its_value_and_widens(x, exposure, multiplier):
    got = [poisson_rate(x, exposure, multiplier, level) for level in (0.8, 0.95, 0.998)]
    assert all(0 <= i.lower <= i.value <= i.upper for i in got)
    assert np.isclose(got[0].value, x / exposure * multiplier)
    assert got[0].upper < got[1].upper < got[2].upper


def test_rate_without_exposure_is_not_zero():
    got = poisson_rate([0, 5, np.nan], [0, 0, 10], 100)
    assert np.isnan(np.stack([got.value, got.lower, got.upper])).all()


def test_mean_equals_scipy():
    values = np.random.default_rng(3).normal(20, 5, 40)
    got = mean_interval(values)
    lower, upper = stats.t.interval(0.95, 39, values.mean(), stats.sem(values))
    assert np.allclose([got.value, got.lower, got.upper], [values.mean(), lower, upper], rtol=RTOL)


def test_mean_leaves_out_the_unknown():
    got = mean_interval([[1, np.nan, 3], [np.nan, np.nan, 7], [np.nan] * 3])
    assert np.allclose(got.value, [2, 7, np.nan], equal_nan=True)
    assert np.isnan(got.lower[1:]).all() and got.lower[0] < 2


def test_mean_of_summaries_is_mean_of_values():
    values = np.array([3.0, 9, 4, 1, 7])
    whole, summed = mean_interval(values), mean_of(values.mean(), values.std(ddof=1), 5)
    assert np.isclose(whole.lower, summed.lower, rtol=RTOL)


def test_quantile_ranks_cover():
    # n = 30, median: ranks 10 and 21, the textbook pair
    assert [float(r) for r in quantile_ranks(30)] == [10, 21]
    for n in (6, 9, 25, 80):
        lower, upper = quantile_ranks(n, 0.5)
        inside = stats.binom.cdf(upper - 1, n, 0.5) - stats.binom.cdf(lower - 1, n, 0.5)
        assert inside >= 0.95


def test_quantile_of_few_values_has_no_limits():
    got = quantile_interval([4, 9])
    assert got.value == 6.5 and np.isnan(got.lower) and np.isnan(got.upper)
    assert np.isnan(quantile_interval([]).value)


@given(hnp.arrays(float, st.integers(6, 60), elements=st.floats(-1e6, 1e6)), st.randoms())
def test_quantile_ignores_order_and_holds_its_value(values, random):
    shuffled = list(values)
    random.shuffle(shuffled)
    one, other = quantile_interval(values), quantile_interval(shuffled)
    assert (one.value, one.lower, one.upper) == (other.value, other.lower, other.upper)
    assert one.lower <= one.value <= one.upper


def slow_dsr(x, n, w, level=0.95):
    z = stats.norm.ppf((1 + level) / 2)
    total = sum(x)
    value = sum(wi * xi / ni for xi, ni, wi in zip(x, n, w, strict=True)) / sum(w)
    var = sum((wi / ni) ** 2 * xi for xi, ni, wi in zip(x, n, w, strict=True)) / sum(w) ** 2
    low = total * (1 - 1 / (9 * total) - z / (3 * total**0.5)) ** 3
    up = (total + 1) * (1 - 1 / (9 * (total + 1)) + z / (3 * (total + 1) ** 0.5)) ** 3
    return value, *(value + (var / total) ** 0.5 * (limit - total) for limit in (low, up))


def test_dsr_equals_a_plain_second_implementation():
    x, n, w = [5, 40, 12, 1], [120, 410, 300, 90], [5000, 5500, 5500, 5500]
    got = dsr(x, n, w, 1000)
    expected = np.array(slow_dsr(x, n, w)) * 1000
    assert np.allclose([got.value, got.lower, got.upper], expected, rtol=RTOL)


def test_dsr_is_the_crude_rate_where_weights_are_the_population():
    x, n = np.array([5, 20, 12]), np.array([100, 300, 200])
    whole, crude = dsr(x, n, n, 100), poisson_rate(37, 600, 100)
    assert np.isclose(whole.value, crude.value) and np.isclose(whole.lower, crude.lower)


def test_dsr_is_not_given_below_ten_events():
    got = dsr([[4, 5], [5, 5]], [[100, 100]] * 2, [[1, 1]] * 2)
    assert np.isnan([got.value[0], got.lower[0], got.upper[0]]).all()
    assert np.isclose(got.value[1], 0.05)


def test_dsr_of_repeat_events_is_wider():
    x, n, w = np.array([20, 30]), [200, 300], [1, 1]
    once, often = {1: [10, 18], 2: [5, 6]}, np.array([[10, 18], [5, 6]])
    plain, wide = dsr(x, n, w), dsr(x, n, w, event_frequencies=once)
    as_array = dsr(x, n, w, event_frequencies=often)
    assert wide.value == plain.value and wide.lower < plain.lower and wide.upper > plain.upper
    assert as_array.lower == wide.lower
    ratio = np.sqrt((10 + 4 * 5) / 200**2 + (18 + 4 * 6) / 300**2) / np.sqrt(
        20 / 200**2 + 30 / 300**2
    )
    assert np.isclose((wide.upper - wide.value) / (plain.upper - plain.value), ratio, rtol=RTOL)


def test_dsr_of_single_events_is_the_plain_one():
    x, n, w = [20, 30], [200, 300], [1, 1]
    assert dsr(x, n, w, event_frequencies={1: x}).lower == dsr(x, n, w).lower


@pytest.mark.parametrize(
    ("x", "n", "w", "frequencies", "words"),
    [
        ([5, 9], [100, 0], [1, 1], None, "n must be above 0 in each stratum"),
        ([5, 9], [100, 50], [1, 0], None, "weights must be above 0"),
        ([5, 9], [100, 50], [1, 1], {1: [5, 8]}, "don't add up to x: found 8.0 at position 1"),
        ([5, -9], [100, 50], [1, 1], None, "x can't be negative"),
    ],
)
def test_dsr_refuses(x, n, w, frequencies, words):
    with pytest.raises(ValueError, match=words):
        dsr(x, n, w, event_frequencies=frequencies)


def test_indirect_ratio_by_hand():
    # expected = 100 x 50/1000 + 200 x 100/1000 = 25; observed 15
    got = indirect_ratio([5, 10], [100, 200], [50, 100], [1000, 1000])
    lower, upper = poisson_limits(15)
    assert np.allclose([got.value, got.lower, got.upper], [60, lower * 4, upper * 4], rtol=RTOL)


def test_the_reference_itself_is_one_hundred():
    x, n = [50, 100], [1000, 4000]
    assert np.isclose(indirect_ratio(x, n, x, n).value, 100)
    assert np.isclose(indirect_rate(x, n, x, n, 1000).value, 150 / 5000 * 1000)


def test_indirect_without_expected_is_not_zero():
    assert np.isnan(indirect_ratio([0], [0], [5], [10]).value)
