"""What an attacker can compute: the tightest interval of each hidden cell.

The attacker knows every shown cell, every identity, and that a hidden cell is at least 1 unless it
is truly zero. Cells tied by one identity only have a closed form; the others are solved with HiGHS,
one model per group of tied cells, warm-started from one cell to the next.
Source: feasibility-interval audit, Fischetti and Salazar (2001).
"""

from __future__ import annotations

from collections.abc import Iterator

import highspy
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from publish.solver import NoSolution, load_model, solve, solve_whole
from publish.system import TOLERANCE, System

Interval = tuple[np.ndarray, np.ndarray]


def intervals(
    system: System,
    hidden: np.ndarray,
    wanted: np.ndarray | None = None,
    enough: np.ndarray | None = None,
) -> Interval:
    """Lower and upper bound of every cell; a shown cell's are its count.

    `hidden` and `wanted` are masks over the cells; bounds of hidden cells not wanted stay at what
    was known before looking. Bounds are whole numbers; an upper bound may be infinite. Where the
    shown cells contradict what is known, as they may for an outsider who guesses wrongly which
    figures add up, the bounds are NaN.

    With `enough` (a width for each cell) a cell is looked at only until numbers that fit all that
    is known are seen that far apart; its bounds are then those seen, which may lie inside the true.
    """
    low = np.where(hidden, system.least, system.n)
    high = np.where(hidden, system.most, system.n)
    at = np.flatnonzero(hidden)
    if not len(at):
        return low, high
    ties = system.matrix[:, at]
    rows = np.flatnonzero(np.diff(ties.indptr))
    ties = ties[rows]
    shown = -(system.matrix[rows] @ np.where(hidden, 0.0, system.n))
    group_of_row, group = groups(ties)
    several = np.bincount(group_of_row, minlength=group.max() + 1) > 1
    # With other coefficients than 1 and -1 whole numbers may lie well inside the closed form.
    several[group_of_row[abs(ties - ties.sign()).sum(axis=1) > TOLERANCE]] = True
    single = ~several[group_of_row]
    if single.any():
        _closed_form(ties[np.flatnonzero(single)], shown[single], at, low, high)
    wanted = hidden if wanted is None else wanted & hidden
    enough = np.full(len(low), np.inf) if enough is None else enough
    for columns, lines in _members(group, group_of_row, np.flatnonzero(several)):
        if wanted[at[columns]].any():
            part = ties[lines][:, columns]
            _solve(part, shown[lines], at[columns], (wanted, enough), low, high)
    low, high = np.ceil(low - TOLERANCE), np.floor(high + TOLERANCE)
    wrong = low > high
    low[wrong] = high[wrong] = np.nan
    return low, high


def groups(ties: csr_array) -> tuple[np.ndarray, np.ndarray]:
    """Which group each row and each column is in; a group's cells are tied, directly or not."""
    rows, columns = ties.shape
    pairs = ties.tocoo()
    links = csr_array(
        (np.ones(ties.nnz), (pairs.coords[0], pairs.coords[1] + rows)),
        shape=(rows + columns, rows + columns),
    )
    _, label = connected_components(links, directed=False)
    return label[:rows], label[rows:]


def _members(
    group: np.ndarray, group_of_row: np.ndarray, numbers: np.ndarray
) -> Iterator[Interval]:
    """The columns and the rows of each group of those numbers."""
    column, row = np.argsort(group, kind="stable"), np.argsort(group_of_row, kind="stable")
    of_column, of_row = group[column], group_of_row[row]
    for number in numbers:
        yield (
            column[
                np.searchsorted(of_column, number) : np.searchsorted(of_column, number, "right")
            ],
            row[np.searchsorted(of_row, number) : np.searchsorted(of_row, number, "right")],
        )


def _closed_form(
    ties: csr_array, shown: np.ndarray, at: np.ndarray, low: np.ndarray, high: np.ndarray
) -> None:
    """Exact bounds of cells tied by one identity: what the others leave at their extremes."""
    pairs = ties.tocoo()
    row, column = pairs.coords
    cell, coef = at[column], pairs.data
    ends = np.sort(np.stack([coef * low[cell], coef * high[cell]]), axis=0)
    rest_least = _others(row, ends[0], len(shown))
    rest_most = _others(row, ends[1], len(shown))
    one, other = (shown[row] - rest_most) / coef, (shown[row] - rest_least) / coef
    low[cell] = np.maximum(low[cell], np.minimum(one, other))
    high[cell] = np.minimum(high[cell], np.maximum(one, other))


def _others(row: np.ndarray, values: np.ndarray, rows: int) -> np.ndarray:
    """For each entry, the sum of the other entries of its row, where some may be infinite."""
    endless = np.isinf(values)
    finite = np.where(endless, 0.0, values)
    total = np.bincount(row, finite, rows)[row] - finite
    others = np.bincount(row, endless, rows)[row] - endless
    sign = np.where(np.bincount(row, np.where(endless, np.sign(values), 0.0), rows) < 0, -1, 1)
    return np.where(others > 0, sign[row] * np.inf, total)


def _solve(
    part: csr_array,
    shown: np.ndarray,
    at: np.ndarray,
    asked: Interval,
    low: np.ndarray,
    high: np.ndarray,
) -> None:
    wanted, enough = asked[0][at], asked[1][at]
    model = load_model(part, shown, low[at], high[at])
    seen = _Seen(len(at))
    try:
        _push(model, wanted, enough, seen)
        for column in np.flatnonzero(wanted):
            if seen.most[column] - seen.least[column] < enough[column]:
                low[at[column]] = _extreme(model, int(column), 1, seen)
                high[at[column]] = _extreme(model, int(column), -1, seen)
            else:
                low[at[column]], high[at[column]] = seen.least[column], seen.most[column]
    except NoSolution:
        low[at] = high[at] = np.nan


def _push(model: highspy.Highs, wanted: np.ndarray, enough: np.ndarray, seen: _Seen) -> None:
    """Move many cells at once, this way and that, before each is looked at alone."""
    if np.isinf(enough[wanted]).all():
        return
    every = np.arange(len(wanted), dtype=np.int32)
    sign = np.where(every % 2, 1.0, -1.0)
    for way in (1.0, -1.0, sign, -sign):
        short = wanted & (seen.most - seen.least < enough)
        if not short.any():
            break
        model.changeColsCost(len(every), every, np.where(short, way, 0.0))
        if solve(model) is not None:
            values = np.asarray(model.getSolution().col_value)
            if np.abs(values - np.round(values)).max() <= TOLERANCE:
                seen.take(np.round(values))
    model.changeColsCost(len(every), every, np.zeros(len(every)))


class _Seen:
    """The least and most each column has been in whole numbers that fit."""

    def __init__(self, size: int) -> None:
        self.least, self.most = np.full(size, np.inf), np.full(size, -np.inf)

    def take(self, values: np.ndarray) -> None:
        np.minimum(self.least, values, out=self.least)
        np.maximum(self.most, values, out=self.most)


def _extreme(model: highspy.Highs, column: int, sense: int, seen: _Seen) -> float:
    """The least (sense 1) or most (-1) a column can be, as a whole number; infinite if endless."""
    model.changeColCost(column, float(sense))
    try:
        found = solve(model)
        if found is None:
            return sense * -np.inf
        values = np.asarray(model.getSolution().col_value)
        if np.abs(values - np.round(values)).max() <= TOLERANCE:
            seen.take(np.round(values))
            return float(values[column])
        best = solve_whole(model)
        return sense * (-np.inf if best is None else best)
    finally:
        model.changeColCost(column, 0.0)
