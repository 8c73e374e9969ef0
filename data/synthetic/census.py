"""School census files: one set of COLLECT modules for each census, from the schools that returned.

Some schools send nothing at some censuses (`returned` grid); their pupils are in no module.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd

from data.synthetic.borough import (
    CONVERSION_DAY,
    CONVERTED,
    OPENED,
    OPENING_DAY,
    PREDECESSOR_URN,
)
from data.synthetic.clock import Census, days_of
from data.synthetic.people import postcode_at, year_group
from data.synthetic.world import NOWHERE, World
from data.synthetic.write import Writer, day, flag, key, text

NOT_RETURNED = 0.012
FIRST_HALF_OF_SUMMER = 0.45
YEAR_CODES = np.array(["N1", "N2", "R", *(str(y) for y in range(1, 15))], dtype=object)
TERM_CODES = {"autumn": "AUT", "spring": "SPR", "summer": "SUM"}
PERSON_SHIFT = 2**24
SUSPENSION = {
    "startdate": day("day"),
    "sessions": "sessions",
    "reason1": "reason1",
    "reason2": text("reason2"),
    "category": "category",
    "senprovision": "sen",
}


def draw_returns(world: World) -> None:
    """Fill grid `returned`: which schools sent each census (closed or unopened schools do not)."""
    rng = world.rng("returns")
    grid = rng.random((len(world.censuses), len(world.schools))) >= NOT_RETURNED
    schools = world.schools["urn"].to_numpy()
    if grid.all():
        grid[3, 0] = False
    missing = [
        {"census": f"{c.year} {c.term}", "urn": int(schools[s])}
        for c in world.censuses
        for s in np.flatnonzero(~grid[c.index] & open_schools(world, c))
    ]
    world.truth["not_returned"] = missing
    world.grids["returned"] = grid & np.array([open_schools(world, c) for c in world.censuses])


def open_schools(world: World, census: Census) -> np.ndarray:
    """Whether each school is open at a census."""
    early = census.day < date.fromisoformat(OPENING_DAY)
    return ~((world.schools["key"] == OPENED).to_numpy() & early)


def urn_at(world: World, when: date) -> np.ndarray:
    """URN of each school on a day: one school has another before it becomes an academy."""
    urn = world.schools["urn"].to_numpy().copy()
    if when <= date.fromisoformat(CONVERSION_DAY):
        urn[(world.schools["key"] == CONVERTED).to_numpy()] = PREDECESSOR_URN
    return urn


def write_census(world: World, writer: Writer, step: Callable[[], None]) -> None:
    """Every module of every census."""
    _hold_people(world, writer)
    writer.table("suspension", world.tables["suspensions"])
    writer.table("session", world.tables["sessions"])
    writer.table("school_ap", world.tables["school_ap"])
    fsm_start = _meal_starts(world)
    for census in world.censuses:
        _hold_census(world, writer, census, fsm_start)
        for module in (_returns, _on_roll, _off_roll, _needs, _meals, _addresses, _happenings):
            module(writer, census)
        step()


def _hold_people(world: World, writer: Writer) -> None:
    columns = ["upn", "surname", "forename", "dob", "male", "ethnicity"]
    people = world.people[columns].assign(person=np.arange(len(world.people)))
    writer.table("person", people)
    writer.table("postcode", world.postcodes[["pcds"]])


def _hold_census(world: World, writer: Writer, census: Census, fsm_start: np.ndarray) -> None:
    """Tables `roll`, `gone` and `ret` of one census."""
    t, grid = census.index, world.grids
    at, returned = grid["school_at"][t], grid["returned"][t]
    home = postcode_at(world.people, t)
    on = np.flatnonzero((at != NOWHERE) & returned[at])
    on = on[np.argsort(at[on], kind="stable")]
    unit = resourced_at(world, t)
    writer.table(
        "roll",
        pd.DataFrame(
            {
                "person": on,
                "school": at[on],
                "entry": grid["entry"][t, on],
                "ncyear": _year_codes(world, census, on),
                "sen": np.array(["N", "K", "E"])[grid["sen"][t, on]],
                "need": grid["need"][t, on].astype(str),
                "postcode": home[on],
                "fsm": grid["fsm"][t, on],
                "fsm_start": fsm_start[t, on],
                "unit": unit[on],
                "plan": grid["sen"][t, on] == 2,
                "statutory": _statutory(world, census, on),
                "prior": _prior(world, t, on),
            }
        ),
    )
    writer.table("gone", _gone(world, census, home))
    urn = urn_at(world, census.day)
    rows = np.flatnonzero(returned)
    writer.table(
        "ret",
        pd.DataFrame(
            {"school": rows, "urn": urn[rows], "estab": world.schools["estab"].to_numpy()[rows]}
        ),
    )


def resourced_at(world: World, t: int) -> np.ndarray:
    """Who is in a resourced provision at a census: SEMH plans, up to its places."""
    at = world.grids["school_at"][t]
    room = world.schools["resourced"].to_numpy()
    able = world.grids["plan_at"][t] & (world.grids["plan_need"][t] == "SEMH") & (at != NOWHERE)
    who = np.flatnonzero(able & (room[at] > 0))
    number = pd.Series(at[who]).groupby(at[who]).cumcount().to_numpy()
    inside = np.zeros(len(at), dtype=bool)
    inside[who[number < room[at[who]]]] = True
    return inside


def _prior(world: World, t: int, who: np.ndarray) -> np.ndarray:
    """Whether each pupil was at the same school at the census before."""
    if t == 0:
        return np.zeros(len(who), dtype=bool)
    at = world.grids["school_at"]
    return at[t, who] == at[t - 1, who]


def _statutory(world: World, census: Census, who: np.ndarray) -> np.ndarray:
    year = year_group(world.people, census.academic_year)[who]
    return (year >= 0) & (year <= 11)


def _year_codes(world: World, census: Census, who: np.ndarray) -> np.ndarray:
    year = year_group(world.people, census.academic_year)[who]
    return YEAR_CODES[np.clip(year + 2, 0, len(YEAR_CODES) - 1)].astype(str)


def _gone(world: World, census: Census, home: np.ndarray) -> pd.DataFrame:
    """Registrations that ended since the census before, at schools that returned this one."""
    t, grid = census.index, world.grids
    columns = ["person", "school", "entry", "leaving", "ncyear", "postcode", "statutory"]
    if t == 0:
        return pd.DataFrame({c: pd.Series(dtype="int64") for c in columns})
    before, now = grid["school_at"][t - 1], grid["school_at"][t]
    who = np.flatnonzero((before != NOWHERE) & (before != now) & grid["returned"][t][before])
    who = who[np.argsort(before[who], kind="stable")]
    last = world.censuses[t - 1]
    if census.term == "autumn" and census.covers is not None:
        leaving = np.full(len(who), days_of(census.covers.end))
    else:
        leaving = days_of(last.day) + 4 + who % 50
    return pd.DataFrame(
        {
            "person": who,
            "school": before[who],
            "entry": grid["entry"][t - 1, who],
            "leaving": leaving,
            "ncyear": _year_codes(world, last, who),
            "postcode": home[who],
            "statutory": _statutory(world, last, who),
        }
    )


def _meal_starts(world: World) -> np.ndarray:
    """First day of free school meals by census, kept while eligibility lasts."""
    fsm = world.grids["fsm"]
    start = np.zeros(fsm.shape, dtype=np.int32)
    for census in world.censuses:
        t = census.index
        fresh = days_of(census.day) - 30
        kept = start[t - 1] if t else np.full(fsm.shape[1], fresh - 400)
        going = fsm[t - 1] if t else np.ones(fsm.shape[1], dtype=bool)
        start[t] = np.where(going, kept, fresh)
    return start


def _file(census: Census, module: str) -> str:
    return f"school_census/{census.year}_{census.term}_{module}.csv"


def _year(census: Census) -> int:
    """Layout year: the calendar year in which the academic year ends."""
    return census.academic_year + 1


def _keys(census: Census, module: str, parent: str) -> dict[str, str]:
    """The five key columns of a module that hangs from a pupil."""
    return {
        f"{parent}tableid": registration(census, parent),
        "nativeid": "concat('SCH', school)",
        f"{module}tableid": key(f"{census.index} * {PERSON_SHIFT} + seq", sum(module.encode())),
        f"{module}orderseqcolumn": "1",
        "sourceid": _return_key(census),
    }


def registration(census: Census, parent: str) -> str:
    """Table key of a pupil's registration at a census."""
    salt = 11 if parent == "pupilonroll" else 1_900_000_001
    half = 0 if parent == "pupilonroll" else 32
    return key(f"({census.index} + {half}) * {PERSON_SHIFT} + person", salt)


