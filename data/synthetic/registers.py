"""The council's own registers: schools, postcodes, providers, and the places it commissions."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.synthetic.borough import CONVERSION_DAY, CONVERTED, OPENED, PREDECESSOR_URN
from data.synthetic.world import World
from data.synthetic.write import Writer, text

ESTABLISHMENTS = {
    "independent special school": (
        "independent",
        "independent_special",
        "independent",
        "independent_special",
    ),
    "non-maintained special school": ("special", "nmss", "charity", "nmss"),
    "special school in another authority": ("special", "special", "academy_trust", "special"),
    "specialist post-16 institution": ("post-16", "further_education", "charity", "post16"),
    "further education college": ("post-16", "further_education", "college", "post16"),
    "unregistered alternative provision": (
        "alternative provision",
        "other",
        "independent",
        "eotas",
    ),
}
"""Kind of provider to school phase, establishment category, provider type, placement type."""
PHASES = {
    "Nursery": "nursery",
    "Primary": "primary",
    "Secondary": "secondary",
    "Special": "special",
    "PRU": "alternative provision",
}
STAGE_SHARES = {
    "SEMH": {"KS2": 0.24, "KS3": 0.40, "KS4": 0.33, "KS5": 0.03},
    "AP": {"KS2": 0.2, "KS3": 0.35, "KS4": 0.45},
    "other": {"KS1": 0.14, "KS2": 0.27, "KS3": 0.26, "KS4": 0.20, "KS5": 0.13},
}
OPENING_SHARE = {2020: 0.0, 2021: 0.0, 2022: 0.50, 2023: 0.72, 2024: 0.90, 2025: 1.0, 2026: 1.08}
GROWTH_OF_PLACES = {
    2020: 0.80,
    2021: 0.82,
    2022: 0.92,
    2023: 0.96,
    2024: 1.0,
    2025: 1.06,
    2026: 1.09,
}


def write_registers(world: World, writer: Writer) -> None:
    """Schools, postcodes, providers, and places commissioned."""
    writer.table("school_row", _school_rows(world))
    fields = (
        "urn",
        "la_code",
        "establishment_number",
        "establishment_name",
        "phase",
        "establishment",
        "trust",
        "open_date",
        "expects_census",
    )
    blank = {n: text(n) for n in ("designation", "ward_code", "close_date")}
    writer.write(
        "school_register",
        "schools/school_register.csv",
        "school_row",
        {n: n for n in fields}
        | blank
        | {"predecessor_urn": "case when predecessor_urn > 0 then predecessor_urn end"},
    )
    writer.table("post", world.postcodes[["pcds", "lsoa21", "ward_code", "imd_decile"]])
    names = ("pcds", "lsoa21", "ward_code", "imd_decile")
    writer.write("postcode_lookup", "geography/postcode_lookup.csv", "post", {n: n for n in names})
    writer.table("provider", _provider_rows(world))
    names = ("provider_id", "provider_name", "provider_type", "host_authority")
    writer.write(
        "provider_register",
        "commissioning/provider_register.csv",
        "provider",
        {n: n for n in names},
    )
    _write_places(world, writer)


def _school_rows(world: World) -> pd.DataFrame:
    """Every school, the academy's predecessor, and every provider that has a URN."""
    schools, la = world.schools, str(world.profile.la_number)
    special = schools["phase"] == "Special"
    own = pd.DataFrame(
        {
            "urn": schools["urn"],
            "la_code": la,
            "establishment_number": schools["estab"],
            "establishment_name": schools["name"],
            "phase": schools["phase"].map(PHASES),
            "establishment": np.select(
                [special, schools["phase"] == "PRU"],
                ["special", "alternative_provision"],
                "mainstream",
            ),
            "designation": np.where(schools["phase"] == "PRU", "AP", schools["designation"]),
            "trust": schools["trust"],
            "ward_code": schools["ward_code"],
            "open_date": schools["open_date"],
            "close_date": "",
            "predecessor_urn": 0,
            "expects_census": "True",
            "key": schools["key"],
        }
    )
    before = own[own["key"] == CONVERTED].assign(
        urn=PREDECESSOR_URN,
        trust="",
        close_date=CONVERSION_DAY,
        establishment_name=lambda f: f["establishment_name"] + " (before it was an academy)",
    )
    now = own["key"] == CONVERTED
    own.loc[now, "predecessor_urn"] = PREDECESSOR_URN
    own.loc[now, "open_date"] = "2024-09-01"
    return pd.concat([own, before, _provider_schools(world)], ignore_index=True).drop(columns="key")


