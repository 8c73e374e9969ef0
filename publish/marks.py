"""The symbols that go with each published figure: why it has no number, or with what reservation.

Source: the Government Analysis Function's guidance on symbols in tables; `models.symbols` says what
each means.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from models.metric import Metric
from models.symbols import OF_LOW_BASE, OF_STATUS, SYMBOLS
from publish.classify import KEY, shown

SENT_TWICE = frozenset({"referral", "contact", "outcome_score"})
"""Facts of the mental health services data set: a month is sent, and a month later sent again whole
(NHS England calls the first *performance*, the second *final*)."""


def add_marks(
    rows: pd.DataFrame, metrics: Mapping[str, Metric], before: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Protected observations (OBSERVATION_COLUMNS) with `marks` (see PUBLISHED_COLUMNS).

    `before` holds the figures as they were first published (KEY and value), to tell which have been
    revised since.
    """
    flags = {
        **{code: rows["status"].eq(status) for status, code in OF_STATUS.items()},
        OF_LOW_BASE: rows["status"].eq("low_base"),
        "low": _rounds_to_nothing(rows, metrics),
        "b": _first_since_break(rows, metrics),
        "p": _provisional(rows, metrics),
        "r": _revised(rows, before),
    }
    marks = pd.Series("", rows.index)
    for code in SYMBOLS:
        if code in flags:
            marks = marks.where(~flags[code], marks + " " + code)
    return rows.assign(marks=marks.str.strip().replace("", None).astype(object))


def _rounds_to_nothing(rows: pd.DataFrame, metrics: Mapping[str, Metric]) -> pd.Series:
    """Shown figures that their measure's decimals would print as 0, though they are not."""
    decimals = rows["metric_id"].map({name: m.decimals for name, m in metrics.items()})
    value = rows["value"].abs()
    return shown(rows) & value.gt(0) & (value * 10.0 ** decimals.fillna(0) < 0.5)


def _first_since_break(rows: pd.DataFrame, metrics: Mapping[str, Metric]) -> pd.Series:
    """Shown figures of the first period that lies wholly on the later side of a break."""
    found = pd.Series(False, rows.index)
    for name, metric in metrics.items():
        if not metric.breaks:
            continue
        mine = rows["metric_id"].eq(name)
        starts = rows.loc[mine, "period_start"]
        for day in map(pd.Timestamp, metric.breaks):
            since, earlier = starts[starts >= day], starts[starts < day]
            if len(since) and len(earlier):  # without a period before it nothing is broken
                found |= mine & rows["period_start"].eq(since.min())
    return found & shown(rows)


def _provisional(rows: pd.DataFrame, metrics: Mapping[str, Metric]) -> pd.Series:
    """Shown figures of the latest month of services that send each month a second time."""
    mine = {name for name, m in metrics.items() if SENT_TWICE & set(m.sources)}
    rests = rows["metric_id"].isin(mine) & shown(rows)
    return rests & rows["period_end"].eq(rows.loc[rests, "period_end"].max())


def _revised(rows: pd.DataFrame, before: pd.DataFrame | None) -> pd.Series:
    """Shown figures that readers first saw with another value."""
    if before is None or before.empty:
        return pd.Series(False, rows.index)
    first = before[[*KEY, "value"]].dropna(subset=["value"]).drop_duplicates(KEY)
    both = rows[[*KEY, "value"]].merge(first, on=KEY, how="left", suffixes=("", "_was"))
    was = both["value_was"].to_numpy()
    with np.errstate(invalid="ignore"):
        moved = np.abs(both["value"].to_numpy() - was) > 1e-9 * np.maximum(np.abs(was), 1.0)
    return pd.Series(moved, rows.index) & shown(rows)
