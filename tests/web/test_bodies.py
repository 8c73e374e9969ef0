"""What a callback can't understand is refused with 400, and nothing is written as a fault."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from asking import named, outputs, show

PLACE = "/_dash-update-component"


def good() -> dict[str, Any]:
    name = named("head.children")
    inputs = [
        {"id": "url", "property": "pathname", "value": "/"},
        {"id": "url", "property": "search", "value": ""},
        {"id": "viewer", "property": "data", "value": None},
    ]
    return {
        "output": name,
        "outputs": outputs(name),
        "inputs": inputs,
        "state": [[], []],
        "changedPropIds": ["url.pathname"],
    }


def send(client: Any, body: Any) -> int:
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    code: int = client.post(PLACE, data=text, content_type="application/json").status_code
    return code


def test_a_good_body_is_answered(demo: Any):
    assert send(demo, good()) == 200
    assert show(demo, "/")


DEEP = b"[" * 100_000


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff", DEEP, None, [], 1, "x", {}],
    ids=["empty", "cut", "not text", "deep", "null", "list", "number", "text", "nothing"],
)
def test_what_is_no_body_is_refused(demo: Any, body: Any, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.ERROR, logger="semh"):
        assert send(demo, body) == 400
    assert not caplog.records


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("output", None),
        ("output", 5),
        ("output", "nobody.children"),
        ("output", "head.children"),
        ("outputs", []),
        ("outputs", None),
        ("outputs", {"id": "head", "property": "children"}),
        ("inputs", None),
        ("inputs", "abc"),
        ("inputs", []),
        ("inputs", [1, 2, 3]),
        ("inputs", [{"id": "url", "property": "pathname"}] * 3),
        ("state", {}),
        ("state", [[]]),
        ("state", [["x"], []]),
        ("state", [None, []]),
        ("changedPropIds", 7),
        ("changedPropIds", [None]),
    ],
)
def test_a_body_of_another_shape_is_refused(
    demo: Any, field: str, value: Any, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.ERROR, logger="semh"):
        assert send(demo, good() | {field: value}) == 400
    assert not caplog.records


@pytest.mark.parametrize("value", [{"a": 1}, ["/"]])
def test_an_address_that_is_no_text_is_refused(demo: Any, value: Any):
    body = good()
    body["inputs"][0]["value"] = value
    assert send(demo, body) == 400


@pytest.mark.parametrize("name", ["output", "outputs", "inputs"])
def test_a_field_that_is_missing_is_refused(demo: Any, name: str):
    body = good()
    del body[name]
    assert send(demo, body) == 400
