"""The shell every page stands in: top bar, synthetic strip, navigation, main, footer."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from components.aria import aria
from components.guard import SCREENS
from components.theme import MANTINE
from models.borough import Borough

SYNTHETIC = "Local figures come from a simulated borough. Published national figures are real."
GROUPS = (
    "",
    "Need and places",
    "Support",
    "Money and results",
    "Compare",
    "Behind the numbers",
)
_NAV_WIDTH = 212


def shell(borough: Borough) -> Any:
    """The frame; it holds no figure until a guarded callback fills it."""
    return dmc.MantineProvider(
        theme=MANTINE,
        forceColorScheme="light",
        children=[
            dcc.Location(id="url", refresh=False),
            dcc.Store(id="title"),
            dcc.Store(id="drawn"),
            dcc.Store(id="viewer"),
            html.A("Skip to main content", href="#main", className="skip"),
            html.Div(id="said", **aria(live="polite"), className="unseen"),
            _frame(borough),
        ],
    )


def _frame(borough: Borough) -> Any:
    return dmc.AppShell(
        id="frame",
        header={"height": {"base": 148, "sm": 56}},
        navbar={"width": _NAV_WIDTH, "breakpoint": "sm", "collapsed": {"mobile": True}},
        padding=0,
        withBorder=True,
        transitionDuration=0,
        children=[
            dmc.AppShellHeader(_top(borough.name)),
            dmc.AppShellNavbar(_navigation(), **aria(label="Pages")),
            dmc.AppShellMain(_main(borough), id="main"),
        ],
    )


def _top(borough: str) -> Any:
    return html.Div(
        [
            dmc.Burger(id="burger", opened=False, hiddenFrom="sm", size="sm", **aria(label="Menu")),
            dcc.Link(f"{borough} · children\u2019s SEMH", href="/", className="brand"),
            dmc.Select(
                id="find",
                placeholder="Find a figure, school or term…",
                data=[],
                searchable=True,
                clearable=False,
                limit=12,
                filter={"function": "semhFind"},
                withScrollArea=False,
                nothingFoundMessage="Nothing found. Try one word, or a shorter one.",
                className="find",
                rightSection=html.Span(),
                **aria(label="Find a figure, school or term"),
            ),
            html.Div([html.Div(id="freshness"), html.Div(id="viewing")], className="pills"),
        ],
        className="top",
    )


def _main(borough: Borough) -> list[Any]:
    return [
        html.Div(id="strip"),
        html.Div(
            [
                html.Div(skeleton(), id="head"),
                html.Div(id="choices", className="choices"),
                html.Div(id="body"),
            ],
            className="page",
        ),
        _footer(borough.threshold("open").words()),
    ]


def skeleton() -> list[Any]:
    """What stands there while a page is on its way, of about its height."""
    return [
        html.H1("Loading the page", className="unseen"),
        html.Div(className="bone", style={"height": 36, "width": "70%"}),
        html.Div(className="bone", style={"height": 170}),
        html.Div(className="bone", style={"height": 380}),
    ]


def strip() -> Any:
    """The notice that stands on every page made from the synthetic borough."""
    words: list[Any] = [html.Strong("Synthetic data."), f" {SYNTHETIC}"]
    return html.P(words, className="strip", role="note")


def _navigation() -> list[Any]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for one in sorted(SCREENS.values(), key=lambda s: s.order):
        if one.group is not None:
            groups[one.group].append(_link(one.path, one.title))
    return [part for group in GROUPS if groups[group] for part in _group(group, groups[group])]


def _group(name: str, links: list[Any]) -> list[Any]:
    title = [html.P(name, className="nav-group")] if name else []
    return [*title, html.Ul([html.Li(link) for link in links], className="nav")]


def _link(path: str, title: str) -> Any:
    return dmc.NavLink(
        id={"type": "nav", "path": path}, label=title, href=path, active="exact", variant="filled"
    )


def _footer(rule: str) -> Any:
    links = [
        dcc.Link(one.title, href=one.path)
        for one in sorted(SCREENS.values(), key=lambda s: s.order)
        if one.group is None and not one.variable
    ]
    items = html.Ul([html.Li(link) for link in links])
    about = f"{rule} A hidden figure is shown as [c]. What was not returned is unknown, not zero."
    return html.Footer([html.P(about), items], className="footer")
