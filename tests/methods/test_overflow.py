"""Children overflow when places are full: hand-worked cases, and no child lost or made up."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.methods.places.overflow import place_children, pooled_shares
from metrics.methods.places.shortfall import chance_short, opens, ranges


def test_children_of_a_home_that_goes_to_one_site_overflow_when_it_is_full():
    placed = place_children(np.array([10.0]), np.array([8.0, 20.0]), np.array([[1.0, 0.0]]))
    assert placed.at.tolist() == [[8.0, 0.0]]
    assert placed.over.tolist() == [2.0]


def test_two_homes_share_a_full_site_in_the_same_proportion_and_then_go_on_to_the_other():
    # Round 1: A asks 8 at the first site and 2 at the second, B asks 8 at the first. The first has
    # 8 places for 16, so each gets half: 4 and 4; A has 2 at the second. Round 2: A's other 4 go
    # to the second, which has 3 left: 1 is over. B goes nowhere else: 4 are over.
    goes = np.array([[0.8, 0.2], [1.0, 0.0]])
    placed = place_children(np.array([10.0, 8.0]), np.array([8.0, 5.0]), goes)
    assert placed.at == pytest.approx(np.array([[4.0, 5.0], [4.0, 0.0]]))
    assert placed.over == pytest.approx(np.array([1.0, 4.0]))


def test_with_room_for_all_everybody_goes_where_they_would():
    goes = np.array([[0.25, 0.75], [0.5, 0.5]])
    placed = place_children(np.array([[8.0, 4.0], [4.0, 0.0]]), np.array([90.0, 90.0]), goes)
    assert placed.at == pytest.approx(
        np.array([[[2.0, 6.0], [2.0, 2.0]], [[1.0, 3.0], [0.0, 0.0]]])
    )
    assert not placed.over.any()


CHILDREN = st.lists(st.floats(0, 200), min_size=3, max_size=3)


@settings(deadline=None, max_examples=60)
@given(need=CHILDREN, places=CHILDREN, seed=st.integers(0, 10_000))
def test_every_child_is_placed_or_over_and_no_site_holds_more_than_its_places(need, places, seed):
    goes = np.random.default_rng(seed).dirichlet(np.ones(3), 3).round(1)
    placed = place_children(np.array(need), np.array(places), goes)
    assert placed.at.sum(axis=1) + placed.over == pytest.approx(np.array(need))
    assert (placed.at.sum(axis=0) <= np.array(places) + 1e-6).all()
    # Nobody is over while a site they go to has room.
    room = np.array(places) - placed.at.sum(axis=0) > 1e-5
    assert (placed.over[(goes * room).sum(axis=1) > 0] < 1e-5).all()


def test_what_cannot_be_right_is_refused():
    with pytest.raises(ValueError, match="negative"):
        place_children(np.array([-1.0]), np.array([1.0]), np.array([[1.0]]))
    with pytest.raises(ValueError, match="a row for each of 1 homes"):
        place_children(np.array([1.0]), np.array([1.0]), np.array([[1.0, 1.0]]))


def test_few_children_take_the_common_shares_and_many_keep_their_own():
    # Common shares: 110 of 200 and 90 of 200. An empty row takes them; 100 children outweigh 10.
    shares = pooled_shares(np.array([[100.0, 0.0], [10.0, 90.0], [0.0, 0.0]]), strength=10.0)
    assert shares[2] == pytest.approx([0.55, 0.45])
    assert shares[0] == pytest.approx([105.5 / 110, 4.5 / 110])
    assert shares.sum(axis=1) == pytest.approx(np.ones(3))
    with pytest.raises(ValueError, match="no child was counted"):
        pooled_shares(np.zeros((2, 2)))


def test_a_gap_opens_in_the_first_year_it_is_as_likely_as_not():
    # Four futures, three years, 10 places: need exceeds them in 1, 2 and 4 of the futures.
    need = np.array([[9.0, 9, 11], [9, 10, 12], [10, 11, 13], [11, 12, 14]])
    chance = chance_short(need, np.array([10.0, 10, 10]))
    assert chance.tolist() == [0.25, 0.5, 1.0]
    years = np.array([2027, 2028, 2029])
    assert opens(chance, years) == 2028
    assert opens(chance[:1], years[:1]) is None
    table = ranges(need, "need_")
    assert table["need_mean"].tolist() == [10, 10, 12]
    assert table["need_q50"].tolist() == [10, 10, 12]
