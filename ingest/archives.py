"""What may be wrong with a packed file, found before any of it is unpacked.

Names that lead out of the folder, links, passwords, archives in archives without end, and files
that unpack to far more than they should are refused by name. Nothing is ever written to a place
that a name inside an archive says.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from typing import IO

from ingest.errors import BadFile
from ingest.names import shown

DEEPEST = 4
"""Archives in archives."""
MOST_MEMBERS = 10_000
MOST_BYTES = 20 << 30
"""Bytes one file may unpack to."""
MOST_RATIO = 300
"""Bytes unpacked for each byte packed; a census table packs to about a twentieth."""
NO_MATTER = 64 << 20
"""Up to so many bytes the ratio does no harm."""
DRIVE = re.compile(r"^[A-Za-z]:")
PACK_AGAIN = "pack the plain files again, in one archive, without folders or links"


def check_zip(archive: zipfile.ZipFile, name: str, packed: int) -> None:
    """Refuse an archive by what its list of members says; nothing is unpacked.

    Raises BadFile.
    """
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise BadFile(name, f"{len(members):,} members", f"{MOST_MEMBERS:,} at most", PACK_AGAIN)
    for member in members:
        _check_name(name, member)
    check_size(name, sum(m.file_size for m in members), packed)


def _check_name(name: str, member: zipfile.ZipInfo) -> None:
    inside = f"{name}!{shown(member.filename)}"
    parts = re.split(r"[\\/]", member.filename)
    leads_out = ".." in parts or parts[0] == "" or DRIVE.match(member.filename)
    if leads_out:
        raise BadFile(
            inside, "a name that leads out of the archive", "a plain file name", PACK_AGAIN
        )
    if stat.S_ISLNK(member.external_attr >> 16):
        raise BadFile(inside, "a link to another file", "the file itself", PACK_AGAIN)
    if member.flag_bits & 1:
        raise BadFile(
            inside, "a file locked with a password", "a file without one",
            "send it without a password, by a way that is safe in itself",
        )  # fmt: skip


def check_size(name: str, unpacked: int, packed: int) -> None:
    """Refuse what unpacks to far more than it should.

    Raises BadFile.
    """
    if unpacked > MOST_BYTES or (unpacked > NO_MATTER and unpacked > packed * MOST_RATIO):
        raise BadFile(
            name,
            f"an archive that unpacks to {unpacked / 1e9:.1f} GB or more, from {packed:,} bytes",
            f"{MOST_RATIO} times its own size at most, and {MOST_BYTES >> 30} GB",
            "check where it comes from; if it is right, unpack it and load the plain files",
        )


class Counted(io.RawIOBase):
    """A stream that stops with BadFile once it has given more than it may."""

    def __init__(self, raw: IO[bytes], name: str, packed: int) -> None:
        self.raw, self.name, self.packed, self.given = raw, name, packed, 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, or all that is left; never more than the limit."""
        block = self.raw.read(size if size >= 0 else MOST_BYTES)
        self.given += len(block)
        check_size(self.name, self.given, self.packed)
        return block
