"""Ranges that were given before, and what came: inside or outside, for all to see."""

from __future__ import annotations

from typing import Any

from components.charts.bars import PLAIN, wrap
from components.charts.plot import axis, layout, note, plot
from components.theme import BLUE, CONCERN
from components.viewport import narrow
from pages.blocks import Span, SpanFigure

_BAR, _EDGE = 38, 48


def draw_spans(figure: SpanFigure) -> Any:
    """The plot of past ranges, top to bottom."""
    spans = figure.spans[::-1]
    places = list(range(len(spans)))
    low = min(min(s.low, s.came) for s in spans)
    high = max(max(s.high, s.came) for s in spans)
    spare = (high - low) * 0.06 or 1
    shape = layout(
        height=_BAR * len(spans) + _EDGE,
        margin={"l": 8, "r": 108 if narrow() else 128, "t": 8, "b": 8},
        xaxis=axis(
            range=[low - spare, high + spare], showgrid=True, nticks=4 if narrow() else 6,
            tickformat=",~f",
        ),
        yaxis=axis(tickvals=places, ticktext=[wrap(s.name) for s in spans]),
        annotations=[_said(s, place) for s, place in zip(spans, places, strict=True)],
        bargap=0.5,
    )  # fmt: skip
    return plot(figure.id, [_bars(spans, places), _marks(spans, places)], shape)


def _bars(spans: tuple[Span, ...], places: list[int]) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "y": places,
        "base": [s.low for s in spans],
        "x": [s.high - s.low for s in spans],
        "marker": {"color": PLAIN},
        "text": [f"{s.name}: {s.low:,.0f} to {s.high:,.0f}" for s in spans],
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
    }


def _marks(spans: tuple[Span, ...], places: list[int]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [s.came for s in spans],
        "y": places,
        "marker": {
            "size": 12,
            "color": [BLUE if s.held else CONCERN for s in spans],
            "symbol": ["circle" if s.held else "x" for s in spans],
        },
        "hovertemplate": "Came: <b>%{x:,.0f}</b><extra></extra>",
    }


def _said(one: Span, place: int) -> dict[str, Any]:
    words = f"{one.came:,.0f}: {'inside' if one.held else 'outside'}"
    return note(words, xref="paper", x=1, y=place, xshift=6)
