"""Choosing links: sure numbers first, then one record of one file to one of the other."""

from __future__ import annotations

from math import log2

import duckdb

from ingest.linkage.model import Scored

NUMBERS = ("upn", "nhs")

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

CHOSEN = """
create or replace table sure_link as
with found as ({found}), pair as (
    select left_id, right_id, string_agg(method, ' and ' order by method desc) as method
    from found group by left_id, right_id
)
select left_id, right_id, method from pair
qualify count(*) over (partition by left_id) = 1 and count(*) over (partition by right_id) = 1
"""

PROBABLE = """
with pair as (
    select p.unique_id_l as left_id, p.unique_id_r as right_id,
        least(60, p.match_weight
            + case when {one_home} then least(0, {home} - p.mw_postcode - p.mw_tf_adj_postcode
                - case when l.first = r.surname and l.surname = r.first then {surname}
                    else p.mw_surname + p.mw_tf_adj_surname end) else 0 end
            + case when l.dob = r.dob and {one_home} then least(0, {twins} - p.mw_dob)
                when l.dob = r.dob and l.postcode = r.postcode
                    and (l.surname is null or r.surname is null)
                    then least(0, {neighbours} - p.mw_dob)
                else 0 end
            - case when l.upn <> r.upn and damerau_levenshtein(l.upn, r.upn) > 1
                then {other_number} else 0 end
            - case when l.nhs <> r.nhs and damerau_levenshtein(l.nhs, r.nhs) > 1
                then {other_number} else 0 end) as weight
    from {scored} p
    join left_person l on l.unique_id = p.unique_id_l
    join right_person r on r.unique_id = p.unique_id_r
    where p.unique_id_l not in (select left_id from sure_link)
        and p.unique_id_r not in (select right_id from sure_link)
), odds as (
    select *, pow(2, weight) as odds,
        sum(pow(2, weight)) over (partition by left_id) as all_left,
        sum(pow(2, weight)) over (partition by right_id) as all_right
    from pair
)
select left_id, right_id, 'probabilistic' as method,
    odds / (1 + all_left + all_right - odds) as probability
from odds
where odds / (1 + all_left + all_right - odds) >= {threshold}
"""
"""The chance that a pair is the true one of all that either record could make, or none.

Each record has at most one match, so candidates compete: two that are equally like (twins) share
the chance and neither is taken. A chance above a half can belong to one pair only, so what is
chosen is one to one.
"""


OTHER_NUMBER = 5
"""Bits that a different UPN or NHS number takes off: one in thirty is taken for a wrong entry."""

ONE_HOME = """coalesce(
    damerau_levenshtein(l.postcode, r.postcode) <= 1
    and (l.surname = r.surname or list_has_any(l.surname_parts, r.surname_parts)
        or jaro_winkler_similarity(l.surname, r.surname) >= 0.92
        or damerau_levenshtein(l.surname, r.surname) <= 1
        or (l.first = r.surname and l.surname = r.first)), false)"""
"""Two records of one home: of one child, or of siblings."""

SAME_HOME, SAME_DAY = 0.75, 0.9
"""Share of true pairs that agree on home, and on the day of birth."""

SIBLINGS, TWINS = 0.7, 0.025
"""Siblings at home a child has, and share of sibling pairs born together, before any is counted
(rounded from ONS: families by number of children; multiple births)."""

FAMILIES = """
with person as (select surname, postcode, dob from left_person where postcode is not null),
home as (
    select surname, postcode, count(*) as n from person where surname is not null group by all
), born as (
    select surname, postcode, dob, count(*) as n from person
    where surname is not null and dob is not null group by all
), street as (select postcode, count(*) as n from person group by all
), street_born as (
    select postcode, dob, count(*) as n from person where dob is not null group by all
)
select (select count(*) from left_person),
    (select coalesce(sum(n * (n - 1)), 0) from home),
    (select coalesce(sum(n * (n - 1)), 0) from born),
    (select coalesce(sum(n * (n - 1)), 0) from street),
    (select coalesce(sum(n * (n - 1)), 0) from street_born)
"""


def home_weights(con: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """What a shared home, and a birthday shared within it, are worth at most, in bits.

    The model takes surname, postcode and birthday as independent; siblings share the first two
    and twins all three. So they are counted in the left file, and what a family explains counts
    for no more than that.
    """
    people, home, born, street, street_born = con.execute(FAMILIES).fetchall()[0]
    siblings = (home + SIBLINGS * 200) / (people + 200)
    twins = (born + TWINS * 40) / (home + 40)
    neighbours = (street_born + 0.002 * 500) / (street + 500)
    return {
        "home": log2(SAME_HOME * people / siblings),
        "twins": log2(SAME_DAY / twins),
        "neighbours": log2(SAME_DAY / neighbours),
    }


def link_on_numbers(con: duckdb.DuckDBPyConnection) -> None:
    """`sure_link`: records that share a UPN or an NHS number that is theirs alone."""
    found = " union all ".join(
        f"select * from ({ON_NUMBER.format(number=n, method=m)})"
        for n, m in zip(NUMBERS, ("UPN", "NHS number"), strict=True)
    )
    con.execute(CHOSEN.format(found=found))


def choose(con: duckdb.DuckDBPyConnection, scored: Scored | None, threshold: float) -> str:
    """SQL of the links: `left_id, right_id, method, probability`, in order of the ids."""
    parts = ["select left_id, right_id, method, 1.0::double as probability from sure_link"]
    if scored is not None:
        filled = PROBABLE.format(
            scored=scored.table, threshold=threshold, one_home=ONE_HOME,
            surname=scored.surname_bits, other_number=OTHER_NUMBER, **home_weights(con),
        )  # fmt: skip
        parts.append(filled)
    return (
        "select left_id, right_id, method, round(probability, 6) as probability from ("
        + " union all ".join(f"select * from ({p})" for p in parts)
        + ") order by left_id, right_id"
    )
