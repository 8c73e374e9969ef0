"""The register of methods, and what every method is given and must give back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.metric import Metric
from models.observation import Status

LOW_BASE = 10
"""A figure that rests on fewer people than this is marked as resting on a low base."""

CELL = ["period_start", "period_end", "breakdown", "category"]
NUMBERS = ["numerator", "denominator", "value", "lower", "upper", "people", "base"]
COLUMNS = [*CELL, *NUMBERS, "interval_method", "status"]

Compute = Callable[[Metric, pd.DataFrame, pd.DataFrame], pd.DataFrame]
"""(metric, things counted, things they are counted out of) to cells.

Both frames have period_start, period_end, person_id, urn, provision_id, provider_id, amount, value,
the columns the method asks for, and one column per described breakdown; the second is empty where
the metric has no denominator. Cells need CELL and NUMBERS (`interval_method` and `status` if any):
`value` in the metric's unit, `people` and `base` the number of people behind numerator and
denominator, without which disclosure control hides the figure.
"""


@dataclass(frozen=True)
class Method:
    """A registered method: its function, and what its rows must bring."""

    name: str
    compute: Compute
    needs: tuple[str, ...] = ()
    denominator_needs: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What it does, in the first line of its docstring."""
        return (self.compute.__doc__ or "").strip().split("\n")[0]

    def columns(self, side: str) -> tuple[str, ...]:
        """The columns the rows of numerator or denominator must bring for it."""
        return self.needs if side == "numerator" else self.denominator_needs


METHODS: dict[str, Method] = {}


def method(
    *, needs: tuple[str, ...] = (), denominator_needs: tuple[str, ...] = (),
    makes: tuple[str, ...] = (),
) -> Callable[[Compute], Compute]:  # fmt: skip
    """Register a function under its own name.

    `needs`: columns of each numerator row besides on_date and keys; `makes`: breakdowns that the
    function itself puts into its cells (the front matter lists them like any other).
    """

    def register(compute: Compute) -> Compute:
        name = compute.__name__
        if name in METHODS and METHODS[name].compute.__module__ != compute.__module__:
            raise ValueError(f"two methods are called {name!r}; rename one")
        METHODS[name] = Method(name, compute, needs, denominator_needs, makes)
        return compute

    return register


def cuts(metric: Metric, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows once for the whole and once for each described breakdown, with breakdown and category.

    What is not known of a row (empty) is in the whole only.
    """
    whole = rows.assign(breakdown="all", category="all")
    parts = [_cut(rows[rows[name].notna()], name) for name in metric.breakdowns if name in rows]
    return pd.concat([whole, *parts], ignore_index=True)


def _cut(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    return rows.assign(breakdown=name, category=rows[name].astype(str))


def people(rows: pd.DataFrame) -> int:
    """How many different people stand behind some rows."""
    return int(rows["person_id"].nunique())


def checked(metric: Metric, cells: pd.DataFrame) -> pd.DataFrame:
    """Cells of the shape every method must give back, values not known marked not available.

    Raises ValueError naming what is missing, a breakdown not declared, or a cell given twice.
    """
    if absent := [name for name in [*CELL, *NUMBERS] if name not in cells]:
        raise ValueError(f"{metric.id}: its method gives no column {', '.join(absent)}")
    if strange := set(cells["breakdown"]) - {"all", *metric.breakdowns}:
        what = f"breakdown {sorted(strange)[0]!r} is not in its front matter"
        raise ValueError(f"{metric.id}: {what}")
    if (twice := cells.duplicated(CELL)).any():
        cell = cells[twice].iloc[0]
        raise ValueError(f"{metric.id}: two cells for {cell.breakdown} {cell.category}")
    cells = cells.astype(dict.fromkeys(NUMBERS, float))
    known = cells["value"].notna()
    few = np.where(cells["base"] < LOW_BASE, Status.LOW_BASE, Status.OK)
    status = cells["status"] if "status" in cells else pd.Series(few, cells.index, object)
    method_words = cells.get("interval_method", pd.Series(None, cells.index, object))
    return cells.assign(
        status=status.mask(
            ~known & status.isin([Status.OK, Status.LOW_BASE]), Status.NOT_AVAILABLE
        ),
        interval_method=method_words.astype(object).where(cells["lower"].notna(), None),
    )[COLUMNS]
