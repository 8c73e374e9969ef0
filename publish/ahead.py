"""Futures of groups made fit for readers: nothing withheld elsewhere can be read from them.

Where a count of plans by setting is withheld, so is the group of that setting: it joins others of
its need on the same side of the boundary. What a group starts from is rounded to 5, the largest of
a need taking what is left, so that totals stay and no small remainder can be worked out.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from models.observation import Tier
from publish.ahead_money import protect_money, without_prices
from publish.errors import PublishError

FLOOR, STEP = 10, 5
OTHERS = {True: "Other settings", False: "Other settings, out of the borough"}
PLACED = {"semh_plans_placed": "SEMH", "all_plans_placed": "all"}
"""Counts of plans by setting, and the need they are of."""


def protect_outlook(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables of looking ahead, as readers may have them; `observation` is protected already.

    Raises PublishError where a group starts from fewer than FLOOR children.
    """
    groups = tables.get("future_group")
    if groups is None or groups.empty:
        return {}
    if (groups["base"] < FLOOR).any():
        raise PublishError(
            f"A group of the futures starts from fewer than {FLOOR} children.",
            "run semh measure again, then semh publish",
        )
    hidden = withheld(tables["observation"])
    into = _joined(groups, hidden)
    found = {name: _merge(tables[name], into) for name in ("future", "future_kernel")}
    for name in ("forecast", "forecast_choice"):
        if name in tables:
            found[name] = tables[name][~_hidden(tables[name], hidden)]
    shown = without_prices(_merged_groups(groups, into, hidden), tables["observation"])
    found["future_group"] = _rounded(shown)
    return found | protect_money(tables)


def withheld(observations: pd.DataFrame) -> set[tuple[str, str]]:
    """Need and setting of counts of plans that some reader may not see, at the newest January."""
    rows = observations[
        observations["metric_id"].isin(list(PLACED)) & (observations["breakdown"] == "setting")
        & (observations["area_kind"] == "borough") & (observations["tier"] != Tier.RESTRICTED)
    ]  # fmt: skip
    rows = rows[rows["period_start"] == rows["period_start"].max()]
    rows = rows[rows["status"] == "suppressed"]
    found = {(PLACED[m], str(c)) for m, c in zip(rows["metric_id"], rows["category"], strict=True)}
    alike = {(need, c) for n, c in found for need in ("SEMH", "other") if n == "all"}
    return found | alike


def _hidden(rows: pd.DataFrame, hidden: set[tuple[str, str]]) -> np.ndarray:
    kind = rows["setting"].str.split(",").str[0]
    return np.array([key in hidden for key in zip(rows["need"], kind, strict=True)], dtype=bool)


def _joined(groups: pd.DataFrame, hidden: set[tuple[str, str]]) -> dict[int, int]:
    """Each group's new id: hidden ones with their need's other settings on the same side.

    Where these are nobody else, with its next smallest group, so that more than one is in it.
    """
    into = {int(g): int(g) for g in groups["group_id"]}
    gone = groups[_hidden(groups, hidden)]
    for (need, inside), part in gone.groupby(["need", "in_borough"]):
        side = groups[(groups["need"] == need) & (groups["in_borough"] == inside)]
        rest = side[~side["group_id"].isin(part["group_id"])]
        others = rest[rest["setting"] == OTHERS[bool(inside)]]
        near = others if len(others) else rest.nsmallest(1, "base")
        members = pd.concat([near.head(1), part])["group_id"].tolist()
        into |= {int(g): int(members[0]) for g in members}
    return into


def _merge(rows: pd.DataFrame, into: dict[int, int]) -> pd.DataFrame:
    """Rows of groups summed into those they join."""
    value = "children" if "children" in rows else "share"
    keys = [name for name in rows.columns if name != value]
    moved = rows.assign(group_id=rows["group_id"].map(into))
    return moved.groupby(keys, sort=False)[[value]].sum().reset_index()[list(rows.columns)]


def _merged_groups(
    groups: pd.DataFrame, into: dict[int, int], hidden: set[tuple[str, str]]
) -> pd.DataFrame:
    """One row a group that is left; one that took others in is of all phases and other settings."""
    new = groups["group_id"].map(into)
    base = groups.groupby(new)["base"].sum()
    rows = groups[groups["group_id"] == new].copy()
    rows["base"] = rows["group_id"].map(base)
    grown = rows["group_id"].isin(new[new != groups["group_id"]]) | _hidden(rows, hidden)
    rows.loc[grown, "phase"] = "all"
    rows.loc[grown, "setting"] = rows.loc[grown, "in_borough"].map(OTHERS)
    for name in ("unit_cost", "cost_note"):
        if name in rows:
            rows.loc[grown, name] = None
    return rows.reset_index(drop=True)


def _rounded(groups: pd.DataFrame) -> pd.DataFrame:
    """Bases to the nearest STEP, the largest group of a need keeping the need's total."""
    base = (groups["base"] / STEP).round().astype(int) * STEP
    for need in groups["need"].unique():
        mine = groups["need"] == need
        left = int(groups.loc[mine, "base"].sum() - base[mine].sum())
        base[groups.loc[mine, "base"].idxmax()] += left
    return groups.assign(base=base)
