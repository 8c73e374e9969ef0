"""What is missing where a measure has no figure, and who would send it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from models.observation import Status
from models.suppliers import owner_of
from pages.blocks import Block, Section, Table
from pages.sources import source_words, table_words
from pages.view import View
from pages.words import joined, sentence_case

NOBODY = "nobody yet; no supplier has agreed to send it"
_NO_LOAD, _ONLY = "no current load of: ", "only "
_ONE = re.compile(r"^(?P<what>.*?) \((?:from (?P<whom>.*)|no supplier .*)\)$")


class Missing(NamedTuple):
    """What a measure lacks and from whom, each in words that stand in the middle of a sentence."""

    what: str
    whom: str

    @property
    def words(self) -> str:
        """As a sentence or two."""
        if self.whom == NOBODY:
            return f"Missing: {self.what}. No supplier has agreed to send it yet."
        return f"Missing: {self.what}, from {self.whom}."


def is_missing(view: View, metric: dict[str, Any]) -> bool:
    """Whether the measure has no newest figure because something was not sent."""
    points = view.points(metric)
    return not points or points[-1].status == Status.NOT_AVAILABLE


def missing_of(view: View, metric: dict[str, Any]) -> Missing:
    """What the measure lacks: as the measuring found it, else everything it is counted from."""
    why = view.why_not(metric)
    if why.startswith(_NO_LOAD):
        return _not_loaded(why.removeprefix(_NO_LOAD))
    if why.startswith(_ONLY):
        came, _, ask = why.partition("; ask for the others from ")
        return Missing(f"enough returns: {came}", ask or _owners(metric))
    if why:  # the rows counted came, so it wants what they are divided by or joined with
        out_of = str(metric.get("denominator") or "enough to work it out from")
        return Missing(out_of, view.profile.contact)
    return Missing(source_words(metric), _owners(metric))


def absent_words(view: View, metric: dict[str, Any]) -> str:
    """What stands for a figure: not returned, or not available where all that is owed came."""
    why = view.why_not(metric)
    owed = not why or why.startswith((_NO_LOAD, _ONLY))
    return f"{'Not returned' if owed else 'Not available'}: unknown, not zero"


def _not_loaded(parts: str) -> Missing:
    """From the list that the measuring wrote: name (from owner); name (no supplier ...)."""
    found = [_ONE.match(part) for part in parts.split("; ")]
    named = [one for one in found if one]
    what = [table_words(one["what"].replace(" ", "_"), one["what"]) for one in named]
    whom = list(dict.fromkeys(one["whom"] or NOBODY for one in named))
    return Missing(joined(what or [parts]), joined(whom or [NOBODY]))


def _owners(metric: dict[str, Any]) -> str:
    names = [owner_of(str(name).removeprefix("live_")) for name in metric["sources"]]
    return joined(list(dict.fromkeys(name for name in names if name)) or [NOBODY])


def not_measured(view: View, metrics: Sequence[dict[str, Any]]) -> list[Block]:
    """A section that names every measure without a figure, what is missing and from whom."""
    absent = [m for m in metrics if is_missing(view, m)]
    if not absent:
        return []
    rows = [(str(m["title"]), *map(sentence_case, missing_of(view, m))) for m in absent]
    frame = pd.DataFrame(rows, columns=["Measure", "What is missing", "From whom"])
    links = tuple(f"/measure/{m['id']}" for m in absent)
    caption = "Measures without a newest figure: unknown, not zero"
    return [Section("What is not measured", (Table(caption, frame, links),))]
