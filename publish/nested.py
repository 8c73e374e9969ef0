"""Figures that count some of what others count: all pupils less those with SEMH are the rest.

A metric names those it is part of (`part_of`). Of two figures for the same time, place and group,
anyone can subtract; the rest is nowhere published, yet where it is small it must not be told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

SPOT = ["period_start", "period_end", "area_kind", "area_id", "breakdown", "category"]


def nested(rows: pd.DataFrame, part_of: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Pairs of figures of which one counts some of the other's things: `part, whole` (positions).

    `rows` has metric_id and SPOT; `part_of` gives the metrics each metric is part of.
    """
    named = [(part, whole) for part, wholes in part_of.items() for whole in wholes]
    pairs = pd.DataFrame(named, columns=["metric_id", "metric_id_whole"])
    spots = rows[["metric_id", *SPOT]].assign(at=np.arange(len(rows)))
    found = spots.merge(pairs, on="metric_id").merge(
        spots.rename(columns={"metric_id": "metric_id_whole", "at": "at_whole"}),
        on=["metric_id_whole", *SPOT],
    )
    return pd.DataFrame({"part": found["at"], "whole": found["at_whole"]})


def small_rests(
    pairs: pd.DataFrame, n: pd.Series, threshold: pd.Series
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rests that would tell of few: cells (`n, threshold`) and what they follow from.

    Larger rests tie nothing that matters and are left out; so is a rest of nobody. The second
    frame has `rest` (position in the first), `cell_id` and `coef`: whole - part - rest is 0.
    """
    number = n.to_numpy()
    rest = number[pairs["whole"]] - number[pairs["part"]]
    limit = threshold.to_numpy()[pairs["part"]]
    few = (rest >= 1) & (rest < limit)
    part, whole = pairs["part"].to_numpy()[few], pairs["whole"].to_numpy()[few]
    cells = pd.DataFrame({"n": rest[few], "threshold": limit[few]})
    each = np.arange(len(cells))
    ties = pd.DataFrame({
        "rest": np.concatenate([each, each]),
        "cell_id": np.concatenate([whole, part]),
        "coef": np.concatenate([np.ones(len(each)), -np.ones(len(each))]),
    })  # fmt: skip
    return cells, ties


def rests_told(
    pairs: pd.DataFrame, low: np.ndarray, high: np.ndarray, threshold: np.ndarray | int
) -> pd.DataFrame:
    """Pairs whose rest a reader can bound as small, and more narrowly than 1 to threshold - 1 is.

    `low` and `high` are the bounds of each figure's count for that reader; the part's `threshold`
    is held to (one for all if a number). Adds `least` and `most` of the rest.
    """
    whole, part = pairs["whole"].to_numpy(), pairs["part"].to_numpy()
    least = np.maximum(low[whole] - high[part], 0)
    most = high[whole] - low[part]
    # A rest that may be nobody tells of nobody: two measures often share their base.
    limit = np.broadcast_to(threshold, low.shape)[part]
    told = (least >= 1) & (most < limit) & (most - least < limit - 2)
    return pairs[told].assign(least=least[told], most=most[told])
