"""Baselines against hand-worked cases and a second implementation."""

import numpy as np
import pytest

from metrics.methods.baselines import BASELINES, DAMPING, _fit, _grid, damped, drift, naive

SERIES = [10.0, 12.0, 11.0, 15.0]  # changes +2, -1, +4


def test_naive_by_hand():
    found = naive(SERIES, 2)
    assert found.mean.tolist() == [15, 15]
    assert found.sd == pytest.approx([7**0.5, 14**0.5])  # (4 + 1 + 16) / 3 = 7


def test_drift_by_hand():
    """b = 5/3; squared gaps 1/9 + 64/9 + 49/9 = 38/3; / (4 - 2) = 19/3; x 4/3 and x 2 x 5/3."""
    found = drift(SERIES, 2)
    assert found.mean == pytest.approx([15 + 5 / 3, 15 + 10 / 3])
    assert found.sd == pytest.approx([(76 / 9) ** 0.5, (190 / 9) ** 0.5])


def test_interval_by_hand():
    low, high = naive(SERIES, 1).interval(0.95)
    assert (low[0], high[0]) == pytest.approx((15 - 1.959964 * 7**0.5, 15 + 1.959964 * 7**0.5))


def test_a_trend_that_fades_exactly_is_forecast_exactly():
    steps = 8 * DAMPING ** np.arange(9)
    series = 100 + np.concatenate([[0], np.cumsum(steps)])
    found = damped(series[:7], 3)
    assert found.mean == pytest.approx(series[7:])
    assert found.sd == pytest.approx([0] * 3, abs=1e-9)


def test_a_straight_line_is_followed_but_less_and_less():
    found = damped(100 + 5.0 * np.arange(8), 3)
    assert (found.mean > 135).all()
    assert (np.diff(found.mean) < 5.0).all()


def test_damped_agrees_with_another_implementation():
    """The same weights, starts and damping in statsmodels' ETS; variance by the closed form."""
    ets = pytest.importorskip("statsmodels.tsa.exponential_smoothing.ets")
    series = np.array([120.0, 131.0, 137.0, 150.0, 149.0, 166.0, 181.0])
    _, _, squared = _fit(series)
    best = int(np.argmin(squared))
    a, b = (float(w[best]) for w in _grid())
    model = ets.ETSModel(
        series[2:], error="add", trend="add", damped_trend=True, initialization_method="known",
        initial_level=series[1], initial_trend=series[1] - series[0],
    )  # fmt: skip
    fit = model.smooth([a, b, DAMPING])
    found = damped(series, 4)
    assert found.mean == pytest.approx(fit.forecast(4), rel=1e-8)
    assert squared[best] == pytest.approx((fit.resid**2).sum())
    h, d = np.arange(1, 5), DAMPING
    closed = 1 + a**2 * (h - 1) + b * d * h / (1 - d) ** 2 * (2 * a * (1 - d) + b * d) - (
        b * d * (1 - d**h) / ((1 - d) ** 2 * (1 - d**2))
        * (2 * a * (1 - d**2) + b * d * (1 + 2 * d - d**h))
    )  # fmt: skip
    assert found.sd**2 == pytest.approx(closed * squared[best] / 3, rel=1e-8)


def test_a_series_that_never_moves_has_no_spread():
    for method in BASELINES.values():
        found = method([7.0] * 5, 3)
        assert found.mean == pytest.approx([7.0] * 3)
        assert found.sd == pytest.approx([0.0] * 3)


@pytest.mark.parametrize(("name", "least"), [("naive", 2), ("drift", 3), ("damped", 4)])
def test_too_few_years_are_refused(name, least):
    BASELINES[name](SERIES[:least], 1)
    with pytest.raises(ValueError, match=f"at least {least} are needed"):
        BASELINES[name](SERIES[: least - 1], 1)


def test_bad_values_and_horizons_are_refused():
    with pytest.raises(ValueError, match="0 years ahead"):
        naive(SERIES, 0)
    with pytest.raises(ValueError, match="finite"):
        drift([1.0, np.nan, 3.0], 1)
