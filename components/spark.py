"""Small lines: beside a key figure, and as sets with one common scale."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from dash import html

from components.frame import figure
from components.marks import Caption, Multiple
from components.palette import GRID, OWN

Heights = Sequence[float | None]


def spark(heights: Heights, *, width: int = 96, height: int = 36) -> html.Img | None:
    """A decorative line of the latest values (the words beside it say the same); None for few."""
    shown = [v for v in heights if v is not None]
    if len(shown) < 3:
        return None
    return html.Img(
        src=svg(heights, width, height, min(shown), max(shown)),
        alt="",
        width=str(width),
        height=str(height),
        className="spark",
    )


def svg(heights: Heights, width: int, height: int, low: float, high: float) -> str:
    """The line as an image address; missing values are gaps, a lone point is a dot."""
    pad = 4.0
    step = (width - 2 * pad) / max(1, len(heights) - 1)
    scale = (height - 2 * pad) / ((high - low) or 1.0)
    pieces: list[list[str]] = [[]]
    for i, value in enumerate(heights):
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{pad + i * step:.1f},{height - pad - (value - low) * scale:.1f}")
    drawn = "".join(_stroke(piece) for piece in pieces if piece)
    text = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}'"
        f" preserveAspectRatio='none'>{drawn}</svg>"
    )
    return f"data:image/svg+xml,{quote(text)}"


def _stroke(piece: list[str]) -> str:
    if len(piece) == 1:
        x, y = piece[0].split(",")
        return f"<circle cx='{x}' cy='{y}' r='2' fill='{OWN}'/>"
    return f"<polyline points='{' '.join(piece)}' fill='none' stroke='{OWN}' stroke-width='2'/>"


def small_multiples(
    caption: Caption, items: Sequence[Multiple], *, zero: bool = True
) -> html.Figure:
    """One small line each, all on one scale, in the order given; latest value in words."""
    shown = [v for item in items for v in item.heights if v is not None] or [0.0]
    low, high = (min(0.0, *shown) if zero else min(shown)), max(shown)
    cells = [_cell(item, low, high) for item in items]
    return figure(caption, html.Div(cells, className="multiples"))


def _cell(item: Multiple, low: float, high: float) -> html.Div:
    return html.Div(
        [
            html.Span(item.name, className="multiple-name"),
            html.Strong(item.label),
            html.Img(
                src=svg(item.heights, 200, 60, low, high),
                alt="",
                className="multiple-line",
                style={"borderBottom": f"1px solid {GRID}"},
            ),
        ],
        className="multiple",
    )
