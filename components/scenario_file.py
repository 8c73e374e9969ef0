"""A scenario to take away: the outcome and the sheet of its assumptions, as one workbook."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from flask import Flask, Response, request

from components.download import SYNTHETIC
from components.guard import route
from components.identity import Reader
from pages.queries import ScenarioQuery, read_query
from pages.view import View
from pages.what_if_sheets import sheets_of
from scenarios.futures import CannotWork
from scenarios.workbook import workbook

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def add_scenario_file(server: Flask) -> None:
    """Register the route of the workbook."""

    @route(server, "/scenario", methods=["GET"])
    def scenario(asking: Reader) -> Response:
        view = View(asking.snapshot, asking.principal)
        try:
            query, unknown = _query(request.args.get("page", ""))
            about, sheets = sheets_of(view, query, unknown)
        except (CannotWork, ValueError):
            return Response("There is no such scenario to download.", 404, mimetype="text/plain")
        about += [SYNTHETIC] if view.synthetic else []
        about += [f"Snapshot {asking.snapshot.id}, data to {view.data_words}."]
        answer = Response(workbook("A scenario of looking ahead", about, sheets), mimetype=_TYPE)
        answer.headers["Content-Disposition"] = 'attachment; filename="scenario.xlsx"'
        return answer


def _query(address: str) -> tuple[ScenarioQuery, list[str]]:
    parts = urlsplit(address)
    said = dict(parse_qsl(parts.query))
    if parts.path == "/out-of-borough-cost":
        said.setdefault("need", "SEMH")
    return read_query(ScenarioQuery, said)
