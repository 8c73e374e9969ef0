"""Lines over time: one's own with its range, comparators in greys, names at the ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from math import ceil, floor, log10
from textwrap import fill
from typing import Any

from components.charts.labels import spread
from components.charts.plot import HEIGHT, axis, layout, note, plot
from components.theme import BAND, BLUE, INK, ROLES
from components.viewport import narrow
from pages.blocks import Line, LineFigure
from pages.words import MINUS, pounds

DASHES = {"neighbours": "dash", "region": "dot"}
"""Greys are told apart by their stroke as well."""
_ROOM = 1.12
"""The value axis ends this far above the highest point, and below one that is under nought."""


def draw_lines(figure: LineFigure) -> Any:
    """The plot of a line figure."""
    lines = [line for line in figure.lines if any(h is not None for h in line.heights)]
    traces = [t for line in lines for t in (*_band(line), _trace(line, figure))]
    low, top = _bounds(figure)
    shape = layout(
        margin={"l": 8, "r": name_room(), "t": 16, "b": 8},
        xaxis=_time_axis(lines),
        yaxis=axis(range=[low, top], showgrid=True, nticks=6, **value_ticks(figure, low, top)),
        annotations=[
            *_end_labels(lines, figure, top - low),
            *_break_notes(lines),
            *_target(figure),
        ],
        shapes=[*_break_lines(lines), *_target_line(figure)],
    )
    return plot(figure.id, traces, shape)


def name_room() -> int:
    """Pixels kept at the right for the names of lines."""
    return 92 if narrow() else 150


_LONG = 14
"""Letters of a period's name, such as summer term 2026, from which fewer fit."""


