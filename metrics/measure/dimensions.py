"""The conformed dimensions: how each thing counted is described, the same way in every metric.

A child's home, year group, free school meals and need are those of the January census of the
academic year in which the thing happened (`known_pupil`); sex and home fall back to the person.
A thing without a child (a place, a return) takes the area of its school or provision. A metric's
own column of the same name always wins.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.codes import (
    DESIGNATION,
    ESTABLISHMENT,
    PHASE,
    PROVIDER_TYPE,
    SEN_TYPE_CENSUS,
    SEX,
    YEAR_GROUP,
)

LOOKUPS = ("lsoa", "age", "provider_id")
"""Columns a metric may yield only so that dimensions can be looked up from them."""

AREA_KINDS = {
    "locality": "locality",
    "ward": "ward",
    "school": "school",
    "provider": "provider",
    "provision": "provider",
}
"""Breakdowns that are places or bodies: their rows become rows of that kind of area."""


@dataclass(frozen=True)
class Dimension:
    """How one dimension is found: from which keys, with which joins, by which expression."""

    keys: tuple[str, ...]
    joins: tuple[str, ...]
    expression: str


JOINS = {
    "k": "left join known_pupil k on k.person_id = t.person_id"
    " and k.academic_year = d.academic_year",
    "p": "left join person p on p.person_id = t.person_id",
    "a": "left join area a on a.lsoa = coalesce(t.lsoa, k.lsoa, p.home_lsoa)",
    "s": "left join school s on s.urn = t.urn",
    "v": "left join provision v on v.provision_id = t.provision_id",
    "r": "left join provider r on r.provider_id = t.provider_id",
}
"""`t` is the thing counted and `d` its day; each join is made only where a breakdown needs it."""

_HOME = ("k", "p", "a")
_NO_CHILD = "t.person_id is null and t.lsoa is null"
_AGE = (
    "coalesce(t.age, extract(year from t.on_date) - extract(year from p.birth_month)"
    " - case when extract(month from t.on_date) < extract(month from p.birth_month)"
    " then 1 else 0 end)"
)


def _labels(expression: str, labels: dict[str, str], otherwise: str = "Not known") -> str:
    whens = " ".join(f"when '{code}' then '{label}'" for code, label in labels.items())
    return f"case {expression} {whens} else '{otherwise}' end"


CONFORMED: dict[str, Dimension] = {
    "sex": Dimension(("person_id",), ("k", "p"), _labels("coalesce(k.sex, p.sex)", SEX)),
    "age_band": Dimension(
        ("person_id", "age"),
        ("p",),
        f"case when {_AGE} is null then 'Not known' when {_AGE} < 5 then 'Under 5'"
        f" when {_AGE} < 11 then '5 to 10' when {_AGE} < 16 then '11 to 15'"
        f" when {_AGE} < 20 then '16 to 19' else '20 to 25' end",
    ),
    "year_group": Dimension(("person_id",), ("k",), _labels("k.year_group", YEAR_GROUP)),
    "ethnicity": Dimension(
        ("person_id",), ("k", "p"), "coalesce(k.ethnic_group, p.ethnic_group, 'Not known')"
    ),
    "fsm": Dimension(
        ("person_id",),
        ("k",),
        "case when k.fsm then 'Eligible' when not k.fsm then 'Not eligible' else 'Not known' end",
    ),
    "need": Dimension(
        ("person_id",), ("k",), _labels("k.primary_need", SEN_TYPE_CENSUS, "None recorded")
    ),
    "phase": Dimension(("urn",), ("s",), _labels("s.phase", PHASE)),
    "school": Dimension(("urn",), (), "cast(t.urn as varchar)"),
    "ward": Dimension(
        ("person_id", "lsoa", "urn"),
        (*_HOME, "s"),
        f"case when {_NO_CHILD} then s.ward_code else a.ward_code end",
    ),
    "locality": Dimension(
        ("person_id", "lsoa", "urn", "provision_id"),
        (*_HOME, "s", "v"),
        f"case when {_NO_CHILD} then coalesce(v.locality, s.locality) else a.locality end",
    ),
    "deprivation": Dimension(
        ("person_id", "lsoa"),
        _HOME,
        "case ceil(a.imd_decile / 2.0) when 1 then '1 (most deprived)' when 2 then '2'"
        " when 3 then '3' when 4 then '4' when 5 then '5 (least deprived)'"
        " else 'Not known' end",
    ),
    "designation": Dimension(("provision_id",), ("v",), _labels("v.designation", DESIGNATION)),
    "kind_of_provision": Dimension(
        ("provision_id",), ("v",), _labels("v.establishment", ESTABLISHMENT)
    ),
    "provision": Dimension(("provision_id",), (), "t.provision_id"),
    "provider": Dimension(("provider_id",), (), "t.provider_id"),
    "provider_type": Dimension(("provider_id",), ("r",), _labels("r.provider_type", PROVIDER_TYPE)),
}
"""Every conformed dimension by the name a metric declares among its breakdowns."""
