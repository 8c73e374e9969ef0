"""Futures small enough to work by hand, and those of the made-up borough."""

import sys
from pathlib import Path

import pytest

from scenarios.futures import Futures, read_futures

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parent)]

from fixture_outlook import outlook_tables  # noqa: E402
from tiny_futures import tiny  # noqa: E402


@pytest.fixture(scope="session")
def borough() -> Futures:
    return read_futures(outlook_tables())


@pytest.fixture
def hand() -> Futures:
    return read_futures(tiny())
