"""Places commissioned, filled and vacant at the newest term, worked out from published figures."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from models.observation import Status
from pages.blocks import Block, Note, Section, Table
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
        rows = view.groups(metric, show)
        rows = rows[pd.to_datetime(rows["period_end"]).dt.date == points[-1].end]
        if len(rows):
            table = _table(rows, head, points[-1].words)
            return (Section("Where are the vacancies?", (table, *_why(rows))),)
    return ()


def _table(rows: pd.DataFrame, head: str, when: str) -> Table:
    rows = rows.sort_values("name")
    listed = [_row(str(r["name"]), r) for r in rows.to_dict("records")]
    columns = [head, "Places", "Children", "Vacant"]
    caption = f"SEMH places commissioned, filled and vacant, {when}"
    return Table(caption, pd.DataFrame(listed, columns=columns))


def _row(name: str, row: Mapping[Hashable, Any]) -> tuple[str, str, str, str]:
    status, children, places = (row[n] for n in ("status", "numerator", "denominator"))
    if status not in SHOWN:
        return name, HIDDEN, HIDDEN, HIDDEN
    vacant = places - children
    words = f"{vacant:,.0f}" if vacant >= 0 else f"None; {-vacant:,.0f} over"
    return name, f"{places:,.0f}", f"{children:,.0f}", words


def _why(rows: pd.DataFrame) -> list[Note]:
    if rows["status"].isin(SHOWN).all():
        return []
    words = "A number of fewer than five children, or one that would give such a number away."
    return [Note("[c] is hidden", words, "none")]
