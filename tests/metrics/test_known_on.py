"""Figures as they were known: load, correct, and measure again as known before."""

import sys
from datetime import date, datetime
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from tiny import PROFILE, add_rows, pupil, warehouse

from metrics.catalogue import find_metric
from metrics.measure import measure_all
from metrics.measure.run import tables_of_day

JANUARY, BETWEEN = date(2025, 1, 16), date(2025, 6, 30)


@pytest.fixture
def corrected():
    """Twelve pupils, two of them with SEMH; corrected in September to five of the twelve."""
    con = warehouse()
    con.execute("delete from load")
    for load_id, when, semh in (
        ("first", datetime(2025, 2, 3), 2),
        ("put right", datetime(2025, 9, 8), 5),
    ):
        con.execute(
            "insert into load (load_id, file, content_hash, extract, rows_read, rows_accepted,"
            " rows_quarantined, loaded_at, code_version, synthetic)"
            " values (?, 'file', '', 'sc_pupilonroll', 12, 12, 0, ?, '', true)",
            [load_id, when],
        )
        need = ["SEMH"] * semh + ["SLCN"] * (12 - semh)
        rows = [pupil(f"child {i}", JANUARY, primary_need=need[i]) for i in range(12)]
        add_rows(con, "pupil_census", rows, load_id=load_id)
    con.execute("update load set superseded_by = 'put right' where load_id = 'first'")
    return con


def share(con, table):
    query = f"select value, loads from {table} where breakdown = 'all' and area_kind = 'borough'"
    return con.execute(query).fetchall()


def test_what_was_known_before_the_correction_is_measured_again(corrected):
    files = [find_metric("semh_pupils_share")]
    measure_all(corrected, PROFILE, files=files)
    measure_all(corrected, PROFILE, files=files, known_on=BETWEEN)
    ((now, loads_now),) = share(corrected, "observation")
    ((then, loads_then),) = share(corrected, tables_of_day(BETWEEN)[0])
    assert (now, then) == (pytest.approx(500 / 12), pytest.approx(200 / 12))
    assert loads_now != loads_then


def test_the_present_is_what_is_read_after_a_look_back(corrected):
    files = [find_metric("semh_pupils_share")]
    measure_all(corrected, PROFILE, files=files, known_on=BETWEEN)
    measure_all(corrected, PROFILE, files=files)
    assert share(corrected, "observation")[0][0] == pytest.approx(500 / 12)


def test_before_the_first_load_nothing_was_known(corrected):
    day = date(2025, 1, 31)
    files = [find_metric("semh_pupils_share")]
    report = measure_all(corrected, PROFILE, files=files, known_on=day)
    assert list(report.unavailable) == ["semh_pupils_share"]
    assert share(corrected, tables_of_day(day)[0])[0][0] is None
