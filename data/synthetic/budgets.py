"""Budget lines month by month, the grant's balance, and the sufficiency programme.

Planted: line 1.2.3 is overspent in one year by known parts of price, volume and mix; one scheme
opens late and one has not opened.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.synthetic.borough import OPENING_DAY
from data.synthetic.candidates import write_candidates
from data.synthetic.clock import days_of
from data.synthetic.world import World
from data.synthetic.write import Writer

FIRST_YEAR, LAST_YEAR = 2021, 2026
LINES = {
    "1.0.2": 11_900_000, "1.2.1": 3_400_000, "1.2.2": 17_600_000, "1.2.5": 2_900_000,
    "1.2.6": 240_000, "1.2.7": 1_750_000, "1.2.8": 1_100_000, "1.2.11": 310_000,
    "1.2.13": 420_000, "SEN transport": 6_100_000, "SEN administration": 2_050_000,
}  # fmt: skip
"""Budgets of 2021-22 at full size."""
GROWTH, NOISE = 1.06, 0.015
PARTS = {
    "independent day": (58.0, 52_000.0), "independent residential": (12.0, 128_000.0),
    "non-maintained special": (9.0, 49_000.0), "post-16": (22.0, 34_000.0),
}  # fmt: skip
"""Line 1.2.3 in 2021-22: full-year places and pounds a place."""
PRICE_GROWTH, PLACE_GROWTH = 1.04, 1.03
OVERSPENT = 2025
OVER = {
    # more places, dearer: what 2025-26 came to over its budget
    "independent day": (1.16, 1.07), "independent residential": (1.34, 1.11),
    "non-maintained special": (1.0, 1.05), "post-16": (0.97, 1.02),
}  # fmt: skip
DSG_START, ALLOCATION = -21_260_000.0, 272_200_000.0
HIGH_NEEDS = 0.17
IN_YEAR = {2021: 8.4, 2022: 6.9, 2023: 3.1, 2024: 1.2, 2025: -3.6}
"""Millions by which each year improved the balance; negative made it worse."""

SCHEMES = (
    # id, name, phase, establishment, designation, key stage, locality position, places, promised,
    # opened, share opened, share filled, pounds a place to build and to run
    ("CS1", "Resourced provision, first wave", "phase 1", "resourced_provision", "SEMH", "KS2", 0,
     24, "2021-09-01", "2021-09-01", 1.0, 1.0, 21_000, 16_500),
    ("CS2", "Special school for SEMH", "phase 2", "special", "SEMH", "KS3", 1,
     40, "2021-09-01", OPENING_DAY, 1.0, 0.96, 88_000, 26_400),
    ("CS2", "Special school for SEMH", "phase 2", "special", "SEMH", "KS4", 1,
     20, "2021-09-01", OPENING_DAY, 1.0, 0.90, 88_000, 26_400),
    ("CS3", "Autism resourced provision", "phase 3", "resourced_provision", "ASD", "KS2", 2,
     30, "2023-09-01", "2023-09-01", 1.0, 0.97, 24_000, 17_800),
    ("CS4", "Special school, new block", "phase 4", "special", "MLD", "KS2", 2,
     45, "2024-09-01", "2024-09-01", 0.8, 0.92, 61_000, 22_900),
    ("CS5", "Alternative provision, growth", "phase 5", "alternative_provision", "SEMH", "KS3", 0,
     36, "2025-09-01", "2025-09-01", 0.5, 0.83, 45_000, 24_100),
    ("CS6", "SEMH units in the south", "phase 5", "sen_unit", "SEMH", "KS3", 2,
     32, "2025-09-01", "", 0.0, 0.0, 39_000, 18_700),
)  # fmt: skip
LATE, NOT_OPEN = "CS2", "CS6"


def write_money(world: World, writer: Writer) -> None:
    """Budget lines, balance and programme."""
    rng = world.rng("money")
    years = pd.concat([_plain_lines(world, rng), _placement_line(world)], ignore_index=True)
    _write_lines(world, writer, years)
    balance = _balance(world)
    writer.table("balance_row", balance)
    names = ("financial_year", "brought_forward", "allocation", "high_needs_allocation",
             "carried_forward")  # fmt: skip
    writer.write("dsg_balance", "finance/dsg_balance.csv", "balance_row", {n: n for n in names})
    schemes = _schemes(world)
    _write_schemes(world, writer, schemes)
    world.truth["money"] = money_truth(years, balance, schemes)
    write_candidates(world, writer)


def _plain_lines(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """Budget and outturn of each line that finance keeps whole."""
    base = pd.DataFrame({"line": list(LINES), "base": list(LINES.values())})
    frame = base.merge(pd.DataFrame({"year": range(FIRST_YEAR, LAST_YEAR + 1)}), how="cross")
    growth = GROWTH ** (frame["year"] - FIRST_YEAR)
    frame["budget"] = (frame["base"] * growth * world.scale).round(-2)
    frame["outturn"] = (frame["budget"] * rng.normal(1.0, NOISE, len(frame))).round(2)
    return frame.assign(part="all", budget_places=np.nan, places=np.nan).drop(columns="base")


def _placement_line(world: World) -> pd.DataFrame:
    """Line 1.2.3 by part: places and price budgeted, places and price it came to."""
    base = pd.DataFrame([(p, *v) for p, v in PARTS.items()], columns=["part", "places0", "price0"])
    frame = base.merge(pd.DataFrame({"year": range(FIRST_YEAR, LAST_YEAR + 1)}), how="cross")
    age = frame["year"] - FIRST_YEAR
    frame["budget_places"] = (frame["places0"] * PLACE_GROWTH**age * world.scale).round(1)
    price = (frame["price0"] * PRICE_GROWTH**age).round()
    over = (frame["year"] == OVERSPENT).to_numpy()
    more, dearer = (frame["part"].map({p: v[i] for p, v in OVER.items()}) for i in (0, 1))
    frame["places"] = (frame["budget_places"] * np.where(over, more, 1.0)).round(1)
    frame["budget"] = (frame["budget_places"] * price).round(2)
    frame["outturn"] = (frame["places"] * (price * np.where(over, dearer, 1.0)).round()).round(2)
    return frame.assign(line="1.2.3").drop(columns=["places0", "price0"])


def _write_lines(world: World, writer: Writer, years: pd.DataFrame) -> None:
    """Twelve forecasts a year, each nearer to what the year came to."""
    frame = years.merge(pd.DataFrame({"month": range(1, 13)}), how="cross")
    near = frame["month"] / 12
    frame["forecast"] = (frame["budget"] + (frame["outturn"] - frame["budget"]) * near).round(2)
    frame["actual"] = (frame["outturn"] * near).round(2)
    gap = frame["places"] - frame["budget_places"]
    frame["forecast_places"] = (frame["budget_places"] + gap * near).round(2)
    start = (frame["year"] - 1970).to_numpy().astype("datetime64[Y]").astype("datetime64[M]")
    when = (start + 3 + (frame["month"].to_numpy() - 1)).astype("datetime64[D]")
    frame["when"] = when.astype(str)
    frame = frame[when < np.datetime64(world.censuses[-1].day, "M").astype("datetime64[D]")]
    frame = frame.assign(financial_year=[f"{y}-{(y + 1) % 100:02d}" for y in frame["year"]])
    writer.table("line_row", frame)
    values = {
        "line": "line", "part": "part", "financial_year": "financial_year",
        "forecast_month": '"when"', "budget": "cast(budget as decimal(14, 2))",
        "forecast_outturn": "cast(forecast as decimal(14, 2))",
        "actual_to_date": "cast(actual as decimal(14, 2))",
        "budget_places": "case when isfinite(budget_places) then budget_places end",
        "forecast_places": "case when isfinite(forecast_places) then forecast_places end",
    }  # fmt: skip
    writer.write("budget_lines", "finance/budget_lines.csv", "line_row", values)


def _balance(world: World) -> pd.DataFrame:
    """The grant's balance: each year starts where the last one ended."""
    years = np.array(list(IN_YEAR))
    change = np.array(list(IN_YEAR.values())) * 1e6 * world.scale
    carried = np.round(DSG_START * world.scale + np.cumsum(change), 2)
    allocation = np.round(ALLOCATION * world.scale * 1.05 ** (years - FIRST_YEAR), 2)
    return pd.DataFrame(
        {
            "financial_year": [f"{y}-{(y + 1) % 100:02d}" for y in years],
            "brought_forward": [round(DSG_START * world.scale, 2), *carried[:-1]],
            "allocation": allocation,
            "high_needs_allocation": (allocation * HIGH_NEEDS).round(2),
            "carried_forward": carried,
        }
    )


