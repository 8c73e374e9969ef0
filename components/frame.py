"""The frame of every figure: statement, subtitle, plot, note, source, table, download, about."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from components import downloads
from components.marks import Caption
from components.table import data_table
from components.template import CONFIG

HEIGHT = 300


def figure(caption: Caption, plot: Any) -> html.Figure:
    """A figure around a plot (any component); the plot itself is hidden from screen readers.

    What they read instead is the statement, the note and the table. The table is offered for
    download under the caption's `file`.
    """
    name = f"{caption.id}-title"
    return html.Figure(
        [
            html.Figcaption(
                [
                    html.H2(caption.title, className="figure-title"),
                    html.P(caption.subtitle, className="figure-subtitle"),
                ],
                id=name,
            ),
            html.Div(plot, className="plot", **{"aria-hidden": "true"}),  # type: ignore[arg-type]
            html.P(caption.note, className="figure-note") if caption.note else None,
            html.Div([_source(caption), *_actions(caption)], className="figure-foot"),
        ],
        id=caption.id,
        className="figure",
        **{"aria-labelledby": name},  # type: ignore[arg-type]
    )


def plotted(caption: Caption, data: list[dict[str, Any]], layout: dict[str, Any]) -> html.Figure:
    """A figure around a plotly plot given as plain dicts."""
    height = caption.height or HEIGHT
    graph = dcc.Graph(
        id=f"{caption.id}-plot",
        figure={"data": data, "layout": layout | {"height": height}},
        config=CONFIG,  # type: ignore[arg-type]
        style={"height": f"{height}px"},
        responsive=True,
    )
    return figure(caption, graph)


def _source(caption: Caption) -> html.P:
    return html.P(
        " ".join(part for part in (caption.source, caption.coverage) if part),
        className="figure-source",
    )


def _actions(caption: Caption) -> list[Any]:
    href = downloads.offer(caption)
    links = [
        html.A(["Download", _of(caption)], href=href, className="action") if href else None,
        html.A(["About this figure", _of(caption)], href=caption.href, className="action")
        if caption.href
        else None,
        html.Button(
            ["Copy link", _of(caption)],
            type="button",
            className="action copy-link",
            **{"data-target": caption.id},  # type: ignore[arg-type]
        ),
    ]
    return [_table(caption), *_about(caption), html.Div(links, className="figure-links")]


def _of(caption: Caption) -> html.Span:
    """Which figure a link is of, for those who hear it out of its place."""
    return html.Span(f": {caption.title}", className="visually-hidden")


def _table(caption: Caption) -> html.Details:
    body: Any = html.P("There are no numbers to show.")
    if isinstance(caption.table, pd.DataFrame) and len(caption.table):
        body = data_table(caption.table, caption=f"{caption.title}. {caption.subtitle}")
    return html.Details(
        [html.Summary(["Table", _of(caption)], className="action"), body], className="figure-table"
    )


def _about(caption: Caption) -> list[html.Details]:
    if not caption.words:
        return []
    body = [html.P(sentence) for sentence in caption.words]
    return [
        html.Details(
            [html.Summary(["How it is counted", _of(caption)], className="action"), *body],
            className="figure-about",
        )
    ]
