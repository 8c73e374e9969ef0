"""A form whose state is the address: each entry, once made, rewrites it and the page follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import html

from components.aria import aria
from pages.blocks import Entry, Form

TYPE = "lever"
MOST = 12
"""Options listed at once: a list that scrolls can't be reached by some keyboards."""


def form(part: Form, here: str) -> Any:
    """A form in rows; what belongs together stands together, with its own name for who listens."""
    head: list[Any] = [html.H3(part.title)]
    head += [html.P(part.words, className="subtitle")] if part.words else []
    return html.Section(
        [*head, html.Div([_row(row) for row in part.rows], className="form-rows")],
        className="panel form",
        **aria(label=part.title),
    )


def _row(row: tuple[Entry, ...]) -> Any:
    return html.Div([_entry(one) for one in row], className="form-row")


def _entry(one: Entry) -> Any:
    key = {"type": TYPE, "name": one.name}
    if one.options:
        return select(key, label(one), one.options, one.value, hint=one.hint)
    return dmc.NumberInput(
        id=key,
        label=label(one),
        description=one.hint or None,
        value=number(one.value),
        min=one.low,
        max=one.high,
        step=one.step,
        clampBehavior="blur",
        allowDecimal=one.step < 1,
        decimalScale=1,
        thousandSeparator=",",
        hideControls=True,
        debounce=True,
        className="entry",
    )


def label(one: Entry) -> Any:
    """The name of an entry; what only a listener needs is not shown."""
    return [one.label, html.Span(f": {one.of}", className="unseen")] if one.of else one.label


def select(
    key: Any, name: Any, options: Sequence[tuple[str, str]], value: str, *, hint: str = ""
) -> Any:
    """A choice of the house: every one of a short list stands open, a long one is typed into."""
    return dmc.Select(
        id=key,
        label=name,
        description=hint or None,
        data=[{"value": value, "label": words} for value, words in options],
        value=value,
        allowDeselect=False,
        searchable=len(options) > MOST,
        limit=MOST,
        nothingFoundMessage="Nothing matches: try fewer letters",
        withScrollArea=False,
        className="entry",
    )


def number(text: str) -> float | int | str:
    """The value of an entry as the browser holds it: a number, or empty."""
    if not text:
        return ""
    value = float(text)
    return int(value) if value == int(value) else value


def drawn(part: Form) -> dict[str, Any]:
    """What each entry holds as drawn, by name: only a change rewrites the address."""
    return {
        one.name: one.value if one.options else number(one.value)
        for row in part.rows
        for one in row
    }
