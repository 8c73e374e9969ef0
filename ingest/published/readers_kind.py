"""What a reader of one published layout is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ingest.published.areas import Areas
from ingest.published.frames import Reading
from ingest.published.sheets import Sheet


@dataclass(frozen=True)
class Reader:
    """A layout: how it is told by columns, and how it is read."""

    name: str
    recognise: Callable[[Sheet], bool]
    read: Callable[[Sheet, Areas], Reading]
