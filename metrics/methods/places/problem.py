"""What the planner is told: schemes, places, need in simulated futures, prices and limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from metrics.methods._checks import Floats, floats
from metrics.methods.value import GREEN_BOOK, Rates


class CannotPlan(ValueError):
    """A plan that can't be made: what is wrong or which limit stands in its way."""


@dataclass(frozen=True)
class Scheme:
    """A candidate: where, what for, how many places, what it costs and when it opens.

    `capital` in pounds, spent in `start`; `running` in pounds a place and year, paid for every
    place open, filled or not; `start` and `opens` are the years the need is counted in.
    """

    name: str
    locality: str
    designation: str
    places: int
    capital: float
    running: float
    start: int
    opens: int


@dataclass(frozen=True)
class Borough:
    """Places there are and what going elsewhere costs.

    `present` places by locality and designation, or by year, locality and designation; `fee`
    of a place out of the borough by designation and `transport_out` by home locality, pounds
    a child and year; `transport` within the borough, by home and site, pounds a child and
    year; `minutes` of travel likewise. Present places are paid for in every plan and left out
    of its cost.
    """

    localities: tuple[str, ...]
    designations: tuple[str, ...]
    present: Floats
    fee: Floats
    transport_out: Floats
    transport: Floats
    minutes: Floats


@dataclass(frozen=True)
class Limits:
    """What a plan must keep to.

    `budget`: capital in pounds. `most_minutes`: no child is placed in the borough farther away.
    `margin`: in the last year no locality's expected unmet share may exceed the borough's by more
    (0.1 is ten points); None sets no such limit. Fairness may not be had by leaving places empty:
    in that year as many children are placed in the borough as the plan allows. `life`: years over
    which capital is charged, in equal yearly amounts; None charges all of it to the years planned.
    `fair_for`: sets of designations that are each to be fair by themselves; none stands for all
    designations taken together.
    """

    budget: float
    most_minutes: float = np.inf
    margin: float | None = None
    life: int | None = None
    fair_for: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Problem:
    """All of it, checked. `need`: children by future, year, locality and designation."""

    need: Floats
    first_year: int
    borough: Borough
    schemes: tuple[Scheme, ...]
    limits: Limits
    rates: Rates = GREEN_BOOK

    def __post_init__(self) -> None:
        """Refuse what would make the plan wrong."""
        _check_borough(self.borough, np.shape(self.need)[1:2])
        _check_need(self.need, self.borough)
        for scheme in self.schemes:
            _check_scheme(scheme, self)
        _check_limits(self.limits)
        _check_fair(self.limits, self.borough.designations)
        names = [scheme.name for scheme in self.schemes]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise CannotPlan(f"scheme {twice!r} is listed twice; name each once")

    @property
    def years(self) -> int:
        """How many years are planned."""
        return int(self.need.shape[1])

    @cached_property
    def discount(self) -> Floats:
        """Factors of the years planned; the year before the first one is year 0."""
        return self.rates.factors(self.years + 1)[1:]

    @cached_property
    def open(self) -> np.ndarray:
        """Whether each scheme (row) is open in each year (column)."""
        years = self.first_year + np.arange(self.years)
        return np.array([years >= s.opens for s in self.schemes]).reshape(-1, self.years)

    @cached_property
    def capital(self) -> Floats:
        """Capital of each scheme, undiscounted: what the budget pays."""
        return np.array([s.capital for s in self.schemes], dtype=float)

    @cached_property
    def fixed(self) -> Floats:
        """Discounted capital and running cost of each scheme over the years planned."""
        running = np.array([s.places * s.running for s in self.schemes], dtype=float)
        return running * (self.open @ self.discount) + [self._charged(s) for s in self.schemes]

    def _charged(self, scheme: Scheme) -> float:
        """Present value of the capital that falls to the years planned."""
        base = self.first_year - 1
        life = self.limits.life
        factors = self.rates.factors(max(self.years, scheme.opens - base + (life or 0)) + 1)
        spent = float(scheme.capital * factors[scheme.start - base])
        if life is None:
            return spent
        used = factors[scheme.opens - base : scheme.opens - base + life]
        within = factors[scheme.opens - base : min(scheme.opens - base + life, self.years + 1)]
        return spent * float(within.sum() / used.sum())

    def capacity(self, chosen: np.ndarray) -> Floats:
        """Places by year, locality and designation under a plan (a flag for each scheme)."""
        return self.present + np.tensordot(chosen.astype(float), self.added, axes=1)

    @cached_property
    def present(self) -> Floats:
        """Places without any scheme, by year, locality and designation."""
        shape = (self.years, len(self.borough.localities), len(self.borough.designations))
        return np.broadcast_to(self.borough.present, shape)

    @cached_property
    def added(self) -> Floats:
        """Places each scheme adds: scheme, year, locality, designation."""
        b = self.borough
        out = np.zeros((len(self.schemes), self.years, len(b.localities), len(b.designations)))
        for k, s in enumerate(self.schemes):
            at = b.localities.index(s.locality), b.designations.index(s.designation)
            out[k, :, at[0], at[1]] = s.places * self.open[k]
        return out

    @cached_property
    def fair_sets(self) -> np.ndarray:
        """Sets of designations that are each to be fair (row) and what is in them (column)."""
        known = self.borough.designations
        sets = self.limits.fair_for or (known,)
        return np.array([[name in one for name in known] for one in sets])

    @property
    def within_reach(self) -> np.ndarray:
        """Whether a site (column) is within the travel limit of a home locality (row)."""
        return self.borough.minutes <= self.limits.most_minutes


