"""School census files: a set of COLLECT modules for each census, from schools that returned."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from data.synthetic import census as state
from data.synthetic.alternative import (
    in_alternative_provision,
    left_alternative_provision,
    settings_of,
)
from data.synthetic.clock import Census, days_of
from data.synthetic.world import World
from data.synthetic.write import Writer, day, flag, key, text

FIRST_HALF_OF_SUMMER = 0.45
TERM_CODES = {"autumn": "AUT", "spring": "SPR", "summer": "SUM"}
PERSON_SHIFT = 2**24
SUSPENSION = {
    "startdate": day("day"),
    "sessions": "sessions",
    "reason1": "reason1",
    "reason2": text("reason2"),
    "reason3": text("reason3"),
    "category": "category",
    "senprovision": "sen",
}


def write_census(world: World, writer: Writer, step: Callable[[], None]) -> None:
    """Every module of every census."""
    _hold_people(world, writer)
    writer.table("suspension", world.tables["suspensions"])
    writer.table("session", world.tables["sessions"])
    writer.table("school_ap", settings_of(world, world.tables["school_ap"]))
    fsm_start = state.meal_starts(world)
    for census in world.censuses:
        writer.table("roll", state.on_roll(world, census, fsm_start))
        writer.table("gone", state.gone(world, census))
        writer.table("ret", state.returns(world, census))
        _hold_alternative(world, writer, census)
        for module in (
            _returns,
            _on_roll,
            _off_roll,
            _needs,
            _meals,
            _addresses,
            _happenings,
            _alternative,
        ):
            module(writer, census)
        step()


def _hold_people(world: World, writer: Writer) -> None:
    columns = ["upn", "surname", "forename", "dob", "male", "ethnicity"]
    people = world.people[columns].assign(person=np.arange(len(world.people)))
    writer.table("person", people)
    writer.table("postcode", world.postcodes[["pcds"]])


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
        home = f"{table} join postcode on postcode.seq = {table}.postcode"
        source = f"(select {table}.*, pcds from {home})"
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
                "urn": "nullif(setting_urn, 0)",
                "ukprn": "nullif(setting_ukprn, 0)",
                "apsettingtype": text("setting"),
                "placementreason": "reason",
                "apattendancepattern": "case when weekly = 10 then 'FT' else 'PT' end",
            },
        )


def _hold_alternative(world: World, writer: Writer, census: Census) -> None:
    """Pupils of alternative provision, with the URN of the school before at the time."""
    urn = state.urn_at(world, census.day)
    for name, rows in (
        ("in_ap", in_alternative_provision(world, census)),
        ("left_ap", left_alternative_provision(world, census)),
    ):
        before = rows["before"].to_numpy()
        writer.table(name, rows.assign(prevurn=np.where(before >= 0, urn[before], 0)))


def _alternative(writer: Writer, census: Census) -> None:
    """Why pupils are in alternative provision, and the school before; spring only."""
    if census.term != "spring":
        return
    values = {
        "prevurn": "nullif(prevurn, 0)",
        "apreason": "reason",
        "senprovisionentry": "sen",
    }
    for suffix, parent, table, events in (
        ("onroll", "pupilonroll", "roll", "in_ap"),
        ("offroll", "pupilnolongeronroll", "gone", "left_ap"),
    ):
        where = (f"approvisiondetail{suffix}", parent, table)
        _module(writer, census, where, f"(select * exclude (school) from {events})", values)


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
