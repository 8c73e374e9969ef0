"""Refused rows: why and what to do in the warehouse, the rows themselves in a restricted folder.

The `quarantine` table never holds a value. The raw lines go to `SEMH_HOME/quarantine/<load>.csv`,
readable by the owner only.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from ingest.checks import rules
from ingest.source import Source
from ingest.workbench import Workbench
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


def number_lines(con: duckdb.DuckDBPyConnection) -> None:
    """Give each faulty row its line in the file; rejects before it push it down."""
    con.execute(f"update staging.fault set line = ordinal + {FIRST_ROW}")
    rejects = con.execute(
        "select file::varchar as file, list(line order by line) as lines"
        " from staging.reject group by file"
    ).fetchall()
    for file, lines in rejects:
        _push_down(con, file, np.array(lines))


def _push_down(con: duckdb.DuckDBPyConnection, file: str, rejects: np.ndarray) -> None:
    """The nth accepted row stands below every reject whose line is at most n plus those before."""
    faulty = con.execute(
        "select distinct ordinal, line from staging.fault where file = ?", [file]
    ).df()
    before = np.searchsorted(
        rejects - np.arange(len(rejects)), faulty["line"].to_numpy(), side="right"
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


def write_raw_lines(bench: Workbench, sources: dict[str, Source]) -> list[Path]:
    """Put the refused lines of each load in the restricted folder; returns the files written."""
    rows = bench.con.execute(
        "select f.file::varchar, f.load_id, q.line,"
        " string_agg(distinct q.reason, '; ' order by q.reason)"
        " from quarantine q join staging.files f on f.load_id = q.load_id where f.take"
        " group by f.file, f.load_id, q.line order by f.load_id"
    ).fetchall()
    by_load = {load: (file, {}) for file, load, *_ in rows}  # type: ignore[var-annotated]
    for _, load, line, reasons in rows:
        by_load[load][1][line] = reasons
    return [_write(bench, sources[f], load, why) for load, (f, why) in by_load.items()]


def _write(bench: Workbench, source: Source, load_id: str, reasons: dict[int, str]) -> Path:
    folder = bench.settings.quarantine
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{load_id}.csv"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(handle, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("line", "reasons", "raw"))
        for line, text in _raw_lines(source.path):
            if line in reasons:
                writer.writerow((line, reasons[line], text))
    return path


def _raw_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Every record's number, counting the header as 1, and its text as it came.

    A quoted cell may hold line ends, so lines are joined until their quotes pair up.
    """
    number, held = 0, ""
    with path.open(encoding="utf-8-sig", errors="replace", newline=None) as text:
        for line in text:
            held += line
            if held.count('"') % 2 and len(held) < 1 << 21:
                continue
            number += 1
            yield number, held.rstrip("\n")
            held = ""
    if held:
        yield number + 1, held.rstrip("\n")


def sweep(bench: Workbench) -> None:
    """Remove raw lines of loads that were never finished."""
    if not bench.settings.quarantine.is_dir():
        return
    known = {row[0] for row in bench.con.execute("select load_id from load").fetchall()}
    for path in bench.settings.quarantine.glob("*.csv"):
        if path.stem not in known:
            path.unlink()