def _check_borough(b: Borough, years: tuple[int, ...]) -> None:
    places, kinds = len(b.localities), len(b.designations)
    yearly = years if np.ndim(b.present) == 3 else ()
    shapes = {
        "present": (*yearly, places, kinds), "fee": (kinds,), "transport_out": (places,),
        "transport": (places, places), "minutes": (places, places),
    }  # fmt: skip
    for name, shape in shapes.items():
        table = floats(getattr(b, name), name)
        if table.shape != shape:
            raise CannotPlan(f"{name} has shape {table.shape}; {shape} is needed")
        _not_negative(table, name.replace("_", " "))


def _not_negative(table: Floats, name: str) -> None:
    if not (np.isfinite(table).all() and (table >= 0).all()):
        bad = table[~(np.isfinite(table) & (table >= 0))][0]
        raise CannotPlan(f"{name} holds {bad:g}; give numbers of 0 or more")


def _check_need(need: Floats, b: Borough) -> None:
    wanted = (len(b.localities), len(b.designations))
    if np.ndim(need) != 4 or need.shape[2:] != wanted or 0 in need.shape:
        raise CannotPlan(f"need has shape {np.shape(need)}; (futures, years, *{wanted}) is needed")
    _not_negative(floats(need, "need"), "need")


def _check_scheme(s: Scheme, problem: Problem) -> None:
    b, first = problem.borough, problem.first_year
    last = first + problem.years - 1
    _known(s.name, "locality", s.locality, b.localities)
    _known(s.name, "designation", s.designation, b.designations)
    for what in ("capital", "running"):
        if not 0 <= getattr(s, what) < np.inf:
            raise CannotPlan(f"scheme {s.name!r}: {what} of {getattr(s, what):g}; give 0 or more")
    if s.places < 1:
        raise CannotPlan(f"scheme {s.name!r} adds {s.places} places; give 1 or more")
    if s.opens < s.start:
        raise CannotPlan(f"scheme {s.name!r} opens in {s.opens}, before it starts in {s.start}")
    if s.start < first - 1:
        raise CannotPlan(
            f"scheme {s.name!r} started in {s.start}, before {first - 1}: its capital is spent;"
            " count its places as present"
        )
    if not first <= s.opens <= last:
        raise CannotPlan(
            f"scheme {s.name!r} opens in {s.opens}; need is projected for {first} to {last}"
        )


def _known(scheme: str, what: str, value: str, values: Sequence[str]) -> None:
    if value not in values:
        raise CannotPlan(f"scheme {scheme!r}: unknown {what} {value!r}; known: {', '.join(values)}")


def _check_limits(limits: Limits) -> None:
    for name in ("budget", "most_minutes"):
        if not getattr(limits, name) >= 0:
            raise CannotPlan(f"{name.replace('_', ' ')} is {getattr(limits, name)}; give 0 or more")
    if limits.margin is not None and not 0 <= limits.margin <= 1:
        raise CannotPlan(f"margin is {limits.margin}; give a share from 0 to 1")
    if limits.life is not None and limits.life < 1:
        raise CannotPlan(f"life is {limits.life} years; give 1 or more")


def _check_fair(limits: Limits, known: Sequence[str]) -> None:
    strange = next((name for one in limits.fair_for for name in one if name not in known), None)
    if strange is not None or not all(limits.fair_for):
        said = f"designation {strange!r}" if strange is not None else "a set without designations"
        raise CannotPlan(f"fairness is asked for {said}; known: {', '.join(known)}")
