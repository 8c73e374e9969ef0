"""Forecast scores: by hand, against each other, refusals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from metrics.methods.scores import (
    brier,
    coverage,
    crps,
    crps_normal,
    interval_score,
    mase,
    pinball,
    weighted_interval_score,
)

numbers = st.floats(-100, 100)


def test_mase_by_hand():
    # naive errors of 1, 3, 2: mean 2; forecast errors 1 and 3: mean 2
    assert mase([10, 12], [11, 9], [1, 2, 5, 3]) == 1
    # season of 2: naive errors 4 and 1, mean 2.5
    assert mase([10, 12], [11, 9], [1, 2, 5, 3], season=2) == 2 / 2.5


def test_mase_of_a_flat_training_series_is_not_a_number():
    assert np.isnan(mase([1], [2], [3, 3, 3]))


def test_pinball_by_hand():
    assert np.allclose(pinball([10, 10], [8, 13], 0.9), [1.8, 0.3])


def test_interval_score_by_hand():
    assert np.allclose(interval_score([5, 0, 12], [1] * 3, [10] * 3, 0.2), [9, 19, 29])


@given(numbers, numbers, st.floats(0, 50), st.sampled_from([0.05, 0.2, 0.5]))
def test_interval_score_is_two_pinballs(actual, lower, width, alpha):
    upper = lower + width
    both = pinball([actual], [lower], alpha / 2) + pinball([actual], [upper], 1 - alpha / 2)
    assert np.allclose(alpha / 2 * interval_score([actual], [lower], [upper], alpha), both)


@given(numbers, st.lists(numbers, min_size=5, max_size=5))
def test_weighted_interval_score_is_the_mean_pinball(actual, quantiles):
    q = sorted(quantiles)
    levels = [0.025, 0.25, 0.5, 0.75, 0.975]
    losses = [pinball([actual], [value], level)[0] for value, level in zip(q, levels, strict=True)]
    got = weighted_interval_score([actual], [q[2]], [[q[0]], [q[1]]], [[q[4]], [q[3]]], [0.05, 0.5])
    assert np.allclose(got, sum(losses) / 2.5)


def test_weighted_interval_score_by_hand():
    # median 5, 80 % interval 1-10, actual 12: (0.5 x 7 + 0.1 x (9 + 10 x 2)) / 1.5
    assert np.allclose(weighted_interval_score([12], [5], [[1]], [[10]], [0.2]), (3.5 + 2.9) / 1.5)


@pytest.mark.parametrize(("actual", "mean", "sd"), [(0, 0, 1), (3.3, 1, 2), (-5, 0, 0.5)])
def test_crps_normal_equals_its_integral(actual, mean, sd):
    def gap(v):
        return (stats.norm.cdf(v, mean, sd) - (v >= actual)) ** 2

    pieces = [(-60, actual), (actual, 60)]
    area = sum(
        integrate.quad(gap, a, b, points=sorted({np.clip(mean, a, b)}), limit=200)[0]
        for a, b in pieces
    )
    assert np.isclose(crps_normal([actual], [mean], [sd])[0], area, rtol=1e-6)


@settings(max_examples=50)
@given(numbers, st.lists(numbers, min_size=2, max_size=12))
def test_crps_equals_all_pairs(actual, members):
    x, n = np.array(members), len(members)
    pairs = np.abs(x[:, None] - x[None, :]).sum()
    near = np.abs(x - actual).mean()
    assert np.allclose(crps([actual], [members]), near - pairs / (2 * n**2))
    assert np.allclose(crps([actual], [members], fair=True), near - pairs / (2 * n * (n - 1)))


def test_crps_of_one_member_is_the_absolute_error():
    assert crps([3], [[5]])[0] == 2


def test_crps_of_a_large_ensemble_nears_the_normal():
    members = stats.norm.ppf((np.arange(20_000) + 0.5) / 20_000, 2, 3)
    assert np.isclose(crps([4], [members])[0], crps_normal([4], [2], [3])[0], rtol=1e-3)


def test_brier_and_coverage_by_hand():
    assert np.isclose(brier([1, 0, 1], [0.8, 0.3, 0.5]), (0.04 + 0.09 + 0.25) / 3)
    assert coverage([1, 5, 9], [1, 6, 2], [4, 8, 9]) == 2 / 3


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: mase([], [], [1, 2]), "actual is empty"),
        (lambda: mase([1], [np.nan], [1, 2]), "forecast must be finite"),
        (lambda: mase([1], [1], [1, 2], season=2), "1 to 1 steps"),
        (lambda: pinball([1], [1], 1.5), "quantile is 1.5"),
        (lambda: pinball([1], [1, 2], 0.5), "same shape"),
        (lambda: interval_score([1], [3], [2]), "lower is above upper"),
        (lambda: interval_score([1], [1], [2], 5), "alpha is 5"),
        (lambda: weighted_interval_score([1], [1], [[1]], [[1]], [0.1, 0.2]), "2 alphas"),
        (lambda: crps_normal([1], [1], [0]), "sd must be above 0"),
        (lambda: crps([1, 2], [[1, 2]]), "1 rows for 2 values"),
        (lambda: crps([1], [[1]], fair=True), "at least 2"),
        (lambda: brier([2], [0.5]), "happened must be 0 or 1"),
        (lambda: brier([1], [50]), "probability must lie in 0-1"),
    ],
)
def test_bad_input_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()
