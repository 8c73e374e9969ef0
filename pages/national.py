"""Published statistics as readers compare them: the borough, neighbours, region and England."""

from __future__ import annotations

from typing import Any

import pandas as pd

KINDS = ("borough", "neighbour", "region", "country")

FLAG_WORDS = {
    "implausible": "Implausible beside the years around it, so shown but not drawn",
    "negative": "Below nought, which a count or share can't be, so shown but not drawn",
    "other scale": "On another scale than its other years, so shown but not drawn",
    "break": "The way of counting changed here, so years before and after are not alike",
}
"""What each kind of flag of a published figure means; what follows its colon says more."""

_NOT_DRAWN = r"(?:^|; )(?:implausible|negative|other scale)"
_BREAK = r"(?:^|; )break"

SYMBOL_WORDS = {
    "c": "hidden [c] by the publisher",
    "x": "not available [x]",
    "z": "does not apply [z]",
    "k": "rounds to 0 but is not 0 [k]",
    "low": "rounds to 0 but is not 0 [k]",
    "u": "too few to rely on [u]",
    ":": "not available [x]",
    "~": "rounds to 0 but is not 0 [k]",
}
"""What each of the publisher's symbols means where there is no number."""


def flag_words(flag: Any) -> str:
    """What a flag means, with its own words; several one after another; empty for none."""
    if flag is None or pd.isna(flag) or not str(flag).strip():
        return ""
    return ". ".join(_one_flag(part.strip()) for part in str(flag).split(";"))


def _one_flag(flag: str) -> str:
    kind, _, detail = flag.partition(":")
    words = FLAG_WORDS.get(kind.strip(), kind.strip())
    return f"{words} ({detail.strip()})" if detail else words


def drawable(rows: pd.DataFrame) -> pd.Series:
    """Which published figures may be drawn as part of a trend."""
    odd = rows["flag"].fillna("").astype(str).str.contains(_NOT_DRAWN)
    return rows["value"].notna() & ~odd


def breaks(rows: pd.DataFrame) -> pd.Series:
    """Which figures are the first after a break in their series."""
    return rows["flag"].fillna("").astype(str).str.contains(_BREAK)


def own_region(rows: pd.DataFrame, region_code: str) -> pd.DataFrame:
    """The rows without the regions that the borough is not in."""
    return rows[(rows["area_kind"] != "region") | (rows["area_code"] == region_code)]


def line(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of one place as period_label, period_start, value (None where not to be drawn), flag."""
    rows = rows.sort_values("period_start")
    return rows.assign(value=rows["value"].where(drawable(rows)))


def neighbour_median(rows: pd.DataFrame, at_least: int = 5) -> pd.DataFrame:
    """The median of the neighbours in each period that has `at_least` of them, with how many."""
    rows = rows[(rows["area_kind"] == "neighbour") & drawable(rows)]
    by = ["period_start", "period_label"]
    found = rows.groupby(by, as_index=False)["value"].agg(["median", "count", "min", "max"])
    found = found[found["count"] >= at_least]
    return found.rename(columns={"median": "value"}).sort_values("period_start")
