"""Refused rows as they came: sealed in the restricted folder until corrected or out of date.

`SEMH_HOME/quarantine/<load_id>.sealed` holds each refused row's line and raw text, encrypted. It is
written before the load's transaction ends, so a load that is in has its file; what a load that
never ended left behind, or a corrected one no longer needs, the next sweep removes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np

from ingest.records import pick
from ingest.sealed import read_sealed, write_sealed
from ingest.source import Source
from ingest.vault import SUFFIX
from ingest.workbench import Workbench
from models.settings import Settings

PIECE = 1 << 20

_NEEDED = """
select distinct q.load_id from quarantine q join load l on l.load_id = q.load_id
where l.superseded_by is null
"""


def write_raw_lines(bench: Workbench, sources: dict[str, Source]) -> list[Path]:
    """Seal the refused lines of each file taken; returns the files written."""
    loads = bench.con.execute(
        "select f.file::varchar, f.load_id from staging.files f"
        " where f.take and f.rows_quarantined > 0 order by f.load_id"
    ).fetchall()
    return [_seal_lines(bench, sources[file], load_id) for file, load_id in loads]


def _seal_lines(bench: Workbench, source: Source, load_id: str) -> Path:
    listed = bench.con.execute(
        "select distinct line from quarantine where load_id = ? order by line", [load_id]
    ).fetchnumpy()
    lines = np.asarray(listed["line"], dtype=np.int64)
    found = pick(source.path, source.header.delimiter, lines)
    path = raw_path(bench.settings, load_id)
    write_sealed(bench.settings, path, _pieces(found))
    return path


def _pieces(found: Iterator[tuple[int, str]]) -> Iterator[bytes]:
    held: list[str] = []
    size = 0
    for line, text in found:
        held.append(json.dumps((line, text), ensure_ascii=False))
        size += len(held[-1])
        if size >= PIECE:
            yield "\n".join(held).encode()
            held, size = [], 0
    if held:
        yield "\n".join(held).encode()


def raw_path(settings: Settings, load_id: str) -> Path:
    """Where the refused lines of a load are sealed."""
    return settings.quarantine / f"{load_id}{SUFFIX}"


def read_raw_lines(settings: Settings, load_id: str) -> Iterator[tuple[int, str]]:
    """Line and raw text of each refused row of a load, in order; none where nothing is kept.

    Raises SemhError when the file is damaged or its key is gone.
    """
    path = raw_path(settings, load_id)
    if path.is_file():
        for piece in read_sealed(settings, path):
            for record in piece.decode().split("\n"):
                line, text = json.loads(record)
                yield line, text


def sweep(con: duckdb.DuckDBPyConnection, settings: Settings) -> list[Path]:
    """Remove what no current load needs; returns what went.

    That is: what a killed load left behind, and rows since corrected, superseded or purged.
    """
    if not settings.quarantine.is_dir():
        return []
    needed = {f"{load_id}{SUFFIX}" for (load_id,) in con.execute(_NEEDED).fetchall()}
    gone = [path for path in sorted(settings.quarantine.iterdir()) if path.name not in needed]
    for path in gone:
        path.unlink()
    return gone
