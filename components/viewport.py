"""Whether the page is drawn for a narrow screen; the browser says so in a cookie of one digit."""

from __future__ import annotations

from flask import has_request_context, request

COOKIE = "semh_narrow"


def narrow() -> bool:
    """Whether the reader's screen is narrow; wide where nothing is known."""
    return has_request_context() and request.cookies.get(COOKIE) == "1"
