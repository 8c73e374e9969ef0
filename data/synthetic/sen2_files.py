"""SEN2 person-level returns, one each January: nine Blade CSV modules.

A return looks back from its census day over the calendar year before: requests received then,
assessments finished since the census before, and every plan in force since then. It shows only
what was known on its day.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.synthetic.census import resourced_at, urn_at
from data.synthetic.clock import days_of, sen2_day
from data.synthetic.people import postcode_at, year_group
from data.synthetic.sen2_xml import CSV_NAME
from data.synthetic.world import NOWHERE, World
from data.synthetic.write import Writer, day, flag, key, text

YEARS = tuple(range(2021, 2027))
SETTING_CODES = {"ehe": "EHE", "neet": "NEET", "ola": "OLA"}
REVIEW_IN_FOUR_WEEKS = 0.765
AMENDED = 0.06
"""Share of plans amended in a year: their StartDate moves to the amended plan's."""
TRANSFERS_IN_TIME = 0.78
TRANSFER_NOTICE = 90
"""A plan issued within so many days of the date names the next school from the start."""
BASE = 2**25


def write_sen2(world: World, writer: Writer) -> None:
    """Every return, January 2021 to January 2026."""
    people = world.people[["upn", "surname", "forename", "dob", "male", "ethnicity", "cohort"]]
    writer.table("person", people.assign(person=np.arange(len(people))))
    writer.table("postcode", world.postcodes[["pcds"]])
    for year in YEARS:
        _hold_return(world, writer, year)
        for module in (_header, _person, _requests, _assessment, _named_plan, _settings, _needs):
            module(writer, year)


def _hold_return(world: World, writer: Writer, year: int) -> None:
    """Tables `asked` (requests), `held` (plans), `stay` (placements) and `someone` (people)."""
    asked, held = _asked(world, year), _held(world, year)
    asked = pd.concat([asked, _older(asked, held)], ignore_index=True)
    asked["row"] = np.arange(len(asked))
    link = dict(zip(asked["link"], asked["row"], strict=True))
    held["row"] = held["link"].map(link).to_numpy()
    stay = _stays(world, held, year)
    who = np.unique(np.concatenate([asked["person"], held["person"]]).astype(np.int64))
    census = next(c for c in world.censuses if c.year == year and c.term == "spring")
    someone = pd.DataFrame({"person": who, "home": postcode_at(world.people, census.index)[who]})
    for name, frame in (("asked", asked), ("held", held), ("stay", stay), ("someone", someone)):
        writer.table(name, frame)


def _asked(world: World, year: int) -> pd.DataFrame:
    """Requests of the calendar year before, and earlier ones whose assessment ended since."""
    table, today = world.tables["requests"], days_of(sen2_day(year))
    first = days_of(date(year - 1, 1, 1))
    new = (table["received"] >= first) & (table["received"] < days_of(date(year, 1, 1)))
    open_before = (table["received"] < first) & (table["outcome"] == "Y")
    late = open_before & (table["assessed"] > days_of(sen2_day(year - 1)))
    frame = table[new | late].copy()
    known, done = frame["decided"] <= today, frame["assessed"] <= today
    frame["outcome"] = np.where(known, frame["outcome"], "A")
    frame["decided"] = np.where(known, frame["decided"], -1)
    result = np.where(done & (frame["result"] != ""), frame["result"], "A")
    frame["result"] = np.where(frame["outcome"] == "Y", result, "")
    frame["assessed"] = np.where(
        (frame["result"] != "") & (frame["result"] != "A"), frame["assessed"], -1
    )
    frame["link"] = "r" + frame["request_id"].astype(str)
    columns = [
        "person",
        "received",
        "decided",
        "outcome",
        "assessed",
        "result",
        "week20",
        "mediation",
        "tribunal",
        "mediation2",
        "tribunal2",
        "link",
    ]
    return frame[columns]


