"""When places run short, in words for people who do not know what an interval is."""

from __future__ import annotations

from math import ceil, floor

import pandas as pd

from metrics.outlook.shown import ALL

MOST_PLACES_NAMED = 3


def opening_words(rows: pd.DataFrame, opens: int | None) -> str:
    """A group's years in a sentence: `year, chance, gap_q10, gap_q90`, in order."""
    first, last = rows.iloc[0], rows.iloc[-1]
    if opens is None:
        return _enough(float(last["chance"]), int(last["year"]))
    by = f"{short_by(last['gap_q10'], last['gap_q90'])} by January {last['year']:.0f}"
    if opens == first["year"]:
        if float(last["chance"]) < 0.5:
            return f"Short in January {opens}; likely enough by January {last['year']:.0f}."
        return f"Already short, and likely short {by}."
    if opens == last["year"]:
        by = short_by(last["gap_q10"], last["gap_q90"])
    return f"Likely short from January {opens}, {by}."


def _enough(chance: float, year: int) -> str:
    if chance < 0.05:
        return f"Enough places to January {year} in nearly every future."
    return f"Likely enough places to January {year}; a {odds(chance)} chance of being short."


def short_by(low: float, high: float) -> str:
    """As in "by 20 to 45 places", in fives from twenty on; "by up to 10 places" from nothing."""
    least, most = _tidy(low, floor), _tidy(high, ceil)
    if least <= 0:
        return f"by up to {max(most, 1)} places"
    return f"by {least} places" if least == most else f"by {least} to {most} places"


def _tidy(value: float, way: object) -> int:
    step = 5 if abs(value) >= 20 else 1
    return step * (ceil(value / step) if way is ceil else floor(value / step))


def odds(chance: float) -> str:
    """As in "7 in 10"; "1 in 20" for less than 1 in 10."""
    if chance < 0.075:
        return "1 in 20"
    return f"{min(max(round(chance * 10), 1), 9)} in 10"


def meanwhile_words(rows: pd.DataFrame) -> str:
    """Where children without a place would be: `destination, mean, share` of one year."""
    total = float(rows.loc[rows["destination"] == ALL, "mean"].sum())
    if total < 1:
        return ""
    listed = rows[(rows["destination"] != ALL) & (rows["share"] >= 0.05)]
    listed = listed.sort_values("share", ascending=False).head(MOST_PLACES_NAMED)
    parts = [f"{odds(r['share'])} in {r['destination']}" for r in listed.to_dict("records")]
    return f"Of about {total:,.0f} without a place: {', '.join(parts)}." if parts else ""
