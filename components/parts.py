"""The parts a page is made of beside charts and tables: cards, notes, lists, sections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from components.palette import PLAIN, TONES
from components.spark import spark

Children = Sequence[Any]


def status(words: str, tone: str = "unknown") -> html.Span:
    """Words for a state with a dot beside them that only repeats what they say."""
    dot = html.Span(className="dot", style={"background": TONES.get(tone, PLAIN)})
    return html.Span([dot, html.Span(words)], className="status")


def key_figure(
    *,
    title: str,
    figure: str,
    what: str,
    beside: str = "",
    change: str = "",
    tone: str = "unknown",
    href: str = "",
    line: Sequence[float | None] = (),
    missing: str = "",
) -> html.Article:
    """A key figure: name, value with its unit in words, comparator, what kind of change it is.

    Without a value, `missing` says why and from whom.
    """
    name: Any = dcc.Link(title, href=href) if href else title
    value = (
        [html.P([html.Strong(figure, className="card-value"), " ", what], className="card-figure")]
        if figure
        else [html.P(what), html.P(missing, className="card-missing")]
    )
    top = [html.Div(value), spark(line) if figure else None]
    return html.Article(
        [
            html.H2(name, className="card-title"),
            html.Div([part for part in top if part is not None], className="card-top"),
            html.P(beside, className="card-beside") if beside else None,
            html.P(status(change, tone), className="card-change") if change else None,
        ],
        className="card",
    )


def cards(items: Children) -> html.Div:
    """Key figures side by side, as many as fit."""
    return html.Div(list(items), className="cards")


def text(words: str) -> html.P:
    """A paragraph."""
    return html.P(words, className="text")


def note(title: str, words: str, tone: str = "unknown") -> html.Div:
    """A word on the state of things: nothing matches, hidden, not returned, stale, broken."""
    return html.Div(
        [html.P(status(title, tone), className="note-title"), html.P(words)], className="note"
    )


def section(title: str, parts: Children, *, subtitle: str = "", anchor: str = "") -> html.Section:
    """A part of a page under a heading of its own; without a title, only its parts."""
    head = [
        html.H2(title, className="section-title") if title else None,
        html.P(subtitle, className="section-subtitle") if subtitle else None,
    ]
    body = [part for part in head if part is not None] + list(parts)
    return html.Section(body, className="section", **({"id": anchor} if anchor else {}))


def panel(title: str, parts: Children, *, subtitle: str = "") -> html.Section:
    """A bordered part, as wide as a figure."""
    made = section(title, parts, subtitle=subtitle)
    made.className = "panel"  # type: ignore[attr-defined]
    return made


def beside(wide: Children, narrow: Children) -> html.Div:
    """Two parts side by side on a wide screen, one above the other on a narrow one."""
    return html.Div([html.Div(list(wide)), html.Div(list(narrow))], className="beside")


def bullets(
    title: str, items: Sequence[tuple[str, str, str, str]], *, subtitle: str = "", none: str = ""
) -> html.Section:
    """A list with a title: (subject in bold, words, address, words of the link) each."""
    rows = [
        html.Li(
            [
                html.Strong(subject) if subject else None,
                f" {words} " if subject else f"{words} ",
                dcc.Link(link_words or "See more", href=href) if href else None,
            ]
        )
        for subject, words, href, link_words in items
    ]
    body: Any = html.Ul(rows) if rows else html.P(none)
    return panel(title, [body], subtitle=subtitle)


def links(title: str, items: Sequence[tuple[str, str]]) -> html.Section:
    """Where to go next: (words, address) each."""
    rows = [html.Li(dcc.Link(words, href=href)) for words, href in items]
    return section(title, [html.Ul(rows, className="links")])


def terms(items: Sequence[tuple[str, Any]]) -> html.Dl:
    """Names and what they mean, in pairs."""
    pairs = [html.Div([html.Dt(name), html.Dd(meaning)]) for name, meaning in items]
    return html.Dl(pairs, className="terms")


def code(words: str, label: str = "Program text") -> html.Pre:
    """Lines of a program, as they are; scrolls in a box the keyboard can reach."""
    return html.Pre(
        html.Code(words),
        className="code",
        tabIndex=0,
        role="region",
        **{"aria-label": label},  # type: ignore[arg-type]
    )


def details(summary: str, parts: Children) -> html.Details:
    """A part that opens on demand."""
    return html.Details([html.Summary(summary), *parts], className="details")


def skeleton(height: int = 300) -> html.Div:
    """What stands in the place of a figure while it loads, as high as the figure will be."""
    return html.Div(className="skeleton", style={"height": f"{height}px"})
