"""Every way a text table may be written, and every way it may be broken."""

import gzip
import zipfile
from pathlib import Path

import pytest

from ingest.pipeline import load_paths
from ingest.raw_lines import read_raw_lines
from models.settings import Settings
from tests.ingest.tiny import HEADER, ask, census, pupil, table

PUPILS = [pupil(n, surname="Ångström") for n in range(1, 21)]


def _only_pupils(folder: Path, content: bytes, name: str = "2025_spring_pupilonroll.csv") -> Path:
    census(folder, [])
    (folder / "2025_spring_pupilonroll.csv").unlink()
    (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "|"), ("utf-16-le", ","), ("cp1252", "\t")],
)
def test_encodings_and_delimiters(
    tmp_path: Path, settings: Settings, encoding: str, delimiter: str
) -> None:
    text = table("sc_pupilonroll", PUPILS, delimiter=delimiter)
    report = load_paths(settings, [_only_pupils(tmp_path / "in", text.encode(encoding))])
    assert report.ok, report.failed
    assert ask(settings, "select count(*) from pupil_census") == [(20,)]


def test_names_say_nothing(tmp_path: Path, settings: Settings) -> None:
    """Files are known by their columns and dated by the census they belong to."""
    folder = census(tmp_path / "in", PUPILS)
    for number, path in enumerate(sorted(folder.iterdir())):
        path.rename(folder / f"{number}.dat")
    assert load_paths(settings, [folder]).ok
    assert ask(settings, "select distinct period from load where extract like 'sc_%'") == [
        ("2025-spring",)
    ]
    assert ask(settings, "select distinct census_date::varchar from pupil_census") == [
        ("2025-01-16",)
    ]


@pytest.mark.parametrize("packed_as", ["zip", "gz", "zip called gz"])
def test_packed(tmp_path: Path, settings: Settings, packed_as: str) -> None:
    folder = census(tmp_path / "in", PUPILS)
    for path in list(folder.iterdir()):
        content = path.read_bytes()
        path.unlink()
        if packed_as == "gz":
            path.with_suffix(".csv.gz").write_bytes(gzip.compress(content))
        else:
            suffix = ".zip" if packed_as == "zip" else ".gz"
            with zipfile.ZipFile(path.with_suffix(suffix), "w") as archive:
                archive.writestr(path.name, content)
    report = load_paths(settings, [folder])
    assert report.ok, report.failed
    assert ask(settings, "select count(*) from pupil_census") == [(20,)]


def test_three_styles_of_date(tmp_path: Path, settings: Settings) -> None:
    styles = ("2012-Mar-04 00:00:00", "2012-03-04", "04/03/2012")
    folder = census(tmp_path / "in", [pupil(n, dob=style) for n, style in enumerate(styles)])
    load_paths(settings, [folder])
    months = ask(settings, "select distinct birth_month::varchar from person")
    assert months == [("2012-03-01",)]


def _broken(kind: str) -> bytes:
    whole = table("sc_pupilonroll", PUPILS).encode()
    packed = gzip.compress(whole)
    return {
        "empty": b"",
        "cut off in a row": whole[: len(whole) // 2].rstrip(b"\n,") + b",x",
        "cut-off gz": packed[: len(packed) // 2],
        "cut-off zip": b"PK\x03\x04" + whole[:200],
        "no text encoding": whole.replace(b"Test", b"\x81\x8d\x8f\x90", 1),
    }[kind]


@pytest.mark.parametrize(
    "kind", ["empty", "cut off in a row", "cut-off gz", "cut-off zip", "no text encoding"]
)
def test_broken_file_holds_back_its_census(tmp_path: Path, settings: Settings, kind: str) -> None:
    good = census(tmp_path / "good", PUPILS)
    assert load_paths(settings, [good]).ok
    before = ask(settings, "select count(*) from live_pupil_census")
    report = load_paths(settings, [_only_pupils(tmp_path / "bad", _broken(kind))])
    assert not report.ok
    words = " ".join(why for _, why in report.failed)
    assert "expected" in words and "Next:" in words
    assert ask(settings, "select count(*) from live_pupil_census") == before


def test_binary_is_not_recognised(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "photo.csv").write_bytes(bytes(range(256)) * 40)
    report = load_paths(settings, [tmp_path / "photo.csv"])
    assert not report.loads
    assert [name for name, _ in report.unrecognised + report.failed] == ["photo.csv"]


def test_nothing_there(tmp_path: Path, settings: Settings) -> None:
    report = load_paths(settings, [tmp_path / "absent"])
    assert not report.ok
    assert "check the path" in report.failed[0][1]


def test_lines_that_cannot_be_split_are_refused_with_their_line(
    tmp_path: Path, settings: Settings
) -> None:
    text = table("sc_pupilonroll", PUPILS).splitlines()
    text[3] = "too,few"
    text[7] += ",one,too,many"
    text[10] = text[10].replace("Z000000000010", "no upn")
    content = ("\n".join(text) + "\n").encode()
    load_paths(settings, [_only_pupils(tmp_path / "in", content)])
    assert ask(
        settings, "select distinct line from quarantine where load_id like 'sc_pupil%' order by 1"
    ) == [(4,), (8,), (11,)]
    assert ask(
        settings,
        "select rows_read, rows_accepted, rows_quarantined from load"
        " where extract = 'sc_pupilonroll'",
    ) == [(20, 17, 3)]
    [(load_id,)] = ask(settings, "select load_id from load where extract = 'sc_pupilonroll'")
    raw = str(list(read_raw_lines(settings, load_id)))
    assert "too,few" in raw and "no upn" in raw and text[5] not in raw


def test_header_only_is_a_nil_return(tmp_path: Path, settings: Settings) -> None:
    assert load_paths(settings, [census(tmp_path / "in", [])]).ok
    assert ask(settings, "select urn, pupils from census_return") == [(HEADER["urn"], 0)]
