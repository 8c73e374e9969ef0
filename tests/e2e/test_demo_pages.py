"""Every page, and a measure of each kind, over the borough that went through the whole thread.

That every measure has a whole page is tested without a browser: tests/pages/test_every_measure.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from looking import too_wide, violations
from serving import start

import pages
from components.guard import SCREENS
from metrics.catalogue import load_catalogue
from models.settings import Settings

for name in pages.MODULES:
    import_module(f"pages.{name}")


@pytest.fixture(scope="module")
def demo_site(demo_home: Path) -> Iterator[str]:
    server, address = start(Settings(home=demo_home, demo_viewers=True))
    yield address
    server.close()


def addresses(width: int) -> list[str]:
    """Every page; on a wide screen a measure of each kind, on a narrow one of half of them."""
    kinds = {file.metric.kind: file.metric.id for file in load_catalogue()}
    measures = [f"/measure/{name}" for name in kinds.values()]
    plain = [path for path, one in SCREENS.items() if not one.variable]
    return plain + (measures if width > 600 else measures[::2])


@pytest.mark.parametrize("width", [1366, 390])
def test_pages_of_the_demonstration(visit: Any, demo_site: str, width: int):
    seen = visit(width, 844, demo_site)
    found = {}
    for path in addresses(width):
        seen.go(path)
        text = seen.page.inner_text("main")
        found[path] = [
            *violations(seen.page),
            *too_wide(seen.page),
            *(["a page without a figure or a reason"] if len(text) < 200 else []),
            *(["nan is shown"] if " nan" in text.lower() or "none%" in text.lower() else []),
        ]
        assert "Synthetic data." in seen.page.inner_text("#strip")
    assert {path: said for path, said in found.items() if said} == {}
    assert (seen.faults, seen.outside) == ([], [])
