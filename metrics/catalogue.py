"""The catalogue: every metric there is, read from `metrics/<priority>/<metric>.sql`.

Adding a `.sql` file with its specification beside it is all it takes to add a metric.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import duckdb

from metrics.parse import MetricFile, MetricFileError, Problem, read_metric
from models.borough import Borough
from models.metric import PRIORITY_TITLES

ROOT = Path(__file__).resolve().parent

__all__ = ["MetricFile", "Problem", "check_catalogue", "find_metric", "load_catalogue"]


def load_catalogue(root: Path = ROOT) -> list[MetricFile]:
    """Every metric that can be read, by priority and then by id.

    A malformed file is left out; `check_catalogue` says what is wrong with it.
    """
    return _read(root)[0]


def find_metric(metric_id: str, root: Path = ROOT) -> MetricFile:
    """The metric of that id.

    Raises KeyError naming the metrics there are, or MetricFileError if its file is malformed.
    """
    for path in _paths(root):
        if path.stem == metric_id:
            return read_metric(path)
    known = ", ".join(path.stem for path in _paths(root))
    raise KeyError(f"no metric {metric_id!r}; there are: {known}")


def check_catalogue(root: Path = ROOT, profile: Borough | None = None) -> list[Problem]:
    """Every problem in every metric file, with file and line; empty when all are sound.

    Looks for missing or unknown fields, unknown source tables, a missing specification,
    duplicate ids, SQL that does not parse, run or travel, and results of the wrong shape. With a
    borough's profile the specifications are run as well, and one that does not hold is told.
    """
    from metrics.binding import check_binding, check_steps, empty_warehouse
    from metrics.check import check_metric  # the check needs measure, which needs the catalogue

    files, problems = _read(root)
    problems += check_steps()
    with closing(empty_warehouse()) as con:
        for file in files:
            found = check_metric(file) or list(check_binding(con, file))
            problems += found or (_broken_promises(file, profile) if profile else [])
    return problems


def _broken_promises(file: MetricFile, profile: Borough) -> list[Problem]:
    """Each example of the specification that is not what is measured."""
    from metrics.measure.example import run_example

    spec = file.path.with_suffix(".spec.yaml")
    text, problems = spec.read_text(encoding="utf-8"), []
    for example in file.examples:
        try:
            differences = run_example(file, example, profile)
        except (duckdb.Error, ValueError) as error:
            differences = [str(error).strip().splitlines()[0]]
        line = text.count("\n", 0, max(0, text.find(example["example"]))) + 1
        problems += [Problem(spec.name, line, f"does not hold: {what}") for what in differences]
    return problems


def _paths(root: Path) -> list[Path]:
    return [
        path for priority in PRIORITY_TITLES for path in sorted((root / priority).glob("*.sql"))
    ]


def _read(root: Path) -> tuple[list[MetricFile], list[Problem]]:
    files: dict[str, MetricFile] = {}
    problems: list[Problem] = []
    for path in _paths(root):
        try:
            file = read_metric(path)
        except MetricFileError as error:
            problems += error.problems
            continue
        if (twin := files.get(file.metric.id)) is not None:
            other = f"{twin.path.parent.name}/{twin.path.name}"
            problems.append(Problem(path.name, 1, f"duplicate id: {other} has it; rename one"))
            continue
        files[file.metric.id] = file
    return list(files.values()), problems
