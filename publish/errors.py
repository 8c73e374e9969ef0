"""Why nothing was published, in words that say what to do next."""

from __future__ import annotations

import errno

import duckdb

from models.errors import SemhError

_WHY = {
    errno.ENOSPC: ("the disk is full", "free some space"),
    getattr(errno, "EDQUOT", -1): ("the disk quota is used up", "free some space"),
    errno.EFBIG: ("a file may not grow that large here", "free some space or raise the limit"),
    errno.EACCES: ("there is no right to write there", "ask for it or set SEMH_HOME elsewhere"),
    errno.EPERM: ("there is no right to write there", "ask for it or set SEMH_HOME elsewhere"),
    errno.EROFS: ("that disk is read-only", "set SEMH_HOME to a folder that can be written"),
}
_TEXTS = {
    "no space left": errno.ENOSPC,
    "file too large": errno.EFBIG,
    "permission denied": errno.EACCES,
    "read-only file system": errno.EROFS,
    "quota exceeded": getattr(errno, "EDQUOT", -1),
}


class PublishError(SemhError):
    """Nothing was published, and what was live still is."""


def could_not_write(what: object, error: BaseException) -> PublishError:
    """A PublishError for a failed write, from the operating system's or DuckDB's error."""
    unknown = (f"{type(error).__name__}: {str(error).splitlines()[0][:200]}", "put that right")
    why, action = _WHY.get(getattr(error, "errno", None) or _code_in(str(error)), unknown)
    return PublishError(
        f"Could not write {what}: {why}. Nothing changed: what was live still is.",
        f"{action}, then run semh publish again",
    )


def is_write_failure(error: duckdb.Error) -> bool:
    """Whether DuckDB failed for want of room or rights, not for what it was asked to do."""
    return isinstance(error, duckdb.IOException) or _code_in(str(error)) != 0


def _code_in(message: str) -> int:
    """DuckDB gives the operating system's reason only as text."""
    lowered = message.lower()
    return next((code for text, code in _TEXTS.items() if text in lowered), 0)
