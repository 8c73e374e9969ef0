"""GaussSuppression's algorithm, as an independent reference for how few cells can be hidden.

After Langsrud (2024), Information preserving regression-based tools for statistical disclosure
control, and the R package GaussSuppression (MIT): cells are taken in order, the largest first; one
is published unless a primary cell would then be a linear combination of published ones. That is
decided by Gaussian elimination in whole numbers modulo a prime, so without rounding. It guarantees
no more than that: an interval may be as narrow as it likes. Written from the description; none of
`publish` is used.
"""

from __future__ import annotations

import numpy as np

PRIME = 2_147_483_647
"""Products of two residues stay below 2 ** 63."""


def gauss(matrix: np.ndarray, n: np.ndarray, primary: np.ndarray) -> np.ndarray:
    """Which cells to hide, as a mask: `primary` and what else.

    `matrix` (identities by cells, whole numbers) times `n` is 0; cells of 0 are published first.
    """
    span = _Span(np.round(matrix).astype(np.int64) % PRIME, np.flatnonzero(primary))
    hidden = primary.copy()
    order = np.argsort(-n, kind="stable")
    for cell in [*order[n[order] == 0], *order[n[order] > 0]]:
        if not primary[cell] and not span.publish(int(cell)):
            hidden[cell] = True
    return hidden


class _Span:
    """What is a combination of identities and published cells: a basis in reduced echelon form."""

    def __init__(self, rows: np.ndarray, primary: np.ndarray) -> None:
        self.size = rows.shape[1]
        self.basis = np.zeros((0, self.size), dtype=np.int64)
        self.pivots = np.zeros(0, dtype=np.int64)
        self.left = np.zeros((len(primary), self.size), dtype=np.int64)
        self.left[np.arange(len(primary)), primary] = 1
        for row in rows:
            self._add(self._reduced(row))

    def publish(self, cell: int) -> bool:
        """Take a cell in, unless a primary one would follow; whether it was taken."""
        one = np.zeros(self.size, dtype=np.int64)
        one[cell] = 1
        row = self._reduced(one)
        if not row.any():
            return True
        row, pivot = _scaled(row)
        left = (self.left - self.left[:, [pivot]] * row) % PRIME
        if len(left) and not left.any(axis=1).all():
            return False
        self._add(row)
        return True

    def _reduced(self, row: np.ndarray) -> np.ndarray:
        for k in np.flatnonzero(row[self.pivots]):
            row = (row - row[self.pivots[k]] * self.basis[k]) % PRIME
        return row

    def _add(self, row: np.ndarray) -> None:
        if not row.any():
            return
        row, pivot = _scaled(row)
        self.basis = (self.basis - self.basis[:, [pivot]] * row) % PRIME
        self.basis = np.vstack([self.basis, row])
        self.pivots = np.append(self.pivots, pivot)
        self.left = (self.left - self.left[:, [pivot]] * row) % PRIME


def _scaled(row: np.ndarray) -> tuple[np.ndarray, int]:
    pivot = int(np.flatnonzero(row)[0])
    return row * pow(int(row[pivot]), PRIME - 2, PRIME) % PRIME, pivot
