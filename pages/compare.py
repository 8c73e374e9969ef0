"""Compare: the borough beside its statistical neighbours, region and England, as published."""

from __future__ import annotations

from typing import Any

import pandas as pd

from components.guard import screen
from pages.blocks import (
    About,
    Bar,
    BarFigure,
    Block,
    Details,
    Links,
    Note,
    Page,
    Section,
    Selector,
    Table,
)
from pages.indicators import Indicator, gap_words, indicators, rank_words
from pages.memory import kept
from pages.national import drawable, flag_words
from pages.queries import CompareQuery
from pages.series_figures import series_figure, series_table
from pages.view import View
from pages.words import joined, short

TITLE, PATH = "Other boroughs", "/compare"
LOAD_WORDS = (
    "Only headline figures of the borough and England are here. To add the ten statistical"
    " neighbours, the region and more years, load the published files: semh load ../shared/data,"
    " then semh publish."
)


@screen(PATH, title=TITLE, group="Compare", order=2, query=CompareQuery)
def page(view: View, query: CompareQuery) -> Page:
    """Every published indicator by topic, and one of them drawn."""
    return _page(view, _known(view, query))


def _known(view: View, query: CompareQuery) -> CompareQuery:
    # Pages are kept by what they show: made-up names in an address make no page of their own.
    found = indicators(view)
    return CompareQuery(
        topic=query.topic if query.topic in {i.topic for i in found} else None,
        indicator=query.indicator if query.indicator in {i.key for i in found} else None,
    )


@kept
def _page(view: View, query: CompareQuery) -> Page:
    found = indicators(view)
    if not found:
        return _nothing(view)
    topics = list(dict.fromkeys(i.topic for i in found))
    topic = query.topic if query.topic in topics else None
    listed = [i for i in found if topic in (None, i.topic)]
    chosen = next((i for i in found if i.key == query.indicator), listed[0])
    return Page(
        headline=_headline(view, found),
        lede=_lede(view, found),
        selectors=(
            Selector(
                "topic", "Topic", (("", "All topics"), *((t, t) for t in topics)), topic or ""
            ),
            Selector("indicator", "Indicator", _options(listed, chosen), chosen.key),
        ),
        parts=[
            *_fallback(found),
            *_drawn(view, chosen),
            *_tables(view, [n for n in topics if topic in (None, n)], chosen.topic, listed),
            _method(view),
            Links(
                "What to do next",
                (
                    ("See the local figures behind demand", "/demand"),
                    ("See the local figures behind outcomes", "/outcomes"),
                    ("See every file that was loaded", "/data"),
                ),
            ),
        ],
    )


def _nothing(view: View) -> Page:
    return Page(
        "No published figures are loaded",
        f"Compare · {view.profile.name}",
        [Note("What to do", LOAD_WORDS)],
    )


def _options(listed: list[Indicator], chosen: Indicator) -> tuple[tuple[str, str], ...]:
    shown = listed if chosen in listed else [chosen, *listed]
    return tuple((i.key, i.title) for i in shown)


def _headline(view: View, found: list[Indicator]) -> str:
    judged = _judged(found)
    better = sum(_ahead(i) for i in judged)
    if not judged:
        return f"{view.profile.name} beside England: {len(found)} published indicators"
    return f"{view.profile.name} does better than England on {better} of {len(judged)} indicators"


def _judged(found: list[Indicator]) -> list[Indicator]:
    """Those known here and in England that have a better direction."""
    sided = [i for i in found if i.polarity in ("high", "low") and not i.is_count]
    return [i for i in sided if i.value is not None and i.england is not None]


def _ahead(item: Indicator) -> bool:
    assert item.value is not None and item.england is not None
    gap = item.value - item.england
    return gap > 0 if item.polarity == "high" else gap < 0


def _lede(view: View, found: list[Indicator]) -> str:
    neighbours = view.profile.neighbours
    return (
        f"{len(found)} published indicators, {len(_judged(found))} where higher or lower is better"
        f" · {view.profile.name}, {len(neighbours.members)}"
        f" statistical neighbours, {view.profile.region} and England · figures as published,"
        " not synthetic" + (" (the rest of this site is)" if view.synthetic else "")
    )


def _fallback(found: list[Indicator]) -> list[Block]:
    if any(i.median is not None for i in found):
        return []
    return [Note("Neighbours are not loaded", LOAD_WORDS)]


def _drawn(view: View, item: Indicator) -> list[Block]:
    rows = view.published_rows(item.series)
    if rows.empty:
        return []
    own = rows[(rows["area_kind"] == "borough") & rows["flag"].notna()]
    notes = [
        f"{label}: {flag_words(flag)}."
        for label, flag in zip(own["period_label"], own["flag"], strict=True)
        if flag_words(flag)
    ]
    words = view.series_words(item.series) | {
        "statement": _statement(view, item),
        "notes": notes,
        "note": " ".join(notes),
    }
    line = series_figure(view, item.series, rows, words, count=item.is_count)
    bars = _bars(view, item, rows)
    return [line, *([bars] if bars else [])]


