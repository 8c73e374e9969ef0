"""Each kind of support on one line: whom it reached, what it cost, whether children got better."""

from __future__ import annotations

from typing import Any

import pandas as pd

from models.observation import Status
from pages.blocks import Block, Section, Table
from pages.breakdowns import Group, groups_of, shown_value
from pages.view import View
from pages.words import range_words, short

_COLUMNS = {
    "Children": "intervention_children",
    "Cost of a spell": "intervention_cost_per_child",
    "Reliably improved": "intervention_improved",
    "Not suspended in six months after": "intervention_sustained_6_months",
}
"""What is said of each kind of support, and the measure that says it."""


def each_support(view: View) -> tuple[Block, ...]:
    """A table of every kind of support in the alphabet, and what two kinds add to usual care."""
    columns = {name: _by_kind(view, measure) for name, measure in _COLUMNS.items()}
    names = sorted({kind for found in columns.values() for kind in found})
    if not names:
        return ()
    rows = [(kind, *(columns[name].get(kind, "None known") for name in columns)) for kind in names]
    frame = pd.DataFrame(rows, columns=["Support", *columns])
    shown = Table("Each kind of support, newest school year", frame, file="support")
    return (Section("Each kind of support", (shown, *_added(view)), _WARNING),)


_WARNING = "In alphabetical order. Children differ between kinds, so this is no contest."


def _by_kind(view: View, measure: str) -> dict[str, str]:
    metric = view.metric(measure)
    if metric is None or "intervention" not in metric["breakdowns"]:
        return {}
    groups = groups_of(view, metric, "intervention")
    # The heading says what is counted, so the number stands alone.
    return {g.name: _alone(metric, g) for g in groups}


def _added(view: View) -> list[Block]:
    """What each named intervention adds against usual care, and whether chance may explain it."""
    metric = view.metric("intervention_extra_change")
    groups = groups_of(view, metric, "intervention") if metric else []
    if metric is None or not groups:
        return []
    rows = [(g.name, _alone(metric, g), _range(metric, g), verdict(g)) for g in groups]
    columns = ["Intervention", "Added", "Likely range", "What can be said"]
    caption = (
        f"What named interventions add to scores, against usual care, {groups[0].now.words}, in"
        " standard deviations: 0.2 is little, 0.5 is middling, 0.8 is much"
    )
    links = tuple(f"/measure/{metric['id']}?show=intervention" for _ in groups)
    return [Table(caption, pd.DataFrame(rows, columns=columns), links, file="added")]


def _alone(metric: dict[str, Any], group: Group) -> str:
    value = group.now.value
    few = " [u]" if group.now.status == Status.LOW_BASE else ""
    return shown_value(metric, group.now) if value is None else short(metric, value) + few


def _range(metric: dict[str, Any], group: Group) -> str:
    return range_words(metric, group.now).removeprefix("likely ") if group.now.shown else ""


def verdict(group: Group) -> str:
    """What an interval of an effect says; nothing where it takes in no effect."""
    now = group.now
    if not now.shown or now.lower is None or now.upper is None:
        return "Not known"
    if now.lower > 0:
        return "Children improved more than with usual care"
    if now.upper < 0:
        return "Children improved less than with usual care"
    return "Not shown to add anything"
