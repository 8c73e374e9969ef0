"""The place: small areas, postcodes, schools and the providers that children are placed with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from data.synthetic.names import place_names
from data.synthetic.world import World

DECILES = (36, 23, 23, 9, 14, 16, 17, 18, 11, 3)
"""Rotherham's LSOAs by IMD 2025 decile, most deprived first."""
LSOA_BASE = 990_000
POSTCODES_PER_LSOA = 6
OUTSIDE_LSOAS = 8
URN_BASE, PROVIDER_URN_BASE = 900_001, 950_001
PREDECESSOR_URN = 950_000
CONVERTED, CONVERSION_DAY = "special-3", "2024-08-31"
OPENED, OPENING_DAY = "special-2", "2022-09-01"

SPECIALS = (
    # key, locality position, designation, places at full size
    ("special-1", 0, "SEMH", 128),
    ("special-2", 1, "SEMH", 60),
    ("special-3", 1, "ASD", 260),
    ("special-4", 0, "MLD", 235),
    ("special-5", 1, "SLD", 115),
    ("special-6", 2, "ASD", 210),
    ("special-7", 2, "MLD", 215),
)
SCHOOL_COUNTS = {"Nursery": 3, "Primary": 92, "Secondary": 16}


def build_borough(world: World) -> None:
    """Fill areas, postcodes, schools and providers."""
    rng = world.rng("borough")
    world.areas = _areas(world, rng)
    world.postcodes = _postcodes(world.areas, rng)
    world.schools = _schools(world, rng)
    world.providers = _providers(world, rng)


def _ward_levels(world: World, rng: np.random.Generator) -> dict[str, float]:
    """Deprivation of each ward: the published mean decile where we hold it, else drawn.

    `ward_deprivation.csv` is the mean decile of a ward's LSOAs, English Indices of Deprivation
    2025 (Open Government Licence).
    """
    known = pd.read_csv(Path(__file__).with_name("ward_deprivation.csv"))
    level = dict(zip(known["ward_code"], known["mean_imd_decile"], strict=True))
    wards = [w.code for loc in world.profile.localities for w in loc.wards]
    return {code: level.get(code, float(rng.uniform(1.2, 7.5))) for code in wards}


