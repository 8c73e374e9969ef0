"""The month for the board: what it needs on two printed pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from components.guard import screen
from pages.blocks import Block, Bullet, Bullets, Links, Note, Page, Section, Table
from pages.cards import moved_list, stale
from pages.memory import kept
from pages.queries import Query
from pages.sources import family_words
from pages.statements import aim_words
from pages.strategy import (
    STATE_WORDS,
    Standing,
    has_target,
    not_returned,
    six,
    standing,
    what_moved,
)
from pages.view import View
from pages.words import value_words

TITLE, PATH = "This month", "/this-month"
_COLUMNS = ["Priority", "Measure", "Latest", "Against", "Since a year before"]


class MonthQuery(Query):
    """The board's page has no choices."""


@screen(PATH, title=TITLE, group="", order=2, query=MonthQuery)
@kept
def page(view: View, query: MonthQuery) -> Page:
    """Status of each priority, what moved, what is off target, what was not returned, dates."""
    standings = six(view)
    moved = what_moved(view)
    return Page(
        headline=_headline(view, len(moved)),
        lede=f"For the board · {view.profile.name} · data to {view.data_words}",
        parts=[
            *stale(view, date.today()),
            Section("The six priorities", (_priorities(standings),)),
            Section("Against target", (_off_target(view),)),
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


def _headline(view: View, moved: int) -> str:
    off = [s for s in _aimed(view) if s.state == "off"]
    changes = f"{moved} measure{'' if moved == 1 else 's'} moved by more than chance"
    if moved == 0:
        changes = "No measure moved by more than chance"
    if not _aimed(view):
        return f"{changes}; no targets are set"
    return f"{changes}; {target_count(len(off), len(_aimed(view)))}"


def target_count(off: int, aimed: int) -> str:
    """How many of the measures with a target are off it, as a clause."""
    if aimed == 1:
        return f"the one with a target is {'off' if off else 'on or near'} it"
    if off == 0:
        every = "both" if aimed == 2 else f"all {aimed}"
        return f"{every} with a target are on or near it"
    if off == aimed:
        return f"{'both' if aimed == 2 else f'all {aimed}'} with a target are off it"
    return f"{off} of {aimed} with a target {'is' if off == 1 else 'are'} off it"


def _aimed(view: View) -> list[Standing]:
    return [standing(view, m) for m in view.metrics if has_target(view, m)]


def _priorities(standings: list[Standing]) -> Table:
    rows = [_row(one) for one in standings]
    links = tuple(f"/measure/{s.metric['id']}" if s.metric else "" for s in standings)
    return Table(
        "Each priority by its leading measure", pd.DataFrame(rows, columns=_COLUMNS), links
    )


def _row(one: Standing) -> tuple[str, ...]:
    if one.metric is None or one.now is None or one.change is None:
        return one.title, "Not measured", "", "", one.missing
    figure = f"{value_words(one.metric, one.now.value)}, {one.now.words}"
    return one.title, str(one.metric["title"]), figure, one.beside, one.change.words


def _off_target(view: View) -> Block:
    aimed = _aimed(view)
    if not aimed:
        return Note("No targets", "No targets are set in the borough's profile.")
    rows = [_target_row(view, one) for one in aimed]
    columns = ["Measure", "Latest", "Target", "Status", "Agreed where"]
    links = tuple(f"/measure/{s.metric['id']}" for s in aimed if s.metric)
    return Table("Measures with a target", pd.DataFrame(rows, columns=columns), links)


def _target_row(view: View, one: Standing) -> tuple[str, ...]:
    metric: dict[str, Any] = one.metric or {}
    target = view.target(metric)
    assert target is not None
    latest = (
        f"{value_words(metric, one.now.value)}, {one.now.words}"
        if one.now and one.now.shown
        else "Not returned"
    )
    state = STATE_WORDS[one.state] or "Not known"
    return str(metric["title"]), latest, aim_words(metric, target), state, target.source


def _absent(view: View) -> Bullets:
    items = [
        Bullet(str(m["title"]), "no figure: unknown, not zero", f"/measure/{m['id']}", "See why")
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
