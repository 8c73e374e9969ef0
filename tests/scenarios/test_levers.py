"""Levers come from an address, which may say anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from scenarios.levers import LEVERS, Levers, bounds, check, month_words, read_levers, read_search


def test_a_scenario_goes_into_an_address_and_back():
    one = Levers(new=-10.5, new_from="2027-09", places=60, phase="secondary", refused=0)
    assert read_search(one.search()) == (one, [])
    assert read_search("?" + one.search()) == (one, [])
    assert Levers().search() == ""


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("new=900", "must be a number from -50 to 50"),
        ("new=nan", "must be a number"),
        ("new=lots", "must be a number"),
        ("places=1e9", "new places in the borough must be a number from 0 to 500"),
        ("places=2.5", "must be a number"),
        ("new_from=yesterday", "must start in a month such as 2027-09"),
        ("new_from=2027-13", "must start in a month"),
        ("need=all'--", "need is not one of the choices"),
        ("frobnicate=1", "there is no lever called frobnicate"),
        ("<script>=1", "there is no lever called script"),
        ("new=" + "9" * 700, "longer than 600 letters"),
    ],
)
def test_what_is_not_understood_is_named_and_changes_nothing(said, words):
    levers, problems = read_search(said)
    assert levers == Levers()
    assert len(problems) == 1
    assert words in problems[0]


def test_one_bad_field_leaves_the_others():
    levers, problems = read_levers({"new": "10", "fees": "900"})
    assert levers == Levers(new=10)
    assert problems == ["fees outside the borough rise by must be a number from -10 to 20"]


@given(st.text(max_size=200))
def test_no_text_breaks_it(text):
    levers, problems = read_search(text)
    assert isinstance(levers, Levers)
    assert all(isinstance(words, str) for words in problems)


def test_the_model_itself_refuses_what_it_does_not_know():
    with pytest.raises(ValidationError):
        Levers.model_validate({"bribes": 1})


def test_every_number_has_words_and_bounds():
    numbers = {n for n, f in Levers.model_fields.items() if f.annotation not in (str,)}
    assert set(LEVERS) <= numbers
    for name in LEVERS:
        low, high = bounds(name)
        assert low < high
        start = LEVERS[name].start
        assert start is None or start in Levers.model_fields


def test_a_start_outside_the_futures_is_said(hand):
    assert check(hand, Levers(new=5, new_from="2027-09")) == []
    assert "from January 2026 to January 2029" in check(hand, Levers(fees_from="2040-01"))[0]
    assert month_words("2027-09") == "September 2027"
