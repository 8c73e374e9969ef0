"""One measure by group at its newest finished period: who is highest, and what moved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from models.observation import Status
from models.symbols import OF_LOW_BASE, OF_MARKS, OF_STATUS, bracketed
from pages.memory import remember
from pages.points import WIDE, Point, settled, to_points
from pages.statements import Change, change_of, missing_words
from pages.view import View
from pages.words import range_words, value_words

ORDERED = ("year_group", "age_band", "deprivation", "key_stage", "term")
"""Breakdowns with an order of their own; the others are ranked by value."""

SHOW_WORDS = {
    "all": "the whole borough",
    "sex": "by sex",
    "phase": "by phase",
    "year_group": "by year group",
    "age_band": "by age",
    "fsm": "by free school meals",
    "ethnicity": "by ethnic group",
    "deprivation": "by deprivation of home area",
    "locality": "by locality",
    "ward": "by ward",
    "school": "by school",
    "provider": "by provider",
    "provision": "by provision",
    "provider_type": "by kind of provider",
    "setting": "by setting",
    "need": "by primary need",
    "key_stage": "by key stage",
    "source": "by who asked or referred",
    "residential": "by residential or day",
    "intervention": "by kind of support",
    "evidence": "by strength of evidence",
    "response_level": "by level of the graduated response",
    "line": "by budget line",
    "panel": "by panel",
    "partnership": "by partnership",
    "partner": "by partner",
    "dataset": "by what was due",
    "course": "by course",
    "role": "by role of staff",
    "training": "by whether staff were trained",
    "service": "by service",
    "post": "by kind of post",
    "programme_phase": "by phase of the programme",
    "designation": "by designation",
    "kind_of_provision": "by kind of provision",
    "pathway": "by pathway",
    "band": "by length of wait",
    "reason": "by reason",
    "place": "inside and outside the borough",
}
"""What each group selector is called, after 'Show:'."""


def show_words(show: str) -> str:
    """A breakdown in words, also one this list does not know."""
    return SHOW_WORDS.get(show, f"by {show.replace('_', ' ')}")


@dataclass(frozen=True)
class Group:
    """One group's line: its name, its points to the shared newest period, what changed."""

    key: str
    name: str
    points: tuple[Point, ...]
    change: Change

    @property
    def now(self) -> Point:
        """The newest point."""
        return self.points[-1]


def groups_of(view: View, metric: dict[str, Any], show: str) -> list[Group]:
    """Each group's line up to the newest period any group has, ranked or in their own order."""
    key = ("groups", metric["id"], show)
    return remember(view.snapshot, view.principal, key, lambda: _groups(view, metric, show))


def _groups(view: View, metric: dict[str, Any], show: str) -> list[Group]:
    rows = view.groups(metric, show)
    by = "category" if rows["breakdown"].ne("all").any() else "area_id"
    rows = _recent(rows)
    parts = list(rows.groupby(by, sort=False))
    widen = _widen(len(parts))
    lines = {str(key): tuple(settled(to_points(part), view.data_to)) for key, part in parts}
    names = {str(key): _name(str(key), part["name"].iloc[-1], show) for key, part in parts}
    found = [
        Group(key, names[key], points, change_of(points, metric, widen=widen))
        for key, points in lines.items()
    ]
    newest = max((g.now.end for g in found if g.points), default=None)
    kept = [g for g in found if g.points and g.now.end == newest]
    return sorted(kept, key=lambda g: _order(g, show))


def _recent(rows: pd.DataFrame) -> pd.DataFrame:
    """Two years are enough to say what changed in one, and quick to read."""
    if rows.empty:
        return rows
    return rows[rows["period_start"] >= rows["period_start"].max() - pd.Timedelta(days=800)]


def _widen(groups: int) -> float:
    """Of twenty groups one lies outside its 95 % range by chance; many are held to 99.8 %."""
    return WIDE if groups > 5 else 1.0


def _name(key: str, name: Any, show: str) -> str:
    said = key if pd.isna(name) else str(name)
    if show == "year_group":
        return "Reception" if said.upper() == "R" else f"Year {said}" if said.isdigit() else said
    return said[:1].upper() + said[1:]


def _order(group: Group, show: str) -> tuple[float, Any]:
    if show in ORDERED:
        return 0, _natural(group.key)
    value = group.now.value
    return (1, group.name) if value is None else (0, -value)