def _held(world: World, year: int) -> pd.DataFrame:
    """Plans in force on the census day or ceased since the census before, as known on the day."""
    rng = world.rng(f"reviews {year}")
    plans, today = world.tables["plans"], days_of(sen2_day(year))
    before = days_of(sen2_day(year - 1))
    live = (plans["start"] <= today) & ((plans["cease"] < 0) | (plans["cease"] > before))
    frame = plans[live].copy()
    frame["ceased"] = (frame["cease"] >= 0) & (frame["cease"] <= today)
    frame["cease"] = np.where(frame["ceased"], frame["cease"], -1)
    frame["reason"] = np.where(frame["ceased"], frame["reason"], "")
    plain = np.where(frame["request"] >= 0, "r" + frame["request"].astype(str), "")
    frame["link"] = np.where(plain != "", plain, "p" + frame["plan_id"].astype(str))
    n = len(frame)
    meeting = np.where(frame["start"] < before, today - rng.integers(20, 360, n), -1)
    quick = rng.random(n) < REVIEW_IN_FOUR_WEEKS
    sent = meeting + np.where(quick, rng.integers(8, 29, n), rng.integers(30, 85, n))
    frame["meeting"] = meeting
    frame["decided"] = np.where((meeting >= 0) & (sent <= today), sent, -1)
    amended = (
        (rng.random(n) < AMENDED) & (frame["decided"] >= 0).to_numpy() & ~frame["ceased"].to_numpy()
    )
    frame["current"] = np.where(amended, frame["decided"], frame["start"])
    return _with_transfers(world, frame, year).reset_index(drop=True)


def _with_transfers(world: World, held: pd.DataFrame, year: int) -> pd.DataFrame:
    """When a plan had to name the next phase's school, and when it did; -1 where neither.

    Reception, Year 2 and Year 6 are due by 15 February and Year 11 by 31 March of the year before
    the return.
    """
    rng, n = world.rng(f"phase transfers {year}"), len(held)
    group = year_group(world.people, year - 2)[held["person"].to_numpy(dtype=np.int64)]
    school, college = days_of(date(year - 1, 2, 15)), days_of(date(year - 1, 3, 31))
    due = np.select([np.isin(group, [0, 2, 6]), group == 11], [school, college], -1)
    due = np.where(held["start"] < due - TRANSFER_NOTICE, due, -1)
    in_time = rng.random(n) < TRANSFERS_IN_TIME
    final = due + np.where(in_time, -rng.integers(0, 21, n), rng.integers(1, 90, n))
    return held.assign(due=due, final=np.where(due >= 0, final, -1))


