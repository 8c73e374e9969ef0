"""Scripts and styles: compressed once, then sent from memory."""

from __future__ import annotations

import threading
from collections.abc import Iterable

import brotli
from flask import Flask, Response, request

_KINDS = ("javascript", "css", "json", "svg", "html")
STATIC = ("/_dash-component-suites/", "/assets/")
QUALITY, QUICK = 9, 4
"""Brotli's effort for what never changes, and for what is made for one request."""


def compress(server: Flask) -> None:
    """Compress answers; what is static only once."""
    kept: dict[int, bytes] = {}
    lock = threading.Lock()

    @server.after_request
    def squeeze(response: Response) -> Response:
        if not _worth_it(response):
            return response
        response.direct_passthrough = False
        body = response.get_data()
        if request.path.startswith(STATIC):
            with lock:
                # By what is sent, not by how it is asked for: made-up addresses add nothing.
                known = hash(body)
                small = kept.get(known)
                if small is None:
                    small = kept[known] = brotli.compress(body, quality=QUALITY)
        else:
            small = brotli.compress(body, quality=QUICK)
        response.set_data(small)
        response.headers["Content-Encoding"] = "br"
        response.headers["Vary"] = "Accept-Encoding"
        response.headers.pop("ETag", None)
        return response


def _worth_it(response: Response) -> bool:
    return (
        response.status_code == 200
        and "br" in request.headers.get("Accept-Encoding", "")
        and "Content-Encoding" not in response.headers
        and any(kind in (response.content_type or "") for kind in _KINDS)
        and (response.content_length or 1001) > 1000
    )


def warm(server: Flask, paths: Iterable[str]) -> None:
    """Ask for each path once, so that no reader waits for a first compression."""
    client = server.test_client()
    for path in paths:
        client.get(path, headers={"Accept-Encoding": "br"}).close()