def _natural(text: str) -> tuple[int, float, str]:
    """Reception before 1, 2 before 10, words in their place by the alphabet."""
    if text.upper() in ("R", "N", "N1", "N2", "E1", "E2"):
        return 0, 0.0 if text.upper() != "R" else 0.5, text
    first = re.search(r"\d+", text)
    if text.lower().startswith(("most", "least")):
        return 1, 0.0 if text.lower().startswith("most") else 1e6, text
    return 1, float(first.group()) if first else 5e5, text


def shown_value(metric: dict[str, Any], point: Point) -> str:
    """The value in words with its symbols, or the symbol that stands for why there is none."""
    if not point.shown:
        symbol = OF_STATUS.get(point.status)
        return bracketed(symbol) if symbol in ("c", "z") else "Not returned"
    marks = [code for code in OF_MARKS if code in point.marks or code == _low_base(point)]
    if "low" in marks:  # it rounds to 0 but is not 0: the symbol stands in its place
        return bracketed(*marks)
    return " ".join(part for part in (value_words(metric, point.value), bracketed(*marks)) if part)


def _low_base(point: Point) -> str:
    return OF_LOW_BASE if point.status == Status.LOW_BASE else ""


def figure_columns(metric: dict[str, Any]) -> list[str]:
    """What the columns about one figure are called; they depend on what kind of figure it is."""
    parts = {
        "count": [],
        "proportion": ["Counted", "Out of"],
        "rate": ["Counted", "Out of"],
        "ratio": ["Counted", "Out of"],
    }
    return ["Figure", "Likely range", *parts.get(str(metric["kind"]), ["Of how many"])]


def figure_cells(metric: dict[str, Any], point: Point) -> list[str]:
    """One figure as words, for `figure_columns`."""
    spread = range_words(metric, point).removeprefix("likely ") if point.shown else ""
    parts = {
        "Counted": _count(point.numerator),
        "Out of": _count(point.denominator),
        "Of how many": _count(point.denominator),
    }
    rest = [parts[name] for name in figure_columns(metric)[2:]]
    return [shown_value(metric, point), spread, *rest]


def table(metric: dict[str, Any], groups: Sequence[Group], noun: str = "Group") -> pd.DataFrame:
    """Groups as a table of words, in the order given; `noun` says what a group is."""
    columns = [noun, *figure_columns(metric), "Change"]
    return pd.DataFrame([_row(metric, g) for g in groups], columns=columns)


def _row(metric: dict[str, Any], group: Group) -> list[str]:
    change = group.change.words if group.now.shown else missing_words(group.now.status)
    return [group.name, *figure_cells(metric, group.now), change]


def _count(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}"


def groups_finding(
    metric: dict[str, Any], groups: Sequence[Group], whole: Point, noun: str = "group"
) -> str:
    """Which groups differ from the borough by more than chance, in one sentence."""
    apart = [g for g in groups if g.now.shown and g.now.has_range]
    if not apart or whole.value is None or metric["kind"] in ("count", "money"):
        return ""
    gaps = {g.name: _gap(g.now, whole.value, _widen(len(groups))) for g in apart}
    high = [name for name, gap in gaps.items() if gap > 0]
    low = [name for name, gap in gaps.items() if gap < 0]
    if not high and not low:
        return f"No {noun} differs from the borough by more than chance"
    return _fitting(noun, high, low)


MOST_WORDS = 10
"""Most words of a figure's title."""


def _fitting(noun: str, high: Sequence[str], low: Sequence[str]) -> str:
    """Names where they fit a title, else how many of them there are."""
    for most in (3, 1):
        parts = [_named("above the borough", high, most), _named("below it", low, most)]
        if not high:
            parts = [_named("below the borough", low, most)]
        said = "; ".join(part for part in parts if part)
        if len(said.split()) <= MOST_WORDS:
            return said[0].upper() + said[1:]
    above = f"{_how_many(high, noun)} above the borough" if high else ""
    below = f"{_how_many(low, noun if not high else '')} below{'' if high else ' the borough'}"
    return ", ".join(part for part in (above, below if low else "") if part)


def _how_many(names: Sequence[str], noun: str) -> str:
    return f"{len(names)} {noun}{'s' if noun and len(names) > 1 else ''}".strip()


def _gap(now: Point, whole: float, widen: float) -> int:
    """1 or -1 where the group's range, widened for many groups, leaves out the borough's value."""
    assert now.value is not None and now.lower is not None and now.upper is not None
    low = now.value - widen * (now.value - now.lower)
    high = now.value + widen * (now.upper - now.value)
    return 1 if low > whole else -1 if high < whole else 0


def _named(what: str, names: Sequence[str], most: int) -> str:
    if not names:
        return ""
    rest = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{what}: {', '.join(names[:most])}{rest}"
