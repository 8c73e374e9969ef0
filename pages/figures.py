"""Figures of measures and published series, ready to draw: lines, bars and the map of wards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from models.observation import Status
from pages.blocks import About, Bar, BarFigure, Line, LineFigure, MapFigure, Role
from pages.breakdowns import (
    MOST_WORDS,
    Group,
    figure_cells,
    figure_columns,
    groups_finding,
    show_words,
    shown_value,
    table,
)
from pages.points import Point
from pages.series_figures import comparator_lines
from pages.sources import source_words, warnings_about
from pages.statements import Change, earlier, not_shown_summary, over_years
from pages.view import AREA_BREAKDOWNS, View
from pages.words import is_money, is_share, sentence_case, short

MOST_WARNINGS = 3
"""Data warnings told under a figure; the measure's own page has them all."""


def own_line(
    name: str, points: Sequence[Point], role: Role = "own", breaks: Sequence[date] = ()
) -> Line:
    """A measure's points as a line with its ranges; what is not shown is a gap."""
    return Line(
        name=name,
        days=tuple(p.end for p in points),
        labels=tuple(p.words for p in points),
        heights=tuple(p.value for p in points),
        role=role,
        lower=tuple(p.lower for p in points),
        upper=tuple(p.upper for p in points),
        breaks=tuple(breaks),
        hollow=tuple(p.end for p in points if "p" in p.marks),
    )


def broken(metric: dict[str, Any], points: Sequence[Point]) -> dict[date, str]:
    """Where a measure's line is cut because it is counted otherwise from there on, and why."""
    cuts = {}
    for day, why in sorted(metric.get("breaks", {}).items()):
        after = [p.end for p in points if p.start >= date.fromisoformat(day)]
        if after and len(after) < len(points):
            cuts[after[0]] = str(why)
    return cuts


def about(view: View, metric: dict[str, Any], suffix: str = "") -> About:
    """Source, coverage and definition of a figure of one measure."""
    out_of = str(metric.get("denominator") or "").strip()
    words = [f"Counted: {metric.get('numerator', '')}".strip()]
    words += [f"Out of: {out_of}"] if out_of else []
    words += [str(c) for c in metric.get("caveats", [])]
    words += [
        f"Data warning: {w}" for w in warnings_about(view, metric)["label"].head(MOST_WARNINGS)
    ]
    made_up = " Synthetic data." if view.synthetic else ""
    return About(
        source=f"Source: {source_words(metric)}.{made_up}",
        coverage=f"Coverage: {str(metric['population']).rstrip('.')}.",
        words=tuple(words),
        file=f"{metric['id']}{suffix}",
        href=f"/measure/{metric['id']}",
    )


def points_table(metric: dict[str, Any], points: Sequence[Point]) -> pd.DataFrame:
    """The numbers of a line, newest first, as words."""
    rows = [(p.words, *figure_cells(metric, p)) for p in reversed(points)]
    return pd.DataFrame(rows, columns=["Period", *figure_columns(metric)])


YEAR_WORDS = {"academic_year": "school year", "financial_year": "financial year"}
"""What kind of year 2024/25 is."""


def span_words(points: Sequence[Point]) -> str:
    """First to last period."""
    if not points:
        return "no periods"
    first, last = points[0].words, points[-1].words
    year = YEAR_WORDS.get(points[0].kind, "")
    if first == last:
        return f"{year} {first}".strip()
    return f"{year + 's' if year else ''} {first} to {last}".strip()


def metric_figure(view: View, metric: dict[str, Any], key: str = "main") -> LineFigure:
    """A measure over time with its range, England and the neighbours behind it, and its target."""
    points = view.points(metric)
    target = view.target(metric)
    cut = broken(metric, points)
    lines = [own_line(view.profile.name, points, breaks=tuple(cut))]
    published = (
        view.published(metric) if points and metric["kind"] not in ("count", "money") else None
    )
    if published is not None and not published.empty:
        # Only the years the borough has: what came before says nothing beside it.
        since = pd.Timestamp(points[0].start) - pd.DateOffset(months=11)
        lines += comparator_lines(published[published["period_start"] >= since])
    # Limits and comparators together are too much for one plot.
    judged = view.signals(metric) if len(lines) == 1 else None
    said = [] if judged is None else [_DOTS, view.signal_note(metric)]
    marked = mark_words(points)
    note = ". ".join(
        part for part in (not_shown_summary(points), *cut.values(), *marked, *said) if part
    )
    return LineFigure(
        id=f"{key}-{metric['id']}",
        title=figure_title(metric, points, view.change(metric)),
        subtitle=subtitle(view, metric, span_words(_drawn_points(points, judged))),
        table=points_table(metric, points),
        about=about(view, metric),
        note=f"{note}." if note else _range_note(points),
        lines=tuple(lines[:4]),
        percent=is_share(metric),
        money=is_money(metric),
        target=target.value if target else None,
        signals=judged,
    )


def mark_words(points: Sequence[Point]) -> list[str]:
    """What the symbols of a line's figures say of the plot, a sentence each."""
    found = {code for point in points for code in point.marks}
    hollow = "The hollow dot is provisional [p]: it may still change"
    revised = "Figures marked [r] in the table were revised since they were first published"
    return [words for code, words in (("p", hollow), ("r", revised)) if code in found]


