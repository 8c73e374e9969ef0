"""From the address to the page, and from a choice back to the address."""

from __future__ import annotations

import logging
import secrets
from datetime import date
from typing import Any

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from components import draw
from components.aria import aria
from components.download import build_page, walk
from components.form import TYPE, drawn
from components.guard import NotFound, callback, in_browser
from components.identity import VIEWERS, Reader, choose_viewer
from components.keeping import add_keeping
from components.search import found
from components.shell import strip
from pages.blocks import Form, Links, Note, Page

_LOG = logging.getLogger("semh")
_NOTHING = Page(
    "Nothing is published yet",
    "They appear here by themselves once a snapshot is: run semh build PATH with your own extracts,"
    " or semh demo to try the synthetic borough.",
    [],
)
_LOST = Links("What to do next", (("Go to the overview", "/"), ("See every figure", "/data")))


def add_callbacks(app: Dash) -> None:
    """Register every callback of the shell."""
    _add_pages(app)
    _add_top(app)
    _add_viewers(app)
    _add_browser(app)
    add_keeping(app)


def _add_pages(app: Dash) -> None:
    @callback(
        app,
        Output("head", "children"),
        Output("choices", "children"),
        Output("body", "children"),
        Output("title", "data"),
        Output("drawn", "data"),
        Input("url", "pathname"),
        Input("url", "search"),
        Input("viewer", "data"),
        State({"type": "choice", "name": ALL}, "value"),
        State({"type": "choice", "name": ALL}, "data"),
        empty=(draw.head(_NOTHING), [], [], _NOTHING.headline, {}),
    )
    def show(
        asking: Reader,
        pathname: str | None,
        search: str | None,
        viewer: str | None,
        values: list[Any],
        options: list[Any],
    ) -> tuple[Any, ...]:
        here = f"{pathname or '/'}{search or ''}"
        title, page = page_at(asking, here)
        chosen = draw.selectors(page.selectors)
        return (
            draw.head(page),
            no_update if _same(chosen, values, options) else chosen,
            draw.draw(page.parts, here),
            title,
            _drawn(page),
        )


def _drawn(page: Page) -> dict[str, Any]:
    """What the page's choices and entries hold as drawn: only a change rewrites the address."""
    held: dict[str, Any] = {one.name: one.value for one in page.selectors}
    for part in walk(page.parts):
        if isinstance(part, Form):
            held |= drawn(part)
    return held


def _same(chosen: list[Any], values: list[Any], options: list[Any]) -> bool:
    # Unchanged choices are left alone, so that the one in use keeps the focus.
    return bool(chosen) and [(c.value, c.data) for c in chosen] == list(
        zip(values, options, strict=True)
    )


def page_at(asking: Reader, here: str) -> tuple[str, Page]:
    """The page at an address, or one that says why there is none."""
    try:
        screen, page, unknown = build_page(asking, here)
    except NotFound as lost:
        return "Not found", Page("This page is not here", str(lost), [_LOST])
    except Exception as fault:
        return "Something went wrong", _broken(fault)
    if unknown:
        words = f"The address asks for {', '.join(unknown)} in a way this page does not know."
        said = Note("Part of the address was not understood", f"{words} The rest is shown.")
        page = Page(page.headline, page.lede, [said, *page.parts], page.selectors)
    return screen.title, page


def _broken(fault: Exception) -> Page:
    # Only the kind of fault and its place are written down, never a value.
    number = secrets.token_hex(4)
    last = fault.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    place = f"{last.tb_frame.f_code.co_filename}:{last.tb_lineno}" if last else "unknown"
    _LOG.error("fault %s: %s at %s", number, type(fault).__name__, place)
    words = f"The page could not be built. Tell the data team the number {number}."
    return Page("Something went wrong", words, [_LOST])


def _add_top(app: Dash) -> None:
    @callback(
        app,
        Output("strip", "children"),
        Output("freshness", "children"),
        Output("viewing", "children"),
        Output("find", "data"),
        Input("viewer", "data"),
        empty=(None, html.Span("No data yet", className="pill"), None, []),
    )
    def top(asking: Reader, viewer: str | None) -> tuple[Any, ...]:
        info = asking.snapshot.info(asking.principal)
        synthetic = info.get("synthetic") == "true"
        return strip() if synthetic else None, _freshness(asking), _viewing(asking), found(asking)


def _freshness(asking: Reader) -> Any:
    info = asking.snapshot.info(asking.principal)
    quality = asking.snapshot.quality(asking.principal)
    warnings = int((~quality["passed"].astype(bool)).sum())
    words = f"{warnings} warning{'' if warnings == 1 else 's'}"
    said = f"{_data_to(info.get('data_to', ''))} · {words}"
    return dcc.Link(said, href="/data?part=checks", className="pill")


def _data_to(text: str) -> str:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return "No local data yet"
    return f"Data to {day.day} {day:%b %Y}"


def _viewing(asking: Reader) -> Any:
    if not asking.may_choose:
        return html.Span(f"Viewing as {asking.principal.label}", className="pill")
    return dmc.Select(
        id="choose-viewer",
        data=[{"value": key, "label": f"Viewing as: {one.label}"} for key, one in VIEWERS.items()],
        value=asking.viewer,
        allowDeselect=False,
        withScrollArea=False,
        className="viewer",
        **aria(label="Viewing as"),
    )


def _add_viewers(app: Dash) -> None:
    @callback(
        app,
        Output("viewer", "data"),
        Input("choose-viewer", "value"),
        prevent_initial_call=True,
        empty=no_update,
    )
    def choose(asking: Reader, wanted: str | None) -> Any:
        if wanted is None or wanted == asking.viewer:
            return no_update
        choose_viewer(asking, wanted)
        return wanted


def _add_browser(app: Dash) -> None:
    in_browser(
        app,
        "choose",
        Output("url", "search"),
        Input({"type": "choice", "name": ALL}, "value"),
        State({"type": "choice", "name": ALL}, "id"),
        State("url", "search"),
        State("drawn", "data"),
        prevent_initial_call=True,
    )
    in_browser(
        app,
        "choose",
        Output("url", "search", allow_duplicate=True),
        Input({"type": TYPE, "name": ALL}, "value"),
        State({"type": TYPE, "name": ALL}, "id"),
        State("url", "search"),
        State("drawn", "data"),
        prevent_initial_call=True,
    )
    in_browser(
        app,
        "find",
        Output("url", "href"),
        Output("find", "value"),
        Input("find", "value"),
        prevent_initial_call=True,
    )
    in_browser(app, "arrive", Output("said", "children"), Input("title", "data"))
    in_browser(
        app,
        "menu",
        Output("frame", "navbar"),
        Input("burger", "opened"),
        State("frame", "navbar"),
        prevent_initial_call=True,
    )
    in_browser(
        app, "fold", Output("burger", "opened"), Input("url", "pathname"), prevent_initial_call=True
    )
