"""Scenarios worked by hand, by a second way in loops, and by what must always be so."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naive_scenario import naive
from tiny_futures import CHILDREN, tiny

from scenarios.futures import CannotWork, read_futures
from scenarios.levers import Levers
from scenarios.work import Known, ranges, work_out

KNOWN = Known(refused=25.0, place_cost=24_000.0)


def test_no_lever_changes_nothing(borough):
    out = work_out(borough, Levers())
    assert np.array_equal(out.children, borough.children)
    assert not out.placed.any()
    assert not Levers().moved


def test_a_tenth_more_new_plans_worked_by_hand(hand):
    # Future 0: 1 more each in 2027 and 2028, 2 more in 2029, spread by the kernel.
    out = work_out(hand, Levers(new=10))
    assert out.children[0, 0] == pytest.approx([42 + 0.5, 31 + 0.3, 20 + 0.2])
    assert out.children[0, 1] == pytest.approx([44 + 0.5 + 0.4, 32 + 0.3 + 0.3, 22 + 0.2 + 0.2])
    assert out.children[0, 2] == pytest.approx([46 + 1 + 0.4 + 0.2, 33 + 0.6 + 0.5, 24 + 0.4 + 0.4])
    assert out.children[1, 0] == pytest.approx([50 + 1, 35 + 0.6, 10 + 0.4])


def test_a_start_in_september_reaches_a_third_of_the_year(hand):
    out = work_out(hand, Levers(new=30, new_from="2027-09"))
    # 2028: four months of twelve of 30 % more than 10 new plans is 1 more.
    assert np.array_equal(out.children[:, 0], hand.children[:, 0])
    assert out.children[0, 1, 0] == pytest.approx(44 + 1 * 0.5)


def test_early_help_and_refusals_multiply(hand):
    # Half reached, a fifth of them need no plan: 0.9. Refusals from 25 % to 40 %: 60 / 75 = 0.8.
    out = work_out(hand, Levers(reach=50, effect=20, refused=40), KNOWN)
    assert out.children[0, 0, 0] == pytest.approx(42 + 10 * (0.72 - 1) * 0.5)


def test_new_places_take_children_from_outside_and_save_the_difference(hand):
    out = work_out(hand, Levers(places=15, places_from="2027-09", fill=100), KNOWN)
    assert out.placed.tolist() == [[0, 15, 15], [0, 12, 14]]  # never more than are there
    assert out.away()[0].tolist() == [20, 7, 9]
    assert out.away()[1].tolist() == [10, 0, 0]
    plain = work_out(hand, Levers(), KNOWN)
    assert (plain.spent - out.spent)[0].tolist() == [0, 15 * 36_000, 15 * 36_000]
    assert np.allclose(out.total(), plain.total())  # nobody is lost


def test_places_fill_as_children_away_are_new(hand):
    # Half are new in a year: 20, 22, 24 away; 1/2, 3/4 and 7/8 of them since January 2026.
    out = work_out(hand, Levers(places=15, places_from="2026-01", fill=50), KNOWN)
    assert out.placed[0].tolist() == [10, 15, 15]
    assert out.placed[1].tolist() == [5, 9, 12.25]
    measured = Known(place_cost=1.0, renewed=50.0)
    again = work_out(hand, Levers(places=15, places_from="2026-01"), measured)
    assert np.array_equal(again.placed, out.placed)


def test_fees_rise_outside_the_borough_only(hand):
    out = work_out(hand, Levers(fees=10, fees_from="2027-01"))
    assert out.spent[0].tolist() == pytest.approx(
        [31 * 20_000 + 20 * 60_000, 32 * 20_000 + 22 * 66_000, 33 * 20_000 + 24 * 72_600]
    )
    assert out.spent_away[0, 0] == 20 * 60_000


def test_what_is_not_known_is_said_not_guessed(hand):
    out = work_out(hand, Levers(refused=10, places=5))
    assert (len(out.notes), out.spent, out.spent_away) == (2, None, None)
    assert "refused now is not known" in out.notes[0]
    assert "local place costs is not known" in out.notes[1]
    assert np.allclose(out.total(), hand.children.sum(axis=2))


def test_a_saving_is_not_said_where_the_fee_is_not_known(hand):
    groups = hand.groups.assign(unit_cost=[9_000.0, 20_000.0, float("nan")])
    futures = type(hand)(hand.years, groups, hand.cells, hand.children, hand.joined, hand.kernel)
    out = work_out(futures, Levers(places=5), KNOWN)
    assert (out.spent, out.spent_away) == (None, None)
    assert "would save can't be said" in out.notes[0]
    assert work_out(futures, Levers(new=5), KNOWN).spent is not None


def test_ranges_are_over_futures(hand):
    found = ranges(work_out(hand, Levers()).total())
    assert found.shape == (5, 3)
    assert found[2, 0] == (42 + 31 + 20 + 50 + 35 + 10) / 2


def test_levers_of_one_need_leave_the_other(borough):
    out = work_out(borough, Levers(need="SEMH", new=20))
    other = ~borough.of_need("SEMH")
    assert np.array_equal(out.children[:, :, other], borough.children[:, :, other])
    assert (out.total("SEMH") > work_out(borough, Levers()).total("SEMH")).all()


RISING = {"new": True, "population": True, "refused": False, "reach": False, "effect": False}


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(RISING)), st.integers(0, 40), st.integers(1, 10))
def test_more_of_a_lever_is_never_less_of_its_effect(lever, low, more):
    futures = read_futures(tiny())
    base = {"reach": 50} if lever == "effect" else {}
    one, two = (
        work_out(futures, Levers.model_validate({**base, lever: min(v, bound)}), KNOWN).total()
        for bound in [20 if lever == "population" else 50]
        for v in (low, low + more)
    )
    assert (two >= one - 1e-9).all() if RISING[lever] else (two <= one + 1e-9).all()


@st.composite
def scenarios(draw):
    months = st.sampled_from([None, "2026-09", "2027-01", "2027-09", "2028-04"])
    return {
        "need": draw(st.sampled_from(["all", "SEMH"])),
        "new": draw(st.integers(-50, 50)), "new_from": draw(months),
        "refused": draw(st.none() | st.integers(0, 80)), "refused_from": draw(months),
        "reach": draw(st.integers(0, 100)), "effect": draw(st.integers(0, 50)),
        "reach_from": draw(months), "fees": draw(st.integers(-10, 20)), "fees_from": draw(months),
        "places": draw(st.integers(0, 40)), "places_from": draw(months),
        "fill": draw(st.none() | st.integers(5, 100)),
        "phase": draw(st.sampled_from(["all", "secondary"])),
        "place_cost": draw(st.none() | st.integers(0, 50_000)),
        "population": draw(st.integers(-20, 20)), "population_from": draw(months),
    }  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(scenarios(), st.integers(0, 9))
def test_loops_come_to_the_same(said, seed):
    tables = tiny()
    rng = np.random.default_rng(seed)
    tables["future"]["children"] = rng.integers(0, 60, len(tables["future"]))
    tables["future_joined"]["children"] = rng.integers(0, 30, len(tables["future_joined"]))
    tables["future_group"]["need"] = rng.choice(["SEMH", "other"], 3)
    futures = read_futures(tables)
    out = work_out(futures, Levers.model_validate(said), KNOWN)
    children, placed, spent = naive(tables, said, 25.0, 24_000.0)
    at = [(d, y, g) for d in (0, 1) for y in futures.years for g in range(3)]
    assert out.children.ravel() == pytest.approx([children[key] for key in at])
    assert out.placed.ravel() == pytest.approx([placed[key[:2]] for key in at[::3]])
    if out.spent is not None:
        assert out.spent.ravel() == pytest.approx([spent[key[:2]] for key in at[::3]])


@pytest.mark.parametrize("name", ["future_group", "future", "future_joined", "future_kernel"])
def test_an_empty_table_is_named(name):
    tables = tiny()
    tables[name] = tables[name].iloc[:0]
    with pytest.raises(CannotWork, match=name):
        read_futures(tables)


def test_a_missing_january_is_named():
    tables = tiny()
    tables["future"] = tables["future"][tables["future"]["year"] != 2028]
    with pytest.raises(CannotWork, match="no January 2028"):
        read_futures(tables)


def test_other_futures_of_those_who_join_are_refused():
    tables = tiny()
    tables["future_joined"] = tables["future_joined"].replace({"draw": {1: 9}})
    with pytest.raises(CannotWork, match="not the same futures"):
        read_futures(tables)


def test_a_start_before_the_futures_is_refused(hand):
    with pytest.raises(CannotWork, match="January 2026 to January 2029"):
        work_out(hand, Levers(new=5, new_from="2025-12"))


def test_a_phase_there_is_none_of_is_refused(hand):
    with pytest.raises(CannotWork, match="secondary"):
        work_out(hand, Levers(places=5, phase="nursery"))


def test_groups_a_reader_may_not_see_are_left_out():
    tables = tiny()
    tables["future_group"] = tables["future_group"].iloc[:2]
    futures = read_futures(tables)
    assert futures.children.shape == (2, 3, 2)
    assert futures.kernel.shape == (1, 3, 2)
    assert futures.children[0, 0].tolist() == list(CHILDREN[0, 2027][:2])


def test_it_is_worked_out_while_someone_waits(borough):
    began = time.process_time()
    work_out(borough, Levers(new=10, places=50, fees=5), KNOWN)
    assert time.process_time() - began < 0.3
