"""What the planner is told, out of the warehouse: schemes, places, need, prices and travel."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from metrics.methods.futures.history import CannotProject
from metrics.methods.planner import Borough, Scheme
from metrics.outlook.demand import Demand
from metrics.outlook.prices import last_day, prices, read_places
from metrics.outlook.supply import Supply
from models.borough import Borough as Profile

FUTURES = 200
"""Futures planned over, spread evenly over those simulated."""
MILES_AN_HOUR = 15.0
"""Speed of a journey to school with its stops. An assumption."""
NATIONAL_FEE = 64_000.0
"""Pounds a year: what a place in an independent or non-maintained special school cost England's
authorities on average in 2024/25 (DfE, written answer 100030 of January 2026)."""
REGISTER = "the commissioning register"
NATIONAL = "England's mean of 2024/25 (written answer 100030): the council's own may not be told"
SURE_OF_TRIPS = 20.0
"""Journeys for which the borough's mean counts beside those from one locality to another."""
_SCHEMES = """
select scheme_id, name, establishment, designation, phase, locality, places,
    capital_cost::double as capital, running_cost_per_place::double as running,
    start_date, opening_date
from live_candidate_scheme order by scheme_id
"""
_TRIPS = """
select a.locality as home, v.locality as site, count(*) as trips, avg(c.distance_miles) as miles,
    avg(c.annual_transport)::double as pounds
from live_placement_cost c
join person n on n.person_id = c.person_id
join area a on a.lsoa = n.home_lsoa
join provision v on v.provision_id = c.provision_id
where c.in_borough and c.distance_miles is not null and c.annual_transport is not null
group by all
"""


@dataclass(frozen=True)
class Inputs:
    """All of it; need is by future, January, locality and kind (designation and phase)."""

    need: np.ndarray
    years: np.ndarray
    borough: Borough
    schemes: tuple[Scheme, ...]
    listed: pd.DataFrame
    """The schemes' rows, in the order of `schemes`, with `opens` as a January."""
    now: np.ndarray
    """Children at the origin by locality and kind."""
    left_out: tuple[str, ...]
    """Schemes that can't be planned, each with the reason."""
    fee_source: str


