"""Published indicators: the borough's newest figure beside the others at the same date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from models.principal import PUBLIC
from pages.memory import remember
from pages.national import KINDS, SYMBOL_WORDS, drawable, flag_words, own_region
from pages.words import amount_words, number, plain_dates

_KEYS = ["series", "breakdown", "category"]


@dataclass(frozen=True)
class Indicator:
    """One published figure of the borough beside the others, at the same date.

    `rank` counts from the highest of the borough and the neighbours that have a figure.
    """

    series: str
    breakdown: str
    category: str
    title: str
    unit: str
    decimals: int
    polarity: str
    topic: str
    source: str
    source_date: str
    period: str
    value: float | None
    why_not: str
    flag: str
    england: float | None
    region: float | None
    median: float | None
    low: float | None
    high: float | None
    rank: int | None
    ranked: int

    @property
    def key(self) -> str:
        """What the address bar calls it."""
        same = self.breakdown == "all" and self.category == "all"
        return self.series if same else f"{self.series}:{self.category}"

    @property
    def metric(self) -> dict[str, Any]:
        """Its unit in the form the formatting functions read."""
        share = _SHARE.match(self.unit) is not None
        return {
            "kind": "proportion" if share else "money" if _POUNDS.match(self.unit) else "rate",
            "unit": self.unit,
            "decimals": self.decimals,
            "polarity": self.polarity,
        }

    @property
    def is_count(self) -> bool:
        """Whether it grows with the size of the place, so that places can't be compared by it."""
        return not (_SHARE.search(self.unit) or _POUNDS.search(self.unit) or _PER.search(self.unit))


_SHARE = re.compile(r"\s*(%|per ?cent)", re.IGNORECASE)
_POUNDS = re.compile(r"\s*(£|pounds)", re.IGNORECASE)
_PER = re.compile(
    r"\b(per|rate|ratio|score|average|mean|median|days|weeks|months|rank)\b", re.IGNORECASE
)


def indicators(view: Any) -> list[Indicator]:
    """Every published indicator chosen for comparison that the borough has a figure for.

    A series is chosen by having a topic; they come by topic and title. Published figures are
    public, so they are worked out once for all readers.
    """
    return remember(view.snapshot, PUBLIC, "indicators", lambda: _indicators(view))


def _indicators(view: Any) -> list[Indicator]:
    rows = view.snapshot.published(
        view.principal, area_kinds=KINDS, breakdown="all", category="all"
    )
    rows = own_region(rows, view.profile.region_code)
    series = view.snapshot.series(view.principal)
    chosen = series[series["topic"].fillna("").ne("")]
    table = _table(rows[rows["series"].isin(chosen["series"])], chosen)
    return sorted((_indicator(row) for row in table.to_dict("records")), key=_place)


TOPICS = (
    "Demand",
    "EHC plans process",
    "Placements",
    "Suspensions",
    "Attendance",
    "Mental health",
    "Money",
    "Context",
)
"""Topics of published indicators in the order pages show them; any other comes after."""


def _place(item: Indicator) -> tuple[int, str, str]:
    known = TOPICS.index(item.topic) if item.topic in TOPICS else len(TOPICS)
    return known, item.topic, item.title


def _table(rows: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    own = rows[rows["area_kind"] == "borough"].sort_values("period_start")
    latest = own[own["value"].notna()].groupby(_KEYS, as_index=False).tail(1)
    at = [*_KEYS, "period_start"]
    rows = rows.merge(latest[at], on=at)  # only the dates that are compared
    for kind, name in (("country", "england"), ("region", "region")):
        # A figure on another scale than the authorities' is no comparison.
        other = rows[(rows["area_kind"] == kind) & drawable(rows)].drop_duplicates(at)
        latest = latest.merge(
            other[[*at, "value"]].rename(columns={"value": name}), on=at, how="left"
        )
    return _ranked(latest, rows[rows["area_kind"] == "neighbour"], at).merge(
        series, on="series", how="left"
    )


def _ranked(latest: pd.DataFrame, neighbours: pd.DataFrame, at: list[str]) -> pd.DataFrame:
    beside = latest[[*at, "value"]].merge(
        neighbours.loc[drawable(neighbours), [*at, "value"]], on=at, suffixes=("", "_n")
    )
    beside["above"] = beside["value_n"] > beside["value"]
    found = beside.groupby(at, as_index=False).agg(
        median=("value_n", "median"),
        low=("value_n", "min"),
        high=("value_n", "max"),
        count=("value_n", "count"),
        above=("above", "sum"),
    )
    return latest.merge(found, on=at, how="left")


def _indicator(row: Mapping[Any, Any]) -> Indicator:
    ranked = 0 if pd.isna(row["count"]) else int(row["count"]) + 1
    symbol = _text(row["symbol"])
    return Indicator(
        **{name: _text(row[name]) for name in _TEXTS},
        decimals=1 if pd.isna(row["decimals"]) else int(row["decimals"]),
        polarity=_text(row["polarity"]) or "none",
        period=_text(row["period_label"]),
        value=_number(row["value"]),
        why_not=SYMBOL_WORDS.get(symbol, symbol),
        flag=flag_words(row["flag"]),
        england=_number(row["england"]),
        region=_number(row["region"]),
        median=_number(row["median"]),
        low=_number(row["low"]),
        high=_number(row["high"]),
        rank=int(row["above"]) + 1 if ranked else None,
        ranked=ranked,
    )


_TEXTS = ("series", "breakdown", "category", "title", "unit", "topic", "source", "source_date")


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else plain_dates(str(value))


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def ordinal(place: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th."""
    tail = (
        "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    )
    return f"{place}{tail}"


def rank_words(item: Indicator) -> str:
    """The rank with the spread of the neighbours; never a rank alone."""
    if item.rank is None or item.low is None or item.high is None:
        return "No neighbours' figures at this date"
    spread = f"{number(item.low, item.decimals)} to {number(item.high, item.decimals)}"
    if item.is_count:
        return f"A count, so not ranked; neighbours {spread}"
    place = "Highest" if item.rank == 1 else f"{ordinal(item.rank)} highest"
    place = "Lowest" if item.rank == item.ranked else place
    return f"{place} of {item.ranked}; neighbours {spread}"


POLARITY_WORDS = {"high": "higher is better", "low": "lower is better", "none": ""}


def gap_words(item: Indicator, other: float | None, name: str) -> str:
    """How the borough differs from one other, with which way is good; no claim about chance."""
    if item.is_count:
        return f"A count: {name} differs in size"
    if item.value is None or other is None:
        return f"{name}: not available"
    gap = round(item.value - other, item.decimals)
    if not gap:
        return f"The same as {name}"
    good = POLARITY_WORDS.get(item.polarity, "")
    way = "higher" if gap > 0 else "lower"
    return f"{amount_words(item.metric, abs(gap))} {way} than {name}{f' ({good})' if good else ''}"
