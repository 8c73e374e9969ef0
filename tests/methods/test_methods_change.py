"""Reliable change: thresholds as published, by hand, a slow loop, refusals."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.methods.change import (
    THRESHOLDS,
    by_referral,
    pairing_rate,
    reliable_change,
    t_score,
)


def pairs(*rows):
    columns = ["referral", "rater", "tool", "scale", "first", "last"]
    return pd.DataFrame(rows, columns=columns)


def results(*rows):
    return reliable_change(pairs(*rows))["result"].tolist()


def threshold(tool, rater, scale):
    row = THRESHOLDS.query("tool == @tool and rater == @rater and scale == @scale")
    return row["threshold"].item(), row["better"].item()


@pytest.mark.parametrize(
    ("tool", "rater", "scale", "expected"),
    [
        ("SDQ", "parent", "peer", (3, "low")),
        ("SDQ", "self", "peer", (5, "low")),
        ("SDQ", "self", "prosocial", (4, "high")),
        ("RCADS", "self", "panic", (18.29, "low")),
        ("RCADS", "parent", "panic", (40.93, "low")),
        ("ORS", "any", "total", (6.6, "high")),
        ("SCORE-15", "any", "total", (10, "low")),
    ],
)
def test_thresholds_as_published(tool, rater, scale, expected):
    assert threshold(tool, rater, scale) == expected


def test_every_threshold_stands_once():
    assert len(THRESHOLDS) == 24 + 12
    assert not THRESHOLDS.duplicated(["tool", "rater", "scale"]).any()


def test_the_threshold_itself_counts():
    assert results(
        (1, "parent", "SDQ", "conduct", 8, 4),
        (2, "parent", "SDQ", "conduct", 8, 5),
        (3, "parent", "SDQ", "conduct", 4, 8),
        (4, "parent", "SDQ", "prosocial", 4, 7),
        (5, "self", "CORS", "total", 20, 30),
        (6, "clinician", "CGAS", "total", 60, 49),
        (7, "self", "ORS", "total", 20.1, 26.7),
    ) == [
        "improved",
        "no change",
        "deteriorated",
        "improved",
        "improved",
        "deteriorated",
        "improved",
    ]


def test_what_cannot_be_judged_says_why():
    assert results(
        (1, "parent", "SDQ", "conduct", 8, np.nan),
        (2, "clinician", "SDQ", "conduct", 8, 1),
        (3, "self", "Unknown", "total", 8, 1),
    ) == ["not paired", "no threshold", "no threshold"]


def test_one_better_and_one_worse_is_deteriorated():
    changes = reliable_change(
        pairs(
            (1, "parent", "SDQ", "conduct", 8, 3),
            (1, "parent", "SDQ", "peer", 2, 6),
            (1, "self", "SDQ", "conduct", 8, 3),
            (1, "self", "SDQ", "peer", 2, 3),
            (2, "self", "SDQ", "peer", 2, 3),
            (3, "self", "SDQ", "peer", 2, np.nan),
        )
    )
    found = by_referral(changes)
    assert found["result"].tolist() == ["deteriorated", "improved", "no change"]
    assert found["scales"].tolist() == [2, 2, 1]
    assert pairing_rate(changes) == 3 / 4


def slow(rows):
    """One referral and rater after another."""
    limits = {(t, r, s): (v, b) for t, r, s, v, b in THRESHOLDS.itertuples(index=False)}
    found = {}
    for referral, rater, tool, scale, first, last in rows:
        value, better = limits[(tool, rater, scale)]
        gain = (last - first) if better == "high" else (first - last)
        worse, good = found.get((referral, rater), (False, False))
        found[(referral, rater)] = (worse or gain <= -value, good or gain >= value)
    return {
        k: "deteriorated" if w else "improved" if g else "no change" for k, (w, g) in found.items()
    }


scores = st.integers(0, 10)
row = st.tuples(
    st.integers(1, 5),
    st.sampled_from(["parent", "self"]),
    st.just("SDQ"),
    st.sampled_from(["conduct", "emotional", "peer", "prosocial"]),
    scores,
    scores,
)


@settings(max_examples=80)
@given(st.lists(row, min_size=1, max_size=25, unique_by=lambda r: r[:4]), st.randoms())
def test_results_equal_a_slow_loop_in_any_order(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    found = by_referral(reliable_change(pairs(*shuffled)))
    mine = {(r.referral, r.rater): r.result for r in found.itertuples()}
    assert mine == slow(rows)


def test_t_score_by_hand():
    assert t_score([8, 4], 6, 4).tolist() == [55, 45]
    with pytest.raises(ValueError, match="sd must be above 0"):
        t_score(1, 1, 0)


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (pd.DataFrame({"referral": [1]}), "columns missing: rater, tool, scale, first, last"),
        (pairs(), "pairs is empty"),
        (pairs((1, "self", "SDQ", "peer", 1, 2), (1, "self", "SDQ", "peer", 3, 4)), "comes twice"),
    ],
)
def test_bad_input_is_refused(frame, words):
    with pytest.raises(ValueError, match=words):
        reliable_change(frame)
