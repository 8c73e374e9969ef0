"""States that are designed: nothing published, nothing there, not understood, broken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from asking import call, named, show, top, words

from models.settings import Settings


def test_an_address_that_is_not_there_says_so(demo: Any):
    shown = show(demo, "/nowhere")
    assert "not here" in words(shown["head"])
    assert "menu" in words(shown["head"])


def test_a_measure_that_is_not_there_says_so(demo: Any):
    assert "Not found" in words(show(demo, "/measure/there_is_none"))


@pytest.mark.parametrize(
    "search", ["?show=%3Cscript%3E", "?show=' or 1=1", "?measure=" + "x" * 999]
)
def test_an_address_that_is_not_understood_still_shows_the_page(demo: Any, search: str):
    shown = words(show(demo, "/demand", search))
    assert "not understood" in shown
    assert "<script>" not in shown


@pytest.mark.parametrize("search", ["?" + "a=1&" * 5000, "?show", "?=&=&", "?%00=%ff"])
def test_a_strange_address_does_no_harm(demo: Any, search: str):
    assert show(demo, "/demand", search)["title"]["data"] == "Understanding demand"


def test_a_page_that_breaks_gives_a_number_and_no_value(demo: Any, monkeypatch, caplog):
    from components import router

    def broken(asking: Any, address: str) -> None:
        raise ValueError("a pupil's number 12345")

    monkeypatch.setattr(router, "build_page", broken)
    shown = words(show(demo, "/demand"))
    assert "Something went wrong" in shown
    assert "12345" not in shown + caplog.text
    assert "ValueError" in caplog.text


def test_nothing_published_is_said(tmp_path: Path):
    from app import create_app

    client = create_app(Settings(home=tmp_path / "empty")).server.test_client()
    assert client.get("/").status_code == 200
    assert client.get("/healthz").status_code == 200
    shown = words(show(client, "/"))
    assert "Nothing is published yet" in shown
    assert str(tmp_path) not in shown
    assert "No data yet" in words(top(client)["freshness"])


def test_synthetic_data_are_said_on_every_page(demo: Any):
    assert "Synthetic data." in words(top(demo)["strip"])


def test_freshness_says_date_and_warnings(demo: Any):
    said = words(top(demo)["freshness"])
    assert "Data to 31 Aug 2026 · 2 warnings" in said
    assert "/data" in said


def test_search_finds_pages_figures_schools_and_terms(demo: Any):
    from asking import choose

    choose(demo, "strategy")
    groups = {one["group"]: one["items"] for one in top(demo)["find"]["data"]}
    assert list(groups) == ["Pages", "Figures", "Schools", "Terms"]
    values = [item["value"] for items in groups.values() for item in items]
    assert len(values) == len(set(values))
    assert all(value.startswith("/") and not value.startswith("//") for value in values)


def test_search_leads_to_pages_that_are_there(demo: Any):
    from components.guard import find_screen

    for group in top(demo)["find"]["data"]:
        for item in group["items"]:
            find_screen(item["value"].split("?")[0].split("#")[0])


def test_unchanged_choices_are_left_alone(demo: Any):
    """The choice that was just made keeps the focus."""
    first = show(demo, "/demand")
    props = [c["props"] for c in first["choices"]["children"]]
    inputs = [
        {"id": "url", "property": "pathname", "value": "/demand"},
        {"id": "url", "property": "search", "value": ""},
        {"id": "viewer", "property": "data", "value": None},
    ]
    state = [
        [{"id": p["id"], "property": name, "value": p[name]} for p in props]
        for name in ("value", "data")
    ]
    again = call(demo, named("head.children"), inputs, state).get_json()["response"]
    assert "choices" not in again
    assert "head" in again
