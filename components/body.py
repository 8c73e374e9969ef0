"""What a browser may send to a callback: its own wiring and plain values, else 400."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import Dash
from flask import abort, request

PLACE = "/_dash-update-component"


def refuse_malformed(app: Dash) -> None:
    """Answer 400 where the body of a callback is not as the page that was served sends it."""

    @app.server.before_request
    def check() -> None:
        if request.path == PLACE and request.method == "POST" and not _well_formed(app, _body()):
            abort(400)


def _body() -> Any:
    try:
        return request.get_json()
    except RecursionError:
        abort(400)


def _well_formed(app: Dash, body: Any) -> bool:
    if not isinstance(body, dict) or not isinstance(body.get("output"), str):
        return False
    wired = app.callback_map.get(body["output"])
    if wired is None or "callback" not in wired:
        return False
    return (
        _outputs(body["output"], body.get("outputs"))
        and _values(wired["inputs"], body.get("inputs"))
        and _values(wired["state"], body.get("state", []))
        and _all_text(body.get("changedPropIds", []))
    )


def _outputs(name: str, sent: Any) -> bool:
    several = name.startswith("..")
    listed = sent if several else [sent]
    if not isinstance(listed, list) or not all(_names(one) for one in listed):
        return False
    said = [f"{one['id']}.{one['property']}" for one in listed]
    return said == (name.strip(".").split("...") if several else [name])


def _names(one: Any) -> bool:
    return (
        isinstance(one, dict)
        and isinstance(one.get("id"), str)
        and isinstance(one.get("property"), str)
    )


def _values(wired: Sequence[dict[str, Any]], sent: Any) -> bool:
    """As many as are wired, each from the same part of the page."""
    if not isinstance(sent, list) or len(sent) != len(wired):
        return False
    return all(_value(want, got) for want, got in zip(wired, sent, strict=True))


def _value(want: dict[str, Any], got: Any) -> bool:
    if str(want["id"]).startswith("{"):  # all choices of a page at once
        return isinstance(got, list) and all(isinstance(one, dict) for one in got)
    same = _names(got) and (got["id"], got["property"]) == (want["id"], want["property"])
    return same and isinstance(got.get("value"), str | int | float | None)


def _all_text(sent: Any) -> bool:
    return isinstance(sent, list) and all(isinstance(one, str) for one in sent)
