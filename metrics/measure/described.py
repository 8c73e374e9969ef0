"""What pupils, people, areas, schools and provisions are like, put in words once for every metric.

The words are kept as numbers while a run lasts (DuckDB's enum): joined and grouped, they cost a
fraction of what text does, and read the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.codes import (
    DESIGNATION,
    ESTABLISHMENT,
    PHASE,
    PROVIDER_TYPE,
    SEN_TYPE_CENSUS,
    SEX,
    YEAR_GROUP,
)

FIFTHS = {1: "1 (most deprived)", 2: "2", 3: "3", 4: "4", 5: "5 (least deprived)"}
MEALS = ("Eligible", "Not eligible")


def _labels(expression: str, labels: Mapping[Any, str]) -> str:
    whens = " ".join(f"when {_text(code)} then {_text(label)}" for code, label in labels.items())
    return f"case {expression} {whens} end"


def _text(code: str | int) -> str:
    return str(code) if isinstance(code, int) else "'" + code.replace("'", "''") + "'"


_FIFTH = _labels("ceil(imd_decile / 2.0)", FIFTHS)
_FSM = f"case when k.fsm then '{MEALS[0]}' when not k.fsm then '{MEALS[1]}' end"

DESCRIBED: dict[str, tuple[str, str]] = {
    "area_described": (
        "One row per small area (LSOA): its ward, its locality and its fifth of deprivation.",
        f"select lsoa, ward_code as ward, locality, {_FIFTH} as deprivation\nfrom area",
    ),
    "person_described": (
        "One row per person in words: sex, ethnic group and, from the last known home, its area;"
        " numbered, since a number is found far faster than a pseudonym.",
        "select n.person_id, row_number() over (order by n.person_id) as number, p.birth_month,\n"
        f"    p.home_lsoa as lsoa, {_labels('p.sex', SEX)} as sex, p.ethnic_group as ethnicity,\n"
        "    a.ward, a.locality, a.deprivation\n"
        "from (\n    select person_id from person\n    union\n"
        "    select person_id from pupil_year\n) n\n"
        "left join person p on p.person_id = n.person_id\n"
        "left join area_described a on a.lsoa = p.home_lsoa",
    ),
    "pupil_described": (
        "One row per pupil and academic year in words: what the January census says of them; sex,"
        " ethnic group and home are the person's where the census does not say. The pupil-year is"
        " the person's number and the year in one.",
        "select h.number * 10000 + k.academic_year as pupil_year,\n"
        "    coalesce(k.lsoa, p.home_lsoa) as lsoa,\n"
        f"    {_labels('coalesce(k.sex, p.sex)', SEX)} as sex,\n"
        f"    {_labels('k.year_group', YEAR_GROUP)} as year_group,\n"
        f"    {_labels('k.primary_need', SEN_TYPE_CENSUS)} as need,\n"
        f"    {_FSM} as fsm,\n"
        "    coalesce(k.ethnic_group, p.ethnic_group) as ethnicity, a.ward, a.locality,\n"
        "    a.deprivation\n"
        "from known_pupil k\njoin person_described h on h.person_id = k.person_id\n"
        "left join person p on p.person_id = k.person_id\n"
        "left join area_described a on a.lsoa = coalesce(k.lsoa, p.home_lsoa)",
    ),
    "school_described": (
        "One row per school: its phase in words, its ward and its locality.",
        f"select urn, {_labels('phase', PHASE)} as phase, ward_code as ward, locality\nfrom school",
    ),
    "provision_described": (
        "One row per provision in words: what it is designated for, its kind and its locality.",
        f"select provision_id, {_labels('designation', DESIGNATION)} as designation,\n"
        f"    {_labels('establishment', ESTABLISHMENT)} as kind_of_provision, locality\n"
        "from provision",
    ),
    "provider_described": (
        "One row per provider: its type in words.",
        f"select provider_id, {_labels('provider_type', PROVIDER_TYPE)} as provider_type\n"
        "from provider",
    ),
}
"""The steps that put codes into words, each with the sentence that says what one row is."""

FIXED: dict[str, tuple[str, ...]] = {
    "sex": tuple(SEX.values()),
    "year_group": tuple(YEAR_GROUP.values()),
    "need": tuple(SEN_TYPE_CENSUS.values()),
    "fsm": MEALS,
    "deprivation": tuple(FIFTHS.values()),
    "phase": tuple(PHASE.values()),
    "designation": tuple(DESIGNATION.values()),
    "kind_of_provision": tuple(ESTABLISHMENT.values()),
    "provider_type": tuple(PROVIDER_TYPE.values()),
}
"""Every word a dimension can have, where that is known beforehand."""

READ = {
    "ethnicity": "select ethnic_group from person union select ethnic_group from pupil_year",
    "ward": "select ward_code from area union select ward_code from school",
    "locality": "select locality from area union select locality from school"
    " union select locality from provision",
}
"""Where the words of the other dimensions are read."""


def as_numbers(con: Any, step: str, words: dict[str, str]) -> str:
    """The columns of a step of `DESCRIBED` as a run keeps them: its words cast to enums.

    `words` remembers the enum of each dimension, so that tables share them.
    """
    columns = con.execute(f"describe {DESCRIBED[step][1]}").fetchall()
    casts = []
    for name in (row[0] for row in columns):
        if name in FIXED or name in READ:
            words[name] = words.get(name) or _enum(con, name)
            casts.append(f"cast({name} as {words[name]}) as {name}")
        else:
            casts.append(name)
    return ", ".join(casts)


def _enum(con: Any, name: str) -> str:
    known = FIXED.get(name)
    if known is None:
        rows = con.execute(f"select word from ({READ[name]}) r(word) order by 1").fetchall()
        known = tuple(word for (word,) in rows if word is not None) or ("",)
    return f"enum ({', '.join(_text(word) for word in known)})"
