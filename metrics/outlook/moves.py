"""Moves of children with an EHC plan from January to January, out of the warehouse.

A child is counted in the January of each SEN2 return with the plan in force that day: its primary
need, and where the plan places the child in three parts (establishment, designation, in or out of
the borough). No row leaves with an identifier.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pandas as pd

from metrics.measure.steps import needed
from metrics.methods.futures.history import OUTSIDE, CannotProject

FLOOR = 10
"""Fewer children than this at the origin are never a group of their own."""
SHARE_OF_NEED = 0.25
"""A primary need held by fewer of the plans than this is joined with others."""
SEMH, REST, ELSEWHERE = "SEMH", "Other needs", "Other arrangement"
IN, OUT = "in the borough", "out of the borough"
TRUSTED = 0.5
"""A January with fewer than this share of the next one's plans is not a whole return."""

_STATE = """
select extract(year from p.census_date)::integer as year, p.person_id, p.primary_need as need,
    p.setting as establishment,
    case when p.setting in ('State-funded special school', 'Unit or resourced provision')
        then coalesce(d.designation, 'Other needs') end as kind,
    coalesce(p.in_borough, true) as in_borough,
    extract(year from p.census_date)::integer - 5 - (extract(year from n.birth_month)
        + case when extract(month from n.birth_month) >= 9 then 1 else 0 end)::integer as age,
    a.locality
from (
    select *, row_number() over (partition by person_id, census_date order by plan_id) as choice
    from plan_in_force where extract(month from census_date) = 1
) p
left join person n on n.person_id = p.person_id
left join area a on a.lsoa = n.home_lsoa
left join (
    select e.urn, e.place, max(case when e.designation = 'SEMH' then 'SEMH' else 'Other needs' end)
        as designation
    from (
        select urn, case when establishment in ('sen_unit', 'resourced_provision')
            then 'unit' else 'school' end as place, designation
        from provision where designation is not null
        union all
        select urn, 'school', designation from school where designation is not null
    ) e where e.urn is not null group by e.urn, e.place
) d on d.urn = p.urn
    and d.place = case when p.setting = 'Unit or resourced provision' then 'unit' else 'school' end
where p.choice = 1
"""
_MOVES = """
select coalesce(b.year, a.year + 1) as "calendar-year",
    a.state as "setting-1", a.need as "need-1",
    coalesce(a.age, b.age - 1) as "academic-year-1",
    b.state as "setting-2", b.need as "need-2",
    coalesce(a.age + 1, b.age) as "academic-year-2"
from outlook_state a
full outer join outlook_state b on b.person_id = a.person_id and b.year = a.year + 1
where coalesce(b.year, a.year + 1) between ? and ?
order by all
"""


@dataclass(frozen=True)
class Moves:
    """What is known of the borough's own children at an origin."""

    frame: pd.DataFrame
    """The layout of `metrics.methods.futures.history.MOVES`, to the origin."""
    settings: pd.DataFrame
    """`setting, establishment, designation, in_borough`: what each setting of the moves is."""
    homes: pd.DataFrame
    """`need, age, locality, children` at the origin."""
    named: dict[str, pd.DataFrame]
    """Which needs and settings were joined with others."""
    first: int
    """The first January counted."""
    origin: int
    notes: tuple[str, ...]


def read_moves(
    con: duckdb.DuckDBPyConnection, origin: int | None = None, like: Moves | None = None
) -> Moves:
    """Moves into every January to the origin (the newest there is), from the warehouse.

    Facts are read as the connection has them (`models.history.as_known_on`); `like` joins needs and
    settings as other moves did. Raises CannotProject where there are not two Januaries in a row.
    """
    _make_state(con)
    first, last, notes = _run_of_years(con, origin)
    notes = (*notes, *_merge(con, last, like))
    frame = con.execute(_MOVES, [first + 1, last]).df()
    for column in ("setting-1", "need-1", "setting-2", "need-2"):
        frame[column] = frame[column].fillna(OUTSIDE)
    named = {name: con.execute(f"select * from outlook_{name}").df() for name in _NAMING}
    moves = Moves(frame, _settings(con), _homes(con, last), named, first, last, notes)
    for name in ("state", *_NAMING):
        con.execute(f"drop table temp.outlook_{name}")
    return moves


_NAMING = ("need", "setting")


