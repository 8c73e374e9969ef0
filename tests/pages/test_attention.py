"""What needs attention: by target, chance and England, each with its reason; never by rank."""

from datetime import date

import pytest

from models.borough import Target
from pages.attention import MOST, _one_of_kin, attention, counted
from pages.points import Point
from pages.statements import Change, stands, state_words

LATE = {
    "id": "late",
    "title": "Late",
    "kind": "proportion",
    "unit": "% of plans",
    "decimals": 1,
    "polarity": "low",
    "priority": "pathways",
}
DAY = date(2025, 1, 15)
CALM = Change("No real change", "none", "same", True)
WORSE = Change("Up by 9 since 2024: more than chance", "concern", "up", True)
LUCK = Change("9 more than in 2024", "none", "up", False)


class Seen:
    """A reader's view of one measure with one figure."""

    leading_ids = ()

    def __init__(self, value=20.0, lower=18.0, upper=22.0, aim=None, change=CALM, england=None):
        self.point = Point(DAY, DAY, "census", value, lower, upper)
        self.aim, self.said, self.published = aim, change, england
        self.metrics = [LATE]

    def once(self, name, make):
        return make()

    def points(self, metric):
        return [self.point]

    def change(self, metric):
        return self.said

    def england(self, metric):
        return self.published

    def target(self, metric):
        return self.aim and Target(
            metric="late", year="2025", value=self.aim, tolerance=1.0, source="a test"
        )


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        (Seen(aim=15.0, change=WORSE), "Off target of 15%"),
        (Seen(aim=18.5, change=WORSE), "Getting worse: up by 9 since 2024: more than chance"),
        (Seen(aim=18.5), "Off target of 18.5%, though chance may explain the gap"),
        (Seen(england=("2024", 17.0)), "Higher than England (17.0% in 2024) by more than chance"),
        (Seen(aim=19.5), "Near target of 19.5%"),
    ],
)
def test_the_first_reason_that_holds_is_given(seen, reason):
    (found,) = attention(seen)
    assert found.reason == reason


@pytest.mark.parametrize(
    "seen",
    [
        Seen(),
        Seen(aim=25.0),
        Seen(change=LUCK),
        Seen(england=("2024", 21.0)),
        Seen(england=("2024", 30.0)),
        Seen(value=None, lower=None, upper=None, aim=15.0),
    ],
    ids=["calm", "met", "no range", "within range of England", "better than England", "hidden"],
)
def test_what_chance_may_explain_and_what_is_well_needs_none(seen):
    assert attention(seen) == []


def test_whether_a_target_is_missed_is_said_with_its_doubt():
    aim = Target(metric="late", year="2025", value=18.5, tolerance=1.0, source="a test")
    sure, unsure = Point(DAY, DAY, "census", 25.0, 24.0, 26.0), Seen().point
    whole = Point(DAY, DAY, "census", 25.0)
    assert state_words(stands(LATE, sure, aim)) == "Off target"
    assert state_words(stands(LATE, unsure, aim)) == (
        "Off target, though chance may explain the gap"
    )
    assert state_words(stands(LATE, whole, aim)) == "Off target"
    low = Point(DAY, DAY, "census", 18.0, 16.0, 20.0)
    assert state_words(stands(LATE, low, aim)) == "On target, though chance may explain it"


def test_one_of_a_kind_is_enough():
    from pages.attention import Attention

    found = [
        Attention({**LATE, "id": name}, Seen().point, "why", 0)
        for name in ("semh_absence", "all_absence", "sen_oob_spend", "oob_spend", "all_other")
    ]
    kept = [one.metric["id"] for one in _one_of_kin(found)]
    assert kept == ["semh_absence", "oob_spend", "all_other"]


def test_the_months_page_names_each_with_its_reason(public):
    from pages.month import MonthQuery, page

    found = attention(public)
    table = page(public, MonthQuery()).parts
    section = next(p for p in table if getattr(p, "title", "") == "What needs attention")
    rows = section.parts[0].rows
    assert len(rows) == min(len(found), MOST) > 0
    assert all(rows["Why"])
    assert [a.order for a in found] == sorted(a.order for a in found)
    assert section.subtitle == counted(public).words


def test_a_target_whose_figure_is_hidden_is_not_called_met(public, monkeypatch):
    from pages import month

    hidden = month.Measured("cost", LATE, (Point(DAY, DAY, "census", status="suppressed"),))
    monkeypatch.setattr(month, "_aimed", lambda view: [hidden, hidden])
    assert month._headline(public, 3) == (
        "3 measures need attention; no figure with a target can be shown"
    )
