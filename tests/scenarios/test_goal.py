"""What would have to change, by when: found where it can be reached, and said where it can't."""

import pytest

from scenarios.futures import CannotWork
from scenarios.goal import SOUGHT, Target, level, seek
from scenarios.levers import Levers, bounds
from scenarios.work import Known, work_out

KNOWN = Known(refused=25.0, place_cost=24_000.0)


def test_places_to_have_nobody_outside_but_five(hand):
    # In 2029 there are 24 and 14 outside; the middle of both futures is 19.
    found = seek(hand, Levers(fill=100), "places", Target("away", 5, 2029), KNOWN)
    assert found.reached
    assert found.value == 14  # 24 - 14 and 14 - 14: the middle is 5
    assert found.without == 19
    assert found.latest == "2028-12"


def test_what_is_found_reaches_it_and_a_little_less_does_not(borough):
    target = Target("children", 4_000, 2031)
    found = seek(borough, Levers(), "new", target, KNOWN)
    assert found.reached
    assert found.without > 4_000
    at = level(work_out(borough, Levers(new=found.value), KNOWN), target)
    near = level(work_out(borough, Levers(new=found.value + 0.2), KNOWN), target)
    assert at <= 4_000 < near


def test_the_last_month_reaches_it_and_the_next_does_not(borough):
    target = Target("children", 4_200, 2031)
    found = seek(borough, Levers(), "new", target, KNOWN)
    year, month = int(found.latest[:4]), int(found.latest[5:])
    after = f"{year + month // 12}-{month % 12 + 1:02d}"
    bound, _ = bounds("new")
    at = [
        level(work_out(borough, Levers(new=bound, new_from=start), KNOWN), target)
        for start in (found.latest, after)
    ]
    assert at[0] <= 4_200 < at[1]


def test_where_the_lever_cannot_reach_it_that_is_said(hand):
    found = seek(hand, Levers(), "new", Target("children", 10, 2029), KNOWN)
    assert not found.reached
    assert found.value is None
    assert found.bound == -50
    assert found.best > 10


def test_where_nothing_has_to_change_that_is_said(hand):
    found = seek(hand, Levers(fill=100), "places", Target("away", 500, 2029), KNOWN)
    assert (found.reached, found.value) == (True, 0)


def test_a_surer_target_asks_for_more(borough):
    middle, sure = (
        seek(borough, Levers(fill=100), "places", Target("away", 400, 2031, chance), KNOWN)
        for chance in (0.5, 0.9)
    )
    assert sure.value > middle.value


def test_refusals_start_from_what_is_known(hand):
    found = seek(hand, Levers(), "refused", Target("children", 100, 2029), KNOWN)
    assert found.reached
    assert 25 < found.value < 80


def test_pounds_need_a_cost(hand):
    target = Target("pounds", 1_500_000, 2029)
    found = seek(hand, Levers(fill=100), "places", target, KNOWN)
    assert found.reached
    assert level(work_out(hand, Levers(places=found.value, fill=100), KNOWN), target) <= 1_500_000
    bare = hand.groups.assign(unit_cost=float("nan"))
    without = type(hand)(hand.years, bare, hand.cells, hand.children, hand.joined, hand.kernel)
    with pytest.raises(CannotWork, match="cost is not known"):
        seek(without, Levers(), "places", target, KNOWN)


def test_a_year_that_is_not_projected_is_named(hand):
    with pytest.raises(CannotWork, match="January 2050"):
        seek(hand, Levers(), "new", Target("children", 10, 2050), KNOWN)


def test_only_levers_that_mean_something_are_sought(hand):
    with pytest.raises(CannotWork, match="choose one of"):
        seek(hand, Levers(), "need", Target("children", 10, 2029), KNOWN)
    assert all(bounds(name) for name in SOUGHT)
