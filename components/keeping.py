"""Share by link, download, and keep with a name: a scenario is only what its address says.

Who may keep is decided on the server at each request; the public may not, whatever is sent.
"""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html, no_update

from components.aria import aria
from components.form import select
from components.guard import callback
from components.identity import Reader
from models.errors import SemhError
from models.principal import Principal
from pages.blocks import Keeping
from scenarios.levers import Levers
from state.scenarios import MOST_NAME, Saved, Scenarios

_LOG = logging.getLogger("semh")
_PUBLIC = "Anyone can share a scenario by its link. Saving it with a name is for signed-in readers."
_GONE = "The store of scenarios can't be reached. Share by link, and tell the data team."


def keeping(part: Keeping, here: str) -> Any:
    """The row of what can be done with a scenario; the list of those kept is filled when shown."""
    actions = [
        html.A("Copy link", href=part.share, className="action copy"),
        html.A("Download with its assumptions (Excel)", href=part.download, className="action"),
        dcc.Link("Start again", href=part.reset, className="action"),
    ]
    kept = [html.Div(id="kept", **aria(live="polite")), *(_save() if part.may_save else _told())]
    return html.Section(
        [html.H3("Share, download or save"), html.Div(actions, className="actions"), *kept],
        className="panel",
        **aria(label="Share, download or save"),
    )


def _told() -> list[Any]:
    return [html.P(_PUBLIC, className="subtitle"), *_hidden()]


def _hidden() -> list[Any]:
    # The same wiring for all: what the public does not see can't be missing.
    return [html.Div(id="kept-said", className="unseen")]


def _save() -> list[Any]:
    return [
        html.Div(
            [
                dmc.TextInput(
                    id="kept-name",
                    label="Name of this scenario",
                    description="Others who are signed in see it. Never name a child or a family.",
                    inputProps={"maxLength": MOST_NAME},
                    className="entry",
                ),
                html.Button("Save", id="kept-save", type="button", className="button"),
            ],
            className="form-row",
        ),
        html.P(id="kept-said", className="figure-note", role="status"),
    ]


def add_keeping(app: Dash) -> None:
    """Register what saves, lists and deletes scenarios."""

    @callback(
        app,
        Output("kept", "children"),
        Input("kept", "id"),
        Input("kept-said", "children"),
        empty=None,
    )
    def listed(asking: Reader, part: str | None, said: str | None) -> Any:
        return _list(asking)

    @callback(
        app,
        Output("kept-said", "children"),
        Input("kept-save", "n_clicks"),
        State("kept-name", "value"),
        State("url", "pathname"),
        State("url", "search"),
        prevent_initial_call=True,
        empty=no_update,
    )
    def save(
        asking: Reader, clicks: int | None, name: str | None, path: str | None, search: str | None
    ) -> Any:
        return _saved(asking, name, path, search) if clicks else no_update

    @callback(
        app,
        Output("kept-said", "children", allow_duplicate=True),
        Input("kept-delete", "n_clicks"),
        State("kept-chosen", "value"),
        prevent_initial_call=True,
        empty=no_update,
    )
    def delete(asking: Reader, clicks: int | None, chosen: str | None) -> Any:
        return _deleted(asking, chosen) if clicks else no_update


def may_save(principal: Principal) -> bool:
    """Only who is signed in keeps a scenario; nobody else, by default."""
    return "partner" in principal.tiers


def _store(asking: Reader) -> Scenarios:
    return Scenarios.of(asking.settings)


def _saved(asking: Reader, name: Any, path: Any, search: Any) -> str:
    if not may_save(asking.principal):
        return _PUBLIC
    try:
        kept = _store(asking).save(asking.principal.label, name, path, own_search(search))
    except SemhError as refused:
        return f"{refused.problem} {refused.next_step[:1].upper()}{refused.next_step[1:]}."
    return f"Saved as {kept.name}."


def own_search(search: Any) -> str:
    """Of an address only what says a scenario; nothing else is kept."""
    said = dict(parse_qsl(urlsplit(str(search or "")).query[:2_000]))
    wanted = {name: said[name] for name in (*Levers.model_fields, "beside") if name in said}
    return urlencode(wanted)


def _deleted(asking: Reader, chosen: Any) -> str:
    if not may_save(asking.principal):
        return _PUBLIC
    try:
        name = _store(asking).delete(asking.principal.label, chosen)
    except SemhError as refused:
        return f"{refused.problem} {refused.next_step[:1].upper()}{refused.next_step[1:]}."
    return f"{name} is deleted."


def _list(asking: Reader) -> Any:
    if not may_save(asking.principal):
        return None
    try:
        kept = _store(asking).all()
    except SemhError as gone:
        _LOG.error("scenarios: %s", type(gone).__name__)
        return html.P(_GONE)
    if not kept:
        return html.P("No scenario is saved yet.", className="subtitle")
    own = [one for one in kept if one.saved_by == asking.principal.label]
    items = html.Ul([html.Li(_item(one)) for one in kept])
    return [html.H4("Saved scenarios"), items, *(_delete(own) if own else [])]


def _item(one: Saved) -> list[Any]:
    when = f"{one.saved_at.day} {one.saved_at:%B %Y}"
    beside = f"{one.path}?{urlencode({'beside': one.search or 'need=all'})}"
    return [
        dcc.Link(one.name, href=f"{one.path}?{one.search}"),
        f", saved by a {one.saved_by} on {when}. ",
        dcc.Link(["Compare with it", html.Span(f": {one.name}", className="unseen")], href=beside),
    ]


def _delete(own: list[Saved]) -> list[Any]:
    return [
        html.Div(
            [
                select(
                    "kept-chosen",
                    "Delete one of your own",
                    [(str(one.id), one.name) for one in own],
                    str(own[0].id),
                ),
                html.Button("Delete", id="kept-delete", type="button", className="button"),
            ],
            className="form-row",
        )
    ]
