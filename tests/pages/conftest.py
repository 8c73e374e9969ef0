"""Views of one fixture snapshot for every test of the pages."""

import sys
from pathlib import Path

import pytest

from models.observation import Tier
from models.principal import PUBLIC, Principal
from models.settings import Settings
from pages.view import View
from publish.snapshot import Snapshot

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fixture_snapshot import build_fixture

PARTNER = Principal(label="a headteacher", tier=Tier.PARTNER)


@pytest.fixture(scope="session")
def fixture_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("pages") / "home"
    build_fixture(home)
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
