"""What the parts of looking ahead share, and what each must be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pandas as pd

from metrics.methods.futures.history import CannotProject
from models.borough import Borough

Tables = dict[str, pd.DataFrame]


@dataclass
class Outlook:
    """What parts share: the warehouse, the profile, and what earlier parts left for later ones."""

    con: duckdb.DuckDBPyConnection
    profile: Borough
    tables: Tables = field(default_factory=dict)
    """Rows so far, by table."""
    left: dict[str, Any] = field(default_factory=dict)
    """Objects for later parts (simulated futures), by name."""

    def add(self, table: str, rows: pd.DataFrame) -> None:
        """Add rows to a table of OUTLOOK."""
        before = self.tables.get(table)
        self.tables[table] = rows if before is None else pd.concat([before, rows])

    def lean_on(self, name: str) -> Any:
        """What an earlier part left; raises CannotProject where it could not be made."""
        if name not in self.left:
            raise CannotProject("it builds on the borough's futures, and these could not be made")
        return self.left[name]


Part = Callable[[Outlook], None]
