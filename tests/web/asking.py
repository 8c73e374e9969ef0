"""Sends what a browser sends."""

from __future__ import annotations

import json
from typing import Any

from components import guard


def named(first: str) -> str:
    """The callback whose first output is this, by the name Dash gives it."""
    return next(name for name in guard.CALLBACKS if name.strip(".").split("...")[0] == first)


def outputs(name: str) -> Any:
    """The output part of a callback's body, from its name."""
    parts = name.strip(".").split("...") if name.startswith("..") else [name]
    made = [dict(zip(("id", "property"), part.rsplit(".", 1), strict=True)) for part in parts]
    return made if name.startswith("..") else made[0]


def call(client: Any, name: str, inputs: list[Any], state: list[Any] | None = None) -> Any:
    """The answer to one callback."""
    body = {"output": name, "outputs": outputs(name), "inputs": inputs, "state": state or []}
    changed = inputs[0] if isinstance(inputs[0], dict) else inputs[0][0]
    body["changedPropIds"] = [f"{changed['id']}.{changed['property']}"]
    return client.post("/_dash-update-component", json=body)


def show(client: Any, path: str, search: str = "") -> Any:
    """A page as JSON: head, choices, body, title; fails where there is no answer."""
    inputs = [
        {"id": "url", "property": "pathname", "value": path},
        {"id": "url", "property": "search", "value": search},
        {"id": "viewer", "property": "data", "value": None},
    ]
    answer = call(client, named("head.children"), inputs, [[], []])
    assert answer.status_code == 200, answer.get_data(as_text=True)[:300]
    return answer.get_json()["response"]


def top(client: Any) -> Any:
    answer = call(
        client, named("strip.children"), [{"id": "viewer", "property": "data", "value": None}]
    )
    assert answer.status_code == 200
    return answer.get_json()["response"]


def choose(client: Any, viewer: str) -> Any:
    return call(
        client, "viewer.data", [{"id": "choose-viewer", "property": "value", "value": viewer}]
    )


def words(part: Any) -> str:
    """Everything a part of an answer holds, as text."""
    return json.dumps(part, ensure_ascii=False)
