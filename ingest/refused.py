"""Refused rows: at which line they stand, why, and what to do; in the warehouse, without a value.

The lines themselves are sealed in `SEMH_HOME/quarantine` (see `ingest.raw_lines`).
"""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd

from ingest.checks import rules
from ingest.records import blank_records
from ingest.source import Source
from models.extracts import EXTRACTS

REJECT_WORDS = {
    "missing columns": "too few columns",
    "too many columns": "too many columns",
    "unquoted value": "a quotation mark that is not closed",
    "line size over maximum": "a line of more than two million characters",
    "invalid encoding": "bytes that are no text",
}
FIRST_ROW = 2
"""The line of a file's first row: the header is line 1."""


def number_lines(con: duckdb.DuckDBPyConnection, sources: dict[str, Source]) -> None:
    """Give each faulty row its line in the file; what is no row before it pushes it down."""
    con.execute(f"update staging.fault set line = ordinal + {FIRST_ROW}")
    faulty = con.execute("select distinct file::varchar from staging.fault").fetchall()
    for (file,) in faulty:
        passed = _passed_over(con, file, sources[file])
        if len(passed):
            _push_down(con, file, passed)


def _passed_over(con: duckdb.DuckDBPyConnection, file: str, source: Source) -> np.ndarray:
    """Sorted lines of a file that are no row: rejects, and empty lines."""
    rejects = con.execute("select line from staging.reject where file = ?", [file]).fetchnumpy()
    empty = blank_records(source.path, source.header.delimiter)
    return np.unique(np.concatenate([rejects["line"].astype(np.int64), empty]))


def _push_down(con: duckdb.DuckDBPyConnection, file: str, passed: np.ndarray) -> None:
    """The nth row stands below every line passed over that is at most n plus those before."""
    faulty = con.execute(
        "select distinct ordinal, line from staging.fault where file = ?", [file]
    ).df()
    before = np.searchsorted(
        passed - np.arange(len(passed)), faulty["line"].to_numpy(), side="right"
    )
    moved = pd.DataFrame({"ordinal": faulty["ordinal"], "line": faulty["line"] + before})
    con.register("moved_lines", moved)
    con.execute(
        "update staging.fault f set line = m.line from moved_lines m"
        " where f.file = ? and f.ordinal = m.ordinal",
        [file],
    )
    con.unregister("moved_lines")


def list_rules(con: duckdb.DuckDBPyConnection) -> None:
    """`staging.rule`: what each fault bit of each extract means."""
    listed = pd.DataFrame(
        [
            (name, bit, rule.field, rule.found_kind, rule.expected, rule.reason, rule.action,
             contract.owner, rule.quarantines)
            for name, contract in EXTRACTS.items()
            for bit, rule in enumerate(rules(contract))
        ],
        columns=["extract", "bit", "field", "found_kind", "expected", "reason", "action", "owner",
                 "quarantines"],
    )  # fmt: skip
    con.register("rules_listed", listed)
    con.execute("create table staging.rule as select * from rules_listed")
    con.unregister("rules_listed")


def write_quarantine(con: duckdb.DuckDBPyConnection) -> None:
    """Write why each refused row was refused to the `quarantine` table."""
    con.execute(
        "insert into quarantine select f.load_id, f.name, t.line, r.field, r.found_kind,"
        " r.expected, r.reason, r.action, r.owner from staging.fault t"
        " join staging.files f on f.file = t.file"
        " join staging.rule r on r.extract = t.extract and r.bit = t.bit"
        " where f.take and r.quarantines"
    )
    words = pd.DataFrame(REJECT_WORDS.items(), columns=["why", "words"])
    con.register("reject_words", words)
    con.execute(
        "insert into quarantine select f.load_id, f.name, t.line, null,"
        " coalesce(w.words, 'a line that is no row'), 'as many columns as the header',"
        " 'the line can''t be split into the columns of the header',"
        " 'Put the line right and send the file again.', r.owner"
        " from staging.reject t join staging.files f on f.file = t.file"
        " left join reject_words w on w.why = t.why"
        " join (select extract, any_value(owner) as owner from staging.rule group by extract) r"
        " on r.extract = f.extract where f.take"
    )
    con.unregister("reject_words")
