"""Every measure of the small borough has a whole page, for the public and for those signed in.

No browser: pages are built and drawn as they are for one, of every kind of measure there is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from components import draw
from components.identity import VIEWERS
from metrics.catalogue import load_catalogue
from models.settings import Settings
from pages import measure
from pages.blocks import Cards, Code, Details, Figure, Links, Note, Section, Terms
from pages.breakdowns import MOST_WORDS
from pages.queries import MeasureQuery
from pages.view import View
from publish.snapshot import Snapshot

IDS = [file.metric.id for file in load_catalogue()]


@pytest.fixture(scope="module")
def live(demo_home: Path) -> Snapshot:
    return Snapshot.live(Settings(home=demo_home))


def walk(parts: Any) -> Any:
    for part in parts:
        yield part
        if isinstance(part, Section | Details):
            yield from walk(part.parts)


def faults(view: View, name: str) -> list[str]:
    """What a measure's page lacks."""
    made = measure.page(view, MeasureQuery(), name)
    parts = list(walk(made.parts))
    kinds = {type(part) for part in parts}
    opened = {part.summary: part for part in parts if isinstance(part, Details)}
    terms = dict(next(part for part in parts if isinstance(part, Terms)).items)
    figures = [part for part in parts if isinstance(part, Figure)]
    checks = {
        "key figure": Cards in kinds,
        "trend or why none": bool(figures) or Note in kinds,
        "definition": bool(terms["Counted"] and terms["Out of"] and terms["Question"]),
        "comparator or why none": len(terms["Differs from"]) > 10,
        "SQL": any(isinstance(part, Code) and "select" in part.text for part in parts),
        "worked example": any(isinstance(p, Section) for p in opened["Worked example"].parts),
        "next steps": Links in kinds,
        "download": all(len(figure.table) and figure.about.file for figure in figures),
        "title in ten words": all(len(f.title.split()) <= MOST_WORDS for f in figures),
        "no nan": " nan" not in (text := str(draw.draw(made.parts, f"/measure/{name}"))),
        "no hyphen for a minus": "'-£" not in text,
    }
    return [what for what, there in checks.items() if not there]


@pytest.mark.parametrize("viewer", ["public", "head"])
def test_every_measure_has_a_whole_page(live: Snapshot, viewer: str):
    view = View(live, VIEWERS[viewer])
    assert {m["id"] for m in view.metrics} == set(IDS)
    assert {name: said for name in IDS if (said := faults(view, name))} == {}


@pytest.mark.parametrize("viewer", sorted(set(VIEWERS) - {"public", "head"}))
def test_every_viewer_has_pages_of_each_kind(live: Snapshot, viewer: str):
    view = View(live, VIEWERS[viewer])
    assert {name: said for name in one_of_each(view) if (said := faults(view, name))} == {}


def one_of_each(view: View) -> list[str]:
    """A measure of each kind and period."""
    return list({(m["kind"], m["period"]): str(m["id"]) for m in view.metrics}.values())


def test_figures_by_group_have_short_titles_and_their_numbers(live: Snapshot):
    """One group of each measure of each kind, another for the next, until every group was seen."""
    view = View(live, VIEWERS["head"])
    seen: set[Any] = set()
    for metric in view.metrics:
        for show in metric["breakdowns"]:
            if (metric["kind"], show) in seen:
                continue
            seen.add((metric["kind"], show))
            made = measure.page(view, MeasureQuery(show=show), metric["id"])
            figures = [part for part in walk(made.parts) if isinstance(part, Figure)]
            long = [f.title for f in figures if len(f.title.split()) > MOST_WORDS]
            assert not long, (metric["id"], show)
            assert all(len(f.table) for f in figures)
    assert len(seen) > 60
