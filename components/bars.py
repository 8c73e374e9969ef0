"""Horizontal bars from zero, stacked bands and waterfalls."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from dash import html

from components.frame import plotted
from components.marks import Band, Bar, Caption, Step
from components.palette import CATEGORICAL, CONCERN, IMPROVE, INK, OWN, SECONDARY, WHITE, text_on
from components.template import axis, layout, note

_ROW = 30
_CLEAR = "rgba(0,0,0,0)"


def bars(
    caption: Caption, rows: Sequence[Bar], *, line: tuple[str, float] | None = None
) -> html.Figure:
    """Bars in the order given, first at the top, each with its value in words at the end.

    Where one is `own`, it is dark and the others grey. `line` is a value to compare with and its
    name. A bar without a value shows its words only.
    """
    names = [_name(row.name) for row in rows]
    some_own = any(row.own for row in rows)
    values = [row.value or 0.0 for row in rows]
    highest = max([abs(v) for v in values] + [row.upper or 0.0 for row in rows] + [1e-9])
    data: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "y": list(range(len(rows))),
            "x": values,
            "hovertext": [f"{row.name}: {row.label}{_range(row)}" for row in rows],
            "hoverinfo": "text",
            "marker": {"color": [OWN if row.own or not some_own else "#BFBFBF" for row in rows]},
            "error_x": _errors(rows),
        }
    ]
    made = layout(
        margin={"l": 8, "r": 8, "t": 24 if line else 8, "b": 8, "pad": 6},
        bargap=0.35,
        xaxis=axis(range=[min(0.0, *values), highest * 1.22], showticklabels=False, showgrid=False),
        yaxis=axis(
            range=[len(rows) - 0.5, -0.5],
            tickvals=list(range(len(rows))),
            ticktext=names,
            showgrid=False,
            tickfont={"size": 14, "color": INK},
        ),
        annotations=[_end(i, row) for i, row in enumerate(rows)],
    )
    if line:
        made["shapes"], word = _line(line)
        made["annotations"] = [*made["annotations"], word]
    return plotted(_tall(caption, sum(1 + n.count("<br>") * 0.5 for n in names)), data, made)


def _tall(caption: Caption, rows: float) -> Caption:
    return Caption(**{**vars(caption), "height": caption.height or int(rows * _ROW) + 48})


def _name(name: str, width: int = 24) -> str:
    return "<br>".join(wrap(name, width)[:3]) or name


def _range(row: Bar) -> str:
    return "" if row.lower is None or row.upper is None else " (line: 95% range)"


def _errors(rows: Sequence[Bar]) -> dict[str, Any]:
    def gap(row: Bar, end: float | None) -> float:
        return 0.0 if end is None or row.value is None else abs(end - row.value)

    return {
        "type": "data",
        "symmetric": False,
        "array": [gap(row, row.upper) for row in rows],
        "arrayminus": [gap(row, row.lower) for row in rows],
        "color": SECONDARY,
        "thickness": 1.5,
        "width": 0,
    }


def _end(place: int, row: Bar) -> dict[str, Any]:
    far = max(row.value or 0.0, row.upper or 0.0, 0.0)
    return note(far, place, f"<b>{row.label}</b>" if row.own else row.label, xshift=6)


def _line(line: tuple[str, float]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    name, value = line
    shape = {
        "type": "line",
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "x0": value,
        "x1": value,
        "line": {"color": INK, "width": 1.5, "dash": "dash"},
    }
    return [shape], note(value, 1, name, yref="paper", xanchor="center", yshift=12)


def stacked(
    caption: Caption, names: Sequence[str], bands: Sequence[Band], *, percent: bool = False
) -> html.Figure:
    """Stacked upright bars: up to four bands, their names in a legend in the order of the bars."""
    data = [
        {
            "type": "bar",
            "name": band.name,
            "x": list(names),
            "y": [0 if v is None else v for v in band.heights],
            "hovertemplate": f"{band.name}, %{{x}}: %{{y:,.0f}}{'%' if percent else ''}<extra></extra>",
            "marker": {"color": colour, "line": {"color": WHITE, "width": 1}},
            "text": [_inside(v, percent) for v in band.heights],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "textfont": {"color": text_on(colour), "size": 13},
        }
        for band, colour in zip(bands, CATEGORICAL, strict=False)
    ]
    made = layout(
        barmode="stack",
        showlegend=True,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        margin={"l": 8, "r": 16, "t": 40, "b": 36, "pad": 4},
        yaxis=axis(rangemode="tozero", ticksuffix="%" if percent else ""),
        xaxis=axis(showgrid=False, type="category"),
        uniformtext={"minsize": 11, "mode": "hide"},
    )
    return plotted(caption, data, made)


def _inside(value: float | None, percent: bool) -> str:
    return "" if not value else f"{value:,.0f}{'%' if percent else ''}"


def waterfall(caption: Caption, steps: Sequence[Step], *, polarity: str = "low") -> html.Figure:
    """Steps that add up from a first to a last total; `polarity` says which way is good.

    Each step's words stand above it; colour only repeats what the sign says.
    """
    base, bottoms, heights = 0.0, [], []
    for step in steps:
        start = 0.0 if step.total else base
        base = step.amount if step.total else base + step.amount
        bottoms.append(min(start, base))
        heights.append(abs(base - start))
    places = list(range(len(steps)))
    tops = [b + h for b, h in zip(bottoms, heights, strict=True)]
    data = [
        {
            "type": "bar",
            "x": places,
            "y": bottoms,
            "marker": {"color": _CLEAR},
            "hoverinfo": "skip",
        },
        {
            "type": "bar",
            "x": places,
            "y": heights,
            "marker": {"color": [_colour(step, polarity) for step in steps]},
            "hovertext": [f"{step.name}: {step.label}" for step in steps],
            "hoverinfo": "text",
        },
    ]
    made = layout(
        barmode="stack",
        bargap=0.3,
        margin={"l": 8, "r": 8, "t": 24, "b": 56, "pad": 4},
        xaxis=axis(
            showgrid=False,
            tickvals=places,
            ticktext=["<br>".join(wrap(step.name, 12)) for step in steps],
            tickfont={"size": 13, "color": INK},
        ),
        yaxis=axis(range=[min([0.0, *bottoms]), max([*tops, 1e-9]) * 1.15], showticklabels=False),
        annotations=[
            note(i, top, step.label, xanchor="center", yanchor="bottom")
            for i, (top, step) in enumerate(zip(tops, steps, strict=True))
        ],
    )
    return plotted(caption, data, made)


def _colour(step: Step, polarity: str) -> str:
    if step.total:
        return OWN
    good = (step.amount < 0) == (polarity == "low")
    return IMPROVE if good else CONCERN
