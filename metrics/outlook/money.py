"""The money ahead: what futures cost, what changes it, and when building pays. A part of the run.

Works on the futures an earlier part left; each section adds its rows, and one that lacks its
source is left out with a note of why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from metrics.methods.futures.history import CannotProject
from metrics.outlook.base import Outlook
from metrics.outlook.building import Market, appraise, avoidable_share, read_schemes, renewed_share
from metrics.outlook.given import assumptions
from metrics.outlook.grant import grant_ahead
from metrics.outlook.help import early_help
from metrics.outlook.inflation import PRIORS, Rise, believe, seen_rises
from metrics.outlook.ledger import Ledger, read_ledger
from metrics.outlook.money_rows import RowsAhead
from metrics.outlook.place_costs import away_and_local, kind
from metrics.outlook.prices import CHILDREN, OWN, guarded, last_day, prices, read_places, under_way
from metrics.outlook.spend import (
    Away,
    Priced,
    away,
    high_needs,
    price_volume_mix_draws,
    priced,
)  # fmt: skip
from metrics.outlook.volumes import child_years
from models.provision_kinds import OUTSIDE_GRANT, PLACES

SEED, YEARS = 20_260_401, 5
AWAY = {"oob_semh": ("SEMH",), "oob_all": ("SEMH", "other")}
"""Subjects of places away, and their needs."""


@dataclass(frozen=True)
class Bench:
    """What all sections of the money work on."""

    futures: Any
    """`years`, `groups` (with `base`) and `children` by future, January and group."""
    places: pd.DataFrame
    day: date
    table: pd.DataFrame
    """Prices by kind of place, as `prices` gives them."""
    price: Priced
    ledger: Ledger
    rises: dict[str, Rise]
    paths: dict[str, np.ndarray]
    """Price over the first year's, by sector: future, year."""
    volume: np.ndarray
    """Child-years by future, financial year and group."""
    rows: RowsAhead

    @property
    def first(self) -> int:
        """Calendar year the first financial year starts in."""
        return int(self.futures.years[0]) - 1


def money(outlook: Outlook) -> None:
    """Fill `money_ahead`, `break_even`, the money's assumptions, and prices of `future_group`.

    Raises CannotProject where there are no futures, or the register or ledger can't be used.
    """
    bench = _bench(outlook)
    for subject, needs in AWAY.items():
        _away(bench, subject, needs)
    by_kind = _high_needs(bench)
    _outturn(bench)
    growth = grant_ahead(bench.rows, outlook.con, bench.first, _in_grant(by_kind))
    away_and_local(bench.rows, bench.table, bench.first)
    unit = _group_prices(outlook, bench, by_kind)
    early_help(bench.rows, outlook.con, outlook.tables, unit, bench.first)
    avoidable = _build(outlook, bench)
    for sector, rise in bench.rises.items():
        bench.rows.add("rise", sector, bench.first, 100 * _in_one_year(rise), unit="% a year")
    outlook.add("money_ahead", bench.rows.frame())
    outlook.add("outlook_assumption", assumptions(
        bench.rises, bench.ledger.years_seen, avoidable, growth))  # fmt: skip


def _bench(outlook: Outlook) -> Bench:
    futures = outlook.left.get("futures")
    if futures is None:
        raise CannotProject("there are no futures to put a price to")
    draws = futures.children.shape[0]
    years = min(YEARS, futures.children.shape[1])
    rng = np.random.default_rng(SEED)
    places = read_places(outlook.con)
    day = last_day(places)
    ledger = read_ledger(outlook.con, draws, rng)
    _refuse_other_years(int(futures.years[0]) - 1, ledger, day)
    seen = seen_rises(places, day) | {"services": np.array([])}
    rises = {sector: believe(seen[sector], prior) for sector, prior in PRIORS.items()}
    table = prices(places, day)
    return Bench(
        futures, places, day, table, priced(futures.groups, table, draws, rng), ledger,
        rises, {sector: rise.paths(draws, years, rng) for sector, rise in rises.items()},
        child_years(_base(futures), futures.children)[:, :years], RowsAhead(),
    )  # fmt: skip