def _schemes(world: World) -> pd.DataFrame:
    columns = ["scheme_id", "scheme_name", "programme_phase", "establishment", "designation",
               "key_stage", "where", "places", "promised_date", "opened_date", "open", "full",
               "build", "run"]  # fmt: skip
    frame = pd.DataFrame(SCHEMES, columns=columns)
    places = [loc.id for loc in world.profile.localities]
    frame["locality"] = [places[min(w, len(places) - 1)] for w in frame["where"]]
    frame["promised"] = [world.count(n) for n in frame["places"]]
    frame["opened"] = (frame["promised"] * frame["open"]).round().astype(int)
    frame["filled"] = (frame["opened"] * frame["full"]).round().astype(int)
    frame["capital"] = frame["promised"] * frame["build"]
    frame["running"] = frame["opened"] * frame["run"]
    return frame


def _write_schemes(world: World, writer: Writer, frame: pd.DataFrame) -> None:
    writer.table("scheme_row", frame)
    names = ("scheme_id", "scheme_name", "programme_phase", "establishment", "designation",
             "key_stage", "locality", "promised_date")  # fmt: skip
    is_open = "case when opened_date <> '' then {} end"
    values = {n: n for n in names} | {
        "places_promised": "promised", "opened_date": is_open.format("opened_date"),
        "places_opened": "opened", "places_filled": is_open.format("filled"),
        "filled_date": is_open.format(f"'{world.censuses[-1].day}'"),
        "capital_cost": "capital", "running_cost": is_open.format("running"),
    }  # fmt: skip
    writer.write("capital_schemes", "finance/capital_schemes.csv", "scheme_row", values)


