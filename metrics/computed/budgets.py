"""Why a line is forecast over or under its budget."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from metrics.computed.registry import CELL, NUMBERS, method
from metrics.computed.spending import DRIVERS
from metrics.methods.value import PriceVolumeMix, price_volume_mix
from models.metric import Metric

PERIOD = ["period_start", "period_end"]
PLACES = ("amount", "value", "kind_of_place")


@method(needs=PLACES, denominator_needs=PLACES, makes=("driver",))
def forecast_over_budget(metric: Metric, things: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """Forecast less budget of places bought, split exactly into number, price and mix.

    Things are the forecast and base the budget, one row per kind of place: `amount` pounds and
    `value` places. Value: pounds; the three drivers add up to the difference. Numerator: the
    forecast; denominator: the budget. Nobody stands behind a budget line. A period without a
    budget has no figure. Source: `methods.value.price_volume_mix`.
    """
    budgets = {period: rows for period, rows in base.groupby(PERIOD)}
    cells = [
        cell
        for period, forecast in things.groupby(PERIOD)
        if period in budgets
        for cell in _cells(period, price_volume_mix(_bill(budgets[period]), _bill(forecast)))
    ]
    return pd.DataFrame(cells, columns=[*CELL, *NUMBERS])


def _bill(rows: pd.DataFrame) -> pd.DataFrame:
    """Places and pounds by kind of place."""
    by = rows.groupby("kind_of_place")[["value", "amount"]].sum()
    return by.rename(columns={"value": "volume", "amount": "cost"}).rename_axis("category")


def _cells(period: Any, found: PriceVolumeMix) -> list[dict[str, Any]]:
    parts = [("all", "all", found.change)]
    parts += [("driver", name, getattr(found, part)) for name, part in DRIVERS.items()]
    shared = dict(zip(PERIOD, period, strict=True)) | {
        "numerator": found.after,
        "denominator": found.before,
        **dict.fromkeys(("lower", "upper", "people", "base"), np.nan),
    }
    return [shared | {"breakdown": b, "category": c, "value": v} for b, c, v in parts]
