"""What can be wrong with a file as a whole, said so that its sender can put it right."""

from __future__ import annotations

from models.errors import SemhError


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