def _areas(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """170 invented LSOAs shared among the profile's real wards, with an IMD decile each."""
    wards = [(loc.id, w.code, w.name) for loc in world.profile.localities for w in loc.wards]
    total = sum(DECILES)
    frame = pd.DataFrame(
        [wards[i % len(wards)] for i in range(total)],
        columns=["locality", "ward_code", "ward_name"],
    ).sort_values(["locality", "ward_code"], ignore_index=True)
    level = frame["ward_code"].map(_ward_levels(world, rng)).to_numpy(float)
    order = np.argsort(level + rng.normal(0, 1.3, total), kind="stable")
    decile = np.empty(total, dtype=int)
    decile[order] = np.repeat(np.arange(1, 11), DECILES)
    frame["imd_decile"] = decile
    frame["weight"] = rng.uniform(0.8, 1.2, total) * np.where(decile <= 3, 1.15, 0.9)
    frame["lsoa21"] = [f"E01{LSOA_BASE + 1 + i:06d}" for i in range(total)]
    frame["in_borough"] = True
    return pd.concat([frame, _outside(total, rng)], ignore_index=True)


def _outside(first: int, rng: np.random.Generator) -> pd.DataFrame:
    """A few invented LSOAs beyond the boundary: pupils who cross it to school live there."""
    return pd.DataFrame(
        {
            "locality": "outside",
            "ward_code": "E05990001",
            "ward_name": "Beyond the boundary",
            "imd_decile": rng.integers(2, 9, OUTSIDE_LSOAS),
            "weight": 1.0,
            "lsoa21": [f"E01{LSOA_BASE + 1 + first + i:06d}" for i in range(OUTSIDE_LSOAS)],
            "in_borough": False,
        }
    )


def _postcodes(areas: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Impossible postcodes (area ZZ), six to an LSOA, in area order."""
    count = len(areas) * POSTCODES_PER_LSOA
    number = np.arange(count)
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    pcds = [
        f"ZZ{1 + n // 100} {n // 10 % 10}{letters[n % 10]}{letters[(n * 7 + 3) % 20]}"
        for n in number
    ]
    area = np.repeat(np.arange(len(areas)), POSTCODES_PER_LSOA)
    chosen = areas.iloc[area].reset_index(drop=True)
    return chosen.assign(pcds=pcds, area=area)


def _schools(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """Mainstream schools spread over wards, special schools and pupil referral units."""
    small = min(1.0, world.scale) if world.scale < 1 else world.scale
    wards = world.areas.loc[world.areas["in_borough"], ["ward_code", "locality"]]
    wards = wards.drop_duplicates(ignore_index=True)
    rows = []
    for phase, full in SCHOOL_COUNTS.items():
        count = max(3, round(full * small))
        for j in range(count):
            ward = wards.iloc[j * len(wards) // count if phase == "Secondary" else j % len(wards)]
            rows.append((f"{phase.lower()}-{j + 1}", phase, ward["ward_code"], ward["locality"]))
    frame = pd.DataFrame(rows, columns=["key", "phase", "ward_code", "locality"])
    frame["designation"] = ""
    frame["places"] = 0
    frame = pd.concat([frame, _special_rows(world, wards)], ignore_index=True)
    return _describe_schools(world, frame, rng)


def _special_rows(world: World, wards: pd.DataFrame) -> pd.DataFrame:
    """Special schools by locality and designation, then two pupil referral units."""
    places = [loc.id for loc in world.profile.localities]
    rows = []
    for key, where, designation, size in SPECIALS:
        locality = places[min(where, len(places) - 1)]
        ward = wards.loc[wards["locality"] == locality, "ward_code"].iloc[1]
        rows.append((key, "Special", ward, locality, designation, world.count(size)))
    ward = wards.iloc[0]
    for key, size in (("pru-1", 40), ("pru-2", 120)):
        rows.append((key, "PRU", ward["ward_code"], ward["locality"], "", world.count(size)))
    columns = ["key", "phase", "ward_code", "locality", "designation", "places"]
    return pd.DataFrame(rows, columns=columns)


def _describe_schools(world: World, frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Names, URNs, dates, trusts and resourced provisions."""
    n = len(frame)
    word = {
        "Nursery": "Nursery School",
        "Primary": "Primary School",
        "Secondary": "Academy",
        "Special": "Special School",
        "PRU": "Pupil Referral Unit",
    }
    frame["urn"] = URN_BASE + np.arange(n)
    place = np.array(place_names(n), dtype=object)
    frame["name"] = [f"{p} {word[ph]}" for p, ph in zip(place, frame["phase"], strict=True)]
    frame["estab"] = [f"{1000 + i}" for i in range(n)]
    frame["size_weight"] = rng.uniform(0.6, 1.5, n)
    academy = (frame["phase"] == "Secondary") | (rng.random(n) < 0.6)
    academy &= ~frame["phase"].isin(["PRU", "Nursery"])
    frame["academy"] = academy | frame["key"].isin([CONVERTED, OPENED])
    trusts = np.array([f"{p} Learning Trust" for p in place_names(n + 6)[-6:]], dtype=object)
    frame["trust"] = np.where(frame["academy"], trusts[rng.integers(0, 6, n)], "")
    frame["open_date"] = np.where(frame["key"] == OPENED, OPENING_DAY, "2001-09-01")
    frame["resourced"] = _resourced(world, frame)
    inside = world.postcodes[world.postcodes["in_borough"]].groupby("ward_code")["pcds"].first()
    frame["postcode"] = frame["ward_code"].map(inside)
    return frame


def _resourced(world: World, frame: pd.DataFrame) -> np.ndarray:
    """Resourced-provision places for SEMH: most outside the short locality."""
    places = np.zeros(len(frame), dtype=int)
    for locality, size in zip(frame["locality"].unique(), (8, 10, 4), strict=False):
        for phase in ("Primary", "Secondary"):
            here = np.flatnonzero((frame["locality"] == locality) & (frame["phase"] == phase))
            places[here[: 2 if phase == "Primary" else 1]] = world.count(size)
    return places


PROVIDER_KINDS = (
    # kind, how many, SEMH share of its children, in the borough, typical weekly education cost
    ("independent special school", 2, 0.55, True, 1_580.0),
    ("independent special school", 9, 0.40, False, 1_720.0),
    ("non-maintained special school", 2, 0.05, False, 1_290.0),
    ("special school in another authority", 3, 0.20, False, 700.0),
    ("specialist post-16 institution", 2, 0.30, False, 1_150.0),
    ("further education college", 3, 0.31, True, 230.0),
    ("unregistered alternative provision", 5, 0.80, True, 480.0),
)


def _providers(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """Providers that the authority commissions, each with a price and where it stands."""
    neighbours = [n.la_number for n in world.profile.neighbours.members]
    rows = []
    for kind, count, semh, inside, weekly in PROVIDER_KINDS:
        for _ in range(count):
            host = world.profile.la_number if inside else int(rng.choice(neighbours))
            price = weekly * rng.uniform(0.85, 1.15)
            distance = rng.uniform(1, 6) if inside else rng.gamma(4, 6) + 6
            rows.append((kind, semh, inside, host, price, round(float(distance), 1)))
    columns = ["kind", "semh", "in_borough", "host_la", "weekly", "distance"]
    frame = pd.DataFrame(rows, columns=columns)
    n = len(frame)
    frame["provider_id"] = [f"P{i + 1:03d}" for i in range(n)]
    frame["urn"] = PROVIDER_URN_BASE + np.arange(n)
    frame["name"] = [
        f"{p} {_title(k)}" for p, k in zip(place_names(400)[-n:], frame["kind"], strict=True)
    ]
    return frame


def _title(kind: str) -> str:
    if "college" in kind:
        return "College"
    if "alternative" in kind:
        return "Pathways"
    return "Institute" if "post-16" in kind else "School"
