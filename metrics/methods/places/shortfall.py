"""Need against places over simulated futures: how far apart, how surely, and the year a gap opens.

Every number keeps the futures apart until the end: a chance is the share of futures in which it
happens, so that need which rises together in all groups is never averaged away.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from metrics.methods._checks import Floats

EVEN = 0.5
"""A gap opens in the first year in which it is at least as likely as not."""
QUANTILES = {"q025": 0.025, "q10": 0.1, "q50": 0.5, "q90": 0.9, "q975": 0.975}


def ranges(values: Floats, prefix: str = "") -> pd.DataFrame:
    """Mean and quantiles over futures (the first axis), to whole children; a row a cell.

    Cells are in the order of the remaining axes, the last one fastest.
    """
    flat = values.reshape(len(values), -1)
    quantiles = np.quantile(flat, list(QUANTILES.values()), axis=0)
    table = dict(zip(QUANTILES, np.round(quantiles), strict=True))
    rows = {"mean": np.round(flat.mean(axis=0)), **table}
    return pd.DataFrame({f"{prefix}{name}": column for name, column in rows.items()})


def chance_short(need: Floats, places: Floats) -> Floats:
    """Share of futures (first axis of `need`) in which need exceeds places."""
    chance: Floats = (need > places).mean(axis=0)
    return chance


def opens(chance: Floats, years: np.ndarray) -> int | None:
    """The first year in which a gap is at least as likely as not; None if there is none."""
    likely = np.flatnonzero(chance >= EVEN)
    return int(years[likely[0]]) if len(likely) else None
