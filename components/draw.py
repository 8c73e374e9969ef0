"""A page's blocks, drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from components.aria import aria
from components.card import card, dot
from components.figure import download_address, figure
from components.form import form
from components.keeping import keeping
from components.table import table
from pages.blocks import (
    BarFigure,
    Beside,
    Bullet,
    Bullets,
    Cards,
    Code,
    Details,
    FanFigure,
    Form,
    FunnelFigure,
    Keeping,
    LineFigure,
    Links,
    MapFigure,
    Note,
    Page,
    Section,
    Selector,
    SpanFigure,
    Table,
    Terms,
    Text,
    WaterfallFigure,
)


def draw(parts: Iterable[Any], here: str) -> list[Any]:
    """Every block of a page; `here` is the page's address."""
    return [_DRAW[type(part)](part, here) for part in parts]


def head(page: Page) -> list[Any]:
    """The headline, which is a finding, and one line of what, where, when."""
    return [html.H1(page.headline, tabIndex=-1), html.P(page.lede, className="lede")]


MOST = 12
"""Options listed at once: a list that scrolls can't be reached by some keyboards."""


def selectors(choices: Iterable[Selector]) -> list[Any]:
    """The choices of a page, each kept in the address bar."""
    return [
        dmc.Select(
            id={"type": "choice", "name": one.name},
            label=f"{one.label} (type to search)" if len(one.options) > MOST else one.label,
            data=[{"value": value, "label": words} for value, words in one.options],
            value=one.value,
            allowDeselect=False,
            searchable=len(one.options) > MOST,
            limit=MOST,
            nothingFoundMessage="Nothing matches: try fewer letters",
            withScrollArea=False,
            className="choice",
            style={"flexBasis": _width(one)},
        )
        for one in choices
    ]


def _width(one: Selector) -> str:
    # Wide enough for its longest choice, so that none is cut on a wide screen.
    longest = max((len(words) for _, words in one.options), default=0)
    return f"{min(max(8 * longest + 64, 262), 700)}px"


def _text(part: Text, here: str) -> Any:
    return html.P(part.words)


def _note(part: Note, here: str) -> Any:
    words = html.P([dot(part.tone), html.Strong(part.title), ". ", part.words])
    return html.Div(words, className="note")


def _cards(part: Cards, here: str) -> Any:
    return html.Div([card(one) for one in part.cards], className=f"cards of-{len(part.cards)}")


def _table(part: Table, here: str) -> Any:
    parts = [table(part.caption, part.rows, part.links, headed=part.headed)]
    if part.file:
        parts.append(html.A("Download", href=download_address(here, part.file), className="action"))
    return html.Div(parts, className="block")


def _links(part: Links, here: str) -> Any:
    items = [html.Li(dcc.Link(words, href=address)) for words, address in part.items]
    return html.Nav(
        [html.H2(part.title), html.Ul(items)], className="next", **aria(label=part.title)
    )


def _bullets(part: Bullets, here: str) -> Any:
    items = [html.Li(_bullet(one)) for one in part.items]
    body = html.Ul(items) if items else html.P(part.none)
    head = [html.H3(part.title), html.P(part.subtitle, className="subtitle")]
    return html.Section([*head, body], className="panel", **aria(label=part.title))


def _bullet(one: Bullet) -> list[Any]:
    link = [" ", dcc.Link(one.link_words, href=one.link)] if one.link else []
    subject = [html.Strong(one.subject), " "] if one.subject else []
    return [*subject, one.words, *link]


def _terms(part: Terms, here: str) -> Any:
    return html.Dl([x for name, words in part.items for x in (html.Dt(name), html.Dd(words))])


def _code(part: Code, here: str) -> Any:
    return html.Pre(html.Code(part.text), tabIndex=0)


def _section(part: Section, here: str) -> Any:
    subtitle = [html.P(part.subtitle, className="subtitle")] if part.subtitle else []
    extra: dict[str, Any] = {"id": part.anchor} if part.anchor else {}
    return html.Section([html.H2(part.title), *subtitle, *draw(part.parts, here)], **extra)


def _beside(part: Beside, here: str) -> Any:
    return html.Div(
        [html.Div(draw(part.wide, here)), html.Div(draw(part.narrow, here))], className="beside"
    )


def _details(part: Details, here: str) -> Any:
    return html.Details([html.Summary(part.summary), *draw(part.parts, here)], className="block")


_DRAW: dict[type, Callable[[Any, str], Any]] = {
    Text: _text,
    Note: _note,
    Cards: _cards,
    LineFigure: figure,
    BarFigure: figure,
    WaterfallFigure: figure,
    FunnelFigure: figure,
    MapFigure: figure,
    FanFigure: figure,
    SpanFigure: figure,
    Form: form,
    Keeping: keeping,
    Table: _table,
    Links: _links,
    Bullets: _bullets,
    Terms: _terms,
    Code: _code,
    Section: _section,
    Beside: _beside,
    Details: _details,
}
