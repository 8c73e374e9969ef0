"""A parquet file as a table of text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from ingest.archives import check_size
from ingest.errors import BadFile
from ingest.source import SEND_AGAIN, Part

CELL = 2
"""Bytes a cell takes at least as text."""
DAMAGED = (OSError, pa.ArrowException, duckdb.Error, ValueError)


def parts(part: Part) -> Iterator[Part]:
    """The table of a parquet file, with its columns; its own description is read, no more."""
    try:
        about = pq.read_metadata(part.place)
        names = tuple(pq.read_schema(part.place).names)
    except DAMAGED as error:
        raise _damaged(part) from error
    check_size(part.name, about.num_rows * about.num_columns * CELL, part.packed)
    yield Part(part.found, part.member, part.path, kind="parquet", columns=names)


def flatten(part: Part, path: Path) -> None:
    """Write the table as CSV: every value as text, blanks where there is none."""
    source, target = (str(p).replace("'", "''") for p in (part.place, path))
    try:
        with duckdb.connect() as con:
            con.execute("set memory_limit = '1GB'")
            con.execute("set threads = 1")
            con.execute(
                f"copy (select * from read_parquet('{source}')) to '{target}' (format csv, header)"
            )
    except DAMAGED as error:
        raise _damaged(part) from error


def _damaged(part: Part) -> BadFile:
    return BadFile(part.name, "a damaged parquet file", "a whole file", SEND_AGAIN)
