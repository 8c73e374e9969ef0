"""The levers of a scenario, each with a start: what may be moved, how far, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, NamedTuple
from urllib.parse import parse_qsl, urlencode

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from scenarios.futures import CannotWork, Futures

Month = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
Word = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 _-]{0,39}$")]
MOST_TEXT = 600
"""Letters of an address that says a scenario; a longer one is refused unread."""


class Levers(BaseModel):
    """What is moved, from when. A lever at its default changes nothing.

    A start is a month, `2027-09`; none given is from the first year ahead. Shares and changes are
    per cent.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    need: Literal["all", "SEMH"] = "all"
    new: float = Field(0, ge=-50, le=50)
    new_from: Month | None = None
    refused: float | None = Field(None, ge=0, le=80)
    refused_from: Month | None = None
    reach: float = Field(0, ge=0, le=100)
    effect: float = Field(10, ge=0, le=50)
    reach_from: Month | None = None
    fees: float = Field(0, ge=-10, le=20)
    fees_from: Month | None = None
    places: int = Field(0, ge=0, le=500)
    phase: Word = "all"
    places_from: Month | None = None
    place_cost: int | None = Field(None, ge=0, le=200_000)
    fill: float | None = Field(None, ge=5, le=100)
    population: float = Field(0, ge=-20, le=20)
    population_from: Month | None = None

    @property
    def moved(self) -> bool:
        """Whether anything is changed."""
        return bool(
            self.new or self.refused is not None or (self.reach and self.effect)
            or self.fees or self.places or self.population
        )  # fmt: skip

    def search(self) -> str:
        """The scenario as the part of an address after `?`; empty when nothing is said."""
        return urlencode(self.model_dump(exclude_defaults=True, exclude_none=True))


class Lever(NamedTuple):
    """What people are told of a lever: its name, its unit, a word on it, and its start's field."""

    name: str
    unit: str
    hint: str
    start: str | None


LEVERS: dict[str, Lever] = {
    "new": Lever(
        "Children newly identified with a plan", "% more or fewer",
        "10 is a tenth more new plans each year; \u221210 a tenth fewer", "new_from"),
    "refused": Lever(
        "Requests for assessment refused", "% of requests",
        "the share of all requests that is refused", "refused_from"),
    "reach": Lever(
        "Early help reaches", "% of children",
        "of the children who would otherwise go on to a plan", "reach_from"),
    "effect": Lever(
        "Early help works for", "% of those reached",
        "those who then need no plan: an assumption, not a measured effect", None),
    "fees": Lever(
        "Fees outside the borough rise by", "% more a year",
        "on top of the prices used here", "fees_from"),
    "places": Lever(
        "New places in the borough", "places",
        "filled by children who would be placed outside it", "places_from"),
    "place_cost": Lever(
        "A new place costs", "\u00a3 a year",
        "running cost of one more place; empty uses what a local place costs now", None),
    "fill": Lever(
        "Places fill from", "% of children away a year",
        "those who are new outside the borough in a year: settled children stay", None),
    "population": Lever(
        "Children in the borough", "% more or fewer",
        "beside the population projection; acts on new plans", "population_from"),
}  # fmt: skip
"""The levers that are numbers, in the order they are shown."""


def bounds(name: str) -> tuple[float, float]:
    """The least and most a lever may be. Raises KeyError where there is no such lever."""
    limits: dict[str, float] = {}
    for one in Levers.model_fields[name].metadata:
        limits |= {key: getattr(one, key) for key in ("ge", "le") if hasattr(one, key)}
    return limits["ge"], limits["le"]


def read_levers(said: Mapping[str, Any]) -> tuple[Levers, list[str]]:
    """A scenario from the fields of an address, and in words what in it can't be used.

    A field that is not understood falls back to its default, and is named.
    """
    given = {name: value for name, value in said.items() if value not in (None, "")}
    try:
        return Levers.model_validate(given), []
    except ValidationError as error:
        faults = {str(fault["loc"][0]): fault for fault in error.errors() if fault["loc"]}
    kept = {name: value for name, value in given.items() if name not in faults}
    return Levers.model_validate(kept), [_words(name) for name in sorted(faults)]


def read_search(text: str) -> tuple[Levers, list[str]]:
    """A scenario from the part of an address after `?`, and what in it can't be used."""
    if len(text) > MOST_TEXT:
        return Levers(), [f"the scenario's address is longer than {MOST_TEXT} letters"]
    return read_levers(dict(parse_qsl(text.lstrip("?"))))


def _words(name: str) -> str:
    if name in LEVERS:
        low, high = bounds(name)
        return f"{LEVERS[name].name.lower()} must be a number from {low:,g} to {high:,g}"
    if name.endswith("_from"):
        return f"{name.removesuffix('_from')} must start in a month such as 2027-09"
    if name in Levers.model_fields:
        return f"{name} is not one of the choices"
    return f"there is no lever called {_short(name)}"


def _short(name: str) -> str:
    return "".join(c for c in name if c.isalnum() or c in "_-")[:30] or "that"


def check(futures: Futures, levers: Levers) -> list[str]:
    """What can't be worked out with these futures, in words; none where all can.

    A start before the futures begin would change what has already happened.
    """
    last = futures.years[-1]
    found = [
        f"{LEVERS[name].name.lower()} would start in {month_words(when)}: choose a month from"
        f" January {futures.origin} to January {last}"
        for name, lever in LEVERS.items()
        if lever.start and (when := getattr(levers, lever.start))
        and not futures.origin <= month_at(when) <= last
    ]  # fmt: skip
    phases = sorted(set(futures.groups["phase"]))
    if levers.phase not in ("all", *phases):
        found.append(f"new places are for one of: all, {', '.join(phases)}")
    return found


def must_work(futures: Futures, levers: Levers) -> None:
    """Raise CannotWork naming the first lever that can't be worked with these futures."""
    for problem in check(futures, levers):
        raise CannotWork(f"{problem[:1].upper()}{problem[1:]}.", "change that lever or its start")


def month_at(month: str) -> float:
    """A month as a point on the line of Januaries: 2027-09 is 2027.67."""
    return int(month[:4]) + (int(month[5:]) - 1) / 12


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def month_words(month: str) -> str:
    """A month as people write it: September 2027."""
    return f"{_MONTHS[int(month[5:]) - 1]} {month[:4]}"
