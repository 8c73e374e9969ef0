"""Lines of a text as they pass: whether a scanner can tell them apart, and made so that it can.

The scanner takes one kind of line end in a file, and silently loses a line longer than its buffer;
so such files are written out again, with one kind of end and with what is too long cut short, to
be refused as too long under its own number.
"""

from __future__ import annotations

LONGEST_LINE = 1_000_000
"""Bytes; a longer line is refused with its number, since no table has such a row."""
KEPT = LONGEST_LINE + 100
"""Characters kept of a line that is too long: enough for the scanner to refuse it."""


class Lines:
    """Sees the bytes of a text pass, in blocks of a mebibyte at most."""

    def __init__(self) -> None:
        self.quoted = False
        self._ends: set[str] = set()
        self._long = False
        self._since = 0
        """Bytes since the last line end."""
        self._before = b""

    def see(self, block: bytes) -> None:
        """Take note of the next block."""
        self.quoted = self.quoted or b'"' in block
        both, returns, feeds = self._count(block)
        self._ends |= {"both"} if both else set()
        self._ends |= {"return"} if returns > both else set()
        self._ends |= {"feed"} if feeds > both else set()
        self._measure(block)

    def _measure(self, block: bytes) -> None:
        ends = [at for at in (block.find(b"\n"), block.find(b"\r")) if at >= 0]
        self._since += min(ends, default=len(block))
        self._long = self._long or self._since > 2 * LONGEST_LINE
        if ends:
            self._since = len(block) - max(block.rfind(b"\n"), block.rfind(b"\r"))

    def _count(self, block: bytes) -> tuple[int, int, int]:
        block = self._before + block
        self._before = b"\r" if block.endswith(b"\r") else b""
        if self._before:
            block = block[:-1]
        return block.count(b"\r\n"), block.count(b"\r"), block.count(b"\n")

    @property
    def plain(self) -> bool:
        """Whether every line ends in the same way and none is far too long."""
        return len(self._ends) <= 1 and not self._long


class Tidy:
    """Rewrites a text piece by piece: line feeds only, and lines too long cut short."""

    def __init__(self) -> None:
        self._held = ""
        self._length = 0
        """Characters of the line under way that were passed on already."""

    def text(self, piece: str, *, last: bool = False) -> str:
        """The next piece, tidied; a return at its end waits for what follows."""
        piece = self._held + piece
        self._held = ""
        if piece.endswith("\r") and not last:
            piece, self._held = piece[:-1], "\r"
        lines = piece.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return "\n".join(self._line(line, first=not n) for n, line in enumerate(lines))

    def _line(self, line: str, *, first: bool) -> str:
        before = self._length if first else 0
        self._length = before + len(line)
        if self._length <= LONGEST_LINE:
            return line
        # A cell cut short must not leave a quotation mark open.
        return line[: max(0, KEPT - before)].replace('"', "'")
