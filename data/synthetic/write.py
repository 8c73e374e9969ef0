"""Writing files: each in the columns its contract lists for that year and term, and no others."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

from models.extracts import EXTRACTS

MULTIPLIER = 2654435761


class Writer:
    """Writes extracts from tables held in memory; counts what it wrote."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.con = duckdb.connect()
        self.con.execute("set preserve_insertion_order = true")
        self.rows: dict[str, int] = {}

    def table(self, name: str, frame: pd.DataFrame) -> None:
        """Hold a frame as a table with `seq`, its row order."""
        self.con.register("incoming", frame)
        self.con.execute(
            f"create or replace table {name} as"
            " select row_number() over () - 1 as seq, * from incoming"
        )
        self.con.unregister("incoming")

    def write(
        self,
        extract: str,
        file: str,
        source: str,
        values: dict[str, str],
        *,
        year: int | None = None,
        term: str | None = None,
        order: str = "seq",
    ) -> None:
        """Write one file: `values` maps fields to SQL over `source`; other fields are blank.

        Raises KeyError when `values` names a field the contract does not have at all.
        """
        contract = EXTRACTS[extract]
        unknown = set(values) - set(contract.columns())
        if unknown:
            raise KeyError(f"{extract} has no field {sorted(unknown)}")
        layout = contract.layout(year, term)
        columns = ", ".join(f'{values.get(n, "null")} as "{h}"' for n, h in layout.items())
        path = self.out / file
        path.parent.mkdir(parents=True, exist_ok=True)
        target = path.as_posix().replace("'", "''")
        done = self.con.execute(
            f"copy (select {columns} from {source} order by {order}) to '{target}'"
            " (format csv, header, delimiter ',')"
        ).fetchall()
        self.rows[file] = int(done[0][0])


def day(name: str) -> str:
    """SQL for a COLLECT date from days since 1970; blank when negative or missing."""
    return (
        f"case when {name} >= 0 then"
        f" strftime(date '1970-01-01' + cast({name} as integer), '%Y-%b-%d 00:00:00') end"
    )


def iso_day(name: str) -> str:
    """SQL for an ISO date from days since 1970; blank when negative or missing."""
    return (
        f"case when {name} >= 0 then"
        f" strftime(date '1970-01-01' + cast({name} as integer), '%Y-%m-%d') end"
    )


def key(number: str, salt: int) -> str:
    """SQL for a table key: different numbers below 2**32 become different hexadecimal texts."""
    return f"printf('%08x', (cast({number} as bigint) * {MULTIPLIER} + {salt}) % 4294967296)"


def flag(name: str) -> str:
    """SQL for a COLLECT flag, False or True."""
    return f"case when {name} then 'True' else 'False' end"


def text(name: str) -> str:
    """SQL for a text that is blank when empty."""
    return f"nullif({name}, '')"
