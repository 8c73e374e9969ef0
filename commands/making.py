"""Making a synthetic borough, and the demonstration of the whole on it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from commands.console import bars_of, next_step, out
from commands.loading import load, load_files
from commands.measuring import measure
from commands.publishing import publish
from commands.serving import run_app, settings_with
from models.errors import SemhError
from models.settings import Settings

Scale = Annotated[float, typer.Option(min=0.005, max=20, help="1 is a borough of 45,000 pupils.")]
Seed = Annotated[int, typer.Option(help="The same seed gives the same borough.")]


def demo(
    scale: Scale = 1.0,
    seed: Seed = 2026,
    published: Annotated[
        list[Path] | None, typer.Option(help="Folder of published statistics to load as well.")
    ] = None,
    fresh: Annotated[
        bool, typer.Option(help="Make the borough again even if it is there.")
    ] = False,
    serve_it: Annotated[bool, typer.Option("--serve/--no-serve")] = True,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Make the synthetic borough, load, measure and publish it, and open the app."""
    settings = settings_with(demo_viewers=True, port=port)
    _refuse_real_home(settings)
    if fresh or published or not settings.current.is_file():
        _make_demo(settings, scale, seed, published or [])
    if serve_it:
        run_app(settings)
    else:
        next_step("semh serve")


def _refuse_real_home(settings: Settings) -> None:
    from ingest.report import holds_real_loads

    if holds_real_loads(settings):
        raise SemhError(
            f"{settings.home} holds real extracts; a demonstration would mix with them.",
            "set SEMH_HOME to an empty folder and run semh demo again",
        )


def _make_demo(settings: Settings, scale: float, seed: int, published: list[Path]) -> None:
    source = settings.home / "synthetic"
    generate(source, scale=scale, seed=seed)
    load([source])
    if published:
        # Layout samples among the published files clash with the borough; that is said, no more.
        load_files(published)
    _accept_synthetic(settings)
    measure()
    publish(rollback=False, list_them=False)


def _accept_synthetic(settings: Settings) -> None:
    """A small simulated borough may trip a check honestly; the page says that it was accepted."""
    from models.holds import accept_synthetic
    from models.store import open_warehouse

    with open_warehouse(settings) as con:
        for one in accept_synthetic(con, at=datetime.now()):
            out.print(escape(f"Accepted, since it is synthetic: {one.words()}"))


def generate(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="Folder to write to.")],
    scale: Scale = 1.0,
    seed: Seed = 2026,
) -> None:
    """Write a synthetic borough's extracts, and truth.json with all that was planted."""
    from data.synthetic import generate as make

    with bars_of("Simulating") as progress:
        truth = make(folder, scale=scale, seed=seed, progress=progress)
    out.print(f"Synthetic borough written to {folder}: {len(truth)} kinds of truth in truth.json.")
    next_step(f"semh build {folder}")
