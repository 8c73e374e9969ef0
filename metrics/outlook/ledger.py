"""Outturn of the financial year by budget line, with a range from how past forecasts did.

Every month finance forecasts the whole year. What the forecast of the same month came to in
earlier years says how far to trust this one; a prior keeps few years from looking certain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np
import pandas as pd

from metrics.measure.steps import load_steps
from metrics.methods.futures.history import CannotProject

PRIOR_LINE, PRIOR_ALL, PRIOR_YEARS = 0.06, 0.03, 4.0
"""Spread of a forecast's error at the year's start, of one line and of all, shrinking with the
months left; worth so many years of the borough's own. An assumption."""
_LINES = """
with whole_forecast as ({whole})
select b.line, b.part, b.financial_year::integer as year, b.forecast_month as month,
    b.forecast_outturn::double as forecast
from live_budget_line b
join whole_forecast w on w.financial_year = b.financial_year
    and w.forecast_month = b.forecast_month
"""


@dataclass(frozen=True)
class Ledger:
    """The newest financial year's forecast by line, and simulated outturns."""

    year: int
    """Calendar year the financial year starts in."""
    month: date
    """First day of the month the forecast was made at the end of."""
    lines: pd.DataFrame
    """`line, part, forecast` in pounds."""
    outturn: np.ndarray
    """Pounds by future and row of `lines`."""
    years_seen: int
    """Earlier years whose forecast of the same month could be held against the outturn."""

    def of(self, *lines: str, part: str | None = None) -> np.ndarray:
        """Outturn by future of these lines together (of one part, where one is named)."""
        rows = self.lines["line"].isin(lines)
        if part is not None:
            rows &= self.lines["part"] == part
        total: np.ndarray = self.outturn[:, rows.to_numpy()].sum(axis=1)
        return total


def read_ledger(con: duckdb.DuckDBPyConnection, draws: int, rng: np.random.Generator) -> Ledger:
    """The forecast of the newest whole month, and `draws` outturns of that financial year.

    Raises CannotProject where no month has every line.
    """
    rows = con.execute(_LINES.format(whole=load_steps()["whole_forecast"].sql)).df()
    if rows.empty:
        raise CannotProject("no month has a forecast of every budget line")
    month = rows["month"].max()
    now = rows[rows["month"] == month].sort_values(["line", "part"]).reset_index(drop=True)
    errors = past_errors(rows, month)
    left = (int(now["year"].iloc[0]) * 12 + 14 - (month.year * 12 + month.month - 1)) / 12
    outturn = _outturns(now["forecast"].to_numpy(), errors, left, draws, rng)
    lines = now[["line", "part", "forecast"]]
    return Ledger(int(now["year"].iloc[0]), month.date(), lines, outturn, len(errors))


def past_errors(rows: pd.DataFrame, month: pd.Timestamp) -> pd.DataFrame:
    """Log of outturn over the forecast of the same month, by earlier year (rows) and line.

    The column `all` is of all lines together. Years without that month or without March are left
    out.
    """
    key = ["line", "part"]
    found = {}
    for year, part in rows.groupby(rows["year"].astype(int)):
        end = part[part["month"] == pd.Timestamp(int(year) + 1, 3, 1)]
        then = part[part["month"].dt.month == month.month]
        if end.empty or then.empty or year == rows["year"].max():
            continue
        both = then.set_index(key)["forecast"].to_frame("then")
        both = both.join(end.set_index(key)["forecast"].rename("end"), how="inner")
        both = both[(both > 0).all(axis=1)]
        found[int(year)] = np.log(both["end"] / both["then"]).to_dict() | {
            "all": float(np.log(both["end"].sum() / both["then"].sum()))
        }
    return pd.DataFrame.from_dict(found, orient="index")


def pooled(errors: np.ndarray, prior: float) -> tuple[float, float, float]:
    """Mean error, its spread and degrees of freedom, after a prior worth PRIOR_YEARS years.

    The mean is drawn towards none: a forecast that was right on average needs no correction.
    """
    n = len(errors)
    squares = float(((errors - errors.mean()) ** 2).sum()) if n else 0.0
    weight = PRIOR_YEARS + max(n - 1, 0)
    spread = float(np.sqrt((PRIOR_YEARS * prior**2 + squares) / weight))
    return float(errors.sum()) / (n + PRIOR_YEARS), spread, weight


def _outturns(forecast: np.ndarray, errors: pd.DataFrame, left: float, draws: int,
              rng: np.random.Generator) -> np.ndarray:  # fmt: skip
    """Forecasts times simulated errors: each line's own, and one shared by all.

    What all lines share is what the record of the total leaves over once lines' own errors, which
    partly cancel, are taken away. Nothing is left to go wrong once March is in.
    """
    own = [pooled(errors[c].dropna().to_numpy(), PRIOR_LINE * left)
           for c in errors.columns if c != "all"]  # fmt: skip
    spread = float(np.sqrt(np.mean([s**2 for _, s, _ in own]))) if own else PRIOR_LINE * left
    whole = errors["all"].to_numpy() if "all" in errors else np.array([])
    mean, total, freedom = pooled(whole, PRIOR_ALL * left)
    weight = forecast / forecast.sum()
    shared = float(np.sqrt(max(0.0, total**2 - spread**2 * float((weight**2).sum()))))
    heavy = np.sqrt(freedom / rng.chisquare(freedom, (draws, 1)))
    noise = spread * rng.standard_normal((draws, len(forecast)))
    noise += shared * rng.standard_normal((draws, 1))
    size = 1.0 if left > 0 else 0.0
    out: np.ndarray = forecast * np.exp(size * (mean + heavy * noise))
    return out
