"""Nothing is published from a batch that is held until someone has accepted it with a reason."""

from __future__ import annotations

import duckdb

from models.holds import held
from publish.errors import PublishError

MOST_SHOWN = 5


def refuse_held(con: duckdb.DuckDBPyConnection) -> None:
    """Raise PublishError, naming each held check, its load and what to do, where there is one."""
    waiting = held(con)
    if not waiting:
        return
    listed = "; ".join(f"{one.words()}. {one.action}" for one in waiting[:MOST_SHOWN])
    more = f" And {len(waiting) - MOST_SHOWN} more." if len(waiting) > MOST_SHOWN else ""
    raise PublishError(
        f"{len(waiting)} failed checks hold the figures back: {listed}{more} What was live still"
        " is.",
        f"put the extract right and load it again, or, if it is right as it is, semh accept"
        f' {waiting[0].check_id} --reason "…" --by ROLE; then semh publish',
    )
