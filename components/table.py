"""Real tables: a caption, headings with scope, numbers to the right. Blank is blank, never zero."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
from dash import dcc, html

from components.aria import aria
from models.symbols import found_in, legend

_NUMBER = re.compile(r"^[-\u2212<~]?£?[\d,]+(\.\d+)?( ?(%|million|weeks|years|times))?( \[\w+\])*$")
_SYMBOL = re.compile(r"^\[\w+\]$")
LONG = 30
"""Rows shown before the rest are folded away."""


def table(
    caption: str, rows: pd.DataFrame, links: tuple[str, ...] = (), *, headed: bool = False
) -> Any:
    """A table of words; the first column names the row. A `headed` one's caption is only heard."""
    title = html.Caption(caption, className="unseen" if headed else "")
    right = [_numeric(rows[name]) for name in rows.columns]
    head = html.Thead(
        html.Tr([_heading(str(n), r) for n, r in zip(rows.columns, right, strict=True)])
    )
    lines = [
        _row(values, right, links[i] if i < len(links) else "")
        for i, values in enumerate(rows.itertuples(index=False, name=None))
    ]
    shown = _scroll(html.Table([title, head, html.Tbody(lines[:LONG])]), caption)
    key = _key(rows)
    if len(lines) <= LONG:
        return html.Div([shown, *key]) if key else shown
    name = f"{caption}, continued"
    rest = html.Table([html.Caption(name), head, html.Tbody(lines[LONG:])])
    more = html.Summary(f"Show the other {len(lines) - LONG} rows")
    return html.Div([shown, html.Details([more, _scroll(rest, name)]), *key])


def _key(rows: pd.DataFrame) -> list[Any]:
    """What the symbols of a table mean, below it."""
    texts = (text for name in rows.columns for text in map(_text, rows[name]) if "[" in text)
    codes = found_in(" ".join(texts))
    return [html.P("; ".join(legend(*codes)) + ".", className="figure-note")] if codes else []


def _scroll(inner: Any, name: str) -> Any:
    # Wide tables scroll by themselves; a keyboard can reach them.
    said = aria(label=f"Table: {name}")
    return html.Div(inner, className="scroll", tabIndex=0, role="group", **said)


def _numeric(column: pd.Series) -> bool:
    texts = [text for text in map(_text, column) if text]
    numbers = [text for text in texts if _NUMBER.match(text)]
    return bool(numbers) and all(_NUMBER.match(t) or _SYMBOL.match(t) for t in texts)


def _heading(name: str, right: bool) -> Any:
    return html.Th(name, scope="col", className="right" if right else "")


def _row(values: tuple[Any, ...], right: list[bool], href: str) -> Any:
    first, *others = (_text(v) for v in values)
    name = dcc.Link(first, href=href) if href else first
    cells = [
        html.Td(text, className="right" if r else "")
        for text, r in zip(others, right[1:], strict=True)
    ]
    return html.Tr([html.Th(name, scope="row", className="right" if right[0] else ""), *cells])


def _text(value: Any) -> str:
    missing = value is None or value is pd.NA or value is pd.NaT or value != value
    return "" if missing else str(value).strip()