def read_candidates(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The list of schemes that could be built. Raises CannotProject where none is loaded."""
    rows = con.execute(_SCHEMES).df()
    if rows.empty:
        raise CannotProject("no list of schemes that could be built is loaded")
    return rows


def plan_inputs(
    con: duckdb.DuckDBPyConnection, profile: Profile, wanted: Demand, supply: Supply,
    listed: pd.DataFrame,
) -> Inputs:  # fmt: skip
    """Need, places, prices and travel of the kinds the schemes are for.

    `listed` has the columns of `read_candidates`. Raises CannotProject where no scheme is left to
    plan, or where nothing is known of journeys or prices.
    """
    localities = tuple(locality.id for locality in profile.localities)
    listed, left_out = _plannable(_dated(listed), wanted, localities)
    if listed.empty:
        raise CannotProject(f"no scheme on the list can be planned: {'; '.join(left_out)}")
    kinds = tuple(sorted({_kind(row) for row in listed.to_dict("records")}))
    need, now = _need(wanted, localities, kinds)
    borough, source = _borough(con, localities, kinds, _present(supply, localities, kinds))
    schemes = tuple(
        Scheme(str(s["scheme_id"]), str(s["locality"]), _kind(s), int(s["places"]),
               float(s["capital"]), float(s["running"]), int(s["starts"]), int(s["opens"]))
        for s in listed.to_dict("records")
    )  # fmt: skip
    return Inputs(need, wanted.years, borough, schemes, listed, now, left_out, source)


def _kind(row: dict[str, object] | dict[object, object]) -> str:
    return f"{row['designation']}, {row['phase']}"  # type: ignore[index]


def _dated(listed: pd.DataFrame) -> pd.DataFrame:
    """Years the need is counted in: a place opened in September is there the next January."""
    starts, opening = (pd.to_datetime(listed[c]) for c in ("start_date", "opening_date"))
    return listed.assign(starts=starts.dt.year, opens=opening.dt.year + (opening.dt.month > 1))


def _plannable(
    listed: pd.DataFrame, wanted: Demand, localities: tuple[str, ...]
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Schemes that can be planned, and why the others can't. No scheme is left out unsaid."""
    first, last = int(wanted.years[0]), int(wanted.years[-1])
    kinds = {_kind(row) for row in wanted.cells.to_dict("records")}
    why = [_why_not(row, first, last, localities, kinds) for row in listed.to_dict("records")]
    kept = np.array([not reason for reason in why], dtype=bool)
    return listed[kept].reset_index(drop=True), tuple(reason for reason in why if reason)


def _why_not(row: dict, first: int, last: int, localities: tuple[str, ...], kinds: set[str]) -> str:
    name = f"scheme {row['scheme_id']!r}"
    if row["locality"] not in localities:
        return f"{name}: unknown locality {row['locality']!r}; known: {', '.join(localities)}"
    if _kind(row) not in kinds:
        return f"{name}: no child needs a place for {_kind(row)}"
    if row["starts"] < first - 1:
        return f"{name} started in {row['starts']}: its money is spent; count it as approved"
    if not first <= row["opens"] <= last:
        return f"{name} would be open by January {row['opens']}; need is known to January {last}"
    return ""


def _need(
    wanted: Demand, localities: tuple[str, ...], kinds: tuple[str, ...]
) -> tuple[np.ndarray, np.ndarray]:
    chosen = np.linspace(0, len(wanted.children) - 1, min(FUTURES, len(wanted.children)))
    children = wanted.children[np.rint(chosen).astype(int)]
    need = np.zeros((*children.shape[:2], len(localities), len(kinds)))
    now = np.zeros((len(localities), len(kinds)))
    for k, row in enumerate(wanted.cells.to_dict("records")):
        if _kind(row) in kinds and row["locality"] in localities:
            at = localities.index(row["locality"]), kinds.index(_kind(row))
            need[:, :, at[0], at[1]] += children[:, :, k]
            now[at] += row["now"]
    return need, now


def _present(supply: Supply, localities: tuple[str, ...], kinds: tuple[str, ...]) -> np.ndarray:
    out = np.zeros((len(supply.years), len(localities), len(kinds)))
    for k, row in enumerate(supply.cells.to_dict("records")):
        if _kind(row) in kinds and row["locality"] in localities:
            at = localities.index(row["locality"]), kinds.index(_kind(row))
            out[:, at[0], at[1]] += supply.places[:, k]
    return out


def _borough(
    con: duckdb.DuckDBPyConnection, localities: tuple[str, ...], kinds: tuple[str, ...],
    present: np.ndarray,
) -> tuple[Borough, str]:  # fmt: skip
    miles, pounds = _travel(con, localities)
    away = _away(con)
    need = ["SEMH" if kind.startswith("SEMH,") else "other" for kind in kinds]
    fee = np.full(len(kinds), NATIONAL_FEE)
    transport = np.full(len(kinds), float(pounds.mean()))
    if away is not None:
        transport = away.loc[need, "transport"].to_numpy(dtype=float)
        fee = away.loc[need, "total"].to_numpy(dtype=float) - transport
    return Borough(
        localities, kinds, present, fee=fee, transport=pounds,
        transport_out=np.full(len(localities), float(transport.mean())),
        minutes=miles / MILES_AN_HOUR * 60,
    ), REGISTER if away is not None else NATIONAL  # fmt: skip


def _away(con: duckdb.DuckDBPyConnection) -> pd.DataFrame | None:
    """What an independent place outside the borough costs, by need; None where it may not be told.

    A price that would give a provider away is not planned with either: a plan could be undone.
    """
    bought = read_places(con)
    table = prices(bought, last_day(bought))
    away = table[(table["family"] == "independent") & ~table["in_borough"].astype(bool)]
    away = away.set_index("need")
    known = {"SEMH", "other"} <= set(away.index) and not away["total"].isna().any()
    return away if known else None


def _travel(
    con: duckdb.DuckDBPyConnection, localities: tuple[str, ...]
) -> tuple[np.ndarray, np.ndarray]:
    """Miles, and pounds a child and year, from each locality (row) to each (column).

    As the journeys of children placed there are, drawn to the borough's mean where they are few.
    """
    trips = con.execute(_TRIPS).df()
    if trips.empty:
        raise CannotProject(
            "no distance to a place in the borough is on the commissioning register"
        )
    out = []
    for what in ("miles", "pounds"):
        mean = float(np.average(trips[what], weights=trips["trips"]))
        count = _square(trips, "trips", localities)
        total = _square(trips.assign(sum=trips[what] * trips["trips"]), "sum", localities)
        out.append((total + SURE_OF_TRIPS * mean) / (count + SURE_OF_TRIPS))
    return out[0], out[1]


def _square(trips: pd.DataFrame, values: str, localities: tuple[str, ...]) -> np.ndarray:
    table = trips.pivot_table(index="home", columns="site", values=values, aggfunc="sum")
    names = list(localities)
    return table.reindex(index=names, columns=names).fillna(0.0).to_numpy(dtype=float)
