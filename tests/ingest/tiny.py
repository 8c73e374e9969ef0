"""Tiny extracts made by hand, in the layouts of the contracts, and a look into the warehouse."""

import csv
import io
from pathlib import Path

import duckdb

from models.extracts import EXTRACTS
from models.settings import Settings


def ask(settings: Settings, query: str) -> list[tuple]:
    """Rows of the warehouse."""
    with duckdb.connect(str(settings.warehouse), read_only=True) as con:
        return con.execute(query).fetchall()


def table(extract: str, rows: list[dict], *, delimiter: str = ",", year: int = 2025) -> str:
    """CSV text of an extract in its own layout; fields not given are blank."""
    layout = EXTRACTS[extract].layout(year, "spring")
    text = io.StringIO()
    writer = csv.DictWriter(text, list(layout), delimiter=delimiter, lineterminator="\n")
    writer.writerow(layout)
    writer.writerows(rows)
    return text.getvalue()


HEADER = {
    "schoolcensustableid": "C1", "term": "SPR", "year": 2025, "lea": "372", "estab": "4000",
    "referencedate": "2025-Jan-16 00:00:00", "urn": 999001,
}  # fmt: skip


def pupil(number: int, **changes: object) -> dict:
    """A made-up registration; UPNs of this form were never issued."""
    return {
        "pupilonrolltableid": f"P{number}", "schoolcensustableid": "C1",
        "upn": f"Z{number:012d}", "surname": f"Madeupsurname{number}", "forename": "Test",
        "dob": "2012-Mar-04 00:00:00", "sex": "F", "entrydate": "2020-09-01",
        "enrolstatus": "C", "senprovision": "K", "ncyearactual": "8", "ethnicity": "WBRI",
    } | changes  # fmt: skip


def census(folder: Path, pupils: list[dict], needs: list[dict] | None = None) -> Path:
    """Write a tiny spring census of 2025: header, pupils, needs."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (
        ("schoolcensus", [HEADER]),
        ("pupilonroll", pupils),
        ("senneeds", needs or []),
    ):
        path = folder / f"2025_spring_{name}.csv"
        path.write_text(table(f"sc_{name}", rows), encoding="utf-8")
    return folder
