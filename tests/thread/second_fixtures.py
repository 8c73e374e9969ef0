"""How a second count is set beside the published figures."""

import duckdb
import pandas as pd
import pytest
from extract_files import Extracts


@pytest.fixture(scope="module")
def warehouse(demo_home):
    with duckdb.connect(str(demo_home / "warehouse.duckdb"), read_only=True) as con:
        yield con


@pytest.fixture(scope="module")
def published(warehouse):
    """Headline rows of a metric by the start of their period."""
    rows = warehouse.execute(
        "select metric_id, period_start, period_end, numerator, denominator, value"
        " from observation where breakdown = 'all' and area_kind = 'borough' and value is not null"
    ).df()
    return lambda metric: rows[rows["metric_id"] == metric].set_index("period_start").sort_index()


@pytest.fixture(scope="module")
def files(demo_home, warehouse):
    refused = warehouse.execute("select distinct file, line from quarantine").fetchall()
    return Extracts(demo_home, refused)


def year(numbers, month=9):
    """Figures by the year a period began in, by its first day."""
    return numbers.set_axis([pd.Timestamp(int(y), month, 1) for y in numbers.index])


def month(when):
    return when.dt.to_period("M").dt.start_time


def agree(rows, **expected):
    """Every published figure is the figure counted here; nothing counted means nought."""
    assert len(rows) >= 5
    for name, numbers in expected.items():
        found = numbers.reindex(rows.index).fillna(0)
        pd.testing.assert_series_equal(
            rows[name].astype(float), found.astype(float), check_names=False, check_index_type=False
        )