def steps_sql(*names: str) -> str:
    """Shared steps of the measures as common table expressions."""
    steps = needed(set(names))
    return "with " + ",\n".join(f"{step.name} as (\n{step.sql}\n)" for step in steps)


def _make_state(con: duckdb.DuckDBPyConnection) -> None:
    steps = steps_sql("plan_in_force")
    con.execute(f"create or replace temp table outlook_state as {steps} {_STATE}")


def _run_of_years(
    con: duckdb.DuckDBPyConnection, origin: int | None
) -> tuple[int, int, tuple[str, ...]]:
    """First and last January of the unbroken run that ends at the origin."""
    counts = dict(con.execute("select year, count(*) from outlook_state group by 1").fetchall())
    if not counts:
        raise CannotProject("no SEN2 return of EHC plans in force in a January is loaded")
    last = max(counts) if origin is None else origin
    if last not in counts:
        raise CannotProject(f"no SEN2 return of January {last} is loaded")
    first = last
    while first - 1 in counts and _whole(counts, first - 1):
        first -= 1
    if first == last:
        raise CannotProject(
            f"moves need the SEN2 returns of two Januaries in a row; before {last} there is"
            f" {'an incomplete one' if last - 1 in counts else 'none'} of January {last - 1}"
        )
    earlier = [year for year in counts if year < first]
    dropped = f"January {first - 1} is missing or not whole; years before it were not used"
    return first, last, (dropped,) if earlier else ()


def _whole(counts: dict[int, int], year: int) -> bool:
    return counts[year] >= TRUSTED * counts[year + 1]


def _merge(con: duckdb.DuckDBPyConnection, last: int, like: Moves | None) -> tuple[str, ...]:
    """Give each row its setting in one word, rare needs and rare settings joined with others."""
    unknown = con.execute("delete from outlook_state where age is null").fetchall()[0][0]
    if like:
        _as_named(con, like)
    else:
        con.execute(_RARE_NEEDS, [last, SHARE_OF_NEED])
        con.execute(_RARE_SETTINGS, [last, FLOOR])
    con.execute(_NAMED)
    if not unknown:
        return ()
    return (f"{unknown} plans a January of people whose month of birth is not known were left out",)


def _as_named(con: duckdb.DuckDBPyConnection, like: Moves) -> None:
    for name, frame in like.named.items():
        con.register("outlook_like", frame)
        con.execute(f"create or replace temp table outlook_{name} as select * from outlook_like")
        con.unregister("outlook_like")


_RARE_NEEDS = f"""
create or replace temp table outlook_need as
select need, case when need = 'SEMH' or children >= share * all_children then need
    else '{REST}' end as called
from (
    select need, count(*) filter (year = $1) as children, $2 as share,
        sum(count(*) filter (year = $1)) over () as all_children
    from outlook_state group by need
) counted
"""
_RARE_SETTINGS = f"""
create or replace temp table outlook_setting as
select *, concat(called, case when designation is null then '' else concat(', ', designation) end,
    case when in_borough then '' else ', {OUT}' end) as state
from (
    select establishment, kind, in_borough, case when children >= floor then establishment
        else '{ELSEWHERE}' end as called, case when children >= floor then kind end as designation
    from (
        select establishment, kind, in_borough, $2 as floor,
            count(*) filter (year = $1) as children
        from outlook_state group by all
    ) counted
) named
"""
_NAMED = f"""
create or replace temp table outlook_state as
select s.year, s.person_id, s.age, s.locality, coalesce(n.called, '{REST}') as need,
    coalesce(m.state, concat('{ELSEWHERE}', case when s.in_borough then '' else ', {OUT}' end))
        as state,
    coalesce(m.called, '{ELSEWHERE}') as establishment, m.designation, s.in_borough
from outlook_state s
left join outlook_need n on n.need = s.need
left join outlook_setting m on m.establishment = s.establishment and m.in_borough = s.in_borough
    and m.kind is not distinct from s.kind
"""


def _settings(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    return con.execute("""
        select distinct state as setting, establishment, designation, in_borough
        from outlook_state order by all
    """).df()


def _homes(con: duckdb.DuckDBPyConnection, last: int) -> pd.DataFrame:
    return con.execute(
        """select need, age, locality, count(*)::integer as children from outlook_state
        where year = ? and locality is not null group by all order by all""",
        [last],
    ).df()
