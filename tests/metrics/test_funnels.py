"""Funnels of schools: like with like, and nothing hidden in them."""

import numpy as np
import pandas as pd
import pytest

from metrics.funnels import LIMIT_COLUMNS, POINT_COLUMNS, funnels
from metrics.methods.funnel import funnel
from models.metric import Metric
from models.observation import OBSERVATION_COLUMNS


def metric(kind="proportion", multiplier=100.0, metric_id="share"):
    return Metric(
        id=metric_id,
        title="Made-up measure",
        priority="outcomes",
        question="Which schools differ?",
        kind=kind,
        unit="% of pupils",
        multiplier=multiplier,
        polarity="low",
        period="academic_year",
        sources=["pupil_census"],
        population="Invented pupils",
    )


def schools(x, n, year=2025, metric_id="share", per=100, **columns):
    x, n = np.asarray(x, dtype=float), np.asarray(n, dtype=float)
    frame = pd.DataFrame(
        {
            "metric_id": metric_id,
            "period_start": pd.Timestamp(year, 9, 1),
            "period_end": pd.Timestamp(year + 1, 8, 31),
            "period_kind": "academic_year",
            "area_kind": "school",
            "area_id": [str(900001 + i) for i in range(len(x))],
            "breakdown": "all",
            "category": "all",
            "numerator": x,
            "denominator": n,
            "value": x / n * per,
            "status": "ok",
            "tier": "partner",
            "loads": "",
        }
    ).assign(**columns)
    return frame.reindex(columns=OBSERVATION_COLUMNS)


def many(seed=1, count=30):
    rng = np.random.default_rng(seed)
    n = rng.integers(80, 900, count)
    return rng.binomial(n, 0.1), n


def test_scores_and_flags_are_those_of_the_method():
    x, n = many()
    x[5] = n[5] // 2
    found, plain = (
        funnels(schools(x, n), {"share": metric()}),
        funnel(x, n, "proportion", "additive"),
    )
    assert np.allclose(found.points["z"], plain.z_adjusted)
    assert found.points["outside_998"].tolist() == plain.outside_998.tolist()
    assert found.points.loc[found.points["outside_998"], "urn"].tolist() == ["900006"]
    row = found.summary.iloc[0]
    assert np.isclose(row["target"], 100 * x.sum() / n.sum()) and row["schools"] == 30


def test_limits_are_in_the_unit_of_the_metric():
    x, n = many()
    for kind, per in (("proportion", 100), ("rate", 1000)):
        found = funnels(schools(x, n, per=per), {"share": metric(kind, per)}).limits
        middle = found["target"].iloc[0]
        assert np.isclose(middle, per * x.sum() / n.sum())
        assert (found["lower_998"] <= found["lower_95"]).all()
        assert (found["lower_95"] < middle).all() and (found["upper_95"] > middle).all()
        assert found["denominator"].min() == n.min() and found["denominator"].max() == n.max()


def test_a_rate_may_pass_one_per_pupil():
    x, n = many()
    found = funnels(schools(x * 30, n), {"share": metric("rate")})
    assert found.points["value"].max() > 100 and len(found.points) == 30


def test_both_limits_where_schools_differ_by_more_than_chance():
    rng = np.random.default_rng(2)
    n = rng.integers(200, 900, 30)
    x = rng.binomial(n, rng.uniform(0.02, 0.3, 30))
    found = funnels(schools(x, n), {"share": metric()})
    assert found.summary["adjusted"].item() and set(found.limits["adjusted"]) == {False, True}
    wide = found.limits.groupby("adjusted")["upper_95"].max()
    assert wide[True] > wide[False]


def test_like_with_like():
    x, n = many(count=30)
    phases = {str(900001 + i): "Secondary" if i < 12 else "Primary" for i in range(29)}
    x[:12] *= 3
    found = funnels(schools(x, n), {"share": metric()}, phases)
    assert found.summary.set_index("phase")["schools"].to_dict() == {"Primary": 17, "Secondary": 12}
    assert found.summary.set_index("phase")["target"].is_monotonic_increasing
    assert "900030" not in set(found.points["urn"])


@pytest.mark.parametrize(
    "hidden",
    [
        {"value": np.nan, "numerator": np.nan, "denominator": np.nan, "status": "suppressed"},
        {"numerator": np.nan},
        {"tier": "restricted"},
        {"tier": "open"},
        {"denominator": 0.0},
    ],
)
def test_hidden_and_restricted_figures_play_no_part(hidden):
    x, n = many()
    frame = schools(x, n)
    secret = frame.iloc[[3]].assign(**hidden)
    with_secret = pd.concat([frame.drop(index=3), secret])
    without = frame.drop(index=3)
    one, other = (funnels(f, {"share": metric()}) for f in (with_secret, without))
    for mine, theirs in zip(one, other, strict=True):
        pd.testing.assert_frame_equal(mine, theirs)
    assert "900004" not in set(one.points["urn"])


def test_an_exact_restricted_figure_beside_the_partner_one_is_ignored():
    x, n = many()
    frame = schools(x, n)
    exact = frame.assign(numerator=frame["numerator"] + 1, tier="restricted")
    both = funnels(pd.concat([exact, frame]), {"share": metric()})
    pd.testing.assert_frame_equal(both.points, funnels(frame, {"share": metric()}).points)
    assert set(both.points["tier"]) == {"partner"}


def test_only_the_latest_period_and_rates_and_proportions():
    x, n = many()
    rows = pd.concat([schools(x, n, 2024), schools(x, n, 2025), schools(x, n, metric_id="cost")])
    metrics = {"share": metric(), "cost": metric("money", 1, "cost")}
    found = funnels(rows, metrics)
    assert set(found.points["metric_id"]) == {"share"}
    assert found.points["period_end"].unique().tolist() == [pd.Timestamp(2026, 8, 31)]


def test_few_schools_say_so_and_two_are_no_group():
    x, n = many(count=6)
    found = funnels(schools(x, n), {"share": metric()})
    assert "too few" in found.summary["note"].item() and not found.summary["adjusted"].item()
    assert funnels(schools(x[:2], n[:2]), {"share": metric()}).points.empty


@pytest.mark.parametrize("kind", ["proportion", "rate"])
def test_schools_alike_without_events(kind):
    found = funnels(schools([0] * 12, [50] * 12), {"share": metric(kind)})
    assert len(found.points) == 12 and not found.points["outside_95"].any()
    assert found.summary["target"].item() == 0


def test_rounding_above_the_whole_harms_nothing():
    found = funnels(schools([10] * 11 + [15], [10] * 12), {"share": metric()})
    assert found.points["outside_95"].sum() == 0


def test_nothing_measured_gives_empty_tables():
    found = funnels(schools([], []), {})
    assert list(found.points.columns) == list(POINT_COLUMNS) and found.points.empty
    assert list(found.limits.columns) == list(LIMIT_COLUMNS) and found.limits.empty
