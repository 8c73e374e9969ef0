"""Every way in which a supplier's file is spoilt for `benchmarks/fuzz.py`."""

from __future__ import annotations

import csv
import gzip
import io
import random
from collections.abc import Callable
from functools import partial

MEGABYTE = 1_100_000

Table = list[list[str]]
csv.field_size_limit(1 << 30)


def flip_bits(data: bytes, chance: random.Random) -> bytes:
    whole = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        whole[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
    return bytes(whole)


def cut_rows(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data))]


def mix_encodings(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", errors="replace")
    half = chance.randrange(len(text) + 1)
    first, second = chance.choice(
        [("utf-8", "utf-16-le"), ("utf-8", "cp1252"), ("utf-16", "utf-8"), ("cp1252", "utf-8-sig")]
    )
    marked = text[half:].replace("e", "é", 3)
    return text[:half].encode(first, "replace") + marked.encode(second, "replace")


def other_encoding(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", errors="replace").replace("e", "é", 5)
    return text.encode(
        chance.choice(["utf-16", "utf-8-sig", "cp1252", "utf-16-be", "utf-32"]), "replace"
    )


def put_nuls(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + b"\0" * chance.randint(1, 30) + data[at:]


def mix_line_ends(data: bytes, chance: random.Random) -> bytes:
    ends = [b"\n", b"\r\n", b"\r", b"\n\n", b"\n\r"]
    return b"".join(line + chance.choice(ends) for line in data.split(b"\n"))


def stray_quotes(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        data = data[:at] + b'"' + data[at:]
    return data


def pack(data: bytes, chance: random.Random) -> bytes:
    packed = gzip.compress(data)
    return packed[: chance.randrange(4, len(packed))] if chance.random() < 0.5 else packed


def drop_column(table: Table, chance: random.Random) -> Table:
    at = chance.randrange(len(table[0]))
    return [row[:at] + row[at + 1 :] for row in table]


def swap_columns(table: Table, chance: random.Random) -> Table:
    order = list(range(len(table[0])))
    chance.shuffle(order)
    if chance.random() < 0.5:  # the header stays where it was: every value is under a wrong name
        return [table[0], *([row[i] for i in order] for row in table[1:])]
    return [[row[i] for i in order] for row in table]


def rename_column(table: Table, chance: random.Random) -> Table:
    at = chance.randrange(len(table[0]))
    name = chance.choice(["", "x" * 300, "upn ", "=1+1", "select", "naïve", table[0][at].upper()])
    return [[*table[0][:at], name, *table[0][at + 1 :]], *table[1:]]


def repeat_column(table: Table, chance: random.Random) -> Table:
    at = chance.randrange(len(table[0]))
    return [[*row, row[at]] for row in table]


def ragged_rows(table: Table, chance: random.Random) -> Table:
    def ragged(row: list[str]) -> list[str]:
        change = chance.choice([0, 0, 1, -1, 7])
        return row[:change] if change < 0 else row + ["x"] * change

    return [table[0], *(ragged(row) for row in table[1:])]


def repeat_rows(table: Table, chance: random.Random) -> Table:
    return [table[0], *(row for row in table[1:] for _ in range(chance.randint(1, 3)))]


def change_cells(values: list[str]) -> Callable[[Table, random.Random], Table]:
    def change(table: Table, chance: random.Random) -> Table:
        for _ in range(chance.randint(1, 2 * len(table))):
            row = chance.choice(table[1:] or table)
            row[chance.randrange(len(row))] = chance.choice(values)
        return table

    return change


invent_codes = change_cells(
    ["ZZ", "?", "k", "E ", "sémh", "1e9", "-1", "99", "TRUE", "'; drop table load; --"]
)
impossible_dates = change_cells(
    ["2025-02-30", "31/02/2025", "2099-Jan-01 00:00:00", "0001-01-01", "25-1-1", "45678", "1/1/25",
     "2025-Feb-29 00:00:00", "9999-12-31", "2025-01-16T25:00:00"]
)  # fmt: skip
strange_cells = change_cells(
    ["=cmd|' /C calc'!A0", "@SUM(A1)", "\x1b[2J", "\u202e", "nan", "1e400", "🙂", "a,b", 'a"b',
     "two\nlines", "x" * 5000, "NULL", "\ufeff", " "]
)  # fmt: skip


def megabyte_cell(table: Table, chance: random.Random) -> Table:
    return change_cells(["x" * MEGABYTE])(table[: chance.choice([2, len(table)])], _Once(chance))


class _Once(random.Random):
    """One change only: a hundred megabyte cells show no more than one."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__(chance.random())

    def randint(self, a: int, b: int) -> int:
        return a


ON_BYTES = (flip_bits, cut_rows, mix_encodings, other_encoding, put_nuls, mix_line_ends,
            stray_quotes, pack)  # fmt: skip
ON_TABLES = {
    "drop a column": drop_column, "swap columns": swap_columns, "rename a column": rename_column,
    "repeat a column": repeat_column, "ragged rows": ragged_rows, "repeat rows": repeat_rows,
    "invent codes": invent_codes, "impossible dates": impossible_dates,
    "strange cells": strange_cells, "a megabyte cell": megabyte_cell,
}  # fmt: skip


def as_csv(table: Table) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    return text.getvalue().encode("utf-8", "replace")


def on_table(
    change: Callable[[Table, random.Random], Table], data: bytes, chance: random.Random
) -> bytes:
    return as_csv(change(list(csv.reader(data.decode().splitlines())), chance))


KINDS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    **{change.__name__.replace("_", " "): change for change in ON_BYTES},
    **{name: partial(on_table, change) for name, change in ON_TABLES.items()},
}
RARE = ("a megabyte cell",)
