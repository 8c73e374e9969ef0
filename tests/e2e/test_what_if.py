"""A reader moves a lever by keyboard, goes on from where they were, saves it and finds it again."""

from __future__ import annotations

from typing import Any

import pytest
from looking import SIZES, violations

NEW = "Children newly identified with a plan (% more or fewer)"


@pytest.mark.parametrize("size", SIZES)
def test_a_lever_moved_by_keyboard(visit: Any, size: str):
    seen = visit(*SIZES[size])
    seen.go("/looking-ahead")
    box = seen.page.get_by_label(NEW)
    box.fill("-20")
    box.press("Tab")
    seen.page.wait_for_url("**new=-20**")
    seen.page.get_by_text("With these changes").wait_for()
    seen.settle()
    at = "document.activeElement.id"
    seen.page.wait_for_function(f"{at}.includes('new_from')")
    assert seen.page.evaluate("window.scrollY") > 500
    assert box.input_value() == "-20"
    assert "worked out again" in seen.page.locator("#said").inner_text()
    assert (violations(seen.page), seen.faults, seen.outside) == ([], [], [])


def test_a_scenario_is_saved_opened_and_deleted(visit: Any):
    seen = visit()
    seen.go("/looking-ahead?new=-20")
    page = seen.page
    page.get_by_label("Name of this scenario").fill("Trial <i>one</i>")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved as Trial <i>one</i>.").wait_for()
    assert violations(page) == []
    seen.go("/looking-ahead")
    page.get_by_role("link", name="Trial <i>one</i>", exact=True).click()
    page.wait_for_url("**new=-20**")
    page.get_by_role("button", name="Delete").click()
    page.get_by_text("No scenario is saved yet.").wait_for()
    assert (seen.faults, seen.outside) == ([], [])


def test_a_scenario_is_taken_away(visit: Any):
    seen = visit()
    seen.go("/looking-ahead?new=-20")
    with seen.page.expect_download() as taken:
        seen.page.get_by_text("Download with its assumptions").click()
    assert taken.value.suggested_filename == "scenario.xlsx"
