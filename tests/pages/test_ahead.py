"""Looking ahead: true in words, whole with nothing on record, and calm about bad addresses."""

from __future__ import annotations

import pandas as pd
import pytest
from fixture_outlook import outlook_tables

from components.download import walk
from models.outlook import OUTLOOK
from pages.ahead import page
from pages.ahead_read import forecast_of, futures_of
from pages.ahead_record import as_often, scores_of
from pages.blocks import Bullets, FanFigure, Form, Keeping, Note, SpanFigure, Table
from pages.cost import page as cost_page
from pages.queries import CostQuery, ScenarioQuery, read_query
from pages.what_if_sheets import sheets_of
from scenarios.levers import Levers


def ask(view, **said):
    query, unknown = read_query(ScenarioQuery, said)
    return page(view, query), unknown


def parts(found, kind):
    return [part for part in walk(found.parts) if isinstance(part, kind)]


def note(found, title):
    return next((n for n in parts(found, Note) if n.title.startswith(title)), None)


def test_the_headline_is_the_range_of_the_published_forecast(public):
    found, _ = ask(public)
    rows = outlook_tables()["forecast"]
    row = rows[(rows[["need", "phase", "setting"]] == "all").all(axis=1) & (rows["year"] == 2030)]
    middle = round(float(row["q50"].iloc[0]), -1)
    assert found.headline.startswith(f"About {middle:,.0f} children are likely to have an EHC plan")
    assert "in January 2030: between " in found.headline
    low, high = (
        float(x.replace(",", "")) for x in found.headline.split("between ")[1].split(" and ")
    )
    assert low <= float(row["q10"].iloc[0]) <= float(row["q90"].iloc[0]) <= high
    assert found.lede.startswith("We would be surprised below ")


def test_semh_is_told_of_its_own(public):
    found, _ = ask(public, need="SEMH")
    assert "children with SEMH as their main need are likely" in found.headline
    assert found.selectors[0].value == "SEMH"


def test_the_fan_has_both_bands_the_past_and_every_number_in_its_table(public):
    found, _ = ask(public)
    fan = next(f for f in parts(found, FanFigure) if f.id == "fan")
    assert len(fan.fans[0].likely) == len(fan.fans[0].widest) == 5
    assert fan.past[-1] == (2026, 3600.0)
    assert len(fan.table) == 5 + len(fan.past)
    assert "Our past 95% ranges held 5 of 6 times" in fan.note


def test_past_ranges_say_which_held(public):
    found, _ = ask(public)
    (spans,) = parts(found, SpanFigure)
    assert [s.held for s in spans.spans].count(False) == 1
    assert spans.title == "Our past 95% ranges held 5 of 6 times"
    missed = spans.table[spans.table["The range"] == "outside"]
    assert missed[["For", "Said in", "Came"]].to_numpy().tolist() == [
        ["January 2024", "January 2022", "3,180"]
    ]
    assert len(scores_of(public, "all")) == 6


@pytest.mark.parametrize(
    ("held", "tried", "fair"), [(5, 6, True), (3, 6, False), (19, 20, True), (14, 20, False)]
)
def test_few_tries_prove_little(held, tried, fair):
    # Chance of so few or fewer at 95 in 100: 5 of 6 is 0.26; 3 of 6 is 0.002; 14 of 20 is 0.0003.
    assert as_often(held, tried) is fair


def test_the_council_s_own_forecasts_stand_beside_what_came(public):
    found, _ = ask(public)
    table = next(t for t in parts(found, Table) if t.file == "council-forecasts")
    assert table.rows["Forecast"].tolist() == ["125", "2,795"]
    assert table.rows["What happened"].tolist() == ["not known yet", "2,379"]


def test_what_would_make_it_fail_is_said(public):
    found, _ = ask(public)
    fails = next(b for b in parts(found, Bullets) if "wrong" in b.title)
    assert [i.subject.split()[0] for i in fails.items] == ["Above", "Below", "Something"]


def test_where_children_will_be_adds_up_to_those_counted(public):
    found, _ = ask(public)
    table = next(t for t in parts(found, Table) if t.file == "where-children-will-be")
    counted = table.rows["2026"].str.replace(",", "").astype(int)
    for kind in ("Main need", "Phase", "Where they learn"):
        assert counted[table.rows["Split by"] == kind].sum() == 3_600


def test_a_part_that_could_not_be_worked_out_is_said(public):
    found, _ = ask(public)
    assert "No places commissioned" in note(found, "Not worked out: places").words


def test_nothing_moved_says_so(public):
    found, _ = ask(public)
    assert note(found, "Nothing is changed yet")
    assert note(found, "With these changes") is None


def test_a_scenario_says_what_changes_and_stands_beside_no_change(public):
    found, _ = ask(public, new="-20", new_from="2027-09", by="2031")
    words = note(found, "With these changes").words
    assert words.startswith("In January 2031: children with an EHC plan, likely between ")
    assert "children with a plan, likely " in words
    assert " fewer" in words
    table = next(t for t in parts(found, Table) if t.file == "scenarios-side-by-side")
    assert list(table.rows.columns[1:]) == [
        "No change",
        "This scenario",
        "This scenario: difference",
    ]
    fans = next(f for f in parts(found, FanFigure) if f.id == "scenario-children").fans
    assert [f.name for f in fans] == ["No change", "This scenario"]


def test_two_scenarios_stand_side_by_side(public):
    found, _ = ask(public, new="-20", beside=Levers(new=10).search())
    table = next(t for t in parts(found, Table) if t.file == "scenarios-side-by-side")
    assert "Set beside" in table.rows.columns
    changes = table.rows.set_index("Likely").loc["Children with a plan"]
    assert changes["This scenario: difference"].endswith("fewer")
    assert changes["Set beside: difference"].endswith("more")


