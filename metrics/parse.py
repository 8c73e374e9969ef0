"""Read one metric file: front matter, then a sentence and SQL for numerator and denominator."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from metrics.computed import find_method, load_methods
from metrics.examples import ExampleError, SafeLoader, read_examples
from models.metric import Kind, Metric

_FRONT = re.compile(r"\A\s*/\*(?P<front>.*?)\*/", re.DOTALL)
_SECTION = re.compile(r"^-- (numerator|denominator): *(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Problem:
    """What is wrong with a metric file, and where."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        """File, line and what is wrong, as compilers write it."""
        return f"{self.file}:{self.line}: {self.what}"


class MetricFileError(ValueError):
    """A metric file that cannot be read; carries every problem found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class MetricFile:
    """One metric: what is declared, what people read, and what is run.

    `denominator_sql` is empty where nothing is divided by. `sql` is the whole text after the
    front matter. `lines` gives the line on which each part starts.
    """

    path: Path
    metric: Metric
    numerator_sentence: str
    denominator_sentence: str
    numerator_sql: str
    denominator_sql: str
    sql: str
    examples: list[dict[str, Any]] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def _method_sentence(self) -> str:
        return find_method(self.metric.method).sentence if self.metric.method else ""

    def document(self) -> dict[str, Any]:
        """All a reader may see of the metric, ready for JSON."""
        from metrics.measure.sql import steps_of  # it builds on this module

        return {
            **self.metric.model_dump(mode="json"),
            "method_sentence": self._method_sentence(),
            "numerator": self.numerator_sentence,
            "denominator": self.denominator_sentence,
            "sql": self.sql,
            "steps": [{"name": s.name, "row": s.sentence, "sql": s.sql} for s in steps_of(self)],
            "examples": self.examples,
        }


def read_metric(path: Path) -> MetricFile:
    """Read a metric file and its specification.

    Raises MetricFileError with file and line for each thing that is malformed.
    """
    text = path.read_text(encoding="utf-8")
    found = _FRONT.match(text)
    if found is None:
        raise _error(path, 1, "no front matter: the file must begin with /* key: value … */")
    metric = _front_matter(path, found["front"])
    body = text[found.end() :]
    parts = _sections(path, body, text.count("\n", 0, found.end()))
    _require_sections(path, metric, parts)
    return MetricFile(
        path=path,
        metric=metric,
        numerator_sentence=parts["numerator"][0],
        denominator_sentence=parts["denominator"][0],
        numerator_sql=parts["numerator"][1],
        denominator_sql=parts["denominator"][1],
        sql=body.strip(),
        examples=_examples(path),
        lines=_lines(parts, path.read_text(encoding="utf-8")),
    )


def _error(path: Path, line: int, what: str) -> MetricFileError:
    return MetricFileError([Problem(path.name, line, what)])


def _front_matter(path: Path, front: str) -> Metric:
    try:
        keys = yaml.load(front, Loader=SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "cannot be read"
        line = mark.line + 1 if mark else 1
        raise _error(path, line, f"front matter is not YAML: {what}") from error
    if not isinstance(keys, dict):
        raise _error(path, 1, "front matter must be a list of `key: value` lines")
    keys.setdefault("id", path.stem)
    _agrees(path, front, keys)
    if keys.get("method", "") not in ("", *load_methods()):
        what = f"unknown method {keys['method']!r}; there are {', '.join(sorted(load_methods()))}"
        raise _error(path, _line_of(front, ("method",)), what)
    try:
        return Metric.model_validate(keys)
    except ValidationError as error:
        raise MetricFileError(
            [
                Problem(path.name, _line_of(front, part["loc"]), _plain(part))
                for part in error.errors()
            ]
        ) from error


def _agrees(path: Path, front: str, keys: dict[str, Any]) -> None:
    for key, expected in (("id", path.stem), ("priority", path.parent.name)):
        if key in keys and keys[key] != expected:
            what = f"{key} is {keys[key]!r} but the file is {path.parent.name}/{path.name}"
            raise _error(path, _line_of(front, (key,)), f"{what}; make them agree")


def _line_of(front: str, loc: tuple[int | str, ...]) -> int:
    key = str(loc[0]) if loc else ""
    for number, line in enumerate(front.split("\n"), start=1):
        if line.strip().startswith(f"{key}:"):
            return number
    return 1


def _plain(part: Any) -> str:
    key = ".".join(str(step) for step in part["loc"])
    if part["type"] == "missing":
        return f"{key} is missing: add a line `{key}: …`"
    if part["type"] == "extra_forbidden":
        return f"{key} is not a field of a metric: remove it or correct its spelling"
    return f"{key}: {part['msg']}; found {part['input']!r}"


def _sections(path: Path, body: str, before: int) -> dict[str, tuple[str, str, int]]:
    marks = list(_SECTION.finditer(body))
    parts: dict[str, tuple[str, str, int]] = {}
    for mark, following in zip(marks, [*marks, None][1:], strict=True):
        line = before + body.count("\n", 0, mark.start()) + 1
        if mark[1] in parts:
            raise _error(path, line, f"a second `-- {mark[1]}:`; there must be one")
        more, sql = _leading_comments(body[mark.end() : following.start() if following else None])
        parts[mark[1]] = (" ".join([mark[2].strip(), *more]), sql, line)
    return parts


def _lines(parts: dict[str, tuple[str, str, int]], text: str) -> dict[str, int]:
    """The line on which each part starts, and on which its SQL does (`numerator sql`)."""
    rows, lines = text.split("\n"), dict[str, int]()
    for name, (_, sql, line) in parts.items():
        after = line
        while sql and (not rows[after].strip() or rows[after].startswith("--")):
            after += 1
        lines |= {name: line, f"{name} sql": after + 1}
    return lines


def _leading_comments(text: str) -> tuple[list[str], str]:
    lines = text.lstrip("\n").split("\n")
    comments = []
    while lines and lines[0].startswith("--"):
        comments.append(lines.pop(0).removeprefix("--").strip())
    return comments, "\n".join(lines).strip().rstrip(";")


def _require_sections(path: Path, metric: Metric, parts: dict[str, tuple[str, str, int]]) -> None:
    divides = metric.kind in ("proportion", "rate", "ratio")
    for name in ("numerator", "denominator") if divides else ("numerator",):
        if name not in parts or not parts[name][0]:
            raise _error(path, 1, f"no `-- {name}: sentence`: say what it is in plain words")
    parts.setdefault("denominator", ("", "", parts["numerator"][2]))
    if not parts["numerator"][1]:
        raise _error(path, parts["numerator"][2], "no SQL after the numerator's sentence")
    if metric.kind is not Kind.COMPUTED and divides != bool(parts["denominator"][1]):
        what = "needs SQL after" if divides else "has nothing to divide by; remove the SQL after"
        line = parts["denominator"][2]
        raise _error(path, line, f"kind {metric.kind} {what} the denominator's sentence")


def _examples(path: Path) -> list[dict[str, Any]]:
    spec = path.with_suffix(".spec.yaml")
    if not spec.is_file():
        return []
    try:
        return read_examples(spec)
    except ExampleError as error:
        raise MetricFileError([Problem(spec.name, error.line, str(error))]) from error
