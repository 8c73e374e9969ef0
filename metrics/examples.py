"""Executable specifications: tiny tables in, expected observations out.

A specification is a list of examples. Tables are written as people draw them, with bars:

    - example: Two pupils of three were suspended
      data_to: 2025-07-31
      given:
        suspension: |
          start_date | person_id | urn
          2024-11-04 | Amy       | 900001
      expect: |
        period  | value
        2024/25 | 66.7

`data_to` is the day the given data are complete to. A column `times` repeats a row; each repeat
is another person. A blank cell is nothing known; `yes` and `no` are true and false.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Reads the same as `yaml.safe_load`; in C, ten times faster, where the system has libyaml."""


class ExampleError(ValueError):
    """A specification that cannot be read."""

    def __init__(self, what: str, line: int = 1) -> None:
        super().__init__(what)
        self.line = line


def read_examples(path: Path) -> list[dict[str, Any]]:
    """Read a specification as a list of `{example, data_to, given, expect}`, ready for JSON.

    `given` maps each table to its rows and `expect` is rows; every cell is text, number, boolean
    or None. Raises ExampleError saying which example is malformed.
    """
    try:
        examples = yaml.load(path.read_text(encoding="utf-8"), Loader=SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ExampleError(f"not YAML: {error}", mark.line + 1 if mark else 1) from error
    if not isinstance(examples, list) or not examples:
        raise ExampleError("a specification is a list of at least one `- example: …`")
    return [_example(number, example) for number, example in enumerate(examples, start=1)]


def _example(number: int, example: Any) -> dict[str, Any]:
    known = {"example", "data_to", "given", "expect"}
    if not isinstance(example, dict) or not {"example", "given", "expect"} <= example.keys():
        raise ExampleError(f"example {number} needs `example`, `given` and `expect`")
    if strange := example.keys() - known:
        raise ExampleError(f"example {number} has {sorted(strange)}; it may have {sorted(known)}")
    data_to = example.get("data_to")
    return {
        "example": str(example["example"]),
        "data_to": data_to.isoformat() if isinstance(data_to, date) else data_to,
        "given": {name: table(text) for name, text in (example["given"] or {}).items()},
        "expect": table(example["expect"]),
    }


def table(text: str) -> list[dict[str, Any]]:
    """Rows of a table drawn with bars; the first line names the columns.

    Raises ExampleError for a line with another number of cells than the first.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    header, *body = [[cell.strip() for cell in line.split("|")] for line in lines]
    for cells in body:
        if len(cells) != len(header):
            raise ExampleError(f"{len(cells)} cells in {' | '.join(cells)!r}, not {len(header)}")
    return [dict(zip(header, map(_cell, cells), strict=True)) for cells in body]


def _cell(text: str) -> str | float | int | bool | None:
    words: dict[str, bool | None] = {"": None, "yes": True, "no": False}
    if text in words:
        return words[text]
    for number in (int, float):
        try:
            return number(text)
        except ValueError:
            continue
    return text
