"""Views of one fixture snapshot for every test of the pages."""

import sys
from pathlib import Path

import pytest

from models.observation import Tier
from models.principal import PUBLIC, Principal
from models.settings import Settings
from pages.view import View
from publish.snapshot import Snapshot

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parent)]

from fixture_snapshot import build_fixture  # noqa: E402
from judged_fixture import judge  # noqa: E402

PARTNER = Principal(label="a headteacher", tier=Tier.PARTNER)


@pytest.fixture(scope="session")
def fixture_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("pages") / "home"
    judge(home / "published" / f"{build_fixture(home)}.duckdb")
    return Settings(home=home, demo_viewers=True)


@pytest.fixture(scope="session")
def fixture_live(fixture_settings: Settings) -> Snapshot:
    return Snapshot.live(fixture_settings)


@pytest.fixture
def public(fixture_live: Snapshot) -> View:
    return View(fixture_live, PUBLIC)


@pytest.fixture
def partner(fixture_live: Snapshot) -> View:
    return View(fixture_live, PARTNER)
