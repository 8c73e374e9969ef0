"""What people do: menu, keyboard, choices, search, links, downloads, printing, a new snapshot."""

from __future__ import annotations

import json
import re
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from looking import SIZES, choice, is_native, pick, violations
from playwright.sync_api import expect
from serving import start

from models.settings import Settings

SAID = "words => document.querySelector('#said').textContent.includes(words)"


def quiet(seen: Any) -> None:
    assert (seen.faults, seen.outside) == ([], [])


def test_menu_folds_at_narrow(visit: Any):
    seen = visit(*SIZES["narrow"])
    seen.go("/")
    link = seen.page.get_by_label("Pages", exact=True).get_by_role("link", name="Sufficiency")
    link.wait_for(state="hidden")
    seen.page.get_by_role("button", name="Menu").click()
    link.wait_for(state="visible")
    assert violations(seen.page) == []
    seen.shot("menu-narrow")
    link.click()
    seen.page.wait_for_url("**/sufficiency")
    link.wait_for(state="hidden")
    quiet(seen)


def test_first_tab_skips_to_the_page(visit: Any):
    seen = visit()
    seen.go("/demand")
    seen.page.keyboard.press("Tab")
    focused = seen.page.locator(":focus")
    assert focused.inner_text() == "Skip to main content"
    assert focused.bounding_box()["x"] >= 0
    seen.page.keyboard.press("Enter")
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("size", SIZES)
def test_focus_can_always_be_seen(visit: Any, size: str):
    """Thirty stops of the Tab key: each is on the screen, outlined, and not under the top bar."""
    seen = visit(*SIZES[size])
    seen.go("/")
    for _ in range(30):
        seen.page.keyboard.press("Tab")
        state = seen.page.evaluate(FOCUS)
        if state["name"].startswith("<body"):
            continue  # past the last stop, before the first
        assert state["drawn"], state
        assert state["inside"], state
        assert state["outlined"], state
        assert not state["under"], state


FOCUS = """() => {
  const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
  const head = document.querySelector('header').getBoundingClientRect().bottom;
  return {
    name: e.outerHTML.slice(0, 120),
    drawn: r.width * r.height > 0,
    inside: r.right > 0 && r.left < window.innerWidth,
    outlined: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
    under: !e.closest('header') && !e.matches('.skip') && r.bottom < head,
  };
}"""


def test_targets_are_large_enough(visit: Any):
    """24 by 24 pixels, but for links inside sentences and lists (WCAG 2.5.8)."""
    seen = visit(*SIZES["narrow"])
    seen.go("/demand")
    small = seen.page.evaluate(
        """() => [...document.querySelectorAll('button, input, summary, .action, .nav a, .pill')]
          .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
          .filter(([, r]) => r.width && (r.width < 24 || r.height < 24))
          .map(([h, r]) => `${h} ${r.width}x${r.height}`)"""
    )
    assert small == []


def test_a_choice_is_kept_in_the_address(visit: Any):
    seen = visit()
    seen.go("/demand")
    box = choice(seen.page, "Show")
    before = box.input_value()
    pick(seen.page, "Show", "locality", "by locality")
    seen.page.wait_for_function("() => location.search === '?show=locality'")
    expect(seen.page.locator("#body")).to_contain_text("by locality")
    assert is_native(box) or box.evaluate("e => e === document.activeElement")
    seen.page.go_back()
    seen.page.wait_for_function("() => location.search === ''")
    expect(box).to_have_value(before)
    seen.page.go_forward()
    expect(box).to_have_value(re.compile("locality", re.I))
    quiet(seen)


def test_looking_at_a_page_leaves_its_address_alone(visit: Any):
    """Nothing is written in the address, and nothing asked twice, until a reader chooses."""
    seen = visit()
    asked: list[str] = []
    seen.page.on("request", lambda one: asked.append(one.post_data or ""))
    seen.go("/demand")
    seen.page.wait_for_timeout(700)
    assert seen.page.url == f"{seen.site}/demand"
    assert seen.page.evaluate("history.length") == 2
    assert sum("..head.children" in body for body in asked) == 1


def test_an_address_opens_the_same_page_again(visit: Any):
    seen = visit()
    seen.go("/demand?show=locality")
    assert "by locality" in seen.page.locator("#body").inner_text()
    assert "locality" in choice(seen.page, "Show").input_value().lower()


def test_a_choice_by_keyboard_alone(visit: Any):
    seen = visit()
    seen.go("/demand")
    box = choice(seen.page, "Show")
    box.focus()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        seen.page.keyboard.press(key)
        seen.page.wait_for_timeout(80)
    seen.page.wait_for_function("() => location.search.includes('show=')")
    seen.settle()
    assert box.evaluate("e => e === document.activeElement")


def test_search_leads_to_a_measure(visit: Any):
    seen = visit()
    seen.go("/")
    seen.page.locator("#find").fill("EHC plans with SEMH")
    seen.page.locator("[role=option]:visible").first.click()
    seen.page.wait_for_url("**/measure/semh_ehc_plans")
    seen.page.wait_for_function("() => document.title.length > 4")
    quiet(seen)