def _return_key(census: Census) -> str:
    return key(f"{census.index} * 65536 + school", 5)


def _returns(writer: Writer, census: Census) -> None:
    values = {
        "schoolcensustableid": _return_key(census),
        "nativeid": "concat('SCH', school)",
        "schoolcensusorderseqcolumn": "seq + 1",
        "sourceid": _return_key(census),
        "name": "'School Census'",
        "collection": "'SC'",
        "term": f"'{TERM_CODES[census.term]}'",
        "year": f"{census.year}",
        "referencedate": day(str(days_of(census.day))),
        "serialno": "1",
        "sourcelevel": "'S'",
        "lea": f"'{_lea(writer)}'",
        "estab": "estab",
        "urn": "urn",
        "softwarecode": "'SYNTHETIC'",
    }
    writer.write(
        "sc_schoolcensus",
        _file(census, "schoolcensus"),
        "ret",
        values,
        year=_year(census),
        term=census.term,
    )


def _lea(writer: Writer) -> str:
    return str(writer.con.execute("select getvariable('lea')").fetchall()[0][0])


def _pupil(census: Census, parent: str) -> dict[str, str]:
    """Fields that the on-roll and off-roll modules share."""
    sex = "case when male then 'M' else 'F' end"
    sessions = census.covers.sessions if census.covers else 0
    first = round(sessions * FIRST_HALF_OF_SUMMER) if census.term == "autumn" else sessions
    values = {
        f"{parent}tableid": registration(census, parent),
        "nativeid": "concat('SCH', school)",
        "dob": day("dob"),
        "surname": "surname",
        "forename": "forename",
        "upn": "upn",
        "gender": sex,
        "sex": sex,
        "entrydate": day("entry"),
        "ethnicity": "ethnicity",
        f"{parent}orderseqcolumn": "1",
        "sourceid": _return_key(census),
        "schoolcensustableid": _return_key(census),
        "parttime": flag("not statutory and ncyear < '3'"),
    }
    if census.covers:
        here = "statutory and prior" if parent == "pupilonroll" else "statutory"
        values["termlysessionspossible"] = f"case when {here} then {first} end"
        values["summerhalfterm2sessionspossible"] = f"case when {here} then {sessions - first} end"
    return values


