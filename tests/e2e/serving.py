"""The app behind a real web server, for a browser to visit."""

from __future__ import annotations

import threading
from typing import Any

from models.settings import Settings


def start(settings: Settings) -> tuple[Any, str]:
    """The app behind waitress on a free port of this machine: server and address."""
    from waitress.server import create_server

    from app import create_app

    server = create_server(create_app(settings).server, host="127.0.0.1", port=0, threads=8)
    threading.Thread(target=server.run, daemon=True).start()
    return server, f"http://127.0.0.1:{server.effective_port}"
