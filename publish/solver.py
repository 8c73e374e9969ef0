"""HiGHS models, silent and on one thread."""

from __future__ import annotations

import highspy
import numpy as np
from scipy.sparse import csr_array

from metrics.methods.places.solver import quiet


def new_model() -> highspy.Highs:
    """An empty model."""
    model = quiet()
    # Presolve can't tell endless from impossible, and would undo the warm start.
    model.setOptionValue("presolve", "off")
    return model


def load_model(
    matrix: csr_array, right: np.ndarray, low: np.ndarray, high: np.ndarray
) -> highspy.Highs:
    """A model of matrix @ x = right and low <= x <= high, with no objective yet."""
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = matrix.shape
    lp.col_cost_ = np.zeros(lp.num_col_)
    lp.col_lower_, lp.col_upper_ = low, high
    lp.row_lower_ = lp.row_upper_ = right
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = matrix.indptr
    lp.a_matrix_.index_ = matrix.indices
    lp.a_matrix_.value_ = matrix.data
    model = new_model()
    model.passModel(lp)
    return model


def solve(model: highspy.Highs) -> float | None:
    """The best value; None when there is no end to it.

    Raises NoSolution when nothing fits the constraints, RuntimeError when the solver gives up.
    """
    status = _run(model)
    if status not in _CLEAR:
        # After an endless direction a warm start may be left without a verdict.
        model.clearSolver()
        status = _run(model)
    if status == highspy.HighsModelStatus.kUnbounded:
        return None
    if status == highspy.HighsModelStatus.kInfeasible:
        raise NoSolution("the shown cells contradict the identities")
    if status != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"the solver gave up: {model.modelStatusToString(status)}")
    return float(model.getInfo().objective_function_value)


_CLEAR = (
    highspy.HighsModelStatus.kOptimal,
    highspy.HighsModelStatus.kUnbounded,
    highspy.HighsModelStatus.kInfeasible,
)


def _run(model: highspy.Highs) -> highspy.HighsModelStatus:
    model.run()
    return model.getModelStatus()


def solve_whole(model: highspy.Highs) -> float | None:
    """The best value of the same model with whole numbers only; None when there is no end."""
    whole = new_model()
    whole.passModel(model.getLp())
    columns = model.getNumCol()
    kinds = np.full(columns, highspy.HighsVarType.kInteger)
    whole.changeColsIntegrality(columns, np.arange(columns, dtype=np.int32), kinds)
    return solve(whole)


class NoSolution(ValueError):
    """The shown cells contradict the identities."""
