"""HiGHS, silent and on one thread."""

from __future__ import annotations

import os
import sys
from functools import cache

import highspy
import numpy as np
from scipy import sparse

from metrics.methods._checks import Floats


class Programme:
    """A linear programme solved again and again with other right-hand sides."""

    def __init__(self, cost: Floats, rows: sparse.csr_array, low: Floats, high: Floats) -> None:
        """Minimise `cost` x over x of 0 or more, with `low` <= rows x <= `high`."""
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(cost), rows.shape[0]
        lp.col_cost_, lp.col_lower_ = cost, np.zeros(len(cost))
        lp.col_upper_ = np.full(len(cost), highspy.kHighsInf)
        lp.row_lower_, lp.row_upper_ = low, high
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_ = rows.indptr, rows.indices
        lp.a_matrix_.value_ = rows.data
        self.model = quiet()
        self.model.passModel(lp)

    def cap(self, rows: np.ndarray, high: Floats) -> None:
        """Change the upper limits of rows that have no lower one."""
        self._bound(rows, np.full(len(rows), -np.inf), high)

    def floor(self, rows: np.ndarray, low: Floats) -> None:
        """Change the lower limits of rows that have no upper one."""
        self._bound(rows, low, np.full(len(rows), np.inf))

    def _bound(self, rows: np.ndarray, low: Floats, high: Floats) -> None:
        # Every row at once: the library's own notes for type checkers leave this call out.
        self.model.changeRowsBounds(  # type: ignore[attr-defined]
            len(rows), rows.astype(np.int32), low, high
        )

    def solve(self) -> tuple[float, Floats, Floats]:
        """Least cost, the values, and the duals of the rows."""
        self.model.run()
        if self.model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"the flow was not solved: {self.model.getModelStatus()}")
        found = self.model.getSolution()
        value = self.model.getInfo().objective_function_value
        return value, np.array(found.col_value), np.array(found.row_dual)


def quiet() -> highspy.Highs:
    """A solver that prints nothing and keeps to one thread."""
    _say_hello_unheard()
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    return model


@cache
def _say_hello_unheard() -> None:
    """The library prints its name the first time a model is made, straight to the terminal."""
    try:
        kept = os.dup(1)
    except OSError:
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
        os.dup2(nowhere, 1)
        highspy.Highs()
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
