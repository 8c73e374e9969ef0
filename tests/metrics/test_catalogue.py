"""The catalogue: what is there is sound, and what is malformed is said with file and line."""

import json
import re

import pytest
import sqlglot

from metrics.catalogue import check_catalogue, find_metric, load_catalogue
from metrics.measure import explain
from metrics.measure.steps import load_steps
from models.borough import load_borough
from models.metric import PRIORITY_TITLES

GOOD = """/*
title: Pupils
priority: demand
question: How many pupils are there?
kind: count
unit: pupils
polarity: none
period: census
no_comparator: A test.
sources: [pupil_census]
population: Pupils.
*/
-- numerator: pupils on roll in January
select census_date as on_date, person_id from january_roll
"""
SPEC = """- example: One pupil
  given:
    pupil_census: |
      census_date | person_id | enrol_status | on_roll
      2025-01-16  | Amy       | C            | yes
  expect: |
    period       | value
    January 2025 | 1
"""


@pytest.fixture
def folder(tmp_path):
    """A catalogue of one good metric, to be spoilt."""
    for priority in PRIORITY_TITLES:
        (tmp_path / priority).mkdir()
    (tmp_path / "demand" / "pupils.sql").write_text(GOOD, encoding="utf-8")
    (tmp_path / "demand" / "pupils.spec.yaml").write_text(SPEC, encoding="utf-8")
    return tmp_path


def _spoil(folder, old, new):
    path = folder / "demand" / "pupils.sql"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_every_metric_of_the_project_is_sound():
    assert [str(problem) for problem in check_catalogue()] == []


def test_the_good_file_has_no_problem(folder):
    assert check_catalogue(folder) == []
    assert [file.metric.id for file in load_catalogue(folder)] == ["pupils"]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("unit: pupils\n", "", 1, "unit is missing"),
        ("unit: pupils\n", "unit: pupils\ncolour: red\n", 7, "colour is not a field"),
        ("kind: count", "kind: sum", 5, "kind"),
        ("kind: count", "kind: [", 7, "front matter"),
        ("sources: [pupil_census]", "sources: [pupils]", 1, "unknown source 'pupils'"),
        ("from january_roll", "from live_suspension", 13, "reads suspension"),
        ("from january_roll", "from pupil_census", 13, "read live_pupil_census"),
        ("from january_roll", "from nowhere", 13, "unknown table 'nowhere'"),
        ("select census_date as on_date,", "select", 13, "must yield 'on_date'"),
        ("person_id from", "person_id, name from", 13, "column 'name'"),
        ("as on_date, person_id from", "as on_date from (", 14, "does not parse"),
        ("select census_date as on_date, person_id", "select *", 13, "instead of selecting *"),
        ("-- numerator:", "-- counted:", 1, "no `-- numerator: sentence`"),
        ("priority: demand", "priority: cost", 3, "priority is 'cost'"),
        ("title: Pupils", "id: other", 2, "id is 'other'"),
        ("kind: count", "kind: money", 13, "must yield 'amount'"),
        ("kind: count", "kind: rate", 1, "no `-- denominator: sentence`"),
        ("person_id from", "median(x) as person_id from", 13, "approximate on Spark"),
        ("period: census", "period: census\nbreakdowns: [source]", 14, "breakdown 'source'"),
        ("period: census", "period: census\nbreakdowns: [provision]", 14, "keys provision_id"),
        ("period: census", "period: census\nstatistic_of: places", 14, "the rows name people"),
        ("period: census", "period: census\nshares: [sex]", 1, "only a proportion has shares"),
        ("/*", "", 1, "no front matter"),
        ("person_id from", "person as person_id from", 14, "does not run"),
        ("census_date as on_date", "person_id as on_date", 13, "on_date of the numerator is"),
        ("kind: count", "kind: computed\nmethod: none_such", 6, "unknown method 'none_such'"),
        ("kind: count", "kind: computed", 1, "needs a method"),
        ("kind: count", "kind: computed\nmethod: flows", 14, "must yield 'before'"),
    ],
)
def test_a_malformed_file_is_told_with_its_line(folder, old, new, line, words):
    _spoil(folder, old, new)
    problems = check_catalogue(folder)
    found = [p for p in problems if words in p.what]
    assert found, [str(p) for p in problems]
    assert found[0].file == "pupils.sql"
    assert found[0].line == line
    assert str(found[0]).startswith(f"pupils.sql:{line}: ")


