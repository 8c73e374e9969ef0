"""Frames of people in, two clean tables out: `left_person` and `right_person` of a connection."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

from models.errors import SemhError

HERE = Path(__file__).resolve().parent
FIELDS = ("first_name", "surname", "dob", "postcode", "sex", "upn", "nhs_number")
"""What a record may have beside its `unique_id`; a column that is not there is unknown."""

KEYED = """
create or replace table {side}_keyed as
select seq, unique_id, name_key(first_name) as first, name_key(surname) as surname,
    dob_key(dob) as dob, home_key(postcode) as postcode, sex_key(sex) as sex,
    upn_key(upn) as upn, nhs_key(nhs_number) as nhs
from incoming where unique_id is not null
qualify row_number() over (partition by unique_id order by seq) = 1
"""
"""A repeated `unique_id` keeps its first row: which of two rows is right can't be known."""

ONCE = """
delete from {side}_keyed where unique_id in (
    select unique_id from {side}_keyed
    where first is not null and surname is not null and dob is not null and postcode is not null
    qualify row_number() over (
        partition by first, surname, dob, postcode, sex, upn, nhs order by unique_id) > 1)
"""
"""A child entered twice, alike in all that is known, is one: else the two would compete."""

PERSON = """
create or replace table {side}_person as
select k.unique_id, k.first, k.surname, k.dob, k.postcode, k.sex, k.upn, k.nhs,
    string_split(k.surname, ' ') as surname_parts, string_split(k.first, ' ') as first_parts,
    list_distinct(list_concat([string_split(k.first, ' ')[1]], coalesce(n.names, []))) as called,
    dob[1:5] || dob[9:10] || '-' || dob[6:7] as dob_turned,
    dob[1:4] as birth_year, dob[1:7] as birth_month, left(k.first, 1) as initial,
    k.postcode[:-3] as outward, k.postcode[:-2] as sector
from {side}_keyed k
left join nickname n on n.called = string_split(k.first, ' ')[1]
order by k.unique_id
"""


def bring_people(con: duckdb.DuckDBPyConnection, left: pd.DataFrame, right: pd.DataFrame) -> None:
    """Make `left_person` and `right_person`: comparable keys, one row for each `unique_id`.

    Raises SemhError when a frame has no column `unique_id`.
    """
    con.execute((HERE / "clean.sql").read_text(encoding="utf-8"))
    _bring_nicknames(con)
    for side, frame in (("left", left), ("right", right)):
        con.register("incoming_frame", _as_text(frame, side))
        con.execute("create or replace temp view incoming as select * from incoming_frame")
        con.execute(KEYED.format(side=side))
        con.execute(ONCE.format(side=side))
        con.execute(PERSON.format(side=side))
        con.execute(f"drop view incoming; drop table {side}_keyed")
        con.unregister("incoming_frame")


def _bring_nicknames(con: duckdb.DuckDBPyConnection) -> None:
    """`nickname`: a name and the names it may stand for, itself left out; works both ways."""
    path = (HERE / "nicknames.csv").as_posix().replace("'", "''")
    con.execute(
        "create or replace temp table nickname as with pair as ("
        f" select name, unnest(string_split(short, ' ')) as short from read_csv('{path}'))"
        " select called, list(distinct name order by name) as names from ("
        " select short as called, name from pair union all select name, name from pair)"
        " group by called"
    )


def _as_text(frame: pd.DataFrame, side: str) -> pd.DataFrame:
    """The known columns as text in the order of the file, with `seq`; blanks are NULL."""
    named = {str(name).strip().lower(): name for name in reversed(list(frame.columns))}
    if "unique_id" not in named:
        raise SemhError(
            f"The {side} file has no column unique_id.",
            f"give each record its own unique_id; the other columns are {', '.join(FIELDS)}",
        )
    columns = {name: _text(frame, named.get(name)) for name in ("unique_id", *FIELDS)}
    return pd.DataFrame(columns | {"seq": range(len(frame))})


def _text(frame: pd.DataFrame, name: object) -> pd.Series:
    if name is None:
        return pd.Series([None] * len(frame), dtype="str")
    values = frame[name].reset_index(drop=True)
    text = values.astype("str").str.strip()
    return text.mask(values.isna() | (text == ""))
