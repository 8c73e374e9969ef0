"""What was planted and what happened, in exact numbers: for tests and to show a method works."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from data.synthetic import (
    attendance,
    bill,
    borough,
    camhs,
    costs,
    needs,
    placements,
    registers,
    suspensions,
)
from data.synthetic.clock import Census, days_of, sen2_day
from data.synthetic.world import NOWHERE, World


def tell(world: World) -> None:
    """Add everything planted and the yearly aggregates to the world's truth."""
    world.truth["planted"] = planted(world) | breaks(world)
    world.truth["happened"] = {
        "plans_by_january": plans_by_january(world),
        "suspensions_by_month": suspensions_by_month(world),
        "out_of_borough_by_financial_year": out_of_borough(world),
        "semh_in_borough_by_january": in_borough_share(world),
        "places_and_filled": places_and_filled(world),
    }
    world.truth["who_is_who"] = who_is_who(world)


def planted(world: World) -> dict[str, Any]:
    """Effects put into the simulation, by name."""
    rising = world.providers.iloc[costs.rising_provider(world)]
    return {
        "semh_need": {
            "odds_boys_to_girls": needs.SEMH_MALE_ODDS,
            "odds_decile_1_to_10": needs.SEMH_DEPRIVED_ODDS,
            "of": "need recorded as SEMH, among pupils on SEN support of the same stage",
        },
        "suspension_shift": {
            "factor": suspensions.SHIFT,
            "from": suspensions.SHIFT_FROM.isoformat(),
            "of": "suspensions of pupils recorded with SEMH, sustained",
        },
        "short_locality": {
            "locality": placements.short_locality(world),
            "of": "SEMH special school places",
            "odds_of_local_special_place": placements.SHORT_LOCAL,
            "odds_of_place_at_a_distance": placements.SHORT_DISTANT,
        },
        "price_rise": {
            "provider_id": rising["provider_id"],
            "factor": costs.RISE,
            "from": f"{costs.RISE_FROM}-04-01",
            "usual_yearly_growth": costs.GROWTH,
        },
        "bill_for_special_schools_outside": bill.bill_parts(world, world.tables["costs"]),
        "interventions": {
            "effective": {
                "name": camhs.EFFECTIVE,
                "code": camhs.PROCEDURES[camhs.EFFECTIVE],
                "extra_improvement_in_standard_deviations": camhs.EFFECT,
            },
            "null": {
                "name": camhs.NULL,
                "code": camhs.PROCEDURES[camhs.NULL],
                "extra_improvement_in_standard_deviations": 0.0,
            },
            "usual_care": {
                "code": camhs.PROCEDURES[camhs.USUAL],
                "improvement_in_standard_deviations": camhs.USUAL_CHANGE,
            },
        },
    }


def breaks(world: World) -> dict[str, Any]:
    """Changes that are no trend: an academy, a new school, new codes, others' plans."""
    urn = dict(zip(world.schools["key"], world.schools["urn"].tolist(), strict=True))
    elsewhere = ~world.people["resident"].to_numpy()
    return {
        "school_became_academy": {
            "before": borough.PREDECESSOR_URN,
            "after": urn[borough.CONVERTED],
            "last_day_before": borough.CONVERSION_DAY,
        },
        "school_opened": {"urn": urn[borough.OPENED], "on": borough.OPENING_DAY},
        "attendance_codes_changed": f"{attendance.NEW_CODES_FROM}-08-19",
        "pupils_with_another_authoritys_plan": {
            str(c.year): int((_with_plan_on_roll(world, c) & elsewhere).sum())
            for c in world.censuses
            if c.term == "spring"
        },
    }


def _with_plan_on_roll(world: World, census: Census) -> np.ndarray:
    enrolled = world.grids["school_at"][census.index] != NOWHERE
    return world.grids["plan_at"][census.index] & enrolled


def plans_by_january(world: World) -> dict[str, dict[str, int]]:
    """Plans in force on each SEN2 census day: all, and with SEMH as primary need."""
    plans = world.tables["plans"]
    rows = {}
    for year in range(2021, 2027):
        live = in_force(plans, days_of(sen2_day(year)))
        rows[str(year)] = {"all": int(live.sum()), "semh": int((live & plans["semh"]).sum())}
    return rows


def in_force(plans: pd.DataFrame, day: int) -> pd.Series:
    """Plans that have started and not ceased by a day."""
    return (plans["start"] <= day) & ((plans["cease"] < 0) | (plans["cease"] > day))


