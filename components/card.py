"""Key figures: name, number with its unit in words, comparator, and what kind of change it is."""

from __future__ import annotations

import base64
from typing import Any

from dash import dcc, html

from components.aria import aria
from components.theme import BLUE, TONES
from pages.blocks import Card

_WIDE, _HIGH, _EDGE = 80, 32, 3


def card(one: Card) -> Any:
    """One key figure, a link where it leads somewhere."""
    parts = [html.H2(_linked(one), className="card-name"), *_body(one), _change(one)]
    return html.Section(parts, className="card")


def _linked(one: Card) -> Any:
    return dcc.Link(one.title, href=one.href) if one.href else one.title


def _body(one: Card) -> list[Any]:
    if not one.figure:
        return [html.P(one.missing, className="card-missing")]
    said = html.P(
        [html.Span(one.figure, className="card-figure"), " ", html.Span(one.what)],
        className="card-said",
    )
    return [
        html.Div([said, *_spark(one)], className="card-row"),
        html.P(one.beside, className="card-beside"),
    ]


def _change(one: Card) -> Any:
    return html.P([dot(one.tone), one.change], className="card-change")


def dot(tone: str) -> Any:
    """A coloured dot; the words beside it say the same."""
    colour = TONES.get(tone, TONES["unknown"])
    return html.Span(className="dot", style={"backgroundColor": colour}, **aria(hidden="true"))


def _spark(one: Card) -> list[Any]:
    if sum(v is not None for v in one.spark) < 3:
        return []
    picture = base64.b64encode(_svg(one.spark).encode()).decode()
    return [html.Img(src=f"data:image/svg+xml;base64,{picture}", alt="", className="spark")]


def _svg(heights: tuple[float | None, ...]) -> str:
    seen = [h for h in heights if h is not None]
    low, span = min(seen), (max(seen) - min(seen)) or 1
    step = (_WIDE - 2 * _EDGE) / max(len(heights) - 1, 1)
    runs: list[list[str]] = [[]]
    for i, height in enumerate(heights):
        if height is None:
            runs.append([])
            continue
        y = _HIGH - _EDGE - (height - low) / span * (_HIGH - 2 * _EDGE)
        runs[-1].append(f"{_EDGE + i * step:.1f},{y:.1f}")
    lines = "".join(f"<polyline points='{' '.join(r)}'/>" for r in runs if len(r) > 1)
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{_WIDE}' height='{_HIGH}'"
        f" fill='none' stroke='{BLUE}' stroke-width='2'>{lines}</svg>"
    )
