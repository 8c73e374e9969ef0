"""What placements cost: the commissioning register, one line per placement and financial year."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.synthetic.census import resourced_at
from data.synthetic.clock import days_of
from data.synthetic.placements import short_locality
from data.synthetic.registers import local_provider
from data.synthetic.world import NOWHERE, World, by_share
from data.synthetic.write import Writer, iso_day, text

FIRST_FINANCIAL_YEAR, LAST_FINANCIAL_YEAR = 2020, 2026
PRICE_BASE_YEAR, GROWTH = 2021, 1.04
MILES_ACROSS = 3.2
"""From one locality to a school in the next one, beyond the way to a school in one's own."""
RISE, RISE_FROM = 1.18, 2025
"""Planted: one provider outside the borough puts its price up by this from April 2025, on top of
what every provider adds."""
LOCAL_WEEKLY = {"special": 590.0, "ap": 690.0, "ola": 430.0, "resourced": 330.0}
"""Pounds a week in 2021-22 for 38 weeks; a local special place comes to about 22,600 a year."""
SEMH_SPECIAL_EXTRA = 1.06
WEEKS = {"day": 38.0, "38-51": 39.0, "52": 52.0}
RESIDENTIAL_SHARES = {"day": 0.88, "38-51": 0.085, "52": 0.035}
REASONS = {
    "local_full": 38,
    "specialist": 22,
    "local_refused": 16,
    "parental_preference": 9,
    "tribunal": 7,
    "care": 5,
    "family_move": 3,
}
REASONS_SHORT = {
    "none_local": 62,
    "local_full": 20,
    "tribunal": 7,
    "parental_preference": 6,
    "care": 5,
}


def rising_provider(world: World) -> int:
    """Row of the provider whose price rises: the first independent one outside the borough."""
    kind = world.providers["kind"] == "independent special school"
    return int(np.flatnonzero(kind & ~world.providers["in_borough"])[0])


def cost_lines(world: World) -> pd.DataFrame:
    """One line per funded placement and financial year, with that year's weekly price."""
    spells = pd.concat([_funded(world), _resourced_spells(world)], ignore_index=True)
    rng = world.rng("costs")
    spells["stay"] = by_share(rng, RESIDENTIAL_SHARES, len(spells))
    spells["stay"] = np.where(
        spells["kind"].isin(["independent_special", "nmss"]), spells["stay"], "day"
    )
    spells["personal"] = rng.normal(1, 0.08, len(spells)).clip(0.75, 1.4)
    spells["reason"] = _reasons(world, rng, spells)
    lines = []
    for year in range(FIRST_FINANCIAL_YEAR, LAST_FINANCIAL_YEAR + 1):
        first, last = days_of(date(year, 4, 1)), days_of(date(year + 1, 3, 31))
        on = (spells["start"] <= last) & ((spells["end"] < 0) | (spells["end"] >= first))
        part = spells[on].assign(year=year)
        part["from"] = np.maximum(part["start"], first)
        part["to"] = np.where((part["end"] >= 0) & (part["end"] <= last), part["end"], last)
        lines.append(part)
    frame = pd.concat(lines, ignore_index=True)
    frame = frame[frame["from"] <= days_of(world.censuses[-1].day) + 24].copy()
    frame["to"] = np.where(frame["to"] > days_of(world.censuses[-1].day) + 24, -1, frame["to"])
    return _priced(world, frame.sort_values(["spell_id", "year"], ignore_index=True))


def _funded(world: World) -> pd.DataFrame:
    """Spells with a funded place: special, independent, AP, EOTAS, specialist post-16."""
    spells = world.tables["spells"].copy()
    kind = np.select(
        [spells["setting"] == s for s in ("special", "independent", "nmss", "ap", "ola")],
        ["special", "independent_special", "nmss", "alternative_provision", "eotas"],
        "",
    )
    provider = world.providers["kind"].to_numpy()[spells["provider"]]
    isp = (spells["setting"] == "fe") & (provider == "specialist post-16 institution")
    spells["kind"] = np.where(isp, "post16", kind)
    ap_rows = np.flatnonzero(
        (world.providers["kind"] == "unregistered alternative provision").to_numpy()
    )
    tutor = ap_rows[spells["spell_id"].to_numpy() % len(ap_rows)]
    spells["provider"] = np.where(spells["kind"] == "eotas", tutor, spells["provider"])
    return spells[spells["kind"] != ""].assign(year=0)


