"""Which published series the Compare page shows, and in what words."""

from __future__ import annotations

import tomllib
from functools import lru_cache

import pandas as pd

from ingest.published.reference import REFERENCE

INDICATOR_COLUMNS = [
    "series", "breakdown", "category", "title", "unit", "polarity", "decimals", "group",
    "source", "note",
]  # fmt: skip


@lru_cache(maxsize=1)
def compare_indicators() -> pd.DataFrame:
    """Compare's indicators, one row each, with INDICATOR_COLUMNS.

    A series on this list has a non-null `topic` (its group) in `published_statistic`, its plain
    title and unit, and figures for every authority, so that rank and spread can be shown.
    """
    text = (REFERENCE / "compare_indicators.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["indicator"]
    blank = {"breakdown": "all", "category": "all", "note": ""}
    return pd.DataFrame([blank | row for row in rows], columns=INDICATOR_COLUMNS)
