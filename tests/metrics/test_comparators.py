"""A comparator is a published series that the Compare page knows, over the same kind of period."""

import tomllib
from pathlib import Path

import pytest

from metrics.catalogue import load_catalogue

LISTED = Path(__file__).resolve().parents[2] / "data" / "reference" / "compare_indicators.toml"
COMPARED = [file.metric for file in load_catalogue() if file.metric.comparator]


@pytest.fixture(scope="module")
def known():
    return {row["series"] for row in tomllib.loads(LISTED.read_text("utf-8"))["indicator"]}


@pytest.mark.parametrize("metric", COMPARED, ids=lambda metric: metric.id)
def test_the_series_is_one_the_published_files_give(metric, known):
    assert metric.comparator.series in known


@pytest.mark.parametrize("metric", COMPARED, ids=lambda metric: metric.id)
def test_months_are_not_set_beside_years(metric):
    """No published series here is monthly."""
    assert metric.period in ("academic_year", "calendar_year", "census")
