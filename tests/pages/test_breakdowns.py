"""Groups are ranked, or in their own order, and differ only where chance is ruled out."""

from datetime import date

import pytest

from pages.breakdowns import Group, groups_finding, groups_of, shown_value, table
from pages.points import Point
from pages.statements import change_of

RATE = {
    "id": "rate",
    "title": "Rate",
    "kind": "rate",
    "unit": "per 100",
    "decimals": 1,
    "polarity": "low",
}


def group(name: str, value: float | None, half: float = 1.0, status: str = "ok") -> Group:
    spread = () if value is None else (value - half, value + half)
    point = Point(date(2025, 1, 16), date(2025, 1, 16), "census", value, *spread)
    point = Point(**{**point.__dict__, "status": status})
    return Group(name, name, (point,), change_of([point], RATE))


def whole(value: float) -> Point:
    return Point(date(2025, 1, 16), date(2025, 1, 16), "census", value, value, value)


def test_groups_apart_from_the_borough_are_named():
    groups = [group("A", 15.0), group("B", 10.5), group("C", 5.0)]
    words = "Above the borough: A; below it: C"
    assert groups_finding(RATE, groups, whole(10.0)) == words


def test_of_many_groups_a_lone_outlier_may_be_chance():
    # 11.2 ± 1 leaves out 10 at 95 %, but not at 99.8 % (half-width 1.58).
    few = [group("A", 11.2), group("B", 10.0)]
    assert groups_finding(RATE, few, whole(10.0)) == "Above the borough: A"
    many = [*few, *(group(name, 10.0) for name in "CDEFGH")]
    assert groups_finding(RATE, many, whole(10.0)) == (
        "No group differs from the borough by more than chance"
    )


def test_counts_of_groups_are_not_compared_with_the_whole():
    assert groups_finding(RATE | {"kind": "count"}, [group("A", 50.0)], whole(100.0)) == ""


@pytest.mark.parametrize(
    ("status", "words"),
    [("suppressed", "[c]"), ("not_available", "Not returned"), ("not_applicable", "[z]")],
)
def test_what_stands_for_a_missing_figure(status, words):
    assert shown_value(RATE, group("A", None, status=status).now) == words


def test_a_low_base_is_marked():
    assert shown_value(RATE, group("A", 12.0, status="low_base").now) == "12.0 per 100 [u]"


def test_year_groups_keep_their_order(public):
    names = [g.name for g in groups_of(public, public.metric("semh_pupils_share"), "year_group")]
    assert names[:3] == ["Reception", "Year 1", "Year 2"]
    assert names[-1] == "Year 11"


def test_wards_are_named_and_ranked(public):
    metric = public.metric("semh_pupils_share")
    groups = groups_of(public, metric, "ward")
    values = [g.now.value for g in groups if g.now.shown]
    assert values == sorted(values, reverse=True)
    assert "Wath" in [g.name for g in groups]
    assert len(table(metric, groups)) == 25


def test_the_public_sees_no_school(public, partner):
    metric = public.metric("semh_pupils_share")
    assert groups_of(public, metric, "school") == []
    assert len(groups_of(partner, metric, "school")) == 30
