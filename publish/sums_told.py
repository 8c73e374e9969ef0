"""What an outsider can tell of withheld sums of pounds, from the shown ones.

They know that no amount is below 0, which sums add up to which where they are shown, and where the
same pounds stand in two measures. A figure is withheld so that one price in it stays uncertain;
which of several tied ones that is they can't know, so one of them at least must be uncertain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import coo_array

from publish.across import CELL, SPAN
from publish.attack import groups, intervals
from publish.guess import believed
from publish.magnitudes import P
from publish.system import System

SUMMED = ("money", "mean", "ratio", "computed")
TOLD = 1000.0
ROUNDING = 2.0
"""Pounds by which sums of rounded pounds may miss each other."""
ENOUGH = 2
"""Times two sums must have been seen equal to the penny to be taken for the same."""


@dataclass(frozen=True)
class SumsTold:
    """Withheld sums tried, the narrowest of the widest intervals of tied ones, and which leak.

    `narrowest` is a width as a share of the most that the sum may be, None if none is withheld;
    `at` are positions of the figures whose sums can be told.
    """

    attacked: int
    narrowest: float | None
    at: np.ndarray


def in_pounds(document: dict[str, Any]) -> bool:
    """Whether a measure's document says that it adds up pounds."""
    unit = document["unit"].lower()
    return document["kind"] in SUMMED and bool(
        document.get("pounds") or document["kind"] == "money" or "£" in unit or "pound" in unit
    )


def sums_told(rows: pd.DataFrame, links: pd.DataFrame) -> SumsTold:
    """Attack the withheld numerators of measures in pounds (column `pounds` of `rows`).

    `rows` and `links` as in `publish.outsider`; NaN numerators are withheld.
    """
    mine = rows["pounds"].to_numpy(dtype=bool)
    n = np.round(rows["numerator"].where(mine).to_numpy(dtype=float))
    hidden = mine & np.isnan(n)
    if not hidden.any():
        return SumsTold(0, None, np.array([], dtype=int))
    same = _same(rows, mine)
    n = _shown_elsewhere(rows, n, same)
    hidden &= np.isnan(n)
    if not hidden.any():
        return SumsTold(0, None, np.array([], dtype=int))
    ties = believed(links[mine[links["part"]] & mine[links["whole"]]], n, n)
    low, high, group = _bounds(n, hidden, ties, same)
    at = np.flatnonzero(hidden)
    # No amount is below 0, so the whole of what a sum may be at most is the widest it can be.
    most = np.where(np.isinf(high), np.nan, np.maximum(high, 1.0))
    width = np.nan_to_num((most - np.minimum(low, most)) / most, nan=1.0)[at]
    widest = pd.Series(width).groupby(group[at]).transform("max").to_numpy()
    # Within 15 % of the least: a share of 0.15 / 1.15 of the most.
    told = at[widest < P / (100 + P)]
    return SumsTold(len(at), float(widest.min()), told)


def _shown_elsewhere(rows: pd.DataFrame, n: np.ndarray, same: pd.DataFrame) -> np.ndarray:
    """Sums with those filled in that a worked-out figure rests on and another measure shows.

    The figure itself is withheld, not the sum, which was found fit to show there.
    """
    both = pd.concat([same, same.rename(columns={"at": "other", "other": "at"})])
    worked_out = rows["kind"].eq("computed").to_numpy()[both["at"]]
    both = both[worked_out & np.isnan(n[both["at"]]) & ~np.isnan(n[both["other"]])]
    filled = n.copy()
    filled[both["at"]] = n[both["other"]]
    return filled


def _same(rows: pd.DataFrame, mine: np.ndarray) -> pd.DataFrame:
    """Pairs of figures (`at`, `other`) of one period that show the same pounds whenever both do."""
    spots = rows.loc[mine, ["metric_id", *CELL, *SPAN]].assign(
        n=rows["numerator"], at=np.flatnonzero(mine)
    )
    spots["slot"] = spots.groupby(["metric_id", *CELL]).ngroup()
    pence = spots.assign(pence=(spots["n"] * 100).round())[spots["n"] >= TOLD]
    met = pence.merge(pence, on=[*SPAN, "pence"], suffixes=("", "_other"))
    slots = met[met["slot"] < met["slot_other"]].groupby(["slot", "slot_other"]).size()
    both = spots.merge(slots[slots >= ENOUGH].rename("seen").reset_index(), on="slot").merge(
        spots, left_on=["slot_other", *SPAN], right_on=["slot", *SPAN], suffixes=("", "_b")
    )
    known = both["n"].notna() & both["n_b"].notna()
    differs = known & ((both["n"] - both["n_b"]).abs() > 0.01)
    wrong = differs.groupby([both["slot"], both["slot_other"]]).transform("any")
    return both.loc[~wrong, ["at", "at_b"]].rename(columns={"at_b": "other"})


def _bounds(
    n: np.ndarray, hidden: np.ndarray, ties: pd.DataFrame, same: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Least and most of each sum, and which group of tied withheld sums it is in."""
    identity, number = pd.factorize(ties["identity"])
    heads = ties.drop_duplicates("identity")
    count, pairs, size = len(number), len(same), len(n)
    each, pair = np.arange(count), count + np.arange(pairs)
    row = np.concatenate([identity, each, pair, pair, np.arange(count + pairs)])
    column = np.concatenate([
        ties["part"], heads["whole"], same["at"], same["other"], size + np.arange(count + pairs),
    ])  # fmt: skip
    coef = np.concatenate([
        np.ones(len(ties)), -np.ones(count), np.ones(pairs), -np.ones(pairs),
        np.ones(count + pairs),
    ])  # fmt: skip
    slack = np.full(pairs, ROUNDING)
    least = np.concatenate([heads["least"].to_numpy(float) - ROUNDING, -slack])
    most = np.concatenate([heads["most"].to_numpy(float) + ROUNDING, slack])
    whole = np.concatenate([hidden, np.ones(count + pairs, dtype=bool)])
    shown = np.where(np.isnan(n), 0.0, n)
    system = System(
        ids=np.arange(len(whole)), n=np.concatenate([shown, np.zeros(count + pairs)]),
        least=np.concatenate([np.where(hidden, 0.0, shown), least]),
        most=np.concatenate([np.where(hidden, np.inf, shown), most]),
        weight=np.ones(len(whole)), sensitive=~whole, fixed=~whole, hidden=whole,
        threshold=np.full(len(whole), 2.0),
        matrix=coo_array((coef, (row, column)), shape=(count + pairs, len(whole))).tocsr(),
    )  # fmt: skip
    wanted = np.concatenate([hidden, np.zeros(count + pairs, dtype=bool)])
    low, high = intervals(system, whole, wanted)
    low, high = np.nan_to_num(low, nan=0.0), np.where(np.isnan(high), np.inf, high)
    at = np.flatnonzero(whole)
    group = np.full(len(whole), -1)
    group[at] = groups(system.matrix[:, at])[1]
    return low[:size], high[:size], group[:size]
