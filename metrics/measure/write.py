"""Write observations into the warehouse, and beside each how many people stand behind it."""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd

from metrics.measure.largest import LARGEST_COLUMNS, LARGEST_DDL
from models.observation import OBSERVATION_COLUMNS, OBSERVATION_DDL

BASE_DDL = """create table {name} (
    metric_id varchar not null, period_start date not null, period_end date not null,
    area_kind varchar not null, area_id varchar not null, breakdown varchar not null,
    category varchar not null, people double, base double)"""
"""Beside each observation, how many people stand behind its numerator and its denominator.

A count of events or a sum of pounds can be large and still be about one child; disclosure control
needs this number. It is never published."""

BASE_COLUMNS = (
    "metric_id",
    "period_start",
    "period_end",
    "area_kind",
    "area_id",
    "breakdown",
    "category",
    "people",
    "base",
)


def write(
    con: duckdb.DuckDBPyConnection,
    frame: pd.DataFrame | None,
    tables: tuple[str, str, str],
    sums: pd.DataFrame,
) -> None:
    """Replace all tables in one transaction, so that a reader never sees half a run."""
    con.begin()
    try:
        _replace(con, tables[0], OBSERVATION_DDL, OBSERVATION_COLUMNS, frame)
        _replace(con, tables[1], BASE_DDL, BASE_COLUMNS, frame)
        _replace(con, tables[2], LARGEST_DDL, LARGEST_COLUMNS, sums)
        con.commit()
    except BaseException:
        con.rollback()
        raise


def _replace(
    con: Any, name: str, ddl: str, columns: tuple[str, ...], frame: pd.DataFrame | None
) -> None:
    con.execute(f"drop table if exists {name}")
    con.execute(ddl.format(name=name))
    if frame is not None:
        con.register("measured_frame", frame[list(columns)])
        con.execute(f"insert into {name} select {', '.join(columns)} from measured_frame")
        con.unregister("measured_frame")
