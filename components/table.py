"""Real tables: caption, scopes, numbers to the right, symbols explained underneath."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd
from dash import dcc, html

from components.downloads import text
from components.format import used_symbols

_NUMBER = re.compile(r"^[-+]?£?[\d,.]+( million)?%?(\s\[\w+\])?$|^\[\w+\]$|^$")


def data_table(
    rows: pd.DataFrame,
    *,
    caption: str,
    links: Sequence[str] = (),
    numeric: Collection[str] | None = None,
    hide_caption: bool = True,
    legend: bool = True,
) -> html.Div:
    """A frame as a table; the first column names each row, `links` gives each row's address.

    `numeric` names the columns to align right; by default those whose every cell is a number, a
    symbol or empty. Cells are shown as they are: words, already formatted.
    """
    cells = [[text(cell) for cell in row] for row in rows.itertuples(index=False)]
    right = _numeric(rows, cells) if numeric is None else [str(c) in numeric for c in rows.columns]
    table = html.Table(
        [
            html.Caption(caption, className="visually-hidden" if hide_caption else "caption"),
            html.Thead(html.Tr([_head(str(c), r) for c, r in zip(rows.columns, right, strict=True)])),
            html.Tbody([_row(row, right, _at(links, i)) for i, row in enumerate(cells)]),
        ]
    )
    return html.Div([_scroll(table, caption), *(_legend(cells) if legend else [])])


def _scroll(table: html.Table, caption: str) -> html.Div:
    """A wide table scrolls in a box of its own that the keyboard can reach."""
    return html.Div(
        table,
        className="table-scroll",
        tabIndex=0,
        role="region",
        **{"aria-label": caption},  # type: ignore[arg-type]
    )


def _numeric(rows: pd.DataFrame, cells: list[list[str]]) -> list[bool]:
    columns = range(len(rows.columns))
    return [i > 0 and bool(cells) and all(_NUMBER.match(row[i]) for row in cells) for i in columns]


def _head(name: str, right: bool) -> html.Th:
    return html.Th(name, scope="col", className="number" if right else None)


def _row(row: list[str], right: list[bool], href: str) -> html.Tr:
    first: Any = dcc.Link(row[0], href=href) if href else row[0]
    rest = [
        html.Td(cell, className="number" if r else None)
        for cell, r in zip(row[1:], right[1:], strict=True)
    ]
    return html.Tr([html.Th(first, scope="row"), *rest])


def _at(links: Sequence[str], place: int) -> str:
    return links[place] if place < len(links) else ""


def _legend(cells: list[list[str]]) -> list[html.P]:
    used = used_symbols([cell for row in cells for cell in row])
    if not used:
        return []
    return [
        html.P("; ".join(f"{symbol} {words}" for symbol, words in used) + ".", className="legend")
    ]
