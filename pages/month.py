"""The month for the board: what it needs on two printed pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from components.guard import screen
from models.metric import PRIORITY_TITLES
from pages.attention import MOST, Attention, attention, counted
from pages.blocks import Block, Bullet, Bullets, Links, Note, Page, Section, Table
from pages.cards import moved_list, stale
from pages.memory import kept
from pages.missing import missing_of
from pages.queries import Query
from pages.sources import family_words
from pages.statements import aim_words, missing_words, state_words
from pages.strategy import Measured, has_target, measured, not_returned, what_moved
from pages.view import SIX, View
from pages.words import value_words

TITLE, PATH = "This month", "/this-month"
_COLUMNS = ["Measure", "Priority", "Latest", "Against", "Since a year before"]
EACH = 3
"""Measures that stand for a priority."""


class MonthQuery(Query):
    """The board's page has no choices."""


@screen(PATH, title=TITLE, group="", order=2, query=MonthQuery)
@kept
def page(view: View, query: MonthQuery) -> Page:
    """What needs attention and why, each priority, targets, what moved, what is missing, dates."""
    found, moved = attention(view), what_moved(view)
    return Page(
        headline=_headline(view, len(found)),
        lede=f"For the board · {view.profile.name} · data to {view.data_words}",
        parts=[
            *stale(view, date.today()),
            Section("What needs attention", (_attention(found),), counted(view).words),
            Section("The six priorities, by the measures that matter most", (_priorities(view),)),
            Section("Against target", (_targets(view),)),
            moved_list(moved, "What moved", most=12),
            _absent(view),
            Section("How old the data are", (_dates(view),)),
            Links(
                "What to do next",
                (
                    ("Read what drove the cost of out-of-borough places", "/out-of-borough-cost"),
                    ("Chase what has not been returned", "/data?part=missing"),
                    ("See every check of the data", "/data?part=checks"),
                ),
            ),
        ],
    )


def _headline(view: View, needing: int) -> str:
    aimed = _aimed(view)
    said = f"{needing} measure{' needs' if needing == 1 else 's need'} attention"
    if needing == 0:
        said = "No measure needs attention"
    if not aimed:
        return f"{said}; no targets are set"
    judged = [one for one in aimed if one.stands.state != "none"]
    if not judged:
        return f"{said}; no figure with a target can be shown"
    off = sum(one.stands.state == "off" for one in judged)
    return f"{said}; {target_count(off, len(judged))}"


def target_count(off: int, aimed: int) -> str:
    """How many of the measures with a target and a figure are off it, as a clause."""
    if aimed == 1:
        return f"the one with a target is {'off' if off else 'on or near'} it"
    if off == 0:
        every = "both" if aimed == 2 else f"all {aimed}"
        return f"{every} with a target are on or near it"
    if off == aimed:
        return f"{'both' if aimed == 2 else f'all {aimed}'} with a target are off it"
    return f"{off} of {aimed} with a target {'is' if off == 1 else 'are'} off it"


def _aimed(view: View) -> list[Measured]:
    return [measured(view, m) for m in view.metrics if has_target(view, m)]


def _attention(found: list[Attention]) -> Block:
    """The measures that need attention, the most serious first, at most as many as can be read."""
    if not found:
        words = "No measure that can be judged is off its target, or worse by more than chance."
        return Note("Nothing needs attention", words, "none")
    listed = found[:MOST]
    rows = [(a.home, str(a.metric["title"]), a.figure, a.reason) for a in listed]
    frame = pd.DataFrame(rows, columns=["Priority", "Measure", "Latest", "Why"])
    caption = "Off target, getting worse, or worse than England by more than chance"
    if len(found) > MOST:
        caption = f"The first {MOST} of {len(found)}, the most serious first"
    frame = frame[["Measure", "Priority", "Latest", "Why"]]
    return Table(caption, frame, tuple(a.link for a in listed), file="needs-attention")


def _priorities(view: View) -> Table:
    shown = [(name, one) for name in SIX for one in _of_priority(view, name)]
    rows = [_row(one, name) for name, one in shown]
    links = tuple(f"/measure/{one.metric['id']}" if one.metric else "" for _, one in shown)
    return Table(
        "Each priority by its leading measures", pd.DataFrame(rows, columns=_COLUMNS), links
    )


def _of_priority(view: View, name: str) -> list[Measured]:
    """The few measures that stand for a priority; money stands with outcomes."""
    cost = view.key("cost", 1) if name == "outcomes" else []
    metrics = [*view.key(name, EACH - len(cost)), *cost]
    return [measured(view, m, name) for m in metrics] or [Measured(name, None)]


def _row(one: Measured, name: str) -> tuple[str, ...]:
    home = PRIORITY_TITLES[name]
    if one.metric is None or one.now is None or one.change is None:
        return "Not measured", home, "", "", one.missing
    title = str(one.metric["title"])
    if not one.now.shown:
        return title, home, f"{missing_words(one.now.status)} ({one.now.words})", "", one.lacks
    figure = f"{value_words(one.metric, one.now.value)}, {one.now.words}"
    return title, home, figure, one.beside, one.change.words


def _targets(view: View) -> Block:
    aimed = _aimed(view)
    if not aimed:
        return Note("No targets", "No targets are set in the borough's profile.")
    rows = [_target_row(view, one) for one in aimed]
    columns = ["Measure", "Latest", "Target", "Status", "Agreed where"]
    links = tuple(f"/measure/{s.metric['id']}" for s in aimed if s.metric)
    return Table("Measures with a target", pd.DataFrame(rows, columns=columns), links)


def _target_row(view: View, one: Measured) -> tuple[str, ...]:
    metric: dict[str, Any] = one.metric or {}
    target = view.target(metric)
    assert target is not None and one.now is not None
    latest = (
        f"{value_words(metric, one.now.value)}, {one.now.words}"
        if one.now.shown
        else f"{missing_words(one.now.status)} ({one.now.words})"
    )
    state = state_words(one.stands) or "Can't be judged"
    return str(metric["title"]), latest, aim_words(metric, target), state, target.source


def _absent(view: View) -> Bullets:
    items = [
        Bullet(f"{m['title']}:", missing_of(view, m).words, f"/measure/{m['id']}", "See it")
        for m in not_returned(view)
    ]
    title = "What was not returned"
    return Bullets(title, "Unknown, never counted as zero", tuple(items), "Nothing is missing.")


def _dates(view: View) -> Table:
    """When each family of extracts was last loaded, and the newest period it covers."""
    loads = view.snapshot.loads(view.principal)
    loads = loads.assign(family=loads["extract"].map(family_words))
    newest = loads.sort_values(["loaded_at", "period"]).groupby("family", as_index=False)
    rows = [
        (str(row["family"]), int(count), f"{row['loaded_at']:%-d %B %Y}")
        for row, count in zip(
            newest.tail(1).sort_values("family").to_dict("records"),
            newest.size().sort_values("family")["size"],
            strict=True,
        )
    ]
    frame = pd.DataFrame(rows, columns=["From", "Files", "Last loaded"])
    return Table(f"When each kind of data was last loaded; figures reach {view.data_words}", frame)
