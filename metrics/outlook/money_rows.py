"""Rows of table `money_ahead`: a subject's figure with its range, in whole pounds or children."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

QUANTILES = {"q025": 0.025, "q10": 0.1, "q50": 0.5, "q90": 0.9, "q975": 0.975}
UNITS = {"pounds": 0, "children": 0, "% a year": 1, "share": 2}
"""Decimals kept of each unit."""


@dataclass
class RowsAhead:
    """Rows as they are added."""

    rows: list[dict[str, object]] = field(default_factory=list)

    def add(self, subject: str, component: str, year: int, values: np.ndarray | float, *,
            unit: str = "pounds", note: str = "") -> None:  # fmt: skip
        """One figure from its futures; a single number is known and has no range."""
        many = np.atleast_1d(np.asarray(values, dtype=float))
        numbers = {"mean": float(many.mean())}
        numbers |= {n: float(np.quantile(many, q)) for n, q in QUANTILES.items()}
        if many.size == 1:
            numbers |= dict.fromkeys(QUANTILES, float("nan"))
        places = UNITS[unit]
        self.rows.append(
            {"subject": subject, "component": component, "year": year,
             "year_kind": "financial_year",
             "unit": unit, **{n: round(v, places) for n, v in numbers.items()}, "note": note,
             "tier": "open"}
        )  # fmt: skip

    def by_year(self, subject: str, component: str, first: int, values: np.ndarray,
                unit: str = "pounds", note: str = "") -> None:  # fmt: skip
        """A figure of each financial year from the first; `values` by future and year."""
        for k in range(values.shape[1]):
            self.add(subject, component, first + k, values[:, k], unit=unit, note=note)

    def change(self, subject: str, year: int, before: np.ndarray, parts: dict[str, np.ndarray],
               note: str) -> None:  # fmt: skip
        """What a bill was, the parts of its change and what it becomes: rounded, they add up."""
        self.add(subject, "before", year, before, note=note)
        total = round(float(before.mean()))
        for name, values in parts.items():
            self.add(subject, name, year, values, note=note)
            total += round(float(values.mean()))
        self.add(subject, "after", year, before + sum(parts.values()), note=note)
        self.rows[-1]["mean"] = float(total)

    def frame(self) -> pd.DataFrame:
        """The rows as a table."""
        return pd.DataFrame(self.rows)
