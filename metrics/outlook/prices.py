"""What a place costs a child and year, from the register, without giving a price away.

A price is shown only where at least CHILDREN children and PROVIDERS providers stand behind it and
none has more than SHARE of the sum; else the price of a wider or like group is taken, and said so.
Pounds a child and year, at the prices of the last day the register knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from metrics.measure.steps import load_steps
from metrics.methods.futures.history import CannotProject

CHILDREN, PROVIDERS, SHARE = 10, 3, 0.7
TWO, CLOSE = 0.85, 0.15
"""No two providers or children have more than TWO of a sum, and what is left by them is at least
CLOSE of the largest (Hundepool and others, Statistical Disclosure Control, 2012, table 4.1)."""
PARTS = ("fee", "transport", "place_funding")
"""What a place's full cost is made of; `joint` is what health and social care pay of the fee."""
NMSS_PLACE_FUNDING = 10_000.0
"""Pounds a place and year paid straight to a non-maintained special school, outside its fee and
outside line 1.2.3 (DfE, high needs funding: operational guide)."""
STATE_PLACE_FUNDING = {"special": 10_000.0, "alternative": 10_000.0, "unit": 6_000.0}
"""Pounds a place and year of a state-funded place, filled or not (the same guide)."""
_PLACE_TYPES = {
    "independent_special": "independent", "nmss": "independent", "special": "special",
    "resourced_provision": "unit", "sen_unit": "unit", "alternative_provision": "alternative",
    "post16": "college",
}  # fmt: skip
_KEYS = ["family", "in_borough", "need"]
OWN, ANY_NEED = "places of this kind", "places of this kind for any need"
HIDDEN = "hidden: too few children or providers, and no like kind to take the price of"
_PLACES = """
select p.person_id, p.provider_id, p.placement_type, coalesce(p.in_borough, false) as in_borough,
    p.primary_need, p.residential, p.start_date, p.end_date, p.weekly_fee, p.reason_at_distance,
    (p.year_education + p.year_health + p.year_care)::double as fee,
    (p.year_health + p.year_care)::double as joint, p.year_transport::double as transport
from ({placed}) p where p.weekly_fee is not null
"""


