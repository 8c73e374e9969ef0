"""Figures kept as printed but not to be drawn as a trend, each with why.

A flag is `<kind>: <words>`; the kinds are `implausible`, `negative`, `other scale` and `break`
(the first figure after a break in the series). Where several apply they stand in that order,
joined by `; `.
"""

from __future__ import annotations

from datetime import date
from fnmatch import fnmatchcase

import numpy as np
import pandas as pd

from ingest.published.reference import reference_table

KEY = ["series", "area_code", "breakdown", "category", "period_kind"]
JUMP = 5.0
"""A figure this many times both its neighbours, or this small a part of both, is implausible."""
SMALLEST_JUMP = 50.0
"""The larger side of a jump must reach this, so that small counts may come and go."""
MANY_AUTHORITIES = 50
"""With fewer authorities than this the range says nothing about the scale."""
SIGNED = r"score|progress|prog8|gap|balance|difference|change|growth"
"""Titles and units of measures that may rightly be below nought."""


def add_flags(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures, sorted by key and period, with column `flag` (null where there is no reason)."""
    ordered = figures.sort_values([*KEY, "period_start"], kind="stable").reset_index(drop=True)
    reasons = [jumps(ordered), negatives(ordered), other_scale(ordered), breaks(ordered)]
    flag = (
        pd.concat(reasons, axis=1).apply(_join, axis=1) if any(r.any() for r in reasons) else None
    )
    return ordered.assign(flag=flag)


def _join(row: pd.Series) -> str | None:
    return "; ".join(text for text in row if text) or None


def jumps(ordered: pd.DataFrame) -> pd.Series:
    """Why a figure is implausible beside the ones before and after it in the same series.

    The rule: at least 5 times both neighbours, or at most a fifth of both, where the larger side
    is 50 or more and both neighbours are above nought. It finds 6,078 between 302 and 493.
    """
    numbers = ordered[ordered["value"].notna()]
    group = numbers.groupby(_key_codes(numbers), sort=False)["value"]
    value, before, after = numbers["value"], group.shift(1), group.shift(-1)
    low, high = np.minimum(before, after), np.maximum(before, after)
    sound = (low > 0) & (value >= 0)
    leap = sound & (value >= SMALLEST_JUMP) & (value >= JUMP * high)
    drop = sound & (low >= SMALLEST_JUMP) & (value * JUMP <= low)
    words = pd.Series("", index=ordered.index)
    found = leap | drop
    words[found[found].index] = [
        f"implausible: {_plain(v)} stands between {_plain(b)} and {_plain(a)}"
        for v, b, a in zip(value[found], before[found], after[found], strict=True)
    ]
    return words


def _plain(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _key_codes(frame: pd.DataFrame) -> pd.Series:
    changed = pd.Series(False, index=frame.index)
    for name in KEY:
        changed |= frame[name] != frame[name].shift()
    return changed.cumsum()


def negatives(ordered: pd.DataFrame) -> pd.Series:
    """Why a figure below nought is not to be believed, in measures that can't be negative."""
    words = ordered["title"] + " " + ordered["unit"].fillna("")
    signed = words.str.contains(SIGNED, case=False, regex=True)
    wrong = (ordered["value"] < 0) & ~signed
    return _say(wrong, "negative: a count or share below nought")


def other_scale(ordered: pd.DataFrame) -> pd.Series:
    """Why a region's or the country's rate is not comparable: it is outside every authority's."""
    rate = ordered["unit"].fillna("").str.contains(r"%|rate|per ", case=False, regex=True)
    shown = ordered[rate & ordered["value"].notna()]
    same = ["series", "breakdown", "category", "period_kind", "period_start"]
    single = shown[shown["area_kind"].isin(["borough", "neighbour", "authority"])]
    spread = single.groupby(same)["value"].agg(["min", "max", "size"]).reset_index()
    whole = shown[shown["area_kind"].isin(["region", "country"])].reset_index()
    beside = whole.merge(spread, on=same, how="inner")
    beside = beside[beside["size"] >= MANY_AUTHORITIES]
    outside = beside[(beside["value"] < beside["min"]) | (beside["value"] > beside["max"])]
    wrong = pd.Series(False, index=ordered.index)
    wrong[outside["index"]] = True
    return _say(wrong, "other scale: outside the range of every authority in this period")


def breaks(ordered: pd.DataFrame) -> pd.Series:
    """Which figures are the first after a break listed in `data/reference/breaks.csv`."""
    words = pd.Series("", index=ordered.index)
    names = ordered["series"].drop_duplicates()
    same = _key_codes(ordered)
    earlier = ordered["period_start"].shift().where(same == same.shift())
    for row in reference_table("breaks").to_dict("records"):
        hit = names[[fnmatchcase(n, row["pattern"]) for n in names]]
        since = date.fromisoformat(row["first_period_start"])
        first = (ordered["period_start"] >= since) & (earlier < since)
        here = ordered["series"].isin(hit) & first & (words == "")
        words[here] = f"break: {row['reason']}"
    return words


def _say(where: pd.Series, text: str) -> pd.Series:
    return pd.Series(np.where(where, text, ""), index=where.index)
