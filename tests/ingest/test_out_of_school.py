"""Reduced timetables, nil returns, home education, missing education, disputes and waits."""

import json
from pathlib import Path

import pytest

from ingest.pipeline import LoadReport, load_paths
from models.settings import Settings
from tests.ingest.tiny import ask, census, pupil, table

UPN = "Z000000000001"


def _write(folder: Path, extract: str, rows: list[dict]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{extract}.csv").write_text(table(extract, rows), encoding="utf-8")


def test_a_nil_return_is_a_row_and_no_return_is_none(tmp_path: Path, settings: Settings) -> None:
    rows = [
        {"urn": 999001, "month": "2025-03-01", "pupils_on_reduced_timetable": 0},
        {"urn": 999002, "month": "2025-03-15", "pupils_on_reduced_timetable": 2},
        {"urn": 999003, "month": "2025-03-01", "pupils_on_reduced_timetable": ""},
    ]
    _write(tmp_path / "in", "reduced_timetable_return", rows)
    load_paths(settings, [tmp_path / "in"])
    held = ask(
        settings, "select urn, month::varchar, pupils from reduced_timetable_return order by 1"
    )
    assert held == [(999001, "2025-03-01", 0), (999002, "2025-03-01", 2)]
    assert ask(settings, "select reason from quarantine") == [
        ("pupils_on_reduced_timetable is missing",)
    ]


def test_a_child_is_one_across_the_census_and_every_register(
    tmp_path: Path, settings: Settings
) -> None:
    folder = census(tmp_path / "in", [pupil(1)])
    began = {"upn": UPN, "start_date": "2025-02-03"}
    _write(folder, "reduced_timetable",
           [began | {"timetable_id": "T1", "urn": 999001, "hours_a_week": 12.5}])  # fmt: skip
    _write(folder, "ehe", [began | {"ehe_id": "H1", "suitability": "Y"}])
    _write(folder, "missing_education", [began | {"cme_id": "M1"}])
    _write(folder, "dispute", [{"dispute_id": "D1", "upn": UPN, "kind": "APP", "about": "ASS",
           "registered_date": "2025-02-03"}])  # fmt: skip
    _write(folder, "place_wait", [{"wait_id": "W1", "upn": UPN, "asked_date": "2025-02-03"}])
    report = load_paths(settings, [folder])
    assert report.ok, report.failed
    assert ask(settings, "select count(*) from person") == [(1,)]
    facts = ("reduced_timetable", "ehe", "missing_education", "dispute", "place_wait")
    for fact in facts:
        joined = f"select count(*) from live_{fact} f join person p on p.person_id = f.person_id"
        assert ask(settings, joined) == [(1,)], fact


def test_children_without_a_upn_are_not_taken_for_each_other(
    tmp_path: Path, settings: Settings
) -> None:
    rows = [{"ehe_id": f"H{n}", "start_date": "2025-02-03", "dob": "2012-03-04"} for n in (1, 2)]
    _write(tmp_path / "in", "ehe", rows)
    load_paths(settings, [tmp_path / "in"])
    assert ask(settings, "select count(distinct person_id), count(*) from ehe") == [(2, 2)]
    assert ask(settings, "select distinct birth_month::varchar from person") == [("2012-03-01",)]


@pytest.fixture
def truth(borough: Path) -> dict:
    return json.loads((borough / "truth.json").read_text(encoding="utf-8"))


def test_returns_come_out_as_simulated(truth: dict, loaded: tuple[Settings, LoadReport]) -> None:
    """By month: schools that returned, nil returns, pupils told of; but for refused rows."""
    settings, _ = loaded
    months = ask(
        settings,
        "select strftime(month, '%Y-%m'), count(*), count(*) filter (where pupils = 0),"
        " sum(pupils) from live_reduced_timetable_return group by 1",
    )
    file = "out_of_school/reduced_timetable_return.csv"
    spoiled = sum(f["file"] == file and f["kind"] != "duplicate row" for f in truth["faults"])
    planted = truth["reduced_timetables"]
    assert 0 < spoiled < 10
    assert sum(n for _, n, _, _ in months) == sum(m["returned"] for m in planted.values()) - spoiled
    for month, returned, nil, _ in months:
        assert planted[month]["returned"] - spoiled <= returned <= planted[month]["returned"]
        assert planted[month]["nil"] - spoiled <= nil <= planted[month]["nil"]
        assert returned < planted[month]["asked"] or returned == planted[month]["returned"]


def test_a_school_that_told_nothing_has_no_timetable_in_the_warehouse(
    loaded: tuple[Settings, LoadReport],
) -> None:
    settings, _ = loaded
    silent = ask(
        settings,
        "select count(*) from live_reduced_timetable t where t.urn not in"
        " (select urn from live_reduced_timetable_return)",
    )
    assert silent == [(0,)]


def test_what_the_flags_of_sen2_say_is_in_the_register_of_disputes(
    truth: dict, loaded: tuple[Settings, LoadReport]
) -> None:
    """A refused request marked as mediated or appealed is a dispute about it of the same child."""
    settings, _ = loaded
    told = ask(
        settings,
        "select count(*), count(d.person_id) from (select distinct person_id from"
        " live_ehc_request where outcome = 'N' and mediation) r left join (select distinct"
        " person_id from live_dispute where kind = 'MED' and about = 'ASS') d using (person_id)",
    )
    [(marked, found)] = told
    spoiled = sum(f["file"] == "placement/dispute.csv" for f in truth["faults"])
    assert marked > 0 and marked - found <= spoiled


def test_pupils_of_alternative_provision_are_on_its_roll_that_day(
    loaded: tuple[Settings, LoadReport],
) -> None:
    settings, _ = loaded
    [(rows, on_roll, known)] = ask(
        settings,
        "select count(*), count(c.person_id), count(a.previous_urn) from live_ap_census a"
        " left join live_pupil_census c on c.person_id = a.person_id and c.urn = a.urn"
        " and c.census_date = a.census_date and c.on_roll where a.on_roll",
    )
    assert rows == on_roll > 0 and known > 0.5 * rows
