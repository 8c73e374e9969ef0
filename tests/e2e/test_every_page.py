"""Every page at both sizes, closed and opened: accessible, quiet, at home, and not too wide."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from looking import SIZES, all_details, covered, squeezed, too_wide, violations

import pages
from components.guard import SCREENS

for name in pages.MODULES:
    import_module(f"pages.{name}")

VARIABLE = {"/measure/<metric_id>": ("semh_ehc_plans", "semh_suspensions", "oob_spend")}
STATES = (
    "/demand?show=ward",
    "/demand?show=locality",
    "/outcomes?show=phase",
    "/schools?school=900001",
    "/data?part=checks",
    "/measure/semh_ehc_plans?show=sex",
    "/looking-ahead?need=SEMH&new=-10&places=60&place_cost=30000&amount=50&beside=fees%3D5",
    "/looking-ahead?new=900&by=soon",
    "/measure/there_is_none",
    "/demand?show=<script>",
    "/nowhere",
)


def paths() -> list[str]:
    """Every registered page, some of each variable one, and the states a page can be in."""
    plain = [path for path, one in SCREENS.items() if not one.variable]
    variable = [
        path.split("<")[0] + value
        for path, one in SCREENS.items()
        if one.variable
        for value in VARIABLE[path]
    ]
    return [*plain, *variable, *STATES]


def file_name(path: str, size: str) -> str:
    kept = "".join(c if c.isalnum() else "-" for c in path.strip("/")) or "overview"
    return f"{kept}-{size}"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", paths())
def test_page(look: Any, path: str, size: str):
    seen = look(*SIZES[size])
    seen.go(path)
    seen.shot(file_name(path, size))
    found = {
        "closed": violations(seen.page),
        "too wide": too_wide(seen.page),
        "covered": covered(seen.page),
        "squeezed": squeezed(seen.page),
    }
    all_details(seen.page, True)
    found |= {"opened": violations(seen.page), "too wide opened": too_wide(seen.page)}
    all_details(seen.page, False)
    found |= open_choices(seen.page)
    found |= {"faults": seen.faults, "outside": seen.outside}
    said = [f"{where}: {one}" for where, what in found.items() for one in what]
    assert not said, "\n".join(said)


def open_choices(page: Any) -> dict[str, list[str]]:
    """What axe finds with each of the page's lists of choices open."""
    found = {}
    boxes = page.locator("#choices input:not([type=hidden]):visible")
    # The lists of native selects are the browser's own.
    for i in range(boxes.count()):
        boxes.nth(i).click()
        page.locator("[role=option]:visible").first.wait_for()
        found[f"choice {i}"] = violations(page, "#choices", "[role=listbox]")
        boxes.nth(i).press("Escape")
    return found


@pytest.mark.parametrize("size", SIZES)
def test_the_top_bar_opened(look: Any, size: str):
    """What stands on every page is opened once at each size."""
    seen = look(*SIZES[size])
    seen.go("/")
    for box in ("#find", "#choose-viewer"):
        seen.page.locator(box).click()
        seen.page.locator("[role=option]:visible").first.wait_for()
        assert violations(seen.page) == [], box
        assert too_wide(seen.page) == [], box
        seen.page.locator(box).press("Escape")
    assert (seen.faults, seen.outside) == ([], [])


def test_one_h1_one_main_and_a_title(look: Any):
    seen = look(*SIZES["wide"])
    titles = set()
    for path in ("/", "/demand", "/measure/semh_ehc_plans", "/nowhere"):
        seen.go(path)
        assert seen.page.locator("h1").count() == 1
        assert seen.page.locator("main").count() == 1
        assert seen.page.evaluate("document.documentElement.lang") == "en-GB"
        titles.add(seen.page.title())
    assert len(titles) == 4
