"""Funnels: which schools differ by more than chance. One's own is named, the others are grey."""

from __future__ import annotations

from typing import Any

from components.charts.plot import axis, layout, note, plot
from components.theme import BLUE, GREY, INK
from pages.blocks import FunnelFigure, Spot

_LIMITS = (("low_95", "dash"), ("high_95", "dash"), ("low_998", "solid"), ("high_998", "solid"))


def draw_funnel(figure: FunnelFigure) -> Any:
    """The plot of a funnel figure."""
    others = [s for s in figure.spots if not s.name]
    own = [s for s in figure.spots if s.name]
    top = max([s.value for s in figure.spots] + [figure.centre, 0.001]) * 1.25
    shape = layout(
        margin={"l": 8, "r": 24, "t": 16, "b": 8},
        xaxis=axis(title={"text": figure.size_words, "font": {"size": 13}}, rangemode="tozero"),
        yaxis=axis(range=[0, top], showgrid=True, nticks=6, ticksuffix="%" * figure.percent),
        annotations=[_name(s) for s in own],
        shapes=[_centre(figure)],
    )
    traces = [*_limits(figure), _dots(others, "#bdbdbd", 9), _dots(own, BLUE, 14)]
    return plot(figure.id, traces, shape)


def _dots(spots: list[Spot], colour: str, size: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [s.size for s in spots],
        "y": [s.value for s in spots],
        "marker": {"color": colour, "size": size, "line": {"color": INK, "width": 1}},
        "hoverinfo": "skip",
    }


def _name(spot: Spot) -> dict[str, Any]:
    place = {"x": spot.size, "y": spot.value, "xshift": 12, "yshift": 12}
    return note(f"<b>{spot.name}</b>", bgcolor="rgba(255,255,255,0.85)", **place)


def _centre(figure: FunnelFigure) -> dict[str, Any]:
    at, pen = figure.centre, {"color": INK, "width": 1}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": at, "y1": at, "line": pen}


def _limits(figure: FunnelFigure) -> list[dict[str, Any]]:
    if figure.limits is None or figure.limits.empty:
        return []
    rows = figure.limits.sort_values("size")
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": list(rows["size"]),
            "y": list(rows[name]),
            "line": {"color": GREY, "width": 1, "dash": dash},
            "hoverinfo": "skip",
        }
        for name, dash in _LIMITS
        if name in rows
    ]
