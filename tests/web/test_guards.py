"""Nothing answers but through the guard, and the browser cannot say who is asking."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from asking import call, choose, named, show, top, words
from flask import Flask

from components import guard
from components.identity import VIEWERS, Reader
from models.observation import Tier
from models.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
WEB = [ROOT / "app.py", *(ROOT / "components").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
UNUSED = {"static", "/_reload-hash"}
"""Endpoints that Flask and Dash make by themselves and this app refuses."""


def test_every_callback_is_guarded(demo_app: Any):
    assert guard.outputs(demo_app)
    assert guard.outputs(demo_app) <= guard.CALLBACKS


def test_every_server_callback_asks_who_reads(demo_app: Any, monkeypatch: pytest.MonkeyPatch):
    """With nobody to ask for, not one callback or route gives an answer."""

    def refuse() -> Reader:
        raise PermissionError("nobody is asking")

    monkeypatch.setattr(guard, "reader", refuse)
    client = demo_app.server.test_client()
    served = [name for name, one in demo_app.callback_map.items() if "callback" in one]
    assert len(served) >= 3
    for name in served:
        spec = demo_app.callback_map[name]
        inputs = [{**_plain(i), "value": None} for i in spec["inputs"]]
        states = [[] if "{" in str(s["id"]) else {**_plain(s), "value": 1} for s in spec["state"]]
        assert call(client, name, inputs, states).status_code >= 400, name
    for rule in demo_app.server.url_map.iter_rules():
        if rule.endpoint in guard.ROUTES - {"semh.health"}:
            assert client.get(rule.rule).status_code >= 400, rule.rule


def _plain(one: dict[str, str]) -> dict[str, str]:
    return {"id": one["id"], "property": one["property"]}


def test_every_route_is_known(demo_app: Any):
    endpoints = {rule.endpoint for rule in demo_app.server.url_map.iter_rules()}
    assert endpoints == set(guard.BUILT_IN) | guard.ROUTES | UNUSED
    assert not {rule.rule for rule in demo_app.server.url_map.iter_rules()} & {"/_mcp", "/mcp"}


@pytest.mark.parametrize("path", ["/static/x.js", "/_reload-hash"])
def test_what_is_not_registered_is_refused(demo: Any, path: str):
    assert demo.get(path).status_code == 404


def test_a_new_route_is_refused_until_it_is_registered():
    server = Flask("other")
    guard.deny_by_default(server)
    server.add_url_rule("/loose", "loose", lambda: "figures")
    assert server.test_client().get("/loose").status_code == 404


def test_every_page_is_registered_and_drawn(demo: Any, demo_app: Any):
    import pages

    modules = {one.build.__module__.removeprefix("pages.") for one in guard.SCREENS.values()}
    assert modules == set(pages.MODULES)
    for path, one in guard.SCREENS.items():
        shown = show(demo, path.replace("<metric_id>", "semh_ehc_plans"))
        assert shown["title"]["data"] == one.title, path


def test_no_page_or_callback_goes_round_the_guard():
    loose = re.compile(r"dash\.callback|register_page|@app\.callback|\.clientside_callback\(")
    raw = re.compile(r"dcc\.Graph\(")
    for path in WEB:
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT).as_posix()
        assert name == "components/guard.py" or not loose.search(text), name
        assert name == "components/charts/plot.py" or not raw.search(text), name


def test_no_other_room_is_opened():
    for path in WEB:
        text = path.read_text(encoding="utf-8")
        assert "warehouse" not in text or path.parent.name == "pages", path
        assert "dangerously_allow" not in text, path


def test_the_public_sees_no_school(plain: Any):
    assert "Made-up" not in words(show(plain, "/schools", "?school=900001"))
    assert "/schools?school" not in words(top(plain))
    assert plain.get("/download?page=/schools?school=900001&part=my-school").status_code == 404


def test_a_demonstration_viewer_sees_what_theirs_allows(demo: Any):
    choose(demo, "head")
    assert "Made-up" in words(show(demo, "/schools", "?school=900001"))
    choose(demo, "public")
    assert "Made-up" not in words(show(demo, "/schools", "?school=900001"))


def test_a_viewer_cannot_be_chosen_where_none_are_offered(plain: Any):
    choose(plain, "strategy")
    assert "Made-up" not in words(show(plain, "/schools", "?school=900001"))


@pytest.mark.parametrize("viewer", ["", "root", "Strategy", "../head"])
def test_no_other_viewer_can_be_made(demo: Any, viewer: str):
    choose(demo, "public")
    choose(demo, viewer)
    assert "Made-up" not in words(show(demo, "/schools", "?school=900001"))


def test_a_cookie_of_another_key_is_nobody(demo_app: Any, tmp_path: Path):
    """A session signed elsewhere, or changed by hand, says nothing here."""
    from flask.sessions import SecureCookieSessionInterface

    other = Flask("other")
    other.secret_key = b"another key"
    signer = SecureCookieSessionInterface().get_signing_serializer(other)
    assert signer is not None
    forged = signer.dumps({"viewer": "head"})
    client = demo_app.server.test_client()
    choose(client, "public")
    client.set_cookie("semh", forged)
    assert f"Viewing as: {VIEWERS['head'].label}" not in _chosen(client)


def _chosen(client: Any) -> str:
    viewing = top(client)["viewing"]["children"]["props"]
    return next(o["label"] for o in viewing["data"] if o["value"] == viewing["value"])


def test_body_fields_do_not_say_who_is_asking(plain: Any):
    """What defeated another guard: a public path, a tier or a viewer named in the body."""
    inputs = [
        {"id": "url", "property": "pathname", "value": "/schools"},
        {"id": "url", "property": "search", "value": "?school=900001&tier=partner&viewer=head"},
        {"id": "viewer", "property": "data", "value": "head"},
    ]
    answer = call(plain, named("head.children"), inputs, [[], []])
    assert answer.status_code == 200
    assert "Made-up" not in answer.get_data(as_text=True)


def test_viewers_reach_no_further_than_partner_figures():
    assert all(one.tier in (Tier.OPEN, Tier.PARTNER) or one.schools for one in VIEWERS.values())


def test_viewers_are_gone_once_data_are_real(web_home: Path, monkeypatch: pytest.MonkeyPatch):
    from app import create_app
    from components import identity

    monkeypatch.setattr(identity, "_synthetic", lambda snapshot: False)
    client = create_app(Settings(home=web_home, demo_viewers=True)).server.test_client()
    choose(client, "head")
    assert "Made-up" not in words(show(client, "/schools", "?school=900001"))


def test_the_signing_key_is_the_owners_alone(web_home: Path, demo_app: Any):
    key = web_home / "keys" / "session.key"
    assert len(key.read_bytes()) == 32
    assert key.stat().st_mode & 0o077 == 0


def test_layout_and_wiring_hold_no_figure(demo: Any):
    """What is sent before the guard has asked is structure only."""
    for path in ("/_dash-layout", "/_dash-dependencies", "/"):
        text = demo.get(path).get_data(as_text=True)
        assert "Made-up" not in text
        assert not re.search(r"\d\d\.\d%|£\d", text), path


def test_health_says_nothing_but_that_it_runs(plain: Any):
    assert plain.get("/healthz").get_data() == b"ok"


def test_the_demonstration_head_has_one_school_and_starts_there(demo: Any):
    from components.identity import _head
    from publish.snapshot import Snapshot

    choose(demo, "head")
    assert "This is your own school" in words(show(demo, "/schools", ""))
    settings = demo.application.config["SEMH_SETTINGS"]
    head = _head(Snapshot.live(settings))
    assert head.tier is Tier.RESTRICTED and len(head.schools) == 1
    other = next(u for u in ("900001", "900002") if u not in head.schools)
    assert "This is your own school" not in words(show(demo, "/schools", f"?school={other}"))
