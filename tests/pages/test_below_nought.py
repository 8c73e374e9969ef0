"""A deficit is drawn: the axis reaches below nought, and labels stand clear of the bars."""

from datetime import date

import pandas as pd
import pytest

from components.charts.bars import draw_bars
from components.charts.line import draw_lines
from pages.blocks import About, Bar, BarFigure, Line, LineFigure

DAYS = tuple(date(year, 4, 1) for year in (2022, 2023, 2024))


def _plot(drawn):
    return drawn.children.figure


def _axis(plot, name):
    return list(plot["layout"][name]["range"])


@pytest.mark.parametrize(
    ("heights", "low", "high"),
    [((-3.0, -1.0, -2.0), -3.0, 0), ((-1.0, 2.0, 1.0), -1.0, 2.0), ((1.0, 2.0, 3.0), 0, 3.0)],
)
def test_a_line_below_nought_is_within_its_axis(heights, low, high):
    line = Line("Borough", DAYS, ("2022/23", "2023/24", "2024/25"), heights)
    figure = LineFigure(
        id="f",
        title="",
        subtitle="",
        table=pd.DataFrame(),
        about=About(""),
        lines=(line,),
        money=True,
    )
    bottom, top = _axis(_plot(draw_lines(figure)), "yaxis")
    assert bottom <= low and top >= high and top > bottom
    assert (bottom == 0) == (low == 0)


def test_bars_go_left_of_nought_and_their_labels_stay_right():
    bars = (Bar("Over", 10.0, "10%"), Bar("Under", -30.0, "-30%"))
    figure = BarFigure(
        id="f", title="", subtitle="", table=pd.DataFrame(), about=About(""), bars=bars
    )
    plot = _plot(draw_bars(figure))
    left, right = _axis(plot, "xaxis")
    assert left <= -30 and right >= 10
    assert sorted(note["x"] for note in plot["layout"]["annotations"]) == [0, 10.0]


def test_a_debt_on_the_axis_has_its_sign_before_the_pounds():
    line = Line("Borough", DAYS, ("2022/23", "2023/24", "2024/25"), (-1.2e6, -4e5, 2e5))
    figure = LineFigure("f", "", "", pd.DataFrame(), About(""), lines=(line,), money=True)
    axis = _plot(draw_lines(figure))["layout"]["yaxis"]
    assert list(axis["ticktext"]) == ["\u2212£1M", "\u2212£500k", "£0"]
    assert list(axis["tickvals"]) == [-1e6, -5e5, 0]
