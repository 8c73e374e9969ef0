"""What the snapshot holds of looking ahead, for one reader: forecasts, futures, what is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from pages.view import View
from publish.outlook import outlook_table
from scenarios.futures import TABLES, CannotWork, Futures, read_futures
from scenarios.work import Known, Outcome, ranges

PLANS = "plans"
AHEAD = 4
"""Years ahead that the headline speaks of: far enough to build for, near enough to be known."""
WHO = {"all": "children", "SEMH": "children with SEMH as their main need"}
_COUNTS = {"all": "all_ehc_plans", "SEMH": "semh_ehc_plans"}
_REFUSED = {"all": "all_requests_refused", "SEMH": "semh_requests_refused"}
_LOCAL = {"all": "sen_local_cost_per_place", "SEMH": "local_cost_per_place"}


@dataclass(frozen=True)
class Range:
    """A January's range over futures, in children."""

    year: int
    widest: tuple[float, float]
    likely: tuple[float, float]
    middle: float


def rows_of(view: View, name: str) -> pd.DataFrame:
    """A table of `models.outlook`, of the rows this reader may see."""
    return view.once(("outlook", name), lambda: outlook_table(view.snapshot, view.principal, name))


def futures_of(view: View) -> Futures | CannotWork:
    """The published futures as arrays, or why there are none."""
    return view.once("futures", lambda: _futures(view))


def _futures(view: View) -> Futures | CannotWork:
    # Read once and kept as arrays: the rows themselves would stay in memory for nothing.
    try:
        return read_futures(
            {name: outlook_table(view.snapshot, view.principal, name) for name in TABLES}
        )
    except CannotWork as problem:
        return problem


def known_of(view: View, need: str) -> Known:
    """What is measured now of refusals and of the cost of a local place."""
    refused = newest(view, _REFUSED[need])
    place = _local_place(view, need) or newest(view, _LOCAL[need])
    renewed = _renewed(view, need)
    return Known(
        refused[0] if refused else None, refused[1] if refused else "",
        place[0] if place else None, place[1] if place else "",
        renewed, "placements of the last two years" if renewed else "",
    )  # fmt: skip


def _local_place(view: View, need: str) -> tuple[float, str] | None:
    """What one more SEMH place costs, as worked out from the register; None where it is not."""
    rows = _money(view, "place_local", "all")
    if need != "SEMH" or rows.empty:
        return None
    return float(rows["mean"].iloc[-1]), f"full cost of a local place: {rows['note'].iloc[-1]}"


def _renewed(view: View, need: str) -> float | None:
    """Children away who are new there in a year, per cent; of SEMH need, or of all others."""
    rows = _money(view, "renewed", "SEMH" if need == "SEMH" else "other")
    return None if rows.empty else 100 * float(rows["mean"].iloc[-1])


def _money(view: View, subject: str, component: str) -> pd.DataFrame:
    rows = rows_of(view, "money_ahead")
    mine = (rows["subject"] == subject) & (rows["component"] == component)
    return rows[mine & rows["mean"].notna()]


def newest(view: View, metric_id: str) -> tuple[float, str] | None:
    """The newest figure shown of a measure, with where it is from; None where there is none."""
    metric = view.metric(metric_id)
    points = [p for p in view.points(metric) if p.value is not None] if metric else []
    if metric is None or not points:
        return None
    assert points[-1].value is not None
    return points[-1].value, f"{metric['title']}, {points[-1].words}"


def forecast_of(view: View, need: str) -> tuple[list[Range], str]:
    """The forecast shown of the plans of a need, and its method; no ranges where there is none."""
    rows = rows_of(view, "forecast")
    rows = rows[
        (rows["subject"] == PLANS) & (rows["need"] == need) & (rows["year_kind"] == "january")
        & (rows[["phase", "setting", "locality"]] == "all").all(axis=1)
    ]  # fmt: skip
    if rows.empty:
        return [], ""
    rows = rows[rows["origin"] == rows["origin"].max()]
    shown = choice_of(view, need).get("method")
    rows = rows[rows["method"] == shown] if (rows["method"] == shown).any() else rows
    rows = rows.drop_duplicates("year", keep="last").sort_values("year")
    return [_range(row) for row in rows.to_dict("records")], str(rows["method"].iloc[-1])


def _range(row: dict[Any, Any]) -> Range:
    widest, likely = (row["q025"], row["q975"]), (row["q10"], row["q90"])
    return Range(int(row["year"]), widest, likely, float(row["q50"]))


def choice_of(view: View, need: str) -> dict[str, Any]:
    """Which method is shown for the plans of a need, and why; empty where it is not said."""
    rows = rows_of(view, "forecast_choice")
    rows = rows[(rows["subject"] == PLANS) & (rows[["phase", "setting"]] == "all").all(axis=1)]
    mine = rows[rows["need"] == need]
    rows = mine if not mine.empty else rows[rows["need"] == "all"]
    return {str(k): v for k, v in rows.iloc[-1].items()} if not rows.empty else {}


def from_outcome(outcome: Outcome, need: str) -> list[Range]:
    """The ranges of children with a plan that an outcome comes to."""
    return as_ranges(outcome.futures.years, ranges(outcome.total(need)))


def as_ranges(years: tuple[int, ...], found: Any) -> list[Range]:
    """Levels by year (as `scenarios.work.ranges`) as a range a year."""
    return [
        Range(year, (low, most), (likely, high), middle)
        for year, (low, likely, middle, high, most) in zip(years, found.T.tolist(), strict=True)
    ]


def past_of(view: View, need: str) -> list[tuple[int, float]]:
    """Children with a plan each January as counted, oldest first."""
    metric = view.metric(_COUNTS[need])
    points = view.points(metric) if metric else []
    seen = {p.start.year: p.value for p in points if p.value is not None and p.start.month == 1}
    futures = futures_of(view)
    if not seen and not isinstance(futures, CannotWork):
        seen = _scored(view, need) | {futures.origin: base_of(futures, need)}
    return sorted(seen.items())


def _scored(view: View, need: str) -> dict[int, float]:
    """Januaries that past forecasts were held against."""
    rows = rows_of(view, "forecast_score")
    rows = rows[
        (rows["subject"] == PLANS) & (rows["need"] == need) & (rows["source"] != "national")
        & (rows[["phase", "setting"]] == "all").all(axis=1)
    ]  # fmt: skip
    return {int(y): float(v) for y, v in zip(rows["year"], rows["actual"], strict=True)}


def base_of(futures: Futures, need: str) -> float:
    """Children at the start of the futures."""
    return float(futures.groups.loc[futures.of_need(need), "base"].sum())


def headline_year(ranges_ahead: list[Range]) -> Range:
    """The January the headline speaks of: AHEAD years on, or the last there is."""
    first = ranges_ahead[0].year
    near = [one for one in ranges_ahead if one.year < first + AHEAD]
    return near[-1]
