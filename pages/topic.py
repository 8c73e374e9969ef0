"""A topic page: its finding, key figures, main figure, groups, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from models.observation import Status
from pages.blocks import Block, Links, Note, Page, Section, Selector, Table
from pages.breakdowns import Group, groups_of, show_words, table
from pages.cards import metric_cards
from pages.figures import groups_figure, metric_figure, ward_map
from pages.missing import absent_words, missing_of, not_measured
from pages.points import Point
from pages.queries import TopicQuery
from pages.questions import Question, in_order, leading, sections
from pages.view import View
from pages.words import sentence_case

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
    questions: tuple[Question, ...] = ()


def topic_page(view: View, query: TopicQuery, topic: Topic) -> Page:
    """The page of a topic for one reader and one state of the address."""
    metrics = in_order(_of(view, topic), topic.questions)
    if not metrics:
        return _nothing(view, topic)
    chosen = _chosen(view, query, topic, metrics)
    return Page(
        headline=view.finding(chosen),
        lede=f"{topic.lede} · {view.profile.name} · data to {view.data_words}",
        selectors=tuple(
            one
            for one in (_measures(metrics, chosen), shows(view, chosen, query.show))
            if len(one.options) > 1
        ),
        parts=[
            metric_cards(view, _key(view, topic, metrics)[:MOST_CARDS]),
            *main_parts(view, chosen, query.show),
            *topic.extra(view),
            *_every(view, topic, metrics),
            *not_measured(view, metrics),
            Links("What to do next", topic.next_steps),
        ],
    )


def _of(view: View, topic: Topic) -> list[dict[str, Any]]:
    """The topic's own measures, and those of others that one of its questions names."""
    own = view.of(*topic.priorities)
    named = {name for question in topic.questions for name in question.measures}
    known = {m["id"] for m in own}
    return [*own, *(m for m in view.metrics if m["id"] in named - known)]


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


def _key(view: View, topic: Topic, metrics: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    if topic.questions:
        return leading(view, metrics, topic.questions) or list(metrics)
    return _with_figures(view, metrics)


def _every(view: View, topic: Topic, metrics: Sequence[dict[str, Any]]) -> list[Block]:
    if topic.questions:
        return list(sections(view, metrics, topic.questions))
    return [Section("Every measure on this topic", (_list(view, metrics),))]


def _with_figures(view: View, metrics: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    shown = [m for m in metrics if view.points(m)]
    return shown or list(metrics)


def _measures(metrics: Sequence[dict[str, Any]], chosen: dict[str, Any]) -> Selector:
    options = tuple((str(m["id"]), str(m["title"])) for m in metrics)
    return Selector("measure", "Measure", options, str(chosen["id"]))


def shows(view: View, metric: dict[str, Any], show: str) -> Selector:
    """The choice of groups a measure can be shown by."""
    names = ["all", *view.named_breakdowns([metric])]
    options = tuple((name, sentence_case(show_words(name))) for name in names)
    return Selector("show", "Show", options, show if show in names else "all")


def main_parts(view: View, metric: dict[str, Any], show: str) -> list[Block]:
    """The measure over time, or by the groups asked for."""
    points = view.points(metric)
    if not any(p.shown for p in points):
        return [_no_figure(view, metric, points)]
    if show == "all" or show not in view.named_breakdowns([metric]):
        return [*_kept_back(metric, show), metric_figure(view, metric)]
    groups = groups_of(view, metric, show)
    if not groups:
        words = (
            f"There are no figures {show_words(show)}. Choose the whole borough or other groups."
        )
        return [Note("Nothing matches", words)]
    if show == "school":
        return by_school(metric, groups)
    drawn = ward_map(view, metric, groups) if show == "ward" else None
    return [drawn or groups_figure(view, metric, show, groups)]


def _no_figure(view: View, metric: dict[str, Any], points: Sequence[Point]) -> Note:
    """Why no period has a figure: hidden, or what is missing and from whom."""
    if any(p.status == Status.SUPPRESSED for p in points):
        words = "Every figure of the whole borough is of so few children that it is hidden."
        return Note("Hidden [c] so that no child can be identified", words)
    return Note(absent_words(view, metric), missing_of(view, metric).words)


def _kept_back(metric: dict[str, Any], show: str) -> list[Block]:
    """Why groups the measure has are not shown to this reader."""
    if show == "all" or show not in metric["breakdowns"]:
        return []
    words = "They are for headteachers, council officers and commissioners who are signed in."
    return [Note(f"Figures {show_words(show)} are not shown to the public", words, "none")]


def by_school(metric: dict[str, Any], groups: Sequence[Group]) -> list[Block]:
    """Schools by name, never ranked; each beside similar ones on the schools page."""
    listed = sorted(groups, key=lambda g: g.name)
    caption = f"{metric['title']} by school, in alphabetical order, {listed[0].now.words}"
    links = tuple(f"/schools?school={g.key}&measure={metric['id']}" for g in listed)
    words = "Small schools vary more by chance. A school's name leads to it beside similar ones."
    rows = table(metric, listed, "School")
    return [
        Note("Schools are not ranked", words, "none"),
        Table(caption, rows, links, file=f"{metric['id']}-by-school"),
    ]


def _list(view: View, metrics: Sequence[dict[str, Any]]) -> Links:
    items = tuple((view.finding(m), f"/measure/{m['id']}") for m in metrics)
    return Links("", items)
