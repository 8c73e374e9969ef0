"""Codes belong to their time: attendance before and after August 2024, exclusion reasons."""

from pathlib import Path

import pytest

from ingest.pipeline import load_paths
from models.settings import Settings
from tests.ingest.tiny import HEADER, ask, pupil, table

KEY = "pupilonrolltableid"


def _census(folder: Path, day: str, term: str, extract: str, rows: list[dict]) -> None:
    """A census of one school and one pupil, with the rows of one more module."""
    folder.mkdir(parents=True, exist_ok=True)
    header = HEADER | {"referencedate": day, "term": term, "year": day[:4]}
    for name, held in (
        ("sc_schoolcensus", [header]),
        ("sc_pupilonroll", [pupil(1)]),
        (extract, [{KEY: "P1"} | row for row in rows]),
    ):
        (folder / f"{name}.csv").write_text(table(name, held), encoding="utf-8")


def _sessions(folder: Path, day: str, term: str, codes: str) -> None:
    rows = [{"attendancereason": code, "sessions": 3} for code in codes.split()]
    _census(folder, day, term, "sc_termlysessiondetailsonroll", rows)


@pytest.mark.parametrize(
    ("day", "term", "kept"),
    [
        ("2024-05-16", "SUM", "H I"),
        ("2024-10-03", "AUT", "C2 H I"),  # it may report either: some schools re-code the summer
        ("2025-01-16", "SPR", "C2 I"),
    ],
)
def test_attendance_codes_are_those_of_the_term_reported(
    tmp_path: Path, settings: Settings, day: str, term: str, kept: str
) -> None:
    _sessions(tmp_path / "in", day, term, "C2 H I")
    load_paths(settings, [tmp_path / "in"])
    assert ask(settings, "select string_agg(code, ' ' order by code) from attendance") == [(kept,)]
    reasons = ask(settings, "select distinct reason from quarantine")
    assert reasons == (
        [] if kept == "C2 H I" else [("attendancereason was not in use on the day",)]
    )


def test_reasons_belong_to_the_day_of_the_suspension(tmp_path: Path, settings: Settings) -> None:
    rows = [
        {"startdate": "2024-11-04", "category": "SUSP", "sessions": 2, "reason1": "CB"},
        {"startdate": "2025-11-03", "category": "SUSP", "sessions": 2, "reason1": "CB",
         "reason2": "DB", "reason3": "MB"},
        {"startdate": "2024-11-06", "category": "SUSP", "sessions": 2, "reason1": "DB",
         "reason2": "OT"},
    ]  # fmt: skip
    _census(tmp_path / "in", "2026-01-15", "SPR", "sc_termlyexclusionsonroll", rows)
    load_paths(settings, [tmp_path / "in"])
    kept = ask(
        settings,
        "select start_date::varchar, reason1, reason2, reason3 from suspension order by 1",
    )
    assert kept == [("2024-11-06", "DB", None, None), ("2025-11-03", "CB", "DB", "MB")]


def test_an_ap_placement_holds_the_school_and_the_setting(
    tmp_path: Path, settings: Settings
) -> None:
    rows = [
        {"entrydate": "2024-09-10", "placementreason": "BHS", "urn": 999002},
        {"entrydate": "2024-09-11", "placementreason": "MHN", "ukprn": 10000001},
        {"entrydate": "2024-09-12", "placementreason": "OTH", "apsettingtype": "OOT"},
    ]
    _census(tmp_path / "in", "2025-01-16", "SPR", "sc_schoolarrangedapdetailonroll", rows)
    load_paths(settings, [tmp_path / "in"])
    held = ask(
        settings,
        "select urn, setting_urn, setting_ukprn, setting_type from ap_placement"
        " order by entry_date",
    )
    assert held == [
        (999001, 999002, None, "URN"),
        (999001, None, 10000001, "UKPRN"),
        (999001, None, None, "OOT"),
    ]


def test_the_ap_census_says_where_a_pupil_came_from(tmp_path: Path, settings: Settings) -> None:
    rows = [{"prevurn": 999003, "apreason": "PEX", "senprovisionentry": "K"}]
    _census(tmp_path / "in", "2025-01-16", "SPR", "sc_approvisiondetailonroll", rows)
    load_paths(settings, [tmp_path / "in"])
    assert ask(settings, "select urn, previous_urn, reason, on_roll from ap_census") == [
        (999001, 999003, "PEX", True)
    ]