def test_what_places_save_is_not_said_without_what_they_cost(public):
    found, _ = ask(public, places="50")
    assert "neither is the money" in note(found, "Left out of the sum").words
    assert not any("£" in c.figure for x in parts(found, object) for c in getattr(x, "cards", ()))
    found, _ = ask(public, places="50", place_cost="20000")
    assert note(found, "Left out of the sum") is None
    assert "less" in note(found, "With these changes").words


@pytest.mark.parametrize(
    ("said", "title", "words"),
    [
        ({"amount": "450", "fill": "100"}, "To have at most 450", "new places from September 2026"),
        ({"amount": "0", "fill": "100"}, "This alone can't reach", "500 new places"),
        ({"amount": "0", "goal": "fees"}, "This alone can't reach", "Even at"),
        ({"amount": "10000"}, "The target of at most 10,000", "Without moving this"),
        ({"amount": "nan"}, "The target is not understood", "from 0 to 20,000"),
        ({"amount": "-5"}, "The target is not understood", "from 0 to 20,000"),
        ({"amount": "1e400"}, "The target is not understood", "from 0 to 20,000"),
        ({"amount": "9", "aim": "pounds", "places": "5"}, "The goal can't be worked out", "cost"),
    ],
)
def test_a_goal_is_answered_in_words(public, said, title, words):
    found, _ = ask(public, **said)
    assert words in note(found, title).words


BAD = [
    ({"new": "900"}, "must be a number from -50 to 50"),
    ({"new": "10", "new_from": "2020-01"}, "choose a month from January 2026 to January 2031"),
    ({"places": "5", "phase": "nursery"}, "new places are for one of"),
    ({"need": "<script>"}, "Need is not one of the choices"),
    ({"by": "1999"}, "one from 2027 to 2031"),
    ({"beside": "new=900"}, "in the scenario set beside, children newly"),
    ({"beside": "frobnicate=1"}, "there is no lever called frobnicate"),
]


@pytest.mark.parametrize(("said", "words"), BAD)
def test_what_can_t_be_used_is_named_and_the_page_stands(public, said, words):
    found, _ = ask(public, **said)
    assert words.lower() in note(found, "Part of this scenario").words.lower()
    assert found.headline.startswith("About ")


def test_an_absurd_address_is_not_read(public):
    _, unknown = ask(public, beside="x" * 5_000, new="9" * 400)
    assert unknown == ["beside", "new"]


def test_the_page_shares_what_it_shows_and_only_who_is_signed_in_saves(public, partner):
    for view, may in ((public, False), (partner, True)):
        found, _ = ask(view, new="-20", frobnicate="1")
        (keeping,) = parts(found, Keeping)
        assert keeping.share == "/looking-ahead?new=-20#what-if"
        assert keeping.may_save is may


def use(monkeypatch, view, tables):
    """A reader of other tables, remembered by nobody."""
    columns = {name: [c.split()[0] for c in ddl.split(",")] for name, ddl in OUTLOOK.items()}
    none = {name: pd.DataFrame(columns=found) for name, found in columns.items()}
    monkeypatch.setattr(
        "pages.ahead_read.outlook_table", lambda s, p, name: {**none, **tables}[name]
    )
    monkeypatch.setattr(type(view), "once", lambda self, name, make: make())


def test_with_nothing_on_record_the_page_says_why(public, monkeypatch):
    use(monkeypatch, public, {name: rows.iloc[:0] for name, rows in outlook_tables().items()})
    found, _ = ask(public)
    assert found.headline == "There is not enough on record to look ahead"
    assert "Nothing is looked ahead" in note(found, "Not looked ahead").words
    query, _ = read_query(CostQuery, {})
    assert note(cost_page.__wrapped__(public, query), "No scenario can be worked out")


def test_a_simpler_rule_is_shown_with_its_reason(public, monkeypatch):
    tables = dict(outlook_tables())
    rows = tables["forecast"]
    tables["forecast"] = pd.concat([rows, rows.assign(method="drift", q50=rows["q50"] + 1_000)])
    reason = "It did no better than the line of the past drawn on, which is shown instead."
    tables["forecast_choice"] = tables["forecast_choice"].assign(method="drift", reason=reason)
    use(monkeypatch, public, tables)
    assert forecast_of(public, "all")[1] == "drift"
    found, _ = ask(public)
    assert note(found, "A simpler rule is shown").words == reason


def test_the_cost_page_puts_pounds_first(partner):
    query, _ = read_query(CostQuery, {"fees": "5", "need": "all"})
    found = cost_page(partner, query)
    figure = next(f for f in parts(found, FanFigure) if f.id.startswith("scenario-"))
    assert figure.money
    assert "more" in note(found, "With these changes").words
    names = [e.name for form in parts(found, Form) for row in form.rows for e in row]
    assert {"need", "places", "goal"} <= set(names)
    assert len(names) == len(set(names))


def test_every_lever_can_be_moved_on_the_form(public):
    found, _ = ask(public)
    names = {e.name for form in parts(found, Form) for row in form.rows for e in row}
    assert set(Levers.model_fields) - {"need"} <= names


def test_the_workbook_has_the_outcome_and_every_assumption(public):
    query, _ = read_query(ScenarioQuery, {"new": "-20", "beside": "fees=5"})
    about, sheets = sheets_of(public, query, [])
    assert list(sheets) == ["Side by side", "Year by year", "Assumptions", "Assumptions beside"]
    years = sheets["Year by year"][1]
    futures = futures_of(public)
    # Three sides, four measures, each January.
    assert len(years) == 3 * 4 * len(futures.years)
    assert any("not a promise" in words for words in about)