def _on_roll(writer: Writer, census: Census) -> None:
    values = _pupil(census, "pupilonroll") | {
        "schoollunchtaken": flag("fsm"),
        "topupfunding": flag("plan"),
        "senunitindicator": "'False'",
        "resourcedprovisionindicator": flag("unit"),
        "enrolstatus": "'C'",
        "boarder": "'N'",
        "plaa": "'N'",
        "senprovision": "sen",
        "ncyearactual": "ncyear",
        "youngcarer": "'N'",
        "language": "'ENG'",
    }
    source = "roll join person using (person)"
    writer.write(
        "sc_pupilonroll",
        _file(census, "pupilonroll"),
        source,
        values,
        year=_year(census),
        term=census.term,
        order="roll.seq",
    )


def _off_roll(writer: Writer, census: Census) -> None:
    values = _pupil(census, "pupilnolongeronroll") | {
        "leavingdate": day("leaving"),
        "ncyearleaving": "ncyear",
        "boarder": "'N'",
        "language": "'ENG'",
    }
    source = "gone join person using (person)"
    writer.write(
        "sc_pupilnolongeronroll",
        _file(census, "pupilnolongeronroll"),
        source,
        values,
        year=_year(census),
        term=census.term,
        order="gone.seq",
    )


def _needs(writer: Writer, census: Census) -> None:
    if census.term != "spring":
        return
    values = _keys(census, "senneeds", "pupilonroll") | {"sentyperank": "1", "sentype": "need"}
    writer.write(
        "sc_senneeds",
        _file(census, "senneeds"),
        "(from roll where need <> '')",
        values,
        year=_year(census),
        term=census.term,
    )


