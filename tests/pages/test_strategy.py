"""Six priorities, each with a figure that is in the snapshot, or a plain word that it is not."""

import pytest

from pages.strategy import Measured, not_returned, six, what_moved
from pages.view import SIX


def test_every_priority_has_its_card(public):
    cards = six(public)
    assert tuple(card.priority for card in cards) == SIX
    assert [c.priority for c in cards if c.metric is None] == ["workforce"]


def test_every_number_on_a_card_is_an_observation(public):
    headlines = public.snapshot.headlines(public.principal)
    for card in six(public):
        if card.metric is None:
            continue
        rows = headlines[headlines["metric_id"] == card.metric["id"]]
        newest = rows.sort_values("period_start").iloc[-1]
        assert card.now.value == newest["value"]
        digits = float("".join(c for c in card.figure if c in "0123456789."))
        assert digits == pytest.approx(newest["value"], rel=0.01)


def test_what_is_not_measured_says_what_is_missing_and_from_whom():
    words = Measured("workforce", None).missing
    assert words == (
        "Not measured yet. Needed: the register of trained staff and the staff survey,"
        " from schools."
    )


def test_only_changes_beyond_chance_newest_first(public):
    moved = what_moved(public)
    assert moved
    assert all(m.change.sure and m.change.direction in ("up", "down") for m in moved)
    ends = [m.now.end for m in moved]
    assert ends == sorted(ends, reverse=True)
    assert all(m.link == f"/measure/{m.metric['id']}" for m in moved)


def test_what_was_not_returned_is_listed_not_counted_as_zero(public):
    assert [m["id"] for m in not_returned(public)] == ["trained_lead_share"]


def test_a_target_is_told_with_its_distance(public):
    card = six(public)[0]
    assert card.metric["id"] == "semh_educated_in_borough"
    assert card.beside.startswith("Target 85%")
    assert card.stands.state in ("met", "near", "off")
