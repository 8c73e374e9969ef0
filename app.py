"""The web app: it opens the published snapshot and nothing else.

`create_app(settings)` builds it; `server` is for a WSGI host, made when first asked for.
"""

from __future__ import annotations

import socket
from importlib import import_module
from typing import Any

from dash import Dash
from flask import Response

import pages
from components import guard, headers, identity, shell, static
from components.body import refuse_malformed
from components.download import add_download
from components.errors import add_error_pages
from components.router import add_callbacks
from components.scenario_file import add_scenario_file
from models.errors import SemhError
from models.settings import Settings

THREADS = 16
INDEX = """<!DOCTYPE html>
<html lang="en-GB">
<head>
{%metas%}
<title>{%title%}</title>
{%favicon%}
{%css%}
</head>
<body>
{%app_entry%}
<footer hidden>{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>"""


def create_app(settings: Settings) -> Dash:
    """The Dash app, warmed up and ready for many threads."""
    for name in pages.MODULES:
        import_module(f"pages.{name}")
    app = Dash(
        __name__,
        title="SEMH",
        update_title=None,  # type: ignore[arg-type]
        enable_mcp=False,
        compress=False,
        index_string=INDEX,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
        serve_locally=True,
        suppress_callback_exceptions=True,
    )
    server = app.server
    identity.sign_sessions(server, settings)
    guard.deny_by_default(server)
    app.layout = shell.shell(settings.profile)
    add_callbacks(app)
    refuse_malformed(app)
    add_download(server)
    add_scenario_file(server)
    _add_health(server)
    add_error_pages(server)
    # after_request hooks run last to first: headers see what compression made.
    headers.set_headers(app)
    static.compress(server)
    _warm_up(app)
    return app


def _add_health(server: Any) -> None:
    @guard.open_route(server, "/healthz")
    def health() -> Response:
        return Response("ok", mimetype="text/plain")


def _warm_up(app: Dash) -> None:
    # Dash finishes its set-up at the first request, and not safely when two come at once.
    client = app.server.test_client()
    page = client.get("/").get_data(as_text=True)
    paths = {part.split('"')[0] for part in page.split('src="')[1:]}
    paths |= {part.split('"')[0] for part in page.split('href="')[1:]}
    static.warm(app.server, sorted(p for p in paths if p.startswith("/")))


def serve(settings: Settings) -> None:
    """Serve until stopped. Raises SemhError when the port is taken."""
    _claim(settings)
    from waitress import serve as run

    app = create_app(settings)
    run(
        app.server,
        host=settings.host,
        port=settings.port,
        threads=THREADS,
        ident=None,
        channel_timeout=60,
        connection_limit=200,
    )


def _claim(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex((settings.host, settings.port)) == 0:
            raise SemhError(
                f"Port {settings.port} on {settings.host} is in use.",
                "stop what uses it, or choose another with --port",
            )


def __getattr__(name: str) -> Any:
    if name == "server":
        return create_app(Settings()).server
    raise AttributeError(name)
