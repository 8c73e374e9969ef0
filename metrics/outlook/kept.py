"""Every forecast made is kept, and held against what came once it has come."""

from __future__ import annotations

import numpy as np
import pandas as pd

from metrics.outlook.base import Outlook
from metrics.outlook.futures import Simulated
from metrics.outlook.moves import FLOOR
from metrics.outlook.subjects import KEYS, Subjects
from metrics.outlook.tested import past


def look(outlook: Outlook) -> None:
    """The part `kept forecasts`: earlier rows of `forecast` stay, with a score where known.

    Of forecasts from the same day's data the newest stands for the others.
    """
    earlier = _earlier(outlook)
    if earlier.empty:
        return
    outlook.add("forecast", earlier)
    simulated, subjects = outlook.lean_on("simulated"), outlook.lean_on("subjects")
    scores = score(earlier, _came(simulated, subjects))
    if len(scores):
        outlook.add("forecast_score", scores)


def _earlier(outlook: Outlook) -> pd.DataFrame:
    """Rows kept so far, without those that the present forecasts replace."""
    tables = set(outlook.con.execute("show tables").df()["name"])
    if "forecast" not in tables:
        return pd.DataFrame()
    kept: pd.DataFrame = outlook.con.execute("select * from forecast").df()
    now = outlook.tables.get("forecast")
    if now is None or now.empty:
        return kept
    made = pd.to_datetime(now["made_from"]).iloc[0]
    same = (pd.to_datetime(kept["made_from"]) == made) & (kept["origin"] == now["origin"].iloc[0])
    return kept[~same]


def _came(simulated: Simulated, subjects: Subjects) -> pd.DataFrame:
    """`subject, need, phase, setting, year, actual` of borough-wide subjects, no small count."""
    series = past(simulated, subjects)
    at = np.flatnonzero(subjects.wide)
    year, which = np.meshgrid(series.years, at, indexing="ij")
    rows = subjects.frame.iloc[which.ravel().tolist()][KEYS].reset_index(drop=True)
    rows["year"], rows["actual"] = year.ravel(), series.counts[:, at].ravel()
    return rows[rows["actual"] >= FLOOR]


def score(kept: pd.DataFrame, came: pd.DataFrame) -> pd.DataFrame:
    """Rows of `forecast_score` for forecasts of Januaries that have come since they were made."""
    wide = (kept["locality"] == "all") & (kept["year_kind"] == "january")
    rows = kept[wide & (kept["year"] > kept["origin"])].merge(came, on=[*KEYS, "year"])
    low, high, actual = rows["q025"], rows["q975"], rows["actual"]
    miss = np.maximum(low - actual, 0) + np.maximum(actual - high, 0)
    columns = [*KEYS, "method", "origin", "year", "actual",
               "mean", "q025", "q10", "q50", "q90", "q975", "tier"]  # fmt: skip
    return rows[columns].assign(
        source="kept",
        horizon=rows["year"] - rows["origin"],
        in_80=(rows["q10"] <= actual) & (actual <= rows["q90"]),
        in_95=(low <= actual) & (actual <= high),
        interval_score=(high - low) + 2 / 0.05 * miss,
    )
