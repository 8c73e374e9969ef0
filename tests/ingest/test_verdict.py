"""The check compiled to SQL and pydantic itself give one verdict, for any row of any contract."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from ingest.checks import kept, rules, split_sql, table_sql
from models.extract import Column, Extract
from models.extracts import EXTRACTS
from models.verdict import verdict

TODAY = date(2026, 6, 1)
ROWS = 60
"""Rows judged at once: one statement of SQL for all of them."""

blank = st.sampled_from([None, "", " ", "   "])
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
strange_numbers = st.sampled_from(
    """1_000|0x1F|1e3|1e-1|+5|5.|.5|.|inf|nan|1,000|\u0661|5\t|--5|+-5|1e400|12.345|1.005|£5|5%
    |1 000|9223372036854775808|9999999999.995|-0|1e9|1e10|1__0|12.5""".split("|")
)
strange_dates = st.sampled_from(
    """25-01-16|1/2/25|2025-02-30|2025-13-01|2025-Jan-16|2025-JAN-16 00:00:00|2025/01/16|16-01-2025
    |2025-January-16 00:00:00|2025-1-6|1/2/2025|2025-01-16T00:00:00|0000-01-01|2025-01-16T00:00:00Z
    |2025-01-16 24:00:00|2025-01-16 1:2:3|20250116|45673|9999-12-31|2025-01-16\n|\t2025-01-16
    |31/12/2024 23:59:59|2025-Feb-29 00:00:00|1899-12-31""".split("|")
)
numbers = st.one_of(
    st.integers(-3, 3000).map(str),
    st.decimals(-9, 99999, places=2, allow_nan=False).map(str),
    st.integers(100000, 999999).map(str),
    strange_numbers,
)
days = st.dates(date(1880, 1, 1), date(2060, 1, 1))
dates = st.one_of(
    days.map(lambda d: d.strftime("%d/%m/%Y") if d.year > 999 else ""),
    days.map(date.isoformat),
    days.map(lambda d: f"{d:%Y-%b-%d} 00:00:00"),
    strange_dates,
)
flags = st.sampled_from(["True", "False", "1", "0", "y", "N", "YES", "no", "t", "2", "ja"])
BY_KIND = {str: words, int: numbers, float: numbers, Decimal: numbers, bool: flags, date: dates}


def cells(kind: type, spec: Column) -> st.SearchStrategy[str | None]:
    """Values of a field, right and wrong, as a file would have them."""
    made = [BY_KIND[kind], blank]
    if spec.codes:
        codes = st.sampled_from(sorted(spec.codes))
        made += [codes, codes.map(str.lower), codes.map(lambda c: f" {c} "), codes]
    if spec.pattern:
        right = st.from_regex(spec.pattern, fullmatch=True)
        made += [right, right.map(lambda v: v + "x"), right]
    limits = [v for v in (spec.minimum, spec.maximum) if v is not None]
    made += [st.sampled_from([near for v in limits for near in _near(v)])] if limits else []
    return st.one_of(*made)


def _near(limit: float | date) -> Iterator[str]:
    step = timedelta(days=1) if isinstance(limit, date) else 1
    yield from (str(limit - step), str(limit), str(limit + step))  # type: ignore[operator]


def rows_of(contract: type[Extract]) -> st.SearchStrategy[dict[str, str | None]]:
    """Rows of an extract, any field right or wrong."""
    return st.fixed_dictionaries({n: cells(k, s) for n, (k, s) in kept(contract).items()})


def judged_by_sql(contract: type[Extract], rows: list[dict]) -> list[frozenset[str]]:
    """The failing fields of each row, as the SQL that loads files finds them."""
    fields = list(kept(contract))
    with duckdb.connect() as con:
        con.execute("attach ':memory:' as staging")
        con.execute("create type staging.source_file as enum ('one')")
        con.execute(table_sql(contract))
        con.execute("set variable latest_day = ?", [TODAY])
        con.execute(f"create table raw_rows ({', '.join(f'{f} varchar' for f in fields)})")
        con.executemany(
            f"insert into raw_rows values ({', '.join('?' * len(fields))})",
            [[row[f] for f in fields] for row in rows],
        )
        con.execute(
            split_sql(contract, "select 'one'::staging.source_file as file, * from raw_rows")
        )
        bits = con.execute(
            f"select faults from staging.judged_{contract.extract} order by rowid"
        ).fetchall()
    of_bit = [rule.field for rule in rules(contract)]
    return [frozenset(f for b, f in enumerate(of_bit) if n >> b & 1) for (n,) in bits]


@pytest.mark.parametrize("name", EXTRACTS)
def test_sql_and_pydantic_agree(name: str) -> None:
    contract = EXTRACTS[name]

    @tuned(max_examples=2, deadline=None)
    @given(rows=st.lists(rows_of(contract), min_size=1, max_size=ROWS))
    def agree(rows: list[dict]) -> None:
        by_sql = judged_by_sql(contract, rows)
        by_pydantic = [verdict(contract, row, TODAY) for row in rows]
        assert by_sql == by_pydantic, [
            {f: row[f] for f in sql ^ own}
            for row, sql, own in zip(rows, by_sql, by_pydantic, strict=True)
            if sql != own
        ]

    agree()


@pytest.mark.parametrize(
    ("value", "holds"),
    [
        ("2025-Jan-16 00:00:00", True),
        ("16/01/2025", True),
        ("1/2/25", False),
        ("2025-02-30", False),
    ],
)
def test_a_date_has_a_year_of_four_figures(value: str, holds: bool) -> None:
    """A year of two figures read as the year 25 would be accepted where no limit is set."""
    contract = EXTRACTS["sc_schoolcensus"]
    row = dict.fromkeys(kept(contract)) | {"referencedate": value}
    assert ("referencedate" not in verdict(contract, row, TODAY)) == holds
    [fields] = judged_by_sql(contract, [row])
    assert ("referencedate" not in fields) == holds
