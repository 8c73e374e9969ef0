"""The app over the fixture snapshot, without a browser."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from models.settings import Settings

TESTS = Path(__file__).resolve().parents[1]
sys.path += [str(TESTS), str(TESTS / "pages"), str(TESTS / "web")]

from fixture_snapshot import build_fixture  # noqa: E402
from judged_fixture import judge  # noqa: E402


@pytest.fixture(scope="session")
def web_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("web") / "home"
    judge(home / "published" / f"{build_fixture(home)}.duckdb")
    return home


@pytest.fixture(scope="session")
def demo_app(web_home: Path) -> Any:
    """Demonstration viewers are offered, as after `semh demo`."""
    from app import create_app

    return create_app(Settings(home=web_home, demo_viewers=True))


@pytest.fixture(scope="session")
def plain_app(web_home: Path) -> Any:
    """As installed: nobody is signed in, so everybody is the public."""
    from app import create_app

    return create_app(Settings(home=web_home, demo_viewers=False))


@pytest.fixture
def demo(demo_app: Any) -> Any:
    return demo_app.server.test_client()


@pytest.fixture
def plain(plain_app: Any) -> Any:
    return plain_app.server.test_client()
