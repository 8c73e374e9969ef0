"""What can be wrong with a file as a whole, said so that its sender can put it right."""

from __future__ import annotations

import errno

from models.errors import SemhError

NO_ROOM = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
NO_ROOM_WORDS = ("no space left", "not enough space", "file too large", "quota exceeded", "disk")


def no_room(error: BaseException) -> bool:
    """Whether a write failed for want of room; the database gives the reason only as text."""
    words = str(error).lower()
    return getattr(error, "errno", None) in NO_ROOM or any(w in words for w in NO_ROOM_WORDS)


class BadFile(SemhError):
    """A file that cannot be read as sent; none of it is loaded.

    The message names the file, the line where there is one, what was found and what was expected.
    """

    def __init__(
        self, file: str, found: str, expected: str, next_step: str, *, line: int | None = None
    ) -> None:
        where = f"{file}, line {line}" if line else file
        super().__init__(f"{where}: found {found}; expected {expected}.", next_step)
        self.file = file
