"""Batch checks: what is clean passes, what is planted is found, and nothing is sent anywhere."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from expectations.batch_checks import CHECKS
from expectations.local import CARRIED_ON, KNOWN_SUPPORT, LISTED
from expectations.published import PUBLISHED
from expectations.run import check_batch
from expectations.volumes import CEASED_BEFORE_START, PLANS_STEADY, VOLUME
from ingest.pipeline import LoadReport
from models.extracts import EXTRACTS
from models.feeds import FEEDS
from models.settings import Settings
from models.warehouse import DIMENSIONS, FACTS, statements
from tests.ingest.tiny import ask

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def con():
    with duckdb.connect() as made:
        for statement in statements():
            made.execute(statement)
        made.execute(
            "insert into load values ('L', 'f', 'h', 'sen2_namedplan', '2025', 0, 0, 0, null, null,"
            " now()::timestamp, '1', true, null)"
        )
        yield made


def _found(con: duckdb.DuckDBPyConnection, extract: str) -> dict[str, int]:
    results = check_batch(con, {extract}, datetime(2026, 1, 1))
    return {r.label: r.found for r in results}


def test_a_plan_that_ends_before_it_starts_is_found(con: duckdb.DuckDBPyConnection) -> None:
    plan = (
        "insert into ehc_plan (plan_id, start_date, cease_date, load_id)"
        " values (?, '2024-01-01', ?, 'L')"
    )
    con.execute(plan, ["clean", "2024-06-01"])
    label = CEASED_BEFORE_START.label
    assert set(_found(con, "sen2_namedplan").values()) == {0}
    con.execute(plan, ["wrong", "2023-06-01"])
    assert {k: v for k, v in _found(con, "sen2_namedplan").items() if v} == {label: 1}
    held = con.execute(
        "select passed, found, unit, facts, load_id from expectation_result"
        " where check_id = 'plan-ends-before-start'"
    ).fetchall()
    assert held == [(False, 1, "plans", "ehc_plan", "L")], "the newest takes the last one's place"


def test_a_jump_like_the_real_release_is_found(con: duckdb.DuckDBPyConnection) -> None:
    """The published figures print 302, 6,078 and 493 new plans for one authority."""
    for year, plans in ((2023, 302), (2024, 6078), (2025, 493)):
        con.execute(
            f"insert into ehc_plan (plan_id, snapshot_date, load_id)"
            f" select 'p' || i, make_date({year}, 1, 16), 'L' from range({plans}) r(i)"
        )
    assert _found(con, "sen2_activeplans")[PLANS_STEADY.label] == 2


def test_a_census_that_lost_schools_is_held(con: duckdb.DuckDBPyConnection) -> None:
    for day, pupils in (("2024-01-18", 1000), ("2025-01-16", 700)):
        con.execute(
            "insert into pupil_census (census_date, term, person_id, urn, on_roll, load_id)"
            f" select '{day}'::date, 'spring', 'p' || i, i % 20, true, 'L'"
            f" from range({pupils}) r(i)"
        )
    results = check_batch(con, {"sc_pupilonroll"}, datetime(2026, 1, 1))
    failed = {r.check_id: (r.severity, r.found) for r in results if not r.passed}
    assert failed.pop("census-volume") == ("hold", 1)
    assert failed == {"sc-pupilonroll-fresh": ("warn", 1), "year-group-missing": ("warn", 700)}


def test_one_late_school_is_a_warning_and_no_hold(con: duckdb.DuckDBPyConnection) -> None:
    """In a small borough one school is more than a tenth of the roll."""
    for day, schools in (("2024-01-18", 4), ("2025-01-16", 3)):
        con.execute(
            "insert into pupil_census (census_date, term, person_id, urn, year_group, on_roll,"
            f" load_id) select '{day}'::date, 'spring', 'p' || i, i % {schools}, '8', true, 'L'"
            f" from range({schools} * 100) r(i)"
        )
    assert _found(con, "sc_pupilonroll")[VOLUME.label] == 0


def test_a_balance_that_is_not_carried_on_is_found(con: duckdb.DuckDBPyConnection) -> None:
    year = (
        "insert into dsg_balance (financial_year, brought_forward, carried_forward, load_id) values"
    )
    con.execute(year + " (2022, 0, -500, 'L'), (2023, -500, -700, 'L'), (2025, -1, 0, 'L')")
    assert _found(con, "dsg_balance")[CARRIED_ON.label] == 0, "2024 is not there to compare with"
    con.execute(year + " (2024, -699, -2, 'L')")
    assert _found(con, "dsg_balance")[CARRIED_ON.label] == 2


def test_support_that_no_register_knows_is_found(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("insert into intervention (intervention_id, load_id) values ('A', 'L'), ('B', 'L')")
    assert _found(con, "interventions_delivered")[KNOWN_SUPPORT.label] == 0, "no register yet"
    con.execute("insert into intervention_register (intervention_id, load_id) values ('A', 'L')")
    assert _found(con, "interventions_delivered")[KNOWN_SUPPORT.label] == 1


def test_a_return_that_is_not_its_list_is_found(con: duckdb.DuckDBPyConnection) -> None:
    """Two pupils in May and one in June; April's list has one, and the second school has none."""
    con.execute("insert into reduced_timetable (urn, person_id, start_date, end_date, load_id)"
                " values (1, 'p', '2025-05-31', null, 'L'),"
                " (1, 'q', '2025-04-02', '2025-05-01', 'L')")  # fmt: skip
    returned = "insert into reduced_timetable_return (urn, month, pupils, load_id) values "
    con.execute(returned + "(1, '2025-05-01', 2, 'L'), (1, '2025-06-01', 1, 'L')")
    assert _found(con, "reduced_timetable_return")[LISTED.label] == 0
    con.execute(returned + "(1, '2025-04-01', 0, 'L'), (2, '2025-06-01', 3, 'L')")
    assert _found(con, "reduced_timetable_return")[LISTED.label] == 2


