"""Files and folders that would hang, fill the memory or end up readable by all."""

import os
import resource
import stat
import zipfile
from pathlib import Path

import pytest

from ingest.pipeline import load_paths
from ingest.published.sheets import sheets
from models.settings import Settings
from models.store import open_warehouse
from tests.ingest.tiny import census, pupil

SMALL = [pupil(n) for n in range(1, 4)]


def test_a_pipe_is_refused_and_the_rest_is_loaded(tmp_path: Path, settings: Settings) -> None:
    census(tmp_path / "in", SMALL)
    os.mkfifo(tmp_path / "in" / "a_pipe.csv")
    report = load_paths(settings, [tmp_path / "in"])
    assert [name for name, _ in report.failed] == ["a_pipe.csv"]
    assert "pipe" in report.failed[0][1]
    assert report.loads


def test_a_link_to_a_folder_above_ends(tmp_path: Path, settings: Settings) -> None:
    census(tmp_path / "in", SMALL)
    (tmp_path / "in" / "round").symlink_to(tmp_path / "in")
    report = load_paths(settings, [tmp_path / "in"])
    assert report.ok and report.loads
    assert not [name for name in report.unchanged if "round" in name]


def test_a_home_may_hold_a_quotation_mark(tmp_path: Path) -> None:
    census(tmp_path / "in", SMALL)
    assert load_paths(Settings(home=tmp_path / "o'brien"), [tmp_path / "in"]).ok


def test_the_warehouse_and_its_log_are_their_owners(tmp_path: Path, settings: Settings) -> None:
    census(tmp_path / "in", SMALL)
    settings.home.mkdir(mode=0o755)
    load_paths(settings, [tmp_path / "in"])
    settings.warehouse.chmod(0o644)
    with open_warehouse(settings) as con:
        con.execute("create table written as select 1 as one")
        kept = [settings.warehouse.with_name("warehouse.duckdb.wal")]
        assert all(_rights(path) == 0o600 for path in kept if path.exists())
    assert _rights(settings.warehouse) == 0o600


def _rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_header_of_a_packed_table_is_read_without_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "packed.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("x.csv", "w") as out,
    ):
        out.write(b"colour,size\n")
        for _ in range(192):
            out.write(b"red,1\n" * (1 << 18))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert [sheet.columns for sheet in sheets(path)] == [("colour", "size")]
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 100 * 1024, f"{grown} KB for a header"


@pytest.mark.parametrize("packed", [False, True])
def test_a_table_is_read_whole_when_asked(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "plain.csv"
    path.write_bytes(b"colour,size\nred,1\nblue,2\n")
    if packed:
        with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
            archive.write(path, "plain.csv")
        path = tmp_path / "p.zip"
    (sheet,) = sheets(path)
    assert sheet.read()["size"].to_list() == ["1", "2"]
