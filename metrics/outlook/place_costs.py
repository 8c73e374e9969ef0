"""The full cost of a place outside the borough, beside one more local place."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import ndtri

from metrics.methods.breakeven import PlaceCost, place_cost
from metrics.outlook.money_rows import RowsAhead
from metrics.outlook.prices import STATE_PLACE_FUNDING

NEEDS = {"SEMH": "semh", "other": "other"}


def kind(table: pd.DataFrame, family: str, inside: bool, need: str) -> pd.Series | None:
    """One kind's row of the price table; None where it has no price."""
    found = table[(table["family"] == family) & (table["in_borough"] == inside)
                  & (table["need"] == need)]  # fmt: skip
    if found.empty or found["total"].isna().all():
        return None
    return found.iloc[0]


def full_cost(row: pd.Series) -> PlaceCost:
    """The cost of a place from its price row; joint funding that may not be told counts as none."""
    return place_cost(
        fee=row["fee"], place_funding=row["place_funding"], transport=row["transport"],
        joint_funding=np.nan_to_num(row["joint"]),
    )  # fmt: skip


def away_and_local(rows: RowsAhead, table: pd.DataFrame, first: int) -> None:
    """Rows of subjects `place_away` and `place_local`, for a child with SEMH; pounds a year."""
    out, local = kind(table, "independent", False, "SEMH"), kind(table, "special", True, "SEMH")
    if out is not None:
        _parts(rows, "place_away", out, first)
    if local is None:
        return
    _parts(rows, "place_local", local, first)
    funded = STATE_PLACE_FUNDING["special"]
    rows.add(
        "place_local",
        "next_child",
        first,
        max(0.0, float(local["total"]) - funded),
        note=f"once its place funding of £{funded:,.0f} is paid, as for an empty place",
    )


def _parts(rows: RowsAhead, subject: str, row: pd.Series, first: int) -> None:
    cost = full_cost(row)
    behind = f"{row['children']:,} children, {row['providers']} providers; {row['basis']}"
    spread = float(row["total"]) + float(row["se"]) * _NORMAL
    rows.add(subject, "all", first, spread, note=behind)
    for part in ("fee", "place_funding", "transport"):
        rows.add(subject, part, first, float(row[part]))
    if not np.isnan(row["joint"]):
        rows.add(subject, "joint", first, float(row["joint"]))
        rows.add(subject, "council", first, float(cost.council))


_NORMAL = ndtri((np.arange(1000) + 0.5) / 1000)
"""A normal curve in a thousand steps: what its mean may turn out to be."""