def money_truth(
    years: pd.DataFrame, balance: pd.DataFrame, schemes: pd.DataFrame
) -> dict[str, object]:
    """The planted overspend and its parts, the balance, and what became of the programme."""
    sums = years.groupby("year")[["budget", "outturn"]].sum().round(2)
    late = schemes[schemes["scheme_id"] == LATE].iloc[0]
    days = [days_of(date.fromisoformat(late[n])) for n in ("promised_date", "opened_date")]
    return {
        "planted": {
            "overspent": {"line": "1.2.3", "financial_year": OVERSPENT} | _split(years),
            "opened_late": {"scheme_id": LATE, "days": days[1] - days[0]},
            "not_opened": NOT_OPEN,
        },
        "budget_and_outturn": {
            str(y): {"budget": float(r["budget"]), "outturn": float(r["outturn"])}
            for y, r in sums.iterrows()
        },
        "dsg_carried_forward": dict(
            zip(balance["financial_year"], balance["carried_forward"], strict=True)
        ),
        "places": {n: int(schemes[n].sum()) for n in ("promised", "opened", "filled")},
    }


def _split(years: pd.DataFrame) -> dict[str, float]:
    """Price, volume and mix of the planted overspend, written out from their definitions."""
    rows = years[(years["line"] == "1.2.3") & (years["year"] == OVERSPENT)]
    before, after = rows["budget_places"].to_numpy(), rows["places"].to_numpy()
    old, new = rows["budget"].to_numpy() / before, rows["outturn"].to_numpy() / after
    average = (before * old).sum() / before.sum()
    volume = (after.sum() - before.sum()) * average
    price = (after * (new - old)).sum()
    change = float(rows["outturn"].sum() - rows["budget"].sum())
    return {
        "change": round(change, 2),
        "price": round(float(price), 2),
        "volume": round(float(volume), 2),
        "mix": round(change - float(price) - float(volume), 2),
    }
