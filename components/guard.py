"""The one way in: every page, callback and route is registered here and knows who is asking.

`page` and `callback` are decorators; `bind` puts what they collected on an app. A function they
register receives an `Asked`: the reader, the live snapshot and the checked state of the address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from dash import Dash
from flask import current_app, g
from pydantic import BaseModel, ConfigDict

from components.urlstate import read_query, search_of
from models.principal import Principal
from models.settings import Settings
from publish.snapshot import Snapshot

State = TypeVar("State", bound=BaseModel)


class NoState(BaseModel):
    """A page without choices."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class NotFound(LookupError):
    """There is no such page or thing; its text says what was asked for and what to do."""


@dataclass(frozen=True)
class Asked(Generic[State]):
    """A request, checked: who asks, of which snapshot, on which path, in which state.

    `path_values` holds the named parts of the path (`/measure/<metric_id>`), `unknown` the names
    of query fields that were not understood and fell back to their defaults.
    """

    principal: Principal
    snapshot: Snapshot
    settings: Settings
    path: str
    query: State
    path_values: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Path and search as the address bar shows them."""
        return self.path + search_of(self.query)


@dataclass(frozen=True)
class Choice:
    """A choice the address bar keeps: field of the query, label, options (value, words)."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str


@dataclass(frozen=True)
class Content:
    """A drawn page: its one h1, a line of what, where, when, its choices and its parts."""

    headline: str
    lede: str
    body: Sequence[Any]
    choices: tuple[Choice, ...] = ()


Handler = Callable[[Asked[Any]], Content]


@dataclass(frozen=True)
class Page:
    """A registered page."""

    path: str
    title: str
    handler: Handler
    nav_group: str | None
    order: float
    query: type[BaseModel]

    def match(self, path: str) -> dict[str, str] | None:
        """The named parts of a path this page answers to, or None."""
        found = re.fullmatch(_pattern(self.path), path)
        return found.groupdict() if found else None


PAGES: dict[str, Page] = {}
FINDERS: list[Callable[[Asked[Any]], Sequence[Find]]] = []
_CALLBACKS: list[tuple[tuple[Any, ...], dict[str, Any], Callable[..., Any]]] = []
GUARDED: set[str] = set()
"""Callback functions that went through `callback`, by module and name; the meta-test reads it."""


@dataclass(frozen=True)
class Find:
    """Something the search box finds: its words, its group and its address."""

    words: str
    group: str
    href: str


def page(
    *,
    path: str,
    title: str,
    nav_group: str | None = None,
    order: float = 0,
    query: type[BaseModel] = NoState,
) -> Callable[[Handler], Handler]:
    """Register a page. The function takes an `Asked` and returns a `Content`.

    `path` may hold named parts (`/measure/<metric_id>`); `nav_group` is the heading it stands under
    in the navigation, "" for the top without a heading and None for not in the navigation;
    `query` is the pydantic model of its state. Raises ValueError when the path is taken.
    """

    def register(handler: Handler) -> Handler:
        taken = PAGES.get(path)
        if taken and taken.handler.__qualname__ != handler.__qualname__:
            raise ValueError(f"two pages want the path {path}: {taken.title!r} and {title!r}")
        PAGES[path] = Page(path, title, handler, nav_group, order, query)
        return handler

    return register


def finder(
    find: Callable[[Asked[Any]], Sequence[Find]],
) -> Callable[[Asked[Any]], Sequence[Find]]:
    """Register what a search box finds beyond pages, measures and schools."""
    if find.__qualname__ not in {f.__qualname__ for f in FINDERS}:
        FINDERS.append(find)
    return find


def callback(*args: Any, **kwargs: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a callback as `dash.callback` does; the function's first argument is the Principal.

    Raises ValueError for `api_endpoint`, which would open a route of its own.
    """
    if "api_endpoint" in kwargs:
        raise ValueError("a callback has no route of its own: remove api_endpoint")

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        _CALLBACKS.append((args, kwargs, function))
        return function

    return register


def bind(app: Dash) -> None:
    """Put every registered callback on an app, each behind the guard."""
    seen: set[str] = set()
    for args, kwargs, function in _CALLBACKS:
        name = f"{function.__module__}.{function.__qualname__}"
        if name not in seen:
            app.callback(*args, **kwargs)(guarded(function))
            seen.add(name)


def guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, called with who is asking before anything the browser sent."""

    def call(*values: Any) -> Any:
        return function(asker(), *values)

    name = f"{function.__module__}.{function.__qualname__}"
    call.__name__ = call.__qualname__ = name
    call.guarded = True  # type: ignore[attr-defined]
    GUARDED.add(name)
    return call


def asker() -> Principal:
    """Who is asking in this request. Raises PermissionError where the guard has not been."""
    principal = g.get("principal")
    if not isinstance(principal, Principal):
        raise PermissionError("no reader is known for this request; it did not pass the guard")
    return principal


def settings() -> Settings:
    """The settings of the app that answers this request."""
    found: Settings = current_app.config["SEMH_SETTINGS"]
    return found


def find_page(path: str) -> tuple[Page, dict[str, str]]:
    """The page that answers to a path. Raises NotFound."""
    path = path.rstrip("/") or "/"
    for one in PAGES.values():
        values = one.match(path)
        if values is not None:
            return one, values
    raise NotFound(f"There is no page at {path}. Look for it in the navigation.")


def ask(principal: Principal, path: str, raw: Mapping[str, Any]) -> tuple[Page, Asked[Any]]:
    """The page for an address and the request as it will get it. Raises NotFound, NoSnapshot."""
    found, values = find_page(path)
    query, unknown = read_query(found.query, raw)
    snapshot = Snapshot.live(settings())
    asked = Asked(principal, snapshot, settings(), path, query, values, tuple(unknown))
    return found, asked


def _pattern(path: str) -> str:
    return re.sub(r"<(\w+)>", r"(?P<\1>[A-Za-z0-9][A-Za-z0-9_.-]{0,79})", re.sub(r"\.", r"\.", path))
