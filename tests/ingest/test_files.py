"""Every kind of file a table may come in, and every kind that would do harm."""

import csv
import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from ingest.pipeline import LoadReport, load_paths
from models.settings import Settings
from tests.ingest.tiny import HEADER, ask, pupil, table

COUNTS = "select extract, rows_read, rows_accepted from load"
PUPILS = [pupil(n) for n in range(1, 21)]
TABLES = {
    "schoolcensus": table("sc_schoolcensus", [HEADER]),
    "pupilonroll": table("sc_pupilonroll", PUPILS),
}


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def _xlsx(folder: Path, *cells: tuple[str, str]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, text in TABLES.items():
        sheet = book.create_sheet(name)
        sheet.append([])  # some leave the first row empty
        for row in _rows(text):
            sheet.append(row)
    for place, value in cells:
        book["pupilonroll"][place] = value
    book.save(folder / "book.xlsx")


def _ods(folder: Path) -> None:
    with pd.ExcelWriter(folder / "book.ods", engine="odf") as book:
        for name, text in TABLES.items():
            head, *rows = _rows(text)
            pd.DataFrame(rows, columns=head).to_excel(book, sheet_name=name, index=False)


def _parquet(folder: Path) -> None:
    for name, text in TABLES.items():
        pd.read_csv(io.StringIO(text), dtype="str").to_parquet(folder / f"{name}.parquet")


def _nested(folder: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        for name, text in TABLES.items():
            archive.writestr(f"{name}.csv.gz", gzip.compress(gzip.compress(text.encode())))
    with zipfile.ZipFile(folder / "outer.zip", "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())


def _mixed_ends(folder: Path) -> None:
    for name, text in TABLES.items():
        half = len(text) // 2
        ends = text[:half].replace("\n", "\r\n") + text[half:]
        (folder / f"{name}.csv").write_bytes(ends.encode())


@pytest.mark.parametrize("write", [_xlsx, _ods, _parquet, _nested, _mixed_ends])
def test_every_kind_loads_to_the_same(
    tmp_path: Path, settings: Settings, write: Callable[[Path], None]
) -> None:
    (tmp_path / "in").mkdir()
    write(tmp_path / "in")
    report = load_paths(settings, [tmp_path / "in"])
    assert report.ok, report.failed
    assert ask(settings, f"{COUNTS} where extract like 'sc%' order by 1") == [
        ("sc_pupilonroll", 20, 20), ("sc_schoolcensus", 1, 1),
    ]  # fmt: skip
    [(months,)] = ask(settings, "select count(*) from person where birth_month = '2012-03-01'")
    assert months == 20


def test_dates_and_numbers_that_a_workbook_holds_as_such(
    tmp_path: Path, settings: Settings
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["pcds", "lsoa21", "imd_decile"])
    sheet.append(["ZZ1 1AA", "E01007750", 3.0])
    book.save(tmp_path / "p.xlsx")
    report = load_paths(settings, [tmp_path / "p.xlsx"])
    assert [(row.rows_read, row.rows_accepted) for row in report.loads] == [(1, 1)]


def _zip(*members: tuple[str, bytes], link: bool = False) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if link:
                info.external_attr = 0o120777 << 16
            archive.writestr(info, content)
    return packed.getvalue()


def _bomb() -> bytes:
    return TABLES["pupilonroll"].encode() + b"\n" * (80 << 20)


def _in_many(content: bytes, depth: int) -> bytes:
    for _ in range(depth):
        content = _zip(("inner.zip", content))
    return content


def _locked() -> bytes:
    whole = bytearray(_zip(("a.csv", b"x")))
    central = whole.rindex(b"PK\x01\x02")
    whole[6] |= 1
    whole[central + 8] |= 1
    return bytes(whole)


PUPIL_TABLE = TABLES["pupilonroll"].encode()
HARM = {
    "a bomb": (lambda: _zip(("a.csv", _bomb())), "unpacks to"),
    "a nested bomb": (lambda: _zip(("b.zip", _zip(("a.csv", _bomb())))), "unpacks to"),
    "a gz bomb": (lambda: gzip.compress(_bomb()), "unpacks to"),
    "a way out": (lambda: _zip(("../../a.csv", PUPIL_TABLE)), "leads out"),
    "a way out, back": (lambda: _zip(("..\\a.csv", PUPIL_TABLE)), "leads out"),
    "an absolute name": (lambda: _zip(("/etc/a.csv", PUPIL_TABLE)), "leads out"),
    "a drive": (lambda: _zip(("C:a.csv", PUPIL_TABLE)), "leads out"),
    "a link": (lambda: _zip(("a.csv", b"/etc/passwd"), link=True), "a link"),
    "many deep": (lambda: _in_many(PUPIL_TABLE, 8), "archives in archives"),
    "locked": (_locked, "password"),
    "a locked workbook": (
        lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "password",
    ),
    "NULs": (lambda: PUPIL_TABLE.replace(b"Test", b"T\0st"), "NUL"),
}


@pytest.mark.parametrize("kind", HARM)
def test_harm_is_refused_by_name(tmp_path: Path, settings: Settings, kind: str) -> None:
    make, word = HARM[kind]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "sent.bin").write_bytes(make())
    report = load_paths(settings, [tmp_path / "in"])
    assert not report.loads
    assert word in report.failed[0][1] and "Next:" in report.failed[0][1]
    assert not (settings.home / "scratch").exists(), "nothing unpacked is left behind"


def test_a_formula_is_refused_with_its_cell(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "in").mkdir()
    _xlsx(tmp_path / "in", ("C5", "=1+1"))
    report = load_paths(settings, [tmp_path / "in"])
    assert any("cell C5" in why and "a formula" in why for _, why in report.failed)


def test_entities_in_a_workbook_are_refused(tmp_path: Path, settings: Settings) -> None:
    _xlsx(tmp_path)
    old = zipfile.ZipFile(tmp_path / "book.xlsx")
    with zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content = b'<!DOCTYPE x [<!ENTITY a "b">]>' + content.partition(b"?>")[2]
            new.writestr(name, content)
    report = load_paths(settings, [tmp_path / "bad.xlsx"])
    assert not report.loads and "document type" in report.failed[0][1]


@pytest.mark.parametrize("length", [1_200_000, 3_000_000, 40_000_000])
@pytest.mark.parametrize("alone", [True, False])
def test_a_cell_without_end_is_one_refused_row(
    tmp_path: Path, settings: Settings, length: int, alone: bool
) -> None:
    """The scanner silently loses a line longer than its buffer; here it is counted and refused."""
    head, *lines = table("sc_pupilonroll", PUPILS).splitlines()
    lines[4] = lines[4].replace("WBRI", f'"{"x" * length}"')
    kept = [lines[4]] if alone else lines
    (tmp_path / "p.csv").write_text("\n".join([head, *kept]) + "\n", encoding="utf-8")
    (tmp_path / "c.csv").write_text(TABLES["schoolcensus"], encoding="utf-8")
    report = load_paths(settings, [tmp_path / "p.csv", tmp_path / "c.csv"])
    assert report.ok, report.failed
    got = {r.extract: (r.rows_read, r.rows_quarantined) for r in report.loads}
    assert got["sc_pupilonroll"] == (len(kept), 1)
    line = ask(settings, "select distinct line from quarantine")
    assert line == [(2,)] if alone else [(6,)]


def _said(report: LoadReport) -> str:
    return repr(report) + " ".join(name + why for name, why in report.failed + report.unrecognised)


def test_no_control_character_of_a_name_is_passed_on(tmp_path: Path, settings: Settings) -> None:
    nasty = "\x1b[31mred\u202e\n.csv"
    (tmp_path / f"{nasty}").write_bytes(PUPIL_TABLE)
    (tmp_path / "s.csv").write_text(TABLES["schoolcensus"], encoding="utf-8")
    (tmp_path / "z.zip").write_bytes(_zip((f"x{nasty}", b"colour,size\n1,2\n")))
    (tmp_path / "empty\x07").write_bytes(b"")
    report = load_paths(settings, [tmp_path])
    said = _said(report)
    assert "red" in said and not any(c in said for c in "\x1b\u202e\x07\n")
    names = [name for (name,) in ask(settings, "select file from load")]
    assert any("\\x1b" in name for name in names)


@pytest.mark.parametrize("closed", [True, False])
def test_a_quotation_mark_left_open_in_a_large_file_loses_no_row_unsaid(
    tmp_path: Path, settings: Settings, closed: bool
) -> None:
    head, first, *_ = TABLES["pupilonroll"].splitlines()
    lines = [first.replace("P1,", f"P{n},", 1) for n in range(150_000)]
    lines[7] = lines[7].replace("Test", '"Te""st\n"' if closed else '"Test')
    (tmp_path / "p.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    (tmp_path / "c.csv").write_text(TABLES["schoolcensus"], encoding="utf-8")
    assert (tmp_path / "p.csv").stat().st_size > 16 << 20
    report = load_paths(settings, [tmp_path / "p.csv", tmp_path / "c.csv"])
    if closed:
        [row] = [r for r in report.loads if r.extract == "sc_pupilonroll"]
        assert report.ok and row.rows_accepted == 150_000
    else:
        assert any("quotation mark" in why for name, why in report.failed if name == "p.csv")
