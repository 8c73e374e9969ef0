"""Is it more than chance: XmR charts over time and funnels across schools."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from dash import html

from components.frame import HEIGHT, plotted
from components.labels import spread
from components.lines import runs, words_of
from components.marks import Caption, Limits, Line, Spot
from components.palette import CONCERN, IMPROVE, INK, OWN, PLAIN, SECONDARY
from components.template import axis, layout, note, spaced

_TOP, _BOTTOM = 24, 44


def xmr(
    caption: Caption, line: Line, limits: Limits, *, percent: bool = False, money: bool = False
) -> html.Figure:
    """Points over time with their average and limits; special causes coloured, named in words.

    `limits.signals` maps a point's place in the line to what it is; its colour follows the
    polarity. The newest signal is named on the plot, all of them in the table.
    """
    colours = [_signal_colour(line, limits, i) for i in range(len(line.days))]
    data = [_joined(line), _points(line, limits, colours)]
    low, high = _reach(line, limits)
    ticks, texts = spaced(line.days, line.labels, 6)
    made = layout(
        margin={"l": 8, "r": 132, "t": _TOP, "b": _BOTTOM, "pad": 4},
        xaxis=axis(showgrid=False, tickvals=ticks, ticktext=texts, showline=True),
        yaxis=axis(
            range=[low, high],
            nticks=6,
            tickprefix="£" if money else "",
            ticksuffix="%" if percent else "",
        ),
        shapes=[_rule(limits.centre, "solid"), _rule(limits.lower), _rule(limits.upper)],
        annotations=[
            *_names(limits, low, high, caption.height or HEIGHT, percent, money),
            *_newest(line, limits),
        ],
    )
    return plotted(caption, data, made)


def _joined(line: Line) -> dict[str, Any]:
    xs: list[Any] = []
    ys: list[Any] = []
    for piece in runs(line):
        xs += [*(line.days[i] for i in piece), None]
        ys += [*(line.heights[i] for i in piece), None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "connectgaps": False,
        "line": {"color": OWN, "width": 1.5},
        "hoverinfo": "skip",
    }


def _points(line: Line, limits: Limits, colours: list[str]) -> dict[str, Any]:
    shown = [i for i, height in enumerate(line.heights) if height is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [line.days[i] for i in shown],
        "y": [line.heights[i] for i in shown],
        "marker": {
            "color": [colours[i] for i in shown],
            "size": [10 if i in limits.signals else 7 for i in shown],
            "symbol": ["diamond" if i in limits.signals else "circle" for i in shown],
        },
        "text": [
            f"{line.labels[i]}: {line.heights[i]:,.1f}"
            + (f"<br>{limits.signals[i]}" if i in limits.signals else "")
            for i in shown
        ],
        "hoverinfo": "text",
    }


def _signal_colour(line: Line, limits: Limits, place: int) -> str:
    height = line.heights[place]
    if place not in limits.signals or height is None:
        return OWN
    if limits.polarity == "none":
        return PLAIN
    high = height > limits.centre
    return IMPROVE if high == (limits.polarity == "high") else CONCERN


def _reach(line: Line, limits: Limits) -> tuple[float, float]:
    values = [v for v in line.heights if v is not None] + [limits.lower, limits.upper]
    room = (max(values) - min(values) or 1.0) * 0.12
    return min(values) - room, max(values) + room


def _rule(value: float, dash: str = "dash") -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": value,
        "y1": value,
        "line": {"color": SECONDARY, "width": 1.5, "dash": dash},
        "layer": "below",
    }


def _names(
    limits: Limits, low: float, high: float, height: int, percent: bool, money: bool
) -> list[dict[str, Any]]:
    rows = [
        ("Upper limit", limits.upper),
        ("Average", limits.centre),
        ("Lower limit", limits.lower),
    ]
    tall = height - _TOP - _BOTTOM
    places = spread([(value - low) / (high - low) * tall for _, value in rows], 0, tall)
    return [
        note(1, at / tall, f"{name} {words_of(value, percent, money)}", xref="paper", yref="paper")
        | {"xshift": 6}
        for (name, value), at in zip(rows, places, strict=True)
    ]


def _newest(line: Line, limits: Limits) -> list[dict[str, Any]]:
    places = [i for i in sorted(limits.signals) if line.heights[i] is not None]
    if not places:
        return []
    place = places[-1]
    late = place > len(line.days) / 2
    return [
        note(
            line.days[place],
            line.heights[place],
            f"{line.labels[place]}: {limits.signals[place]}",
            xanchor="right" if late else "left",
            xshift=-10 if late else 10,
            yshift=14,
        )
    ]


def funnel(
    caption: Caption,
    spots: Sequence[Spot],
    *,
    centre: float,
    limits: pd.DataFrame,
    size_words: str = "Pupils",
    percent: bool = False,
) -> html.Figure:
    """Each school against its size; only one's own is named and dark.

    `limits` has the columns size, low95, high95, low998 and high998, sorted by size.
    """
    others = [spot for spot in spots if not spot.name]
    named = [spot for spot in spots if spot.name]
    data = [_curve(limits, name, dash) for name, dash in _CURVES]
    data += [_dots(others, "#BFBFBF", 8), _dots(named, OWN, 13)]
    made = layout(
        margin={"l": 8, "r": 16, "t": 16, "b": 48, "pad": 4},
        xaxis=axis(showgrid=False, showline=True, rangemode="tozero", title=_title(size_words)),
        yaxis=axis(rangemode="tozero", nticks=6, ticksuffix="%" if percent else ""),
        shapes=[_rule(centre, "solid")],
        annotations=[_spot_name(spot, percent) for spot in named],
    )
    return plotted(caption, data, made)


_CURVES = (("low95", "dash"), ("high95", "dash"), ("low998", "solid"), ("high998", "solid"))


def _title(words: str) -> dict[str, Any]:
    return {"text": words, "font": {"size": 13, "color": SECONDARY}, "standoff": 8}


def _curve(limits: pd.DataFrame, name: str, dash: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": limits["size"].tolist(),
        "y": limits[name].tolist(),
        "line": {"color": PLAIN, "width": 1.25, "dash": dash},
        "hoverinfo": "skip",
    }


def _dots(spots: Sequence[Spot], colour: str, size: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [spot.size for spot in spots],
        "y": [spot.value for spot in spots],
        "marker": {"color": colour, "size": size, "line": {"color": SECONDARY, "width": 1}},
        "text": [f"{spot.name or 'A school'}: {spot.value:,.1f}" for spot in spots],
        "hoverinfo": "text",
    }


def _spot_name(spot: Spot, percent: bool) -> dict[str, Any]:
    words = f"<b>{spot.name} {words_of(spot.value, percent, False)}</b>"
    return note(spot.size, spot.value, words, xshift=12, font={"size": 14, "color": INK})
