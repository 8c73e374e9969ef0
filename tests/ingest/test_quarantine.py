"""Refused rows: sealed as they came, handed back whole, gone once they are put right."""

import csv
import io
from pathlib import Path

import pytest

from ingest.pipeline import load_paths
from ingest.raw_lines import raw_path, read_raw_lines
from ingest.report import write_quarantine_csv
from models.errors import SemhError
from models.settings import Settings
from tests.ingest.tiny import ask, census, pupil

GOOD = [pupil(n) for n in range(1, 6)]
WRONG = pupil(8, upn="wrong-upn", surname="=1+1", forename='Jo "JJ"')


def _handed_back(settings: Settings) -> list[dict]:
    text = io.StringIO()
    count = write_quarantine_csv(settings, text)
    rows = list(csv.DictReader(io.StringIO(text.getvalue())))
    assert len(rows) == count
    return rows


def _with_strange_lines(folder: Path) -> list[str]:
    """A census whose pupils stand between empty and broken lines; returns the file's lines."""
    census(folder, [*GOOD, WRONG])
    path = folder / "2025_spring_pupilonroll.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[2:2] = ["", "far,too,few"]
    lines[-1:-1] = [""]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return lines


def test_a_refused_row_comes_back_as_it_came(tmp_path: Path, settings: Settings) -> None:
    lines = _with_strange_lines(tmp_path / "in")
    load_paths(settings, [tmp_path / "in"])
    rows = _handed_back(settings)
    assert [int(row["line"]) for row in rows] == [4, len(lines)]
    for row in rows:
        assert row["raw"] == lines[int(row["line"]) - 1]
        assert row["reasons"] and row["what to do"] and row["owner"]
        assert row["file"] == "2025_spring_pupilonroll.csv"
    assert "wrong-upn" in rows[1]["raw"] and "=1+1" in rows[1]["raw"]


def test_every_reason_of_a_row_is_on_its_one_line(tmp_path: Path, settings: Settings) -> None:
    load_paths(settings, [census(tmp_path / "in", [*GOOD, pupil(9, upn="x", dob="y")])])
    (row,) = _handed_back(settings)
    reasons = ask(settings, "select reason, action from quarantine")
    assert len(reasons) == 2
    for reason, action in reasons:
        assert reason in row["reasons"] and action in row["what to do"]


def test_words_beside_the_raw_text_are_no_formula(tmp_path: Path, settings: Settings) -> None:
    folder = census(tmp_path / "in", [*GOOD, WRONG])
    (folder / "2025_spring_pupilonroll.csv").rename(folder / "=cmd() 2025_spring_pupils.csv")
    load_paths(settings, [folder])
    (row,) = _handed_back(settings)
    assert row["file"].startswith("'=cmd()")


def test_what_is_kept_is_sealed(tmp_path: Path, settings: Settings) -> None:
    load_paths(settings, [census(tmp_path / "in", [*GOOD, WRONG])])
    (kept,) = settings.quarantine.iterdir()
    assert b"wrong-upn" not in kept.read_bytes()
    load_id = kept.name.removesuffix(".sealed")
    assert [line for line, _ in read_raw_lines(settings, load_id)] == [7]


def test_rows_put_right_are_cleared(tmp_path: Path, settings: Settings) -> None:
    folder = census(tmp_path / "in", [*GOOD, WRONG])
    load_paths(settings, [folder])
    assert list(settings.quarantine.iterdir())
    census(folder, [*GOOD, pupil(8)])
    load_paths(settings, [folder])
    assert _handed_back(settings) == []
    assert not list(settings.quarantine.iterdir()), "the sealed rows went with the correction"


def test_rows_put_right_in_part_leave_the_rest(tmp_path: Path, settings: Settings) -> None:
    folder = census(tmp_path / "in", [*GOOD, WRONG, pupil(9, dob="soon")])
    load_paths(settings, [folder])
    census(folder, [*GOOD, pupil(8), pupil(9, dob="soon")])
    load_paths(settings, [folder])
    (row,) = _handed_back(settings)
    assert row["line"] == "8" and "soon" in row["raw"]
    assert len(list(settings.quarantine.iterdir())) == 1


def test_a_lost_key_is_said_when_rows_are_handed_back(tmp_path: Path, settings: Settings) -> None:
    load_paths(settings, [census(tmp_path / "in", [*GOOD, WRONG])])
    before = ask(settings, "select load_id from load order by 1")
    (settings.keys / "vault.key").unlink()
    with pytest.raises(SemhError, match="is gone"):
        _handed_back(settings)
    with pytest.raises(SemhError, match="is gone"):
        load_paths(settings, [census(tmp_path / "in", [*GOOD, pupil(8, upn="worse")])])
    assert ask(settings, "select load_id from load order by 1") == before


def test_a_file_cut_off_is_said(tmp_path: Path, settings: Settings) -> None:
    load_paths(settings, [census(tmp_path / "in", [*GOOD, WRONG])])
    (kept,) = settings.quarantine.iterdir()
    kept.write_bytes(kept.read_bytes()[:-7])
    with pytest.raises(SemhError, match="damaged"):
        _handed_back(settings)


def test_what_no_load_needs_is_swept(tmp_path: Path, settings: Settings) -> None:
    load_paths(settings, [census(tmp_path / "in", [*GOOD, WRONG])])
    for name in ("never-ended.sealed", "half.sealed.new"):
        (settings.quarantine / name).write_bytes(b"left behind")
    (load_id,) = ask(settings, "select distinct load_id from quarantine")[0]
    load_paths(settings, [tmp_path / "in"])
    assert [p for p in settings.quarantine.iterdir()] == [raw_path(settings, load_id)]
