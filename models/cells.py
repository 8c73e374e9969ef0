"""Cells of files that people open in a spreadsheet."""

from __future__ import annotations

from typing import Any

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""First characters that make a spreadsheet run a cell."""


def tame(cell: Any) -> str:
    """A cell as text that no spreadsheet runs as a formula; a plain number stays a number."""
    text = "" if cell is None or cell != cell else str(cell)
    if text[:1] in RUNS and not _number(text):
        return f"'{text}"
    return text


def _number(text: str) -> bool:
    try:
        float(text.replace(",", ""))
    except ValueError:
        return False
    return True
