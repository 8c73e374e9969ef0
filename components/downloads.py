"""Downloads: the numbers of a figure as CSV, with what a reader needs to trust them.

While a page is drawn inside `collecting`, each figure offers its table. The route draws the page
again for whoever asks, so a file never holds more than its reader may see.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from urllib.parse import quote

import pandas as pd

from components.format import used_symbols
from components.marks import Caption

_RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass
class Collected:
    """The address of the page being drawn and the tables its figures offer."""

    path: str
    search: str
    sheets: dict[str, Caption] = field(default_factory=dict)


_NOW: ContextVar[Collected | None] = ContextVar("collected", default=None)


@contextmanager
def collecting(path: str, search: str) -> Iterator[Collected]:
    """Draw a page inside this; what its figures offer is in the result."""
    collected = Collected(path, search)
    token = _NOW.set(collected)
    try:
        yield collected
    finally:
        _NOW.reset(token)


def offer(caption: Caption) -> str:
    """Offer a figure's table for download; the address of the file, empty outside a page."""
    now = _NOW.get()
    if now is None or not len(caption.table):
        return ""
    now.sheets[caption.id] = caption
    rest = f"&{now.search.lstrip('?')}" if now.search else ""
    where = f"page={quote(now.path, safe='')}&figure={quote(caption.id, safe='')}"
    return f"/download/{quote(caption.file, safe='')}.csv?{where}{rest}"


def to_csv(caption: Caption, *, address: str, data_to: str, notice: str) -> bytes:
    """The file: title, filters, source, date and notice above the table; UTF-8 with a mark.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    for row in _head(caption, address, data_to, notice):
        writer.writerow([safe(cell) for cell in row])
    writer.writerow([])
    writer.writerow([safe(str(name)) for name in caption.table.columns])
    writer.writerows(
        [safe(text(cell)) for cell in row] for row in caption.table.itertuples(index=False)
    )
    return out.getvalue().encode("utf-8-sig")


def _head(caption: Caption, address: str, data_to: str, notice: str) -> list[list[str]]:
    rows = [["Title", caption.title], ["What it shows", caption.subtitle], ["Source", caption.source]]
    optional = {
        "Notice": notice,
        "Coverage": caption.coverage,
        "Note": caption.note,
        "Counted": " ".join(caption.words),
    }
    rows += [[name, words] for name, words in optional.items() if words]
    rows += [["Data to", data_to], ["Address with filters", address]]
    cells = [text(c) for column in caption.table for c in caption.table[column]]
    return rows + [[symbol, words] for symbol, words in used_symbols(cells)]


def text(cell: object) -> str:
    """A cell as text; nothing for what is missing."""
    return "" if cell is None or cell is pd.NA or cell != cell else str(cell)


def safe(cell: str) -> str:
    """A cell no spreadsheet takes for a formula; a plain negative number stays as it is."""
    if not cell.startswith(_RISKY):
        return cell
    return cell if _is_number(cell) else f"'{cell}"


def _is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", ""))
    except ValueError:
        return False
    return cell[0] == "-"
