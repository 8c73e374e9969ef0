"""Find a figure, school or term: what this reader may find, and where it leads."""

from __future__ import annotations

from typing import Any

from components.guard import SCREENS
from components.identity import Reader
from pages.terms import TERMS


def found(asking: Reader) -> list[dict[str, Any]]:
    """Everything that can be found, in groups."""
    groups = {
        "Pages": [(s.path, s.title) for s in SCREENS.values() if not s.variable],
        "Figures": [
            (f"/measure/{m['id']}", str(m["title"]))
            for m in asking.snapshot.metrics(asking.principal)
        ],
        "Schools": _schools(asking),
        "Terms": [(f"/glossary#{slug}", f"{name} (what it means)") for slug, name in _terms()],
    }
    return [
        {"group": group, "items": [{"value": v, "label": w} for v, w in _once(items)]}
        for group, items in groups.items()
        if items
    ]


def _once(items: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return list(dict(items).items())


def _schools(asking: Reader) -> list[tuple[str, str]]:
    rows = asking.snapshot.areas(asking.principal, "school")
    return [(f"/schools?school={r.area_id}", str(r.name)) for r in rows.itertuples(index=False)]


def _terms() -> list[tuple[str, str]]:
    return [("-".join(name.lower().split()), name) for name, _ in TERMS]
