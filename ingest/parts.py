"""The tables in a file, whatever it is: text, packed files, workbooks, parquet, the XML return.

Told by the first bytes, never by the name. An archive inside an archive is unpacked to the run's
scratch folder under a name of our own, so that nothing is ever written where its list says.
"""

from __future__ import annotations

import gzip
import os
import secrets
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, cast

from ingest import parquet, sen2_xml, sheets
from ingest.aliases import Aliases
from ingest.archives import DEEPEST, PACK_AGAIN, Counted, check_zip
from ingest.discover import Found
from ingest.errors import BadFile
from ingest.names import shown
from ingest.source import CHUNK, GZIP, HEAD, UNREADABLE, ZIP, Part, broken, magic
from models.extract import Extract

PARQUET, OFFICE = b"PAR1", b"\xd0\xcf\x11\xe0"
LOCKED = "EncryptedPackage".encode("utf-16-le")
"""What stands in an Office file that is locked with a password."""


@dataclass(frozen=True)
class Place:
    """Bytes to look into: the file they came in, the way there, and where they lie now."""

    found: Found
    path: Path
    trail: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What people see."""
        return "!".join((self.found.name, *self.trail))

    def part(self, member: str | None = None) -> Part:
        """The table here, or the one in a member of the zip archive here."""
        trail = (*self.trail, shown(member)) if member else self.trail
        return Part(self.found, "!".join(trail) or None, self.path, member)


def parts(found: Found, scratch: Path, aliases: Aliases) -> Iterator[Part]:
    """The tables in a file, packed ones unpacked as far as they must be.

    Raises BadFile for a file that can't be read, is locked, or may do harm.
    """
    yield from _look(Place(found, found.path), scratch, aliases, 0)


def as_text(part: Part, contract: type[Extract], scratch: Path) -> Part:
    """The table as a text file in the scratch folder, unless it is text already.

    Raises BadFile where its cells can't be read or hold formulas.
    """
    if part.kind == "text":
        return part
    path = scratch / f"{secrets.token_hex(8)}.csv"
    if part.kind == "xml":
        path = sen2_xml.flatten(part, contract, scratch)
    elif part.kind == "parquet":
        parquet.flatten(part, path)
    else:
        sheets.flatten(part, path)
    return Part(part.found, part.member, path)


def _look(place: Place, scratch: Path, aliases: Aliases, depth: int) -> Iterator[Part]:
    if depth > DEEPEST:
        raise BadFile(
            place.found.name, "archives in archives, many deep", f"{DEEPEST} at most", PACK_AGAIN
        )
    start = magic(place.found, place.path)
    if start.startswith(GZIP):
        yield from _gzip(place, scratch, aliases, depth)
    elif start.startswith(ZIP):
        yield from _zip(place, scratch, aliases, depth)
    elif start.startswith(PARQUET):
        yield from parquet.parts(place.part())
    elif start.startswith(OFFICE):
        _refuse_locked(place)
    elif _head(place.path.open("rb")).lstrip(XML_STARTS).startswith(b"<"):
        yield from sen2_xml.parts(place.part())
    else:
        yield place.part()


XML_STARTS = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"


def _head(raw: IO[bytes]) -> bytes:
    with raw:
        return raw.read(64)


def _gzip(place: Place, scratch: Path, aliases: Aliases, depth: int) -> Iterator[Part]:
    with _reading(place), gzip.open(place.path) as raw:
        start = raw.read(64)
        if not _is_container(start):
            yield place.part()
            return
        raw.seek(0)
        path = _extract(cast("IO[bytes]", raw), place, scratch)
    yield from _look(replace(place, path=path), scratch, aliases, depth + 1)


def _zip(place: Place, scratch: Path, aliases: Aliases, depth: int) -> Iterator[Part]:
    with _reading(place), zipfile.ZipFile(place.path) as archive:
        check_zip(archive, place.name, place.found.path.stat().st_size)
        names = archive.namelist()
        if sheets.is_workbook(names):
            yield from sheets.parts(place.part(), archive, aliases)
            return
        members = [i for i in archive.infolist() if not i.is_dir()]
        packed = [m for m in members if _is_packed(archive, m)]
        yield from (place.part(m.filename) for m in members if m not in packed)
        for member in packed:
            with archive.open(member) as raw:
                path = _extract(raw, place, scratch)
            inner = Place(place.found, path, (*place.trail, shown(member.filename)))
            yield from _look(inner, scratch, aliases, depth + 1)


def _is_packed(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    with archive.open(member) as raw:
        return _is_container(raw.read(HEAD))


def _is_container(start: bytes) -> bool:
    """Whether bytes start a file that must be looked into from the disk."""
    if start.startswith((GZIP, ZIP, PARQUET, OFFICE)):
        return True
    return start.lstrip(XML_STARTS).startswith(b"<") and sen2_xml.may_be(start)


@contextmanager
def _reading(place: Place) -> Iterator[None]:
    try:
        yield
    except UNREADABLE as error:
        raise broken(place.name, error) from error


def _extract(raw: IO[bytes], place: Place, scratch: Path) -> Path:
    """Write what a stream gives to the scratch folder, within limits."""
    counted = Counted(raw, place.name, place.found.path.stat().st_size)
    path = scratch / secrets.token_hex(8)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while block := counted.read(CHUNK):
            out.write(block)
    return path


def _refuse_locked(place: Place) -> None:
    """A workbook with a password; an old one without is left to be listed as not recognised."""
    with place.path.open("rb") as raw:
        if LOCKED in raw.read(1 << 20):
            raise BadFile(
                place.name, "a workbook locked with a password", "a workbook without one",
                "save it without a password and send it by a way that is safe in itself",
            )  # fmt: skip
