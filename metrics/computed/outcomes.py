"""Gaps between groups, and what a good outcome costs like for like."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from metrics.computed.registry import CELL, cuts, method, people
from models.metric import Metric

Z = 1.959963984540054
ENOUGH = 0.8
"""Share of all children whose kinds a place must have children of, to be compared like for like."""
DRAWS, SEED = 400, 2026
_NAMES = [*CELL, "numerator", "denominator", "value", "lower", "upper", "people", "base"]


@method()
def gap_in_share(metric: Metric, things: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """Difference of two ratios of sums, in points: a group's share less that of everyone.

    Rows of both sides: `amount` of `value` (sessions missed of possible); things are the group,
    base everyone. Numerator and denominator are the two shares, times the metric's multiplier.
    Limits: linearised variance by person, allowing for those in both. People: of each side.
    Source: Särndal, Swensson and Wretman 1992, section 5.6.
    """
    group, everyone = (dict(list(cuts(metric, side).groupby(CELL))) for side in (things, base))
    cells = [
        dict(zip(CELL, key, strict=True)) | _gap(metric, group[key], everyone[key])
        for key in sorted(group.keys() & everyone.keys())
    ]
    return pd.DataFrame(cells, columns=[*_NAMES, "interval_method"])


def _gap(metric: Metric, group: pd.DataFrame, everyone: pd.DataFrame) -> dict[str, Any]:
    (first, pull_first), (second, pull_second) = _share(group), _share(everyone)
    pull = pull_first.sub(pull_second, fill_value=0.0)
    half = Z * np.sqrt(float((pull**2).sum()))
    value = first - second
    return {
        "numerator": metric.multiplier * first,
        "denominator": metric.multiplier * second,
        "value": metric.multiplier * value,
        "lower": metric.multiplier * (value - half),
        "upper": metric.multiplier * (value + half),
        "people": people(group),
        "base": people(everyone),
        "interval_method": "linearised difference of ratios, by person",
    }


def _share(rows: pd.DataFrame) -> tuple[float, pd.Series]:
    """A ratio of sums and how much each person pulls it."""
    by = rows.groupby("person_id")[["amount", "value"]].sum()
    total = float(by["value"].sum())
    share = float(by["amount"].sum()) / total if total > 0 else np.nan
    return share, (by["amount"] - share * by["value"]) / total


@method(needs=("good", "kind_of_child"))
def cost_like_for_like(metric: Metric, things: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """Cost per good outcome had each place the same mix of children (direct standardisation).

    One row per child and year: `amount` pounds, `good` 1 or 0, `kind_of_child` (need and age).
    Cost and share of good outcomes are worked out for each kind of child, weighted by all children
    of the year, and divided. Numerator: weighted cost; denominator: weighted share. Not available
    where a place lacks kinds that more than a fifth of all children are of, or had no good outcome.
    Limits: bootstrap of children. Source: OHID, directly standardised rates (`phe_dsr`).
    """
    cells = []
    for period, year in things.groupby(["period_start", "period_end"]):
        weights = year["kind_of_child"].value_counts(normalize=True).sort_index()
        for (name, category), rows in cuts(metric, year).groupby(["breakdown", "category"]):
            # The draws take children by their place in the list, so that place must be the same.
            rows = rows.sort_values(["kind_of_child", "amount", "good"])
            where = dict(zip(CELL, [*period, name, category], strict=True))  # type: ignore[misc]
            cells.append(where | _like_for_like(rows, weights))
    return pd.DataFrame(cells, columns=[*_NAMES, "interval_method"])


def _like_for_like(rows: pd.DataFrame, weights: pd.Series) -> dict[str, Any]:
    kind = pd.Categorical(rows["kind_of_child"], categories=weights.index).codes
    member = np.eye(len(weights))[kind]
    size = len(rows)
    drawn = np.random.default_rng(SEED).multinomial(size, np.full(size, 1 / size), DRAWS)
    times = np.vstack([np.ones(size), drawn])
    cost, share = (
        _weighted(times, member, rows[name].to_numpy(float), weights.to_numpy())
        for name in ("amount", "good")
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(share > 0, cost / share, np.nan)
    spread = ratio[1:][np.isfinite(ratio[1:])]
    told = np.isfinite(ratio[0]) and spread.size > DRAWS / 2
    lower, upper = np.quantile(spread, [0.025, 0.975]) if told else (np.nan, np.nan)
    return {
        "numerator": cost[0],
        "denominator": share[0],
        "value": ratio[0],
        "lower": lower,
        "upper": upper,
        "people": people(rows[rows["good"] == 1]),
        "base": people(rows),
        "interval_method": f"bootstrap of children, {DRAWS} draws",
    }


def _weighted(
    times: np.ndarray, member: np.ndarray, value: np.ndarray, weights: np.ndarray
) -> np.ndarray:
    """Mean at the weights of all children, one for each row of `times` (how often each child came).

    NaN where the kinds of child there are do not make up enough of all children.
    """
    size = times @ member
    there = size > 0
    covered = (weights * there).sum(axis=1)
    mean = (times @ (member * value[:, None])) / np.where(there, size, 1.0)
    found: np.ndarray = (weights * there * mean).sum(axis=1) / covered
    return np.where(covered >= ENOUGH, found, np.nan)
