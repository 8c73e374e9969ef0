"""The sure pass: records that share a UPN or an NHS number that is theirs alone."""

from __future__ import annotations

import duckdb

NUMBERS = {"upn": "UPN", "nhs": "NHS number"}

ON_NUMBER = """
with alone_left as (
    select {number}, min(unique_id) as unique_id from left_person
    where {number} is not null group by {number} having count(*) = 1
), alone_right as (
    select {number}, min(unique_id) as unique_id from right_person
    where {number} is not null group by {number} having count(*) = 1
)
select l.unique_id as left_id, r.unique_id as right_id, '{method}' as method
from alone_left a join alone_right b using ({number})
join left_person l on l.unique_id = a.unique_id
join right_person r on r.unique_id = b.unique_id
where not (
    coalesce(l.dob <> r.dob, false)
    and coalesce(jaro_winkler_similarity(l.first, r.first) < 0.85
        and not list_has_any(l.called, r.called) and l.first <> r.surname, false)
)
"""
"""A number that two records share but neither name nor birth agrees with was mistyped."""

SURE = """
create or replace temp table sure_link as
with found as ({found}), pair as (
    select left_id, right_id, string_agg(method, ' and ' order by method desc) as method
    from found group by left_id, right_id
)
select left_id, right_id, method from pair
qualify count(*) over (partition by left_id) = 1 and count(*) over (partition by right_id) = 1
"""


def link_on_numbers(con: duckdb.DuckDBPyConnection) -> None:
    """Make `sure_link`: `left_id, right_id, method`; numbers that contradict each other are left.

    `method` is UPN, NHS number, or both.
    """
    found = " union all ".join(
        f"select * from ({ON_NUMBER.format(number=n, method=m)})" for n, m in NUMBERS.items()
    )
    con.execute(SURE.format(found=found))
