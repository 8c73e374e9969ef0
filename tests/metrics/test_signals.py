"""Signals: which months are more than chance, from protected figures only, and in words."""

import duckdb
import numpy as np
import pandas as pd
import pytest

from metrics.catalogue import load_catalogue
from metrics.judged import judged_tables
from metrics.signals import POINT_COLUMNS, SUMMARY_COLUMNS, running_level, signals
from models.borough import Target
from models.metric import Metric
from models.observation import OBSERVATION_COLUMNS
from models.snapshot import TABLES


def metric(metric_id="requests", polarity="low", kind="count", period="month"):
    return Metric(
        id=metric_id,
        title="Made-up measure",
        priority="demand",
        question="Is it rising?",
        kind=kind,
        unit="requests",
        polarity=polarity,
        period=period,
        sources=["ehc_request"],
        population="Invented children",
    )


def observed(values, metric_id="requests", kind="month", **columns):
    starts = pd.date_range(
        "2020-09-01", periods=len(values), freq="MS" if kind == "month" else "4MS"
    )
    frame = pd.DataFrame(
        {
            "metric_id": metric_id,
            "period_start": starts,
            "period_end": starts + pd.offsets.MonthEnd(0),
            "period_kind": kind,
            "area_kind": "borough",
            "area_id": "E00000000",
            "breakdown": "all",
            "category": "all",
            "value": np.asarray(values, dtype=float),
            "status": "ok",
            "tier": "open",
            "loads": "",
        }
    ).assign(**columns)
    return frame.reindex(columns=OBSERVATION_COLUMNS)


def steady(n, seed=4, step=0.0, at=0):
    values = np.random.default_rng(seed).normal(100, 5, n)
    values[at:] += step
    return values


def summary(values, polarity="low", targets=(), **columns):
    found = signals(observed(values, **columns), {"requests": metric(polarity=polarity)}, targets)
    return found.summary.iloc[0].to_dict()


def test_steady_months_are_normal_variation():
    row = summary([100, 104, 98, 101, 97, 103] * 4)
    assert row["variation"] == "common_cause" and row["sentence"] == "Within normal variation"


@pytest.mark.parametrize(
    ("tail", "polarity", "variation", "sentence"),
    [
        ([130], "low", "concern_high", "The latest month is above its limits: not chance"),
        ([70], "low", "improvement_low", "The latest month is below its limits: not chance"),
        ([130], "none", "neutral_high", "The latest month is above its limits: not chance"),
        (
            [103, 104, 103, 105, 103, 104, 103],
            "high",
            "improvement_high",
            "Seven months above average: not chance",
        ),
        (
            [97, 98.2, 99.4, 100.6, 101.8, 103, 104.2],
            "low",
            "concern_high",
            "Seven months rising: not chance",
        ),
        (
            [101, 108.5, 108],
            "low",
            "concern_high",
            "Two of the last three months are near the upper limit: not chance",
        ),
    ],
)
def test_the_latest_month_in_words(tail, polarity, variation, sentence):
    row = summary([100, 104, 96, 101, 99, 103, 97, 98] * 3 + tail, polarity)
    assert (row["variation"], row["sentence"]) == (variation, sentence)


def test_fewer_than_twelve_points_are_not_judged():
    found = signals(observed(steady(11)), {"requests": metric()})
    assert found.points.empty and list(found.points.columns) == list(POINT_COLUMNS)
    row = found.summary.iloc[0]
    assert row["sentence"] == "Fewer than 12 points: too few to judge" and row["variation"] is None


def test_hidden_months_are_left_out_and_never_nought():
    values = steady(24)
    values[[3, 9]] = np.nan
    status = np.where(np.isnan(values), "suppressed", "ok")
    found = signals(observed(values, status=status), {"requests": metric()}).points
    assert len(found) == 22 and np.isclose(found["mean"].iloc[0], np.nanmean(values))


def test_only_open_headline_months_and_terms_count():
    values = steady(24)
    noise = pd.concat(
        [
            observed(values * 9, tier="restricted"),
            observed(values * 9, tier="partner"),
            observed(values * 9, area_kind="ward"),
            observed(values * 9, breakdown="sex", category="female"),
            observed(values * 9, metric_id="unknown"),
            observed(values * 9, metric_id="yearly", period_kind="academic_year"),
        ]
    )
    metrics = {"requests": metric(), "yearly": metric("yearly")}
    alone = signals(observed(values), metrics)
    among = signals(pd.concat([noise, observed(values)]), metrics)
    pd.testing.assert_frame_equal(alone.points, among.points)
    pd.testing.assert_frame_equal(alone.summary, among.summary)


def test_a_planted_shift_is_found_and_not_before():
    early, late, first = 0, [], []
    for seed in range(20):
        found = signals(observed(steady(60, seed, step=25, at=48)), {"requests": metric()}).points
        flagged, after = found["special_cause"] != "none", found["period_start"] >= "2024-09-01"
        outside = found[after & (found["special_cause"] == "outside")]
        early += int((flagged & ~after).sum())
        late.append(int((flagged & after).sum()))
        first.append(outside["period_start"].min())
    # 36 quiet months each: chance alone, and runs that chance began, flag a few in a hundred.
    assert early / (20 * 36) < 0.12
    assert min(late) >= 11
    assert np.median([(f - pd.Timestamp(2024, 9, 1)).days for f in first]) <= 31


