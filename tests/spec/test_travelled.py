"""The SQL travels: turned into Spark's dialect and back, it means what it meant.

Every metric and every shared step is written in Spark's dialect by SQLGlot, read again as Spark
would read it, and run in DuckDB on the same synthetic borough: every figure must be the same. That
proves that nothing is lost or changed in the translation, and the order of missing values and the
way dates are counted with it, as far as SQLGlot knows Spark. It is no run on a cluster.
"""

import dataclasses
import shutil

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from metrics.catalogue import load_catalogue
from metrics.measure import measure_all, run, sql, steps
from models.borough import load_borough

INEXACT = ("approx", "percentile_cont(", "percentile_disc(")
NUMBERS = ("numerator", "denominator", "value", "lower", "upper")
KEYS = "metric_id, period_start, area_kind, area_id, breakdown, category"


def as_spark(query):
    (spark,) = sqlglot.transpile(query, read="duckdb", write="spark")
    return spark


def there_and_back(query):
    """A query as Spark would get it, read back from Spark's dialect."""
    return sqlglot.transpile(as_spark(query), read="spark", write="duckdb")[0] if query else query


QUERIES = [
    *(
        pytest.param(query, id=f"{file.metric.id} {part}")
        for file in load_catalogue()
        for part, query in (("n", file.numerator_sql), ("d", file.denominator_sql))
        if query
    ),
    *(pytest.param(step.sql, id=f"step {name}") for name, step in steps.load_steps().items()),
]


@pytest.mark.parametrize("query", QUERIES)
def test_spark_reads_the_same_query(query):
    here, there = (
        sqlglot.parse_one(text, read=dialect)
        for text, dialect in ((query, "duckdb"), (as_spark(query), "spark"))
    )
    assert not any(word in as_spark(query).lower() for word in INEXACT)
    assert here.named_selects == there.named_selects
    for kind in (exp.Join, exp.Window, exp.Group, exp.Where, exp.Case, exp.Distinct):
        assert len(list(here.find_all(kind))) == len(list(there.find_all(kind))), kind
    orders = [
        [
            (o.args.get("desc") or False, o.args.get("nulls_first"))
            for o in tree.find_all(exp.Ordered)
        ]
        for tree in (here, there)
    ]
    assert orders[0] == orders[1], "missing values would be put at the other end"


def test_whole_numbers_are_divided_as_fractions_on_both():
    assert as_spark("select a / 2 as x from t").replace("CAST(a AS DOUBLE)", "a") == (
        "SELECT a / 2 AS x FROM t"
    )
    assert "//" not in "".join(param.values[0] for param in QUERIES)


@pytest.fixture(scope="module")
def copy(demo_home, tmp_path_factory):
    """The measured warehouse of the small borough, to be measured again."""
    path = tmp_path_factory.mktemp("travelled") / "warehouse.duckdb"
    shutil.copy(demo_home / "warehouse.duckdb", path)
    con = duckdb.connect(str(path))
    con.execute("create table here as from observation")
    yield con
    con.close()


def test_every_figure_is_the_same_after_the_journey(copy, monkeypatch):
    gone = {
        name: dataclasses.replace(step, sql=there_and_back(step.sql))
        for name, step in steps.load_steps().items()
    }
    monkeypatch.setattr(steps, "load_steps", lambda: gone)
    query, described = sql.query, sql.described
    monkeypatch.setattr(run.sql, "query", lambda file: there_and_back(query(file)))
    monkeypatch.setattr(run.sql, "described", lambda *given: there_and_back(described(*given)))
    report = measure_all(copy, load_borough("rotherham"))
    assert report.failed == {}
    same = " and ".join(
        f"(h.{n} is not distinct from t.{n} or abs(h.{n} - t.{n}) <= 1e-9 * (1 + abs(h.{n})))"
        for n in NUMBERS
    )
    differ = copy.execute(
        f"select {KEYS} from here h full outer join observation t using ({KEYS})"
        f" where h.status is distinct from t.status or not ({same}) limit 5"
    ).fetchall()
    assert differ == []
