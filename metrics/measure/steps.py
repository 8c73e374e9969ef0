"""Shared steps: named queries that several metrics build on, one `.sql` file each.

A metric or a step uses a step by its name, as if it were a table. They are made once per run, in
order of need, and printed as named common table expressions by `explain`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import sqlglot
from sqlglot import exp

from metrics.measure.described import DESCRIBED
from models.warehouse import FACTS

FOLDER = Path(__file__).resolve().parent / "steps"


@dataclass(frozen=True)
class Step:
    """A named query and the sentence that says what one of its rows is."""

    name: str
    sentence: str
    sql: str
    comment_lines: int = 0

    @property
    def uses(self) -> frozenset[str]:
        """The tables, views and steps it reads."""
        return tables_of(self.sql)


@cache
def load_steps() -> dict[str, Step]:
    """Every shared step by name: those of the folder, and those that put codes into words."""
    described = {name: Step(name, *told) for name, told in DESCRIBED.items()}
    return {path.stem: _step(path) for path in sorted(FOLDER.glob("*.sql"))} | described


def _step(path: Path) -> Step:
    lines = path.read_text(encoding="utf-8").splitlines()
    comment = [line for line in lines if line.startswith("--")]
    sql = [line for line in lines if not line.startswith("--")]
    sentence = " ".join(line.removeprefix("--").strip() for line in comment)
    return Step(path.stem, sentence, "\n".join(sql).strip(), len(comment))


def tables_used(tree: exp.Expr) -> set[str]:
    """Names of the tables a query reads, without those it defines itself."""
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    return {table.name for table in tree.find_all(exp.Table)} - own


@cache
def tables_of(sql: str) -> frozenset[str]:
    """Names of the tables a query reads; each query is parsed once."""
    return frozenset(tables_used(sqlglot.parse_one(sql, read="duckdb")))


def facts_used(tables: set[str]) -> set[str]:
    """The fact tables behind those names, through views and steps."""
    behind = tables | {name for step in needed(tables) for name in step.uses}
    return {fact for fact in FACTS if f"live_{fact}" in behind}


def needed(tables: set[str]) -> list[Step]:
    """The steps behind those names, each after the steps it builds on."""
    steps = load_steps()
    order: dict[str, Step] = {}

    def add(name: str) -> None:
        if name in steps and name not in order:
            for other in sorted(steps[name].uses):
                add(other)
            order[name] = steps[name]

    for name in sorted(tables):
        add(name)
    return list(order.values())
