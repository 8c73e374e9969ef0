"""How many children of the health side could be linked, and for whom links are missed more often.

Links that are missed are not missed by chance: children who move often or whose names are often
misspelt are found less. So the share linked is told for each ethnic group and for each fifth of
deprivation, and a gap between groups is a warning that rides along to every figure that is joined.
"""

from __future__ import annotations

from datetime import datetime

import duckdb

from expectations.run import Result, write_result

FLOOR, GAP = 80.0, 5.0
"""Percent of children linked below which, and percentage points between groups beyond which, it is
said; groups of fewer than FEWEST children are too few to judge."""
FEWEST = 50
EXTRACT = "health_person_index"
OWNER = "the council's data team, with the mental-health provider"
ACTION = (
    "Ask the provider for a newer linkage list; until then read figures that join health and school"
    " records with the share linked beside them."
)

RATES = """
with child as (
    select distinct r.person_id,
        coalesce(p.ethnic_group, 'Not known') as ethnicity,
        coalesce(ceil(a.imd_decile / 2.0)::int::varchar, 'Not known') as deprivation
    from live_referral r left join person p on p.person_id = r.person_id
    left join area a on a.lsoa = p.home_lsoa
    where coalesce(r.age_at_referral, 0) < 18
), linked as (
    select c.*, l.right_id is not null as linked
    from child c left join link l on l.right_id = c.person_id
), told as (
    select 'all' as kind, 'all' as category, linked from linked
    union all select 'ethnicity', ethnicity, linked from linked where ethnicity <> 'Not known'
    union all select 'deprivation', deprivation, linked from linked where deprivation <> 'Not known'
)
select kind, category, count(*), 100.0 * avg(linked::int) from told group by kind, category
order by kind, category
"""

Rates = list[tuple[str, str, int, float]]


def link_rates(con: duckdb.DuckDBPyConnection) -> Rates:
    """Breakdown, group, children referred under 18, and percent of them linked."""
    return con.execute(RATES).fetchall()


def write_link_quality(con: duckdb.DuckDBPyConnection, stamp: datetime) -> None:
    """Put the share linked, and the gap between groups, among the checks people read."""
    rates = link_rates(con)
    if not rates:
        return
    load = con.execute("select max(load_id) from link").fetchall()[0][0]
    for result in _results(rates, load, stamp):
        write_result(con, result)


def _results(rates: Rates, load: str | None, stamp: datetime) -> list[Result]:
    (share,) = [rate for kind, _, _, rate in rates if kind == "all"]
    found = [_result("links_share", load, _SHARE, int(share < FLOOR), stamp)]
    for kind, words in (("ethnicity", "ethnic groups"), ("deprivation", "fifths of deprivation")):
        groups = [rate for k, _, n, rate in rates if k == kind and n >= FEWEST]
        low = sum(rate < max(groups) - GAP for rate in groups)
        label = f"Health records are linked as often in all {words}, within {GAP:.0f} points"
        found.append(_result(f"links_{kind}", load, label, low, stamp))
    return found


_SHARE = f"At least {FLOOR:.0f}% of children referred to CAMHS are linked to a school or SEN record"


def _result(check: str, load: str | None, label: str, found: int, stamp: datetime) -> Result:
    return Result(
        load, EXTRACT, label, "warn", found == 0, found, "groups of children", ACTION, OWNER, stamp,
        check_id=check, facts="link",
    )  # fmt: skip