def _refuse_other_years(first: int, ledger: Ledger, day: date) -> None:
    """Counts, budget and register must be of one financial year, or parts would not meet."""
    seen = day.year if day.month >= 4 else day.year - 1
    if not first == ledger.year == seen:
        raise CannotProject(
            f"the newest January count is of {first}, the newest budget of {_words(ledger.year)}"
            f" and the register of {_words(seen)}: they must be of one financial year"
        )


def _base(futures: Any) -> np.ndarray:
    base: np.ndarray = futures.groups["base"].fillna(0).to_numpy(dtype=float)
    return base


def _away_groups(price: Priced, needs: tuple[str, ...]) -> np.ndarray:
    chosen: np.ndarray = (price.family == "independent") & ~price.inside
    return chosen & np.isin(price.need, needs)


def _register(places: pd.DataFrame, needs: tuple[str, ...]) -> pd.DataFrame:
    """The register's placements that the away groups of these needs stand for."""
    kind = (places["family"] == "independent") & ~places["in_borough"]
    return places[kind & places["need"].isin(needs)]


def _cost_away(bench: Bench, needs: tuple[str, ...]) -> Away | None:
    """What places outside the borough cost; None where it would give a price or child away."""
    chosen = _away_groups(bench.price, needs)
    held = _register(bench.places, needs)
    base = _base(bench.futures)
    now = guarded(under_way(held, bench.day))
    if base[chosen].sum() < CHILDREN or not now or np.isnan(bench.price.unit[chosen]).any():
        return None
    path = bench.paths["independent"]
    children = bench.futures.children
    return away(chosen, base, children, bench.price, path, held, bench.day)


def _away(bench: Bench, subject: str, needs: tuple[str, ...]) -> None:
    """Rows of what places outside the borough cost, in all, and of what changes it.

    All needs together are the sum of each, so that the parts of the change add up.
    """
    parts = [_cost_away(bench, (need,)) for need in needs]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return
    volume = np.stack([part.child_years for part in known], axis=1)
    cost = np.stack([part.cost for part in known], axis=1)
    rows, first = bench.rows, bench.first
    rows.by_year(subject, "all", first, cost.sum(axis=1))
    rows.by_year(subject, "places", first, volume.sum(axis=1), unit="children", note=_CHILD_YEARS)
    rows.add(subject, "known", first, sum(part.known for part in known),
             note=f"by {bench.day.day} {bench.day:%B %Y}")  # fmt: skip
    _changed(bench, subject, volume, cost)


_CHILD_YEARS = "children placed, counted for the part of the year they were"


def _changed(bench: Bench, subject: str, volume: np.ndarray, cost: np.ndarray) -> None:
    """Why a bill changes from the first year to the last; both by future, category and year."""
    parts = price_volume_mix_draws(volume[..., [0, -1]], cost[..., [0, -1]])
    before, last = cost[..., 0].sum(axis=1), bench.first + volume.shape[2] - 1
    bench.rows.change(f"{subject}_change", last, before, parts, f"since {_words(bench.first)}")


