"""The records of a text table, numbered as DuckDB numbers them, found without parsing the cells.

A record is a line, or several where a quoted cell holds line ends. Every line counts, empty ones
too; the header is record 1. The file is read in blocks, so that memory stays small.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

BLOCK = 1 << 23
LONGEST = 1 << 22
"""A record longer than this many bytes is kept only so far; no table has such a line."""
LF, CR, QUOTE = 10, 13, 34


@dataclass(frozen=True)
class Block:
    """Some whole records in a row: their bytes, where each starts and ends, the first's number."""

    data: bytes
    starts: np.ndarray
    ends: np.ndarray
    first: int

    def text(self, at: int) -> str:
        """One record's text as it came, without its line end."""
        raw = self.data[self.starts[at] : min(self.ends[at], self.starts[at] + LONGEST)]
        return raw.decode("utf-8", errors="replace").rstrip("\r\n")


def pick(path: Path, delimiter: str, wanted: np.ndarray) -> Iterator[tuple[int, str]]:
    """Number and text of the wanted records; `wanted` holds sorted record numbers."""
    for block in blocks(path, delimiter):
        low, high = np.searchsorted(wanted, (block.first, block.first + len(block.ends)))
        for number in wanted[low:high].tolist():
            yield number, block.text(number - block.first)


def blank_records(path: Path, delimiter: str) -> np.ndarray:
    """Numbers of the empty lines, which DuckDB passes over."""
    found = [np.empty(0, dtype=np.int64)]
    for block in blocks(path, delimiter):
        data = np.frombuffer(block.data, dtype=np.uint8)
        length = block.ends - block.starts
        single = np.isin(data[np.minimum(block.starts, len(data) - 1)], (LF, CR))
        returns = (length == 2) & single
        found.append(block.first + np.flatnonzero((length == 0) | (length == 1) & single | returns))
    return np.concatenate(found)


def blocks(path: Path, delimiter: str) -> Iterator[Block]:
    """The file's records, some megabytes at a time; the last may lack a line end."""
    number, held, end = 1, b"", LF
    with path.open("rb") as raw:
        while read := raw.read(BLOCK):
            if number == 1 and not held:
                read = read.removeprefix(b"\xef\xbb\xbf")
                end = CR if LF not in read and CR in read else LF
            data = held + read
            ends = _record_ends(data, end, delimiter)
            if len(ends):
                yield Block(data, np.concatenate(([0], ends[:-1])), ends, number)
                number += len(ends)
                held = data[ends[-1] :]
            else:
                held = data[: LONGEST * 2]
    if held:
        yield Block(held, np.array([0]), np.array([len(held)]), number)


def _record_ends(data: bytes, end: int, delimiter: str) -> np.ndarray:
    """Offsets just after each line end that ends a record, where the data starts with a record."""
    whole = np.frombuffer(data, dtype=np.uint8)
    line_ends = np.flatnonzero(whole == end) + 1
    if b'"' not in data or not len(line_ends):
        return line_ends
    quotes = np.searchsorted(np.flatnonzero(whole == QUOTE), line_ends)
    odd = np.diff(quotes, prepend=0) % 2 == 1
    return line_ends[_closing(data, line_ends, odd, delimiter)] if odd.any() else line_ends


def _closing(data: bytes, line_ends: np.ndarray, odd: np.ndarray, delimiter: str) -> np.ndarray:
    """Which line ends lie outside quotes; only lines with unpaired quotes are looked into."""
    outside = np.ones(len(line_ends), dtype=bool)
    strange = np.flatnonzero(odd)
    nth = 0
    while nth < len(strange):
        at, is_open = int(strange[nth]), False
        while at < len(line_ends):
            start = line_ends[at - 1] if at else 0
            is_open = _leaves_open(data[start : line_ends[at]], is_open, delimiter)
            outside[at] = not is_open
            at += 1
            if not is_open:
                break
        nth = int(np.searchsorted(strange, at))
    return outside


def _leaves_open(line: bytes, is_open: bool, delimiter: str) -> bool:
    """Whether a quoted cell is still open at the end of a line."""
    opened, closes = _patterns(delimiter)
    if is_open:
        closed = closes.match(line)
        if closed is None:
            return True
        line = line[closed.end() :]
        if not line.startswith(delimiter.encode()):
            return False
        line = line[1:]
    return opened.match(line) is not None


@cache
def _patterns(delimiter: str) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """A line whose last cell is opened and not closed; the rest of a cell up to its delimiter."""
    d = re.escape(delimiter)
    quoted, plain = r'"(?:[^"]|"")*+"', rf'(?!")[^{d}]*+'
    opened = rf'(?:(?:{quoted}[^{d}]*+|{plain}){d})*+"(?:[^"]|"")*+\Z'
    closes = rf'(?:[^"]|"")*+"[^{d}]*+'
    return re.compile(opened.encode(), re.DOTALL), re.compile(closes.encode(), re.DOTALL)
