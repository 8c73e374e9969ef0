"""Value for money: costs against outcomes, discounting, and why a bill changed.

There is no official value in pounds of a point of SDQ or of a prevented exclusion: a threshold is
the reader's to choose. No ratio is a pass mark by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from metrics.methods._checks import Floats, counts, known, not_empty, refuse, same_shape


@dataclass(frozen=True)
class Rates:
    """Discount rates: pairs (first year it applies to, rate), from year 1; source and its date."""

    steps: tuple[tuple[int, float], ...]
    source: str
    dated: date

    def factors(self, years: int) -> Floats:
        """Discount factors of years 0 to years - 1; shape (years,)."""
        starts = [first for first, _ in self.steps]
        step = np.searchsorted(starts, np.arange(1, years), side="right") - 1
        rate = np.array([rate for _, rate in self.steps])[step]
        return np.concatenate([[1.0], np.cumprod(1 / (1 + rate))])[:years]


_GREEN_BOOK = ("HM Treasury, Green Book", date(2026, 2, 1))
GREEN_BOOK = Rates(((1, 0.035), (31, 0.03), (76, 0.025)), *_GREEN_BOOK)
"""Standard real rates, for costs and most benefits."""
GREEN_BOOK_HEALTH = Rates(((1, 0.015), (31, 0.0129), (76, 0.0107)), *_GREEN_BOOK)
"""Real rates for effects on health and life."""


@dataclass(frozen=True)
class PresentValue:
    """Present values in pounds of year 0, and benefits over costs (NaN without costs)."""

    npv: float
    costs: float
    benefits: float
    bcr: float


def net_present_value(
    costs: ArrayLike, benefits: ArrayLike, rates: Rates | float = GREEN_BOOK
) -> PresentValue:
    """Discounted benefits less discounted costs, in real pounds by year from year 0.

    One dimension, equally long. `rates`: a `Rates`, or one rate for every year (0.035).
    Raises ValueError for missing values, unequal lengths, more than 126 years or a rate of -1 or
    less. Source: HM Treasury, Green Book, February 2026, annex on discounting.
    """
    costs, benefits = known(costs, "costs"), known(benefits, "benefits")
    same_shape(costs=costs, benefits=benefits)
    not_empty(costs, "costs")
    if costs.size > 126:
        raise ValueError(f"{costs.size} years: the Green Book's rates end at year 125")
    if not isinstance(rates, Rates):
        if rates <= -1:
            raise ValueError(f"rate is {rates}; give a share per year, such as 0.035")
        rates = Rates(((1, float(rates)),), "given", date.today())
    factors = rates.factors(costs.size)
    spent, gained = float(factors @ costs), float(factors @ benefits)
    return PresentValue(gained - spent, spent, gained, gained / spent if spent else float("nan"))


def icer(table: pd.DataFrame) -> pd.DataFrame:
    """Incremental cost-effectiveness ratios along the frontier.

    `table`: strategy, cost, effect (more is better). Returns those with inc_cost, inc_effect, icer
    (against the one before on the frontier; NaN for the first and for those off it) and status: ND
    (on the frontier), ED (dominated by a mixture), D (dominated). Frontier first, by cost, then ED,
    then D. No negative ratio is ever given.
    Raises ValueError for missing columns or values, no rows, or a strategy named twice.
    Source: Drummond and others 2015, chapter 5; as R's dampack 1.0.2.
    """
    _check_columns(table, ("strategy", "cost", "effect"))
    not_empty(table, "table")
    known(table["cost"], "cost")
    known(table["effect"], "effect")
    twice = table["strategy"].duplicated()
    refuse(twice, table["strategy"], "a strategy comes twice", "name each once")
    ordered = table.sort_values(["cost", "effect"], ascending=[True, False], ignore_index=True)
    cost, effect = ordered["cost"].to_numpy(float), ordered["effect"].to_numpy(float)
    best_before = np.concatenate([[-np.inf], np.maximum.accumulate(effect)[:-1]])
    dominated = effect <= best_before
    frontier = _frontier(cost, effect, np.flatnonzero(~dominated))
    status = np.where(dominated, "D", "ED").astype("<U2")
    status[frontier] = "ND"
    steps = np.full((3, cost.size), np.nan)
    steps[0, frontier[1:]], steps[1, frontier[1:]] = (
        np.diff(cost[frontier]),
        np.diff(effect[frontier]),
    )
    steps[2] = steps[0] / steps[1]
    result = ordered.assign(inc_cost=steps[0], inc_effect=steps[1], icer=steps[2], status=status)
    place = result["status"].map({"ND": 0, "ED": 1, "D": 2})
    return result.iloc[np.argsort(place, kind="stable")].reset_index(drop=True)


def _frontier(cost: Floats, effect: Floats, kept: np.ndarray) -> np.ndarray:
    """Drop a strategy whose ratio exceeds the next one's, until none does."""
    while kept.size > 2:
        ratios = np.diff(cost[kept]) / np.diff(effect[kept])
        worse = np.flatnonzero(ratios[:-1] > ratios[1:]) + 1
        if not worse.size:
            break
        kept = np.delete(kept, worse)
    return kept


