"""Many measures on one topic, put under the questions they answer, the most important first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from models.observation import Status
from pages.blocks import Block, Details, Section, Table
from pages.breakdowns import shown_value
from pages.statements import missing_words
from pages.view import View

Metric = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """A question people ask, and the ids of the measures that answer it, best first."""

    title: str
    measures: tuple[str, ...]


def by_question(
    metrics: Sequence[Metric], questions: Sequence[Question]
) -> list[tuple[str, list[Metric]]]:
    """The measures under each question, and under *More measures* those no question names.

    A measure that is not in the snapshot is left out, and so is a question without any.
    """
    known = {m["id"]: m for m in metrics}
    named = {name for question in questions for name in question.measures}
    groups = [(q.title, [known[name] for name in q.measures if name in known]) for q in questions]
    groups.append(("More measures", [m for m in metrics if m["id"] not in named]))
    return [(title, found) for title, found in groups if found]


def in_order(metrics: Sequence[Metric], questions: Sequence[Question]) -> list[Metric]:
    """Every measure once, in the order of the questions."""
    return [m for _, found in by_question(metrics, questions) for m in found]


def leading(view: View, metrics: Sequence[Metric], questions: Sequence[Question]) -> list[Metric]:
    """The first measure of each question that has a figure to show."""
    return [
        first
        for title, found in by_question(metrics, questions)
        if title != "More measures" and (first := next((m for m in found if _shown(view, m)), None))
    ]


def _shown(view: View, metric: Metric) -> bool:
    points = view.points(metric)
    return bool(points) and points[-1].shown


def sections(
    view: View, metrics: Sequence[Metric], questions: Sequence[Question]
) -> Iterator[Block]:
    """One section a question: its measures in a table, each leading to its page.

    The measures no question names open on demand.
    """
    for title, found in by_question(metrics, questions):
        listed = _listed(view, found, title)
        if title == "More measures":
            yield Details(f"{title} on this topic ({len(found)})", (listed,))
        else:
            yield Section(title, (listed,))


def _listed(view: View, metrics: Sequence[Metric], question: str) -> Table:
    rows = pd.DataFrame(
        [_row(view, metric) for metric in metrics],
        columns=["Measure", "Newest figure", "When", "Change"],
    )
    links = tuple(f"/measure/{metric['id']}" for metric in metrics)
    return Table(f"{question.rstrip('?')}: newest figures", rows, links, headed=True)


def _row(view: View, metric: Metric) -> tuple[str, str, str, str]:
    points = view.points(metric)
    if not points:
        return str(metric["title"]), "Not available", "", ""
    now = points[-1]
    if not now.shown:
        why = "Hidden [c]" if now.status == Status.SUPPRESSED else missing_words(now.status)
        return str(metric["title"]), why, now.words, ""
    said = shown_value(metric, now), now.words, view.change(metric).words
    return str(metric["title"]), *said
