"""The one way to register a page, a callback or a route. What is not registered here is denied.

Each runs with the `Reader` of the request: who is asking, decided on the server. Nothing the
browser sends can widen it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from dash import ClientsideFunction, Dash
from flask import Flask, abort, request

from components.identity import reader
from publish.snapshot import NoSnapshot

BUILT_IN = frozenset(
    {
        "_dash_assets.static",
        "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
        "/_dash-layout",
        "/_dash-dependencies",
        "/_dash-update-component",
        "/_favicon.ico",
        "/",
        "/<path:path>",
    }
)
"""Dash's own endpoints that this app answers; none gives figures but through a guarded callback."""


class NotFound(Exception):
    """There is no such thing to show; the message says what there is instead."""


@dataclass(frozen=True)
class Screen:
    """A registered page: where it stands, what it is called, and what builds it."""

    path: str
    title: str
    group: str | None
    order: int
    query: type
    build: Callable[..., Any]

    @property
    def stem(self) -> str:
        """The fixed part of the path."""
        return self.path.split("<")[0]

    @property
    def variable(self) -> bool:
        """Whether the path ends in a variable."""
        return "<" in self.path


SCREENS: dict[str, Screen] = {}
CALLBACKS: set[str] = set()
ROUTES: set[str] = set()


def screen(
    path: str, *, title: str, group: str | None, order: int, query: type
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a page: `build(view, query)`, or `build(view, query, name)` for a variable path."""

    def keep(build: Callable[..., Any]) -> Callable[..., Any]:
        SCREENS[path] = Screen(path, title, group, order, query, build)
        return build

    return keep


def find_screen(pathname: str) -> tuple[Screen, tuple[str, ...]]:
    """The page at an address and the variable part of it. Raises NotFound where there is none."""
    pathname = pathname.rstrip("/") or "/"
    if pathname in SCREENS and not SCREENS[pathname].variable:
        return SCREENS[pathname], ()
    for one in SCREENS.values():
        rest = pathname.removeprefix(one.stem)
        if one.variable and rest != pathname and rest and "/" not in rest:
            return one, (rest,)
    raise NotFound("There is no page at this address. The pages there are stand in the menu.")


def callback(app: Dash, *wiring: Any, empty: Any, **options: Any) -> Callable[..., Any]:
    """Register a server callback: `do(reader, *inputs)`.

    `empty` is what it gives while nothing is published.
    """

    def keep(do: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(do)
        def guarded(*values: Any) -> Any:
            try:
                asking = reader()
            except NoSnapshot:
                return empty
            return do(asking, *values)

        before = outputs(app)
        app.callback(*wiring, **options)(guarded)
        CALLBACKS.update(outputs(app) - before)
        return guarded

    return keep


def outputs(app: Dash) -> set[str]:
    """What every callback of the app writes to; Dash moves them from a list to a map at start."""
    return set(app.callback_map) | {one["output"] for one in app._callback_list}


def in_browser(app: Dash, name: str, *wiring: Any, **options: Any) -> None:
    """Register a callback that runs in the browser and sends nothing anywhere."""
    before = outputs(app)
    app.clientside_callback(ClientsideFunction("semh", name), *wiring, **options)
    CALLBACKS.update(outputs(app) - before)


def route(server: Flask, rule: str, **options: Any) -> Callable[..., Any]:
    """Register a route of the web server: `answer(reader, **variables)`."""

    def keep(answer: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(answer)
        def guarded(**variables: Any) -> Any:
            return answer(reader(), **variables)

        _add(server, rule, answer.__name__, guarded, **options)
        return guarded

    return keep


def open_route(server: Flask, rule: str) -> Callable[..., Any]:
    """Register a route that gives no figure, so that it works before anything is published."""

    def keep(answer: Callable[..., Any]) -> Callable[..., Any]:
        _add(server, rule, answer.__name__, answer, methods=["GET"])
        return answer

    return keep


def _add(server: Flask, rule: str, name: str, answer: Any, **options: Any) -> None:
    endpoint = f"semh.{name}"
    server.add_url_rule(rule, endpoint, answer, **options)
    ROUTES.add(endpoint)


def deny_by_default(server: Flask) -> None:
    """Refuse every request whose endpoint was not registered here."""

    @server.before_request
    def check() -> None:
        if request.endpoint not in BUILT_IN and request.endpoint not in ROUTES:
            abort(404)
