"""When building pays: a place out of the borough at full cost against a local one at its margin.

Real pounds of one year throughout. A local place costs what one more child adds, not the average:
a school's head and heating are paid whether or not the place is filled; what a new place adds to
those belongs in `standing`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from metrics.methods._checks import Floats, counts, known, not_empty, refuse, same_shape
from metrics.methods.value import GREEN_BOOK, Rates


@dataclass(frozen=True)
class PlaceCost:
    """Cost of one place, pounds a child and year; each a shape (draws,) or ()."""

    public: Floats
    """All that is paid for it from public money, whoever pays."""
    council: Floats
    """What is left to education once health and social care have paid their share."""


def place_cost(
    *,
    fee: ArrayLike = 0.0,
    top_up: ArrayLike = 0.0,
    place_funding: ArrayLike = 0.0,
    transport: ArrayLike = 0.0,
    joint_funding: ArrayLike = 0.0,
) -> PlaceCost:
    """The full cost of a place: fee, top-up, place funding and transport; less joint funding.

    Each in pounds a child and year, one number or one a simulated future. `joint_funding` is what
    health and social care pay of the sum. The fee of an independent place holds all of it; a
    maintained one has place funding and a top-up: give what is paid, nothing twice.
    Raises ValueError for missing or negative amounts, or joint funding above the sum.
    """
    parts = {"fee": fee, "top_up": top_up, "place_funding": place_funding, "transport": transport,
             "joint_funding": joint_funding}  # fmt: skip
    amount = {name: counts(known(value, name), name) for name, value in parts.items()}
    shared = amount.pop("joint_funding")
    public = np.asarray(sum(amount.values()), dtype=float)
    council = np.asarray(public - shared)
    refuse(council < 0, np.broadcast_to(shared, council.shape), "joint funding is above the cost",
           "give what the others pay of this place")  # fmt: skip
    return PlaceCost(public, council)


@dataclass(frozen=True)
class BreakEven:
    """Place-years after which capital is won back; infinite where a place saves nothing."""

    saving: float
    """Mean saving a place and year, in pounds."""
    median: float
    low: float
    """95 in 100 futures need between `low` and `high` place-years."""
    high: float
    never: float
    """Share of futures in which a local place saves nothing."""


def break_even(capital: float, out: ArrayLike, local: ArrayLike) -> BreakEven:
    """Filled place-years that win back the capital: capital / (out - local), undiscounted.

    `out` and `local`: pounds a place and year, one number or one a future (paired). Raises
    ValueError for missing or negative amounts, or differing numbers of futures.
    """
    spent = float(counts(known(capital, "capital"), "capital"))
    dear = np.atleast_1d(counts(known(out, "out"), "out"))
    near = np.atleast_1d(counts(known(local, "local"), "local"))
    if dear.size > 1 and near.size > 1:
        same_shape(out=dear, local=near)
    not_empty(dear, "out")
    not_empty(near, "local")
    saving = dear - near
    years = np.full(saving.shape, np.inf)
    np.divide(spent, saving, out=years, where=saving > 0)
    # By rank, not between two ranks: some may be infinite.
    low, median, high = np.quantile(years, [0.025, 0.5, 0.975], method="inverted_cdf")
    never = float((saving <= 0).mean())
    return BreakEven(float(saving.mean()), float(median), float(low), float(high), never)


@dataclass(frozen=True)
class InvestToSave:
    """What an investment is worth over the years given, in pounds of year 0."""

    expected: float
    """Mean net present value; above 0 it saves more than it costs."""
    low: float
    """95 in 100 futures lie between `low` and `high`."""
    high: float
    pays_back: float
    """Share of futures in which the discounted savings win back the costs by the last year."""
    year: int | None
    """First year by which they have in at least half the futures; None if in none given."""
    by_year: Floats
    """Mean discounted balance at the end of each year; shape (years,)."""


def invest_to_save(
    capital: ArrayLike,
    filled: ArrayLike,
    saving: ArrayLike,
    standing: ArrayLike = 0.0,
    rates: Rates = GREEN_BOOK,
) -> InvestToSave:
    """Discounted savings of places filled locally, less capital and standing costs.

    `capital`: pounds by year from year 0, shape (years,). `filled`: children in the new places who
    would else be out of the borough, shape (futures, years). `saving`: pounds a child and year,
    one number or one a future. `standing`: pounds a year paid for the places, filled or not, one
    number or one a year (0 before they open). Discounted by the Green Book unless told otherwise.
    Raises ValueError for missing values, negative capital, children or standing cost, or shapes
    that do not fit.
    """
    spent = counts(known(capital, "capital"), "capital")
    children = np.atleast_2d(counts(known(filled, "filled"), "filled"))
    if spent.ndim != 1 or children.shape[1] != spent.size or not spent.size:
        raise ValueError(
            f"capital has shape {spent.shape} and filled {children.shape}; give both by year"
        )
    each = np.atleast_1d(known(saving, "saving"))
    paid = np.atleast_1d(counts(known(standing, "standing"), "standing"))
    if each.size not in (1, len(children)) or paid.size not in (1, spent.size):
        raise ValueError(
            f"saving has {each.size} and standing {paid.size} values, for {len(children)} futures"
            f" and {spent.size} years; give one, or one for each"
        )
    flow = children * each[:, None] - spent - paid
    balance = np.cumsum(flow * rates.factors(spent.size), axis=1)
    low, high = np.quantile(balance[:, -1], [0.025, 0.975])
    return InvestToSave(
        float(balance[:, -1].mean()), float(low), float(high), float((balance[:, -1] >= 0).mean()),
        _payback(balance, spent), balance.mean(axis=0),
    )  # fmt: skip


def _payback(balance: Floats, spent: Floats) -> int | None:
    """The first year from the last spending on in which half the futures are won back for good."""
    still = np.minimum.accumulate(balance[:, ::-1], axis=1)[:, ::-1]
    first = int(np.flatnonzero(spent)[-1]) if spent.any() else 0
    enough = np.flatnonzero((still >= 0).mean(axis=0) >= 0.5)
    enough = enough[enough >= first]
    return int(enough[0]) if enough.size else None
