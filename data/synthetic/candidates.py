"""Schemes that could be built: the list a council would choose from.

Planted: the locality short of SEMH places has candidates of its own, of a large and a small kind.
"""

from __future__ import annotations

import pandas as pd

from data.synthetic.placements import short_locality
from data.synthetic.world import World
from data.synthetic.write import Writer

SHORT = -1
"""Position of the short locality among those of the profile."""

CANDIDATES = (
    # id, name, establishment, designation, phase, locality position, places, pounds a place to
    # build and to run, start, opening
    ("N01", "SEMH special school, new site", "special", "SEMH", "secondary",
     SHORT, 40, 86_000, 26_900, "2027-04-01", "2028-09-01"),
    ("N02", "SEMH resourced provision, secondary", "resourced_provision", "SEMH", "secondary",
     SHORT, 16, 24_000, 17_200, "2027-02-01", "2027-09-01"),
    ("N03", "SEMH unit, primary", "sen_unit", "SEMH", "primary",
     SHORT, 12, 26_000, 17_900, "2027-02-01", "2027-09-01"),
    ("N04", "SEMH special school, extension", "special", "SEMH", "secondary",
     0, 24, 61_000, 26_800, "2027-04-01", "2028-09-01"),
    ("N05", "SEMH resourced provision, primary", "resourced_provision", "SEMH", "primary",
     1, 10, 23_500, 17_100, "2027-02-01", "2027-09-01"),
    ("N06", "SEMH special school, second site", "special", "SEMH", "secondary",
     1, 32, 94_000, 27_300, "2027-09-01", "2029-09-01"),
    ("N07", "Autism special school, extension", "special", "ASD", "secondary",
     SHORT, 36, 68_000, 24_400, "2027-04-01", "2028-09-01"),
    ("N08", "Autism resourced provision, primary", "resourced_provision", "ASD", "primary",
     0, 20, 25_000, 18_100, "2027-02-01", "2027-09-01"),
    ("N09", "Autism resourced provision, secondary", "resourced_provision", "ASD", "secondary",
     1, 20, 26_000, 18_400, "2027-02-01", "2028-09-01"),
    ("N10", "Special school, primary block", "special", "MLD", "primary",
     0, 30, 59_000, 22_900, "2027-04-01", "2028-09-01"),
    ("N11", "Special school, secondary block", "special", "MLD", "secondary",
     SHORT, 30, 62_000, 23_300, "2027-09-01", "2029-09-01"),
    ("N12", "SLD special school, extension", "special", "SLD", "primary",
     1, 16, 91_000, 33_500, "2027-09-01", "2029-09-01"),
    ("N13", "SEMH unit, secondary", "sen_unit", "SEMH", "secondary",
     0, 12, 38_000, 18_600, "2027-02-01", "2028-09-01"),
    ("N14", "Autism unit, secondary", "sen_unit", "ASD", "secondary",
     0, 12, 38_000, 18_600, "2027-02-01", "2028-09-01"),
)  # fmt: skip

OPENS_TOO_SOON, COSTS_LESS_THAN_NOTHING = "N13", "N14"
"""Written wrong on purpose: the mistakes planted in the list are made in these rows."""


def write_candidates(world: World, writer: Writer) -> None:
    """The list of schemes, and in the truth those of the short locality."""
    frame = _candidates(world)
    writer.table("candidate_row", frame)
    names = ("scheme_id", "scheme_name", "establishment", "designation", "phase", "locality",
             "places", "start_date", "opening_date")  # fmt: skip
    values = {n: n for n in names}
    values |= {"capital_cost": "capital", "running_cost_per_place": "running"}
    writer.write("candidate_schemes", "finance/candidate_schemes.csv", "candidate_row", values)
    short = frame[(frame["locality"] == short_locality(world)) & (frame["designation"] == "SEMH")]
    world.truth["candidates"] = {
        "schemes": frame["scheme_id"].tolist(),
        "semh_in_the_short_locality": short["scheme_id"].tolist(),
    }


def _candidates(world: World) -> pd.DataFrame:
    columns = ["scheme_id", "scheme_name", "establishment", "designation", "phase", "where", "size",
               "build", "running", "start_date", "opening_date"]  # fmt: skip
    frame = pd.DataFrame(CANDIDATES, columns=columns)
    ids = [loc.id for loc in world.profile.localities]
    frame["locality"] = [ids[min(w, len(ids) - 1)] for w in frame["where"]]
    frame["places"] = [world.count(n) for n in frame["size"]]
    frame["capital"] = frame["places"] * frame["build"]
    return frame
