"""Running the checks with Great Expectations, on small frames, with nothing sent anywhere.

Importing Great Expectations takes seconds, so it happens inside the functions: only a load pays.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import pandas as pd

from expectations.batch_checks import CHECKS
from expectations.check import Check
from expectations.published import PUBLISHED


@dataclass(frozen=True)
class Result:
    """One row of `expectation_result`. `found` counts the failing rows of the check's frame."""

    load_id: str | None
    extract: str
    label: str
    severity: str
    passed: bool
    found: int
    unit: str
    action: str
    owner: str
    checked_at: datetime
    check_id: str = ""
    facts: str = ""
    """The fact tables the result speaks of, divided by commas."""


def check_batch(
    con: duckdb.DuckDBPyConnection, extracts: set[str], stamp: datetime
) -> list[Result]:
    """Run the checks of the extracts just loaded and replace their rows in `expectation_result`.

    Runs inside the caller's transaction. Checks of staged rows are left out where there are none.
    """
    con.execute("set variable checked_on = ?", [stamp.date()])
    staged = _staged_extracts(con)
    chosen = [c for c in CHECKS if c.extract in extracts and (not c.staged or c.extract in staged)]
    frames = [(c, con.execute(c.sql).df()) for c in chosen]
    newest = _newest_loads(con)
    failing = _validate(frames)
    results = [_result(c, newest.get(c.extract), n, stamp)
               for (c, _), n in zip(frames, failing, strict=True)]  # fmt: skip
    for result in results:
        write_result(con, result)
    return results


def _staged_extracts(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Extracts of which this load has rows in staging."""
    attached = con.execute(
        "select 1 from duckdb_tables() where database_name = 'staging' and table_name = 'files'"
    ).fetchall()
    if not attached:
        return set()
    rows = con.execute("select distinct extract from staging.main.files where take").fetchall()
    return {name for (name,) in rows}


def _newest_loads(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The load each extract's result is told of: the last one that counts."""
    rows = con.execute(
        "select extract, arg_max(load_id, (loaded_at, load_id)) from load"
        " where superseded_by is null group by extract"
    ).fetchall()
    newest = dict(rows)
    local = {check.extract for check in CHECKS if check.extract != PUBLISHED}
    others = con.execute(
        "select arg_max(load_id, (loaded_at, load_id)) from load"
        " where superseded_by is null and not list_contains(?, extract)", [sorted(local)],
    ).fetchall()  # fmt: skip
    return newest | {PUBLISHED: others[0][0]}


def write_result(con: duckdb.DuckDBPyConnection, result: Result) -> None:
    """Put one result in the warehouse, in place of the last one of the same check or label."""
    con.execute(
        "delete from expectation_result where extract = ? and (label = ? or check_id = ?)",
        [result.extract, result.label, result.check_id],
    )
    names, marks = ", ".join(vars(result)), ", ".join("?" for _ in vars(result))
    con.execute(
        f"insert into expectation_result ({names}) values ({marks})", list(vars(result).values())
    )


def _validate(frames: list[tuple[Check, pd.DataFrame]]) -> list[int]:
    """How many rows of each frame lie outside the check's range.

    Frames of one range stand below each other in one column, and the columns side by side in one
    table, which is judged as one suite: an expectation costs more than a row.
    """
    columns: dict[str, list[pd.DataFrame]] = {}
    for check, frame in frames:
        if not frame.empty:
            told = pd.DataFrame({"check": check.check_id, "figure": frame["figure"].astype(float)})
            columns.setdefault(f"{check.lowest} to {check.highest}", []).append(told)
    stacked = {name: pd.concat(parts, ignore_index=True) for name, parts in columns.items()}
    ranges = {f"{c.lowest} to {c.highest}": (c.lowest, c.highest) for c, _ in frames}
    failing: Counter[str] = Counter()
    for name, rows in _outside(stacked, ranges).items():
        failing.update(stacked[name]["check"].iloc[rows])
    return [failing[c.check_id] for c, _ in frames]


def _outside(
    stacked: dict[str, pd.DataFrame], ranges: dict[str, tuple[float | None, float | None]]
) -> dict[str, list[int]]:
    """The rows of each column that Great Expectations finds outside its range."""
    if not stacked:
        return {}
    context, gx = _great_expectations()
    suite = gx.ExpectationSuite(
        name="batch",
        expectations=[
            gx.expectations.ExpectColumnValuesToBeBetween(
                column=name, min_value=ranges[name][0], max_value=ranges[name][1]
            )
            for name in stacked
        ],
    )
    wide = pd.DataFrame({name: rows["figure"] for name, rows in stacked.items()})
    batch = context.data_sources.pandas_default.read_dataframe(wide)
    outcome = batch.validate(suite, result_format="COMPLETE")
    return {
        r.expectation_config.kwargs["column"]: r.result.get("unexpected_index_list") or []
        for r in outcome.results
    }


def _great_expectations() -> tuple[Any, Any]:
    """A context in memory, without analytics, progress bars or files."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types import base

    config = base.DataContextConfig(
        store_backend_defaults=base.InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        analytics_enabled=False,
        progress_bars=base.ProgressBarsConfig(globally=False),
    )
    return gx.get_context(project_config=config, mode="ephemeral"), gx


def _result(check: Check, load: str | None, found: int, stamp: datetime) -> Result:
    return Result(
        load, check.extract, check.label, check.severity, found == 0, found, check.unit,
        check.action, check.owner, stamp, check.check_id, ",".join(check.facts),
    )  # fmt: skip
