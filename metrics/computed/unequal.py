"""Who gets what: concentration and slope indices over small areas ranked by deprivation."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from metrics.computed.registry import CELL, cuts, method, people
from metrics.methods.inequality import Index, concentration_index, slope_index
from models.metric import Metric

FEWEST_AREAS = 20
TENTHS = 5
DRAWS = 400
"""Bootstrap draws behind each interval; the seed is fixed, so that a run can be repeated."""

_NEEDS = ("lsoa", "imd_decile")


@method(needs=_NEEDS, denominator_needs=_NEEDS)
def concentration(metric: Metric, things: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """Concentration index over small areas from the most deprived: below 0 favours the deprived.

    Things have `amount` (1 each without); both sides have the home `lsoa` and its deprivation
    tenth. The outcome of an area is its amount per head of the base, weighted by heads; areas of
    one tenth share a rank. Numerator: amount; denominator: heads. Limits: bootstrap of areas.
    Not available for fewer than 20 areas. Source: `methods.inequality.concentration_index`.
    """
    return _each_cell(metric, things, base, _concentration)


@method(needs=_NEEDS, denominator_needs=_NEEDS)
def slope(metric: Metric, things: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """Slope index: the difference from the most to the least deprived end, per head.

    Rows as `concentration`; the groups are the deprivation tenths, and the value is times the
    metric's multiplier. Not available for fewer than five tenths.
    Source: `methods.inequality.slope_index`.
    """
    return _each_cell(metric, things, base, _slope)


def _each_cell(
    metric: Metric, things: pd.DataFrame, base: pd.DataFrame, index: Any
) -> pd.DataFrame:
    counted = dict(list(cuts(metric, things.dropna(subset=_NEEDS)).groupby(CELL)))
    out_of = cuts(metric, base.dropna(subset=_NEEDS)).groupby(CELL)
    none = things.iloc[:0]
    cells = [
        dict(zip(CELL, key, strict=True)) | _cell(metric, counted.get(key, none), heads, index)
        for key, heads in out_of
        if len(counted)
    ]
    names = [*CELL, "numerator", "denominator", "value", "lower", "upper", "people", "base"]
    return pd.DataFrame(cells, columns=[*names, "interval_method"])


def _cell(metric: Metric, rows: pd.DataFrame, heads: pd.DataFrame, index: Any) -> dict[str, Any]:
    amount = rows["amount"].fillna(1.0)
    found = index(metric, _areas(rows.assign(amount=amount), heads))
    return {
        "numerator": float(amount.sum()),
        "denominator": float(len(heads)),
        "people": people(rows),
        "base": people(heads),
        "value": found.value,
        "lower": found.lower,
        "upper": found.upper,
        "interval_method": f"bootstrap of areas, {found.draws} draws",
    }


def _areas(rows: pd.DataFrame, heads: pd.DataFrame) -> pd.DataFrame:
    """One row per area where somebody of the base lives: heads, amount per head and tenth."""
    areas = heads.groupby("lsoa").agg(heads=("lsoa", "size"), tenth=("imd_decile", "first"))
    amount = rows.groupby("lsoa")["amount"].sum().reindex(areas.index, fill_value=0.0)
    return areas.assign(amount=amount, outcome=amount / areas["heads"])


_NONE = Index(np.nan, np.nan, np.nan, 0)


def _concentration(metric: Metric, areas: pd.DataFrame) -> Index:
    if len(areas) < FEWEST_AREAS or not areas["amount"].sum() > 0:
        return _NONE
    numbers = (areas[name].to_numpy(float) for name in ("outcome", "tenth", "heads"))
    return concentration_index(*numbers, most_deprived="low", draws=DRAWS)


def _slope(metric: Metric, areas: pd.DataFrame) -> Index:
    tenths = areas.groupby("tenth")[["heads", "amount"]].sum()
    if len(tenths) < TENTHS or not tenths["amount"].sum() > 0:
        return _NONE
    outcome = (tenths["amount"] / tenths["heads"]).to_numpy(float)
    heads, rank = tenths["heads"].to_numpy(float), tenths.index.to_numpy(float)
    return slope_index(
        outcome, rank, heads, multiplier=metric.multiplier, most_deprived="low", draws=DRAWS
    ).sii