def test_search_leads_to_a_school_and_a_term(visit: Any):
    seen = visit()
    for typed, address in (
        ("Alder Made-up", "/schools?school="),
        ("(what it means)", "/glossary#"),
    ):
        seen.go("/")
        seen.page.locator("#find").fill(typed)
        seen.page.locator("[role=option]:visible").first.click()
        seen.page.wait_for_function("a => location.href.includes(a)", arg=address)
    quiet(seen)


def test_a_new_page_is_announced_and_starts_at_its_top(visit: Any):
    seen = visit()
    seen.go("/")
    seen.page.evaluate("window.scrollTo(0, 900)")
    seen.page.get_by_label("Pages", exact=True).get_by_role("link", name="Sufficiency").click()
    seen.page.wait_for_function(SAID, arg="Sufficiency")
    seen.page.wait_for_function("() => window.scrollY === 0")
    seen.page.wait_for_function("() => document.activeElement.tagName === 'H1'")
    quiet(seen)


def test_copied_link_leads_to_the_figure(visit: Any):
    seen = visit()
    seen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    seen.go("/demand")
    link = seen.page.locator("figure a.copy").last
    figure = link.evaluate("e => e.closest('figure').id")
    link.click()
    seen.page.wait_for_function(SAID, arg="copied")
    copied = seen.page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{seen.site}/demand#{figure}"
    again = visit()
    again.go(copied.removeprefix(again.site))
    again.page.wait_for_function(
        """id => { const r = document.getElementById(id).getBoundingClientRect();
                   const head = document.querySelector('header').getBoundingClientRect().bottom;
                   return r.top >= head && r.top < window.innerHeight; }""",
        arg=figure,
        timeout=5000,
    )


def test_a_figure_is_downloaded(visit: Any):
    seen = visit()
    seen.go("/demand")
    with seen.page.expect_download() as caught:
        seen.page.locator("figure a.action", has_text="Download").first.click()
    text = Path(caught.value.path()).read_text(encoding="utf-8-sig")
    assert caught.value.suggested_filename.endswith(".csv")
    assert "Synthetic data" in text
    quiet(seen)


def test_viewing_as_the_public_hides_schools(visit: Any):
    seen = visit()
    seen.go("/schools")
    assert "Choose your school" in seen.page.locator("h1").inner_text()
    seen.page.locator("#choose-viewer").click()
    seen.page.locator("[role=option]:visible", has_text="the public").click()
    expect(seen.page.locator("h1")).to_contain_text("not shown")
    quiet(seen)


def test_it_prints_without_the_navigation(visit: Any):
    seen = visit()
    seen.go("/")
    seen.page.emulate_media(media="print")
    for part in (".mantine-AppShell-header", ".mantine-AppShell-navbar", ".actions"):
        assert not seen.page.locator(part).first.is_visible()
    assert seen.page.locator("h1").is_visible()
    split = seen.page.locator("figure").first.evaluate("e => getComputedStyle(e).breakInside")
    assert split == "avoid"


def test_text_twice_as_large_still_fits(visit: Any):
    """WCAG 1.4.4 and 1.4.10: at 200 % of 1280 pixels nothing is lost to the side."""
    seen = visit(640, 512)
    seen.go("/demand")
    assert seen.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_new_snapshot_is_picked_up(visit: Any, e2e_settings: Settings, tmp_path: Path):
    shutil.copytree(e2e_settings.home, tmp_path / "home")
    settings = Settings(home=tmp_path / "home", demo_viewers=True)
    server, address = start(settings)
    try:
        seen = visit(address=address)
        seen.go("/")
        assert "31 Aug 2026" in seen.page.locator("#freshness").inner_text()
        publish_again(settings)
        time.sleep(2.1)
        seen.go("/")
        assert "30 Sep 2026" in seen.page.locator("#freshness").inner_text()
        quiet(seen)
    finally:
        server.close()


def publish_again(settings: Settings) -> None:
    """The same figures with a later date, as another snapshot."""
    import duckdb

    old = settings.published / f"{json.loads(settings.current.read_text())['snapshot']}.duckdb"
    new = settings.published / "20261001T060000Z-another00000.duckdb"
    shutil.copy(old, new)
    with duckdb.connect(str(new)) as con:
        con.execute("update info set value = '2026-09-30' where key = 'data_to'")
    settings.current.write_text(json.dumps({"snapshot": new.stem}))


def test_nothing_published_is_said(visit: Any, tmp_path: Path):
    server, address = start(Settings(home=tmp_path / "empty"))
    try:
        seen = visit(address=address)
        seen.page.goto(address)
        expect(seen.page.locator("h1")).to_contain_text("Nothing is published yet")
        assert violations(seen.page) == []
        seen.shot("nothing-published")
    finally:
        server.close()


@pytest.mark.parametrize("kind", ["scripts", "all"])
def test_first_page_is_light(visit: Any, kind: str):
    """At most 2.4 MB of JavaScript on the wire, and little else."""
    seen = visit()
    seen.go("/")
    entries = seen.page.evaluate(
        """() => performance.getEntriesByType('resource')
                 .map(e => [e.name, e.encodedBodySize])"""
    )
    sizes = [size for name, size in entries if kind == "all" or ".js" in name]
    assert 100_000 < sum(sizes) <= (2_400_000 if kind == "scripts" else 2_900_000)
