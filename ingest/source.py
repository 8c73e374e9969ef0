"""From a file as sent to plain UTF-8 text with known columns, ready for one scan.

CSV in UTF-8 (with or without a mark), UTF-16 or Windows-1252, delimited by comma, semicolon, bar
or tab, plain or inside gz or zip, told by content. What is not plain UTF-8 is written out again
in the run's own scratch folder, which only the owner can read and which goes when the run ends.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ingest.discover import Found
from ingest.errors import BadFile

DELIMITERS = ",;|\t"
GLOB = "*?["
"""What DuckDB would take in a path for a pattern."""
CHUNK = 1 << 20
HEAD = 1 << 16
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
SEND_AGAIN = "export the file again and send it whole"
UNREADABLE = (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError)


@dataclass(frozen=True)
class Header:
    """What the first bytes of a text table say: how to read it and which columns it has."""

    columns: tuple[str, ...]
    delimiter: str
    encoding: str


@dataclass(frozen=True)
class Part:
    """One text table: a file, or a member of an archive."""

    found: Found
    member: str | None

    @property
    def name(self) -> str:
        """What people see: the file, and the member where it is in an archive."""
        return f"{self.found.name}!{self.member}" if self.member else self.found.name


@dataclass(frozen=True)
class Source:
    """A text table ready to scan: plain UTF-8 at `path`."""

    part: Part
    path: Path
    header: Header
    content_hash: str


def parts(found: Found) -> Iterator[Part]:
    """The tables in a file: itself, or each member of a zip archive."""
    if _magic(found) == ZIP:
        try:
            with zipfile.ZipFile(found.path) as archive:
                names = [i.filename for i in archive.infolist() if not i.is_dir()]
        except UNREADABLE as error:
            raise _broken(found.name, error) from error
        yield from (Part(found, name) for name in names)
    else:
        yield Part(found, None)


def _magic(found: Found) -> bytes:
    if found.path.exists() and not found.path.is_file():
        raise BadFile(
            found.name, "a pipe, socket or device", "a file",  # it might be read for ever
            "copy what comes out of it into a file, then load that",
        )  # fmt: skip
    try:
        with found.path.open("rb") as raw:
            start = raw.read(4)
    except OSError as error:
        raise BadFile(
            found.name, error.strerror or "an unreadable file", "a file that can be read",
            "give yourself the right to read the file, then load again",
        ) from error  # fmt: skip
    if not start:
        raise BadFile(found.name, "an empty file", "a header and rows", SEND_AGAIN)
    return start[:2] if start.startswith(GZIP) else start


@contextmanager
def _open(part: Part) -> Iterator[IO[bytes]]:
    """The bytes of a table, unpacked; whatever stops that is said as a BadFile."""
    try:
        if part.member is not None:
            with zipfile.ZipFile(part.found.path) as archive, archive.open(part.member) as raw:
                yield raw
        elif _magic(part.found) == GZIP:
            with gzip.open(part.found.path, "rb") as raw:
                yield raw  # type: ignore[misc]
        else:
            with part.found.path.open("rb") as raw:
                yield raw
    except UNREADABLE as error:
        raise _broken(part.name, error) from error


def header(part: Part) -> Header | None:
    """The columns of a table, or None where it is not text.

    Raises BadFile where it cannot be read at all or is empty.
    """
    with _open(part) as raw:
        head = raw.read(HEAD)
    if not head:
        raise BadFile(part.name, "an empty file", "a header and rows", SEND_AGAIN)
    encoding = _encoding(head)
    if encoding is None:
        return None
    text = head.decode(encoding, errors="ignore").lstrip("\ufeff")
    line = text.splitlines()[0] if text.splitlines() else ""
    delimiter = max(DELIMITERS, key=line.count)
    cells = next(csv.reader([line], delimiter=delimiter), [])
    return Header(tuple(cell.strip() for cell in cells), delimiter, encoding)


def _encoding(head: bytes) -> str | None:
    """The encoding the first bytes show, None for binary; the whole is checked on unpacking."""
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in head:
        return _utf16_without_mark(head)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _utf16_without_mark(head: bytes) -> str | None:
    even, odd = head[0:512:2], head[1:512:2]
    if odd.count(0) > len(odd) * 0.8 and not even.count(0):
        return "utf-16-le"
    if even.count(0) > len(even) * 0.8 and not odd.count(0):
        return "utf-16-be"
    return None


@dataclass(frozen=True)
class Bytes:
    """What reading a table through shows: its SHA-256 once unpacked, and whether it is UTF-8."""

    content_hash: str
    is_utf8: bool


def examine(part: Part) -> Bytes:
    """Read a table through once. Packing does not change its hash."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8 = True
    for block in _blocks(part):
        digest.update(block)
        try:
            decoder.decode(block)
        except UnicodeDecodeError:
            is_utf8 = False
            decoder.reset()
    return Bytes(digest.hexdigest(), is_utf8)


def _blocks(part: Part) -> Iterator[bytes]:
    with _open(part) as raw:
        while block := raw.read(CHUNK):
            yield block


def unpack(part: Part, head: Header, known: Bytes, scratch: Path) -> Source:
    """The table as plain UTF-8 text: the file itself where it is that already.

    Raises BadFile for text that is cut off or in no encoding that is read.
    """
    plain = part.member is None and _magic(part.found) != GZIP
    plain = plain and not set(str(part.found.path)) & set(GLOB)
    if plain and known.is_utf8 and head.encoding in ("utf-8", "utf-8-sig"):
        path = part.found.path
    else:
        path = scratch / f"{known.content_hash[:24]}.csv"
        if not path.exists():
            _rewrite(part, head, path)
    _refuse_if_cut_off(part, head, path)
    return Source(part, path, head, known.content_hash)


def _rewrite(part: Part, head: Header, path: Path) -> None:
    """Write the table as UTF-8, first in the encoding its head shows, then in Windows-1252."""
    for encoding in dict.fromkeys((head.encoding, "cp1252")):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                for block in _blocks(part):
                    out.write(decoder.decode(block).encode())
                out.write(decoder.decode(b"", final=True).encode())
            return
        except UnicodeDecodeError:
            path.unlink(missing_ok=True)
    raise BadFile(part.name, "bytes that are no text", "UTF-8, UTF-16 or Windows-1252", SEND_AGAIN)


def _refuse_if_cut_off(part: Part, head: Header, path: Path) -> None:
    """A last line with no end and too few columns is a file half sent."""
    with path.open("rb") as raw:
        raw.seek(max(0, path.stat().st_size - HEAD))
        tail = raw.read()
    if tail.endswith((b"\n", b"\r")):
        return
    last = tail.splitlines()[-1].decode("utf-8", errors="replace")
    cells = len(next(csv.reader([last], delimiter=head.delimiter), []))
    if cells < len(head.columns):
        raise BadFile(
            part.name,
            f"a last line of {cells} columns with no end",
            f"{len(head.columns)} columns, as in the header: the file looks cut off",
            SEND_AGAIN,
        )


def _broken(name: str, error: Exception) -> BadFile:
    kind = "a damaged or cut-off archive"
    if isinstance(error, PermissionError):
        kind = "a file without the right to read it"
    return BadFile(name, kind, "a whole file that can be read", SEND_AGAIN)
