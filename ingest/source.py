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
from typing import IO, cast

from ingest.archives import Counted
from ingest.discover import Found
from ingest.errors import BadFile
from ingest.lines import Lines, Tidy

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
    """One table: a file, a member of an archive, a sheet of a workbook or a module of a return.

    Its bytes are at `path` (the file itself unless it was unpacked), in the zip member `inside`
    where there is one. `kind` is text, sheet, parquet or xml; what is not text has its `columns`
    read already and is made text by `ingest.parts.as_text`.
    """

    found: Found
    member: str | None = None
    path: Path | None = None
    inside: str | None = None
    kind: str = "text"
    columns: tuple[str, ...] | None = None

    @property
    def name(self) -> str:
        """What people see: the file, and what is inside it where it holds several."""
        return f"{self.found.name}!{self.member}" if self.member else self.found.name

    @property
    def place(self) -> Path:
        """Where its bytes are."""
        return self.path or self.found.path

    @property
    def packed(self) -> int:
        """Bytes of the file that was sent."""
        return self.found.path.stat().st_size


@dataclass(frozen=True)
class Source:
    """A text table ready to scan: plain UTF-8 at `path`."""

    part: Part
    path: Path
    header: Header
    content_hash: str
    quoted: bool = False
    """Whether there is any quotation mark in it."""


def magic(found: Found, path: Path) -> bytes:
    """The first bytes of a file, at most eight.

    Raises BadFile where it is empty, no file or can't be read.
    """
    if path.exists() and not path.is_file():
        raise BadFile(
            found.name, "a pipe, socket or device", "a file",  # it might be read for ever
            "copy what comes out of it into a file, then load that",
        )  # fmt: skip
    try:
        with path.open("rb") as raw:
            start = raw.read(8)
    except OSError as error:
        raise BadFile(
            found.name, error.strerror or "an unreadable file", "a file that can be read",
            "give yourself the right to read the file, then load again",
        ) from error  # fmt: skip
    if not start:
        raise BadFile(found.name, "an empty file", "a header and rows", SEND_AGAIN)
    return start


@contextmanager
def open_part(part: Part) -> Iterator[IO[bytes]]:
    """The bytes of a table, unpacked; whatever stops that is said as a BadFile."""
    try:
        if part.inside is not None:
            with zipfile.ZipFile(part.place) as archive, archive.open(part.inside) as raw:
                yield _counted(raw, part)
        elif magic(part.found, part.place).startswith(GZIP):
            with gzip.open(part.place, "rb") as raw:
                yield _counted(raw, part)
        else:
            with part.place.open("rb") as raw:
                yield raw
    except UNREADABLE as error:
        raise broken(part.name, error) from error


def _counted(raw: object, part: Part) -> IO[bytes]:
    return cast("IO[bytes]", Counted(cast("IO[bytes]", raw), part.name, part.packed))


def header(part: Part) -> Header | None:
    """The columns of a table, or None where it is not text.

    Raises BadFile where it cannot be read at all or is empty.
    """
    if part.columns is not None:
        return Header(part.columns, ",", part.kind)
    with open_part(part) as raw:
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
    if b"\0" in head.partition(b"\n")[0]:
        return _utf16_without_mark(head)  # NULs further down are said when the whole is read
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
    """What reading a table through shows.

    Its SHA-256 once unpacked, and whether it is UTF-8 with lines that a scanner can tell apart.
    """

    content_hash: str
    is_plain: bool
    quoted: bool


def examine(part: Part, head: Header) -> Bytes:
    """Read a table through once. Packing does not change its hash.

    Raises BadFile where bytes of zero are in a text that has no place for them.
    """
    digest, lines = hashlib.sha256(), Lines()
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8 = head.encoding in ("utf-8", "utf-8-sig")
    wide = head.encoding.startswith("utf-16")
    for block in blocks(part):
        digest.update(block)
        if not wide and b"\0" in block:
            raise BadFile(part.name, "bytes of zero (NUL) in the text", "text", SEND_AGAIN)
        lines.see(block)
        is_utf8 = is_utf8 and _decodes(decoder, block)
    return Bytes(digest.hexdigest(), is_utf8 and lines.plain, lines.quoted)


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes) -> bool:
    try:
        decoder.decode(block)
    except UnicodeDecodeError:
        return False
    return True


def blocks(part: Part) -> Iterator[bytes]:
    """The bytes of a table, piece by piece."""
    with open_part(part) as raw:
        while block := raw.read(CHUNK):
            yield block


def unpack(part: Part, head: Header, known: Bytes, scratch: Path) -> Source:
    """The table as plain UTF-8 text: the file itself where it is that already.

    Raises BadFile for text that is cut off or in no encoding that is read.
    """
    if known.is_plain and _scannable(part):
        path = part.place
    else:
        path = scratch / f"{known.content_hash[:24]}.csv"
        if not path.exists():
            _rewrite(part, head, path)
    _refuse_if_cut_off(part, head, path)
    return Source(part, path, head, known.content_hash, known.quoted)


def _scannable(part: Part) -> bool:
    """Whether the scanner can be given the file where it is."""
    if part.inside is not None or magic(part.found, part.place).startswith(GZIP):
        return False
    return str(part.place).isprintable() and not set(str(part.place)) & set(GLOB)


def _rewrite(part: Part, head: Header, path: Path) -> None:
    """Write the table as UTF-8, first in the encoding its head shows, then in Windows-1252."""
    for encoding in dict.fromkeys((head.encoding, "cp1252")):
        decoder = codecs.getincrementaldecoder(encoding)()
        tidy = Tidy()
        try:
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                for block in blocks(part):
                    out.write(tidy.text(decoder.decode(block)).encode())
                out.write(tidy.text(decoder.decode(b"", final=True), last=True).encode())
            return
        except UnicodeError:
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


def broken(name: str, error: Exception) -> BadFile:
    """What stopped a file from being unpacked, in plain words."""
    kind = "a damaged or cut-off archive"
    if isinstance(error, PermissionError):
        kind = "a file without the right to read it"
    return BadFile(name, kind, "a whole file that can be read", SEND_AGAIN)
