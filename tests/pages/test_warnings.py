"""A failed check goes with every figure of the facts it speaks of, and says what to do and who."""

from typing import Any

import pandas as pd

from pages.blocks import Section, Table
from pages.cards import metric_cards
from pages.data import PARTS, _result
from pages.figures import about
from pages.measure import _warnings
from pages.sources import found_words, warnings_about
from pages.view import View

CODES = "primary need is a known code"


def _metric(view: View, *sources: str) -> dict[str, Any]:
    return {**view.metrics[0], "sources": list(sources)}


def test_a_measure_has_the_warnings_of_its_facts_and_no_others(partner: View) -> None:
    assert list(warnings_about(partner, _metric(partner, "pupil_census"))["label"]) == [CODES]
    assert list(warnings_about(partner, _metric(partner, "live_sen_need"))["label"]) == [CODES]
    plans = warnings_about(partner, _metric(partner, "ehc_plan"))
    assert list(plans["label"]) == ["plan starts after its request"]
    assert warnings_about(partner, _metric(partner, "referral")).empty, "a check that passed"


def test_its_page_its_cards_and_its_charts_say_so(partner: View) -> None:
    metric = _metric(partner, "pupil_census")
    (section,) = _warnings(partner, metric)
    assert isinstance(section, Section)
    (told,) = section.parts
    assert isinstance(told, Table)
    assert list(told.rows.iloc[0]) == [CODES, "37 rows", "ask the school for the code", "schools"]
    assert "1 data warning" in metric_cards(partner, [metric]).cards[0].what
    assert f"Data warning: {CODES}" in about(partner, metric).words
    assert _warnings(partner, _metric(partner, "referral")) == []


def test_the_public_sees_counts_of_local_rows_only_roughly(public: View, partner: View) -> None:
    rough = public.snapshot.quality(public.principal).set_index("label").loc[CODES]
    exact = partner.snapshot.quality(partner.principal).set_index("label").loc[CODES]
    assert (rough["found"], exact["found"]) == (40, 37)
    assert found_words(rough.to_dict()) == "up to 40 rows"
    assert found_words(exact.to_dict()) == "37 rows"


def test_what_was_accepted_says_who_and_why(partner: View) -> None:
    words = "Accepted by head of SEND on 5 January 2026: one school closed"
    assert _result({"passed": False, "accepted": words}) == words
    assert _result({"passed": False, "accepted": None}) == "To put right"
    assert _result({"passed": False, "accepted": float("nan")}) == "To put right"
    assert _result({"passed": True, "accepted": None}) == "Passed"


def test_the_page_of_checks_lists_count_action_and_owner(partner: View) -> None:
    (section,) = PARTS["checks"][1](partner)
    assert isinstance(section, Section)
    table = section.parts[0]
    assert isinstance(table, Table)
    frame: pd.DataFrame = table.rows
    assert list(frame.columns) == ["Check", "Extract", "Result", "Found", "What to do", "Who"]
    assert (frame[["Check", "Found", "What to do", "Who"]] != "").all(axis=None)
