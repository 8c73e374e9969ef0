"""Staging: every file of one extract and layout scanned at once, checked, and split.

Makes, in memory: one table of judged rows per extract (`staging.judged_<extract>`) and a view of
those accepted (`staging.<extract>`), `staging.files` (one row per file), `staging.fault` (one row
per broken rule of a row) and `staging.reject` (rows that could not be split into columns). Nothing
is lost: a file's rows read are its judged rows and its rejects.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import duckdb

from ingest.checks import kept, mark_sql, rules, split_sql, stops, table_sql, view_sql
from ingest.errors import BadFile
from ingest.lines import LONGEST_LINE
from ingest.records import blank_records, blocks
from ingest.source import Source
from models.extract import Extract
from models.extracts import EXTRACTS

BUFFER = 16 << 20
"""Bytes; in a smaller file the scanner sees every record whole."""
MOST_RULES = 62
"""Bits in the sign-free part of a bigint."""


@dataclass(frozen=True)
class Candidate:
    """A readable table and the extract its columns say it is."""

    source: Source
    contract: type[Extract]

    @property
    def key(self) -> str:
        """How staging tables name the file."""
        return str(self.source.path)


def make_tables(con: duckdb.DuckDBPyConnection, candidates: list[Candidate]) -> None:
    """The empty staging tables of every extract, and the list of files."""
    names = ", ".join(_text(c.key) for c in candidates)
    con.execute(f"create type staging.source_file as enum ({names})")
    con.execute(
        "create table staging.files (file staging.source_file, name varchar, extract varchar,"
        " family varchar, content_hash varchar, synthetic boolean, period varchar,"
        " load_id varchar, take boolean, rows_read bigint default 0,"
        " rows_quarantined bigint default 0)"
    )
    con.execute(
        "create table staging.fault (extract varchar, file staging.source_file, ordinal bigint,"
        " bit tinyint, line bigint)"
    )
    con.execute("create table staging.reject (file staging.source_file, line bigint, why varchar)")
    con.executemany(
        "insert into staging.files (file, name, extract, family, content_hash, synthetic)"
        " values (?, ?, ?, ?, ?, ?)",
        [
            (c.key, c.source.part.name, c.contract.extract, c.contract.family,
             c.source.content_hash, c.source.part.found.synthetic)
            for c in candidates
        ],
    )  # fmt: skip
    for contract in EXTRACTS.values():
        con.execute(table_sql(contract))
        con.execute(view_sql(contract))


def stage(con: duckdb.DuckDBPyConnection, candidates: list[Candidate]) -> list[BadFile]:
    """Scan, check and split every file of one extract; returns the files that can't be scanned.

    Parents are staged before the extracts that refer to them.
    """

    def layout(c: Candidate) -> tuple[tuple[str, ...], str]:
        return c.source.header.columns, c.source.header.delimiter

    contract = candidates[0].contract
    if len(rules(contract)) > MOST_RULES:
        raise ValueError(f"{contract.extract} has more than {MOST_RULES} rules")
    _set_latest_day(con)
    bad = []
    for _, alike in groupby(sorted(candidates, key=layout), key=layout):
        bad += _stage_layout(con, list(alike))
    for statement in mark_sql(contract):
        con.execute(statement)
    _list_faults(con, contract)
    return bad


def _set_latest_day(con: duckdb.DuckDBPyConnection) -> None:
    """After this day is the future: today, or a later census day that was sent."""
    con.execute(
        "set variable latest_day = (select greatest(current_date,"
        " (select max(referencedate) from staging.sc_schoolcensus),"
        " (select max(referencedate) from staging.sen2_sen2)))"
    )


def _stage_layout(con: duckdb.DuckDBPyConnection, alike: list[Candidate]) -> list[BadFile]:
    try:
        _scan(con, alike)
    except duckdb.Error as error:
        if len(alike) > 1:
            return [bad for one in alike for bad in _stage_layout(con, [one])]
        return [_unscannable(alike[0], error)]
    return [bad for one in alike if (bad := _lost_rows(con, one))]


def _lost_rows(con: duckdb.DuckDBPyConnection, one: Candidate) -> BadFile | None:
    """A quotation mark that is never closed makes the scanner lose its place in a large file.

    So a file with quotes that is larger than the scanner's buffer is counted a second time.
    """
    source, judged = one.source, f"staging.judged_{one.contract.extract}"
    if not source.quoted or source.path.stat().st_size < BUFFER:
        return None
    [(read,)] = con.execute(
        f"select (select count(*) from {judged} where file = $file)"
        " + (select count(*) from staging.reject where file = $file)",
        {"file": one.key},
    ).fetchall()
    delimiter = source.header.delimiter
    records = sum(len(block.ends) for block in blocks(source.path, delimiter))
    if read == records - 1 - len(blank_records(source.path, delimiter)):
        return None
    con.execute(f"delete from {judged} where file = ?", [one.key])
    con.execute("delete from staging.reject where file = ?", [one.key])
    return BadFile(
        source.part.name,
        "rows that can't be told apart",
        "each quotation mark closed in its own cell",
        "look for a cell with a single quotation mark, put it right and send the file again",
    )


def _unscannable(one: Candidate, error: duckdb.Error) -> BadFile:
    if "no space left" in str(error).lower() or isinstance(error, duckdb.OutOfMemoryException):
        raise error
    # The database's own words may quote the row, so they are not passed on.
    return BadFile(
        one.source.part.name,
        "text that can't be split into rows and columns",
        f"{len(one.source.header.columns)} columns divided by"
        f" {one.source.header.delimiter!r}, in quotes where a cell holds one",
        "export the file again as CSV and send it whole",
    )


def _scan(con: duckdb.DuckDBPyConnection, alike: list[Candidate]) -> None:
    """Read files of one layout into the judged table; rejects are kept aside."""
    head, contract = alike[0].source.header, alike[0].contract
    names = _column_names(head.columns, contract)
    typed = ", ".join(f"{_text(n)}: 'varchar'" for n in names)
    wanted = ", ".join(n if n in names else f"null::varchar as {n}" for n in kept(contract))
    files = ", ".join(_text(c.key) for c in alike)
    raw = (
        f"select filename::staging.source_file as file,"
        f" {wanted} from read_csv([{files}], header = true, auto_detect = false,"
        f" delim = {_text(head.delimiter)}, quote = '\"', escape = '\"', columns = {{{typed}}},"
        f" max_line_size = {LONGEST_LINE}, store_rejects = true, filename = true)"
    )
    con.execute(split_sql(contract, raw))
    con.execute(
        "insert into staging.reject select distinct s.file_path::staging.source_file, e.line,"
        " lower(arg_min(e.error_type::varchar, e.byte_position)) from reject_errors e"
        " join reject_scans s using (scan_id, file_id) group by s.file_path, e.line"
    )
    con.execute("drop table reject_errors; drop table reject_scans")


def _column_names(columns: Iterable[str], contract: type[Extract]) -> list[str]:
    """The file's columns in its order: contract fields by name, the rest passed over."""
    named: list[str] = []
    for position, header in enumerate(columns):
        name = header.lower()
        known = name in contract.model_fields and name not in named
        named.append(name if known else f"other_{position}")
    return named


