"""A waterfall: from one total to the next by what drove the change. Each bar has its words."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

from components.charts.bars import wrap
from components.charts.plot import axis, layout, note, plot
from components.theme import BLUE, CONCERN, GREY, IMPROVEMENT
from pages.blocks import Step, WaterfallFigure

_BAR, _EDGE = 46, 24


def spans(steps: tuple[Step, ...]) -> list[tuple[float, float]]:
    """Where each bar starts and ends: totals from zero, parts from where the one before ended."""
    ends = list(accumulate(steps, _end, initial=0.0))
    starts = [0.0 if s.total else at for s, at in zip(steps, ends, strict=False)]
    return list(zip(starts, ends[1:], strict=True))


def _end(at: float, step: Step) -> float:
    return step.amount if step.total else at + step.amount


def draw_waterfall(figure: WaterfallFigure) -> Any:
    """The plot of a waterfall, top to bottom."""
    steps, placed = figure.steps[::-1], spans(figure.steps)[::-1]
    places = list(range(len(steps)))
    top = max(max(span) for span in placed) or 1
    low = min(0.0, *(min(span) for span in placed))
    shape = layout(
        height=_BAR * len(steps) + _EDGE,
        margin={"l": 8, "r": 90, "t": 8, "b": 8},
        xaxis=axis(range=[low, top * 1.1], visible=False),
        yaxis=axis(tickvals=places, ticktext=[wrap(s.name) for s in steps]),
        annotations=[
            note(s.label, x=max(span), y=place, xshift=6)
            for s, span, place in zip(steps, placed, places, strict=True)
        ],
        shapes=_joins(placed),
        bargap=0.35,
    )
    return plot(figure.id, [_trace(steps, placed, places)], shape)


def _trace(
    steps: tuple[Step, ...], placed: list[tuple[float, float]], places: list[int]
) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "y": places,
        "base": [start for start, _ in placed],
        "x": [end - start for start, end in placed],
        "text": [f"{s.name}: {s.label}" for s in steps],
        "textposition": "none",
        "marker": {"color": [_colour(s) for s in steps]},
        "hovertemplate": "%{text}<extra></extra>",
    }


def _colour(step: Step) -> str:
    if step.total:
        return BLUE
    return CONCERN if step.amount > 0 else IMPROVEMENT if step.amount < 0 else GREY


def _joins(placed: list[tuple[float, float]]) -> list[dict[str, Any]]:
    """A thin line from the end of each bar to the one below it."""
    pen = {"color": GREY, "width": 1, "dash": "dot"}
    return [
        {"type": "line", "x0": end, "x1": end, "y0": place - 1, "y1": place, "line": pen}
        for place, (_, end) in enumerate(placed)
        if place
    ]
