"""When places run short, in words for people who do not know what an interval is."""

from __future__ import annotations

import pandas as pd

from metrics.outlook.shown import ALL
from models.likely import odds, short_by

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


def meanwhile_words(rows: pd.DataFrame) -> str:
    """Where children without a place would be: `destination, mean, share` of one year."""
    total = float(rows.loc[rows["destination"] == ALL, "mean"].sum())
    if total < 1:
        return ""
    listed = rows[(rows["destination"] != ALL) & (rows["share"] >= 0.05)]
    listed = listed.sort_values("share", ascending=False).head(MOST_PLACES_NAMED)
    parts = [f"{odds(r['share'])} in {r['destination']}" for r in listed.to_dict("records")]
    return f"Of about {total:,.0f} without a place: {', '.join(parts)}." if parts else ""
