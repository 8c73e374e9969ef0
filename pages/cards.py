"""Key figures as cards, the same on every page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from models.observation import Status
from pages.attention import Attention
from pages.blocks import Bullet, Bullets, Card, Cards, Note
from pages.sources import warnings_about
from pages.statements import missing_words, state_words
from pages.strategy import HOMES, Measured, Moved, measured
from pages.view import View
from pages.words import range_words, unit_words

SPARK_POINTS = 24
"""Most points in the small line of a card."""


def card(one: Measured, *, title: str = "", href: str = "") -> Card:
    """One standing as a card; without a figure it says what is missing and from whom."""
    name = title or one.title
    if one.metric is None or one.now is None:
        return Card(name, "", "", "", "Not measured", "unknown", missing=one.missing)
    if not one.now.shown:
        words = f"{missing_words(one.now.status)} ({one.now.words})"
        words += f". {one.missing}" if one.now.status == Status.NOT_AVAILABLE else ""
        return Card(name, "", "", "", "No figure", "unknown", href=href, missing=words)
    assert one.change is not None
    return Card(
        title=name,
        figure=one.figure,
        what=f"{one.what}, {one.now.words}",
        beside=one.beside,
        change=_target_first(one),
        tone=_tone(one),
        href=href,
        spark=tuple(p.value for p in one.points[-SPARK_POINTS:]),
    )


def _tone(one: Measured) -> str:
    assert one.change is not None
    surely_off = one.stands.state == "off" and one.stands.sure is not False
    return "concern" if surely_off else one.change.tone


def _target_first(one: Measured) -> str:
    assert one.change is not None
    words = state_words(one.stands)
    change = one.change.words
    return f"{words}; {change[0].lower()}{change[1:]}" if words else change


def priority_cards(standings: Sequence[Measured]) -> Cards:
    """One card a priority; each leads to its page, else to its measure."""
    return Cards(tuple(card(one, href=_home(one)) for one in standings))


def _home(one: Measured) -> str:
    if one.priority in HOMES:
        return HOMES[one.priority]
    return f"/measure/{one.metric['id']}" if one.metric else "/data"


def metric_cards(view: View, metrics: Sequence[dict[str, Any]]) -> Cards:
    """One card a measure, titled by the measure."""
    return Cards(tuple(_metric_card(view, metric) for metric in metrics))


def _metric_card(view: View, metric: dict[str, Any]) -> Card:
    one = measured(view, metric)
    made = card(one, title=str(metric["title"]), href=f"/measure/{metric['id']}")
    if one.now is None or not one.now.shown:
        return made
    warned = len(warnings_about(view, metric))
    said = f"{warned} data {'warning' if warned == 1 else 'warnings'}" if warned else ""
    parts = (unit_words(metric), one.now.words, range_words(metric, one.now), said)
    return Card(**{**made.__dict__, "what": " · ".join(part for part in parts if part)})


def attention_list(found: Sequence[Attention], title: str, subtitle: str, most: int) -> Bullets:
    """What needs attention, the most serious first, each with its reason."""
    items = [
        Bullet(f"{a.metric['title']}:", f"{a.figure}. {a.reason}.", a.link, "See it")
        for a in found[:most]
    ]
    if len(found) > most:
        words = f"{len(found) - most} more measures"
        items.append(Bullet("", words, "/this-month", "See them, each with its reason"))
    none = "No measure that can be judged is off its target, or worse by more than chance."
    return Bullets(title, subtitle, tuple(items), none)


def moved_list(moved: Sequence[Moved], title: str, most: int = 5) -> Bullets:
    """What changed by more than chance, newest first."""
    items = [Bullet(m.subject, m.words, m.link, "See the chart") for m in moved[:most]]
    if len(moved) > most:
        more = f"{len(moved) - most} more changes larger than chance"
        items.append(Bullet("", more, "/this-month", "See them all"))
    return Bullets(
        title,
        "Only changes larger than chance, newest first",
        tuple(items),
        "Nothing changed by more than chance since a year before.",
    )


STALE_DAYS = 120
"""Figures older than this are said to be old: more than a term."""


def stale(view: View, today: date) -> list[Note]:
    """A note on figures that have grown old: how old, and whom to ask."""
    if view.data_to is None or (today - view.data_to).days <= STALE_DAYS:
        return []
    days = (today - view.data_to).days
    words = f"They reach {view.data_words}. Ask {view.profile.contact} when new data are due."
    return [Note(f"These figures are {days} days old", words)]
