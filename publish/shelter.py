"""What shelters a hidden count: other hidden counts that could change with it and nobody the wiser.

Changes are found by linear programs over a group of tied cells, as few cells as can be.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array, hstack

from publish.solver import NoSolution, load_model, solve
from publish.system import TOLERANCE, System

_FAR = 1e5
"""That one cell moves further is worth more than that fewer others do."""


class Shelter:
    """A group of tied cells of which the hidden may change, from `n`, within what anyone knows."""

    def __init__(self, part: System, hidden: np.ndarray) -> None:
        self.part = part
        rise = np.where(hidden, part.most - part.n, 0.0)
        fall = np.where(hidden, part.n - part.least, 0.0)
        self.room = np.concatenate([rise, fall])
        both = csr_array(hstack([part.matrix, -part.matrix]))
        size = len(self.room)
        self.model = load_model(both, np.zeros(both.shape[0]), np.zeros(size), self.room)
        self.model.changeColsCost(size, np.arange(size, dtype=np.int32), np.ones(size))

    def of(self, cell: int, without: np.ndarray | None = None) -> np.ndarray | None:
        """Cells (a mask) that by changing let this one differ as much as it must.

        The cells at the positions `without` stay as they are. None where no change was found, which
        does not say that there is none.
        """
        size, need = len(self.part.n), self.part.need[cell]
        still = np.array([], dtype=np.int32) if without is None else without
        still = np.concatenate([still, still + size]).astype(np.int32)
        self._bound(still, np.zeros(len(still)))
        try:
            rise = self._moved(cell, 0.0, min(need, self.room[cell]))
            if rise is None:
                return None
            left = need - rise[cell]
            if left <= TOLERANCE:
                return rise > TOLERANCE
            way = size + cell
            fall = self._moved(way, left, left) if left <= self.room[way] else None
            return None if fall is None else (rise + fall) > TOLERANCE
        finally:
            self._bound(still, self.room[still])

    def _moved(self, way: int, least: float, most: float) -> np.ndarray | None:
        """By how much each cell changes, where one does as far as it can; None if none can.

        Changes are whole numbers, or None.
        """
        size = len(self.part.n)
        back = way - size if way >= size else way + size
        ends = np.array([way, back], dtype=np.int32)
        self.model.changeColsBounds(2, ends, np.array([least, 0.0]), np.array([most, 0.0]))
        self.model.changeColCost(way, -_FAR)
        try:
            solve(self.model)
            change = np.asarray(self.model.getSolution().col_value)
        except NoSolution:
            return None
        finally:
            self.model.changeColCost(way, 1.0)
            self._bound(ends, self.room[ends])
        if np.abs(change - np.round(change)).max() > TOLERANCE:
            return None
        return np.asarray(change[:size] + change[size:])

    def _bound(self, columns: np.ndarray, most: np.ndarray) -> None:
        self.model.changeColsBounds(len(columns), columns, np.zeros(len(columns)), most)