def test_the_clean_borough_is_not_held(loaded: tuple[Settings, LoadReport]) -> None:
    settings, _ = loaded
    held = ask(
        settings,
        "select label from expectation_result where not passed and severity = 'hold'",
    )
    assert held == []
    loaded_extracts = {x for (x,) in ask(settings, "select distinct extract from load")}
    expected = {c.check_id for c in CHECKS if c.extract in loaded_extracts}
    checked = {x for (x,) in ask(settings, "select check_id from expectation_result")}
    assert expected <= checked and len(expected) > 100


def test_every_check_says_what_to_do_and_who() -> None:
    assert len({c.check_id for c in CHECKS}) == len(CHECKS) == len({c.label for c in CHECKS})
    known = {*FACTS, *DIMENSIONS, "published_statistic"}
    for check in CHECKS:
        assert check.facts and set(check.facts) <= known, check.check_id
        assert check.extract in EXTRACTS or check.extract == PUBLISHED
        assert check.action and check.owner and check.unit and check.severity in ("hold", "warn")
        assert check.lowest is not None or check.highest is not None


def test_nothing_is_sent_and_no_file_is_made(
    con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a check tried to reach the network")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    con.execute("insert into ehc_plan (plan_id, load_id) values ('p', 'L')")
    assert _found(con, "sen2_namedplan")
    assert not list(tmp_path.iterdir())


def test_importing_the_room_does_not_import_great_expectations() -> None:
    code = (
        "import sys, expectations.run, ingest.pipeline; print('great_expectations' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_what_each_extract_feeds_is_what_it_left_in_the_warehouse(
    loaded: tuple[Settings, LoadReport],
) -> None:
    assert set(FEEDS) == set(EXTRACTS)
    for fact in FACTS:
        left = ask(
            loaded[0], f"select distinct l.extract from {fact} f join load l using (load_id)"
        )
        for (extract,) in left:
            assert fact in FEEDS[extract], f"{extract} feeds {fact}"
