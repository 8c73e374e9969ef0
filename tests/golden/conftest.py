"""The real published files, loaded once for all the golden tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from ingest.published import load_published, why_not
from models.borough import load_borough
from models.ledger import LoadRow, record_load
from models.warehouse import statements


@dataclass
class Published:
    """A warehouse with every published file in it, and what became of each file."""

    con: duckdb.DuckDBPyConnection
    folder: Path
    loads: list[LoadRow] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """Rows of a query."""
        return self.con.execute(query, list(values)).fetchall()


@pytest.fixture(scope="session")
def published(real_data: Path) -> Iterator[Published]:
    with duckdb.connect() as con:
        for statement in statements():
            con.execute(statement)
        found = Published(con, real_data)
        for path in sorted(p for p in real_data.rglob("*") if p.is_file()):
            if "extract_formats" not in path.parts:
                _load(found, path)
        yield found


def _load(found: Published, path: Path) -> None:
    rows = load_published(
        found.con,
        path,
        profile=load_borough("rotherham"),
        code_version="test",
        stamp=datetime(2026, 1, 1),
    )
    if rows is None:
        found.left_out[str(path.relative_to(found.folder))] = why_not(path)
    for row in rows or []:
        record_load(found.con, row)
    found.loads += rows or []
