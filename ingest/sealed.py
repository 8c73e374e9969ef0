"""Sealed files: a stream of bytes encrypted piece by piece, so that memory stays small.

A file is `SEMHF1`, an id of its own (16 bytes), then pieces: a mark (1 for the last), a length
(4 bytes, big-endian) and a blob of `ingest.vault`. Each piece is tied to its file and place, so
none can be cut off, swapped or taken from another file unnoticed.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ingest.vault import MAGIC, SUFFIX, seal, unseal
from models.errors import SemhError
from models.settings import Settings

STREAM = b"SEMHF1"
ID_BYTES = 16
UNFINISHED = ".new"
MOST_PIECE = 1 << 30


def write_sealed(settings: Settings, path: Path, pieces: Iterable[bytes]) -> None:
    """Write pieces to a sealed file, owner-only, forced to the disk, in place whole or not at all.

    Raises SemhError when the key is lost or damaged, OSError when there is no room or right.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _whole(path) as out:
        _write_pieces(settings, out, pieces)


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """A file beside the path that takes its place once it is on the disk."""
    beside = path.with_name(path.name + UNFINISHED)
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.replace(beside, path)
        _sync_folder(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def _write_pieces(settings: Settings, out: IO[bytes], pieces: Iterable[bytes]) -> None:
    own = secrets.token_bytes(ID_BYTES)
    out.write(STREAM + own)
    number = 0
    for piece in pieces:
        _write_piece(settings, out, piece, _place(own, number, False))
        number += 1
    _write_piece(settings, out, b"", _place(own, number, True))


def _write_piece(settings: Settings, out: IO[bytes], piece: bytes, place: bytes) -> None:
    blob = seal(settings, piece, context=place)
    out.write(place[-1:] + len(blob).to_bytes(4, "big") + blob)


def _place(own: bytes, number: int, last: bool) -> bytes:
    """Where a piece belongs: its file, its number, and whether it is the last (the mark)."""
    return own + number.to_bytes(8, "big") + bytes([last])


def read_sealed(settings: Settings, path: Path) -> Iterator[bytes]:
    """The pieces of a sealed file, one at a time.

    Raises SemhError when the file is damaged or cut off, or its key is lost or damaged.
    """
    with path.open("rb") as raw:
        if raw.read(len(STREAM)) != STREAM:
            raise _damaged(path)
        own, number, last = raw.read(ID_BYTES), 0, False
        while not last:
            last, blob = _next_blob(path, raw)
            piece = unseal(settings, blob, context=_place(own, number, last))
            number += 1
            if not last:
                yield piece
        if raw.read(1):
            raise _damaged(path)


def _next_blob(path: Path, raw: IO[bytes]) -> tuple[bool, bytes]:
    head = raw.read(5)
    length = int.from_bytes(head[1:], "big")
    if len(head) < 5 or head[:1] not in (b"\0", b"\1") or length > MOST_PIECE:
        raise _damaged(path)
    blob = raw.read(length)
    if len(blob) < length:
        raise _damaged(path)
    return head[:1] == b"\1", blob


def reseal(settings: Settings, path: Path) -> None:
    """Seal a file again with the newest key: a sealed file, or a single blob of `vault.seal`.

    Raises SemhError when it can't be opened; then it stays as it is.
    """
    with path.open("rb") as raw:
        start = raw.read(len(STREAM))
    if start == STREAM:
        write_sealed(settings, path, read_sealed(settings, path))
    elif start.startswith(MAGIC):
        blob = seal(settings, unseal(settings, path.read_bytes()))
        with _whole(path) as out:
            out.write(blob)
    else:
        raise _damaged(path)


def _sync_folder(folder: Path) -> None:
    """A new name is on the disk once its folder is; not every system can say so."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sealed_files(settings: Settings) -> list[Path]:
    """Every sealed file of a home, in its folder or one below."""
    home = settings.home
    return sorted([*home.glob(f"*{SUFFIX}"), *home.glob(f"*/*{SUFFIX}")])


def _damaged(path: Path) -> SemhError:
    return SemhError(
        f"The sealed file {path.name} is damaged or cut off.",
        "restore it from a copy, or load the file it came from again",
    )
