"""Cells and identities as arrays: what the disclosure engine works on."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

TOLERANCE = 1e-6


class BadTable(ValueError):
    """Cells or identities that can't be protected; the message names the first that is wrong."""


def _none() -> np.ndarray:
    return np.zeros(0)


@dataclass(frozen=True)
class System:
    """Counts, what anyone knows of each before looking, and the identities that tie them.

    `least` and `most` bound each cell for an attacker who can't see it; `weight` is the cost of
    hiding it; `sensitive` cells must stay uncertain whatever their size; `fixed` cells can't be
    hidden, save those with a `loose` rank above 0, lowest first, where nothing else helps; `told`
    cells are known from elsewhere whatever is done. `matrix` is identities by cells: matrix @ n
    is 0.
    """

    ids: np.ndarray
    n: np.ndarray
    least: np.ndarray
    most: np.ndarray
    weight: np.ndarray
    sensitive: np.ndarray
    fixed: np.ndarray
    hidden: np.ndarray
    threshold: np.ndarray
    matrix: csr_array
    loose: np.ndarray = field(default_factory=_none)
    told: np.ndarray = field(default_factory=_none)

    def __post_init__(self) -> None:
        for name in ("loose", "told"):
            if not len(getattr(self, name)):
                object.__setattr__(self, name, np.zeros(len(self.n)))

    @property
    def need(self) -> np.ndarray:
        """How wide each interval must be: as 1 … threshold - 1 is, or all there is to know."""
        return np.minimum(self.threshold - 2, self.most - self.least)

    @property
    def unknown(self) -> np.ndarray:
        """Cells that could be hidden: a true zero is shown unless it is withheld for its base."""
        return (self.n > 0) | self.hidden

    def part(self, at: np.ndarray) -> System:
        """The cells at those positions and the identities among them."""
        matrix = self.matrix[:, at]
        rows = np.flatnonzero(np.diff(matrix.indptr))
        arrays = {f.name: getattr(self, f.name)[at] for f in fields(self) if f.name != "matrix"}
        return System(**arrays, matrix=matrix[rows])


def read_system(cells: pd.DataFrame, identities: pd.DataFrame, threshold: int) -> System:
    """Check the tables and turn them into a System.

    `cells` needs `cell_id, n`. It may have `weight` (cost of hiding, 1), `most` (the most it can
    be for all anyone knows), `sensitive` and `hidden` (withheld for another reason), `fixed`
    (known anyway), `loose` and `told` (see System) and `threshold` (its own). `identities` needs
    `identity_id, cell_id, coef`.

    Raises BadTable.
    """
    _check_threshold(cells.get("threshold", pd.Series([threshold])))
    _check_cells(cells)
    n = cells["n"].to_numpy(dtype=float)
    size = len(cells)
    system = System(
        ids=cells["cell_id"].to_numpy(),
        n=n,
        least=np.minimum(n, 1.0),
        most=np.maximum(_column(cells, "most", np.inf), n),
        weight=_column(cells, "weight", 1.0),
        sensitive=flag(cells, "sensitive"),
        fixed=flag(cells, "fixed"),
        hidden=flag(cells, "hidden"),
        threshold=_column(cells, "threshold", float(threshold)),
        matrix=_matrix(cells, identities, size),
        loose=_column(cells, "loose", 0.0),
        told=_column(cells, "told", 0.0),
    )
    _check_sums(system, identities)
    return system


def _column(cells: pd.DataFrame, name: str, default: float) -> np.ndarray:
    if name not in cells:
        return np.full(len(cells), default)
    return cells[name].fillna(default).to_numpy(dtype=float)


def flag(cells: pd.DataFrame, name: str) -> np.ndarray:
    """A column of yes and no as a mask; all no where there is none."""
    if name not in cells:
        return np.zeros(len(cells), dtype=bool)
    return cells[name].to_numpy(dtype=bool)


def _check_threshold(thresholds: pd.Series) -> None:
    if len(thresholds) and thresholds.min() < 2:
        raise BadTable(f"threshold {thresholds.min()} is below 2: it would hide nothing; use 5")


def _check_cells(cells: pd.DataFrame) -> None:
    for name in ("cell_id", "n"):
        if name not in cells:
            raise BadTable(f"cells have no column {name!r}; they need cell_id and n")
    repeated = cells["cell_id"][cells["cell_id"].duplicated()]
    if len(repeated):
        raise BadTable(f"cell {repeated.iloc[0]!r} is named twice; each cell must stand once")
    n = cells["n"].to_numpy(dtype=float)
    for wrong, words in (
        (~np.isfinite(n), "is not a number"),
        (n < 0, "is negative"),
        (np.abs(n - np.round(n)) > TOLERANCE, "is not a whole number"),
    ):
        if wrong.any():
            at = int(np.argmax(wrong))
            raise BadTable(
                f"cell {cells['cell_id'].iloc[at]!r}: count {n[at]:g} {words};"
                " counts must be whole numbers from 0"
            )


def _matrix(cells: pd.DataFrame, identities: pd.DataFrame, size: int) -> csr_array:
    if identities.empty:
        return csr_array((0, size))
    at = pd.Index(cells["cell_id"]).get_indexer(pd.Index(identities["cell_id"]))
    if (at < 0).any():
        row = identities.iloc[int(np.argmax(at < 0))]
        raise BadTable(
            f"identity {row.identity_id!r} uses cell {row.cell_id!r}, which is not there"
        )
    rows, _ = pd.factorize(identities["identity_id"])
    values = identities["coef"].to_numpy(dtype=float)
    whole = coo_array((values, (rows, at)), shape=(int(rows.max()) + 1, size)).tocsr()
    whole.eliminate_zeros()
    return whole


def _check_sums(system: System, identities: pd.DataFrame) -> None:
    off = system.matrix @ system.n
    wrong = np.abs(off) > TOLERANCE * np.maximum(1.0, abs(system.matrix) @ system.n)
    if wrong.any():
        at = int(np.argmax(wrong))
        name = pd.factorize(identities["identity_id"])[1][at]
        raise BadTable(
            f"identity {name!r} does not add up: it is off by {off[at]:g};"
            " add the missing part as a cell of its own"
        )
