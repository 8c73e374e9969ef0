"""Time to event: the textbook example, slow loops, statsmodels, properties, refusals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.methods.survival import at, cumulative_incidence, kaplan_meier, restricted_mean

# Acute myelogenous leukaemia, maintained group (Miller 1997): R's survival::aml
AML_TIME = [9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161]
AML_EVENT = [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0]


def sample(seed=0, n=300):
    rng = np.random.default_rng(seed)
    time = np.ceil(rng.exponential(10, n))
    cause = np.where(rng.random(n) < 0.7, rng.integers(1, 4, n), 0)
    entry = np.floor(rng.uniform(0, 1, n) * (time - 1)) * (rng.random(n) < 0.4)
    return time, cause, entry


def slow_incidence(time, cause, which, entry):
    """Delta-method recursion of (survival, incidence), one time after another."""
    survival, incidence, spread, rows = 1.0, 0.0, np.zeros((2, 2)), []
    for now in sorted(set(time)):
        n = sum(t >= now and e < now for t, e in zip(time, entry, strict=True))
        a = sum(t == now and c > 0 for t, c in zip(time, cause, strict=True)) / n
        b = sum(t == now and c == which for t, c in zip(time, cause, strict=True)) / n
        carry = np.array([[1 - a, 0], [b, 1]])
        effect = np.array([[-survival, 0], [0, survival]])
        noise = np.array([[a * (1 - a), b * (1 - a)], [b * (1 - a), b * (1 - b)]]) / n
        spread = carry @ spread @ carry.T + effect @ noise @ effect.T
        incidence, survival = incidence + survival * b, survival * (1 - a)
        rows.append((now, incidence, np.sqrt(max(spread[1, 1], 0)), survival))
    return np.array(rows)


def test_textbook_example():
    curve = kaplan_meier(AML_TIME, AML_EVENT)
    deaths = curve[curve["events"] > 0]
    assert deaths["time"].tolist() == [9, 13, 18, 23, 31, 34, 48]
    assert deaths["at_risk"].tolist() == [11, 10, 8, 7, 5, 4, 2]
    published = [0.909, 0.818, 0.716, 0.614, 0.491, 0.368, 0.184]
    errors = [0.0867, 0.1163, 0.1397, 0.1526, 0.1642, 0.1627, 0.1535]
    assert np.allclose(deaths["survival"], published, atol=6e-4)
    assert np.allclose(deaths["se"], errors, atol=6e-5)


def test_log_log_limits_by_hand():
    row = kaplan_meier(AML_TIME, AML_EVENT).iloc[0]
    share, se = 10 / 11, (10 / 11) * np.sqrt(1 / (11 * 10))
    theta = 1.959963984540054 * se / (share * np.log(share))
    expected = sorted([share ** np.exp(theta), share ** np.exp(-theta)])
    assert np.allclose([row["lower"], row["upper"]], expected, rtol=1e-9)


def test_restricted_mean_published():
    # R 4: print(survfit(Surv(time, status) ~ x, aml), rmean = "individual"): 52.6, se 19.8
    mean = restricted_mean(AML_TIME, AML_EVENT, 161)
    assert round(mean.value, 1) == 52.6 and round(mean.se, 1) == 19.8
    assert mean.lower < mean.value < mean.upper


def test_restricted_mean_without_censoring_is_the_mean():
    time = [2, 4, 4, 7, 11]
    assert np.isclose(restricted_mean(time, [1] * 5, 11).value, np.mean(time))
    assert np.isclose(restricted_mean(time, [1] * 5, 5).value, np.mean(np.minimum(time, 5)))


@pytest.mark.parametrize("late", [False, True])
def test_kaplan_meier_equals_statsmodels(late):
    survfunc = pytest.importorskip("statsmodels.duration.survfunc")
    time, cause, entry = sample()
    event = (cause > 0).astype(int)
    mine = kaplan_meier(time, event, entry if late else None)
    mine = mine[mine["events"] > 0]
    theirs = survfunc.SurvfuncRight(time, event, entry=entry if late else None)
    assert np.allclose(mine["survival"], theirs.surv_prob, rtol=1e-9)
    assert np.allclose(mine["se"].iloc[:-1], theirs.surv_prob_se[:-1], rtol=1e-9)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("late", [False, True])
def test_incidence_equals_a_slow_recursion(seed, late):
    time, cause, entry = sample(seed, 80)
    entry = entry if late else np.zeros(80)
    found = cumulative_incidence(time, cause, entry)
    for which in (1, 2, 3):
        slow, mine = slow_incidence(time, cause, which, entry), found[found["cause"] == which]
        assert np.allclose(mine["time"], slow[:, 0])
        assert np.allclose(mine["cif"], slow[:, 1], rtol=1e-9)
        assert np.allclose(mine["se"], slow[:, 2], rtol=1e-7, atol=1e-9)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(1, 30), st.integers(0, 3)), min_size=2, max_size=60).filter(
        lambda rows: any(cause for _, cause in rows)
    ),
    st.randoms(),
)
def test_causes_and_survival_add_up_to_everyone(rows, random):
    time, cause = map(np.array, zip(*rows, strict=True))
    found = cumulative_incidence(time, cause)
    total = found.groupby("time")["cif"].sum()
    survival = kaplan_meier(time, cause > 0).set_index("time")["survival"]
    assert np.allclose(total + survival, 1)
    assert found.groupby("cause")["cif"].apply(lambda s: s.is_monotonic_increasing).all()
    order = list(range(len(rows)))
    random.shuffle(order)
    assert np.allclose(cumulative_incidence(time[order], cause[order])["cif"], found["cif"])


def test_one_cause_is_one_minus_kaplan_meier():
    time, cause, _ = sample(1)
    event = (cause > 0).astype(int)
    one, km = cumulative_incidence(time, event), kaplan_meier(time, event)
    assert np.allclose(one["cif"], 1 - km["survival"])
    inside = km["survival"] > 0
    assert np.allclose(one["se"][inside], km["se"][inside])


def test_competing_causes_are_less_than_one_minus_kaplan_meier():
    time, cause, _ = sample(2)
    naive = 1 - kaplan_meier(time, cause == 1)["survival"].iloc[-1]
    assert cumulative_incidence(time, cause).query("cause == 1")["cif"].iloc[-1] < naive


def test_limits_widen_with_confidence():
    narrow, wide = (kaplan_meier(AML_TIME, AML_EVENT, confidence=c) for c in (0.8, 0.998))
    inside = narrow["lower"].notna()
    assert (wide["lower"] < narrow["lower"])[inside].all()
    assert (wide["upper"] > narrow["upper"])[inside].all()


def test_no_limits_where_everyone_or_nobody_is_left():
    curve = kaplan_meier([1, 2, 3], [0, 1, 1])
    assert np.isnan(curve["lower"].iloc[0]) and np.isnan(curve["upper"].iloc[-1])


def test_step_values():
    curve = kaplan_meier(AML_TIME, AML_EVENT)
    assert at(curve, 8.9) == 1 and np.isclose(at(curve, 9), 10 / 11)
    assert np.isclose(at(curve, 17), at(curve, 13))


@pytest.mark.parametrize(
    ("time", "event", "entry", "words"),
    [
        ([], [], None, "time is empty"),
        ([1, np.nan], [1, 1], None, "time must be finite numbers"),
        ([1, -2], [1, 1], None, "can't be negative: found -2.0 at position 1"),
        ([1, 2], [1, 2], None, "event must be 0 or 1"),
        ([1, 2], [1], None, "same shape"),
        ([1, 2], [1, 1], [0, 2], "time must be after entry"),
    ],
)
def test_bad_input_is_refused(time, event, entry, words):
    with pytest.raises(ValueError, match=words):
        kaplan_meier(time, event, entry)


@pytest.mark.parametrize(
    ("cause", "words"), [([0, 0], "nothing but censoring"), ([1, 0.5], "whole")]
)
def test_bad_causes_are_refused(cause, words):
    with pytest.raises(ValueError, match=words):
        cumulative_incidence([1, 2], cause)


@pytest.mark.parametrize("horizon", [0, -1, 162])
def test_bad_horizons_are_refused(horizon):
    with pytest.raises(ValueError, match="horizon is"):
        restricted_mean(AML_TIME, AML_EVENT, horizon)