def _meals(writer: Writer, census: Census) -> None:
    module = "fsmperiodsonroll" if census.term == "autumn" else "fsmperiod"
    keys = {k: v for k, v in _keys(census, module, "pupilonroll").items()}
    values = keys | {"fsmstartdate": day("fsm_start"), "ukcountry": "'ENG'"}
    writer.write(
        "sc_fsmperiod",
        _file(census, module),
        "(from roll where fsm)",
        values,
        year=_year(census),
        term=census.term,
    )


def _addresses(writer: Writer, census: Census) -> None:
    for suffix, parent, table in (
        ("onroll", "pupilonroll", "roll"),
        ("offroll", "pupilnolongeronroll", "gone"),
    ):
        module = f"addresses{suffix}"
        source = f"(select {table}.*, pcds from {table} join postcode on postcode.seq = {table}.postcode)"
        values = _keys(census, module, parent) | {"postcode": "pcds"}
        writer.write(
            f"sc_{module}",
            _file(census, module),
            source,
            values,
            year=_year(census),
            term=census.term,
        )


def _happenings(writer: Writer, census: Census) -> None:
    """Suspensions, attendance and arranged AP of the term before, on roll and off."""
    if census.covers is None:
        return
    k = census.covers.index
    for suffix, parent, table in (
        ("onroll", "pupilonroll", "(from roll where prior)"),
        ("offroll", "pupilnolongeronroll", "gone"),
    ):
        _module(
            writer,
            census,
            (f"termlyexclusions{suffix}", parent, table),
            f"(from suspension where term = {k})",
            SUSPENSION,
        )
        _sessions(writer, census, (suffix, parent, table), k)
        start, end = days_of(census.covers.start), days_of(census.covers.end)
        _module(
            writer,
            census,
            (f"schoolarrangedapdetail{suffix}", parent, table),
            f'(from school_ap where start <= {end} and "end" >= {start})',
            {
                "entrydate": day("start"),
                "leavingdate": day('"end"'),
                "apsessionsperweek": "weekly",
                "apsettingtype": "setting",
                "placementreason": "reason",
                "apattendancepattern": "case when weekly = 10 then 'FT' else 'PT' end",
            },
        )


def _sessions(writer: Writer, census: Census, where: tuple[str, str, str], k: int) -> None:
    """Attendance by code; the autumn census splits the summer term at the May half term."""
    suffix, parent, table = where
    whole = f"(from session where term = {k})"
    values = {"sessions": "sessions", "attendancereason": "code"}
    if census.term != "autumn":
        _module(writer, census, (f"termlysessiondetails{suffix}", parent, table), whole, values)
        return
    first = f"cast(floor(sessions * {FIRST_HALF_OF_SUMMER}) as integer)"
    for module, part in (
        (f"termlysessiondetails{suffix}", first),
        (f"summerhalfterm2sessiondetails{suffix}", f"sessions - {first}"),
    ):
        source = (
            f"(select * replace ({part} as sessions) from session where term = {k} and {part} > 0)"
        )
        _module(writer, census, (module, parent, table), source, values)


def _module(
    writer: Writer, census: Census, where: tuple[str, str, str], events: str, values: dict[str, str]
) -> None:
    """One module: `events` of people who are in the parent table."""
    module, parent, table = where
    source = (
        f"(select e.* exclude (seq), e.seq as seq, p.school as school from {events} e"
        f" join (select person, school as school from {table}) p using (person))"
    )
    if "suspension" in events:
        source = source.replace("e.* exclude (seq)", "e.* exclude (seq, school)")
    writer.write(
        f"sc_{module}",
        _file(census, module),
        source,
        _keys(census, module, parent) | values,
        year=_year(census),
        term=census.term,
    )
