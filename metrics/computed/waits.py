"""The longest waits, told so that no one child's wait is told."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from metrics.computed.registry import CELL, NUMBERS, cuts, method
from models.metric import Metric

TOGETHER = 10
"""How many children have all waited that long: a wait of one child would tell of that child."""

FEWEST = 2 * TOGETHER
"""With fewer children waiting, the ten longest are most of them and say nothing of the longest."""

WHOLE_WEEKS = 4
"""Waits are told in whole steps of so many weeks, rounded down."""


@method()
def longest_shared(metric: Metric, things: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """How long the ten children who have waited longest have all waited, in whole four weeks.

    One row per wait with `value` in weeks; a child waiting twice counts once, with the longer. The
    value is the tenth longest, rounded down to four weeks, so that nobody's own wait is told and no
    wait is overstated. Denominator: children waiting; people: the ten. Not available for fewer than
    twenty. Nothing was sampled: no interval. Source: top-coding, as in ONS guidance on disclosure.
    """
    rows = cuts(metric, things.dropna(subset=["value", "person_id"]))
    each = rows.groupby([*CELL, "person_id"], as_index=False)["value"].max()
    cells = [
        dict(zip(CELL, key, strict=True)) | _longest(own["value"].to_numpy(float))
        for key, own in each.groupby(CELL)
    ]
    return pd.DataFrame(cells, columns=[*CELL, *NUMBERS])


def _longest(weeks: np.ndarray) -> dict[str, Any]:
    told = weeks.size >= FEWEST
    tenth = np.sort(weeks)[-TOGETHER] if told else np.nan
    return {
        "numerator": np.nan,
        "denominator": float(weeks.size),
        "value": np.floor(tenth / WHOLE_WEEKS) * WHOLE_WEEKS,
        "lower": np.nan,
        "upper": np.nan,
        "people": float(min(weeks.size, TOGETHER)),
        "base": float(weeks.size),
    }
