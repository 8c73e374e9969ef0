"""One line of the load ledger: what was read, from which file, and what became of its rows."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from datetime import datetime
from typing import Protocol


class _Connection(Protocol):
    def execute(self, query: str, parameters: object = ...) -> object:
        """Run one statement."""


@dataclass(frozen=True)
class LoadRow:
    """A row of the warehouse's `load` table; `rows_read` = accepted + quarantined."""

    load_id: str
    file: str
    content_hash: str
    extract: str
    period: str | None
    rows_read: int
    rows_accepted: int
    rows_quarantined: int
    supersedes: str | None
    superseded_by: str | None
    loaded_at: datetime
    code_version: str
    synthetic: bool
    note: str | None


def record_load(con: _Connection, row: LoadRow) -> None:
    """Write one load to the ledger and mark the load it supersedes, if any."""
    names = ", ".join(f.name for f in fields(LoadRow))
    marks = ", ".join("?" for _ in fields(LoadRow))
    con.execute(f"insert into load ({names}) values ({marks})", list(astuple(row)))
    if row.supersedes is not None:
        con.execute(
            "update load set superseded_by = ? where load_id = ?", [row.load_id, row.supersedes]
        )
