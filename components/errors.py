"""Error pages: an id, what was tried, what to do; never a trace."""

from __future__ import annotations

import html
import logging
import secrets

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from models.errors import SemhError

_LOG = logging.getLogger("semh")
_PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>{title}</h1><p>{words}</p><p><a href="/">Go to the overview</a></p></main></body>
</html>"""


def add_error_pages(server: Flask) -> None:
    """Answer every fault in plain words."""
    server.register_error_handler(HTTPException, _http)
    server.register_error_handler(SemhError, _known)
    server.register_error_handler(Exception, _unknown)


def _http(fault: HTTPException) -> Response:
    code = fault.code or 500
    words = (
        "There is nothing at this address." if code == 404 else "The request was not understood."
    )
    return _answer("Not here" if code == 404 else "Not possible", words, code)


def _known(fault: SemhError) -> Response:
    return _answer("Nothing to show yet", f"{fault.problem} Next: {fault.next_step}", 503)


def _unknown(fault: Exception) -> Response:
    number = secrets.token_hex(4)
    _LOG.error("fault %s: %s", number, type(fault).__name__)
    words = f"The request could not be answered. Tell the data team the number {number}."
    return _answer("Something went wrong", words, 500)


def _answer(title: str, words: str, code: int) -> Response:
    body = _PAGE.format(title=html.escape(title), words=html.escape(words))
    return Response(body, code, mimetype="text/html")
