"""A topic page: its finding, key figures, main figure, groups, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pages.blocks import Block, Links, Note, Page, Section, Selector, Table
from pages.breakdowns import groups_of, show_words, table
from pages.cards import metric_cards
from pages.figures import groups_figure, metric_figure
from pages.queries import TopicQuery
from pages.view import AREA_BREAKDOWNS, View

MOST_CARDS = 6
"""Key figures on a topic page; the rest are in the list of its measures."""

Extra = Callable[[View], Sequence[Block]]


@dataclass(frozen=True)
class Topic:
    """What makes one topic page different from another."""

    title: str
    path: str
    priorities: tuple[str, ...]
    lede: str
    next_steps: tuple[tuple[str, str], ...]
    extra: Extra = lambda view: ()


def topic_page(view: View, query: TopicQuery, topic: Topic) -> Page:
    """The page of a topic for one reader and one state of the address."""
    metrics = view.of(*topic.priorities)
    if not metrics:
        return _nothing(view, topic)
    chosen = _chosen(view, query, topic, metrics)
    return Page(
        headline=view.finding(chosen),
        lede=f"{topic.lede} · {view.profile.name} · data to {view.data_words}",
        selectors=(_measures(metrics, chosen), _shows(view, chosen, query.show)),
        parts=[
            metric_cards(view, _with_figures(view, metrics)[:MOST_CARDS]),
            *_main(view, chosen, query.show),
            *topic.extra(view),
            Section("Every measure on this topic", (_list(view, metrics),)),
            Links("What to do next", topic.next_steps),
        ],
    )


def _nothing(view: View, topic: Topic) -> Page:
    note = Note("Not measured yet", "No measure of this topic is in the published figures.")
    return Page(
        "Nothing is measured here yet",
        f"{topic.lede} · {view.profile.name}",
        [note, Links("What to do next", (("See what has been loaded", "/data"),))],
    )


def _chosen(
    view: View, query: TopicQuery, topic: Topic, metrics: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    asked = next((m for m in metrics if m["id"] == query.measure), None)
    lead = next((m for name in topic.priorities if (m := view.lead(name))), None)
    return asked or lead or metrics[0]


def _with_figures(view: View, metrics: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    shown = [m for m in metrics if view.points(m)]
    return shown or list(metrics)


def _measures(metrics: Sequence[dict[str, Any]], chosen: dict[str, Any]) -> Selector:
    options = tuple((str(m["id"]), str(m["title"])) for m in metrics)
    return Selector("measure", "Measure", options, str(chosen["id"]))


def _shows(view: View, metric: dict[str, Any], show: str) -> Selector:
    names = ["all", *view.named_breakdowns([metric])]
    options = tuple((name, show_words(name)) for name in names)
    return Selector("show", "Show", options, show if show in names else "all")


def _main(view: View, metric: dict[str, Any], show: str) -> list[Block]:
    """The measure over time, or by the groups asked for."""
    points = view.points(metric)
    if not points:
        return [
            Note("No figures yet", "Nothing has been returned for this measure: unknown, not zero.")
        ]
    if show == "all" or show not in view.named_breakdowns([metric]):
        return [metric_figure(view, metric)]
    groups = groups_of(view, metric, show)
    if not groups:
        words = (
            f"There are no figures {show_words(show)}. Choose the whole borough or other groups."
        )
        return [Note("Nothing matches", words)]
    return [groups_figure(view, metric, show, groups), _groups_table(metric, show, groups)]


def _groups_table(metric: dict[str, Any], show: str, groups: Sequence[Any]) -> Table:
    caption = f"{metric['title']} {show_words(show)}, {groups[0].now.words}"
    ranked = "" if show in AREA_BREAKDOWNS and show == "school" else ", highest first"
    return Table(caption + ranked, table(metric, groups), file=f"{metric['id']}-by-{show}")


def _list(view: View, metrics: Sequence[dict[str, Any]]) -> Links:
    items = tuple((view.finding(m), f"/measure/{m['id']}") for m in metrics)
    return Links("", items)
