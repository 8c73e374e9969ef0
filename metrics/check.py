"""Checks on a metric file that has been read: its sources, its SQL, the shape of its result."""

from __future__ import annotations

from collections.abc import Iterator

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from metrics.computed import load_methods
from metrics.measure.dimensions import CONFORMED, LOOKUPS
from metrics.measure.steps import facts_used, load_steps, tables_used
from metrics.parse import MetricFile, Problem
from models.warehouse import DIMENSIONS, FACTS

KEYS = ("on_date", "person_id", "urn", "provision_id")
MEASURED = {
    "money": "amount",
    "ratio": "amount",
    "mean": "value",
    "quantile": "value",
}
"""Which column a row must bring besides its date and keys, by kind of metric."""

_INEXACT = (exp.Median, exp.Quantile, exp.PercentileCont, exp.ApproxQuantile, exp.ApproxDistinct)


def check_metric(file: MetricFile) -> list[Problem]:
    """Every problem of one metric file; empty when it is sound."""
    problems = [*_check_sources(file), *_check_example(file)]
    for part in ("numerator", "denominator"):
        sql = file.numerator_sql if part == "numerator" else file.denominator_sql
        if sql:
            problems += _check_sql(file, part, sql)
    return problems


def _problem(file: MetricFile, part: str, what: str) -> Problem:
    return Problem(file.path.name, file.lines.get(part, 1), what)


def _check_example(file: MetricFile) -> Iterator[Problem]:
    if not file.examples:
        spec = file.path.with_suffix(".spec.yaml").name
        yield _problem(file, "front", f"no specification: write {spec} beside it")


def _check_sources(file: MetricFile) -> Iterator[Problem]:
    for source in file.metric.sources:
        if source not in FACTS:
            known = ", ".join(FACTS)
            yield _problem(file, "front", f"unknown source {source!r}; the facts are {known}")
    if not file.metric.sources:
        yield _problem(file, "front", "no sources: name the tables it reads, without live_")


def _check_sql(file: MetricFile, part: str, sql: str) -> list[Problem]:
    try:
        tree = sqlglot.parse_one(sql, read="duckdb")
        sqlglot.transpile(sql, read="duckdb", write="spark")
    except SqlglotError as error:
        errors = getattr(error, "errors", None) or [{}]
        line = file.lines[f"{part} sql"] + int(errors[0].get("line") or 1) - 1
        return [Problem(file.path.name, line, f"SQL does not parse: {str(error).splitlines()[0]}")]
    return [
        _problem(file, part, what)
        for what in (*_unknown_tables(file, tree), *_shape(file, part, tree), *_inexact(tree))
    ]


def _unknown_tables(file: MetricFile, tree: exp.Expr) -> Iterator[str]:
    allowed = {*(f"live_{fact}" for fact in FACTS), *DIMENSIONS, *load_steps(), "calendar_day"}
    used = tables_used(tree)
    for name in sorted(used - allowed):
        hint = f"; read live_{name}" if name in FACTS else ""
        yield f"unknown table {name!r}{hint}"
    for fact in sorted(facts_used(used) - set(file.metric.sources)):
        yield f"reads {fact}, which is not among the sources of the front matter"


def _shape(file: MetricFile, part: str, tree: exp.Expr) -> Iterator[str]:
    columns = tree.named_selects if isinstance(tree, exp.Query) else []
    if "*" in columns:
        yield f"the {part} must name its columns instead of selecting *"
        return
    brings = _brings(file, part)
    needed = ["on_date", *([m] if (m := MEASURED.get(file.metric.kind)) else []), *brings]
    for name in needed:
        if name not in columns:
            yield f"wrong shape: the {part} of a {file.metric.kind} must yield {name!r}"
    known = {*KEYS, *LOOKUPS, *MEASURED.values(), *file.metric.breakdowns, *brings}
    for name in columns:
        if name not in known:
            yield f"wrong shape: column {name!r} is neither a key, a measure nor a breakdown"
    if "person_id" in columns and file.metric.statistic_of == "places":
        yield "statistic_of places, yet the rows name people: remove one of the two"
    yield from _breakdowns(file, part, columns)


def _brings(file: MetricFile, part: str) -> tuple[str, ...]:
    """The columns a computed metric's method asks of its rows."""
    method = load_methods().get(file.metric.method)
    return method.columns(part) if method else ()


def _breakdowns(file: MetricFile, part: str, columns: list[str]) -> Iterator[str]:
    method = load_methods().get(file.metric.method)
    for name in file.metric.breakdowns:
        if (method and name in method.makes) or _of_the_whole(file, part, name):
            continue
        dimension = CONFORMED.get(name)
        if name in columns or (dimension and any(key in columns for key in dimension.keys)):
            continue
        needs = f"one of the keys {', '.join(dimension.keys)}" if dimension else "that column"
        yield f"breakdown {name!r} cannot be made: the {part} must yield {needs}"


def _of_the_whole(file: MetricFile, part: str, name: str) -> bool:
    return part == "denominator" and name in file.metric.shares


def _inexact(tree: exp.Expr) -> Iterator[str]:
    for node in tree.find_all(*_INEXACT):
        yield f"{node.sql()!r} is approximate on Spark: use kind quantile, which stays exact"
