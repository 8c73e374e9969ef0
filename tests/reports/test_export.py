"""Open data: what the public may read, laid out to the field's standard, and nothing else."""

import csv
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from models.observation import Tier
from models.principal import PUBLIC, Principal
from models.settings import Settings
from publish.snapshot import Snapshot
from reports.export import export
from reports.open_data import COLUMNS, NUMBERS, metadata
from tests.fixture_snapshot import build_fixture


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("export")
    build_fixture(home)
    return home


@pytest.fixture(scope="module")
def made(home) -> dict[str, Path]:
    return {path.name: path for path in export(Settings(home=home), home / "out")}


@pytest.fixture(scope="module")
def data(made) -> pd.DataFrame:
    return pd.read_csv(made["semh_open_data.csv"], dtype=str, keep_default_na=False)


def open_rows(home: Path) -> pd.DataFrame:
    rows = Snapshot.live(Settings(home=home)).release(PUBLIC)
    return rows[rows["area_kind"].isin(["borough", "locality", "ward"])]


def test_every_open_figure_is_there_once(home, data):
    assert list(data.columns) == list(COLUMNS)
    assert len(data) == len(open_rows(home))
    keys = [c for c in COLUMNS if c not in (*NUMBERS.values(), "interval_method", "reliability")]
    assert not data.duplicated(keys).any()


def test_a_hidden_number_is_a_symbol_in_every_column(home, data):
    hidden = (open_rows(home)["status"] == "suppressed").to_numpy()
    assert hidden.any()
    assert (data.loc[hidden, list(NUMBERS.values())] == "c").all(axis=None)
    assert not (data.loc[~hidden, "value"] == "c").any()


def test_no_school_or_provider_is_named(data, home):
    snapshot = Snapshot.live(Settings(home=home))
    assert set(data["geographic_level"]) <= {"Local authority", "Planning area", "Ward"}
    partner = Principal("a partner", Tier.PARTNER)
    names = [n for kind in ("school", "provider") for n in snapshot.areas(partner, kind)["name"]]
    text = (home / "out" / "semh_open_data.csv").read_text(encoding="utf-8-sig")
    assert names
    assert not [name for name in names if name in text]


def test_values_agree_with_the_snapshot(home, data):
    rows = open_rows(home).reset_index(drop=True)
    shown = rows["value"].notna().to_numpy()
    printed = data.loc[shown, "value"].astype(float).to_numpy()
    assert printed == pytest.approx(rows.loc[shown, "value"].to_numpy(), abs=0.51)


def test_metadata_describes_every_filter_and_indicator():
    described = set(metadata()["col_name"])
    assert described == set(COLUMNS[COLUMNS.index("priority") :])


def test_the_workbook_has_contents_symbols_and_no_formula(made):
    book = openpyxl.load_workbook(made["semh_open_data.xlsx"])
    assert book.sheetnames[:2] == ["Cover", "Contents"]
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    own = [c for c in cells if c.data_type == "f" and not str(c.value).startswith("=HYPERLINK")]
    assert own == []
    assert any("[c]" in str(c.value) for c in cells)
    assert not any(sheet.merged_cells.ranges for sheet in book)


def test_synthetic_data_say_so_in_the_folder_and_on_the_cover(made):
    assert "SYNTHETIC" in made
    assert "Synthetic data" in made["about.txt"].read_text(encoding="utf-8")
    cover = openpyxl.load_workbook(made["semh_open_data.xlsx"])["Cover"]
    assert any("Synthetic" in str(c.value) for row in cover.iter_rows() for c in row)


def test_a_name_that_a_spreadsheet_would_run_is_tamed(home, tmp_path, monkeypatch):
    import reports.export as module

    odd = lambda snapshot, profile: pd.DataFrame({"ward_name": ["=1+1", "@x", "-5", "-5x"]})  # noqa: E731
    monkeypatch.setattr(module, "tidy", odd)
    monkeypatch.setattr(module, "write_workbook", lambda *args: args[0].touch())
    path = next(p for p in export(Settings(home=home), tmp_path) if p.name == "semh_open_data.csv")
    with path.open(encoding="utf-8-sig", newline="") as text:
        cells = [row[0] for row in csv.reader(text)][1:]
    assert cells == ["'=1+1", "'@x", "-5", "'-5x"]


def test_a_folder_that_cannot_be_written_is_named(home, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(Exception, match="file"):
        export(Settings(home=home), tmp_path / "file")
