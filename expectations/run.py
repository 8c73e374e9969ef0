"""Running the checks with Great Expectations, on small frames, with nothing sent anywhere.

Importing Great Expectations takes seconds, so it happens inside the functions: only a load pays.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import pandas as pd

from expectations.batch_checks import CHECKS, Check


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

    Runs inside the caller's transaction.
    """
    frames = [(c, con.execute(c.sql).df()) for c in CHECKS if c.extract in extracts]
    failing = _validate(frames)
    results = [_result(con, c, n, stamp) for (c, _), n in zip(frames, failing, strict=True)]
    for result in results:
        write_result(con, result)
    return results


def write_result(con: duckdb.DuckDBPyConnection, result: Result) -> None:
    """Put one result in the warehouse, in place of the last one of the same label."""
    con.execute(
        "delete from expectation_result where extract = ? and label = ?",
        [result.extract, result.label],
    )
    names, marks = ", ".join(vars(result)), ", ".join("?" for _ in vars(result))
    con.execute(
        f"insert into expectation_result ({names}) values ({marks})", list(vars(result).values())
    )


def _validate(frames: list[tuple[Check, pd.DataFrame]]) -> list[int]:
    """How many rows of each frame lie outside the check's range."""
    context, expectations = _great_expectations()
    failing = []
    for check, frame in frames:
        if frame.empty:
            failing.append(0)
            continue
        expected = expectations.ExpectColumnValuesToBeBetween(
            column="figure", min_value=check.lowest, max_value=check.highest
        )
        outcome = context.data_sources.pandas_default.read_dataframe(frame).validate(expected)
        failing.append(int(outcome.result["unexpected_count"]))
    return failing


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
    return gx.get_context(project_config=config, mode="ephemeral"), gx.expectations


def _result(con: duckdb.DuckDBPyConnection, check: Check, found: int, stamp: datetime) -> Result:
    load = con.execute(
        "select max(load_id) from load where extract = ? and superseded_by is null",
        [check.extract],
    ).fetchall()[0][0]
    return Result(
        load, check.extract, check.label, check.severity, found == 0, found, check.unit,
        check.action, check.owner, stamp,
    )  # fmt: skip
