"""Gaps and plans on the page Sufficiency, from tables made by hand."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd

from models.borough import load_borough
from models.outlook import OUTLOOK
from pages.blocks import Bullets, Cards, Details, FanFigure, Form, Note, Table
from pages.gaps import headline, shortages
from pages.planned import money, planned
from pages.queries import SufficiencyQuery


def columns(name: str) -> list[str]:
    return [part.strip().split(" ")[0] for part in OUTLOOK[name].split(",")]


def view(**tables: pd.DataFrame) -> SimpleNamespace:
    empty = {name: pd.DataFrame(columns=columns(name)) for name in OUTLOOK}
    kept = {("outlook", name): rows for name, rows in (empty | tables).items()}
    return SimpleNamespace(
        once=lambda name, make: kept[name], profile=load_borough("rotherham"), synthetic=True
    )


def group(year: int, need: float, chance: float, **name: str) -> dict[str, object]:
    spread = {"q025": -20, "q10": -10, "q50": 0, "q90": 10, "q975": 20, "mean": 0}
    return {
        "designation": "SEMH", "phase": "all", "locality": "all", "year": year, "now": 90,
        "places": 60, "chance": chance, "tier": "open", **name,
        **{f"need_{k}": need + v for k, v in spread.items()},
        **{f"gap_{k}": need - 60 + v for k, v in spread.items()},
    }  # fmt: skip


GAP = pd.DataFrame([group(2027, 62, 0.4), group(2028, 95, 0.98)])
OPENING = pd.DataFrame([{
    "designation": "SEMH", "phase": "all", "locality": "all", "opens": 2028, "chance": 0.98,
    "last_year": 2028, "sentence": "Likely short.", "meanwhile": "", "tier": "open",
}]).astype({"opens": "Int64"})  # fmt: skip


def test_when_places_run_short_is_said_with_its_range_and_how_sure() -> None:
    seen = view(gap=GAP, gap_opening=OPENING)
    (section,) = shortages(seen)
    fan = next(part for part in section.parts if isinstance(part, FanFigure))
    assert fan.title == "SEMH: likely short by 25 to 45 places in 2028"
    assert "85 to 105 children are likely to need one of 60 places" in fan.note
    assert "Synthetic data" in fan.about.source and len(fan.title.split()) <= 10
    table = next(part for part in section.parts if isinstance(part, Table))
    row = table.rows.iloc[0].tolist()
    assert row[:5] == ["SEMH, all ages", "the whole borough", "January 2028", "19 in 20",
                       "short by 25 to 45 places"]  # fmt: skip
    assert headline(seen) == "; SEMH places are likely to run short from January 2028"
    assert any(isinstance(part, Note) for part in section.parts), "localities are for partners"


def test_nothing_looked_ahead_says_why_or_nothing() -> None:
    assert shortages(view()) == () and headline(view()) == ""
    notes = pd.DataFrame([("places", "no specialist places are known", "load them")],
                         columns=columns("outlook_note"))  # fmt: skip
    (section,) = shortages(view(outlook_note=notes))
    assert section.parts[0].words == "No specialist places are known."


RUNS = pd.DataFrame([
    {"plan_id": "50-fair", "budget": 2e6, "budget_share": 0.5, "margin": 0.1, "problem": "",
     "capital": 1.4e6, "expected": 5e7, "low": 4e7, "high": 6e7, "nothing": 5.4e7,
     "runner_up": "N2", "runner_up_more": 30_000.0, "regret": 2e5, "regret_high": 9e5,
     "weighed": 12, "proved_gap": 0.0, "tier": "partner"},
    {"plan_id": "0-fair", "budget": 0.0, "budget_share": 0.0, "margin": 0.1,
     "problem": "no plan within the budget of £0 keeps it fair", "runner_up": "",
     "tier": "partner"},
])  # fmt: skip
CHOICES = pd.DataFrame([
    {"plan_id": "50-fair", "scheme_id": f"N{n}", "name": f"Site {n}, new", "locality": "south",
     "designation": "SEMH", "phase": "secondary", "places": 20, "capital": 1.4e6, "running": 2e4,
     "opens": 2029, "chosen": n == 1, "runner_up": n == 2, "worth": 4e6, "worth_low": -1e6,
     "worth_high": 6e6, "right_share": 0.9, "regret": 1e5, "reason": "It would save £3,999,900.",
     "tier": "partner"} for n in (1, 2)
])  # fmt: skip


def parts_of(query: SufficiencyQuery) -> list[object]:
    seen = view(gap=GAP, plan_run=RUNS, plan_choice=CHOICES)
    (section,) = planned(seen, query)
    return list(section.parts)


def test_a_plan_says_what_to_build_what_it_saves_and_what_is_next_best() -> None:
    parts = parts_of(SufficiencyQuery())
    assert [part for part in parts if isinstance(part, Form)]
    cards = next(part for part in parts if isinstance(part, Cards))
    assert cards.cards[2].figure == "£4.0 million"
    built = next(part for part in parts if isinstance(part, Table))
    assert built.rows.iloc[0].tolist()[0] == "N1 Site 1, new"
    doubts = next(part for part in parts if isinstance(part, Bullets))
    assert doubts.items[1].words == "Build Site 2, new instead of Site 1, new. It would cost" + (
        " £30,000 more."
    )
    left = next(part for part in parts if isinstance(part, Details))
    assert left.parts[0].rows["Why"].tolist() == ["It would save £4.0 million."]


def test_a_budget_no_plan_keeps_to_says_which_limit() -> None:
    note = next(p for p in parts_of(SufficiencyQuery(budget=0)) if isinstance(p, Note))
    assert note.words == "No plan within the budget of £0 keeps it fair."


def test_the_public_is_told_that_plans_are_not_shown() -> None:
    (section,) = planned(view(gap=GAP), SufficiencyQuery())
    assert section.parts[0].title == "Not shown to the public"


def test_pounds_are_as_exact_as_a_plan_can_be() -> None:
    assert [money(x) for x in (5_481_000, 384_600, -2_040_000)] == [
        "£5.5 million", "£380,000", "\u2212£2.0 million"]  # fmt: skip
