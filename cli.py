"""The `semh` command: one function per verb, each saying at its end what to do next.

The verbs are in `commands/`, by what they are about; here they are named, and their faults said.
"""

from __future__ import annotations

import traceback
from pathlib import Path

import typer
from rich.markup import escape

from commands import (
    keeping,
    linking,
    loading,
    making,
    measuring,
    planning,
    projecting,
    publishing,
    reporting,
    serving,
    templates,
)
from commands.console import err
from models.errors import SemhError

VERBS = (
    making.demo,
    making.generate,
    loading.load,
    measuring.measure,
    publishing.publish,
    publishing.build,
    serving.serve,
    loading.status,
    templates.template,
    measuring.metrics,
    keeping.quarantine,
    keeping.accept,
    keeping.purge,
    keeping.rotate_key,
    linking.link,
    publishing.audit,
    publishing.export,
    reporting.statutory,
    projecting.project,
    planning.plan,
)
"""Every verb, in the order the help lists them."""

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Load extracts, measure, publish and show a borough's SEMH figures.",
)
for verb in VERBS:
    app.command(verb.__name__.replace("_", "-"))(verb)


def main() -> None:
    """Run a verb; a job not done is said in plain words and ends with status 1."""
    try:
        app(standalone_mode=True)
    except SemhError as problem:
        _stop(problem.problem, problem.next_step)
    except PermissionError as problem:
        _stop(f"No right to use {problem.filename}.", "check who owns the folder, then try again")
    except FileNotFoundError as problem:
        _stop(f"Not found: {problem.filename or problem}.", "check the path, then try again")
    except KeyboardInterrupt:
        _stop("Stopped before the end.", "run it again; what was whole stays")
    except OSError as problem:
        _stop(f"The system refused: {problem.strerror or problem}.", "free space or rights first")
    except Exception as problem:
        _unexpected(problem)


def _unexpected(problem: Exception) -> None:
    # The kind of fault and its place, never a value: a message may hold a child's row.
    last = traceback.extract_tb(problem.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    _stop(
        f"Something went wrong inside: {type(problem).__name__} at {where}.",
        "tell whoever keeps this program; nothing was half done",
    )


def _stop(problem: str, next_step: str) -> None:
    err.print(f"[bold]Error:[/bold] {escape(problem)}", highlight=False, soft_wrap=True)
    err.print(f"[bold]Next:[/bold] {escape(next_step)}", highlight=False, soft_wrap=True)
    raise SystemExit(1)
