"""Colours can be read by those who see them badly; charts are honest."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest

from components import theme
from components.card import card
from components.charts.labels import spread
from components.charts.plot import CONFIG
from components.figure import figure
from components.table import table
from pages.blocks import (
    About,
    Bar,
    BarFigure,
    Card,
    FunnelFigure,
    Line,
    LineFigure,
    MapFigure,
    Spot,
)
from pages.statements import Tone

TEXT = [theme.INK, theme.MUTED, theme.BLUE]
MARKS = [theme.BLUE, theme.CONCERN, theme.IMPROVEMENT, theme.GREY, *theme.ROLES.values()]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_as_the_standard_computes_it():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#12436d", "#ffffff") == pytest.approx(10.25, abs=0.01)


@pytest.mark.parametrize("colour", TEXT)
@pytest.mark.parametrize("ground", [theme.WHITE, theme.TINT])
def test_text_can_be_read(colour: str, ground: str):
    assert contrast(colour, ground) >= 4.5


@pytest.mark.parametrize("colour", MARKS)
def test_marks_stand_out_from_white(colour: str):
    assert contrast(colour, theme.WHITE) >= 3


@pytest.mark.parametrize("shade", theme.SEQUENTIAL)
def test_values_printed_on_the_map_can_be_read(shade: str):
    from components.charts.ward_map import _ink

    assert contrast(_ink(shade), shade) >= 4.5


def test_focus_can_be_seen():
    assert contrast("#ffdd00", theme.INK) >= 3


def test_every_tone_the_pages_use_has_a_colour():
    used = set(getattr(Tone, "__args__", ())) - {"unknown", "none"}
    assert used
    assert used <= set(theme.TONES)
    assert all(theme.TONES[tone] != theme.WHITE for tone in used)


def words(part: Any) -> str:
    return str(part.to_plotly_json()) if hasattr(part, "to_plotly_json") else str(part)


def find(part: Any, kind: str) -> list[Any]:
    """Every component of a kind inside a part, itself included."""
    if isinstance(part, list | tuple):
        return [one for inner in part for one in find(inner, kind)]
    mine = [part] if type(part).__name__ == kind else []
    inside = getattr(part, "children", None)
    return mine if inside is None else mine + find(inside, kind)


ABOUT = About("Source: a test.", "Coverage: all.", ("Counted: things.",), "a-file", "/measure/x")
ROWS = pd.DataFrame([("2024", "12"), ("2025", "[c]")], columns=["Year", "Figure"])
DAYS = tuple(date(2020 + i, 1, 15) for i in range(6))
WORDS = tuple(f"January {2020 + i}" for i in range(6))
NAMES = {"id": "one", "title": "Plans rose", "subtitle": "Plans, 2020 to 2025"}


def line_figure(**more: Any) -> LineFigure:
    own = Line("Here", DAYS, WORDS, (1.0, 2.0, None, 3.0, 4.0, 5.0), **more)
    return LineFigure(**NAMES, table=ROWS, about=ABOUT, note="A note.", lines=(own,))


def drawn(one: Any) -> dict[str, Any]:
    (graph,) = find(figure(one, "/demand"), "Graph")
    return dict(graph.figure)


def test_no_chart_can_send_itself_anywhere():
    (graph,) = find(figure(line_figure(), "/demand"), "Graph")
    assert graph.config == CONFIG
    assert CONFIG["showSendToCloud"] is False
    assert CONFIG["displaylogo"] is False
    assert CONFIG["displayModeBar"] is False
    assert CONFIG["plotlyServerURL"] == ""


def test_a_figure_has_all_its_parts():
    made = figure(line_figure(), "/demand?show=sex")
    (outer,) = find(made, "Figure")
    (caption,) = find(made, "Figcaption")
    assert outer.to_plotly_json()["props"]["aria-labelledby"] == caption.id
    assert len(find(made, "Table")) == 1
    assert "/download?page=%2Fdemand%3Fshow%3Dsex&part=one" in words(find(made, "A"))
    text = words(made)
    for said in ("Plans rose", "Plans, 2020 to 2025", "A note.", "Source: a test.", "/measure/x"):
        assert said in text
    plots = [d for d in find(made, "Div") if d.to_plotly_json()["props"].get("className") == "plot"]
    assert [p.to_plotly_json()["props"]["aria-hidden"] for p in plots] == ["true"]


def test_a_missing_value_is_a_gap():
    (trace,) = drawn(line_figure())["data"]
    assert trace["y"][2] is None
    assert trace["connectgaps"] is False


def test_a_break_cuts_the_line_and_is_named():
    made = drawn(line_figure(breaks=(DAYS[4],)))
    heights = made["data"][-1]["y"]
    place = heights.index(4.0)
    assert heights[place - 1] is None
    assert any("counted anew" in a["text"] for a in made["layout"]["annotations"])


def test_a_range_is_drawn_only_where_there_is_one():
    lower, upper = (0.5, 1.5, None, 2.5, 3.5, 4.5), (1.5, 2.5, None, 3.5, 4.5, 5.5)
    traces = drawn(line_figure(lower=lower, upper=upper))["data"]
    bands = [t for t in traces if t.get("fill") == "toself"]
    assert [len(t["x"]) for t in bands] == [4, 6]


def test_the_value_axis_starts_at_nought():
    assert drawn(line_figure())["layout"]["yaxis"]["range"][0] == 0
    bars = BarFigure(
        **NAMES, table=ROWS, about=ABOUT, bars=(Bar("A", 40.0, "40"), Bar("B", 50.0, "50"))
    )
    assert drawn(bars)["layout"]["xaxis"]["range"][0] == 0


def test_a_bar_without_a_value_says_why_and_has_no_length():
    one = BarFigure(
        **NAMES, table=ROWS, about=ABOUT, bars=(Bar("A", None, "[c]"), Bar("B", 5.0, "5"))
    )
    made = drawn(one)
    assert made["data"][0]["x"] == [5.0, None]
    assert "[c]" in [a["text"] for a in made["layout"]["annotations"]]


def test_text_is_level_and_nothing_can_be_dragged():
    for name in ("xaxis", "yaxis"):
        axis = drawn(line_figure())["layout"][name]
        assert axis["tickangle"] == 0
        assert axis["fixedrange"] is True


def test_figures_with_nothing_to_draw_say_so():
    none = Line("Here", DAYS, WORDS, (None,) * 6)
    made = figure(LineFigure(**NAMES, table=ROWS, about=ABOUT, lines=(none,)), "/")
    assert not find(made, "Graph")
    assert "nothing to draw" in words(made)
    assert len(find(made, "Table")) == 1


def test_only_ones_own_school_is_named():
    spots = (Spot(100, 5.0), Spot(200, 6.0, "My school"))
    made = drawn(FunnelFigure(**NAMES, table=ROWS, about=ABOUT, spots=spots, centre=5.5))
    assert [a["text"] for a in made["layout"]["annotations"]] == ["<b>My school</b>"]


SQUARE = pd.DataFrame(
    {
        "area_id": "a",
        "ring": 0,
        "seq": range(5),
        "lon": [0, 1, 1, 0, 0],
        "lat": [53, 53, 54, 54, 53],
    }
)


@pytest.mark.parametrize("shapes", [SQUARE, SQUARE.head(0)], ids=["outlines", "tiles"])
def test_a_map_prints_its_values(shapes: pd.DataFrame):
    values = {"a": (1.0, "1.0%", "A ward"), "b": (None, "[c]", "B ward")}
    one = MapFigure(**NAMES, table=ROWS, about=ABOUT, shapes=shapes, values=values)
    made = drawn(one)
    printed = " ".join(a["text"] for a in made["layout"]["annotations"])
    assert "1.0%" in printed
    assert {t["type"] for t in made["data"]} == {"scatter"}


def test_labels_move_apart_and_keep_their_order():
    placed = spread([5.0, 5.1, 5.2, 20.0], 2.0)
    assert placed == sorted(placed)
    assert all(b - a >= 2.0 - 1e-9 for a, b in pairwise(placed))
    assert placed[3] == 20.0
    assert sum(placed[:3]) / 3 == pytest.approx(5.1)


def test_labels_that_do_not_touch_stay_where_they_are():
    assert spread([1.0, 9.0, 4.0], 2.0) == [1.0, 9.0, 4.0]
    assert spread([], 2.0) == []


def test_a_table_is_a_table():
    made = table("Plans by year", ROWS)
    heads = find(made, "Th")
    assert [h.scope for h in heads] == ["col", "col", "row", "row"]
    (caption,) = find(made, "Caption")
    assert caption.children == "Plans by year"
    assert [c.className for c in find(made, "Td")] == ["right", "right"]


def test_blank_is_blank_and_never_nought():
    figures = pd.Series([None, float("nan"), 0], dtype=object)
    rows = pd.DataFrame({"Name": ["a", "b", "c"], "Figure": figures})
    assert [c.children for c in find(table("x", rows), "Td")] == ["", "", "0"]


def test_a_long_table_is_folded_not_cut():
    rows = pd.DataFrame({"Name": [f"row {i}" for i in range(75)], "Figure": range(75)})
    made = table("Long", rows)
    assert len(find(made, "Tr")) == 75 + 2
    assert len(find(made, "Details")) == 1


def test_a_key_figure_says_its_change_in_words():
    one = Card(
        "Plans", "1,054", "plans", "1,084 in 2025", "No real change", "neutral", "/x", (1, 2, 3)
    )
    made = card(one)
    text = words(made)
    for said in ("Plans", "1,054", "plans", "1,084 in 2025", "No real change"):
        assert said in text
    assert [i.alt for i in find(made, "Img")] == [""]


def test_a_key_figure_without_a_value_says_what_is_missing():
    one = Card("Plans", "", "", "", "Not measured", "unknown", missing="Not returned by schools")
    assert "Not returned by schools" in words(card(one))
