"""The one place where a plot is made: its template, its settings and the graph itself.

Figures are plain dicts: validation costs more than drawing, and the forms are few and tested.
"""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from components.aria import aria
from components.theme import GRID, INK, MUTED, WHITE

CONFIG: Any = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
    "locale": "en-GB",
}
"""No cloud button, no logo, no second server: nothing leaves for another host."""

HEIGHT = 320
FONT = {"family": "Arial, Helvetica, sans-serif", "size": 14, "color": INK}


def axis(**extra: Any) -> dict[str, Any]:
    """An axis of the house: light grid, no slanted text, nothing to drag."""
    base = {
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "tickangle": 0,
        "automargin": True,
        "tickfont": {"size": 13, "color": MUTED},
        "linecolor": GRID,
        "gridcolor": GRID,
    }
    return {**base, **extra}


def layout(height: int = HEIGHT, **extra: Any) -> dict[str, Any]:
    """A layout of the house."""
    base = {
        "height": height,
        "font": FONT,
        "paper_bgcolor": WHITE,
        "plot_bgcolor": WHITE,
        "margin": {"l": 8, "r": 8, "t": 16, "b": 8},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {"bgcolor": WHITE, "bordercolor": INK, "font": FONT},
        "separators": ".,",
    }
    return {**base, **extra}


def plot(name: str, traces: list[dict[str, Any]], shape: dict[str, Any]) -> html.Div:
    """A plot for people who see it; the table in the same figure says the same in words."""
    graph = dcc.Graph(
        id={"type": "plot", "name": name},
        figure={"data": traces, "layout": shape},
        config=CONFIG,
        style={"height": shape["height"]},
    )
    return html.Div(graph, className="plot", **aria(hidden="true"))


def note(text: str, **where: Any) -> dict[str, Any]:
    """Words on a plot."""
    base = {
        "text": text,
        "showarrow": False,
        "font": {"size": 13, "color": INK},
        "align": "left",
        "xanchor": "left",
    }
    return {**base, **where}
