"""What was known on an earlier day is read from the same warehouse."""

from datetime import date

import duckdb
import pytest

from models.errors import SemhError
from models.history import as_known_on
from models.schema import bring_up

LOADS = (("old", "2025-01-10 09:00", "new"), ("new", "2025-03-10 23:59:59", None))


@pytest.fixture
def con():
    """One referral load of two rows, corrected in March to three; and another load in April."""
    with duckdb.connect() as made:
        bring_up(made)
        for load, when, by in (*LOADS, ("other", "2025-04-01", None)):
            made.execute(
                "insert into load (load_id, file, content_hash, extract, rows_read, rows_accepted,"
                " rows_quarantined, superseded_by, loaded_at, code_version, synthetic)"
                " values (?, 'f', 'h', 'x', 0, 0, 0, ?, ?, '1', false)",
                [load, by, when],
            )
        for load, rows in (("old", 2), ("new", 3), ("other", 5)):
            made.execute(
                "insert into referral (referral_id, load_id) select i::varchar, ? from range(?)"
                " r(i)", [load, rows],
            )  # fmt: skip
        yield made


def _known(con: duckdb.DuckDBPyConnection, day: date | None) -> int:
    as_known_on(con, day)
    return con.execute("select count(*) from live_referral").fetchall()[0][0]


@pytest.mark.parametrize(
    ("day", "rows"),
    [
        (date(2025, 1, 9), 0), (date(2025, 1, 10), 2), (date(2025, 3, 9), 2),
        (date(2025, 3, 10), 3), (date(2025, 3, 31), 3), (date(2025, 4, 1), 8), (None, 8),
    ],
)  # fmt: skip
def test_rows_known_at_the_end_of_a_day(con, day: date | None, rows: int) -> None:
    assert _known(con, day) == rows


def test_it_ends_when_asked(con) -> None:
    assert _known(con, date(2025, 1, 10)) == 2
    assert _known(con, None) == 8
    assert con.cursor().execute("select count(*) from live_referral").fetchall() == [(8,)]


def test_days_whose_rows_were_removed_are_refused(con) -> None:
    con.execute("insert into removal values ('old', 'superseded rows', 2, '2025-09-01')")
    with pytest.raises(SemhError, match="removed on 01 September 2025"):
        as_known_on(con, date(2025, 2, 1))
    assert _known(con, None) == 8, "what is known now can still be told"
    assert _known(con, date(2025, 3, 20)) == 3
