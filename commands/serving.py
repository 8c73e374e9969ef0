"""Showing the published figures."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from commands.console import out
from models.settings import Settings


def serve(
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
) -> None:
    """Show the published figures."""
    run_app(settings_with(port=port, host=host))


def settings_with(**given: Any) -> Settings:
    """Settings, with what the command line gave in place of the environment."""
    return Settings(**{name: value for name, value in given.items() if value is not None})


def run_app(settings: Settings) -> None:
    """Start the app and stay until it is stopped."""
    from app import serve as run

    out.print(f"Open http://{settings.host}:{settings.port}  (stop with Ctrl+C)")
    run(settings)
