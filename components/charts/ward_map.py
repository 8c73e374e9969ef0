"""The map of wards: filled polygons on plain axes, for a geo trace fetches from outside.

Without boundaries each ward is a tile. Values are printed in both; no shade speaks alone.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from components.charts.plot import axis, layout, note, plot
from components.theme import INK, SEQUENTIAL, TINT, WHITE
from components.viewport import narrow
from pages.blocks import MapFigure


def draw_map(figure: MapFigure) -> Any:
    """The plot of a map figure."""
    return _tiles(figure) if figure.shapes.empty else _polygons(figure)


def _shade(value: float | None, low: float, high: float) -> str:
    if value is None:
        return TINT
    step = (value - low) / (high - low) if high > low else 0.5
    return SEQUENTIAL[min(int(step * len(SEQUENTIAL)), len(SEQUENTIAL) - 1)]


def _span(figure: MapFigure) -> tuple[float, float]:
    seen = [v for v, _, _ in figure.values.values() if v is not None]
    return (min(seen), max(seen)) if seen else (0.0, 1.0)


def _ink(shade: str) -> str:
    return WHITE if shade in SEQUENTIAL[-2:] else INK


def _polygons(figure: MapFigure) -> Any:
    low, high = _span(figure)
    shapes = figure.shapes
    stretch = 1 / math.cos(math.radians(float(shapes["lat"].mean())))
    traces, words = [], []
    for area, rings in shapes.groupby("area_id", sort=False):
        value, label, name = figure.values.get(str(area), (None, "", str(area)))
        shade = _shade(value, low, high)
        traces.append(_area(rings, shade, f"{name}: {label}"))
        words.append(_label(rings, label, shade))
    shape = layout(
        height=400 if narrow() else 540,
        xaxis=axis(visible=False),
        yaxis=axis(visible=False, scaleanchor="x", scaleratio=stretch),
        annotations=words,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
    )
    return plot(figure.id, traces, shape)


def _area(rings: pd.DataFrame, shade: str, words: str) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for _, ring in rings.groupby("ring", sort=True):
        x += [*ring["lon"], None]
        y += [*ring["lat"], None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "fill": "toself",
        "fillcolor": shade,
        "line": {"color": WHITE, "width": 1.5},
        "text": words,
        "hoveron": "fills",
        "hoverinfo": "text",
    }


def _label(rings: pd.DataFrame, label: str, shade: str) -> dict[str, Any]:
    lon, lat = _centre(max((r for _, r in rings.groupby("ring")), key=len))
    # A small screen has no room for the sign; the subtitle gives the unit.
    label = label.removesuffix("%") if narrow() else label
    font = {"size": 10 if narrow() else 12, "color": _ink(shade)}
    return note(label, x=lon, y=lat, xanchor="center", font=font)


def _centre(ring: pd.DataFrame) -> tuple[float, float]:
    """The centre of mass of an outline, by the shoelace formula."""
    x, y = ring["lon"].to_numpy(), ring["lat"].to_numpy()
    cross = x * np.roll(y, -1) - np.roll(x, -1) * y
    if abs(cross.sum()) < 1e-12:
        return float(x.mean()), float(y.mean())
    lon = ((x + np.roll(x, -1)) * cross).sum() / (3 * cross.sum())
    lat = ((y + np.roll(y, -1)) * cross).sum() / (3 * cross.sum())
    return float(lon), float(lat)


def _tiles(figure: MapFigure) -> Any:
    across = 3 if narrow() else 5
    low, high = _span(figure)
    traces, words = [], []
    for place, (value, label, name) in enumerate(figure.values.values()):
        x, y = place % across, -(place // across)
        shade = _shade(value, low, high)
        box = pd.DataFrame(
            {"ring": 0, "lon": [x, x + 1, x + 1, x, x], "lat": [y, y, y - 1, y - 1, y]}
        )
        traces.append(_area(box, shade, f"{name}: {label}"))
        text = f"{_lines(name)}<br><b>{label}</b>"
        font = {"size": 12, "color": _ink(shade)}
        words.append(note(text, x=x + 0.5, y=y - 0.5, xanchor="center", align="center", font=font))
    rows = -(-len(figure.values) // across)
    shape = layout(
        height=90 * max(rows, 1),
        xaxis=axis(visible=False, range=[0, across]),
        yaxis=axis(visible=False, range=[-rows, 0]),
        annotations=words,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
    )
    return plot(figure.id, traces, shape)


def _lines(name: str) -> str:
    return name.replace(" & ", " &<br>").replace(" and ", " and<br>")
