"""Writing figures to the warehouse: key by key, nothing lost, a fuller file never undone."""

from __future__ import annotations

import duckdb
import pandas as pd

from ingest.published.frames import FIGURE_COLUMNS, Reading

HEADLINES = "headline_figures"
"""The extract of figures typed in with the product; the real file of a series replaces them."""

_KEY = ("series", "area_code", "breakdown", "category", "period_kind", "period_start", "period_end")
_SAME = " and ".join(f"p.{name} = i.{name}" for name in _KEY)


def write_figures(con: duckdb.DuckDBPyConnection, reading: Reading, load_id: str) -> int:
    """Write a reading's figures under `load_id`; returns how many were written.

    A figure already held for the same series, area, breakdown and period is replaced, except
    that a cut of a file (`reading.part`) only adds what is not held. A file whose every figure is
    held just so writes nothing, so that the same table in two files stays where it is. Typed
    headline figures go as soon as their series is loaded from a real file.
    """
    if reading.figures.empty:
        return 0
    con.register("_incoming", _typed(reading.figures))
    try:
        con.execute("create or replace temp table incoming_figures as select * from _incoming")
    finally:
        con.unregister("_incoming")
    if reading.extract != HEADLINES:
        _drop_headlines(con, load_id)
    if _all_held(con):
        con.execute("drop table incoming_figures")
        return 0
    _make_room(con, reading.part)
    names = ", ".join(FIGURE_COLUMNS)
    con.execute(
        f"insert into published_statistic ({names}, load_id)"
        f" select {names}, ? from incoming_figures",
        [load_id],
    )
    written = con.execute("select count(*) from incoming_figures").fetchall()[0][0]
    con.execute("drop table incoming_figures")
    return int(written)


_SEEN = ", ".join(c for c in FIGURE_COLUMNS if c not in ("raw", "source", "source_date"))


def _all_held(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether every incoming figure is held already with the same words, value and flag."""
    new = con.execute(
        f"select count(*) from (select {_SEEN} from incoming_figures except"
        f" select {_SEEN} from published_statistic"
        " where series in (select distinct series from incoming_figures))"
    ).fetchall()
    return not new[0][0]


def _make_room(con: duckdb.DuckDBPyConnection, part: bool) -> None:
    if part:
        con.execute(f"delete from incoming_figures i using published_statistic p where {_SAME}")
    else:
        con.execute(f"delete from published_statistic p using incoming_figures i where {_SAME}")


def _drop_headlines(con: duckdb.DuckDBPyConnection, load_id: str) -> None:
    typed = f"select count(*) from load where extract = '{HEADLINES}' and superseded_by is null"
    if not con.execute(typed).fetchall()[0][0]:
        return
    con.execute(
        "delete from published_statistic where load_id in"
        f" (select load_id from load where extract = '{HEADLINES}')"
        " and series in (select distinct series from incoming_figures)"
    )
    con.execute(
        f"update load set superseded_by = ? where extract = '{HEADLINES}'"
        " and superseded_by is null and load_id not in (select load_id from published_statistic)",
        [load_id],
    )


def _typed(figures: pd.DataFrame) -> pd.DataFrame:
    """Figures in the table's order with one type per column, so that nulls stay nulls."""
    text = [
        c for c in FIGURE_COLUMNS if c not in ("decimals", "value", "period_start", "period_end")
    ]
    typed = figures[FIGURE_COLUMNS].astype(dict.fromkeys(text, "str"))
    for column in ("period_start", "period_end"):
        typed[column] = pd.to_datetime(typed[column])
    empty = {c: typed[c].replace("", None) for c in ("symbol", "flag", "unit")}
    return typed.assign(decimals=pd.to_numeric(typed["decimals"]).astype("Int64"), **empty)


def write_refused(
    con: duckdb.DuckDBPyConnection, refused: pd.DataFrame, load_id: str, file: str
) -> None:
    """List rows that could not be placed; never a value from the row, only what was wrong."""
    if refused.empty:
        return
    rows = refused.assign(load_id=load_id, file=file, owner="the publisher")
    con.register("_refused", rows)
    try:
        con.execute(
            "insert into quarantine select load_id, file, line, field, found_kind, expected,"
            " reason, action, owner from _refused"
        )
    finally:
        con.unregister("_refused")