def suspensions_by_month(world: World) -> dict[str, dict[str, int]]:
    """Suspensions (not permanent exclusions) that began in each month.

    `returned` leaves out those of schools that did not send the census that would have told.
    """
    table = world.tables["suspensions"]
    table = table[table["category"] == "SUSP"]
    month = table["day"].to_numpy().astype("datetime64[D]").astype("datetime64[M]").astype(str)
    told = world.grids["returned"][table["term"] + 1, table["school"]]
    frame = pd.DataFrame({"month": month, "semh": table["semh"], "told": told})
    frame["told_semh"] = frame["told"] & frame["semh"]
    sums = frame.groupby("month").agg(
        all=("semh", "size"),
        semh=("semh", "sum"),
        returned=("told", "sum"),
        returned_semh=("told_semh", "sum"),
    )
    return {str(m): {str(k): int(v) for k, v in row.items()} for m, row in sums.iterrows()}


def out_of_borough(world: World) -> dict[str, dict[str, float]]:
    """Placements outside the borough by financial year: children, and pounds by whose they are.

    Spend is weekly cost times weeks a year times the share of 365 days the line runs in the
    year, with the same share of a year's transport. Lines still open count to the last day of
    data.
    """
    lines = world.tables["costs"]
    last = days_of(world.censuses[-1].day) + 24
    away = lines[lines["away"]].copy()
    share = (np.where(away["to"] < 0, last, away["to"]) - away["from"] + 1) / 365
    for name in ("education", "health", "care"):
        away[f"{name}_spend"] = away[name] * away["weeks"] * share
    away["transport_spend"] = away["transport"] * share
    rows = {}
    for year, part in away.groupby("year"):
        mine = part[part["semh"].astype(bool)]
        rows[str(year)] = {
            "children": int(part["person"].nunique()),
            "semh_children": int(mine["person"].nunique()),
            **{
                k: round(float(part[f"{k}_spend"].sum()), 2)
                for k in ("education", "health", "care", "transport")
            },
            "semh_education": round(float(mine["education_spend"].sum()), 2),
        }
    return rows


def in_borough_share(world: World) -> dict[str, dict[str, float]]:
    """Children with a SEMH plan who are at a school, college or provider, in the borough or not."""
    spells = world.tables["spells"]
    rows = {}
    for year in range(2021, 2027):
        day = days_of(sen2_day(year))
        on = (
            (spells["start"] <= day)
            & ((spells["end"] < 0) | (spells["end"] > day))
            & spells["semh"]
        )
        at = spells[on & ~spells["setting"].isin(["ehe", "neet", "ola"])]
        provider = at["provider"].to_numpy()
        away = (provider >= 0) & ~world.providers["in_borough"].to_numpy()[provider]
        rows[str(year)] = {
            "placed": len(at),
            "in_borough": int((~away).sum()),
            "percent": round(100 * float((~away).mean()), 2),
        }
    return rows


def places_and_filled(world: World) -> list[dict[str, Any]]:
    """Places commissioned and children with a plan there, by special school, each January."""
    rows = []
    frame = registers.provisions(world)
    special = frame[frame["kind"] == "special"]
    for census in (c for c in world.censuses if c.term == "spring"):
        at, plan = world.grids["school_at"][census.index], world.grids["plan_at"][census.index]
        filled = np.bincount(at[(at != NOWHERE) & plan], minlength=len(world.schools))
        for _, row in special.iterrows():
            rows.append(
                {
                    "provision_id": row["provision_id"],
                    "designation": row["made_for"],
                    "locality": row["locality"],
                    "january": census.year,
                    "places": registers.places_in(row, census.academic_year),
                    "filled": int(filled[row["row"]]),
                }
            )
    return rows


def who_is_who(world: World) -> dict[str, Any]:
    """The same child across sources: UPN, MHSDS person id, NHS number."""
    referrals = world.tables["referrals"]
    who = np.unique(referrals.loc[~referrals["digital"], "person"].to_numpy())
    number = (who.astype(np.uint64) * np.uint64(2654435761) + np.uint64(77)) % np.uint64(2**32)
    ids = [f"SYN{v:08X}" for v in number.tolist()]
    people = world.people.iloc[who]
    rows = [list(row) for row in zip(people["upn"], ids, people["nhs"], strict=True)]
    return {"columns": ["upn", "mhsds_person_id", "nhs_number"], "rows": rows}
