"""A small synthetic borough, loaded once."""

from pathlib import Path

import pytest

from data.synthetic import generate
from ingest.pipeline import LoadReport, load_paths
from models.settings import Settings

SCALE = 0.02


@pytest.fixture(scope="session")
def borough(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extracts of a small synthetic borough."""
    out = tmp_path_factory.mktemp("borough")
    generate(out, scale=SCALE)
    return out


@pytest.fixture(scope="session")
def loaded(borough: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, LoadReport]:
    """The borough in a warehouse."""
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    return settings, load_paths(settings, [borough])


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture
def real_samples(real_data: Path) -> Path:
    """Layout samples another team wrote, with random values; skipped where they are absent."""
    folder = real_data / "extract_formats" / "school_census_liia"
    if not folder.is_dir():
        pytest.skip("the layout samples are not at ../shared/data/extract_formats")
    return folder
