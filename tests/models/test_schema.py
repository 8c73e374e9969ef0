"""An older warehouse is brought up in place, whole or not at all, or refused by name."""

from pathlib import Path

import duckdb
import pytest

from models.errors import SemhError
from models.schema import VERSION, bring_up, is_current
from models.settings import Settings
from models.store import open_warehouse
from models.warehouse import statements

LOAD = (
    "insert into load (load_id, file, content_hash, extract, rows_read, rows_accepted,"
    " rows_quarantined, loaded_at, code_version, synthetic)"
    " values ('L', 'f', 'h', 'x', 1, 1, 0, timestamp '2025-01-01', '1', false)"
)


def _older(con: duckdb.DuckDBPyConnection) -> None:
    """A warehouse as the first program made it: fewer tables and columns, views of their own."""
    for statement in statements():
        con.execute(statement)
    con.execute(LOAD)
    for table in ("about", "acceptance", "removal", "workforce"):
        con.execute(f"drop table {table}")
    con.execute("drop view current_load")
    con.execute("drop table referral")
    con.execute(
        "create table referral (referral_id varchar, person_id varchar, received_date date,"
        " load_id varchar not null)"
    )
    con.execute("insert into referral values ('r', 'p', '2024-05-01', 'L')")
    con.execute("alter table expectation_result drop check_id")
    con.execute("create or replace view live_referral as from referral")
    con.execute("create table observation (value double)")


def _shape(con: duckdb.DuckDBPyConnection) -> list[tuple]:
    return con.execute(
        "select table_name, column_name, data_type, is_nullable, column_index"
        " from duckdb_columns() where not internal and table_name not in ('observation')"
        " and database_name = current_database() order by all"
    ).fetchall()


@pytest.fixture
def con():
    with duckdb.connect() as made:
        yield made


def test_an_older_warehouse_comes_out_as_a_new_one(con: duckdb.DuckDBPyConnection) -> None:
    _older(con)
    assert not is_current(con)
    changed = bring_up(con)
    assert {"referral", "expectation_result"} <= set(changed)
    assert is_current(con) and bring_up(con) == []
    with duckdb.connect() as new:
        bring_up(new)
        assert _shape(con) == _shape(new)
    rows = con.execute("select referral_id, received_date::varchar, source from live_referral")
    assert rows.fetchall() == [("r", "2024-05-01", None)]
    assert con.execute("select count(*) from load").fetchall() == [(1,)]
    assert con.execute("from observation").fetchall() == [], "tables of others are left alone"
    with pytest.raises(duckdb.ConstraintException):
        con.execute("update load set rows_accepted = 7")


def test_columns_in_another_order_are_carried_over_by_name(con: duckdb.DuckDBPyConnection) -> None:
    bring_up(con)
    con.execute(LOAD)
    con.execute("drop table care_plan")
    con.execute(
        "create table care_plan (load_id varchar not null, agreed_date date, person_id varchar,"
        " referral_id varchar)"
    )
    con.execute("insert into care_plan values ('L', '2024-05-01', 'p', 'r')")
    con.execute("delete from about")
    bring_up(con)
    con.execute("set variable known_on = null")
    assert con.execute("from live_care_plan").fetchall()[0][:2] == ("r", "p")


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        ("alter table referral add column colour varchar; update referral set colour = 'x'",
         "colour"),
        ("alter table referral drop load_id; alter table referral add column load_id varchar",
         "referral"),
        ("alter table referral alter received_date type varchar;"
         " update referral set received_date = 'no day'", "referral"),
    ],
)  # fmt: skip
def test_what_cannot_be_carried_over_is_refused_by_name(
    con: duckdb.DuckDBPyConnection, spoil: str, named: str
) -> None:
    _older(con)
    con.execute(spoil)
    before = _shape(con), con.execute("from referral").fetchall()
    with pytest.raises(SemhError, match=named) as said:
        bring_up(con)
    assert "no day" not in str(said.value)
    assert (_shape(con), con.execute("from referral").fetchall()) == before


def test_a_newer_warehouse_is_refused(con: duckdb.DuckDBPyConnection) -> None:
    bring_up(con)
    con.execute(f"update about set value = '{VERSION + 1}' where key = 'schema_version'")
    with pytest.raises(SemhError, match="newer program"):
        bring_up(con)


@pytest.mark.parametrize("read_only", [True, False])
def test_opening_brings_it_up(tmp_path: Path, read_only: bool) -> None:
    settings = Settings(home=tmp_path)
    with duckdb.connect(str(settings.warehouse)) as con:
        _older(con)
    with open_warehouse(settings, read_only=read_only) as con:
        assert is_current(con)
        assert con.execute("select count(*) from live_referral").fetchall() == [(1,)]