def _resourced_spells(world: World) -> pd.DataFrame:
    """Resourced-provision stays, one per academic year."""
    parts = []
    for census in (c for c in world.censuses if c.term == "autumn"):
        who = np.flatnonzero(resourced_at(world, census.index))
        year = census.academic_year
        end = days_of(date(year + 1, 8, 31)) if census.index + 1 < len(world.censuses) else -1
        parts.append(
            pd.DataFrame(
                {
                    "person": who,
                    "semh": True,
                    "need1": "SEMH",
                    "setting": "mainstream",
                    "start": days_of(date(year, 9, 1)),
                    "end": end,
                    "provider": -1,
                    "school": world.grids["school_at"][census.index, who],
                    "kind": "resourced_provision",
                    "spell_id": 10**6 * (year - 2000) + np.arange(len(who)),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _reasons(world: World, rng: np.random.Generator, spells: pd.DataFrame) -> np.ndarray:
    provider = spells["provider"].to_numpy()
    away = (provider >= 0) & ~world.providers["in_borough"].to_numpy()[provider]
    home = world.people["locality"].to_numpy()[spells["person"].to_numpy()]
    short = (home == short_locality(world)) & spells["semh"].to_numpy().astype(bool)
    n = len(spells)
    drawn = np.where(short, by_share(rng, REASONS_SHORT, n), by_share(rng, REASONS, n))
    return np.where(away, drawn, "")


def _across(world: World, frame: pd.DataFrame) -> np.ndarray:
    """Miles farther for a school in another locality than the child's: more, the farther apart."""
    order = {loc.id: k for k, loc in enumerate(world.profile.localities)}
    home = world.people["locality"].map(order).to_numpy()[frame["person"].to_numpy()]
    school = frame["school"].to_numpy()
    site = world.schools["locality"].map(order).to_numpy(float)[school]
    apart = np.where(school == NOWHERE, 0.0, np.abs(home - site))
    return np.asarray(MILES_ACROSS * np.nan_to_num(apart, nan=1.0))


def _priced(world: World, frame: pd.DataFrame) -> pd.DataFrame:
    """Weekly shares, weeks, transport, distance and host authority of each line."""
    provider, school = frame["provider"].to_numpy(), frame["school"].to_numpy()
    outside = provider >= 0
    local = (
        frame["kind"]
        .map(
            {
                "special": LOCAL_WEEKLY["special"],
                "alternative_provision": LOCAL_WEEKLY["ap"],
                "resourced_provision": LOCAL_WEEKLY["resourced"],
            }
        )
        .fillna(0)
        .to_numpy()
    )
    local = local * np.where((frame["kind"] == "special") & frame["semh"], SEMH_SPECIAL_EXTRA, 1.0)
    fee = np.where(outside, world.providers["weekly"].to_numpy()[provider], local)
    fee = np.where(frame["kind"] == "eotas", LOCAL_WEEKLY["ola"], fee)
    fee = (
        fee
        * GROWTH ** (frame["year"] - PRICE_BASE_YEAR)
        * np.where(outside, frame["personal"], 1.0)
    )
    fee = fee * np.where(
        (provider == rising_provider(world)) & (frame["year"] >= RISE_FROM), RISE, 1.0
    )
    stay = frame["stay"].to_numpy()
    frame["education"] = (
        fee * np.select([stay == "52", stay == "38-51"], [1.45, 1.35], 1.0)
    ).round(2)
    frame["care"] = (
        np.select([stay == "52", stay == "38-51"], [2600.0, 950.0], 0.0) * frame["personal"]
    )
    frame["health"] = np.select([stay == "52"], [380.0], 0.0) * frame["personal"]
    frame["weeks"] = frame["stay"].map(WEEKS)
    away = outside & ~world.providers["in_borough"].to_numpy()[provider]
    frame["away"] = away
    frame["host"] = np.where(
        outside, world.providers["host_la"].to_numpy()[provider], world.profile.la_number
    )
    near = 1.5 + (frame["person"].to_numpy() * 7919 % 60) / 10 + _across(world, frame)
    miles = np.where(outside, world.providers["distance"].to_numpy()[provider] + near / 3, near)
    frame["distance"] = np.round(miles, 1)
    frame["transport"] = np.round(
        np.where(stay == "52", 0, 2400 + 210 * miles * 1.03 ** (frame["year"] - 2021)), 0
    )
    urn = world.schools["urn"].to_numpy()[school]
    frame["urn"] = np.where(
        outside, world.providers["urn"].to_numpy()[provider], np.where(school != NOWHERE, urn, -1)
    )
    frame["provider_id"] = np.where(
        outside, world.providers["provider_id"].to_numpy()[provider], local_provider(school)
    )
    key = world.schools["key"].to_numpy()[school]
    inside = np.where(frame["kind"] == "resourced_provision", "rp-" + key, key)
    frame["provision_id"] = np.where(outside, "", inside)
    return frame


def write_costs(world: World, writer: Writer) -> None:
    """The commissioning register."""
    frame = cost_lines(world)
    frame["upn"] = world.people["upn"].to_numpy()[frame["person"].to_numpy()]
    number = frame.groupby("spell_id").cumcount() + 1
    frame["placement_id"] = [
        f"PL{s:08d}-{k}" for s, k in zip(frame["spell_id"], number, strict=True)
    ]
    world.tables["costs"] = frame
    writer.table("cost", frame)
    values = {
        "placement_id": "placement_id",
        "upn": "upn",
        "provider_id": "provider_id",
        "provision_id": text("provision_id"),
        "urn": "case when urn >= 0 then urn end",
        "primary_need": "need1",
        "placement_type": "kind",
        "start_date": iso_day('"from"'),
        "end_date": iso_day('"to"'),
        "weeks_a_year": "weeks",
        "weekly_education": "cast(education as decimal(10, 2))",
        "weekly_health": "cast(health as decimal(10, 2))",
        "weekly_care": "cast(care as decimal(10, 2))",
        "annual_transport": "cast(transport as decimal(10, 2))",
        "residential": "stay",
        "host_authority": "host",
        "reason_at_distance": text("reason"),
        "distance_miles": "distance",
    }
    writer.write(
        "commissioning_register", "commissioning/commissioning_register.csv", "cost", values
    )
