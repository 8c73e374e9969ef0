"""What every verb writes with: the two consoles, progress bars, tables and the next step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from models.progress import Progress as ProgressCall

out = Console()
err = Console(stderr=True)


@contextmanager
def bars_of(stage: str) -> Iterator[ProgressCall]:
    """A progress bar for a stage; yields the call a pipeline reports its steps to."""
    columns = (TextColumn("{task.description:<72.72}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err) as bars:
        task = bars.add_task(stage, total=None)

        def report(label: str, done: int, total: int) -> None:
            words = f"{stage}: {label[:1].lower()}{label[1:]}"
            bars.update(task, description=words, completed=done, total=total)

        yield report
        bars.update(task, description=f"{stage}: done", total=1, completed=1)


def next_step(words: str) -> None:
    """Say what to do next."""
    out.print(f"[bold]Next:[/bold] {escape(words)}")


def table_of(title: str, *headings: str) -> Table:
    """An empty table for the terminal; columns of numbers are set to the right."""
    table = Table(title=title, title_justify="left", show_edge=False, pad_edge=False)
    for heading in headings:
        right = heading.split()[0] in ("Rows", "Read", "Accepted", "Refused", "Found")
        table.add_column(heading, justify="right" if right else "left", overflow="fold")
    return table
