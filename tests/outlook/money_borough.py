"""A made-up borough's places, budget and futures, small enough to work out by hand."""

from datetime import date
from types import SimpleNamespace

import duckdb
import numpy as np
import pandas as pd

DAY = date(2026, 9, 30)
GROUPS = pd.DataFrame(
    [
        (0, "SEMH", "secondary", "Independent or non-maintained, out of the borough", False, 20),
        (1, "other", "secondary", "Independent or non-maintained, out of the borough", False, 30),
        (2, "SEMH", "secondary", "State-funded special school, SEMH", True, 40),
        (3, "other", "primary", "State-funded special school, Other needs", True, 60),
        (4, "SEMH", "primary", "Mainstream school", True, 100),
        (5, "other", "post-16", "Further education", True, 50),
        (6, "other", "primary", "Elective home education", True, 10),
    ],
    columns=["group_id", "need", "phase", "setting", "in_borough", "base"],
)  # fmt: skip
KINDS = {  # number, type, in the borough, need, weekly education, care, transport, weeks
    "a": (20, "independent_special", False, "SEMH", 2000, 0, 9000, 38),
    "b": (30, "independent_special", False, "ASD", 2200, 100, 8000, 38),
    "c": (40, "special", True, "SEMH", 700, 0, 3000, 38),
    "d": (60, "special", True, "MLD", 650, 0, 2500, 38),
}
LINES = {"1.0.2": 1_000_000.0, "1.2.1": 500_000.0, "1.2.2": 3_000_000.0, "1.2.3": 4_500_000.0,
         "1.2.5": 300_000.0, "SEN transport": 700_000.0}  # fmt: skip


def placements() -> pd.DataFrame:
    """The register: each child at one of four providers, a line a year, 5 % dearer each."""
    rows = []
    for kind, (number, place, inside, need, fee, care, travel, weeks) in KINDS.items():
        for k in range(number):
            for year in range(2022, 2027):
                price = 1.05 ** (year - 2026)
                rows.append(
                    (f"{kind}{k}-{year}", f"{kind}{k}", f"{kind}-{k % 4}", place, inside, need,
                     "day", date(year, 4, 1), None if year == 2026 else date(year + 1, 3, 31),
                     float(weeks), fee * price, 0.0, care * price, float(travel),
                     "local_full" if k % 2 else "tribunal")
                )  # fmt: skip
    rows[4] = (*rows[4][:7], DAY, *rows[4][8:])
    return pd.DataFrame(rows, columns=[
        "placement_id", "person_id", "provider_id", "placement_type", "in_borough", "primary_need",
        "residential", "start_date", "end_date", "weeks_a_year", "weekly_education",
        "weekly_health", "weekly_care", "annual_transport", "reason_at_distance"])  # fmt: skip


def budget() -> pd.DataFrame:
    """Each line forecast by month; what came was 2 % over the forecast of September."""
    rows = []
    for year in range(2022, 2027):
        for number in range(12 if year < 2026 else 6):
            month = date(year + (number + 3) // 12, (number + 3) % 12 + 1, 1)
            for line, amount in LINES.items():
                forecast = amount * (1 + 0.02 * max(number - 5, 0) / 6)
                part = "independent day" if line == "1.2.3" else "all"
                rows.append((line, part, year, month, amount, forecast))
    return pd.DataFrame(rows, columns=["line", "part", "financial_year", "forecast_month", "budget",
                                       "forecast_outturn"])  # fmt: skip


def warehouse() -> duckdb.DuckDBPyConnection:
    """The tables the money is worked out from, in memory."""
    con = duckdb.connect()
    tables = {
        "live_placement_cost": placements().assign(
            provision_id=None, urn=None, distance_miles=10.0
        ),
        "live_budget_line": budget(),
        "live_dsg_balance": pd.DataFrame(
            [(y, 7_000_000 * 1.05 ** (y - 2025), -1_000_000.0) for y in range(2021, 2026)],
            columns=["financial_year", "high_needs_allocation", "carried_forward"],
        ),
        "live_intervention": pd.DataFrame(
            [(f"p{k}", 500.0, date(2026, 1, 1)) for k in range(12)],
            columns=["person_id", "cost", "start_date"],
        ),
        "live_candidate_scheme": pd.DataFrame(
            [("N1", "A made-up SEMH base", "special", "SEMH", "secondary", "north", 8, 800_000.0,
              25_000.0, date(2027, 4, 1), date(2028, 9, 1))],
            columns=["scheme_id", "name", "establishment", "designation", "phase", "locality",
                     "places", "capital_cost", "running_cost_per_place", "start_date",
                     "opening_date"]),
    }  # fmt: skip
    for name, frame in tables.items():
        con.register("given", frame)
        con.execute(f"create table {name} as select * from given")
        con.unregister("given")
    return con


def futures(draws: int = 60, growth: float = 0.0) -> SimpleNamespace:
    """Six Januaries in which every group grows alike, give or take nothing."""
    years = np.arange(2027, 2033)
    path = (1 + growth) ** np.arange(1, 7)
    base = GROUPS["base"].to_numpy()
    children = np.broadcast_to(path[None, :, None] * base, (draws, 6, len(base)))
    return SimpleNamespace(years=years, draws=draws, groups=GROUPS, children=children)


def kernel() -> pd.DataFrame:
    """New children with SEMH: all in mainstream at first, half of them away a January later."""
    cells = [(0, 4, 1.0), (1, 4, 0.5), (1, 0, 0.5)]
    return pd.DataFrame(
        [("SEMH", "primary", *cell) for cell in cells],
        columns=["need", "phase", "lag", "group_id", "share"],
    )
