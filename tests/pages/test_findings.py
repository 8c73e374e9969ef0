"""Headlines of pages: true clauses, in the order of what moved."""

from datetime import date

import pytest

from pages.findings import PHRASES, finding, joint_finding
from pages.points import Point

SHARE = {
    "id": "semh_pupils_share",
    "title": "Pupils with SEMH as primary need",
    "kind": "proportion",
    "unit": "% of pupils",
    "decimals": 1,
    "polarity": "none",
}
WAIT = SHARE | {"id": "camhs_wait_median", "title": "Median wait", "kind": "quantile"}
OTHER = SHARE | {"id": "something_new", "title": "Something new"}


def line(*values: float, half: float | None = 0.1, first: int = 2020) -> list[Point]:
    return [
        Point(
            date(first + i, 1, 15),
            date(first + i, 1, 15),
            "census",
            value,
            *(() if half is None else (value - half, value + half)),
        )
        for i, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("metric", "points", "words"),
    [
        (SHARE, line(4.0, 5.0), "More pupils have SEMH as their main need than a year ago"),
        (SHARE, line(5.0, 4.0), "Fewer pupils have SEMH as their main need than a year ago"),
        (SHARE, line(5.0, 5.05), "No real change in the share of pupils with SEMH need"),
        (SHARE, line(5.0), "Pupils with SEMH as primary need: 5.0% in January 2020"),
        (
            SHARE,
            line(4.0, 5.0, half=None),
            "Pupils with SEMH as primary need: 5.0% in January 2021",
        ),
        (OTHER, line(4.0, 5.0), "Something new: higher than in January 2020"),
        (SHARE, [], "Pupils with SEMH as primary need: not measured yet"),
        (None, [], "Nothing is measured here yet"),
    ],
)
def test_finding(metric, points, words):
    assert finding(metric, points) == words


def test_a_gap_of_two_years_is_not_called_a_year():
    points = [line(4.0, first=2020)[0], line(5.0, first=2022)[0]]
    assert finding(SHARE, points) == "Pupils with SEMH as primary need: higher than in January 2020"


@pytest.mark.parametrize(
    ("share", "wait", "words"),
    [
        (
            (4.0, 5.0),
            (7.0, 9.0),
            "More pupils have SEMH as their main need, and children wait longer for CAMHS"
            " than a year ago",
        ),
        (
            (4.0, 5.0),
            (7.0, 7.05),
            "More pupils have SEMH as their main need than a year ago;"
            " no real change in waits for CAMHS",
        ),
        (
            (4.0, 4.05),
            (7.0, 7.05),
            "No real change in the share of pupils with SEMH need or waits for CAMHS",
        ),
    ],
)
def test_joint_finding(share, wait, words):
    assert joint_finding([(SHARE, line(*share), None), (WAIT, line(*wait), None)]) == words


def test_nothing_measured_is_said_so():
    assert joint_finding([]) == "Nothing is measured here yet"


def test_no_phrase_judges_or_shouts():
    for phrase in PHRASES.values():
        for words in phrase:
            assert not set(words.lower().split()) & {"good", "bad", "poor", "failing", "excellent"}
            assert "!" not in words


def test_small_steps_that_add_up_are_said_with_the_calm_year():
    points = line(4.0, 4.1, 4.2, 4.3)
    words = "More pupils have SEMH as their main need than in January 2020"
    assert finding(SHARE, points) == f"{words}; no real change in the last year"
    still = line(4.0, 4.05, 3.95, 4.0)
    assert finding(SHARE, still) == "No real change in the share of pupils with SEMH need"


def test_two_years_are_too_few_for_a_rise_over_years():
    assert finding(SHARE, line(4.0, 4.1, 4.2)).startswith("No real change")


def test_a_full_count_is_said_with_the_year_before():
    plans = SHARE | {"id": "semh_ehc_plans", "kind": "count", "unit": "plans", "decimals": 0}
    assert finding(plans, line(250, 280, half=None)) == (
        "More children have an EHC plan for SEMH: 280 in January 2021, 250 in January 2020"
    )
    assert finding(plans, line(280, 280, half=None)).startswith("Pupils with SEMH as primary need:")


def test_a_school_year_of_the_pandemic_is_no_base():
    def school_years(first: int) -> list[Point]:
        return [
            Point(date(y, 9, 1), date(y + 1, 8, 31), "academic_year", v, v - 0.1, v + 0.1)
            for y, v in enumerate((4.0, 4.1, 4.2, 4.3), start=first)
        ]

    assert finding(SHARE, school_years(2021)).endswith(
        "than in 2021/22; no real change in the last year"
    )
    assert finding(SHARE, school_years(2020)).startswith("No real change")