def _older(asked: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Requests decided before this return, or plans that came from elsewhere: outcome H."""
    rest = held[~held["link"].isin(asked["link"])]
    return pd.DataFrame(
        {
            "person": rest["person"],
            "received": -1,
            "decided": -1,
            "outcome": "H",
            "assessed": -1,
            "result": "H",
            "week20": False,
            "mediation": False,
            "tribunal": False,
            "mediation2": False,
            "tribunal2": False,
            "link": rest["link"],
        }
    )


def _stays(world: World, held: pd.DataFrame, year: int) -> pd.DataFrame:
    """Placements since the census before, with the URN or setting code known on the day."""
    today, before = days_of(sen2_day(year)), days_of(sen2_day(year - 1))
    spells = world.tables["spells"]
    on = (spells["start"] <= today) & ((spells["end"] < 0) | (spells["end"] > before))
    columns = ["plan_id", "person", "setting", "start", "end", "school", "provider"]
    frame = spells.loc[on, columns].merge(held[["plan_id", "row", "need1"]], on="plan_id")
    frame["left"] = np.where((frame["end"] >= 0) & (frame["end"] <= today), frame["end"], -1)
    census = next(c for c in world.censuses if c.year == year and c.term == "spring")
    now, unit = world.grids["school_at"][census.index], resourced_at(world, census.index)
    who = frame["person"].to_numpy()
    school = np.where(frame["setting"] == "mainstream", now[who], frame["school"])
    urn = np.where(school >= 0, urn_at(world, sen2_day(year))[school], -1)
    provider = frame["provider"].to_numpy()
    urn = np.where(provider >= 0, world.providers["urn"].to_numpy()[provider], urn)
    frame["urn"] = urn
    code = frame["setting"].map(SETTING_CODES).fillna("").to_numpy()
    young = world.people["cohort"].to_numpy()[who] >= year - 5
    unplaced = np.where(young, "EYP", "OTH")
    frame["code"] = np.where(code != "", code, np.where(urn < 0, unplaced, ""))
    frame["unit"] = (
        unit[who] & (frame["setting"] == "mainstream").to_numpy() & (now[who] != NOWHERE)
    )
    return frame.sort_values(["plan_id", "start"], ignore_index=True)


def _name(year: int, module: str) -> str:
    return CSV_NAME.format(f"{sen2_day(year):%d-%m-%Y}", module)


def _key(year: int, number: str, salt: int) -> str:
    return key(f"{year - 2000} * {BASE} + {number}", salt)


def _write(
    writer: Writer, year: int, module: str, source: str, values: dict[str, str], order: str = "seq"
) -> None:
    writer.write(f"sen2_{module}", _name(year, module), source, values, year=year, order=order)


def _header(writer: Writer, year: int) -> None:
    values = {
        "sen2tableid": _key(year, "0", 1),
        "collection": "'SEN2'",
        "year": str(year),
        "referencedate": day(str(days_of(sen2_day(year)))),
        "lea": "getvariable('lea')",
        "softwarecode": "'SYNTHETIC'",
        "serialno": "1",
        "dmo": "'Y'",
        "dco": "'Y'",
        "dsco": "'Y'",
    }
    _write(writer, year, "sen2", "(select 0 as seq)", values)


def _person(writer: Writer, year: int) -> None:
    sex = "case when male then 'M' else 'F' end"
    early = f"cohort >= {year - 4}"
    values = {
        "persontableid": _key(year, "person", 2),
        "sen2tableid": _key(year, "0", 1),
        "surname": "surname",
        "forename": "forename",
        "personbirthdate": day("dob"),
        "gendercurrent": sex,
        "sex": sex,
        "ethnicity": "ethnicity",
        "postcode": "pcds",
        "upn": f"case when not ({early}) then upn end",
        "upnunknown": f"case when {early} then 'UN1' end",
    }
    source = "someone join person using (person) join postcode on postcode.seq = someone.home"
    _write(writer, year, "person", source, values, order="someone.seq")


def _requests(writer: Writer, year: int) -> None:
    values = {
        "requeststableid": _key(year, "row", 3),
        "persontableid": _key(year, "person", 2),
        "receiveddate": day("received"),
        "rya": "'False'",
        "requestoutcomedate": day("decided"),
        "requestoutcome": "outcome",
        "requestmediation": flag("mediation"),
        "requesttribunal": flag("tribunal"),
    }
    _write(writer, year, "requests", "asked", values)


def _assessment(writer: Writer, year: int) -> None:
    values = {
        "assessmenttableid": _key(year, "row", 4),
        "requeststableid": _key(year, "row", 3),
        "assessmentoutcome": "result",
        "assessmentoutcomedate": day("assessed"),
        "assessmentmediation": flag("mediation2"),
        "assessmenttribunal": flag("tribunal2"),
        "week20": flag("week20"),
    }
    _write(writer, year, "assessment", "(from asked where result <> '')", values)


def _named_plan(writer: Writer, year: int) -> None:
    plan = {
        "namedplantableid": _key(year, "row", 5),
        "assessmenttableid": _key(year, "row", 4),
        "startdate": day("current"),
        "ceasedate": day("cease"),
        "ceasereason": text("reason"),
    }
    _write(writer, year, "namedplan", "held", plan)
    active = {
        "activeplanstableid": _key(year, "row", 7),
        "requeststableid": _key(year, "row", 3),
        "transferla": "case when origin = 'transfer' then '999' end",
        "reviewmeeting": day("meeting"),
        "lastreview": day("decided"),
        "phasetransferduedate": day("due"),
        "phasetransferfinaldate": day("final"),
    }
    _write(writer, year, "activeplans", "held", active)


def _settings(writer: Writer, year: int) -> None:
    where = {
        "urn": "case when urn >= 0 then urn end",
        "sensetting": text("code"),
        "placementrank": "1",
        "senunitindicator": "'False'",
        "resourcedprovisionindicator": flag("unit"),
    }
    named = {"plandetailtableid": _key(year, "seq", 6), "namedplantableid": _key(year, "row", 5)}
    latest = "(from stay qualify row_number() over (partition by row order by start desc) = 1)"
    _write(writer, year, "plandetail", latest, named | where)
    real = {
        "placementdetailtableid": _key(year, "seq", 8),
        "activeplanstableid": _key(year, "row", 7),
        "entrydate": day("start"),
        "leavingdate": day('"left"'),
    }
    _write(writer, year, "placementdetail", "stay", real | where)


def _needs(writer: Writer, year: int) -> None:
    source = (
        "(select seq * 2 + 1 as seq, row, need1 as need, 1 as rank from held"
        " union all select seq * 2 + 2, row, need2, 2 from held where need2 <> '')"
    )
    values = {
        "senneedtableid": _key(year, "seq", 9),
        "activeplanstableid": _key(year, "row", 7),
        "sentype": "need",
        "sentyperank": "rank",
    }
    _write(writer, year, "senneed", source, values)
