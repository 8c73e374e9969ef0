"""Every sentence is what the figures show, and no more."""

from datetime import date

import pytest

from models.borough import Target
from pages.points import Point
from pages.statements import (
    against,
    change_of,
    headline,
    not_shown_summary,
    stands,
    target_for,
    target_words,
)

RATE = {
    "id": "suspension_rate",
    "title": "Suspension rate",
    "kind": "rate",
    "unit": "per 100 pupils",
    "decimals": 1,
    "polarity": "low",
}
SHARE = RATE | {"kind": "proportion", "unit": "% of plans", "polarity": "high", "title": "Share"}
SPEND = RATE | {"kind": "money", "unit": "pounds", "polarity": "none", "title": "Spend"}


def year(start: int, value: float | None, half: float | None = None, status: str = "ok") -> Point:
    span = {} if half is None else {"lower": value - half, "upper": value + half}
    return Point(
        date(start, 9, 1), date(start + 1, 8, 31), "academic_year", value, status=status, **span
    )


@pytest.mark.parametrize(
    ("points", "metric", "words", "tone"),
    [
        ([], RATE, "No figures yet", "unknown"),
        ([year(2024, 12.0, 0.5)], RATE, "Nothing earlier to compare with", "unknown"),
        (
            [year(2023, 11.0, 0.5), year(2024, 12.0, 0.5)],
            RATE,
            "Up by 1.0 since 2023/24: more than chance",
            "concern",
        ),
        (
            [year(2023, 12.0, 0.5), year(2024, 11.0, 0.5)],
            RATE,
            "Down by 1.0 since 2023/24: more than chance",
            "improvement",
        ),
        (
            [year(2023, 11.0, 1.0), year(2024, 12.0, 1.0)],
            RATE,
            "No real change since 2023/24",
            "none",
        ),
        (
            [year(2023, 12.0, 1.0), year(2024, 12.0, 1.0)],
            RATE,
            "The same as in 2023/24",
            "none",
        ),
        (
            [year(2023, 70.0, 2.0), year(2024, 80.0, 2.0)],
            SHARE,
            "Up by 10.0 percentage points since 2023/24: more than chance",
            "improvement",
        ),
        (
            [year(2023, 2_000_000.0), year(2024, 2_310_000.0)],
            SPEND,
            "£310,000 more than in 2023/24",
            "none",
        ),
    ],
)
def test_change(points, metric, words, tone):
    change = change_of(points, metric)
    assert (change.words, change.tone) == (words, tone)


def test_a_move_with_no_good_side_is_neither_good_nor_bad_news():
    points = [year(2023, 11.0, 0.5), year(2024, 12.0, 0.5)]
    assert change_of(points, RATE | {"polarity": "none"}).tone == "neutral"


def test_a_hidden_latest_figure_claims_nothing():
    change = change_of([year(2023, 11.0, 0.5), year(2024, None, status="suppressed")], RATE)
    assert change.direction == "unknown"
    assert change.words.startswith("Hidden [c]")


def test_a_figure_not_returned_last_year_claims_nothing():
    change = change_of([year(2023, None, status="not_available"), year(2024, 11.0, 0.5)], RATE)
    assert change.words == "The figure for 2023/24 is not returned; no change can be shown"


def test_an_untested_change_is_never_good_or_bad_news():
    change = change_of([year(2023, 11.0), year(2024, 99.0)], RATE)
    assert (change.tone, change.sure) == ("none", False)


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ([], "Suspension rate: not measured yet"),
        ([year(2024, 12.0, 0.5)], "Suspension rate: 12.0 per 100 pupils in 2024/25"),
        ([year(2023, 11.0, 0.5), year(2024, 12.0, 0.5)], "Suspension rate: higher than in 2023/24"),
        (
            [year(2023, 12.0, 0.9), year(2024, 12.1, 0.9)],
            "Suspension rate: no real change since 2023/24",
        ),
        ([year(2024, None, status="suppressed")], "Suspension rate: hidden [c] for 2024/25"),
        ([year(2024, None, status="not_available")], "Suspension rate: not returned for 2024/25"),
    ],
)
def test_headline(points, words):
    assert headline(RATE, points) == words


@pytest.mark.parametrize(
    ("point", "other", "words"),
    [
        (year(2024, 12.8, 0.3), 11.3, "Above England 11.3 per 100 pupils"),
        (year(2024, 11.1, 0.3), 11.3, "Close to England 11.3 per 100 pupils"),
        (year(2024, 9.0, 0.3), 11.3, "Below England 11.3 per 100 pupils"),
        (year(2024, 12.8), 11.3, "More than England 11.3 per 100 pupils"),
        (year(2024, 12.8), None, "England: not available"),
        (year(2024, None, status="suppressed"), 11.3, "England: not available"),
    ],
)
def test_against_a_comparator(point, other, words):
    assert against(RATE, point, other, "England") == words


def target(value: float, year_words: str = "2025") -> Target:
    return Target(metric="share", year=year_words, value=value, tolerance=2.0, source="test")


@pytest.mark.parametrize(
    ("value", "state", "words"),
    [
        (86.0, "met", "Target 85%: met"),
        (85.0, "met", "Target 85%: met"),
        (83.5, "near", "Target 85%: 1.5 percentage points off, within tolerance"),
        (81.0, "off", "Target 85%: 4.0 percentage points off"),
        (None, "none", "Target 85%"),
    ],
)
def test_target(value, state, words):
    point = year(2024, value)
    assert stands(SHARE, point, target(85.0)).state == state
    assert target_words(SHARE, point, target(85.0)) == words


def test_a_low_target_is_met_from_below():
    assert stands(RATE, year(2024, 8.0), target(10.0)).state == "met"
    assert stands(RATE, year(2024, 11.5), target(10.0)).state == "near"
    assert stands(RATE, year(2024, 13.0), target(10.0)).state == "off"
    assert stands(SPEND, year(2024, 13.0), target(10.0)).state == "none"


def test_the_target_for_the_year():
    targets = [target(80.0, "2024"), target(85.0, "2026"), target(90.0, "2028")]
    assert target_for(targets, "share", year(2024, 80.0)).value == 85.0
    assert target_for(targets, "share", year(2029, 80.0)).value == 90.0
    assert target_for(targets, "other", year(2024, 80.0)) is None


def test_what_is_hidden_is_said_with_why():
    points = [year(2022, None, status="suppressed"), year(2023, None, status="not_available")]
    assert not_shown_summary(points) == (
        "1 hidden [c] so that no child can be identified; 1 not returned: unknown, not zero"
    )
    assert not_shown_summary([year(2024, 1.0)]) == ""
