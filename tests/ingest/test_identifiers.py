"""No identifier that goes in is found in any byte left behind; refused rows are sealed."""

import csv
import logging
from pathlib import Path

import duckdb
import pytest

from ingest.pipeline import LoadReport, load_paths
from models.extract import Mark
from models.extracts import EXTRACTS
from models.settings import Settings
from tests.ingest.tiny import census, pupil

IDENTIFYING = {
    name
    for contract in EXTRACTS.values()
    for name, spec in contract.columns().items()
    if spec.mark is Mark.IDENTIFIER
}


NO_IDENTIFIERS = {"unknown"}
"""A word planted where a UPN belongs; plain sentences of the program hold it too."""


def _identifiers(borough: Path) -> set[str]:
    """Every identifying value of the extracts: UPNs, NHS numbers, names, dates, postcodes, ids."""
    found: set[str] = set()
    for path in borough.rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as text:
            for row in csv.DictReader(text):
                found |= {v for k, v in row.items() if k and v and k.lower() in IDENTIFYING}
    found -= _names_of_places(borough) | NO_IDENTIFIERS
    return {value for value in found if len(value) >= 6}


def _names_of_places(borough: Path) -> set[str]:
    """Words of school and provider names, which are public and share syllables with surnames."""
    words: set[str] = set()
    for path in (*borough.rglob("*register.csv"), *borough.rglob("places*.csv")):
        words |= set(path.read_text(encoding="utf-8").replace(",", " ").split())
    return words - {value for value in words if any(c.isdigit() for c in value)}


def _left_behind(settings: Settings) -> list[Path]:
    return [p for p in settings.home.rglob("*") if p.is_file()]


def test_bytes_left_behind_hold_no_identifier(
    borough: Path, loaded: tuple[Settings, LoadReport]
) -> None:
    settings, _ = loaded
    identifiers = _identifiers(borough)
    assert len(identifiers) > 1000
    files = _left_behind(settings)
    assert settings.warehouse in files
    assert any(p.parent == settings.quarantine for p in files), "refused rows are looked at too"
    assert any(p.parent.name == "linkage" for p in files), "the linkage store is looked at too"
    assert {"first_name", "surname", "forename", "upn", "nhs_number", "dob"} <= IDENTIFYING
    for path in files:
        content = path.read_bytes()
        found = sum(value.encode() in content for value in identifiers)
        assert not found, f"{found} identifiers in {path.name}"


def test_no_column_of_the_warehouse_holds_an_identifier(
    borough: Path, loaded: tuple[Settings, LoadReport]
) -> None:
    """Pages are compressed, so the values are looked at as well as the bytes."""
    settings, _ = loaded
    identifiers = _identifiers(borough)
    with duckdb.connect(str(settings.warehouse), read_only=True) as con:
        columns = con.execute(
            "select table_name, column_name from duckdb_columns()"
            " where data_type = 'VARCHAR' and not internal"
        ).fetchall()
        assert len(columns) > 50
        for table, column in columns:
            held = {v for (v,) in con.execute(f"select distinct {column} from {table}").fetchall()}
            assert not held & identifiers, f"{table}.{column}"


def test_days_of_birth_are_not_kept(loaded: tuple[Settings, LoadReport]) -> None:
    settings, _ = loaded
    with duckdb.connect(str(settings.warehouse), read_only=True) as con:
        days = con.execute("select distinct day(birth_month) from person").fetchall()
    assert days == [(1,)]


def test_neither_errors_nor_logs_show_a_value(
    tmp_path: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    rows = [pupil(1, upn="SECRET-UPN-1"), pupil(2, dob="SECRET-DOB"), pupil(3)]
    with caplog.at_level(logging.DEBUG):
        report = load_paths(settings, [census(tmp_path / "in", rows)])
    said = caplog.text + repr(report)
    assert "SECRET" not in said and "Z000000000003" not in said and "Madeupsurname" not in said
    with duckdb.connect(str(settings.warehouse), read_only=True) as con:
        assert "SECRET" not in str(con.execute("from quarantine").fetchall())
    assert not any(b"SECRET" in p.read_bytes() for p in _left_behind(settings))