def test_a_metric_without_a_specification_is_told(folder):
    (folder / "demand" / "pupils.spec.yaml").unlink()
    assert any("pupils.spec.yaml" in problem.what for problem in check_catalogue(folder))


def test_a_malformed_specification_is_told(folder):
    spec = folder / "demand" / "pupils.spec.yaml"
    spec.write_text(SPEC.replace("Amy       |", "Amy"), encoding="utf-8")
    (problem,) = check_catalogue(folder)
    assert problem.file == "pupils.spec.yaml"
    assert "3 cells" in problem.what


def test_a_specification_that_does_not_hold_is_told(folder):
    spec = folder / "demand" / "pupils.spec.yaml"
    spec.write_text(SPEC.replace("| 1\n", "| 2\n"), encoding="utf-8")
    assert check_catalogue(folder) == []
    (problem,) = check_catalogue(folder, profile=load_borough("rotherham"))
    assert (problem.file, problem.line) == ("pupils.spec.yaml", 1)
    assert "value is 1.0, expected 2" in problem.what


def test_a_duplicate_id_is_told_and_the_first_stays(folder):
    (folder / "cost" / "pupils.sql").write_text(
        GOOD.replace("priority: demand", "priority: cost"), encoding="utf-8"
    )
    (problem,) = check_catalogue(folder)
    assert "duplicate id" in problem.what
    assert [file.metric.priority for file in load_catalogue(folder)] == ["demand"]


def test_one_bad_file_does_not_hide_the_others(folder):
    (folder / "cost" / "broken.sql").write_text("select", encoding="utf-8")
    assert [file.metric.id for file in load_catalogue(folder)] == ["pupils"]


def test_an_unknown_metric_names_those_there_are():
    with pytest.raises(KeyError, match="semh_suspension_rate"):
        find_metric("no_such_metric")


@pytest.mark.parametrize("file", load_catalogue(), ids=lambda file: file.metric.id)
def test_a_document_says_all_a_reader_needs(file):
    document = json.loads(json.dumps(file.document()))
    for key in ("title", "question", "population", "numerator", "sql", "examples"):
        assert document[key]
    if document["kind"] == "computed":
        assert document["method_sentence"]
    else:
        divides = document["kind"] in ("proportion", "rate", "ratio")
        assert bool(document["denominator"]) == divides
    assert document["comparator"] or document["no_comparator"]
    assert not re.search(r"[.!?]$", document["title"])


def test_each_of_four_priorities_has_two_metrics_or_more():
    count = {}
    for file in load_catalogue():
        count[file.metric.priority] = count.get(file.metric.priority, 0) + 1
    assert min(count[p] for p in ("demand", "sufficiency", "cost", "outcomes")) >= 2
    assert set(count) == set(PRIORITY_TITLES)


@pytest.mark.parametrize("file", load_catalogue(), ids=lambda file: file.metric.id)
def test_the_full_sql_is_plain_enough_for_spark(file):
    sql = explain(file.metric.id)
    (spark,) = sqlglot.transpile(sql, read="duckdb", write="spark")
    sqlglot.parse_one(spark, read="spark")
    assert "approx" not in spark.lower()
    for name in (step["name"] for step in file.document()["steps"]):
        assert f"{name} as (" in sql


def test_every_step_says_what_its_row_is_and_is_used():
    used = {step["name"] for file in load_catalogue() for step in file.document()["steps"]}
    for name, step in load_steps().items():
        assert step.sentence.startswith(("One row per", "One row:", "The attendance codes"))
        assert name in used
