"""The numbers behind one part of a page, as a file that says what it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import Flask, Response, request

from components.guard import NotFound, find_screen, route
from components.identity import Reader
from models.cells import tame
from models.symbols import legend
from pages.blocks import Beside, Details, Figure, Page, Section, Table
from pages.queries import read_query
from pages.view import View
from pages.words import MINUS

SYNTHETIC = "Synthetic data. Local figures come from a simulated borough."


def build_page(asking: Reader, address: str) -> tuple[Any, Page, list[str]]:
    """The page at an address for this reader: its screen, the page, what was not understood.

    Raises NotFound when there is no such page.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        raise NotFound("There is no page at this address.") from None
    screen, rest = find_screen(parts.path)
    query: Any
    query, unknown = read_query(screen.query, dict(parse_qsl(parts.query)))
    view = View(asking.snapshot, asking.principal)
    return screen, screen.build(view, query, *rest), unknown


def add_download(server: Flask) -> None:
    """Register the one download route."""

    @route(server, "/download", methods=["GET"])
    def download(asking: Reader) -> Response:
        address, wanted = request.args.get("page", "/"), request.args.get("part", "")
        try:
            _, page, _ = build_page(asking, address)
            part = next(p for p in walk(page.parts) if _file_id(p) == wanted)
        except (NotFound, StopIteration):
            return Response("There is no such figure to download.", 404, mimetype="text/plain")
        name = part.about.file if isinstance(part, Figure) else part.file
        answer = Response(csv_text(asking, part), mimetype="text/csv")
        answer.headers["Content-Disposition"] = f'attachment; filename="{_safe(name)}.csv"'
        return answer


def _safe(name: str) -> str:
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in name) or "figure"


def walk(parts: Iterable[Any]) -> Iterator[Any]:
    """Every block of a page, those inside others too."""
    for part in parts:
        yield part
        if isinstance(part, Section | Details):
            yield from walk(part.parts)
        if isinstance(part, Beside):
            yield from walk((*part.wide, *part.narrow))


def _file_id(part: Any) -> str | None:
    if isinstance(part, Figure):
        return part.id
    return part.file or None if isinstance(part, Table) else None


def csv_text(asking: Reader, part: Figure | Table) -> str:
    """The part as CSV: what it is and where it comes from, then one table."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([tame(cell) for cell in line] for line in _preamble(asking, part))
    writer.writerow([])
    rows = part.table if isinstance(part, Figure) else part.rows
    writer.writerow([tame(c) for c in rows.columns])
    writer.writerows([_cell(c) for c in row] for row in rows.itertuples(index=False, name=None))
    return "\ufeff" + text.getvalue()


def _cell(cell: Any) -> str:
    """A cell as a spreadsheet reads it: it knows a number below nought by a hyphen only."""
    return tame(cell.replace(MINUS, "-") if isinstance(cell, str) else cell)


def _preamble(asking: Reader, part: Figure | Table) -> Iterator[tuple[str, str]]:
    info = asking.snapshot.info(asking.principal)
    if isinstance(part, Figure):
        yield "Title", part.title
        yield "Shows", part.subtitle
        yield "Source", f"{part.about.source} {part.about.coverage}".strip()
    else:
        yield "Title", part.caption
    if info.get("synthetic") == "true":
        yield "Notice", SYNTHETIC
    yield "Symbols", "; ".join(legend())
    for rule in asking.snapshot.profile(asking.principal).thresholds:
        if rule.tier == asking.principal.tier:
            yield "Small numbers", rule.words()
    yield "Data to", info.get("data_to", "")
    yield "Snapshot", asking.snapshot.id
