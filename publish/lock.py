"""One publish at a time, also across processes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from publish.errors import PublishError

LOCK_FILE = ".publish.lock"


@contextmanager
def publish_lock(folder: Path) -> Iterator[None]:
    """Hold the folder's publish lock, or raise PublishError naming the process that holds it.

    The operating system drops the lock when its holder ends, however it ends, so a lock left by a
    killed process is never in the way; the file itself stays, and means nothing.
    """
    path = folder / LOCK_FILE
    with path.open("a+b") as handle:
        if not _take(handle):
            raise PublishError(
                f"Another publish is running (process {_holder(path)}). What is live still is.",
                "wait for it to end, then run semh publish again",
            )
        try:
            _write_holder(handle)
            yield
        finally:
            _drop(handle)


def _write_holder(handle: IO[bytes]) -> None:
    handle.truncate(0)
    # The first byte is what is locked on Windows, so the number starts after it.
    handle.write(f" {os.getpid()}".encode())
    handle.flush()


def _holder(path: Path) -> str:
    try:
        return path.read_bytes()[1:20].decode("ascii", "replace").strip() or "unknown"
    except OSError:
        return "unknown"


if sys.platform == "win32":
    import msvcrt

    def _take(handle: IO[bytes]) -> bool:
        handle.seek(0)
        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _drop(handle: IO[bytes]) -> None:
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(handle: IO[bytes]) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _drop(handle: IO[bytes]) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
