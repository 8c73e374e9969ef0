"""Every published layout that is known, in the order they are tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ingest.published import attendance, lait, sen2
from ingest.published.areas import Areas
from ingest.published.frames import Reading
from ingest.published.sheets import Sheet


@dataclass(frozen=True)
class Reader:
    """A layout: how it is told by columns, and how it is read."""

    name: str
    recognise: Callable[[Sheet], bool]
    read: Callable[[Sheet, Areas], Reading]


PUBLISHED_READERS: tuple[Reader, ...] = (
    Reader("DfE Local Authority Interactive Tool", lait.recognise, lait.read),
    Reader("DfE education, health and care plans", sen2.recognise, sen2.read),
    Reader("DfE absence by need", attendance.recognise_long, attendance.read_long),
    Reader("DfE daily attendance", attendance.recognise_daily, attendance.read_daily),
)
