from pathlib import Path

import pytest

from data.synthetic import generate

SMALL = 0.03


@pytest.fixture(scope="session")
def borough(tmp_path_factory):
    """A small borough written once: its folder and its truth."""
    out: Path = tmp_path_factory.mktemp("borough")
    return out, generate(out, scale=SMALL, seed=5)
