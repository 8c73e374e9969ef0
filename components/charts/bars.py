"""Horizontal bars from zero, either way, in the order given, each with its value in words."""

from __future__ import annotations

from typing import Any

from components.charts.plot import axis, layout, note, plot
from components.theme import BLUE, GREY, INK
from components.viewport import narrow
from pages.blocks import Bar, BarFigure

_BAR, _LINE, _EDGE = 34, 18, 40
PLAIN = "#bfbfbf"


def draw_bars(figure: BarFigure) -> Any:
    """The plot of a bar figure; what has no value is named with its reason and no bar."""
    bars = figure.bars[::-1]
    places = list(range(len(bars)))
    line = figure.line[1] if figure.line else 0
    top = max([b.upper or b.value or 0 for b in bars] + [line, 0])
    low = min([b.lower or b.value or 0 for b in bars] + [line, 0])
    names = [wrap(b.name) for b in bars]
    lines = max((name.count("<br>") + 1 for name in names), default=1)
    shape = layout(
        height=max(_BAR, _LINE * lines) * len(bars) + _EDGE + (24 if figure.line else 0),
        margin={"l": 8, "r": 70, "t": 28 if figure.line else 8, "b": 8},
        xaxis=axis(range=[low * 1.05, (top if top or low else 1) * 1.15], visible=False),
        yaxis=axis(tickvals=places, ticktext=names),
        annotations=[*_values(bars), *_line_name(figure)],
        shapes=_line(figure),
        bargap=0.35,
    )
    return plot(figure.id, [_trace(bars, places, figure)], shape)


def wrap(name: str) -> str:
    """The name of a bar in lines that fit beside it."""
    width = 14 if narrow() else 26
    words, lines = name.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > width and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)


def _trace(bars: tuple[Bar, ...], places: list[int], figure: BarFigure) -> dict[str, Any]:
    focus = any(b.own for b in figure.bars)
    ranges = [_range(b) for b in bars]
    return {
        "type": "bar",
        "orientation": "h",
        "y": places,
        "x": [b.value for b in bars],
        "text": [f"{b.name}: {b.label}" for b in bars],
        "textposition": "none",
        "marker": {"color": [BLUE if b.own or not focus else PLAIN for b in bars]},
        "error_x": {
            "visible": any(low or high for low, high in ranges),
            "type": "data",
            "symmetric": False,
            "array": [high for _, high in ranges],
            "arrayminus": [low for low, _ in ranges],
            "color": GREY,
            "thickness": 1,
            "width": 3,
        },
        "hovertemplate": "%{text}<extra></extra>",
    }


def _range(bar: Bar) -> tuple[float, float]:
    if bar.value is None or bar.lower is None or bar.upper is None:
        return 0, 0
    return bar.value - bar.lower, bar.upper - bar.value


def _values(bars: tuple[Bar, ...]) -> list[dict[str, Any]]:
    return [
        note(bar.label, x=max(bar.upper or bar.value or 0, 0), y=place, xshift=6)
        for place, bar in enumerate(bars)
    ]


def _line(figure: BarFigure) -> list[dict[str, Any]]:
    if figure.line is None:
        return []
    at = figure.line[1]
    pen = {"color": INK, "width": 1, "dash": "dash"}
    return [{"type": "line", "yref": "paper", "x0": at, "x1": at, "y0": 0, "y1": 1, "line": pen}]


def _line_name(figure: BarFigure) -> list[dict[str, Any]]:
    if figure.line is None:
        return []
    words, at = figure.line
    return [note(words, x=at, y=1, yref="paper", yanchor="bottom", xanchor="center")]