def acceptability(draws: pd.DataFrame, thresholds: ArrayLike) -> pd.DataFrame:
    """Chance that each strategy is the best buy, by what one is willing to pay for an outcome.

    `draws`: draw, strategy, cost, effect, one row for each strategy in each draw (paired: the same
    resampled children). `thresholds`: pounds per unit of effect. Returns threshold, strategy,
    probability (of the highest net benefit; ties shared), net_benefit (its mean), frontier
    (highest *mean* net benefit) and evpi (expected value of perfect information, per threshold).
    Raises ValueError for missing columns, values or strategies in a draw, or negative thresholds.
    Source: Fenwick, Claxton and Sculpher 2001, Health Econ 10:779.
    """
    _check_columns(draws, ("draw", "strategy", "cost", "effect"))
    not_empty(draws, "draws")
    twice = draws.duplicated(["draw", "strategy"])
    refuse(twice, draws["strategy"], "a strategy comes twice in a draw", "give one row for each")
    table = draws.set_index(["draw", "strategy"])[["cost", "effect"]].unstack()  # noqa: PD010
    cost, effect = table["cost"], table["effect"]
    money, gain = known(cost, "cost of every strategy in every draw"), known(effect, "effect")
    willing = np.atleast_1d(counts(thresholds, "thresholds"))
    frames = [_at_threshold(float(t), money, gain, list(cost.columns)) for t in willing]
    return pd.concat(frames, ignore_index=True)


def _at_threshold(threshold: float, cost: Floats, effect: Floats, names: list[str]) -> pd.DataFrame:
    benefit = threshold * effect - cost
    best = benefit.max(axis=1, keepdims=True)
    winners = benefit == best
    mean = benefit.mean(axis=0)
    return pd.DataFrame(
        {
            "threshold": threshold,
            "strategy": names,
            "probability": (winners / winners.sum(axis=1, keepdims=True)).mean(axis=0),
            "net_benefit": mean,
            "frontier": mean == mean.max(),
            "evpi": max(0.0, float(best.mean() - mean.max())),
        }
    )


@dataclass(frozen=True)
class PriceVolumeMix:
    """Why a bill changed, in pounds: price + volume + mix = after - before.

    `parts`: frame category, before, after, price, volume, mix, change; its rows add up likewise.
    """

    before: float
    after: float
    change: float
    price: float
    volume: float
    mix: float
    parts: pd.DataFrame


def price_volume_mix(before: pd.DataFrame, after: pd.DataFrame) -> PriceVolumeMix:
    """Split the change of a bill into dearer places, more places, and another mix of places.

    Each frame: category (column or index), volume (children or weeks), and cost (pounds in all) or
    price (per unit of volume). Volume is the change in the total at the old mix and prices; mix the
    shift between categories at old prices; price the rest, at the new volumes. A category new to
    `after` has no old price: its own is taken, so it counts as mix, never as price.
    Raises ValueError for missing columns or values, negatives, a category twice, or a cost without
    volume.
    """
    old, new = _bill(before, "before"), _bill(after, "after")
    categories = old.index.union(new.index, sort=False)
    v0, v1 = (bill["volume"].reindex(categories, fill_value=0.0) for bill in (old, new))
    p1 = new["price"].reindex(categories)
    p0 = old["price"].reindex(categories).fillna(p1)
    p1 = p1.fillna(p0)
    share0 = v0 / v0.sum() if v0.sum() else v0 * 0.0
    share1 = v1 / v1.sum() if v1.sum() else share0
    parts = pd.DataFrame(
        {
            "before": v0 * p0,
            "after": v1 * p1,
            "price": v1 * (p1 - p0),
            "volume": (v1.sum() - v0.sum()) * share0 * p0,
            "mix": v1.sum() * (share1 - share0) * p0,
        }
    ).fillna(0.0)
    parts["change"] = parts["after"] - parts["before"]
    total = parts.sum()
    sums = {str(column): float(value) for column, value in total.items()}
    return PriceVolumeMix(**sums, parts=parts.rename_axis("category").reset_index())


def _bill(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Volume and price by category; a price of nothing bought is unknown."""
    if "category" not in table:
        table = table.rename_axis("category").reset_index()
    by = "price" if "price" in table and "cost" not in table else "cost"
    _check_columns(table, ("category", "volume", by))
    for column in ("volume", by):
        refuse(table[column].isna(), table[column], f"{name} misses a {column}", "fill or drop it")
        counts(table[column], f"{column} {name}")
    twice = table["category"].duplicated()
    refuse(twice, table["category"], f"a category comes twice {name}", "add its rows up first")
    bill = table.set_index("category")[["volume", by]].astype(float)
    if by == "cost":
        idle = (bill["volume"] == 0) & (bill["cost"] > 0)
        refuse(idle, bill.index, f"a cost without volume {name}", "count what it paid for")
        bill["price"] = bill["cost"] / bill["volume"].where(bill["volume"] > 0)
    return bill


def _check_columns(table: pd.DataFrame, needed: tuple[str, ...]) -> None:
    missing = [column for column in needed if column not in table]
    if missing:
        raise ValueError(
            f"columns missing: {', '.join(missing)}; found {', '.join(map(str, table))}"
        )
