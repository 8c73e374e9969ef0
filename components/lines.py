"""Lines over time: the borough with its range, comparators in grey, names at the ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import html

from components.format import number, pounds
from components.frame import HEIGHT, plotted
from components.labels import spread
from components.marks import Caption, Line
from components.palette import ROLES, SECONDARY
from components.template import Layout, axis, layout, note, spaced

_ROOM = 132
"""Pixels to the right of the plot for names."""
_TOP, _BOTTOM = 16, 44


def lines(
    caption: Caption,
    series: Sequence[Line],
    *,
    percent: bool = False,
    money: bool = False,
    target: float | None = None,
    zero: bool = True,
) -> html.Figure:
    """Up to four lines; a missing height is a gap, a break starts a new piece of line.

    Heights are in the unit of the subtitle. With `zero` the axis starts at nought, as it does
    unless all the movement would then be lost (the figure's note should say so).
    """
    low, high = _reach(series, target, zero)
    data = [trace for line in series for trace in _band(line)]
    data += [trace for line in reversed(series) for trace in _pieces(line, percent, money)]
    made = _layout(series, low, high, caption.height or HEIGHT, percent, money)
    if target is not None:
        made["shapes"], word = _target(target, percent, money)
        made["annotations"] = [*made["annotations"], word]
    return plotted(caption, data, made)


def words_of(value: float, percent: bool, money: bool) -> str:
    """A value at the end of a line."""
    if money:
        return pounds(value)
    text = number(value, 0 if abs(value) >= 100 or value == round(value) else 1)
    return f"{text}%" if percent else text


def _reach(series: Sequence[Line], target: float | None, zero: bool) -> tuple[float, float]:
    values = [v for line in series for v in (*line.heights, *line.upper) if v is not None]
    values += [v for line in series for v in line.lower if v is not None]
    values += [] if target is None else [target]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    low = min(0.0, low) if zero else low - (high - low) * 0.1
    return low, high + (high - low) * 0.06 if high > low else low + 1


def _band(line: Line) -> list[dict[str, Any]]:
    """The 95% range as a pale area, cut where the line is."""
    if not line.lower or line.role != "own":
        return []
    made = []
    for piece in runs(line):
        days = [line.days[i] for i in piece if line.lower[i] is not None]
        if len(days) < 2:
            continue
        up = [line.upper[i] for i in piece if line.lower[i] is not None]
        down = [line.lower[i] for i in piece if line.lower[i] is not None]
        made.append(_area(days + days[::-1], up + down[::-1]))
    return made


def _area(days: list[date], heights: list[Any]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": days,
        "y": heights,
        "fill": "toself",
        "fillcolor": "rgba(18,67,109,0.14)",
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def runs(line: Line) -> list[list[int]]:
    """Places of the points, in pieces without a gap or a break."""
    pieces: list[list[int]] = [[]]
    for i, (day, height) in enumerate(zip(line.days, line.heights, strict=True)):
        if height is None or day in line.breaks:
            pieces.append([])
        if height is not None:
            pieces[-1].append(i)
    return [piece for piece in pieces if piece]


def _pieces(line: Line, percent: bool, money: bool) -> list[dict[str, Any]]:
    own = line.role == "own"
    colour = ROLES[line.role]
    return [
        {
            "type": "scatter",
            "mode": "lines+markers" if own or len(piece) == 1 else "lines",
            "name": line.name,
            "x": [line.days[i] for i in piece],
            "y": [line.heights[i] for i in piece],
            "text": [_hover(line, i, percent, money) for i in piece],
            "hoverinfo": "text",
            "line": {
                "color": colour,
                "width": 2.5 if own else 1.75,
                "dash": "dot" if line.role == "neighbours" else "solid",
            },
            "marker": {"color": colour, "size": 6 if len(line.days) <= 36 else 4},
        }
        for piece in runs(line)
    ]


def _hover(line: Line, place: int, percent: bool, money: bool) -> str:
    value = line.heights[place]
    assert value is not None
    said = f"{line.name}, {line.labels[place]}: {words_of(value, percent, money)}"
    if line.lower and line.lower[place] is not None and line.upper[place] is not None:
        ends = [words_of(float(v or 0), percent, money) for v in (line.lower[place], line.upper[place])]
        said += f"<br>likely {ends[0]} to {ends[1]}"
    return said


def _layout(
    series: Sequence[Line], low: float, high: float, height: int, percent: bool, money: bool
) -> Layout:
    days = sorted({day for line in series for day in line.days})
    words = {day: label for line in series for day, label in zip(line.days, line.labels, strict=True)}
    ticks, texts = spaced(days, [words[day] for day in days])
    made = layout(
        margin={"l": 8, "r": _ROOM, "t": _TOP, "b": _BOTTOM, "pad": 4},
        xaxis=axis(showgrid=False, tickvals=ticks, ticktext=texts, showline=True),
        yaxis=axis(range=[low, high], nticks=6, tickprefix="£" if money else ""),
        annotations=_ends(series, low, high, height, percent, money),
    )
    if percent:
        made["yaxis"]["ticksuffix"] = "%"
    return made


def _ends(
    series: Sequence[Line], low: float, high: float, height: int, percent: bool, money: bool
) -> list[dict[str, Any]]:
    ends = [(line, _last(line)) for line in series]
    shown = [(line, i) for line, i in ends if i is not None]
    tall = height - _TOP - _BOTTOM
    pixels = [(float(line.heights[i] or 0) - low) / (high - low) * tall for line, i in shown]
    placed = spread(pixels, 0, tall)
    return [
        note(
            1,
            at / tall,
            f"<span style='color:{ROLES[line.role]}'>●</span> "
            f"{_short(line.name)} {words_of(float(line.heights[i] or 0), percent, money)}",
            xref="paper",
            yref="paper",
            xshift=6,
        )
        for (line, i), at in zip(shown, placed, strict=True)
    ]


def _last(line: Line) -> int | None:
    places = [i for i, height in enumerate(line.heights) if height is not None]
    return places[-1] if places else None


def _short(name: str, most: int = 15) -> str:
    """Long names of regions over two lines."""
    if len(name) <= most:
        return name
    head, _, tail = name.partition(" ")
    return f"{head}<br>{tail}" if len(name) <= 2 * most else f"{name[: most - 1]}…"


def _target(value: float, percent: bool, money: bool) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    shape = {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": value,
        "y1": value,
        "line": {"color": SECONDARY, "width": 1.5, "dash": "dash"},
    }
    word = note(0, value, f"Target {words_of(value, percent, money)}", xref="paper", yshift=10)
    return [shape], word
