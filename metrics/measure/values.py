"""From added-up cells to values with 95 % intervals and a status, all rows at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from metrics.computed.registry import LOW_BASE
from metrics.methods.intervals import mean_of, poisson_limits, quantile_ranks, wilson
from models.metric import Kind, Metric
from models.observation import Status

Z = 1.959963984540054


def add_values(metric: Metric, cells: pd.DataFrame) -> pd.DataFrame:
    """Cells with numerator, denominator, value, lower, upper, interval_method and status.

    `cells` has the columns of `metrics.measure.cells.NUMBERS` it needs. A missing numerator beside
    a denominator is a true zero; a missing or zero denominator leaves nothing to say.
    """
    return _KINDS[metric.kind](metric, cells)


def _finish(
    cells: pd.DataFrame,
    value: np.ndarray,
    limits: tuple[np.ndarray, np.ndarray] | None = None,
    method: str | None = None,
) -> pd.DataFrame:
    blank = np.full(len(cells), np.nan)
    lower, upper = limits if limits is not None else (blank, blank)
    known = np.isfinite(value)
    return cells.assign(
        value=np.where(known, value, np.nan),
        lower=np.where(known, lower, np.nan),
        upper=np.where(known, upper, np.nan),
        interval_method=pd.Series(method, index=cells.index, dtype=object).where(
            known & np.isfinite(lower), None
        ),
        status=np.where(known, Status.OK, Status.NOT_AVAILABLE),
    )


def _mark_low_base(cells: pd.DataFrame, base: pd.Series) -> pd.DataFrame:
    low = (cells["status"] == Status.OK) & (base < LOW_BASE)
    return cells.assign(status=cells["status"].mask(low, Status.LOW_BASE))


def _mark_nobody(cells: pd.DataFrame) -> pd.DataFrame:
    """Something counted in a group of nobody has no rate, in a period that others have one for."""
    known = cells.groupby("period_start")["denominator"].transform("max") > 0
    nobody = known & cells["denominator"].isna() & (cells["numerator"] > 0)
    return cells.assign(status=cells["status"].mask(nobody, Status.NOT_APPLICABLE))


def _numbers(cells: pd.DataFrame) -> pd.DataFrame:
    return cells.assign(numerator=cells["n"].astype(float), denominator=cells["d"].astype(float))


def _count(metric: Metric, cells: pd.DataFrame) -> pd.DataFrame:
    cells = cells.assign(numerator=cells["n"].astype(float), denominator=np.nan)
    return _finish(cells, cells["numerator"].to_numpy())


def _money(metric: Metric, cells: pd.DataFrame) -> pd.DataFrame:
    cells = _numbers(cells)
    return _finish(cells, cells["numerator"].to_numpy())


def _divided(cells: pd.DataFrame) -> pd.DataFrame:
    """A numerator that is missing beside a denominator is zero; a denominator of 0 is none."""
    n, d = cells["n"].astype(float), cells["d"].astype(float)
    return cells.assign(numerator=n.mask(n.isna() & (d > 0), 0.0), denominator=d.where(d > 0))


def _proportion(metric: Metric, cells: pd.DataFrame) -> pd.DataFrame:
    cells = _divided(cells)
    _refuse_more_than_whole(metric, cells)
    found = wilson(cells["numerator"].to_numpy(), cells["denominator"].to_numpy())
    limits = (100 * found.lower, 100 * found.upper)
    cells = _finish(cells, 100 * found.value, limits, found.method)
    return _mark_low_base(cells, cells["denominator"])


def _refuse_more_than_whole(metric: Metric, cells: pd.DataFrame) -> None:
    wrong = cells[cells["numerator"] > cells["denominator"]]
    if len(wrong):
        cell = wrong.iloc[0]
        raise ValueError(
            f"{metric.id}: numerator {cell.numerator:.0f} is more than denominator"
            f" {cell.denominator:.0f} ({cell.breakdown} {cell.category},"
            f" {cell.period_start}); in a proportion each numerator row must be in the denominator"
        )


def _rate(metric: Metric, cells: pd.DataFrame) -> pd.DataFrame:
    """Poisson limits widened by repeat events per person.

    The variance of a count of events is the sum over people of their events squared (OHID,
    `independent_events = FALSE`), not the count itself: limits move out by its square root.
    """
    cells = _divided(cells)
    x = cells["numerator"].to_numpy()
    lower, upper = poisson_limits(x)
    per = metric.multiplier / cells["denominator"].to_numpy()
    squares = cells["nn"].astype(float).to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        wider = np.sqrt(np.where(x > 0, squares / x, 1.0))
    limits = (np.maximum(0.0, x - wider * (x - lower)) * per, (x + wider * (upper - x)) * per)
    method = "Poisson exact/Byar, allowing for repeat events"
    cells = _mark_nobody(_finish(cells, x * per, limits, method))
    return _mark_low_base(cells, cells["denominator"])


def _ratio(metric: Metric, cells: pd.DataFrame) -> pd.DataFrame:
    """Ratio of two sums; the interval treats people as the units (linearised variance).

    Without people (places, for instance) nothing was sampled and there is no interval.
    """
    cells = _divided(cells)
    people = cells["units"].astype(float).to_numpy()
    several = np.where(people > 1, people, np.nan)
    d = cells["denominator"].to_numpy()
    r = cells["numerator"].to_numpy() / d
    nn, nd, dd = (cells[name].astype(float).to_numpy() for name in ("nn", "nd", "dd"))
    squares = np.maximum(0.0, nn - 2 * r * nd + r**2 * dd)
    half = Z * np.sqrt(squares * several / (several - 1)) / d
    limits = metric.multiplier * np.maximum(0.0, r - half), metric.multiplier * (r + half)
    cells = _finish(cells, metric.multiplier * r, limits, "linearised ratio, by person")
    cells = _mark_nobody(cells)
    return _mark_low_base(cells, cells["units"].where(cells["units"] > 0))


def _mean(metric: Metric, cells: pd.DataFrame) -> pd.DataFrame:
    cells = _divided(cells)
    n, total = cells["denominator"].to_numpy(), cells["numerator"].to_numpy()
    mean = total / n
    squares = np.maximum(0.0, cells["nn"].astype(float).to_numpy() - n * mean**2)
    found = mean_of(mean, np.sqrt(squares / np.where(n > 1, n - 1, np.nan)), n)
    return _finish(cells, found.value, (found.lower, found.upper), found.method)


def _quantile(metric: Metric, cells: pd.DataFrame) -> pd.DataFrame:
    """Cells with their values listed, to the quantile of each with order-statistic limits."""
    listed = [np.sort(np.asarray(values, dtype=float)) for values in cells["listed"]]
    values = np.concatenate([np.empty(0), *listed])
    sizes = np.array([each.size for each in listed], dtype=int)
    first = np.cumsum(sizes) - sizes
    at = metric.quantile * (sizes - 1)
    below, above = np.floor(at).astype(int), np.ceil(at).astype(int)
    low, high = values[first + below], values[first + above]
    lowest, highest = quantile_ranks(sizes, metric.quantile)
    limits = _picked(values, first, lowest), _picked(values, first, highest)
    cells = cells.drop(columns="listed").assign(
        numerator=np.nan, denominator=sizes.astype(float), base=cells["people"]
    )
    cells = _finish(cells, low + (at - below) * (high - low), limits, "order statistics")
    return _mark_low_base(cells, cells["denominator"])


def _picked(values: np.ndarray, first: np.ndarray, rank: np.ndarray) -> np.ndarray:
    known = np.isfinite(rank)
    at = first + np.where(known, rank, 1).astype(int) - 1
    return np.where(known, values[at] if len(values) else np.nan, np.nan)


_KINDS: dict[str, Callable[[Metric, pd.DataFrame], pd.DataFrame]] = {
    Kind.COUNT: _count,
    Kind.MONEY: _money,
    Kind.PROPORTION: _proportion,
    Kind.RATE: _rate,
    Kind.RATIO: _ratio,
    Kind.MEAN: _mean,
    Kind.QUANTILE: _quantile,
}