def test_limits_rest_on_the_two_years_before_the_last_two():
    found = signals(observed(steady(60, step=18, at=40)), {"requests": metric()})
    assert len(found.points) == 48
    assert np.isclose(found.points["mean"].iloc[-1], steady(60)[12:36].mean())
    assert found.summary["note"].iloc[0] == "Limits rest on September 2021 to August 2023"


def test_the_time_of_year_is_not_taken_for_news():
    season = np.tile([0.9, 1.0, 1.4, 0.8, 1.1, 1.0, 1.5, 0.7, 1.1, 1.0, 0.6, 0.9], 5)
    values = steady(60) * season
    found = signals(observed(values), {"requests": metric()})
    assert (found.points["special_cause"] == "none").mean() > 0.9
    assert "follow the time of year" in found.summary["note"].iloc[0]
    assert np.allclose(found.points["value"], values[12:])
    assert found.points["mean"].nunique() > 5
    values[-1] *= 1.6
    row = signals(observed(values), {"requests": metric()}).summary.iloc[0]
    assert row["sentence"] == "The latest month is above its limits: not chance"


def test_a_stock_is_not_judged_by_chance():
    stock = 1000 + np.cumsum(np.random.default_rng(3).normal(8, 4, 60))
    found = signals(observed(stock), {"requests": metric()})
    assert found.points.empty
    assert "carries on from the last" in found.summary["sentence"].iloc[0]


def test_a_step_or_chance_is_not_taken_for_a_stock():
    steps = [running_level(steady(60, seed, step=40, at=30)) for seed in range(200)]
    assert sum(steps) <= 6
    assert not any(running_level(steady(24, seed)) for seed in range(100))
    rng = np.random.default_rng(0)
    walks = [running_level(500 + np.cumsum(rng.normal(10, 4, 60))) for _ in range(100)]
    assert sum(walks) > 80


def test_assurance_uses_the_latest_target():
    aims = [
        Target(metric="requests", year="2025/26", value=200, tolerance=1, source="Made up"),
        Target(metric="requests", year="2024/25", value=10, tolerance=1, source="Made up"),
    ]
    assert summary(steady(24), "low", aims)["assurance"] == "consistent_pass"
    assert summary(steady(24), "low")["assurance"] is None


def test_flat_months_have_nothing_to_judge():
    row = summary([5.0] * 24)
    assert row["sentence"] == "No variation to judge"
    assert row["variation"] == "no_variation_to_judge"


def test_terms_are_judged_too():
    row = summary([100, 104, 96, 101, 99, 103] * 3 + [140], kind="term")
    assert row["sentence"] == "The latest term is above its limits: not chance"


def test_nothing_measured_gives_empty_tables():
    found = signals(observed([]), {})
    assert list(found.points.columns) == list(POINT_COLUMNS) and found.points.empty
    assert list(found.summary.columns) == list(SUMMARY_COLUMNS) and found.summary.empty


def test_tables_fit_the_snapshot():
    con = duckdb.connect()
    for statement in TABLES:
        con.execute(statement)
    areas = pd.DataFrame({"area_kind": ["school"], "area_id": ["900001"], "phase": ["Primary"]})
    schools = pd.concat(
        [
            observed(
                [50.0],
                "share",
                "census",
                area_kind="school",
                area_id=str(900001 + i),
                tier="partner",
                numerator=10.0 + i,
                denominator=20.0 + i,
            )
            for i in range(12)
        ]
    )
    rows = pd.concat([observed(steady(60)), observed(steady(5), "few"), schools])
    metrics = {
        "requests": metric(),
        "few": metric("few"),
        "share": metric("share", kind="proportion"),
    }
    for measured in (rows, rows.iloc[:0]):
        for name, table in judged_tables(measured, metrics, areas).items():
            con.register("incoming", table)
            con.execute(f"insert into {name} by name select * from incoming order by all")
            con.unregister("incoming")
    counted = {
        name: con.execute(f"select count(*) from {name}").fetchall()[0][0]
        for name in ("signal", "signal_summary", "funnel", "funnel_point", "funnel_limit")
    }
    assert counted["signal"] == 48 and counted["signal_summary"] == 2
    assert counted["funnel"] == 1 and counted["funnel_point"] == 11 and counted["funnel_limit"] > 0
    blank = con.execute("select variation from signal_summary where metric_id = 'few'").fetchall()
    assert blank == [(None,)]


def test_what_is_counted_on_one_day_of_each_period_is_not_judged_as_chance():
    # Three terms alike, then a step: within a year nearly the same children and places stand.
    places = np.repeat([69.0, 65.0, 70.0, 66.0, 70.0, 76.0], 3) + np.tile([0.0, 0.2, -0.2], 6)
    found = {
        stock: signals(
            observed(places, kind="term"),
            {"requests": metric(period="term").model_copy(update={"stock": stock})},
        )
        for stock in (False, True)
    }
    assert "not chance" in found[False].summary["sentence"].iloc[0]
    assert "carries on from the last" in found[True].summary["sentence"].iloc[0]
    assert found[True].points.empty


def test_measures_counted_on_a_day_say_so():
    metrics = [file for file in load_catalogue() if file.metric.period in ("month", "term")]
    on_a_day = ("last day of", "at the end of the month")
    counted = {
        file.metric.id
        for file in metrics
        if any(words in file.numerator_sentence for words in on_a_day)
    }
    assert counted >= {"oob_placements", "semh_places_filled", "camhs_still_waiting_18_weeks"}
    assert counted <= {file.metric.id for file in metrics if file.metric.stock}
