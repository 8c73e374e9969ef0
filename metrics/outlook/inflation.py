"""How fast prices rise: what the borough's own places did, steadied by a prior, with a range."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd

from metrics.outlook.prices import under_way


@dataclass(frozen=True)
class Prior:
    """What is believed of yearly rises before the borough's own are seen (log scale)."""

    mean: float
    mean_sd: float
    year_sd: float
    weight: float
    """How many years of its own the spread between years is worth."""
    source: str


_DFE = np.array([54, 57, 62, 63, 64], dtype=float)
_RISES = np.diff(np.log(_DFE))
FEES = Prior(
    float(_RISES.mean()), 0.02, float(_RISES.std(ddof=1)), 4.0,
    "England, cost per plan in independent and non-maintained special schools, £54,000 in 2020/21"
    " to £64,000 in 2024/25 (written answer 100030, 7 January 2026)",
)  # fmt: skip
"""Independent fees: mean and spread of the yearly rises of the department's own unit cost."""
LOCAL = Prior(
    0.03, 0.015, 0.015, 4.0,
    "an assumption: pay awards and school costs of about 3 % a year; no series is published of"
    " what local specialist places cost",
)  # fmt: skip
LINES = Prior(
    0.03, 0.015, 0.02, 4.0,
    "an assumption: pay awards and contract prices of about 3 % a year",
)  # fmt: skip
PRIORS = {"independent": FEES, "state": LOCAL, "services": LINES}


@dataclass(frozen=True)
class Rise:
    """What is believed after: mean rise, how well it is known, and its spread between years."""

    mean: float
    mean_sd: float
    year_sd: float
    seen: int
    """Yearly rises of the borough's own that were used."""

    def paths(self, draws: int, years: int, rng: np.random.Generator) -> np.ndarray:
        """Price by future and year over the first year's, which is 1; shape (draws, years).

        The mean rise is one for each future; years differ besides.
        """
        mean = self.mean + self.mean_sd * rng.standard_normal((draws, 1))
        each = mean + self.year_sd * rng.standard_normal((draws, max(years - 1, 0)))
        return np.exp(np.concatenate([np.zeros((draws, 1)), np.cumsum(each, axis=1)], axis=1))


def believe(rises: np.ndarray, prior: Prior) -> Rise:
    """Combine the borough's own yearly rises (log scale) with a prior.

    The spread between years is pooled: (weight x prior variance + squares seen) / (weight + n - 1);
    the mean is weighed by precision (normal, spread taken as known). Source: Gelman and others,
    Bayesian Data Analysis, 3rd edition, 2.5 and 2.6.
    """
    n = len(rises)
    squares = float(((rises - rises.mean()) ** 2).sum()) if n else 0.0
    spread = (prior.weight * prior.year_sd**2 + squares) / (prior.weight + max(n - 1, 0))
    own, before = n / spread, 1 / prior.mean_sd**2
    total = float(rises.sum()) / spread + prior.mean * before
    return Rise(total / (own + before), float((own + before) ** -0.5), float(spread**0.5), n)


def seen_rises(places: pd.DataFrame, last: date) -> dict[str, np.ndarray]:
    """Yearly rises (log) of the weekly fee of the same places, from 31 March to 31 March.

    By sector. A place is the same where child, provider and kind of stay are. Years with fewer
    than ten such places are left out.
    """
    first = pd.Timestamp(places["start_date"].min()).year + 1
    days = [date(year, 3, 31) for year in range(first, last.year + 1) if date(year, 3, 31) <= last]
    key = ["sector", "person_id", "provider_id", "residential"]
    fees = [under_way(places, day).groupby(key)["weekly_fee"].sum().astype(float) for day in days]
    found: dict[str, list[float]] = {"independent": [], "state": []}
    for before, after in pairwise(fees):
        both = pd.concat([before.rename("a"), after.rename("b")], axis=1, join="inner")
        for sector, rows in both.groupby(level="sector"):
            if len(rows) >= 10 and rows["a"].sum() > 0:
                found[str(sector)].append(float(np.log(rows["b"].sum() / rows["a"].sum())))
    return {sector: np.array(values) for sector, values in found.items()}
