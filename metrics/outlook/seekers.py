"""Children who need a specialist place, out of the warehouse: in one here, away, or waiting.

A child with a plan needs a specialist place where it is in a special school or unit in the borough
(`local`), at an independent or non-maintained school or at a special school elsewhere (`away`), or
on the list of those waiting for one (`waiting`). No row leaves with an identifier.
"""

from __future__ import annotations

import duckdb
import pandas as pd

from metrics.methods.futures.history import CannotProject
from metrics.outlook.moves import steps_sql
from metrics.outlook.supply import LOCAL

CLASSES = ("local", "away", "waiting")
FULL = 0.95
"""Share of its places taken from which provision counts as full."""
DESTINATIONS = {
    "MAI": "a mainstream school", "MPT": "a mainstream school, part time",
    "SPE": "another special school or unit", "APR": "alternative provision",
    "TUI": "tuition or another arrangement", "EHE": "home education", "NON": "no education",
    "independent here": "an independent school in the borough",
    "independent out": "an independent school outside the borough",
    "special out": "a special school in another borough",
}  # fmt: skip
"""Where children are while no local place is free, in words."""

_PHASE = """case when age is null then null when age <= 6 then 'primary'
    when age <= 11 then 'secondary' else 'post-16' end"""
_AGE = """{year} - 5 - (extract(year from n.birth_month)
    + case when extract(month from n.birth_month) >= 9 then 1 else 0 end)"""