def _list_faults(con: duckdb.DuckDBPyConnection, contract: type[Extract]) -> None:
    """List each broken rule of each row, and count what became of each file's rows."""
    judged = f"staging.judged_{contract.extract}"
    con.execute(
        f"insert into staging.fault select '{contract.extract}', j.file, j.row_id - r.first_row,"
        f" bit, null from (select file, rowid as row_id, faults from {judged} where faults <> 0) j"
        f" join (select file, min(rowid) as first_row from {judged} group by file) r"
        f" on r.file = j.file cross join range({len(rules(contract))}) bits(bit)"
        " where (j.faults >> bit) & 1 = 1"
    )
    con.execute(
        "update staging.files f set rows_read = n.read, rows_quarantined = n.refused from ("
        " select file, count(*) as read, count(*) filter (where faults & ? <> 0) as refused"
        f" from {judged} group by file) n where n.file = f.file",
        [stops(contract)],
    )


def count_rejects(con: duckdb.DuckDBPyConnection) -> None:
    """Add rows that could not be split into columns to what was read and refused."""
    con.execute(
        "update staging.files f set rows_read = f.rows_read + n.lines,"
        " rows_quarantined = f.rows_quarantined + n.lines from ("
        " select file, count(*) as lines from staging.reject group by file) n"
        " where n.file = f.file"
    )


def make_views(con: duckdb.DuckDBPyConnection) -> None:
    """`staging.ready.<extract>`: accepted rows of the files taken, with load and period."""
    con.execute("create schema staging.ready")
    for name in EXTRACTS:
        con.execute(
            f"create view staging.ready.{name} as select s.*, f.load_id, f.period"
            f" from staging.main.{name} s join staging.main.files f on f.file = s.file"
            " where f.take"
        )


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
