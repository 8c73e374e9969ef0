"""Rules for an audience: thresholds, rounding, and what a reader can make of a rounded number."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

sys.path.insert(0, str(Path(__file__).resolve().parent))

from made_up_warehouse import BOROUGH
from test_protect import AREAS, cell, cut, metric

from models.borough import Threshold
from models.observation import Tier
from publish.outsider import attack
from publish.protect import protect
from publish.rounding import could_be, rounded

NHS = {"smallest": 8, "round_to": 5}
SEVEN = {"smallest": 7, "round_to": 5}
MIDPOINT = {"smallest": 7, "round_to": 6, "rounding": "midpoint"}
RULES = st.sampled_from([NHS, SEVEN, MIDPOINT, {"smallest": 5}])


def rule(given: dict[str, object]) -> Threshold:
    return Threshold.model_validate({"tier": "open"} | given)


@pytest.mark.parametrize(
    ("given", "counts", "shown"),
    [
        (NHS, [0, 8, 12, 13, 17, 18], [0, 10, 10, 15, 15, 20]),
        (MIDPOINT, [0, 7, 12, 13, 18, 19], [0, 9, 9, 15, 15, 21]),
    ],
)
def test_counts_are_rounded_as_the_rule_says(given, counts, shown) -> None:  # type: ignore[no-untyped-def]
    assert rounded(pd.Series(counts, dtype=float), rule(given)).to_list() == shown


@given(RULES, st.integers(0, 500))
def test_a_reader_bounds_a_rounded_count_rightly_and_as_tightly_as_can_be(given, n) -> None:  # type: ignore[no-untyped-def]
    one = rule(given)
    if 0 < n < one.smallest:
        return
    shown = rounded(pd.Series([float(n)]), one)
    low, high = (bound.iloc[0] for bound in could_be(shown, one))
    every = pd.Series([0, *range(one.smallest, 520)], dtype=float)
    same = every[rounded(every, one) == shown.iloc[0]]
    assert (low, high) == (same.min(), same.max())


@given(RULES, st.lists(st.integers(0, 30), min_size=3, max_size=3))
def test_no_attack_on_rounded_figures_succeeds(given, counts) -> None:  # type: ignore[no-untyped-def]
    profile = BOROUGH.model_copy(update={"thresholds": [rule(given)]})
    groups = dict(zip(("girls", "boys", "unknown"), map(float, counts), strict=True))
    made_up = metric("count")
    rows = pd.DataFrame([cell(float(sum(counts))), *cut("sex", groups)])
    shown = protect(rows, {"made_up": made_up}, AREAS, profile).observations
    rules = {one.tier.value: one for one in profile.thresholds}
    areas = AREAS.assign(phase=AREAS["grouping"])
    assert not attack(shown, [made_up.model_dump(mode="json")], areas, rules).leaks


def test_a_whole_left_exact_beside_rounded_parts_is_no_guess_of_more_than_they_say() -> None:
    """9 and 11 shown as 10 each beside a whole of 23: three are hidden, give or take four."""
    one = rule(NHS)
    made_up = metric("count")
    rows = pd.DataFrame([cell(25), *cut("sex", {"girls": 10, "boys": 10, "unknown": 3})])
    rows.loc[rows["category"] == "unknown", ["numerator", "value", "lower", "upper"]] = float("nan")
    rows.loc[rows["category"] == "unknown", "status"] = "suppressed"
    areas = AREAS.assign(phase=AREAS["grouping"])
    documents = [made_up.model_dump(mode="json")]
    assert not attack(rows, documents, areas, {"open": one}).leaks
    assert attack(rows, documents, areas, {"open": rule({"smallest": 8})}).leaks


def test_a_rule_says_itself_and_may_not_show_few_as_none() -> None:
    assert rule({"smallest": 5}).words() == "Counts from 1 to 4 are hidden."
    assert "nearest 5" in rule(SEVEN).words() and "1 to 6" in rule(SEVEN).words()
    assert "group of 6" in rule(MIDPOINT).words()
    with pytest.raises(ValidationError, match="would show counts from 5 as 0"):
        rule({"smallest": 5, "round_to": 20})
    with pytest.raises(ValidationError, match="greater than or equal to 5"):
        rule({"smallest": 4})
    assert BOROUGH.threshold(Tier.OPEN).smallest >= 5
