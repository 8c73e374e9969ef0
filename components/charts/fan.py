"""What lies ahead: the past as a line, then bands where most simulated futures lie."""

from __future__ import annotations

from typing import Any

from components.charts.labels import spread
from components.charts.line import name_room
from components.charts.plot import HEIGHT, axis, layout, note, plot
from components.theme import BAND, BLUE, CONCERN, GREY, INK
from components.viewport import narrow
from models.likely import outwards
from pages.blocks import Fan, FanFigure
from pages.words import pounds

_PALE = "rgba(111,111,111,0.20)"
_ROOM = 1.12


def draw_fan(figure: FanFigure) -> Any:
    """The plot of a fan figure."""
    traces = [t for fan in figure.fans for t in _fan(fan, figure)] + _past(figure)
    traces += _capacity(figure)
    low, top = _bounds(figure)
    shape = layout(
        margin={"l": 8, "r": name_room(), "t": 16, "b": 8},
        xaxis=_time(figure),
        yaxis=axis(range=[low, top], showgrid=True, nticks=6, **_ticks(figure)),
        annotations=_names(figure, top - low),
    )
    return plot(figure.id, traces, shape)


def _ticks(figure: FanFigure) -> dict[str, Any]:
    return {"tickprefix": "£", "tickformat": ",~s"} if figure.money else {"tickformat": ",~f"}


def _bounds(figure: FanFigure) -> tuple[float, float]:
    limits = [v for fan in figure.fans for pair in (*fan.likely, *fan.widest) for v in pair]
    every = [*limits, *(v for _, v in (*figure.past, *figure.capacity)), 0.0]
    top = max(every) or 1
    if not figure.cut:
        return 0.0, top * _ROOM
    least = min(limits)
    return max(least - (top - least) / 4, 0.0), top + (top - least) / 8


def _time(figure: FanFigure) -> dict[str, Any]:
    years = sorted({y for y, _ in figure.past} | {y for fan in figure.fans for y in fan.years})
    step = max(1, -(-len(years) // (4 if narrow() else 9)))
    shown = years[::-1][::step][::-1]
    return axis(
        range=[years[0] - 0.3, years[-1] + 0.3],
        tickmode="array",
        tickvals=shown,
        ticktext=[_year(year, figure) for year in shown],
    )


def _year(year: int, figure: FanFigure) -> str:
    """2026/27, or Jan 26."""
    return f"{year}/{(year + 1) % 100:02d}" if figure.financial else f"Jan {year % 100:02d}"


def _fan(fan: Fan, figure: FanFigure) -> list[dict[str, Any]]:
    colour, fill = (BLUE, BAND) if fan.own else (GREY, _PALE)
    start = figure.past[-1] if figure.past and figure.past[-1][0] == fan.years[0] - 1 else None
    bands = [_band(fan.years, band, fill, start) for band in (fan.widest, fan.likely) if band]
    line = {"color": colour, "width": 3 if fan.own else 2, "dash": "dot" if fan.own else "dash"}
    return [*bands, _line(fan, line, figure, start)]


def _band(
    years: tuple[int, ...],
    band: tuple[tuple[float, float], ...],
    fill: str,
    start: tuple[int, float] | None,
) -> dict[str, Any]:
    rows = [(year, low, high) for year, (low, high) in zip(years, band, strict=True)]
    if start:
        rows.insert(0, (start[0], start[1], start[1]))
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [row[0] for row in (*rows, *rows[::-1])],
        "y": [row[2] for row in rows] + [row[1] for row in rows[::-1]],
        "fill": "toself",
        "fillcolor": fill,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _line(
    fan: Fan, pen: dict[str, Any], figure: FanFigure, start: tuple[int, float] | None
) -> dict[str, Any]:
    first = [(start[0], start[1])] if start else []
    points = [*first, *zip(fan.years, fan.middle, strict=True)]
    return _scatter(fan.name, points, pen, "lines", figure)


def _past(figure: FanFigure) -> list[dict[str, Any]]:
    pen = {"color": BLUE, "width": 3}
    return [_scatter("Counted", list(figure.past), pen, "lines+markers", figure)]


def _capacity(figure: FanFigure) -> list[dict[str, Any]]:
    if not figure.capacity:
        return []
    pen = {"color": CONCERN, "width": 2, "shape": "hv"}
    return [_scatter(figure.capacity_name, list(figure.capacity), pen, "lines", figure)]


def _scatter(
    name: str, points: list[tuple[int, float]], pen: dict[str, Any], mode: str, figure: FanFigure
) -> dict[str, Any]:
    value = "£%{y:,.0f}" if figure.money else "%{y:,.0f}"
    return {
        "type": "scatter",
        "mode": mode,
        "x": [year for year, _ in points],
        "y": [height for _, height in points],
        "name": name,
        "line": pen,
        "marker": {"size": 6, "color": BLUE},
        "text": [_year(year, figure) for year, _ in points],
        "hovertemplate": f"{name}<br>%{{text}}: <b>{value}</b><extra></extra>",
    }


def _names(figure: FanFigure, tall: float) -> list[dict[str, Any]]:
    said = [(fan.middle[-1], _end(fan, figure), fan.own) for fan in figure.fans]
    if figure.capacity:
        said.append((figure.capacity[-1][1], figure.capacity_name, False))
    deepest = max((words.count("<br>") + 1 for _, words, _ in said), default=1)
    places = spread([at for at, _, _ in said], tall * (2 + 18 * deepest) / (HEIGHT - 60))
    return [
        note(
            f"<b>{words}</b>" if own else words,
            xref="paper",
            x=1,
            y=place,
            xshift=6,
            font={"size": 13, "color": BLUE if own else INK},
        )
        for (_, words, own), place in zip(said, places, strict=True)
    ]


def _end(fan: Fan, figure: FanFigure) -> str:
    low, high = outwards(*fan.likely[-1])
    to = " to<br>" if figure.money and narrow() else " to "
    between = to.join(_short(v) if figure.money else f"{v:,.0f}" for v in (low, high))
    return f"{fan.name}<br>likely<br>{between}"


def _short(value: float) -> str:
    return f"£{value / 1e6:.3g}M" if value >= 1e6 else pounds(value)
