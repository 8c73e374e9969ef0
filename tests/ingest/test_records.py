"""Records of a text table: the same as DuckDB's own, whatever quotes and line ends there are."""

import csv
import io
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import records
from ingest.records import blank_records, blocks, pick

CASES = {
    "plain": ("a,b,c\n1,2,3\n4,5,6\n", ["1,2,3", "4,5,6"]),
    "empty lines": ("a,b,c\n1,2,3\n\n4,5,6\n", ["1,2,3", "", "4,5,6"]),
    "no last line end": ("a,b,c\n1,2,3\n4,5,6", ["1,2,3", "4,5,6"]),
    "windows": ("a,b,c\r\n1,2,3\r\n\r\n4,5,6\r\n", ["1,2,3", "", "4,5,6"]),
    "old mac": ("a,b,c\r1,2,3\r4,5,6\r", ["1,2,3", "4,5,6"]),
    "cells with line ends": ('a,b,c\n1,"two\n\nlines",3\n4,5,6\n', ['1,"two\n\nlines",3', "4,5,6"]),
    "a cell that closes and opens": (
        'a,b,c\n1,"x\ny","z\nw"\n4,5,6\n',
        ['1,"x\ny","z\nw"', "4,5,6"],
    ),
    "a stray quote": ('a,b,c\n1,5" pipe,3\n4,5,6\n', ['1,5" pipe,3', "4,5,6"]),
    "quoted quotes": ('a,b,c\n1,"5"" pipe",3\n4,5,6\n', ['1,"5"" pipe",3', "4,5,6"]),
    "never closed": ('a,b,c\n1,2,3\n1,"open,3\n4,5,6\n', ["1,2,3", '1,"open,3\n4,5,6']),
    "text after a quote": ('a,b,c\n1,"x"y",3\n4,5,6\n', ['1,"x"y",3', "4,5,6"]),
}


def _write(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_bytes(text.encode())
    return path


def _all(path: Path) -> list[str]:
    return [block.text(at) for block in blocks(path, ",") for at in range(len(block.ends))][1:]


@pytest.mark.parametrize("name", CASES)
def test_records_of_known_tables(tmp_path: Path, name: str) -> None:
    text, expected = CASES[name]
    path = _write(tmp_path, text)
    assert _all(path) == expected
    blanks = [n for n, record in enumerate(expected, start=2) if not record]
    assert blank_records(path, ",").tolist() == blanks
    wanted = np.arange(2, len(expected) + 2)
    assert list(pick(path, ",", wanted)) == list(enumerate(expected, start=2))


cell = st.text(st.sampled_from('ab"\n, é'), max_size=6)


@given(rows=st.lists(st.tuples(cell, cell, st.just("x")), min_size=1, max_size=12))
def test_any_table_written_as_csv_is_cut_into_its_rows(tmp_path_factory, rows) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([("a", "b", "c"), *rows])
    path = _write(tmp_path_factory.mktemp("any"), text.getvalue())
    read = [next(csv.reader(io.StringIO(record))) for record in _all(path)]
    assert read == [list(row) for row in rows]


def test_numbers_are_those_of_the_database(tmp_path: Path) -> None:
    text = 'a,b,c\n1,"x\ny",3\n\n7,8\n1,2,3\n\n\n1,"z"z,3\n9\n'
    path = _write(tmp_path, text)
    with duckdb.connect() as con:
        con.execute(
            "from read_csv(?, header=true, auto_detect=false, delim=',', quote='\"', escape='\"',"
            " columns={a: 'varchar', b: 'varchar', c: 'varchar'}, store_rejects=true)",
            [str(path)],
        ).fetchall()
        lines = con.execute(
            "select distinct line, csv_line from reject_errors order by 1"
        ).fetchall()
    assert len(lines) == 3
    # The database shows the empty line before a record as part of it.
    expected = [(number, record.strip("\n")) for number, record in lines]
    assert list(pick(path, ",", np.array([n for n, _ in lines]))) == expected


def test_small_blocks_give_the_same_records(tmp_path: Path, monkeypatch) -> None:
    rows = [f'{n},"a\nb",{"x" * (n % 90)}' for n in range(500)]
    path = _write(tmp_path, "a,b,c\n" + "\n".join(rows) + "\n")
    whole = _all(path)
    assert whole == rows
    monkeypatch.setattr(records, "BLOCK", 37)
    assert _all(path) == whole