def read_places(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """One row a placement and price: `family, sector, in_borough, need`, who, when, and PARTS.

    Raises CannotProject where the commissioning register has no placement with a price.
    """
    rows = con.execute(_PLACES.format(placed=load_steps()["placement_priced"].sql)).df()
    rows["family"] = rows["placement_type"].map(_PLACE_TYPES).fillna("other")
    rows["sector"] = np.where(rows["family"] == "independent", "independent", "state")
    rows["need"] = np.where(rows["primary_need"] == "SEMH", "SEMH", "other")
    nmss = rows["placement_type"] == "nmss"
    rows["place_funding"] = np.where(nmss, NMSS_PLACE_FUNDING, 0.0)
    rows["total"] = rows[list(PARTS)].sum(axis=1)
    if rows.empty:
        raise CannotProject("the commissioning register has no placement with a price")
    return rows


def last_day(places: pd.DataFrame) -> date:
    """The last day the register knows: the newest start."""
    day: date = pd.Timestamp(places["start_date"].max()).date()
    return day


def under_way(places: pd.DataFrame, day: date) -> pd.DataFrame:
    """The placements that last on a day."""
    at = pd.Timestamp(day)
    ends = places["end_date"]
    return places[(places["start_date"] <= at) & (ends.isna() | (ends >= at))]


def guarded(rows: pd.DataFrame) -> bool:
    """Whether a price of these placements gives no provider's price and no child's away.

    Enough of both; no provider with more than SHARE of the sum; and, by provider and by child, the
    rules of dominance and p % that published sums keep: whoever has the second largest part may
    not learn the largest closely.
    """
    if rows["person_id"].nunique() < CHILDREN or rows["provider_id"].nunique() < PROVIDERS:
        return False
    return all(_apart(rows.groupby(name)["total"].sum()) for name in ("provider_id", "person_id"))


def _apart(sums: pd.Series) -> bool:
    first, second = sums.nlargest(2)
    whole = float(sums.sum())
    rest = whole - first - second
    return bool(first <= SHARE * whole and first + second <= TWO * whole and rest >= CLOSE * first)


def prices(places: pd.DataFrame, day: date) -> pd.DataFrame:
    """The price of each kind of place bought on a day, its own or that of the nearest kind.

    Columns `family, in_borough, need` (SEMH or other), `basis` (in words), `children, providers`
    behind it, PARTS, `joint`, `total` and `se`, its standard error
    with providers as clusters. A need is priced apart only where every need of that kind may be; a
    kind that may not be shown takes the nearest that may, and leaves its own places out: so nothing
    can be worked out by taking one price from another. NaN where there is none.
    """
    now = under_way(places, day)
    now = now[now["family"].isin(("independent", "special", "unit", "alternative"))]
    kinds = {key: _by_need(rows) for key, rows in now.groupby(["family", "in_borough"])}
    rows = []
    for (family, inside), own in kinds.items():
        taken = own or _nearest(kinds, str(family), bool(inside))
        rows += [
            {"family": family, "in_borough": inside, "need": need, **(taken or _NONE)[need]}
            for need in ("SEMH", "other")
        ]
    return pd.DataFrame(rows)


def _by_need(rows: pd.DataFrame) -> dict[str, dict[str, object]]:
    """Prices of a kind by need, of both alike where one alone may not be shown, or none."""
    apart = dict(list(rows.groupby("need")))
    if len(apart) == 2 and all(map(guarded, apart.values())):
        return {str(need): _mean(part) | {"basis": OWN} for need, part in apart.items()}
    if guarded(rows):
        both = _mean(rows) | {"basis": ANY_NEED}
        return {"SEMH": both, "other": both}
    return {}


def _nearest(kinds: Mapping[Any, dict[str, dict[str, object]]], family: str, inside: bool
             ) -> dict[str, dict[str, object]]:  # fmt: skip
    """The same family elsewhere, or else a special school place, here or elsewhere."""
    for like in ((family, not inside), ("special", inside), ("special", not inside)):
        if kinds.get(like) and (family != "independent" or like[0] == family):
            where = "in" if like[1] else "outside"
            basis = f"as {_NAMES[like[0]]} {where} the borough: its own price may not be shown"
            return {need: cell | {"basis": basis} for need, cell in kinds[like].items()}
    return {}


_NAMES = {
    "independent": "an independent place", "special": "a state-funded special school place",
    "unit": "a unit or resourced place", "alternative": "an alternative provision place",
}  # fmt: skip


def _mean(group: pd.DataFrame) -> dict[str, object]:
    """Mean price and its parts; a part that few children have is not told apart from the fee."""
    fee, funding, joint = (float(group[n].mean()) for n in ("fee", "place_funding", "joint"))
    if 0 < (group["place_funding"] > 0).sum() < CHILDREN:
        fee, funding = fee + funding, 0.0
    return {
        "children": int(group["person_id"].nunique()),
        "providers": int(group["provider_id"].nunique()),
        "fee": fee, "transport": float(group["transport"].mean()), "place_funding": funding,
        "joint": joint if joint == 0 or guarded(group[group["joint"] > 0]) else np.nan,
        "total": float(group["total"].mean()),
        "se": clustered_error(group["total"].to_numpy(), group["provider_id"].to_numpy()),
    }  # fmt: skip


_UNKNOWN = dict.fromkeys((*PARTS, "joint", "total", "se"), np.nan)
_CELL: dict[str, object] = {"basis": HIDDEN, "children": 0, "providers": 0, **_UNKNOWN}
_NONE = {"SEMH": _CELL, "other": _CELL}


def clustered_error(values: np.ndarray, cluster: np.ndarray) -> float:
    """Standard error of a mean whose values come in clusters (Liang and Zeger 1986).

    One price list stands behind all of a provider's places: they tell less than as many providers.
    """
    off = pd.Series(values - values.mean()).groupby(cluster).sum().to_numpy()
    k = len(off)
    return float(np.sqrt(k / (k - 1) * (off**2).sum()) / len(values))
