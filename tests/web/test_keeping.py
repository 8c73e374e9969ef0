"""Scenarios on the page: shared by anyone, kept by who is signed in, broken by nothing sent."""

from __future__ import annotations

import io
import time
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from asking import call, choose, named, show, words

from components import guard
from models.settings import Settings
from state.scenarios import Scenarios

SEARCH = "?new=-10&new_from=2027-09&frobnicate=1"


def delete_name() -> str:
    return next(n for n in guard.CALLBACKS if n.startswith("kept-said.children@"))


def save(client: Any, name: object, search: object = SEARCH, path: object = "/looking-ahead"):
    state = [
        {"id": "kept-name", "property": "value", "value": name},
        {"id": "url", "property": "pathname", "value": path},
        {"id": "url", "property": "search", "value": search},
    ]
    clicked = [{"id": "kept-save", "property": "n_clicks", "value": 1}]
    return call(client, "kept-said.children", clicked, state)


def listed(client: Any) -> str:
    inputs = [
        {"id": "kept", "property": "id", "value": "kept"},
        {"id": "kept-said", "property": "children", "value": None},
    ]
    answer = call(client, named("kept.children"), inputs)
    assert answer.status_code == 200
    return words(answer.get_json()["response"])


def delete(client: Any, number: object):
    clicked = [{"id": "kept-delete", "property": "n_clicks", "value": 1}]
    return call(client, delete_name(), clicked, [
        {"id": "kept-chosen", "property": "value", "value": number}
    ])  # fmt: skip


@pytest.fixture
def store(web_home: Any) -> Any:
    kept = Scenarios.of(Settings(home=web_home))
    yield kept
    for one in kept.all():
        kept.delete(one.saved_by, one.id)


def test_who_is_signed_in_saves_finds_and_deletes(demo: Any, store: Any):
    choose(demo, "head")
    assert "Saved as Earlier <b>help</b>." in words(save(demo, "Earlier <b>help</b>").get_json())
    (one,) = store.all()
    assert (one.saved_by, one.search) == ("headteacher", "new=-10&new_from=2027-09")
    assert "Earlier <b>help</b>" in listed(demo)  # as text: a component, never HTML
    assert "already called" in words(save(demo, "Earlier <b>help</b>").get_json())
    choose(demo, "finance")
    assert "Earlier" in listed(demo)
    assert "no such scenario of your own" in words(delete(demo, str(one.id)).get_json())
    choose(demo, "head")
    assert "is deleted" in words(delete(demo, str(one.id)).get_json())
    assert store.all() == []


def test_the_public_keeps_nothing_whatever_is_sent(plain: Any, demo: Any, store: Any):
    choose(demo, "public")
    for client in (plain, demo):
        assert "for signed-in readers" in words(save(client, "A").get_json())
        assert "for signed-in readers" in words(delete(client, "1").get_json())
        assert "A" not in listed(client).replace("kept", "")
        assert "kept-save" not in words(show(client, "/looking-ahead"))
    assert store.all() == []


@pytest.mark.parametrize("name", ["", None, "x" * 500, 7, "pupil 123456789"])
def test_a_name_that_will_not_do_is_answered_in_words(demo: Any, store: Any, name: object):
    choose(demo, "head")
    answer = save(demo, name)
    assert answer.status_code == 200
    assert len(store.all()) == (1 if name == 7 else 0)


@pytest.mark.parametrize("path", ["/schools/../x", "https://elsewhere", None, 4])
def test_only_our_pages_are_kept(demo: Any, store: Any, path: object):
    choose(demo, "head")
    assert save(demo, "A", path=path).status_code == 200
    assert store.all() == []


def test_a_body_that_is_not_the_page_s_is_refused(demo: Any):
    assert save(demo, {"name": 1}).status_code == 400
    assert delete(demo, [1]).status_code == 400


def test_a_store_that_is_away_breaks_no_page(demo_app: Any, demo: Any, monkeypatch: Any):
    choose(demo, "head")
    away = Settings(state_url="postgresql://nobody:secret@127.0.0.1:1/x")
    kept = demo_app.server.config["SEMH_SETTINGS"]
    monkeypatch.setattr(kept, "state_url", away.state_url)
    assert show(demo, "/looking-ahead")
    assert "be reached" in listed(demo)
    assert "be used" in words(save(demo, "A").get_json())
    assert "secret" not in listed(demo)


ABSURD = [
    "?new=1e999", "?new=%00", "?places=-1&phase=%F0%9F%90%8D", "?by=99999999999999999999",
    "?beside=" + "a" * 5_000, "?beside=" + quote("new=-900&x=1"), "?amount=inf&aim=pounds",
    "?goal=__class__&amount=5", "?need[]=1", "?" + "&".join(f"x{i}=1" for i in range(500)),
    "?new_from=2027-09-31", "?amount=\uff15", "?sure=maybe&amount=10", "?new=\u0663",
]  # fmt: skip


@pytest.mark.parametrize("search", ABSURD)
@pytest.mark.parametrize("path", ["/looking-ahead", "/out-of-borough-cost"])
def test_no_address_breaks_the_page(demo: Any, path: str, search: str):
    shown = show(demo, path, search)
    assert shown["title"]["data"] != "Something went wrong"


def test_the_workbook_carries_its_assumptions(plain: Any):
    answer = plain.get("/scenario", query_string={"page": f"/looking-ahead{SEARCH}"})
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="scenario.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.get_data()))
    assert {"Side by side", "Year by year", "Assumptions"} <= set(book.sheetnames)
    said = [row[:3] for row in book["Assumptions"].iter_rows(values_only=True)]
    assert (
        "Children newly identified with a plan",
        "10% fewer",
        "September 2027",
    ) in said
    cover = words([c for row in book["Cover"].iter_rows(values_only=True) for c in row])
    assert "Synthetic data" in cover


@pytest.mark.parametrize("page", ["", "http://[", f"/looking-ahead{ABSURD[5]}"])
def test_a_file_of_no_page_is_still_an_answer(plain: Any, page: str):
    assert plain.get("/scenario", query_string={"page": page}).status_code in (200, 404)


def test_a_lever_is_answered_while_someone_waits(demo: Any):
    show(demo, "/looking-ahead")
    began = time.process_time()
    show(demo, "/looking-ahead", "?new=-10&places=60&place_cost=20000&goal=places&amount=500")
    assert time.process_time() - began < 1.5