def _provider_schools(world: World) -> pd.DataFrame:
    providers = world.providers
    kinds = providers["kind"].map(ESTABLISHMENTS)
    return pd.DataFrame(
        {
            "urn": providers["urn"],
            "la_code": providers["host_la"].astype(str),
            "establishment_number": [f"{6000 + i}" for i in range(len(providers))],
            "establishment_name": providers["name"],
            "phase": [k[0] for k in kinds],
            "establishment": [k[1] for k in kinds],
            "designation": np.where(providers["semh"] >= 0.4, "SEMH", "MIX"),
            "trust": "",
            "ward_code": "",
            "open_date": "2005-09-01",
            "close_date": "",
            "predecessor_urn": 0,
            "expects_census": "False",
            "key": "",
        }
    )


def local_provider(row: np.ndarray) -> np.ndarray:
    """Provider id of a school of the borough."""
    return np.array([f"L{r + 1:03d}" for r in row], dtype=object)


def _provider_rows(world: World) -> pd.DataFrame:
    schools = world.schools
    local = schools["phase"].isin(["Special", "PRU"]) | (schools["resourced"] > 0)
    mine = schools[local]
    kinds = world.providers["kind"].map(ESTABLISHMENTS)
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "provider_id": local_provider(mine.index.to_numpy()),
                    "provider_name": mine["name"],
                    "provider_type": np.where(mine["academy"], "academy_trust", "local_authority"),
                    "host_authority": str(world.profile.la_number),
                }
            ),
            pd.DataFrame(
                {
                    "provider_id": world.providers["provider_id"],
                    "provider_name": world.providers["name"],
                    "provider_type": [k[2] for k in kinds],
                    "host_authority": world.providers["host_la"].astype(str),
                }
            ),
        ],
        ignore_index=True,
    )


def provisions(world: World) -> pd.DataFrame:
    """Local specialist provisions: special schools, PRUs, resourced provisions for SEMH."""
    schools = world.schools.reset_index(names="row")
    special = schools[schools["phase"].isin(["Special", "PRU"])].assign(
        kind=lambda f: np.where(f["phase"] == "PRU", "alternative_provision", "special"),
        made_for=lambda f: np.where(f["phase"] == "PRU", "AP", f["designation"]),
        provision_id=lambda f: f["key"],
        base=lambda f: f["places"],
    )
    unit = schools[schools["resourced"] > 0].assign(
        kind="resourced_provision",
        made_for="SEMH",
        base=lambda f: f["resourced"],
        provision_id=lambda f: "rp-" + f["key"],
        name=lambda f: f["name"] + " SEMH resourced provision",
    )
    return pd.concat([special, unit], ignore_index=True)


def places_in(row: pd.Series, academic_year: int) -> int:
    """Places a provision has in an academic year."""
    if row["key"] == OPENED:
        return round(row["base"] * OPENING_SHARE[academic_year])
    if row["kind"] == "special" and row["made_for"] != "SEMH":
        return round(row["base"] * GROWTH_OF_PLACES[academic_year])
    return int(row["base"])


def _stage_places(row: pd.Series, total: int) -> dict[str, int]:
    """Places by key stage, adding up to the whole."""
    if row["kind"] == "resourced_provision":
        return {"KS2" if row["phase"] == "Primary" else "KS3": total}
    shares = STAGE_SHARES.get(row["made_for"], STAGE_SHARES["other"])
    counts = {stage: round(total * share) for stage, share in shares.items()}
    last = next(iter(counts))
    counts[last] += total - sum(counts.values())
    return counts


def _write_places(world: World, writer: Writer) -> None:
    rows = []
    for _, row in provisions(world).iterrows():
        for term in sorted({(c.academic_year, c.term) for c in world.censuses}):
            total = places_in(row, term[0])
            if total:
                rows += [
                    (
                        row["row"],
                        row["provision_id"],
                        row["name"],
                        row["kind"],
                        row["made_for"],
                        *term,
                        stage,
                        n,
                    )
                    for stage, n in _stage_places(row, total).items()
                ]
    columns = [
        "row",
        "provision_id",
        "provision_name",
        "establishment",
        "designation",
        "year",
        "term",
        "key_stage",
        "places",
    ]
    frame = pd.DataFrame(rows, columns=columns)
    schools = world.schools.iloc[frame["row"]].reset_index(drop=True)
    frame = frame.assign(
        urn=schools["urn"],
        provider_id=local_provider(frame["row"].to_numpy()),
        phase=schools["phase"].map(PHASES),
        locality=schools["locality"],
        host_authority=str(world.profile.la_number),
        academic_year=[f"{y}/{(y + 1) % 100:02d}" for y in frame["year"]],
    )
    world.tables["places"] = frame
    writer.table("place", frame)
    names = (
        "provision_id",
        "provision_name",
        "urn",
        "provider_id",
        "establishment",
        "designation",
        "phase",
        "locality",
        "host_authority",
        "academic_year",
        "term",
        "key_stage",
        "places",
    )
    writer.write(
        "places_commissioned",
        "commissioning/places_commissioned.csv",
        "place",
        {n: n for n in names},
    )
