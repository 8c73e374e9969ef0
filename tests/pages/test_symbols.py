"""The symbols a figure is published with, in tables and plots; and what a key below says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from components.charts.line import draw_lines
from components.table import table
from models.symbols import SYMBOLS
from pages.blocks import About, LineFigure
from pages.breakdowns import shown_value
from pages.data import SYMBOLS as SAID
from pages.figures import mark_words, own_line
from pages.points import Point, to_points

RATE = {"id": "r", "kind": "rate", "unit": "per 100", "decimals": 1}


def point(*marks: str, value: float | None = 12.0, month: int = 1, status: str = "ok") -> Point:
    days = date(2026, month, 1), date(2026, month, 28)
    return Point(*days, "month", value, status=status, marks=marks)


def words_of(made: Any) -> str:
    """All that is said in a drawn part, top to bottom."""
    if isinstance(made, str):
        return f"{made} "
    if isinstance(made, list | tuple):
        return "".join(words_of(one) for one in made)
    return words_of(getattr(made, "children", None) or "")


def graphs(made: Any) -> list[Any]:
    parts = made if isinstance(made, list | tuple) else [getattr(made, "children", None)]
    if hasattr(made, "figure"):
        return [made]
    return [found for part in parts if part is not None for found in graphs(part)]


@pytest.mark.parametrize(
    ("marks", "status", "said"),
    [
        (("p",), "ok", "12.0 per 100 [p]"),
        (("r", "p"), "ok", "12.0 per 100 [p] [r]"),
        (("u", "b"), "low_base", "12.0 per 100 [u] [b]"),
        ((), "ok", "12.0 per 100"),
        (("low",), "ok", "[low]"),
    ],
)
def test_a_figure_stands_with_its_symbols(marks: tuple[str, ...], status: str, said: str) -> None:
    assert shown_value(RATE, point(*marks, status=status)) == said


def test_symbols_are_read_from_the_snapshot_and_may_be_missing_there() -> None:
    row = {
        "period_start": date(2026, 1, 1), "period_end": date(2026, 1, 31), "period_kind": "month",
        "value": 1.0, "lower": None, "upper": None, "numerator": None, "denominator": None,
        "status": "ok",
    }  # fmt: skip
    frame = pd.DataFrame([row | {"marks": "p r"}, row | {"marks": None}])
    assert [p.marks for p in to_points(frame)] == [("p", "r"), ()]
    assert [p.marks for p in to_points(frame.drop(columns="marks"))] == [(), ()]


def test_a_table_has_a_key_to_its_symbols_and_no_others() -> None:
    rows = pd.DataFrame([("2025", "12 [p]"), ("2024", "[c]")], columns=["Year", "Figure"])
    said = words_of(table("Made up", rows))
    assert SYMBOLS["p"] in said and SYMBOLS["c"] in said and SYMBOLS["z"] not in said
    plain = rows.assign(Figure=["12", "13"])
    assert SYMBOLS["c"] not in words_of(table("Made up", plain))


def test_a_provisional_figure_is_a_hollow_dot_and_said_in_words() -> None:
    points = [point(month=1), point(month=2), point("p", month=3)]
    figure = LineFigure(
        "made-up", "Made up", "", pd.DataFrame(), About(""), lines=(own_line("Here", points),)
    )
    (graph,) = graphs(draw_lines(figure))
    trace = graph.figure["data"][-1]
    assert trace["marker"]["symbol"] == ["circle", "circle", "circle-open"]
    assert "provisional [p]" in " ".join(mark_words(points))
    assert mark_words(points[:2]) == []


def test_the_page_of_rules_has_every_symbol_in_the_same_words() -> None:
    said = dict(SAID)
    assert all(said[f"[{code}]"] == words for code, words in SYMBOLS.items())
