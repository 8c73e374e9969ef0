"""What the XmR rules and the funnels say, where the snapshot has them."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from pages.statements import Change, Tone
from pages.words import sentence

_TONES: dict[str, Tone] = {"concern": "concern", "improvement": "improvement", "neutral": "neutral"}


def judged_change(summary: dict[str, Any] | None) -> Change | None:
    """What a month or term says by the XmR rules; None where they do not apply."""
    variation = (summary or {}).get("variation")
    # Where no limits could be drawn the table has no variation, and a year is compared instead.
    if summary is None or not isinstance(variation, str) or variation in ("", "no_variation"):
        return None
    words = str(summary["sentence"])
    if variation == "common_cause":
        return Change(words, "none", "same", True, judged=True)
    kind, _, side = variation.partition("_")
    direction = {"high": "up", "low": "down"}.get(side, "unknown")
    return Change(words, _TONES.get(kind, "neutral"), direction, True, run=_run(words), judged=True)


def _run(words: str) -> str:
    """The rule that was met, to stand after a clause: seven months above average."""
    return sentence(words.partition(":")[0])


def judged_line(points: pd.DataFrame, polarity: str) -> pd.DataFrame | None:
    """Table `signal` of one measure with `direction` as good or bad news; None without rows."""
    if points.empty:
        return None
    special = points["special_cause"].ne("none")
    good = "high" if polarity == "high" else "low"
    news = points["direction"].map(lambda side: "improvement" if side == good else "concern")
    news = news.where(special, "none")
    if polarity == "none":
        news = special.map({True: "neutral", False: "none"})
    columns = ["period_end", "value", "mean", "lpl", "upl", "special_cause"]
    return points[columns].assign(direction=news)


class Funnel(NamedTuple):
    """Schools of one phase against their size: the tables, and whether limits are widened."""

    points: pd.DataFrame
    limits: pd.DataFrame
    centre: float
    note: str


def funnel_of(frames: dict[str, pd.DataFrame], phase: str) -> Funnel | None:
    """The funnel of one phase from `Snapshot.funnel`; None where there is none.

    Limits come as size, low_95, high_95, low_998, high_998 in the measure's unit.
    """
    summary = frames["summary"]
    mine = summary[summary["phase"] == phase]
    if mine.empty:
        return None
    row = mine.iloc[-1]
    points = frames["points"][frames["points"]["phase"] == phase]
    limits = frames["limits"]
    limits = limits[(limits["phase"] == phase) & (limits["adjusted"] == row["adjusted"])]
    names = {"denominator": "size", "lower_95": "low_95", "upper_95": "high_95"}
    names |= {"lower_998": "low_998", "upper_998": "high_998"}
    limits = limits.rename(columns=names)[list(names.values())]
    return Funnel(points, limits, float(row["target"]), str(row["note"] or ""))


def place_in(found: Funnel | None, urn: str) -> str:
    """Where a school lies: higher, lower (outside 99.8 %), edge, within; empty where not known."""
    if found is None:
        return ""
    own = found.points[found.points["urn"].astype(str) == urn]
    if own.empty:
        return ""
    row = own.iloc[0]
    if row["outside_998"]:
        return "higher" if row["value"] > found.centre else "lower"
    return "edge" if row["outside_95"] else "within"


FUNNEL_WORDS = {
    "": "The school has no figure to place here",
    "higher": "The school's figure is higher than chance explains",
    "lower": "The school's figure is lower than chance explains",
    "edge": "The school's figure is at the edge of chance",
    "within": "The school's figure is within what chance explains",
}
"""The title of a funnel, by where one's own school lies."""
