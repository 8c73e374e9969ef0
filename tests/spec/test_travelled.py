"""The SQL travels: turned into Spark's and back, each metric still gives its specified figures."""

import dataclasses

import pytest
import sqlglot

from metrics.catalogue import load_catalogue
from metrics.measure.example import run_example
from models.borough import load_borough

WITH_EXAMPLES = [file for file in load_catalogue() if file.examples]


def there_and_back(sql):
    """A query as Spark would get it, read back from Spark's dialect."""
    if not sql:
        return sql
    (spark,) = sqlglot.transpile(sql, read="duckdb", write="spark")
    (back,) = sqlglot.transpile(spark, read="spark", write="duckdb")
    return back


@pytest.mark.parametrize("file", WITH_EXAMPLES, ids=lambda file: file.metric.id)
def test_meaning_survives_the_journey(file):
    travelled = dataclasses.replace(
        file,
        numerator_sql=there_and_back(file.numerator_sql),
        denominator_sql=there_and_back(file.denominator_sql),
    )
    profile = load_borough("rotherham")
    for example in file.examples:
        assert run_example(travelled, example, profile) == []
