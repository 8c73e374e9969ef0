"""The time of year: found where planted, not found in chance or in a rising stock."""

import numpy as np
import pandas as pd
import pytest

from metrics.season import season_of

SHAPE = np.array([0.9, 1.0, 1.3, 0.8, 1.1, 1.0, 1.4, 0.7, 1.1, 1.0, 0.7, 1.0])


def series(values, skip=()):
    dates = pd.Series(pd.date_range("2020-09-01", periods=len(values), freq="MS"))
    keep = ~dates.dt.month.isin(skip)
    return dates[keep].reset_index(drop=True), pd.Series(values)[keep].reset_index(drop=True)


def noise(n, seed=0, size=3.0):
    return np.random.default_rng(seed).normal(0, size, n)


@pytest.mark.parametrize("skip", [(), (8,)])
def test_a_planted_season_is_recovered(skip):
    dates, values = series(np.tile(SHAPE, 6) * 100 + noise(72), skip)
    season = season_of(dates, values)
    assert season.found and season.shares
    planted = pd.Series(np.tile(SHAPE, 6))[~series(np.zeros(72))[0].dt.month.isin(skip)]
    assert np.allclose(season.effect, planted / planted.mean(), atol=0.05)
    assert np.std(season.take_out(values)) < 0.4 * np.std(values)


def test_a_season_grows_with_its_level():
    level = np.linspace(50, 240, 72)
    dates, values = series(level * np.tile(SHAPE, 6))
    assert np.allclose(season_of(dates, values).take_out(values), level, rtol=0.05)


def test_amounts_where_some_months_have_none():
    dates, values = series(np.tile(SHAPE * 50 - 35, 5) + noise(60, size=0.5))
    season = season_of(dates, values)
    assert season.found and not season.shares
    assert abs(season.effect.mean()) < 1e-9


def test_chance_has_no_season():
    found = [season_of(*series(100 + noise(72, seed))).found for seed in range(200)]
    assert sum(found) <= 3


def test_a_rising_stock_has_no_season():
    assert not season_of(*series(np.arange(72) * 5.0 + 300 + noise(72))).found


def test_one_odd_year_does_not_move_the_season():
    values = np.tile(SHAPE, 6) * 100 + noise(72)
    plain = season_of(*series(values)).effect
    values[24:36] = noise(12, 5, 2) + 60
    assert np.allclose(season_of(*series(values)).effect, plain, atol=0.12)


@pytest.mark.parametrize("n", [1, 5, 12, 24])
def test_short_series_have_none(n):
    season = season_of(*series(np.tile(SHAPE, 6)[:n] * 100))
    assert not season.found and season.effect.tolist() == [1.0] * n


def test_flat_series_have_none():
    assert not season_of(*series(np.full(60, 7.0))).found
    assert not season_of(*series(np.zeros(60))).found


def test_out_and_back_is_the_same():
    dates, values = series(np.tile(SHAPE, 6) * 100 + noise(72))
    season = season_of(dates, values)
    assert np.allclose(season.put_back(season.take_out(values)), values)
    assert np.allclose(season.last(10).effect, season.effect[-10:])
