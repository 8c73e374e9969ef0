"""Every page: figures have titles of at most ten words, and no two tables the same caption."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from app import create_app
from components.download import walk
from components.guard import SCREENS
from components.identity import VIEWERS
from models.observation import Tier
from models.settings import Settings
from pages.blocks import Figure, Page, Table
from pages.breakdowns import MOST_WORDS
from pages.queries import read_query
from pages.view import View
from publish.snapshot import Snapshot


@pytest.fixture(scope="module")
def view(demo_home: Path) -> View:
    """A head's: their pages have all that others' have, and their own school."""
    create_app(Settings(home=demo_home))  # registers every page
    snapshot = Snapshot.live(Settings(home=demo_home))
    plain = VIEWERS["head"]
    urn = str(snapshot.areas(plain, "school")["area_id"].iloc[0])
    return View(snapshot, replace(plain, tier=Tier.RESTRICTED, schools=frozenset({urn})))


def test_titles_are_short_and_captions_tell_tables_apart(view: View) -> None:
    long, twice = {}, {}
    for path, screen in SCREENS.items():
        if screen.variable:
            continue
        made: Page = screen.build(view, read_query(screen.query, {})[0])
        parts = list(walk(made.parts))
        titles = [part.title for part in parts if isinstance(part, Figure)]
        long[path] = [title for title in titles if len(title.split()) > MOST_WORDS]
        captions = Counter(part.caption for part in parts if isinstance(part, Table))
        twice[path] = [caption for caption, many in captions.items() if many > 1]
    assert len(long) > 10
    assert {path: found for path, found in long.items() if found} == {}
    assert {path: found for path, found in twice.items() if found} == {}


def test_a_head_is_told_what_is_theirs_alone(view: View) -> None:
    """Own exact figures stand in the table of the school's page, where others read [c]."""
    (urn,) = view.principal.schools
    own = view.snapshot.release(view.principal)
    own = own[own["tier"] == "restricted"]
    assert set(own["area_id"]) <= {urn}
    partner = replace(view.principal, tier=Tier.PARTNER, schools=frozenset())
    others = View(view.snapshot, partner).snapshot.release(partner)
    assert "restricted" not in set(others["tier"])
