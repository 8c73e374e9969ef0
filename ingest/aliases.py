"""How suppliers spell the columns of an extract: one small file, which a council can edit.

`data/reference/column_aliases.yaml` is shipped; `SEMH_HOME/column_aliases.yaml` wins over it. Both
say `supplier: extract: header: field`. A header is compared without regard to case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from ingest.names import shown
from models.errors import SemhError
from models.extract import Extract
from models.extracts import EXTRACTS
from models.settings import Settings

SHIPPED = Path(__file__).parents[1] / "data" / "reference" / "column_aliases.yaml"
LARGEST = 1 << 20


@dataclass(frozen=True)
class Aliases:
    """For each extract, other spellings of its columns."""

    by_extract: dict[str, dict[str, str]] = field(default_factory=dict)

    def named(self, contract: type[Extract], columns: tuple[str, ...]) -> tuple[str, ...]:
        """The columns in lower case, each under the contract's own name where it has one.

        A column that is there under its own name is never taken from another.
        """
        plain = [name.strip().lower() for name in columns]
        known = self.by_extract.get(contract.extract, {})
        taken = {name for name in plain if name in contract.model_fields}
        named = []
        for name in plain:
            means = known.get(name)
            if name not in contract.model_fields and means and means not in taken:
                taken.add(means)
                name = means
            named.append(name)
        return tuple(named)

    def spellings(self, contract: type[Extract], name: str) -> list[str]:
        """Every spelling of one of the contract's columns, in lower case."""
        known = self.by_extract.get(contract.extract, {})
        return [name, *(header for header, means in known.items() if means == name)]


def load_aliases(settings: Settings) -> Aliases:
    """The aliases that are shipped, and the council's own over them.

    Raises SemhError, naming file and line, where a file is not as it should be.
    """
    merged: dict[str, dict[str, str]] = {}
    for path in (SHIPPED, settings.home / SHIPPED.name):
        if path.is_file():
            for extract, known in read_aliases(path).items():
                merged.setdefault(extract, {}).update(known)
    return Aliases(merged)


def read_aliases(path: Path) -> dict[str, dict[str, str]]:
    """Extract to header to field, from one file; later lines win over earlier ones.

    Raises SemhError where the file is no YAML, or names what no contract has.
    """
    if path.stat().st_size > LARGEST:
        raise SemhError(f"{path} is over a megabyte.", "keep only the spellings that are needed")
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        raise _bad(path, mark.line if mark else 0, "it is not YAML", SHAPE) from error
    known: dict[str, dict[str, str]] = {}
    for _, extracts in _pairs(path, root):
        for extract, columns in _pairs(path, extracts):
            contract = _contract(path, extract)
            for header, means in _pairs(path, columns):
                pair = _alias(path, contract, header, means)
                known.setdefault(contract.extract, {}).update([pair])
    return known


SHAPE = "write it as supplier: extract: header: field, each level indented under the one above"


def _pairs(path: Path, node: yaml.Node | None) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    if node is None:
        return
    if not isinstance(node, yaml.MappingNode):
        raise _bad(path, node.start_mark.line, "it is not `name: value`", SHAPE)
    yield from node.value


def _contract(path: Path, node: yaml.Node) -> type[Extract]:
    if node.value not in EXTRACTS:
        raise _bad(
            path, node.start_mark.line, f"there is no extract {_value(node)}",
            "use one that semh template lists",
        )  # fmt: skip
    return EXTRACTS[node.value]


def _alias(
    path: Path, contract: type[Extract], header: yaml.Node, means: yaml.Node
) -> tuple[str, str]:
    line = header.start_mark.line
    if not isinstance(means, yaml.ScalarNode) or means.value not in contract.model_fields:
        raise _bad(
            path, line, f"{contract.extract} has no field {_value(means)}",
            f"use one that semh template {contract.extract} lists",
        )  # fmt: skip
    if not isinstance(header, yaml.ScalarNode) or not header.value.strip():
        raise _bad(path, line, "the header is no text", SHAPE)
    name = header.value.strip().lower()
    if name in contract.model_fields and name != means.value:
        raise _bad(
            path, line, f"{_value(header)} is itself a field of {contract.extract}",
            "take the line out: a column is never read under another's name",
        )  # fmt: skip
    return name, means.value


def _value(node: yaml.Node) -> str:
    return (
        repr(shown(str(node.value))[:60]) if isinstance(node, yaml.ScalarNode) else "of that kind"
    )


def _bad(path: Path, line: int, problem: str, fix: str) -> SemhError:
    return SemhError(f"{path}, line {line + 1}: {problem}.", fix)
