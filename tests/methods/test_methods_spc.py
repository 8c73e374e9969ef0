"""XmR charts: hand-worked cases, slow loops beside them, properties, refusals."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.methods.spc import NO_VARIATION, xmr


def months(n, start="2020-01-01"):
    return pd.date_range(start, periods=n, freq="MS")


def noisy(n, seed=1, step=0.0, at=0):
    values = np.random.default_rng(seed).normal(50, 3, n)
    values[at:] += step
    return values


def slow_process(y, screen):
    """Mean, and mean moving range, by hand."""
    moves = [abs(b - a) for a, b in itertools.pairwise(y)]
    average = sum(moves) / len(moves)
    kept = [m for m in moves if m < 3.267 * average] if screen else moves
    return sum(y) / len(y), sum(kept) / len(kept) if kept else 0


def slow_windows(i, n, length):
    """Every run of that many points that holds point i."""
    for a in range(max(0, i - length + 1), min(i, n - length) + 1):
        yield range(a, a + length)


def slow_label(i, y, mean, width):
    """The rules of Making Data Count for one point."""
    n = len(y)
    side = [(v > mean) - (v < mean) for v in y]
    far = [abs(v - mean) > 2.66 * width for v in y]
    near = [2.66 * width >= abs(v - mean) > 2.66 * 2 / 3 * width for v in y]
    rising = [(y[j + 1] > y[j]) - (y[j + 1] < y[j]) for j in range(n - 1)]
    if far[i]:
        return "outside"
    if any(abs(sum(rising[j] for j in w[:-1])) == 6 for w in slow_windows(i, n, 7)):
        return "trend"
    threes = [w for w in slow_windows(i, n, 3) if abs(sum(side[j] for j in w)) == 3]
    if near[i] and any(sum(near[j] for j in w) >= 2 for w in threes):
        return "two_of_three"
    shifted = any(abs(sum(side[j] for j in w)) == 7 for w in slow_windows(i, n, 7))
    return "shift" if shifted else "none"


def slow_labels(y, screen=True):
    mean, width = slow_process(y, screen)
    labels = [slow_label(i, y, mean, width) if width else "none" for i in range(len(y))]
    return mean, width, labels


series = st.lists(st.integers(0, 30), min_size=2, max_size=45).map(lambda v: np.array(v, float))


@settings(max_examples=200)
@given(series, st.booleans())
def test_labels_equal_a_slow_loop(values, screen):
    mean, width, labels = slow_labels(values.tolist(), screen)
    points = xmr(values, months(len(values)), screen_outliers=screen).points
    assert points["special_cause"].tolist() == labels
    assert np.allclose(points["mean"], mean) and np.allclose(points["upl"], mean + 2.66 * width)


def test_drifting_series_equal_a_slow_loop():
    for seed in range(60):
        rng = np.random.default_rng(seed)
        values = np.round(rng.normal(50, 3, 60) + np.linspace(0, rng.uniform(-20, 20), 60), 1)
        assert (
            xmr(values, months(60)).points["special_cause"].tolist()
            == slow_labels(values.tolist())[2]
        )


def test_limits_by_hand():
    # moves 2, 2, 2, 2: mean move 2; mean 10.8
    points = xmr([10, 12, 10, 12, 10], months(5)).points
    assert np.allclose(points[["mean", "lpl", "upl"]].iloc[0], [10.8, 10.8 - 5.32, 10.8 + 5.32])
    assert list(points.columns) == [
        "date",
        "value",
        "phase",
        "mean",
        "lpl",
        "upl",
        "special_cause",
        "direction",
    ]


def test_outlying_moves_are_screened_once():
    values = [10, 11] * 10 + [40] + [10, 11] * 10
    points = xmr(values, months(41)).points
    assert np.isclose(points["upl"].iloc[0] - points["mean"].iloc[0], 2.66)
    loose = xmr(values, months(41), screen_outliers=False).points
    assert loose["upl"].iloc[0] > points["upl"].iloc[0]
    assert points["special_cause"].iloc[20] == "outside"


def test_seven_on_one_side_are_all_flagged_and_six_are_not():
    start = [10, 14, 11, 13, 9, 15, 10, 14, 12, 12.5, 11, 13]
    seven = xmr([*start, 13, 14, 13, 15, 13, 14, 13], months(19)).points
    assert seven["special_cause"].tail(8).tolist() == ["shift"] * 8
    six = xmr([1, -1] * 7 + [1, 1.1, 1, 1.2, 1], months(19)).points
    assert "shift" not in six["special_cause"].tolist()


def test_a_point_on_the_mean_breaks_a_shift():
    values = [1, 2, 1, 2, 0, 1, 2, -1, -2, -1, -2, -1, -2, 0]
    assert sum(values) == 0
    assert "shift" not in xmr(values, months(14)).points["special_cause"].tolist()


def test_a_tie_breaks_a_trend():
    rise = [1, 7, 1, 7, 1, 2, 3, 4, 5, 6, 7, 1, 7, 1]
    points = xmr(rise, months(14)).points
    assert points["special_cause"].iloc[4:11].tolist() == ["trend"] * 7
    assert set(points["direction"].iloc[4:11]) == {"high"}
    tied = [1, 7, 1, 7, 1, 2, 3, 3, 5, 6, 7, 1, 7, 1]
    assert "trend" not in xmr(tied, months(14)).points["special_cause"].tolist()


def test_a_point_of_two_trends_goes_with_the_later():
    values = [1, 8] * 8 + [1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1] + [8, 1] * 8
    points = xmr(values, months(len(values))).points.iloc[16:29]
    assert (points["special_cause"] == "trend").all()
    assert points["direction"].tolist() == ["high"] * 6 + ["low"] * 7


def test_outside_comes_before_trend():
    values = [10, 10.1] * 10 + [11, 12, 13, 14, 15, 16, 40]
    assert xmr(values, months(27)).points["special_cause"].iloc[-1] == "outside"


def test_no_rule_reaches_across_a_rebase():
    rise = [1, 7, 1, 7, 1, 2, 3, 4, 5, 6, 7, 1, 7]
    dates = months(13)
    whole = xmr(rise, dates).points["special_cause"].iloc[4:11].tolist()
    split = xmr(rise, dates, rebase=[dates[8]])
    assert whole == ["trend"] * 7
    assert "trend" not in split.points["special_cause"].tolist()
    assert split.points["phase"].tolist() == [1] * 8 + [2] * 5


@settings(max_examples=60)
@given(series, series)
def test_each_phase_is_judged_as_if_alone(first, second):
    dates = months(len(first) + len(second))
    both = xmr(np.concatenate([first, second]), dates, rebase=[dates[len(first)]]).points
    alone = xmr(second, dates[len(first) :]).points
    columns = ["mean", "lpl", "upl", "special_cause", "direction"]
    tail = both.loc[both["phase"] == 2, columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(tail, alone[columns])


@settings(max_examples=60)
@given(series, st.randoms())
def test_order_of_rows_does_not_matter(values, random):
    dates = months(len(values))
    rows = list(range(len(values)))
    random.shuffle(rows)
    straight, mixed = xmr(values, dates).points, xmr(values[rows], dates[rows]).points
    pd.testing.assert_frame_equal(straight, mixed)


@settings(max_examples=60)
@given(series)
def test_upside_down_series_give_upside_down_charts(values):
    dates = months(len(values))
    up, down = xmr(values, dates, "increase"), xmr(-values, dates, "decrease")
    assert up.points["special_cause"].tolist() == down.points["special_cause"].tolist()
    swap = {"high": "low", "low": "high", "none": "none"}
    assert up.points["direction"].map(swap).tolist() == down.points["direction"].tolist()
    assert up.variation.split("_")[0] == down.variation.split("_")[0]


def test_fixed_limits_rest_on_the_first_points():
    values = np.concatenate([noisy(12), noisy(12, seed=5, step=30)])
    fixed = xmr(values, months(24), fix_after=12).points
    assert np.allclose(fixed["mean"], values[:12].mean())
    assert (fixed["special_cause"].tail(12) == "outside").all()


@pytest.mark.parametrize("value", [0, 0.1, 7.3, 100])
def test_flat_series_have_no_variation_to_judge(value):
    chart = xmr([value] * 24, months(24), target=value)
    assert chart.variation == NO_VARIATION
    assert (chart.points["special_cause"] == "none").all()
    assert chart.assurance == "consistent_pass"
    assert any(NO_VARIATION in words for words in chart.warnings)


def test_nearly_flat_series_flag_nobody():
    chart = xmr([5.0] * 20 + [6.0] + [5.0] * 9, months(30))
    assert chart.variation == NO_VARIATION
    assert (chart.points["special_cause"] == "none").all()


def test_a_single_point():
    chart = xmr([3], months(1))
    assert chart.variation == NO_VARIATION and len(chart.points) == 1


@pytest.mark.parametrize(
    ("improvement", "step", "expected"),
    [
        ("increase", 20, "improvement_high"),
        ("increase", -20, "concern_low"),
        ("decrease", 20, "concern_high"),
        ("decrease", -20, "improvement_low"),
        ("neutral", 20, "neutral_high"),
        ("neutral", -20, "neutral_low"),
        ("increase", 0, "common_cause"),
    ],
)
def test_variation(improvement, step, expected):
    values = np.array([50, 52, 49, 51, 50, 48, 52] * 4 + [50.0 + step])
    assert xmr(values, months(29), improvement).variation == expected


@pytest.mark.parametrize(
    ("improvement", "target", "expected"),
    [
        ("increase", 90, "consistent_fail"),
        ("increase", 10, "consistent_pass"),
        ("increase", 50, "inconsistent"),
        ("decrease", 90, "consistent_pass"),
        ("decrease", 10, "consistent_fail"),
        ("decrease", 50, "inconsistent"),
        ("neutral", 50, None),
        ("increase", None, None),
    ],
)
def test_assurance(improvement, target, expected):
    assert xmr(noisy(24), months(24), improvement, target).assurance == expected


def test_assurance_looks_at_the_last_phase():
    values, dates = noisy(30, step=40, at=15), months(30)
    assert xmr(values, dates, target=75, rebase=[dates[15]]).assurance == "consistent_pass"


@pytest.mark.parametrize(("n", "trial"), [(12, (1,)), (13, ())])
def test_few_points_make_trial_limits(n, trial):
    chart = xmr(noisy(n), months(n))
    assert chart.trial_phases == trial
    assert any("Trial limits" in words for words in chart.warnings) == bool(trial)


def test_a_rebase_outside_the_series_is_said():
    chart = xmr(noisy(15), months(15), rebase=["2030-01-01"])
    assert "01/01/2030" in " ".join(chart.warnings) and set(chart.points["phase"]) == {1}


def test_the_planted_shift_is_found_and_not_before():
    found = []
    for seed in range(20):
        values = noisy(48, seed, step=12, at=36)
        chart = xmr(values, months(48), fix_after=24).points
        found.append((chart["special_cause"].iloc[36:42] != "none").any())
        assert (chart["special_cause"].iloc[36:] == "none").sum() <= 6
    assert all(found)


@pytest.mark.parametrize(
    ("values", "dates", "words"),
    [
        ([], [], "values is empty"),
        ([1, np.nan], months(2), "must be finite numbers: found nan at position 1"),
        ([1, 2], [months(1)[0]] * 2, "a date comes twice"),
        ([1, 2], [months(1)[0], None], "a date is missing"),
        ([1, 2, 3], months(2), "same shape"),
    ],
)
def test_bad_series_are_refused(values, dates, words):
    with pytest.raises(ValueError, match=words):
        xmr(values, dates)


@pytest.mark.parametrize(
    ("options", "words"),
    [({"improvement": "up"}, "use increase, decrease or neutral"), ({"fix_after": 5}, "12 points")],
)
def test_bad_options_are_refused(options, words):
    with pytest.raises(ValueError, match=words):
        xmr(noisy(24), months(24), **options)