_PLACED = f"""
create or replace temp table outlook_placed as
{{steps}}
select * exclude (age), {_PHASE} as phase from (
    select extract(year from p.census_date)::integer as january, p.census_date, p.person_id,
        p.primary_need, {_AGE.format(year="extract(year from p.census_date)")} as age, a.locality,
        case when p.setting in ('State-funded special school', 'Unit or resourced provision')
                then case when p.in_borough then 'local' else 'special out' end
            when p.in_borough then 'independent here' else 'independent out' end as place,
        case when p.in_borough and p.setting <> 'Independent or non-maintained'
            then d.designation end as designation
    from plan_in_force p
    left join person n on n.person_id = p.person_id
    left join area a on a.lsoa = n.home_lsoa
    left join (
        select urn, unit, min(designation) as designation from (
            select urn, establishment <> 'special' as unit, designation from provision
            where establishment in {LOCAL} and urn is not null
            union all
            select s.urn, false, s.designation from school s
            where s.designation is not null
                and s.urn not in (select urn from provision where urn is not null)
        ) e group by urn, unit
    ) d on d.urn = p.urn and d.unit = (p.setting = 'Unit or resourced provision')
    where p.setting in ('State-funded special school', 'Unit or resourced provision',
            'Independent or non-maintained')
        and extract(month from p.census_date) = 1
) aged
"""
_WAITING = f"""
create or replace temp table outlook_waiting as
select * exclude (age), {_PHASE} as phase from (
    select extract(year from c.census_date)::integer as january, c.census_date, w.person_id,
        w.primary_need, {_AGE.format(year="extract(year from c.census_date)")} as age, a.locality,
        w.asked_date, w.meanwhile
    from (select distinct census_date from outlook_placed) c
    join live_place_wait w on w.asked_date <= c.census_date
        and coalesce(w.placed_date, w.withdrawn_date, date '9999-01-01') > c.census_date
        and w.wanted_establishment in {LOCAL}
    left join person n on n.person_id = w.person_id
    left join area a on a.lsoa = n.home_lsoa
    where not exists (
        select 1 from outlook_placed p
        where p.person_id = w.person_id and p.census_date = c.census_date
    )
) aged
"""
_SEEKERS = """
select january, case when place = 'local' then 'local' else 'away' end as class, primary_need,
    designation, phase, locality, count(distinct person_id)::integer as children
from outlook_placed where locality is not null and phase is not null group by all
union all
select january, 'waiting', primary_need, null, phase, locality,
    count(distinct person_id)::integer
from outlook_waiting where locality is not null and phase is not null group by all
"""
_NEWLY = """
select january, destination, primary_need, phase, count(distinct person_id)::integer as children
from (
    select p.january, p.place as destination, p.primary_need, p.phase, p.person_id
    from outlook_placed p
    left join outlook_placed b on b.person_id = p.person_id and b.january = p.january - 1
        and b.place <> 'local'
    where p.place <> 'local' and b.person_id is null
        and p.january > (select min(january) from outlook_placed)
    union all
    select january, meanwhile, primary_need, phase, person_id
    from outlook_waiting
    where meanwhile is not null and asked_date > census_date - interval 1 year
) moved
where phase is not null
group by all
"""
_GOES = """
select p.designation, p.phase, p.locality as home, v.locality as site,
    count(distinct p.person_id)::integer as children
from outlook_placed p
join live_placement_cost c on c.person_id = p.person_id and c.start_date <= p.census_date
    and (c.end_date is null or c.end_date > p.census_date)
join provision v on v.provision_id = c.provision_id and v.locality is not null
where p.place = 'local' and p.locality is not null and p.designation is not null
group by all
"""


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary tables the other functions read.

    Raises CannotProject where no child with a plan is in a specialist place.
    """
    con.execute(_PLACED.format(steps=steps_sql("plan_in_force")))
    con.execute(_WAITING)
    if not con.execute("select count(*) from outlook_placed").fetchall()[0][0]:
        raise CannotProject("no child with an EHC plan is in a specialist place in any January")


def forget(con: duckdb.DuckDBPyConnection) -> None:
    """Drop the temporary tables, which have rows about children."""
    con.execute("drop table if exists outlook_placed")
    con.execute("drop table if exists outlook_waiting")


def seekers(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """`january, class, need, designation, phase, locality, children`, the designation made out.

    A child away or waiting is of the designation most local children of its primary need are in.
    """
    rows = con.execute(_SEEKERS).df()
    rows["designation"] = rows["designation"].fillna(_usual(rows))
    rows["need"] = rows["primary_need"].where(rows["primary_need"] == "SEMH", "other")
    keys = ["january", "class", "need", "designation", "phase", "locality"]
    return rows.groupby(keys)["children"].sum().reset_index()


def _usual(rows: pd.DataFrame) -> pd.Series:
    """For each row, the designation that most local children of its need are in."""
    here = rows[(rows["class"] == "local") & rows["designation"].notna()]
    if here.empty:
        return pd.Series("MIX", index=rows.index)
    counts = here.groupby(["primary_need", "designation"])["children"].sum()
    usual = counts.sort_values().reset_index().groupby("primary_need")["designation"].last()
    common = str(here.groupby("designation")["children"].sum().idxmax())
    return rows["primary_need"].map(usual).fillna(common)


def newly_without(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """`january, designation, phase, destination, children`: newly in need of a place, not in one.

    Children newly away in a January, and those who asked in the year before it and still wait.
    """
    rows = con.execute(_NEWLY).df()
    placed = con.execute(_SEEKERS).df()
    both = pd.concat([placed.assign(here=True), rows.assign(here=False)], ignore_index=True)
    both["designation"] = both["designation"].fillna(_usual(both))
    out = both[~both["here"].astype(bool)]
    keys = ["january", "designation", "phase", "destination"]
    return out.groupby(keys)["children"].sum().reset_index()


def full_in(con: duckdb.DuckDBPyConnection, supply: pd.DataFrame) -> pd.DataFrame:
    """`january, designation, phase`: where local provision was full. `supply` has `places` too."""
    here = con.execute(
        """select january, designation, phase, count(distinct person_id) as children
        from outlook_placed where place = 'local' and designation is not null group by all"""
    ).df()
    keys = ["january", "designation", "phase"]
    both = here.merge(supply, on=keys)
    return both.loc[both["children"] >= FULL * both["places"], keys]


def goes(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """`designation, phase, home, site, children`: where children of a locality have local places.

    Over all Januaries known.
    """
    return con.execute(_GOES).df()