def _words(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"


def _high_needs(bench: Bench) -> dict[str, np.ndarray]:
    """Rows of the whole high-needs budget by kind of provision, and what changes it."""
    by_kind = high_needs(bench.volume, bench.price, bench.ledger, bench.paths)
    bench.rows.by_year("high_needs", "all", bench.first, np.sum(list(by_kind.values()), axis=0))
    for words, values in by_kind.items():
        bench.rows.by_year("high_needs", words, bench.first, values)
    seen = {f: w for f, w in PLACES.items() if (bench.price.family == f).any()}
    volume = np.stack([bench.volume[:, :, bench.price.family == f].sum(axis=2) for f in seen], 1)
    _changed(bench, "high_needs", volume, np.stack([by_kind[w] for w in seen.values()], axis=1))
    return by_kind


def _in_grant(by_kind: dict[str, np.ndarray]) -> np.ndarray:
    inside: np.ndarray = np.sum([v for k, v in by_kind.items() if k not in OUTSIDE_GRANT], axis=0)
    return inside


def _outturn(bench: Bench) -> None:
    """Rows of this financial year's outturn, by line and in all."""
    ledger, rows = bench.ledger, bench.rows
    note = f"forecast of {ledger.month:%B %Y}; {ledger.years_seen} earlier years held against it"
    rows.add("outturn", "all", ledger.year, ledger.outturn.sum(axis=1), note=note)
    rows.add("outturn", "forecast", ledger.year, float(ledger.lines["forecast"].sum()), note=note)
    for line in ledger.lines["line"].unique():
        rows.add("outturn", str(line), ledger.year, ledger.of(str(line)), note=note)


def _in_one_year(rise: Rise) -> np.ndarray:
    """What next year's rise may be, as a share."""
    paths = rise.paths(2_000, 2, np.random.default_rng(SEED))
    return paths[:, 1] - 1


def _group_prices(outlook: Outlook, bench: Bench, by_kind: dict[str, np.ndarray]
                  ) -> dict[int, float]:  # fmt: skip
    """Pounds a child and year of each group of futures, kept in `future_group`.

    Plans in mainstream schools and colleges at what is left of the lines for each of them; groups
    for which no place is bought have none.
    """
    family, unit = bench.price.family, np.round(bench.price.unit, -1)
    notes = np.array([basis if basis and basis != OWN else "" for basis in bench.price.basis],
                     dtype=object)  # fmt: skip
    for name in ("mainstream", "college"):
        mine = family == name
        children = bench.volume[:, 0, mine].sum(axis=1).mean()
        if children >= CHILDREN:
            unit[mine] = round(float(by_kind[PLACES[name]][:, 0].mean()) / children, -1)
            notes[mine] = "what is left of the budget lines for each plan: an estimate"
    notes[np.isnan(unit)] = np.where(bench.price.parts["total"].isna(), "no place is bought", "")[
        np.isnan(unit)
    ]
    ids = bench.futures.groups["group_id"].to_numpy()
    known = {int(i): float(u) for i, u in zip(ids, unit, strict=True) if not np.isnan(u)}
    told = outlook.tables.get("future_group")
    if told is not None:
        outlook.tables["future_group"] = told.assign(
            unit_cost=told["group_id"].map(known),
            cost_note=told["group_id"].map(dict(zip(ids, notes, strict=True))),
        )
    return known


def _build(outlook: Outlook, bench: Bench) -> dict[str, float]:
    """Fill `break_even`; returns the shares of places away that a local one would have met."""
    schemes = read_schemes(outlook.con)
    shares = _avoidable(bench)
    chosen = _away_groups(bench.price, tuple(shares))
    renewed = {n: renewed_share(_register(bench.places, (n,)), bench.day) for n in shares}
    _tell_renewed(bench, renewed)
    if schemes.empty or not shares:
        return shares
    market = Market(
        bench.price.need[chosen], bench.futures.groups["phase"].to_numpy()[chosen],
        bench.volume[:, :, chosen],
        {n: bench.price.drawn[:, chosen & (bench.price.need == n)][:, 0] for n in shares},
        _travel(bench.table), shares, renewed, bench.first,
    )  # fmt: skip
    outlook.add("break_even", appraise(schemes, market))
    return shares


def _tell_renewed(bench: Bench, renewed: dict[str, float]) -> None:
    """How fast places away come free, where neither those new nor those who stayed are few."""
    for need, share in renewed.items():
        held = under_way(_register(bench.places, (need,)), bench.day)["person_id"].nunique()
        if min(share, 1 - share) * held >= CHILDREN:
            bench.rows.add("renewed", need, bench.first, share, unit="share")


def _avoidable(bench: Bench) -> dict[str, float]:
    """By need, where futures have children away and enough of them have a reason."""
    found = {}
    for need in ("SEMH", "other"):
        held = under_way(_register(bench.places, (need,)), bench.day)
        share = avoidable_share(held)
        if share is not None and _cost_away(bench, (need,)) is not None:
            found[need] = share
    return found


def _travel(table: pd.DataFrame) -> dict[str, float]:
    local = {need: kind(table, "special", True, need) for need in ("SEMH", "other")}
    return {need: float(row["transport"]) for need, row in local.items() if row is not None}