_DOTS = (
    "Orange diamonds are special causes of concern, turquoise ones of improvement;"
    " blue dots are within normal variation"
)


def _drawn_points(points: Sequence[Point], judged: pd.DataFrame | None) -> Sequence[Point]:
    """The points an XmR chart holds, which may be fewer than there are."""
    return points if judged is None else points[-len(judged) :]


def figure_title(metric: dict[str, Any], points: Sequence[Point], change: Change) -> str:
    """The rule that was met, or the newest figure beside the one it is read against."""
    now, before = points[-1], earlier(points)
    if now.value is None:
        return not_shown_title(now)
    if change.run:
        return f"{change.run[0].upper()}{change.run[1:]}".replace(" are near ", " near ")
    long = None if change.judged else over_years(points, metric)
    if long and long[0].value is not None:
        way = "Up" if long[1].direction == "up" else "Down"
        first, last = short(metric, long[0].value), short(metric, now.value)
        return f"{way} from {first} in {long[0].words} to {last}"
    said = f"{short(metric, now.value)} in {now.words}"
    if before is None or before.value is None:
        return said
    return f"{said}, {short(metric, before.value)} in {before.words}"


def not_shown_title(now: Point) -> str:
    """Why there is no newest figure."""
    why = {Status.SUPPRESSED.value: "Hidden [c]", Status.LOW_BASE.value: "Too few to measure"}
    return f"{why.get(now.status, 'Not returned')} for {now.words}"


def largest_title(metric: dict[str, Any], show: str, groups: Sequence[Group]) -> str:
    """The group with the highest figure where each counts something; else how it is shown."""
    shown = [g for g in groups if g.now.value is not None]
    plain = sentence_case(f"{show_words(show)}, {groups[0].now.words}")
    if metric["kind"] not in ("count", "money") or len(shown) < 2:
        return plain
    top = max(shown, key=lambda g: g.now.value or 0.0)
    said = f"Most: {top.name}, {short(metric, top.now.value or 0.0)}"
    return said if len(said.split()) <= MOST_WORDS else plain


def _range_note(points: Sequence[Point]) -> str:
    band = any(p.has_range for p in points)
    return (
        "The band is the 95% range: where the figure lies once chance is allowed for."
        if band
        else ""
    )


def subtitle(view: View, metric: dict[str, Any], when: str) -> str:
    """Measure, unit, place and period in one line."""
    unit = "" if metric["kind"] == "money" else f", {metric['unit']}"
    return f"{metric['title']}{unit}, {view.profile.name}, {when}"


def groups_figure(
    view: View, metric: dict[str, Any], show: str, groups: Sequence[Group]
) -> BarFigure:
    """A measure by group at its newest period, as bars with their ranges."""
    whole = view.points(metric)[-1]
    noun = show if show in AREA_BREAKDOWNS else "group"
    said = groups_finding(metric, groups, whole, noun)
    rate = metric["kind"] not in ("count", "money")
    hidden = not_shown_summary([g.now for g in groups])
    return BarFigure(
        id=f"groups-{metric['id']}-{show}",
        title=said or largest_title(metric, show, groups),
        subtitle=subtitle(view, metric, f"{show_words(show)}, {groups[0].now.words}"),
        table=table(metric, groups, show.capitalize() if show in AREA_BREAKDOWNS else "Group"),
        about=about(view, metric, f"-by-{show}"),
        note=f"{hidden}." if hidden else "",
        bars=tuple(_bar(metric, g) for g in groups),
        line=("Borough", whole.value) if rate and whole.value is not None else None,
    )


def _bar(metric: dict[str, Any], group: Group) -> Bar:
    now = group.now
    label = short(metric, now.value) if now.value is not None else shown_value(metric, now)
    return Bar(group.name, now.value, label, now.lower, now.upper)


def ward_map(view: View, metric: dict[str, Any], groups: Sequence[Group]) -> MapFigure | None:
    """The newest figure of each ward on its outline; None without outlines or figures."""
    shapes = view.snapshot.shapes(view.principal, "ward")
    if not groups:
        return None
    values = {g.key: (g.now.value, shown_value(metric, g.now), g.name) for g in groups}
    hidden = sum(g.now.status == Status.SUPPRESSED for g in groups)
    return MapFigure(
        id=f"map-{metric['id']}",
        title=groups_finding(metric, groups, view.points(metric)[-1], "ward")
        or largest_title(metric, "ward", groups),
        subtitle=subtitle(view, metric, f"by ward of home, {groups[0].now.words}"),
        table=table(metric, groups, "Ward"),
        about=about(view, metric, "-by-ward"),
        note=f"A darker ward has a higher figure. {_hidden_wards(hidden)}".strip(),
        shapes=shapes,
        values=values,
    )


def _hidden_wards(hidden: int) -> str:
    if not hidden:
        return ""
    wards = "1 ward is" if hidden == 1 else f"{hidden} wards are"
    return f"{wards} hidden [c] so that no child can be identified."
