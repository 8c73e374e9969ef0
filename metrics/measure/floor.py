"""Coverage: a figure is shown only where enough of those who owed a return have sent it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from metrics.measure.returns import counts_events, rests_on_census
from models.metric import Kind, Metric
from models.observation import Status
from models.suppliers import owner_of

if TYPE_CHECKING:
    from metrics.measure.session import Session

FLOORS = {Kind.COUNT: 0.8, Kind.MONEY: 0.8}
"""Share of the settings that owed a return without which a sum is not shown: it would look like a
fall."""

USUAL_FLOOR = 0.6
"""The same for what is divided: what is missing is missing on both sides."""

BODIES = ("school", "provider", "provision")


def floor_of(metric: Metric) -> float:
    """The least share of returns with which a metric is shown, 0 to 1."""
    return FLOORS.get(metric.kind, USUAL_FLOOR) if metric.floor is None else metric.floor


def apply_floor(session: Session, metric: Metric, cells: pd.DataFrame) -> pd.DataFrame:
    """Cells, those of a period with too few returns marked not available and `why` said.

    Only what rests on the school census is held to it: there alone the borough knows who owed a
    return. A school's own figure stays, where it returned.
    """
    cells = cells.assign(why="")
    if not rests_on_census(metric) or cells.empty:
        return cells
    words = _too_few(session, metric)
    if not words:
        return cells
    why = cells["period_start"].map(words).where(~cells["breakdown"].isin(BODIES))
    return cells.assign(
        why=why.fillna(""), status=cells["status"].mask(why.notna(), Status.NOT_AVAILABLE)
    )


def _too_few(session: Session, metric: Metric) -> dict[Any, str]:
    """Why each period below the floor isn't shown, by its first day."""
    returns = session.returns(metric, events=counts_events(metric))
    owed = returns.groupby("period_start")["returned"].agg(["sum", "size"])
    short = owed[owed["sum"] < floor_of(metric) * owed["size"]]
    who = owner_of(metric.sources[0])
    return {
        start: f"only {came} of {due} census returns came; ask for the others from {who}"
        for start, came, due in zip(short.index, short["sum"], short["size"], strict=True)
    }
