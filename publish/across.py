"""Which figures of one metric give those of another: the same count, or months of a year."""

from __future__ import annotations

import numpy as np
import pandas as pd

CELL = ["area_kind", "area_id", "breakdown", "category"]
SPAN = ["period_start", "period_end"]
MOSTLY = 0.75
"""Share of two metrics' figures that agree from which they are taken to count the same."""
ENOUGH = 6
"""Figures above zero two metrics must share before they are taken to count the same."""

FIRST_MONTH = {"academic_year": 9, "financial_year": 4, "calendar_year": 1}
FINE = ("month", "term")
NEARLY = 0.02
"""Months are believed to make up years where, over two metrics, they miss them by no more."""


def twins(rows: pd.DataFrame, things: pd.Series, base: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Positions of figures whose count is the base of another metric's figure, and of that one.

    Shown by either, the number is known of both. `things` and `base` are the counts of `rows`.
    """
    spots = rows[["metric_id", *SPAN, *CELL]].assign(at=np.arange(len(rows)))
    pairs = spots.assign(n=things).merge(
        spots.assign(n=base), on=[*SPAN, *CELL], suffixes=("", "_base")
    )
    pairs = pairs[
        pairs["metric_id"].ne(pairs["metric_id_base"]) & (pairs["n"] + pairs["n_base"]).gt(0)
    ]
    pairs = pairs.assign(same=pairs["n"].eq(pairs["n_base"]))
    # A reader who sees only some of them may believe it though a few differ.
    agreed = pairs.groupby(["metric_id", "metric_id_base"])["same"].agg(["mean", "size"])
    believed = agreed.index[agreed["mean"].ge(MOSTLY) & agreed["size"].ge(ENOUGH)]
    mine = pd.MultiIndex.from_frame(pairs[["metric_id", "metric_id_base"]]).isin(believed)
    return pairs.loc[mine, "at"].to_numpy(), pairs.loc[mine, "at_base"].to_numpy()


def months_of_years(
    rows: pd.DataFrame, things: pd.Series, counted: pd.Series | None = None
) -> pd.DataFrame:
    """Counts of months or terms that make up another metric's yearly one.

    Columns `part, whole, identity, pair` (a number for the two metrics). `counted` says which rows
    have a count, known or not; by default those where `things` is known. Two metrics are believed
    from the years where all counts are known.
    """
    counted = things.notna() if counted is None else counted
    spots = rows[["metric_id", *SPAN, *CELL]].assign(at=np.arange(len(rows)), n=things)
    spots = spots[counted]
    kind = rows["period_kind"].reindex(spots.index)
    found = pd.concat(
        [_in_year(spots[kind == fine], spots[kind == name], first)
         for name, first in FIRST_MONTH.items() for fine in FINE], ignore_index=True,
    )  # fmt: skip
    found = found[found["metric_id"].ne(found["metric_id_whole"])]
    by = ["metric_id", "metric_id_whole"]
    sums = found.groupby([*by, "at_whole"], as_index=False).agg(
        parts=("n", "sum"), known=("n", "count"), size=("n", "size"), whole=("n_whole", "first")
    )
    sums = sums[sums["known"].eq(sums["size"]) & sums["whole"].notna()]
    sums = sums.assign(gap=(sums["parts"] - sums["whole"]).abs(), some=sums["whole"].gt(0))
    told = sums.groupby(by)[["gap", "whole", "some"]].sum()
    believed = told.index[told["gap"].le(NEARLY * told["whole"]) & told["some"].ge(ENOUGH)]
    found = found[pd.MultiIndex.from_frame(found[by]).isin(believed)]
    identity = found["at_whole"].astype(str) + " months of " + found["metric_id"]
    return pd.DataFrame({
        "part": found["at"], "whole": found["at_whole"], "identity": identity,
        "pair": found.groupby(by).ngroup(),
    })  # fmt: skip


def _in_year(months: pd.DataFrame, years: pd.DataFrame, first: int) -> pd.DataFrame:
    """Months and the years of one kind (by its first month) they lie in, of the same cell."""
    start = months["period_start"]
    begun = start.dt.year - (start.dt.month < first)
    months = months.assign(begun=begun)
    years = years.assign(begun=years["period_start"].dt.year)
    return months.merge(years, on=[*CELL, "begun"], suffixes=("", "_whole"))
