"""One yearly series, forecast from itself and a panel like it."""

from pathlib import Path

import numpy as np
import pytest

from metrics.methods.topline import forecast, learn


def a_panel(authorities=150, years=9, seed=5) -> np.ndarray:
    """Growth of 9 % a year, levels 3 points apart, years 4 points apart; as a plain simulation."""
    rng = np.random.default_rng(seed)
    level = rng.normal(0.09, 0.03, authorities)
    growth = level[:, None] + rng.normal(0, 0.04, (authorities, years - 1))
    growth += rng.normal(0, 0.012, years - 1)
    start = rng.integers(500, 5000, authorities)[:, None]
    return np.round(start * np.exp(np.cumsum(np.c_[np.zeros(authorities), growth], axis=1)))


def test_a_panel_is_learnt():
    panel = learn(a_panel(600, 9))
    assert panel.mean == pytest.approx(0.09, abs=0.015)
    assert panel.between == pytest.approx(0.03, abs=0.006)
    assert panel.within == pytest.approx(0.04, abs=0.006)


def test_ranges_hold_as_often_as_they_say():
    """Three years ahead from five: 95 % ranges hold for 91 to 99 in 100 made-up authorities."""
    table = a_panel()
    panel = learn(table[:, :5])
    held = []
    for number, series in enumerate(table):
        low, high = np.quantile(
            forecast(series[:5], panel, years=3, draws=600, seed=number), [0.025, 0.975], axis=0
        )
        held.append((low <= series[5:8]) & (series[5:8] <= high))
    assert 0.91 <= np.mean(held) <= 0.99


def test_a_fast_grower_is_expected_to_go_on_but_less_so():
    panel = learn(a_panel())
    own = 1000 * 1.2 ** np.arange(5)
    next_year = np.median(forecast(own, panel, years=1, seed=1)) / own[-1]
    assert 1.10 < next_year < 1.20


def test_one_point_makes_no_line():
    with pytest.raises(ValueError, match="never a confident line"):
        forecast([1000], learn(a_panel()), years=2)


@pytest.mark.parametrize("table", [np.ones((3, 5)), np.ones((20, 2)), np.zeros((20, 5))])
def test_too_small_a_panel_is_refused(table):
    with pytest.raises(ValueError, match="at least 10 by 3"):
        learn(table)


@pytest.mark.real_data
def test_england_s_authorities_are_forecast_better_than_by_any_baseline(real_data: Path):
    """Plans of 2023 to 2025, learnt to 2022: ranges hold, and the verdict is the model's."""
    from benchmarks.national_forecast import record

    release = real_data / "sen2" / "education-health-and-care-plans_2025.zip"
    if not release.is_file():
        pytest.skip("the EHC plans release is not at ../shared/data/sen2")
    found = record(release, draws=300)
    model = found.table[found.table["method"] == "model"]
    assert found.authorities > 140
    assert len(model) == 3
    assert (model["coverage_95"] >= 0.92).all()
    assert (model["mean_share"].to_numpy() < [0.045, 0.075, 0.11]).all()
    assert found.verdict.beats
    assert (model[["skill_naive", "skill_drift", "skill_damped"]] > 0).all(axis=None)