def tick_step(words: Iterable[str]) -> int:
    """Every how many periods the time axis has a name, so that none runs into the next."""
    names = [short_words(one) for one in words]
    long = max(map(len, names), default=0) >= _LONG
    room = (2 if long else 3) if narrow() else 6
    return max(1, -(-len(names) // room))


def _bounds(figure: LineFigure) -> tuple[float, float]:
    """Foot and top of the value axis: nought is always on it, and so is what lies below."""
    lines = figure.lines
    every = [v for line in lines for v in (*line.heights, *line.lower, *line.upper)]
    seen = [figure.target or 0, 0, *(v for v in every if v is not None)]
    low, high = min(seen), max(seen)
    return low * _ROOM, high * _ROOM if high or low else 0.001


def _marks(low: float, high: float) -> list[float]:
    """About five round values from low to high, nought among them."""
    rough = (high - low) / 5
    size = 10.0 ** floor(log10(rough))
    step = next(size * n for n in (1, 2, 5, 10) if size * n >= rough)
    return [step * n for n in range(ceil(low / step), floor(high / step) + 1)]


def _pounds(value: float) -> str:
    size = abs(value)
    text = f"{size / 1e6:g}M" if size >= 1e6 else f"{size / 1e3:g}k" if size >= 1e3 else f"{size:g}"
    return f"{MINUS if value < 0 else ''}£{text}"


def value_ticks(figure: LineFigure, low: float = 0.0, high: float = 0.0) -> dict[str, Any]:
    """How values are written on the axis; a debt has its sign before the pounds."""
    if figure.money and low < 0:
        marks = _marks(low, high)
        return {"tickvals": marks, "ticktext": [_pounds(mark) for mark in marks]}
    if figure.money:
        return {"tickprefix": "£", "tickformat": ",~s"}
    return {"ticksuffix": "%" if figure.percent else "", "tickformat": ",~f"}


def _time_axis(lines: list[Line]) -> dict[str, Any]:
    # Two kinds of year on one axis would read as one: the borough's own are the ones written.
    named = next((line for line in lines if line.role == "own"), lines[0])
    points = sorted(zip(named.days, named.labels, strict=True))
    shown = points[::-1][:: tick_step(named.labels)][::-1]
    return axis(
        type="date",
        range=date_range(sorted(day for line in lines for day in line.days)),
        tickmode="array",
        tickvals=[d.isoformat() for d, _ in shown],
        ticktext=[short_words(w) for _, w in shown],
    )


def date_range(days: list[date]) -> list[str]:
    """The days drawn and a little more; words beside the plot never widen it."""
    spare = max((days[-1] - days[0]).days * 0.02, 15)
    return [(days[0] - timedelta(spare)).isoformat(), (days[-1] + timedelta(spare)).isoformat()]


def short_words(words: str) -> str:
    """A period short enough for an axis: Jan 26, summer 26, 2024/25."""
    season, term, of_year = words.partition(" term ")
    if term:
        return f"{season} {of_year[2:]}"
    month, _, year = words.partition(" ")
    return f"{month[:3]} {year[2:]}" if year.isdigit() and month.isalpha() else words


def _trace(line: Line, figure: LineFigure) -> dict[str, Any]:
    own = line.role == "own"
    days, heights, words = _with_gaps(line)
    return {
        "type": "scatter",
        "mode": "lines+markers" if own else "lines",
        "x": days,
        "y": heights,
        "text": words,
        "name": line.name,
        "connectgaps": False,
        "line": {
            "color": ROLES[line.role],
            "width": 3 if own else 2,
            "dash": DASHES.get(line.role, "solid"),
        },
        "marker": _dots(line, days),
        "hovertemplate": f"{line.name}<br>%{{text}}: <b>{_value(figure)}</b><extra></extra>",
    }


def _dots(line: Line, days: list[str]) -> dict[str, Any]:
    """Full dots; hollow where the figure may still change."""
    if not line.hollow:
        return {"size": 6, "color": BLUE}
    hollow = {day.isoformat() for day in line.hollow}
    shapes = ["circle-open" if day in hollow else "circle" for day in days]
    sizes = [9 if day in hollow else 6 for day in days]
    return {"size": sizes, "color": BLUE, "symbol": shapes, "line": {"width": 2, "color": BLUE}}


def _value(figure: LineFigure) -> str:
    return "£%{y:,.0f}" if figure.money else "%{y:,.1f}%" if figure.percent else "%{y:,.4~g}"


def _with_gaps(line: Line) -> tuple[list[str], list[float | None], list[str]]:
    # A break in the series is a gap: the line before it does not reach the line after it.
    days: list[str] = []
    heights: list[float | None] = []
    words: list[str] = []
    for day, height, word in zip(line.days, line.heights, line.labels, strict=True):
        if day in line.breaks and days:
            days.append(day.isoformat())
            heights.append(None)
            words.append(word)
        days.append(day.isoformat())
        heights.append(height)
        words.append(word)
    return days, heights, words


def _band(line: Line) -> list[dict[str, Any]]:
    bounds = list(zip(line.days, line.lower, line.upper, strict=False))
    runs: list[list[tuple[date, float, float]]] = [[]]
    for day, low, high in bounds:
        if low is None or high is None or day in line.breaks:
            runs.append([])
        if low is not None and high is not None:
            runs[-1].append((day, low, high))
    return [_ribbon(run) for run in runs if len(run) > 1 and line.role == "own"]


def _ribbon(run: list[tuple[date, float, float]]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [d.isoformat() for d, _, _ in [*run, *reversed(run)]],
        "y": [high for _, _, high in run] + [low for _, low, _ in reversed(run)],
        "fill": "toself",
        "fillcolor": BAND,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _end_labels(lines: list[Line], figure: LineFigure, tall: float) -> list[dict[str, Any]]:
    ends = [next(h for h in reversed(line.heights) if h is not None) for line in lines]
    owns = [line.role == "own" for line in lines]
    words = [
        _end_words(line.name, end_value(end, figure), own)
        for line, end, own in zip(lines, ends, owns, strict=True)
    ]
    deepest = max((text.count("<br>") + 1 for text in words), default=1)
    places = spread(ends, tall * (2 + 18 * deepest) / (HEIGHT - 60))
    return [
        note(
            text,
            xref="paper",
            x=1,
            y=place,
            xshift=6,
            font={"size": 13, "color": BLUE if own else INK},
        )
        for text, place, own in zip(words, places, owns, strict=True)
    ]


def _end_words(name: str, value: str, own: bool) -> str:
    wide = 12 if narrow() else 18
    words = "<br>".join(fill(f"{name} {value}", wide).splitlines())
    return f"<b>{words}</b>" if own else words


def end_value(value: float, figure: LineFigure) -> str:
    """A value as it stands at the end of its line."""
    if figure.money:
        return pounds(value)
    exact = abs(value) >= 1_000 or value == int(value)
    text = f"{value:,.0f}" if exact else f"{value:,.1f}"
    return f"{text}%" if figure.percent else text


def _break_lines(lines: list[Line]) -> list[dict[str, Any]]:
    return [
        {
            "type": "line",
            "xref": "x",
            "yref": "paper",
            "x0": day,
            "x1": day,
            "y0": 0,
            "y1": 1,
            "line": {"color": "#8c8c8c", "width": 1, "dash": "dot"},
        }
        for day in _break_days(lines)
    ]


def _break_days(lines: list[Line]) -> list[str]:
    return sorted({day.isoformat() for line in lines for day in line.breaks})


def _break_notes(lines: list[Line]) -> list[dict[str, Any]]:
    days = sorted(day.isoformat() for line in lines for day in line.days)
    # Past the middle the words stand to the left, clear of the names at the ends of the lines.
    late = {day: day > days[len(days) // 2] for day in _break_days(lines)[-1:]}
    return [
        note(
            "counted anew",
            x=day,
            y=1,
            yref="paper",
            yanchor="top",
            xanchor="right" if left else "left",
            xshift=-4 if left else 4,
        )
        for day, left in late.items()
    ]


def _target_line(figure: LineFigure) -> list[dict[str, Any]]:
    if figure.target is None:
        return []
    at = figure.target
    line = {"color": INK, "width": 1, "dash": "dash"}
    return [{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": at, "y1": at, "line": line}]


def _target(figure: LineFigure) -> list[dict[str, Any]]:
    if figure.target is None:
        return []
    words = f"Target {end_value(figure.target, figure)}"
    return [note(words, xref="paper", x=0, y=figure.target, yanchor="bottom")]
