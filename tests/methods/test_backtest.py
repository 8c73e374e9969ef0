"""Backtests: only what was known, hand-worked scores, verdicts that can go either way."""

import numpy as np
import pandas as pd
import pytest

from metrics.methods.backtest import (
    as_known,
    backtest,
    by_horizon,
    held_words,
    range_words,
    verdict,
)


def vintages(series: dict[str, list[float]], first: int = 2015) -> pd.DataFrame:
    return pd.DataFrame(
        [(name, first + i, first + i, v) for name, values in series.items()
         for i, v in enumerate(values)],
        columns=["series", "year", "published", "value"],
    )  # fmt: skip


def always(value: float, spread: float):
    """A forecaster of one number, evenly spread."""

    def forecast(table, origin, years):
        line = np.linspace(value - spread, value + spread, 201)
        return np.broadcast_to(line[None, :, None], (len(table), 201, years))

    return forecast


def line_on(table, origin, years):
    """The last change drawn on, give or take 2."""
    last, before = table.to_numpy()[:, -1], table.to_numpy()[:, -2]
    mean = last[:, None] + (last - before)[:, None] * np.arange(1, years + 1)
    return mean[:, None, :] + np.linspace(-2, 2, 101)[None, :, None]


def test_only_figures_published_by_the_origin_are_known():
    rows = vintages({"a": [10, 20, 30]})
    rows = pd.concat([rows, pd.DataFrame([("a", 2015, 2017, 11.0), ("a", 2016, 2018, 99.0)],
                                         columns=rows.columns)])  # fmt: skip
    assert as_known(rows, 2016).loc["a"].tolist() == [10, 20]
    assert as_known(rows, 2017).loc["a"].tolist() == [11, 20, 30]
    assert as_known(rows, 2018).loc["a"].tolist() == [11, 99, 30]


def test_a_later_figure_never_reaches_an_earlier_forecast():
    seen = []

    def spy(table, origin, years):
        seen.append((origin, list(table.columns), table.to_numpy().max()))
        return line_on(table, origin, years)

    backtest(vintages({"a": [1, 2, 4, 8, 16, 32]}), spy, origins=[2017, 2018], years=2)
    assert seen == [(2017, [2015, 2016, 2017], 4), (2018, [2015, 2016, 2017, 2018], 8)]


def test_scores_by_hand():
    """Naive from 10, 12, 11, 15 has sd sqrt(7); 100 always is far too high."""
    scores = backtest(
        vintages({"a": [10, 12, 11, 15, 18]}), always(100, 1), origins=[2018], years=1
    )
    naive = scores[scores["method"] == "naive"].iloc[0]
    assert (naive["mean"], naive["actual"]) == (15, 18)
    assert naive["q975"] == pytest.approx(15 + 1.959964 * 7**0.5)
    assert naive["scale"] == pytest.approx(7 / 3)
    assert bool(naive["held_95"]) and bool(naive["held_80"])
    model = scores[scores["method"] == "model"].iloc[0]
    # Width 1.9 and 40 times the gap of 99.05 - 18 below.
    assert model["interval_score"] == pytest.approx(1.9 + 40 * (99.05 - 18))
    record = by_horizon(scores).set_index("method")
    assert record.loc["naive", "mean_error"] == -3
    assert record.loc["model", "mean_absolute_error"] == pytest.approx(82)
    assert record.loc["model", "mase"] == pytest.approx(82 / (7 / 3))
    assert record.loc["naive", "error_share"] == pytest.approx(3 / 18)
    assert record.loc["naive", "skill_naive"] == 0
    assert record.loc["model", "skill_naive"] < -10


def test_a_good_forecast_is_shown_and_a_bad_one_says_what_instead():
    steady = vintages({name: list(50 + step * np.arange(8.0) + [0, 1, 0, 1, 0, 1, 0, 1])
                       for name, step in (("a", 3), ("b", 9))})  # fmt: skip
    good = backtest(steady, lambda t, o, y: always(0, 1)(t, o, y) + np.stack([
        50 + s * (o - 2015 + np.arange(1, y + 1)) + 0.5 for s in (3, 9)])[:, None, :],
        origins=[2019, 2020], years=2)  # fmt: skip
    said = verdict(good)
    assert said.beats and said.shown == "model"
    assert set(said.skill) == {"naive", "drift", "damped"}
    bad = verdict(backtest(steady, always(500, 1), origins=[2019, 2020], years=2))
    assert not bad.beats
    assert bad.shown in {"drift", "damped"}
    assert "shown instead" in bad.reason
    assert held_words(good) == "our past 95 % ranges held 8 of 8 times"
    assert "80 % ranges held" in held_words(good, 80)


def test_years_not_yet_counted_are_not_scored():
    scores = backtest(vintages({"a": [1, 2, 3, 4, 5, 6]}), line_on, origins=[2019], years=3)
    assert set(scores["year"]) == {2020}


def test_a_series_with_a_gap_is_left_out_not_filled():
    rows = vintages({"a": [1, 2, 3, 4, 5], "b": [5, 4, 3, 2, 1]})
    rows = rows[~((rows["series"] == "b") & (rows["year"] == 2016))]
    assert set(backtest(rows, line_on, origins=[2018], years=1)["series"]) == {"a"}


def test_what_can_not_be_scored_is_refused():
    rows = vintages({"a": [1, 2, 3, 4, 5]})
    with pytest.raises(ValueError, match="nothing to score"):
        backtest(rows, line_on, origins=[2019], years=2)
    with pytest.raises(ValueError, match="up to the origin 2025"):
        backtest(rows, line_on, origins=[2025], years=2)
    with pytest.raises(ValueError, match="twice"):
        as_known(pd.concat([rows, rows]), 2019)
    with pytest.raises(ValueError, match="published"):
        as_known(rows.drop(columns="published"), 2019)
    with pytest.raises(ValueError, match="shape"):
        backtest(rows, lambda t, o, y: np.ones((1, 5)), origins=[2018], years=1)


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ((851, 903, 1048, 1118), "likely between 900 and 1,050; we would be surprised below 850 or"
                                 " above 1,120"),
        ((2, 4, 9, 12), "likely between 4 and 9; we would be surprised below 2 or above 12"),
        ((0, 0, 3, 5), "likely between 0 and 3; we would be surprised below 0 or above 5"),
    ],
)  # fmt: skip
def test_ranges_in_plain_words(limits, words):
    assert range_words(*limits) == words


def test_pounds_in_plain_words_are_rounded_outwards():
    said = range_words(12_345_678, 13_111_111, 15_222_222, 16_543_210, unit="£")
    assert said == ("likely between £13,000,000 and £15,400,000; we would be surprised below"
                    " £12,200,000 or above £16,600,000")  # fmt: skip


def test_limits_out_of_order_are_refused():
    with pytest.raises(ValueError, match="out of order"):
        range_words(5, 4, 3, 2)
