"""Blanked values: fields whose rule leaves the row in but the value out, counted, never shown."""

from __future__ import annotations

import duckdb

from expectations.run import Result, write_result
from ingest.workbench import Workbench
from models.feeds import FEEDS


def write_blanked(bench: Workbench) -> None:
    """One warning per extract and field: how many values broke the field's rule."""
    rows = bench.con.execute(
        "select min(f.load_id), r.extract, r.reason, count(*), any_value(r.action),"
        " any_value(r.owner) from staging.fault t join staging.files f on f.file = t.file"
        " join staging.rule r on r.extract = t.extract and r.bit = t.bit"
        " where f.take and not r.quarantines group by r.extract, r.reason"
    ).fetchall()
    _forget(bench.con)
    for load, extract, reason, found, action, owner in rows:
        label = f"Left blank: {reason}"
        facts = ",".join(FEEDS.get(extract, ()))
        check_id = f"{extract}-blank-{reason}".lower().replace("_", "-").replace(" ", "-")
        write_result(
            bench.con,
            Result(load, extract, label, "warn", False, found, "values", action, owner,
                   bench.stamp, check_id, facts),
        )  # fmt: skip


def _forget(con: duckdb.DuckDBPyConnection) -> None:
    """Earlier warnings about loads that were superseded."""
    con.execute(
        "delete from expectation_result where label like 'Left blank: %' and load_id in"
        " (select load_id from load where superseded_by is not null)"
    )
