"""Published series ready to draw: the borough, its neighbours' median, its region, England."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pages.blocks import About, Line, LineFigure, Role
from pages.national import breaks, drawable, line, neighbour_median
from pages.view import View


def published_line(name: str, rows: pd.DataFrame, role: Role) -> Line:
    """One place's published figures as a line, broken where the count changed."""
    rows = line(rows)
    days = [d.date() for d in rows["period_end"]]
    changed = breaks(rows) if "flag" in rows else pd.Series(False, index=rows.index)
    return Line(
        name=name,
        days=tuple(days),
        labels=tuple(rows["period_label"].astype(str)),
        heights=tuple(None if pd.isna(v) else float(v) for v in rows["value"]),
        role=role,
        breaks=tuple(day for day, new in zip(days, changed, strict=True) if new),
    )


def comparator_lines(rows: pd.DataFrame, *, own: str = "") -> list[Line]:
    """England, the neighbours' median and, where `own` names it, the borough, each as a line."""
    found = []
    if own:
        found.append(published_line(own, rows[rows["area_kind"] == "borough"], "own"))
    median = neighbour_median(rows)
    if not median.empty:
        ends = rows.drop_duplicates("period_start").set_index("period_start")["period_end"]
        median = median.assign(period_end=median["period_start"].map(ends), flag=None)
        count = int(median["count"].max())
        found.append(published_line(f"Neighbours ({count})", median, "neighbours"))
    england = rows[rows["area_kind"] == "country"]
    if not england.empty:
        found.append(published_line("England", england, "england"))
    return [one for one in found if any(v is not None for v in one.heights)]


def series_figure(
    view: View,
    series_id: str,
    rows: pd.DataFrame,
    words: dict[str, Any],
    *,
    with_region: bool = True,
    count: bool = False,
) -> LineFigure:
    """A published series: the borough, its neighbours' median, the region and England.

    A count is drawn beside places of the same size only: England's would flatten every other.
    """
    drawn = rows[rows["area_kind"].isin(["borough", "neighbour"])] if count else rows
    lines = comparator_lines(drawn, own=view.profile.name)
    region = rows[rows["area_kind"] == "region"]
    if with_region and not count and not region.empty and len(lines) < 4:
        lines.insert(1, published_line(str(region["area_name"].iloc[0]), region, "region"))
    own = rows[(rows["area_kind"] == "borough") & drawable(rows)].sort_values("period_start")
    span = f"{own['period_label'].iloc[0]} to {own['period_label'].iloc[-1]}" if len(own) else ""
    return LineFigure(
        id=f"series-{_safe(series_id)}",
        title=str(words["statement"]),
        subtitle=f"{words['title']}, {words['unit']}, {span}",
        table=series_table(rows, int(words["decimals"])),
        about=About(f"Source: {words['source']}.", "", tuple(words["notes"]), _safe(series_id)),
        note=str(words.get("note", "")),
        lines=tuple(lines[:4]),
        percent=str(words["unit"]).startswith("%"),
    )


def _safe(text: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in text).strip("-").lower()


def series_table(rows: pd.DataFrame, decimals: int) -> pd.DataFrame:
    """Published figures as printed, periods down and places across, the borough first."""
    order = {"borough": 0, "country": 1, "region": 2, "neighbour": 3}
    rows = rows.assign(
        said=[
            f"{v:,.{decimals}f}" if pd.notna(v) else f"[{s}]" if pd.notna(s) and s else "[x]"
            for v, s in zip(rows["value"], rows["symbol"], strict=True)
        ],
        place=rows["area_kind"].map(order).fillna(9),
    ).sort_values(["place", "area_name"])
    names = list(dict.fromkeys(rows["area_name"]))
    wide = rows.pivot_table(
        index=["period_start", "period_label"], columns="area_name", values="said", aggfunc="first"
    )[names]
    wide = wide.sort_index(ascending=False).reset_index().drop(columns="period_start")
    return wide.rename(columns={"period_label": "Period"}).fillna("")
