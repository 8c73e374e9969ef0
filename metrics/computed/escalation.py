"""Time to escalation: what happens first to those who start support, and how soon."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from metrics.computed.registry import CELL, cuts, method, people
from metrics.methods.survival import at, cumulative_incidence
from models.metric import Metric

HORIZON = 365.0
"""Days from the start within which a first event counts: twelve months."""

_AALEN_JOHANSEN = "Aalen-Johansen, log-log"


@method(needs=("days", "cause"))
def share_within_year(metric: Metric, things: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """Share to whom the event came first within 12 months, other ends competing (Aalen-Johansen).

    One row per child who started: `days` watched, and `cause` of the end of watching: 1 the event
    asked about, 2 and more other ends that rule it out, 0 still being watched. The period is that
    of the start. Numerator: events seen; denominator: children started. Not available while none
    of a period's children has been watched for a year.
    Source: Aalen and Johansen 1978 (`methods.survival.cumulative_incidence`).
    """
    return _by_cell(metric, things)


def _by_cell(metric: Metric, things: pd.DataFrame) -> pd.DataFrame:
    rows = cuts(metric, things)
    cells = [dict(zip(CELL, key, strict=True)) | _share(group) for key, group in _groups(rows)]
    names = [*CELL, "numerator", "denominator", "value", "lower", "upper", "people", "base",
             "interval_method"]  # fmt: skip
    return pd.DataFrame(cells, columns=names)


def _groups(rows: pd.DataFrame) -> Iterator[tuple[Any, pd.DataFrame]]:
    """Each cell's rows that can be told of: with days of 0 or more."""
    known = rows[rows["days"].notna() & (rows["days"] >= 0)]
    yield from known.groupby(CELL, sort=True)


def _events(group: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, pd.DataFrame]:
    """Days and causes, and the rows whose event fell within the horizon."""
    days = group["days"].to_numpy(float)
    cause = group["cause"].to_numpy(float)
    return days, cause, group[(cause == 1) & (days <= HORIZON)]


def _numbers(group: pd.DataFrame, events: pd.DataFrame) -> dict[str, Any]:
    return {
        "numerator": float(len(events)),
        "denominator": float(len(group)),
        "people": people(events),
        "base": people(group),
    }


def _share(group: pd.DataFrame) -> dict[str, Any]:
    days, cause, events = _events(group)
    numbers = _numbers(group, events)
    if days.max() < HORIZON and (cause == 0).any():
        return numbers | {"value": np.nan, "lower": np.nan, "upper": np.nan}
    if events.empty:
        return numbers | {"value": 0.0, "lower": np.nan, "upper": np.nan}
    curve = cumulative_incidence(days, cause)
    curve = curve[curve["cause"] == 1]
    value, lower, upper = (100 * at(curve, HORIZON, name) for name in ("cif", "lower", "upper"))
    return numbers | {"value": value, "lower": lower, "upper": upper,
                      "interval_method": _AALEN_JOHANSEN}  # fmt: skip
