"""A running app over the fixture snapshot, and a real browser that looks at it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.settings import Settings

TESTS = Path(__file__).resolve().parents[1]
sys.path += [str(TESTS), str(TESTS / "pages"), str(TESTS / "e2e")]

from fixture_snapshot import build_fixture  # noqa: E402
from judged_fixture import judge  # noqa: E402
from serving import start  # noqa: E402

SHOTS = Path(__file__).parent / "screenshots"
AXE = Path(__file__).parent / "axe.min.js"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def e2e_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("e2e") / "home"
    judge(home / "published" / f"{build_fixture(home)}.duckdb")
    return Settings(home=home, demo_viewers=True)


@pytest.fixture(scope="session")
def site(e2e_settings: Settings) -> Iterator[str]:
    server, address = start(e2e_settings)
    yield address
    server.close()


def browser_path() -> str:
    """Where the browser is; where it must be and is not, a failure, else a skip that says so."""
    found = os.environ.get("SEMH_CHROMIUM") or shutil.which("chromium") or ""
    if found and Path(found).exists():
        return found
    words = "no browser: install Debian's chromium or set SEMH_CHROMIUM to its path"
    if os.environ.get("CI") == "true":
        pytest.fail(words)
    pytest.skip(words)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = browser_path()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        yield running
        running.close()


class Visit:
    """One browser page that notes what went wrong while it was looked at."""

    def __init__(self, page: Any, site: str) -> None:
        self.page, self.site = page, site
        self.faults: list[str] = []
        self.requests: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        page.on("request", lambda request: self.requests.append(request.url))

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning") and "Slow network" not in message.text:
            self.faults.append(f"{message.type}: {message.text[:300]}")

    def go(self, path: str) -> None:
        self.page.goto(self.site + path, wait_until="load")
        self.settle()

    def settle(self) -> None:
        """Wait until the page stands and each plot is drawn."""
        self.page.wait_for_function(
            """() => {
              const h = document.querySelector('#head h1');
              if (!h || h.textContent === 'Loading the page') return false;
              if (!document.querySelector('#freshness')?.textContent) return false;
              if (document.querySelector('[data-dash-is-loading="true"]')) return false;
              const plots = [...document.querySelectorAll('.plot .dash-graph')];
              return plots.every(p => p.querySelector('.main-svg'));
            }""",
            timeout=20_000,
        )

    @property
    def outside(self) -> list[str]:
        """Requests to any other host."""
        own = (self.site, "data:", f"blob:{self.site}")
        return [url for url in self.requests if not url.startswith(own)]

    def shot(self, name: str) -> None:
        SHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


@pytest.fixture(scope="session")
def looking(browser: Any) -> Iterator[dict[tuple[int, int], Any]]:
    """One window of each size for all pages: files come from its cache, as for a real reader."""
    windows: dict[tuple[int, int], Any] = {}
    yield windows
    for context in windows.values():
        context.close()


def window(browser: Any, width: int, height: int) -> Any:
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
    context.add_init_script(path=AXE)
    context.set_default_timeout(10_000)
    return context


@pytest.fixture
def look(browser: Any, looking: dict[tuple[int, int], Any], site: str) -> Iterator[Any]:
    """Opens a page in the shared window of a size."""
    opened: list[Any] = []

    def make(width: int, height: int) -> Visit:
        if (width, height) not in looking:
            looking[width, height] = window(browser, width, height)
        opened.append(looking[width, height].new_page())
        return Visit(opened[-1], site)

    yield make
    for page in opened:
        page.close()


@pytest.fixture
def visit(browser: Any, site: str) -> Iterator[Any]:
    """Opens a page in a new window that nobody has used."""
    opened: list[Any] = []

    def make(width: int = 1366, height: int = 900, address: str = "") -> Visit:
        opened.append(window(browser, width, height))
        return Visit(opened[-1].new_page(), address or site)

    yield make
    for context in opened:
        context.close()
