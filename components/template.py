"""The one look of every plot: white ground, light horizontal lines, no slanted text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from components.palette import GRID, INK, SECONDARY, WHITE

FONT = "Arial, Helvetica, sans-serif"
CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "showSendToCloud": False,
    "displaylogo": False,
    "plotlyServerURL": "",
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
    "showAxisDragHandles": False,
}
"""No chart offers to send itself anywhere."""

Layout = dict[str, Any]


def layout(**more: Any) -> Layout:
    """A plot's layout; a plain dict, as plotly's own classes cost 12 ms each to check it."""
    base: Layout = {
        "font": {"family": FONT, "size": 14, "color": INK},
        "paper_bgcolor": WHITE,
        "plot_bgcolor": WHITE,
        "margin": {"l": 8, "r": 16, "t": 16, "b": 32, "pad": 4},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": WHITE, "bordercolor": INK, "font": {"color": INK, "size": 14}},
        "separators": ".,",
        "xaxis": axis(showgrid=False),
        "yaxis": axis(),
        "template": {},
    }
    return base | more


def axis(**more: Any) -> dict[str, Any]:
    """An axis: fixed, level text, room made for its labels."""
    base: dict[str, Any] = {
        "fixedrange": True,
        "automargin": True,
        "gridcolor": GRID,
        "linecolor": SECONDARY,
        "tickfont": {"size": 13, "color": SECONDARY},
        "ticks": "",
        "tickangle": 0,
        "zeroline": False,
        "showline": False,
    }
    return base | more


def spaced(days: Sequence[date], labels: Sequence[str], most: int = 5) -> tuple[list[Any], list[str]]:
    """At most `most` ticks, evenly spaced and always with the last one."""
    if not days:
        return [], []
    step = max(1, -(-(len(days) - 1) // max(1, most - 1)))
    places = list(range(len(days) - 1, -1, -step))[::-1]
    return [days[i] for i in places], [_narrow(labels[i]) for i in places]


def _narrow(label: str) -> str:
    """Long periods over two lines: level text needs the room."""
    head, _, tail = label.rpartition(" ")
    return f"{head[:3]}<br>{tail}" if head and head.isalpha() else label.replace(" term ", "<br>")


def note(x: Any, y: Any, text: str, **more: Any) -> dict[str, Any]:
    """A word on the plot, without an arrow."""
    base: dict[str, Any] = {
        "x": x,
        "y": y,
        "text": text,
        "showarrow": False,
        "font": {"size": 13, "color": INK},
        "xanchor": "left",
        "yanchor": "middle",
    }
    return base | more
