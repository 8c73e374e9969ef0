"""Places commissioned, filled and vacant at the newest term, worked out from published figures."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from models.observation import Status
from pages.blocks import Block, Note, Section, Table
from pages.points import Point
from pages.view import View

SHOWN = (Status.OK.value, Status.LOW_BASE.value)
HIDDEN = "[c]"


def vacancies(view: View) -> Sequence[Block]:
    """SEMH places by provision where the reader may see provisions, else by locality.

    Vacant places are worked out from the figures published, so a hidden number stays hidden.
    """
    metric = view.metric("semh_places_filled")
    points = view.points(metric) if metric else []
    if metric is None or not points:
        return ()
    for show, head in (("provision", "Provision"), ("locality", "Locality")):
        rows = _at(view, metric, show, points[-1])
        if len(rows):
            table = _table(_with_places(view, rows, show, points[-1]), head, points[-1].words)
            return (Section("Where are the vacancies?", (table, *_why(rows))),)
    return ()


def _at(view: View, metric: dict[str, Any], show: str, when: Point) -> pd.DataFrame:
    rows = view.groups(metric, show)
    return rows[pd.to_datetime(rows["period_end"]).dt.date == when.end]


def _with_places(view: View, rows: pd.DataFrame, show: str, when: Point) -> pd.DataFrame:
    """The rows with `places`: what is commissioned is about no child, so it is never hidden."""
    metric = view.metric("semh_places")
    if metric is None:
        return rows.assign(places=rows["denominator"])
    known = _at(view, metric, show, when).set_index("area_id")["value"]
    return rows.assign(places=rows["area_id"].map(known).fillna(rows["denominator"]))


def _table(rows: pd.DataFrame, head: str, when: str) -> Table:
    rows = rows.sort_values("name")
    listed = [_row(str(r["name"]), r) for r in rows.to_dict("records")]
    columns = [head, "Places", "Children", "Vacant"]
    caption = f"SEMH places commissioned, filled and vacant, {when}"
    return Table(caption, pd.DataFrame(listed, columns=columns))


def _row(name: str, row: Mapping[Hashable, Any]) -> tuple[str, str, str, str]:
    places, children = row["places"], row["numerator"]
    said = HIDDEN if pd.isna(places) else f"{places:,.0f}"
    if row["status"] not in SHOWN or pd.isna(places):
        return name, said, HIDDEN, HIDDEN
    vacant = places - children
    words = f"{vacant:,.0f}" if vacant >= 0 else f"None; {-vacant:,.0f} over"
    return name, said, f"{children:,.0f}", words


def _why(rows: pd.DataFrame) -> list[Note]:
    if rows["status"].isin(SHOWN).all():
        return []
    words = "A number of fewer than five children, or one that would give such a number away."
    return [Note("[c] is hidden", words, "none")]
