"""A figure: a statement as its title, what it shows, the plot, a note, its source, its table."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from dash import dcc, html

from components.aria import aria
from components.charts.bars import draw_bars
from components.charts.fan import draw_fan
from components.charts.funnel import draw_funnel
from components.charts.line import draw_lines
from components.charts.spans import draw_spans
from components.charts.ward_map import draw_map
from components.charts.waterfall import draw_waterfall
from components.charts.xmr import draw_xmr
from components.table import table
from pages.blocks import (
    BarFigure,
    FanFigure,
    Figure,
    FunnelFigure,
    LineFigure,
    MapFigure,
    SpanFigure,
    WaterfallFigure,
)


def figure(one: Figure, here: str) -> Any:
    """A figure with its actions; `here` is the address of the page it stands on."""
    caption = f"{one.id}-caption"
    parts = [
        html.Figcaption(
            [html.H3(one.title), html.P(one.subtitle, className="subtitle")], id=caption
        ),
        _plot(one),
        html.P(one.note, className="figure-note") if one.note else None,
        html.P(_source(one), className="source"),
        _actions(one, here),
    ]
    return html.Figure([p for p in parts if p is not None], id=one.id, **aria(labelledby=caption))


def _source(one: Figure) -> str:
    return " ".join(part for part in (one.about.source, one.about.coverage) if part)


def _plot(one: Figure) -> Any:
    if isinstance(one, LineFigure):
        return _lines(one)
    if isinstance(one, BarFigure):
        return draw_bars(one) if one.bars else _nothing()
    if isinstance(one, FunnelFigure):
        return draw_funnel(one) if one.spots else _nothing()
    if isinstance(one, WaterfallFigure):
        return draw_waterfall(one) if one.steps else _nothing()
    if isinstance(one, FanFigure):
        return draw_fan(one) if one.fans else _nothing()
    if isinstance(one, SpanFigure):
        return draw_spans(one) if one.spans else _nothing()
    assert isinstance(one, MapFigure)
    return draw_map(one) if one.values else _nothing()


def _lines(one: LineFigure) -> Any:
    if not any(h is not None for line in one.lines for h in line.heights):
        return _nothing()
    if one.signals is not None and not one.signals.empty:
        return draw_xmr(one, one.signals)
    return draw_lines(one)


def _nothing() -> Any:
    words = "There is nothing to draw here. The table below says why for each period."
    return html.P(words, className="state")


def _actions(one: Figure, here: str) -> Any:
    items = [
        html.Details([html.Summary(_said("Table", one)), table(one.title, one.table)]),
        html.A(_said("Download", one), href=download_address(here, one.id), className="action"),
        html.Details([html.Summary(_said("About this figure", one)), *_about(one)]),
        html.A(_said("Copy link", one), href=f"{here}#{one.id}", className="action copy"),
    ]
    return html.Div(items, className="actions")


def _said(words: str, one: Figure) -> list[Any]:
    # The same words on every figure; who hears the page hears which figure is meant.
    return [words, html.Span(f": {one.title}", className="unseen")]


def _about(one: Figure) -> list[Any]:
    words = [html.P(text) for text in one.about.words]
    if one.about.href:
        words.append(html.P(dcc.Link("Definition, method and checks", href=one.about.href)))
    return words or [html.P(_source(one))]


def download_address(here: str, part: str) -> str:
    """Where the numbers of one part of a page are downloaded."""
    return f"/download?{urlencode({'page': here, 'part': part})}"
