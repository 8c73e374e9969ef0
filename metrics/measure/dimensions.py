"""The conformed dimensions: how each thing counted is described, the same way in every metric.

A child's home, year group, free school meals and need are those of the January census of the
academic year in which the thing happened (`known_pupil`); sex and home fall back to the person.
A thing without a child (a place, a return) takes the area of its school or provision. A metric's
own column of the same name always wins.

What pupils, people, areas, schools and provisions are like is put in words once, in the steps of
`measure.described`, and joined from there. What is not known is empty until cells are made
(`OTHERWISE`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

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

OTHERWISE = {"need": "None recorded"}
"""What a category not known is called, where it isn't `NOT_KNOWN`; a place not known is no cell."""

NOT_KNOWN = "Not known"


@dataclass(frozen=True)
class Dimension:
    """How one dimension is found: from which keys, and where each of the joined tables has it."""

    keys: tuple[str, ...]
    pupil: bool = False
    person: bool = False
    home: bool = False
    body: tuple[str, ...] = ()


STEPS = {
    "p": "person_described",
    "k": "pupil_described",
    "a": "area_described",
    "s": "school_described",
    "v": "provision_described",
    "r": "provider_described",
}
"""Where each join finds its words; `t` is the thing counted and `d` its day."""

_KEYS = {"s": "urn", "v": "provision_id", "r": "provider_id"}
_AGE = (
    "coalesce(t.age, extract(year from t.on_date) - extract(year from p.birth_month)"
    " - case when extract(month from t.on_date) < extract(month from p.birth_month)"
    " then 1 else 0 end)"
)

CONFORMED: dict[str, Dimension] = {
    "sex": Dimension(("person_id",), pupil=True, person=True),
    "age_band": Dimension(("person_id", "age")),
    "year_group": Dimension(("person_id",), pupil=True),
    "ethnicity": Dimension(("person_id",), pupil=True, person=True),
    "fsm": Dimension(("person_id",), pupil=True),
    "need": Dimension(("person_id",), pupil=True),
    "phase": Dimension(("urn",), body=("s",)),
    "school": Dimension(("urn",)),
    "ward": Dimension(("person_id", "lsoa", "urn"), pupil=True, person=True, home=True,
                      body=("s",)),
    "locality": Dimension(("person_id", "lsoa", "urn", "provision_id"), pupil=True, person=True,
                          home=True, body=("v", "s")),
    "deprivation": Dimension(("person_id", "lsoa"), pupil=True, person=True, home=True),
    "designation": Dimension(("provision_id",), body=("v",)),
    "kind_of_provision": Dimension(("provision_id",), body=("v",)),
    "provision": Dimension(("provision_id",)),
    "provider": Dimension(("provider_id",)),
    "provider_type": Dimension(("provider_id",), body=("r",)),
}  # fmt: skip
"""Every conformed dimension by the name a metric declares among its breakdowns."""

_ITSELF = {"school": "t.urn", "provision": "t.provision_id", "provider": "t.provider_id"}


def found(name: str, own: Collection[str]) -> tuple[set[str], str]:
    """The joins a dimension needs and its expression, for things that yield the columns `own`."""
    if name in _ITSELF:
        return set(), _ITSELF[name]
    if name == "age_band":
        return {"p"} & _of_child(own), _band(_AGE if "person_id" in own else "t.age")
    dimension = CONFORMED[name]
    bodies = [alias for alias in dimension.body if _KEYS[alias] in own]
    body = ", ".join(f"{alias}.{name}" for alias in bodies)
    body = f"coalesce({body})" if len(bodies) > 1 else body
    joins, child = _child(name, dimension, own)
    if body and child:
        nobody = [f"t.{key} is null" for key in ("person_id", "lsoa") if key in own]
        child = f"case when {' and '.join(nobody)} then {body} else {child} end"
    return joins | set(bodies), child or body or "cast(null as varchar)"


def _of_child(own: Collection[str]) -> set[str]:
    return {"k", "p"} if "person_id" in own else set()


def _child(name: str, dimension: Dimension, own: Collection[str]) -> tuple[set[str], str]:
    """From the area of the thing's own home, from the pupil that year, or from the person."""
    if dimension.home and "lsoa" in own:
        return {"a"} | _of_child(own), f"a.{name}"
    if not dimension.pupil or "person_id" not in own:
        return set(), ""
    if not dimension.person:
        return {"k", "p"}, f"k.{name}"
    return {"k", "p"}, f"case when k.pupil_year is null then p.{name} else k.{name} end"


def _band(age: str) -> str:
    return (
        f"case when {age} < 5 then 'Under 5' when {age} < 11 then '5 to 10'"
        f" when {age} < 16 then '11 to 15' when {age} < 20 then '16 to 19'"
        f" when {age} is not null then '20 to 25' end"
    )


def join(alias: str, own: Collection[str], day: str = "d") -> str:
    """The join that brings the table of that alias; `day` has the academic year."""
    table = f"left join {STEPS[alias]} {alias} on"
    if alias == "a":
        homes = ["t.lsoa", "k.lsoa", "p.lsoa"] if "person_id" in own else ["t.lsoa"]
        return f"{table} a.lsoa = " + (f"coalesce({', '.join(homes)})" if homes[1:] else "t.lsoa")
    if alias in _KEYS:
        return f"{table} {alias}.{_KEYS[alias]} = t.{_KEYS[alias]}"
    if alias == "k":
        return f"{table} k.pupil_year = p.number * 10000 + {day}.academic_year"
    return f"{table} p.person_id = t.person_id"
