"""A tiny warehouse to measure in, built from rows as people write them."""

from datetime import date, datetime

import duckdb

from metrics.catalogue import find_metric
from metrics.measure import measure_metric, prepare
from metrics.measure.example import insert_rows
from models.borough import load_borough
from models.warehouse import FACTS, statements

PROFILE = load_borough("rotherham")


def warehouse(**tables):
    """An empty warehouse with the given rows; facts belong to one current load, `load`."""
    con = duckdb.connect()
    for statement in statements():
        con.execute(statement)
    add_load(con, "load")
    for table, rows in tables.items():
        add_rows(con, table, rows)
    return con


def add_load(con, load_id, extract="extract"):
    """A load in the ledger."""
    con.execute(
        "insert into load (load_id, file, content_hash, extract, rows_read, rows_accepted,"
        " rows_quarantined, loaded_at, code_version, synthetic)"
        " values (?, 'file', '', ?, 0, 0, 0, ?, '', true)",
        [load_id, extract, datetime(2026, 1, 1)],
    )


def add_rows(con, table, rows, load_id="load"):
    """Rows into a table; a fact's rows belong to a load."""
    if not rows:
        return
    if table in FACTS:
        rows = [{"load_id": load_id, **row} for row in rows]
    insert_rows(con, table, rows)


def measured(con, metric_id, to=date(2099, 12, 31)):
    """A metric's observations as dicts, complete to a day (None: read it from the data)."""
    file = find_metric(metric_id)
    prepare(con, PROFILE, [file])
    return measure_metric(con, PROFILE, file, known_to=to).to_dict("records")


def cells(rows, *numbers):
    """Numbers of observations by period start, kind of area or breakdown, and area or category."""
    return {_cell(row): tuple(row[name] for name in numbers) for row in rows}


def _cell(row):
    start = row["period_start"].date()
    if row["area_kind"] != "borough":
        return start, row["area_kind"], row["area_id"]
    return start, row["breakdown"], row["category"]


def pupil(person, census=date(2025, 1, 16), **rest):
    """A row of the pupil census: a pupil on roll with an SEMH need, unless told otherwise."""
    row = {
        "census_date": census,
        "person_id": person,
        "urn": 900001,
        "enrol_status": "C",
        "on_roll": True,
        "sen_provision": "K",
        "primary_need": "SEMH",
        "sex": None,
        "lsoa": None,
        "fsm": None,
        "sessions_possible": None,
    }
    return row | rest


def suspension(person, day, **rest):
    """A suspension that began on a day."""
    return {"start_date": day, "person_id": person, "urn": 900001, "category": "SUSP"} | rest
