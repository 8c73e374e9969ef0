"""What XmR charts and funnels say, in words; nothing where they do not apply."""

import pandas as pd
import pytest

from pages.findings import finding, joint_finding
from pages.points import Point
from pages.signals import Funnel, judged_change, judged_line, place_in

WAIT = {
    "id": "camhs_wait_median",
    "title": "Median wait",
    "kind": "quantile",
    "unit": "weeks",
    "decimals": 1,
    "polarity": "low",
}
SHARE = WAIT | {"id": "semh_pupils_share", "kind": "proportion", "unit": "% of pupils"}


def month(number: int, value: float = 7.0) -> Point:
    start = pd.Timestamp(2025, number, 1)
    return Point(start.date(), (start + pd.offsets.MonthEnd(0)).date(), "month", value)


def summary(variation, sentence: str) -> dict:
    return {"variation": variation, "sentence": sentence}


@pytest.mark.parametrize(
    ("variation", "tone", "direction"),
    [
        ("concern_high", "concern", "up"),
        ("improvement_low", "improvement", "down"),
        ("neutral_high", "neutral", "up"),
        ("common_cause", "none", "same"),
    ],
)
def test_variation_becomes_a_change(variation, tone, direction):
    change = judged_change(summary(variation, "Seven months above average: not chance"))
    assert (change.tone, change.direction, change.sure) == (tone, direction, True)
    assert change.run == ("" if direction == "same" else "seven months above average")


@pytest.mark.parametrize(
    "row",
    [None, summary(None, "Fewer than 12 points: too few to judge"), summary("no_variation", "x")],
)
def test_no_claim_where_the_rules_do_not_apply(row):
    assert judged_change(row) is None


def test_a_signal_is_a_headline_in_its_own_words():
    change = judged_change(summary("concern_high", "Seven months above average: not chance"))
    assert finding(WAIT, [month(1), month(2)], change) == (
        "Children wait longer for CAMHS than usual: seven months above average"
    )
    other = WAIT | {"id": "something_new"}
    assert finding(other, [month(1), month(2)], change) == "Median wait: seven months above average"


def test_normal_variation_is_no_real_change():
    change = judged_change(summary("common_cause", "Within normal variation"))
    assert finding(WAIT, [month(1), month(2)], change) == "No real change in waits for CAMHS"


def test_a_joint_headline_says_what_each_is_held_against():
    change = judged_change(summary("concern_high", "Seven months above average: not chance"))
    years = [
        Point(pd.Timestamp(y, 1, 15).date(), pd.Timestamp(y, 1, 15).date(), "census", v, v, v)
        for y, v in ((2024, 4.0), (2025, 5.0))
    ]
    assert joint_finding([(SHARE, years, None), (WAIT, [month(1), month(2)], change)]) == (
        "More pupils have SEMH as their main need than a year ago,"
        " and children wait longer for CAMHS than usual"
    )


def test_points_are_coloured_by_which_way_is_good():
    rows = pd.DataFrame(
        {
            "period_end": pd.to_datetime(["2025-01-31", "2025-02-28", "2025-03-31"]),
            "value": [1.0, 9.0, 5.0],
            "mean": 5.0,
            "lpl": 2.0,
            "upl": 8.0,
            "special_cause": ["outside", "outside", "none"],
            "direction": ["low", "high", "high"],
        }
    )
    assert list(judged_line(rows, "low")["direction"]) == ["improvement", "concern", "none"]
    assert list(judged_line(rows, "high")["direction"]) == ["concern", "improvement", "none"]
    assert list(judged_line(rows, "none")["direction"]) == ["neutral", "neutral", "none"]
    assert judged_line(rows.iloc[:0], "low") is None


def test_where_a_school_lies():
    points = pd.DataFrame(
        {
            "urn": ["1", "2", "3", "4"],
            "value": [30.0, 2.0, 14.0, 10.0],
            "outside_95": [True, True, True, False],
            "outside_998": [True, True, False, False],
        }
    )
    found = Funnel(points, pd.DataFrame(), 10.0, "")
    assert [place_in(found, urn) for urn in "12345"] == ["higher", "lower", "edge", "within", ""]
    assert place_in(None, "1") == ""


def test_a_measure_without_limits_is_compared_with_a_year_before():
    assert judged_change(summary(float("nan"), "Each point carries on from the last")) is None
