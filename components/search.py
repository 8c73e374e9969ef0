"""Find a figure, school or term: what this reader may find, and where it leads."""

from __future__ import annotations

from typing import Any, NamedTuple

from components.guard import SCREENS
from components.identity import Reader
from pages.everyday import search_words
from pages.memory import remember
from pages.terms import TERMS
from pages.view import View


class Item(NamedTuple):
    """Where it leads, what it is called, and the other words it is found by."""

    address: str
    label: str
    words: str = ""


def found(asking: Reader) -> list[dict[str, Any]]:
    """Everything that can be found, in groups."""
    groups = {
        "Pages": [Item(s.path, s.title) for s in SCREENS.values() if not s.variable],
        "Figures": remember(
            asking.snapshot, asking.principal, "found figures", lambda: _figures(asking)
        ),
        "Schools": _schools(asking),
        "Terms": [
            Item(f"/glossary#{slug}", f"{name} (what it means)", meaning.lower())
            for slug, name, meaning in _terms()
        ],
    }
    return [
        {"group": group, "items": [_option(item) for item in _once(items)]}
        for group, items in groups.items()
        if items
    ]


def _option(item: Item) -> dict[str, str]:
    said = {"value": item.address, "label": item.label}
    return said | {"words": item.words} if item.words else said


def _once(items: list[Item]) -> list[Item]:
    return list({item.address: item for item in items}.values())


def _figures(asking: Reader) -> list[Item]:
    view = View(asking.snapshot, asking.principal)
    leads = view.leading_ids  # the measures that matter most are offered first
    first = {name: place for place, name in enumerate(leads)}
    metrics = sorted(view.metrics, key=lambda m: first.get(str(m["id"]), len(leads)))
    return [Item(f"/measure/{m['id']}", str(m["title"]), search_words(m)) for m in metrics]


def _schools(asking: Reader) -> list[Item]:
    rows = asking.snapshot.areas(asking.principal, "school")
    return [Item(f"/schools?school={r.area_id}", str(r.name)) for r in rows.itertuples(index=False)]


def _terms() -> list[tuple[str, str, str]]:
    return [("-".join(name.lower().split()), name, meaning) for name, meaning in TERMS]
