"""Why a bill changed, and money set against what it bought."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from metrics.computed.registry import CELL, cuts, method, people
from metrics.methods.value import PriceVolumeMix, price_volume_mix
from models.metric import Metric

DRIVERS = {"Number of places": "volume", "What a place costs": "price", "Mix of places": "mix"}
"""The parts of a change as readers are told of them, and what the method calls them."""

_NAMES = [*CELL, "numerator", "denominator", "value", "lower", "upper", "people", "base"]


@method(needs=("kind_of_place",), makes=("driver",))
def change_of_spend(metric: Metric, things: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """Change of a year's bill from the year before, split exactly into number, price and mix.

    One row per place and year: `amount` pounds, `value` share of the year held, `kind_of_place`.
    Value: pounds; the three drivers add up to the change. Numerator: the bill; denominator: that
    of the year before. People: the children behind either bill. The first year has no figure, nor
    has one after a gap. Source: `methods.value.price_volume_mix`.
    """
    years = dict(list(things.groupby(["period_start", "period_end"])))
    cells = [
        cell
        for before, after in zip(list(years)[:-1], list(years)[1:], strict=True)
        if _next_year(before, after)
        for cell in _change(after, years[before], years[after])
    ]
    return pd.DataFrame(cells, columns=_NAMES)


def _next_year(before: tuple[Any, ...], after: tuple[Any, ...]) -> bool:
    gap: pd.Timedelta = pd.Timestamp(after[0]) - pd.Timestamp(before[1])
    return gap == pd.Timedelta(days=1)


def _change(
    period: tuple[Any, ...], before: pd.DataFrame, after: pd.DataFrame
) -> Iterator[dict[str, Any]]:
    found = price_volume_mix(_bill(before), _bill(after))
    shared = {
        "period_start": period[0],
        "period_end": period[1],
        "numerator": found.after,
        "denominator": found.before,
        "lower": np.nan,
        "upper": np.nan,
        "people": people(after),
        "base": people(before),
    }
    yield shared | {"breakdown": "all", "category": "all", "value": found.change}
    for name, part in DRIVERS.items():
        yield shared | {"breakdown": "driver", "category": name, "value": _part(found, part)}


def _part(found: PriceVolumeMix, part: str) -> float:
    value: float = getattr(found, part)
    return value


def _bill(rows: pd.DataFrame) -> pd.DataFrame:
    """Child-years and pounds by kind of place."""
    by = rows.groupby(rows["kind_of_place"].fillna("Not known"))
    return pd.DataFrame({"volume": by["value"].sum(), "cost": by["amount"].sum()}).rename_axis(
        "category"
    )


@method(needs=("amount",), denominator_needs=("amount",))
def sum_over_sum(metric: Metric, things: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """One sum over another, both counted whole, so without an interval.

    Things and base have `amount`; people are those behind the base, and behind the things where
    rows of things name any (a budget line names nobody).
    """
    top = cuts(metric, things).groupby(CELL)
    bottom = cuts(metric, base).groupby(CELL)
    cells = pd.DataFrame(
        {
            "numerator": top["amount"].sum(),
            "denominator": bottom["amount"].sum(),
            "people": top["person_id"].nunique(),
            "base": bottom["person_id"].nunique(),
        }
    ).reset_index()
    whole = cells["denominator"].where(cells["denominator"] > 0)
    people_behind = cells["people"].where(cells["people"] > 0, cells["base"])
    value = metric.multiplier * cells["numerator"] / whole
    return cells.assign(value=value, lower=np.nan, upper=np.nan, people=people_behind)
