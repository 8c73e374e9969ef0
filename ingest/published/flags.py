"""Figures kept as printed but not to be drawn as a trend, each with why.

A flag is `<kind>: <words>`, without commas or semicolons in the words; the kinds are
`implausible`, `negative`, `other scale` and `break` (the first figure after a break in the
series). Where several apply they stand in that order, joined by `; `.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

import numpy as np
import pandas as pd

from ingest.published.reference import reference_table

KEY = ["series", "area_code", "breakdown", "category", "period_kind"]
JUMP = 5.0
"""A figure this many times both its neighbours, or this small a part of both, is implausible."""
SMALLEST_JUMP = 50.0
"""The larger side of a jump must reach this, so that small counts may come and go."""
OTHER_SCALE = "other scale: outside the range of every authority in this period"
MANY_AUTHORITIES = 50
"""With fewer authorities than this the range says nothing about the scale."""
SIGNED = r"score|progress|prog8|gap|balance|difference|change|growth"
"""Titles and units of measures that may rightly be below nought."""


def add_flags(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures, sorted by key and period, with column `flag` (null where there is no reason).

    A column `scale`, where there is one, holds what `other_scale` found in the whole file before
    part of it was left out.
    """
    if figures.empty:
        return figures.assign(flag=None)
    dated = figures.assign(period_start=pd.to_datetime(figures["period_start"]))
    ordered = dated.sort_values([*KEY, "period_start"], kind="stable").reset_index(drop=True)
    scale = ordered["scale"] if "scale" in ordered else other_scale(ordered)
    return ordered.assign(flag=_join([jumps(ordered), negatives(ordered), scale, breaks(ordered)]))


def _join(reasons: list[pd.Series]) -> pd.Series:
    text = reasons[0].astype(object)
    for more in reasons[1:]:
        gap = np.where((text != "") & (more != ""), "; ", "")
        text = text + gap + more.astype(object)
    return text.where(text != "", None)


def jumps(ordered: pd.DataFrame) -> pd.Series:
    """Why a figure is implausible beside the ones before and after it in the same series.

    The rule: at least 5 times both neighbours, or at most a fifth of both, where the larger side
    is 50 or more and both neighbours are above nought. It finds 6,078 between 302 and 493.
    """
    numbers = ordered[ordered["value"].notna()]
    group = numbers.groupby(_key_codes(numbers), sort=False)["value"]
    value, before, after = numbers["value"], group.shift(1), group.shift(-1)
    beside = pd.concat([before, after], axis=1)
    low, high = beside.min(axis=1, skipna=False), beside.max(axis=1, skipna=False)
    sound = (low > 0) & (value >= 0)
    leap = sound & (value >= SMALLEST_JUMP) & (value >= JUMP * high)
    drop = sound & (low >= SMALLEST_JUMP) & (value * JUMP <= low)
    found = leap | drop
    told = [
        f"implausible: {_plain(v)} stands between {_plain(b)} and {_plain(a)}"
        for v, b, a in zip(value[found], before[found], after[found], strict=True)
    ]
    return pd.Series(told, index=value[found].index, dtype=object).reindex(
        ordered.index, fill_value=""
    )


def _plain(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _key_codes(frame: pd.DataFrame) -> pd.Series:
    changed = pd.Series(False, index=frame.index)
    for name in KEY:
        changed |= frame[name] != frame[name].shift()
    return changed.cumsum()


def negatives(ordered: pd.DataFrame) -> pd.Series:
    """Why a figure below nought is not to be believed, in measures that can't be negative."""
    below = ordered[ordered["value"] < 0]
    words = below["title"] + " " + below["unit"].fillna("")
    signed = words.str.contains(SIGNED, case=False, regex=True)
    wrong = pd.Series(False, index=ordered.index)
    wrong[signed.index[~signed.astype(bool)]] = True
    return _say(wrong, "negative: a count or share below nought")


def other_scale(figures: pd.DataFrame) -> pd.Series:
    """Why a region's or the country's rate is not comparable: it is outside every authority's."""
    units = figures["unit"].fillna("").drop_duplicates()
    rates = units[units.str.contains(r"%|rate|per ", case=False, regex=True)]
    shown = figures[figures["unit"].isin(rates) & figures["value"].notna()]
    same = ["series", "breakdown", "category", "period_kind", "period_start"]
    single = shown[shown["area_kind"].isin(["borough", "neighbour", "authority"])]
    spread = single.groupby(same)["value"].agg(["min", "max", "size"])
    spread = spread[spread["size"] >= MANY_AUTHORITIES].reset_index()
    whole = shown[shown["area_kind"].isin(["region", "country"])]
    beside = whole.rename_axis("row").reset_index().merge(spread, on=same, how="inner")
    outside = (beside["value"] < beside["min"]) | (beside["value"] > beside["max"])
    words = pd.Series("", index=figures.index, dtype=object)
    words[beside.loc[outside, "row"]] = OTHER_SCALE
    return words


def breaks(ordered: pd.DataFrame) -> pd.Series:
    """Which figures are the first after a break listed in `data/reference/breaks.csv`."""
    words = pd.Series("", index=ordered.index, dtype=object)
    names = ordered["series"].drop_duplicates()
    same = _key_codes(ordered)
    earlier = ordered["period_start"].shift().where(same == same.shift())
    for row in reference_table("breaks").to_dict("records"):
        hit = names[[fnmatchcase(n, row["pattern"]) for n in names]]
        if hit.empty:
            continue
        since = pd.Timestamp(row["first_period_start"])
        first = (ordered["period_start"] >= since) & (earlier < since)
        here = first & ordered["series"].isin(hit) & (words == "")
        words[here] = f"break: {row['reason']}"
    return words


def _say(where: pd.Series, text: str) -> pd.Series:
    return pd.Series(np.where(where, text, ""), index=where.index)