def _statement(view: View, item: Indicator) -> str:
    if item.england is None or item.is_count:
        return f"{item.title}: {short(item.metric, item.value or 0)} in {item.period}"
    gap = gap_words(item, item.england, "England").split(" (")[0]
    return f"{view.profile.name} is {gap[0].lower()}{gap[1:]}"


def _bars(view: View, item: Indicator, rows: pd.DataFrame) -> BarFigure | None:
    """The borough among its neighbours at the same date, ranked; None without neighbours."""
    same = rows[(rows["period_label"] == item.period) & drawable(rows)]
    ranked = same[same["area_kind"].isin(["borough", "neighbour"])]
    if (ranked["area_kind"] == "neighbour").sum() == 0:
        return None
    order, down = ("area_name", True) if item.is_count else ("value", False)
    ranked = ranked.sort_values(order, ascending=down)
    bars = tuple(
        Bar(str(name), float(value), short(item.metric, float(value)), own=kind == "borough")
        for name, value, kind in zip(
            ranked["area_name"], ranked["value"], ranked["area_kind"], strict=True
        )
    )
    line = ("England", item.england) if item.england is not None and not item.is_count else None
    return BarFigure(
        id=f"neighbours-{item.key}".replace(".", "-").replace(" ", "-"),
        title=_bars_title(view, item),
        subtitle=f"{item.title}, {item.unit}, {item.period}",
        table=series_table(same, item.decimals),
        about=About(f"Source: {item.source}.", "", (_neighbour_words(view),), "neighbours"),
        bars=bars,
        line=line,
    )


def _bars_title(view: View, item: Indicator) -> str:
    if item.is_count and item.low is not None and item.high is not None:
        low, high = short(item.metric, item.low), short(item.metric, item.high)
        return f"Neighbours have {low} to {high}; they differ in size"
    return f"{view.profile.name}: {rank_words(item)[0].lower()}{rank_words(item)[1:]}"


def _neighbour_words(view: View) -> str:
    found = view.profile.neighbours
    names = joined([n.name for n in found.members])
    return f"Statistical neighbours: {names} ({found.model}, {found.dated:%B %Y})."


_COLUMNS = [
    "Indicator", "Here", "Period", "England", "Region", "Neighbours' median",
    "Beside England", "Among neighbours", "Source",
]  # fmt: skip


def _tables(view: View, topics: list[str], first: str, listed: list[Indicator]) -> list[Block]:
    """The table of the topic that is drawn; those of the others fold away below it."""
    made = {name: _table(view, name, listed) for name in topics}
    first = first if first in made else topics[0]
    rest = [Details(_folded(name, listed), made[name].parts) for name in topics if name != first]
    return [made[first], *([Section("Other topics", tuple(rest))] if rest else [])]


def _folded(topic: str, listed: list[Indicator]) -> str:
    count = sum(i.topic == topic for i in listed)
    return f"{topic}: {count} indicator{'' if count == 1 else 's'}"


def _table(view: View, topic: str, listed: list[Indicator]) -> Section:
    mine = [i for i in listed if i.topic == topic]
    rows = pd.DataFrame([_row(i) for i in mine], columns=_COLUMNS)
    links = tuple(f"/compare?indicator={i.key}" for i in mine)
    numeric = ("Here", "England", "Region", "Neighbours' median")
    file = f"compare-{topic.lower().replace(' ', '-')}"
    caption = f"{topic}: {view.profile.name} beside others, as published"
    return Section(topic, (Table(caption, rows, links, numeric, file),))


def _row(item: Indicator) -> tuple[str, ...]:
    figure = item.why_not if item.value is None else short(item.metric, item.value)
    dated = f"{item.source}; figures of {item.source_date}" if item.source_date else item.source
    among = rank_words(item) + (f". {item.flag}" if item.flag else "")
    return (
        f"{item.title} ({item.unit})",
        figure,
        item.period,
        _said(item, item.england),
        _said(item, item.region),
        _said(item, item.median),
        gap_words(item, item.england, "England"),
        among,
        dated,
    )


def _said(item: Indicator, value: float | None) -> str:
    return "[x]" if value is None else short(item.metric, value)


def _method(view: View) -> Section:
    words: list[Any] = [
        Note("Who the neighbours are", _neighbour_words(view), "none"),
        Note(
            "How to read it",
            "Every figure is its publisher's, at the same date for every place. A rank always"
            " stands with the spread of the neighbours. Counts grow with the size of a place, so"
            " they are not ranked. [x] is not available, [c] is hidden by the publisher.",
            "none",
        ),
    ]
    return Section("How these figures compare", tuple(words))
