"""What second counts share: settings of the search, quantiles by sorting, and headline figures."""

import math
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, settings
from tiny import PROFILE

from metrics.catalogue import find_metric, load_catalogue
from metrics.measure import measure_metric, prepare

FEW = settings(
    max_examples=4,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # each try measures a warehouse
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
ENOUGH = [f"person {i}" for i in range(10)]


def measured(con, metric):
    """Observations as rows; every step of the metric's topic is made once for a warehouse."""
    file = find_metric(metric)
    made = con.execute("select 1 from duckdb_tables() where table_name = 'calendar_day'").fetchall()
    if not made:
        topic = [f for f in load_catalogue() if f.metric.priority == file.metric.priority]
        prepare(con, PROFILE, topic)
    return measure_metric(con, PROFILE, file, known_to=date(2099, 12, 31)).to_dict("records")


def whole(con, metric):
    """Numerator, denominator and value of the whole borough by the first day of each period."""
    return {
        row["period_start"].date(): (row["numerator"], row["denominator"], row["value"])
        for row in measured(con, metric)
        if row["breakdown"] == "all" and row["area_kind"] == "borough"
        and row["status"] != "not_available"
    }  # fmt: skip


def by(con, metric, breakdown):
    """Numerator and denominator by period and category of one breakdown."""
    return {
        (row["period_start"].date(), row["category"]): (row["numerator"], row["denominator"])
        for row in measured(con, metric)
        if row["breakdown"] == breakdown
    }


def quantile(values, share):
    """A quantile by sorting and reading between neighbours."""
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low = math.floor(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])


def share_of(found, total):
    """What a proportion should say: both counts and the percentage."""
    return pytest.approx((found, total, 100 * found / total))


def proportions(pairs):
    """Periods to (counted, of): periods of nothing have no figure."""
    return {start: share_of(n, d) for start, (n, d) in pairs.items() if d}
