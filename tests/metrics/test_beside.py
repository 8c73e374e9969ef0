"""Metrics are measured side by side: in order, the same on one thread as on two, nothing left."""

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from tiny import PROFILE, pupil, suspension, warehouse

from metrics.catalogue import find_metric
from metrics.measure import measure_all

FILES = [find_metric(name) for name in ("semh_suspension_rate", "semh_suspensions", "semh_absence")]


def measured_on(threads):
    con = warehouse(
        pupil_census=[pupil(f"p{n}") for n in range(30)],
        suspension=[suspension(f"p{n % 9}", date(2025, 2, 1 + n)) for n in range(20)],
    )
    con.execute(f"set threads = {threads}")
    seen = []
    report = measure_all(con, PROFILE, files=FILES, progress=lambda *step: seen.append(step))
    rows = con.execute("select * from observation order by all").fetchall()
    left = con.execute(
        "select database_name from duckdb_databases() where database_name like 'measuring%'"
        " union all select table_name from duckdb_tables() where temporary"
    ).fetchall()
    con.close()
    return report, rows, seen, left


def test_side_by_side_is_the_same_as_one_after_another():
    (alone, rows, seen, left), (beside, other, seen_too, left_too) = map(measured_on, (1, 2))
    assert rows == other and len(rows) == len(FILES)
    assert alone.ok and beside.ok and alone.measured == beside.measured
    assert seen == seen_too and [title for title, *_ in seen][:3] == [f.metric.title for f in FILES]
    assert left == left_too == []
