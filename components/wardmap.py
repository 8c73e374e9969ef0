"""Wards on a map drawn from their outlines, else as tiles; the value is printed on each.

No tile or base map is fetched: outlines are filled polygons on plain axes.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, cos, radians, sqrt
from typing import Any

import pandas as pd
from dash import html

from components.frame import figure, plotted
from components.marks import Caption
from components.palette import INK, NO_DATA, SEQUENTIAL, WHITE, text_on
from components.template import axis, layout, note

Values = Mapping[str, tuple[float | None, str, str]]
"""Area id to value, its words and the area's name."""


def ward_map(caption: Caption, shapes: pd.DataFrame, values: Values) -> html.Figure:
    """Areas coloured by value, darker for more, with the value printed; tiles without outlines.

    `shapes` has area_id, ring, seq, lon and lat. An area without a value is grey and shows its
    symbol.
    """
    known = shapes[shapes["area_id"].isin(list(values))] if len(shapes) else shapes
    if known.empty:
        return figure(caption, tiles(values))
    grades = grade(values)
    data = [
        _polygon(outline, grades[str(area)], values[str(area)])
        for area, outline in known.groupby("area_id", sort=False)
    ]
    middle = radians(float(known["lat"].mean()))
    made = layout(
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis=axis(visible=False),
        yaxis=axis(visible=False, scaleanchor="x", scaleratio=1 / cos(middle)),
        annotations=[
            _printed(outline, grades[str(area)], values[str(area)])
            for area, outline in known.groupby("area_id", sort=False)
        ],
    )
    return plotted(Caption(**{**vars(caption), "height": caption.height or 460}), data, made)


def grade(values: Values) -> dict[str, str]:
    """Area id to colour: five equal steps from the lowest to the highest value."""
    shown = [value for value, _, _ in values.values() if value is not None]
    if not shown:
        return dict.fromkeys(values, NO_DATA)
    low, width = min(shown), (max(shown) - min(shown)) or 1.0
    last = len(SEQUENTIAL) - 1
    return {
        area: NO_DATA
        if value is None
        else SEQUENTIAL[min(last, int((value - low) / width * len(SEQUENTIAL)))]
        for area, (value, _, _) in values.items()
    }


def _polygon(outline: pd.DataFrame, colour: str, value: tuple[Any, str, str]) -> dict[str, Any]:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for _, ring in outline.sort_values(["ring", "seq"]).groupby("ring"):
        xs += [*ring["lon"].round(5).tolist(), None]
        ys += [*ring["lat"].round(5).tolist(), None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "fill": "toself",
        "fillcolor": colour,
        "line": {"color": WHITE, "width": 1.5},
        "hoveron": "fills",
        "name": f"{value[2]}: {value[1]}",
        "hoverinfo": "name",
        "hoverlabel": {"namelength": -1},
    }


def _printed(outline: pd.DataFrame, colour: str, value: tuple[Any, str, str]) -> dict[str, Any]:
    ring = outline[outline["ring"] == outline["ring"].mode().iloc[0]]
    x, y = centre(ring["lon"].to_numpy(), ring["lat"].to_numpy())
    font = {"size": 12, "color": text_on(colour) if colour != NO_DATA else INK}
    return note(x, y, short_words(value[1]), xanchor="center", font=font)


def centre(xs: Any, ys: Any) -> tuple[float, float]:
    """The middle of a ring by area; the mean of its corners where it has no area."""
    cross = xs[:-1] * ys[1:] - xs[1:] * ys[:-1]
    area = cross.sum() / 2
    if abs(area) < 1e-12:
        return float(xs.mean()), float(ys.mean())
    x = ((xs[:-1] + xs[1:]) * cross).sum() / (6 * area)
    y = ((ys[:-1] + ys[1:]) * cross).sum() / (6 * area)
    return float(x), float(y)


def short_words(words: str) -> str:
    """The number of a value in words, or [x] for what was not returned."""
    first = words.split(" ")[0]
    return "[x]" if first in ("Not", "not") else first


def tiles(values: Values) -> html.Div:
    """Areas as equal tiles with name and value, in the order given."""
    grades = grade(values)
    wide = ceil(sqrt(len(values))) or 1
    return html.Div(
        [
            html.Div(
                [html.Span(name, className="tile-name"), html.Strong(short_words(words))],
                className="tile",
                style={"background": grades[area], "color": text_on(grades[area])},
            )
            for area, (_, words, name) in values.items()
        ],
        className="tiles",
        style={"--tiles": str(wide)},
    )
