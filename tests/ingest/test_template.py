"""A blank is recognised as its own extract, says what its contract says, and loads filled in."""

import csv
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from ingest.pipeline import load_paths
from ingest.recognise import recognise
from ingest.template import HEADINGS, blank_fields, dictionary, find_contract, write_template
from models.errors import SemhError
from models.extracts import EXTRACTS
from models.settings import Settings
from tests.ingest.tiny import HEADER, ask, pupil


@pytest.mark.parametrize("name", EXTRACTS)
def test_a_blank_is_recognised_and_explained(name: str) -> None:
    contract = EXTRACTS[name]
    for year in (2023, 2024, 2026, 2027):
        fields = blank_fields(contract, year)
        assert recognise(tuple(fields.values())) is contract
    told = [dict(zip(HEADINGS, row, strict=True)) for row in dictionary(contract, fields)]
    for row, (field, header) in zip(told, fields.items(), strict=True):
        spec = contract.columns()[field]
        assert row["column"] == header and row["meaning"] == spec.meaning
        assert all(code in row["codes"] for code in spec.codes or ())
        assert (row["must be filled"] == "yes") == spec.required
        assert row["when it is wrong"]


def _fill(path: Path, extract: str, rows: list[dict]) -> None:
    headers = blank_fields(EXTRACTS[extract], date.today().year)
    by_header = [{headers[k]: v for k, v in row.items() if k in headers} for row in rows]
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as blank:
            columns = next(csv.reader(blank))
        with path.open("a", encoding="utf-8", newline="") as out:
            csv.DictWriter(out, columns).writerows(by_header)
        return
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    columns = [cell.value for cell in sheet[1]]
    for row in by_header:
        sheet.append([row.get(column) for column in columns])
    book.save(path)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_filled_blank_loads(tmp_path: Path, settings: Settings, kind: str) -> None:
    given = {"sc_schoolcensus": [HEADER], "sc_pupilonroll": [pupil(n) for n in range(1, 6)]}
    for extract, rows in given.items():
        path = tmp_path / f"{extract}.{kind}"
        write_template(EXTRACTS[extract], path)
        _fill(path, extract, rows)
    report = load_paths(settings, [tmp_path])
    assert report.ok, report.failed
    loaded = ask(
        settings, "select extract, rows_accepted from load where extract like 'sc%' order by 1"
    )
    assert loaded == [("sc_pupilonroll", 5), ("sc_schoolcensus", 1)]


def test_nothing_is_written_over_and_names_are_checked(tmp_path: Path) -> None:
    contract = find_contract("school_register")
    write_template(contract, tmp_path / "a.xlsx")
    with pytest.raises(SemhError, match="already there"):
        write_template(contract, tmp_path / "a.xlsx")
    with pytest.raises(SemhError, match="neither"):
        write_template(contract, tmp_path / "a.pdf")
    with pytest.raises(SemhError, match="no extract"):
        find_contract("school_registre")
