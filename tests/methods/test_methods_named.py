"""Every method is there by the name, arguments and results asked for; bad input is told."""

import inspect

import numpy as np
import pandas as pd
import pytest

from metrics.methods import funnel, inequality, intervals, scores, spc, survival, value

ASKED = [
    (intervals.wilson, "x n confidence"),
    (intervals.poisson_rate, "x exposure multiplier confidence"),
    (intervals.mean_interval, "values confidence"),
    (intervals.dsr, "x n weights multiplier confidence event_frequencies"),
    (intervals.indirect_rate, "x n x_ref n_ref multiplier confidence"),
    (intervals.indirect_ratio, "x n x_ref n_ref multiplier confidence"),
    (spc.xmr, "values dates improvement target rebase fix_after screen_outliers"),
    (funnel.funnel, "numerator denominator kind overdispersion"),
    (survival.kaplan_meier, "time event entry"),
    (survival.cumulative_incidence, "time cause entry"),
    (survival.restricted_mean, "time event horizon"),
    (inequality.concentration_index, "outcome deprivation weight"),
    (inequality.erreygers, "outcome deprivation weight"),
    (inequality.slope_index, "outcome deprivation weight"),
    (value.icer, "table"),
    (value.acceptability, "draws thresholds"),
    (value.net_present_value, "costs benefits rates"),
    (value.price_volume_mix, "before after"),
    (scores.mase, "actual forecast training"),
    (scores.pinball, "actual forecast quantile"),
    (scores.interval_score, "actual lower upper alpha"),
    (scores.weighted_interval_score, "actual median lower upper alphas"),
    (scores.crps, "actual ensemble"),
]
MONTHS = pd.date_range("2024-01-01", periods=14, freq="MS")


@pytest.mark.parametrize(("method", "names"), ASKED, ids=lambda v: getattr(v, "__name__", ""))
def test_the_method_takes_what_it_was_asked_to_take(method, names):
    taken = list(inspect.signature(method).parameters)
    assert taken[: len(names.split())] == names.split()


def test_intervals_have_value_lower_and_upper_on_their_scale():
    found = intervals.wilson([0, 5, 10], [10, 10, 10])
    assert found.value.tolist() == [0, 0.5, 1]
    assert ((found.lower >= 0) & (found.upper <= 1)).all()


def test_a_chart_has_the_columns_it_was_asked_to_have():
    chart = spc.xmr(np.r_[np.zeros(7), np.ones(7)], MONTHS, target=2.0)
    asked = ["date", "value", "phase", "mean", "lpl", "upl", "special_cause", "direction"]
    assert list(chart.points) == asked
    assert set(chart.points["special_cause"]) <= {
        "none", "outside", "trend", "two_of_three", "shift",
    }  # fmt: skip
    assert chart.variation
    assert chart.assurance


def test_a_flat_series_has_no_variation_to_judge():
    chart = spc.xmr(np.full(14, 5.0), MONTHS)
    assert chart.variation == "no variation to judge"
    assert set(chart.points["special_cause"]) == {"none"}


def test_survival_frames_have_the_columns_they_were_asked_to_have():
    asked = ["time", "at_risk", "events", "survival", "se", "lower", "upper"]
    assert list(survival.kaplan_meier([1, 2], [1, 0])) == asked
    assert list(survival.cumulative_incidence([1, 2], [1, 0]))[:4] == ["time", "cause", "cif", "se"]


def test_options_are_sorted_into_kept_dominated_and_extendedly_dominated():
    table = pd.DataFrame(
        {"strategy": list("abcd"), "cost": [0, 10, 25, 40], "effect": [0, 1, 0.5, 3]}
    )
    found = value.icer(table).set_index("strategy")
    assert found["status"].to_dict() == {"a": "ND", "b": "ND", "c": "D", "d": "ND"}
    assert found.loc["d", "icer"] == pytest.approx(15)


@pytest.mark.parametrize(
    ("method", "given"),
    [
        (intervals.wilson, ([3], [2])),
        (intervals.wilson, ([-1], [2])),
        (intervals.poisson_rate, ([-1], [2])),
        (survival.kaplan_meier, ([], [])),
        (survival.kaplan_meier, ([np.nan], [1])),
        (survival.kaplan_meier, ([1], [2])),
        (survival.cumulative_incidence, ([1, 2], [0, 0])),
        (inequality.concentration_index, ([], [])),
        (inequality.concentration_index, ([np.nan, 1], [1, 2])),
        (inequality.slope_index, ([1, 2], [1, 2])),
        (value.icer, (pd.DataFrame({"strategy": ["a"]}),)),
        (spc.xmr, ([1, 2], ["2024-01-01"])),
    ],
)
def test_what_cannot_be_worked_out_is_refused_in_words(method, given):
    with pytest.raises(ValueError, match=r"\w+ .*\w+"):
        method(*given)


def test_nobody_to_count_gives_nothing_rather_than_zero():
    for found in (intervals.wilson([0], [0]), intervals.poisson_rate([0], [0])):
        assert np.isnan([found.value[0], found.lower[0], found.upper[0]]).all()
    assert np.isnan(intervals.mean_interval([]).value)
    assert np.isnan(intervals.mean_interval([3.0]).lower)


def test_ties_share_the_mean_rank_and_one_point_is_a_chart_of_one():
    assert inequality.fractional_rank([5, 5, 1]).tolist() == pytest.approx([1 / 3, 1 / 3, 5 / 6])
    assert len(spc.xmr([3.0], MONTHS[:1]).points) == 1
