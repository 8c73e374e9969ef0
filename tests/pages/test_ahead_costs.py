"""The money ahead on its page: the snapshot's figures, in words for who is no statistician."""

from pathlib import Path

import pandas as pd
import pytest

from models.principal import PUBLIC
from models.settings import Settings
from pages.ahead_costs import likely, money_ahead
from pages.blocks import Bullets, Details, FanFigure, Note, Section, Table, WaterfallFigure
from pages.cost import page
from pages.queries import CostQuery
from pages.view import View
from pages.words import pounds
from publish.snapshot import Snapshot
from tests.fixture_snapshot import build_fixture
from tests.reports.test_statutory import ahead_tables, put

QUESTIONS = (
    "What will it cost?", "What would change it: number, price, mix",
    "What does a place away cost in full, beside one more local place?",
    "When does building pay back?",
)  # fmt: skip


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return ahead_tables()


def view_of(home: Path, tables: dict[str, pd.DataFrame]) -> View:
    build_fixture(home)
    put(home, tables)
    return View(Snapshot.live(Settings(home=home)), PUBLIC)


@pytest.fixture(scope="module")
def view(tables, tmp_path_factory) -> View:
    return view_of(tmp_path_factory.mktemp("ahead"), tables)


@pytest.fixture(scope="module")
def sections(view) -> dict[str, tuple]:
    return {part.title: part.parts for part in money_ahead(view) if isinstance(part, Section)}


def only(parts, kind):
    return [part for part in parts if isinstance(part, kind)]


def row(tables, subject, component, year=2026):
    rows = tables["money_ahead"]
    found = rows[(rows["subject"] == subject) & (rows["component"] == component)]
    return found[found["year"] == year].iloc[0]


def test_each_question_has_its_section(view, sections):
    assert tuple(sections) == QUESTIONS
    shown = [part.title for part in page(view, CostQuery()).parts if isinstance(part, Section)]
    assert set(QUESTIONS) < set(shown)


def test_the_fan_is_the_snapshots(sections, tables):
    (fan,) = only(sections[QUESTIONS[0]], FanFigure)
    assert fan.money
    assert fan.financial
    (ahead,) = fan.fans
    assert ahead.years == (2026, 2027, 2028, 2029, 2030)
    for year, middle, likely_range, widest in zip(
        ahead.years, ahead.middle, ahead.likely, ahead.widest, strict=True
    ):
        at = row(tables, "oob_semh", "all", year)
        assert (middle, *likely_range, *widest) == tuple(at[["q50", "q10", "q90", "q025", "q975"]])
    assert all(year < 2026 for year, _ in fan.past)
    assert "we would be surprised below £" in fan.note


def test_a_range_in_pounds_is_said_in_words():
    limits = pd.Series({"q025": 2_620_250, "q10": 3_343_631, "q90": 8_373_050, "q975": 11_965_814})
    assert likely(limits) == (
        "likely between £3.00 million and £8.50 million; we would be surprised below"
        " £2.50 million or above £12.00 million"
    )


def test_a_debt_is_said_without_a_sign(sections):
    (list_,) = only(sections[QUESTIONS[0]], Bullets)
    said = {item.subject: item.words for item in list_.items}
    balance = next(words for subject, words in said.items() if subject.startswith("Balance"))
    assert "a deficit of £" in balance
    assert "\u2212" not in balance


def test_waterfalls_add_up(sections):
    figures = only(sections[QUESTIONS[1]], WaterfallFigure)
    assert {f.id for f in figures} == {"ahead-oob_all", "ahead-high_needs"}
    for figure in figures:
        amounts = [step.amount for step in figure.steps]
        assert amounts[0] + sum(amounts[1:-1]) == amounts[-1]
        assert len(figure.title.split()) <= 10
        assert not figure.table.map(lambda cell: str(cell)[:1] in "+-=\u2212").any(axis=None)


def test_a_place_away_beside_a_local_one(sections):
    (table,) = only(sections[QUESTIONS[2]], Table)
    rows = table.rows.set_index(table.rows.columns[0])
    assert rows.loc["In all, from public money"].tolist() == ["£85,000", "£29,600"]
    assert rows.loc["What one more child adds"].tolist() == ["£85,000", "£19,600"]
    (note,) = only(sections[QUESTIONS[2]], Note)
    assert "4.3 times" in note.words


def test_what_may_not_be_told_apart_is_marked(tables, tmp_path):
    rows = tables["money_ahead"]
    hidden = rows["subject"].isin(["place_away"]) & rows["component"].isin(["joint", "council"])
    found = money_ahead(view_of(tmp_path, tables | {"money_ahead": rows[~hidden]}))
    parts = next(s.parts for s in found if isinstance(s, Section) and s.title == QUESTIONS[2])
    table = only(parts, Table)[0].rows.set_index("Pounds a year")
    assert table.loc["Left to the council's education budget", "Outside the borough"] == "[c]"
    assert "hidden [c]" in only(parts, Note)[0].words


def test_schemes_say_when_they_pay_back_or_that_they_do_not(sections, tables):
    table = only(sections[QUESTIONS[3]], Table)[0].rows
    scheme = tables["break_even"].iloc[0]
    assert table["Scheme"].tolist() == ["A made-up SEMH base: 8 places, North"]
    middle = f"{scheme['median'] * 8:,.0f}"
    assert table["Place-years to break even"].iloc[0].startswith(f"{middle} (")
    assert table["Paid back by"].iloc[0] == "not within 25 years in most; in 0 of 100 futures"


def test_early_help_has_its_assumption_beside_it(sections):
    lists = only(sections[QUESTIONS[3]], Bullets)
    words = " ".join(item.words for item in lists[0].items)
    assert "an assumption, for nobody has measured" in words


def test_the_assumptions_are_at_hand(view):
    (details,) = only(money_ahead(view), Details)
    table = details.parts[0].rows
    assert table["What"].str.startswith("Independent fees").any()
    assert (table["Source"].str.len() > 5).all()


def test_without_money_ahead_it_says_why(tables, tmp_path):
    note = pd.DataFrame([("money", "there is no budget", "load it")],
                        columns=["part", "problem", "next_step"])  # fmt: skip
    (section,) = money_ahead(view_of(tmp_path, {"outlook_note": note}))
    assert section.parts[0].words == "There is no budget."


def test_a_simpler_rule_that_did_as_well_is_told(tables, tmp_path):
    """It foresees 30 children where the futures have 40: three quarters of the bill."""
    forecast = (
        tables["forecast"]
        .iloc[[4, 4]]
        .assign(subject="plans_away", need="SEMH", method=["model", "damped"], mean=[40.0, 30.0])
    )
    choice = pd.DataFrame([("plans_away", "SEMH", "all", "all", "damped", 9, 10, "", "open")],
                          columns=["subject", "need", "phase", "setting", "method", "held",
                                   "tried", "reason", "tier"])  # fmt: skip
    assert forecast["year"].tolist() == [2031, 2031]
    more = {"forecast": forecast, "forecast_choice": choice}
    section = money_ahead(view_of(tmp_path, tables | more))[0]
    (note,) = only(section.parts, Note)
    amount = 0.75 * row(tables, "oob_semh", "all", 2030)["q50"]
    assert f"would be about {pounds(amount)}." in note.words
    assert "30 children outside the borough in January 2031, these futures 40" in note.words


def test_too_few_away_is_said(tables, tmp_path):
    rows = tables["money_ahead"]
    rows = rows[~rows["subject"].str.startswith("oob")]
    section = money_ahead(view_of(tmp_path, tables | {"money_ahead": rows}))[0]
    assert "[c]" in section.parts[0].title
