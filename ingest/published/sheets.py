"""Tables inside files, told by what the bytes are and never by the file's name.

A `.csv.gz` may really be a zip; a zip may hold many tables; a workbook has sheets.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import openpyxl
import pandas as pd

from ingest.published.ods import Rows, ods_rows

Opener = Callable[[], AbstractContextManager[IO[bytes]]]
_LONGEST_HEADER = 1 << 20
_TEXT = {"dtype": "str", "keep_default_na": False}


@dataclass(frozen=True)
class Sheet:
    """One table in a file: its column names as printed and how to read it, all as text."""

    file: Path
    inner: str
    columns: tuple[str, ...]
    read: Callable[[], pd.DataFrame]
    siblings: Callable[[], dict[str, bytes]] = dict

    def has(self, *names: str) -> bool:
        """Whether every one of these columns is there."""
        return set(names) <= set(self.columns)


def sheets(path: Path) -> Iterator[Sheet]:
    """Every table in a file; none where it is not a kind of table that is read here.

    Raises OSError where the file can't be read, zipfile.BadZipFile where a zip is cut short.
    """
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"PAR1"):
        yield from _parquet(path)
    elif head.startswith(b"PK"):
        yield from _zip(path)
    elif head.startswith(b"\x1f\x8b"):
        yield from _csv(path, "", lambda: cast("IO[bytes]", gzip.open(path)))
    elif b"\x00" not in head and not head.lstrip().startswith((b"{", b"<", b"%PDF")):
        yield from _csv(path, "", lambda: path.open("rb"))


def _parquet(path: Path) -> Iterator[Sheet]:
    import pyarrow.parquet as pq

    names = tuple(pq.read_schema(path).names)
    yield Sheet(path, "", names, lambda: pd.read_parquet(path))


def _zip(path: Path) -> Iterator[Sheet]:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    if "[Content_Types].xml" in names:
        yield from _workbook(path, _first_rows)
    elif "content.xml" in names:
        yield from _workbook(path, ods_rows)
    else:
        for name in names:
            if name.lower().endswith(".csv"):
                yield from _csv(path, name, _member(path, name))


def _member(path: Path, name: str) -> Opener:
    @contextmanager
    def opened() -> Iterator[IO[bytes]]:
        with zipfile.ZipFile(path) as archive, archive.open(name) as inside:
            yield inside

    return opened


def _workbook(path: Path, rows: Callable[[Path], Iterator[tuple[str, Rows]]]) -> Iterator[Sheet]:
    """Sheets of a workbook, once for each of the first rows that may be the columns."""
    for name, head in rows(path):
        for skip in range(min(len(head), _HEAD_ROWS)):
            columns = tuple("" if c is None else str(c).strip() for c in head[skip])
            whole = head if rows is ods_rows else None
            yield Sheet(path, name, columns, _sheet(path, name, skip, whole))


_HEAD_ROWS = 4


def _first_rows(path: Path) -> Iterator[tuple[str, Rows]]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # some writers state a size of one cell
            yield (
                sheet.title,
                [list(r) for r in sheet.iter_rows(max_row=_HEAD_ROWS, values_only=True)],
            )
    finally:
        book.close()


def _sheet(path: Path, name: str, skip: int, whole: Rows | None) -> Callable[[], pd.DataFrame]:
    if whole is not None:
        return lambda: _framed(whole, skip)
    return lambda: pd.read_excel(  # type: ignore[call-overload,no-any-return]
        path, sheet_name=name, header=skip, engine="openpyxl", **_TEXT
    )


def _framed(rows: Rows, skip: int) -> pd.DataFrame:
    width = max(len(row) for row in rows)
    even = [[*row, *[""] * (width - len(row))] for row in rows[skip:]]
    return pd.DataFrame(even[1:], columns=even[0], dtype="str")


def _csv(path: Path, inner: str, opened: Opener) -> Iterator[Sheet]:
    # The header tells which table it is; only a table that is known is unpacked whole.
    with opened() as file:
        first = file.readline(_LONGEST_HEADER)
    head = pd.read_csv(io.StringIO(decode(first)), nrows=0) if first.strip() else pd.DataFrame()

    def read() -> pd.DataFrame:
        with opened() as file:
            return read_csv(file.read())

    yield Sheet(path, inner, tuple(map(str, head)), read, lambda: texts(path))


def read_csv(data: bytes) -> pd.DataFrame:
    """A CSV as text columns, blanks as '', whatever common encoding it is in."""
    return pd.read_csv(io.StringIO(decode(data)), **_TEXT)  # type: ignore[call-overload,no-any-return]


def decode(data: bytes) -> str:
    """UTF-8 where it is that, else Windows-1252, else Latin-1."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def texts(path: Path) -> dict[str, bytes]:
    """The text files that came in the same zip, by name: guidance on the columns."""
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as archive:
        return {n: archive.read(n) for n in archive.namelist() if n.lower().endswith(".txt")}
