"""What an attacker can compute: the tightest interval of each hidden cell.

The attacker knows every shown cell, every identity, and that a hidden cell is at least 1 unless it
is truly zero. Cells tied by one identity only have a closed form; the others are solved with HiGHS,
one model per group of tied cells, warm-started from one cell to the next.
Source: feasibility-interval audit, Fischetti and Salazar (2001).
"""

from __future__ import annotations

import highspy
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from publish.solver import NoSolution, load_model, solve, solve_whole
from publish.system import TOLERANCE, System

Interval = tuple[np.ndarray, np.ndarray]


def intervals(system: System, hidden: np.ndarray, wanted: np.ndarray | None = None) -> Interval:
    """Lower and upper bound of every cell; a shown cell's are its count.

    `hidden` and `wanted` are masks over the cells; bounds of hidden cells not wanted stay at what
    was known before looking. Bounds are whole numbers; an upper bound may be infinite. Where the
    shown cells contradict what is known, as they may for an outsider who guesses wrongly which
    figures add up, the bounds are NaN.
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
    for number in np.unique(group[several[group] & wanted[at]]):
        columns = np.flatnonzero(group == number)
        lines = np.flatnonzero(group_of_row == number)
        part = ties[lines][:, columns]
        _solve(part, shown[lines], at[columns], wanted, low, high)
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
    wanted: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
) -> None:
    model = load_model(part, shown, low[at], high[at])
    try:
        for column in np.flatnonzero(wanted[at]):
            low[at[column]] = _extreme(model, int(column), 1)
            high[at[column]] = _extreme(model, int(column), -1)
    except NoSolution:
        low[at] = high[at] = np.nan


def _extreme(model: highspy.Highs, column: int, sense: int) -> float:
    """The least (sense 1) or most (-1) a column can be, as a whole number; infinite if endless."""
    model.changeColCost(column, float(sense))
    try:
        found = solve(model)
        if found is None:
            return sense * -np.inf
        values = np.asarray(model.getSolution().col_value)
        if np.abs(values - np.round(values)).max() <= TOLERANCE:
            return float(values[column])
        best = solve_whole(model)
        return sense * (-np.inf if best is None else best)
    finally:
        model.changeColCost(column, 0.0)
