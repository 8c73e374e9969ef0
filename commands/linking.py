"""Finding the same children in two files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.console import next_step, out


def link(
    left: Annotated[Path, typer.Option(help="CSV of people: unique_id, first_name, surname, …")],
    right: Annotated[Path, typer.Option(help="CSV of people in the same columns.")],
    to: Annotated[Path, typer.Option("--out", help="CSV to write, for its owner only.")],
) -> None:
    """Find which records of two files are of the same child, one to one."""
    from ingest.link import link_files, write_pairs

    pairs = link_files(left, right)
    write_pairs(pairs, to)
    out.print(f"{len(pairs):,} pairs written to {to}, readable by its owner only.")
    next_step("delete the files of people when the pairs are no longer needed")
