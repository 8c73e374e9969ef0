"""Support children are given outside CAMHS, what it costs and what it changes.

Planted: one kind of support lifts wellbeing more than usual, one changes nothing; who gets support
does not depend on deprivation, and support changes no child's suspensions.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.synthetic.camhs import EFFECTIVE, NULL
from data.synthetic.clock import Census, days_of
from data.synthetic.panels import FIRST_YEAR, academic_year_of
from data.synthetic.world import NOWHERE, World, by_share, pick
from data.synthetic.write import Writer, iso_day, text

REGISTER = (
    # id, name, evidence, level, pounds a place, weeks, share of children, change in SWEMWBS
    ("I01", EFFECTIVE, "strong", "targeted", 620, 12, 0.16, 2.5),
    ("I02", NULL, "limited", "universal", 90, 8, 0.17, 0.0),
    ("I03", "nurture group", "moderate", "targeted", 880, 24, 0.14, 1.0),
    ("I04", "school counselling", "moderate", "targeted", 410, 12, 0.20, 1.0),
    ("I05", "emotional literacy support", "emerging", "targeted", 260, 10, 0.18, 1.0),
    ("I06", "outreach from a special school", "emerging", "specialist", 1450, 18, 0.09, 1.0),
    ("I07", "mentoring", "limited", "targeted", 340, 16, 0.06, 1.0),
)
SPARE = ("I08", "equine sessions", "none", "targeted", 950, 10, 0.0, 0.0)
"""On the register, and nobody was given it: no children, not unknown."""
WITH_NEED, WITHOUT_NEED = 0.30, 0.008
"""Share of pupils with an SEMH need, and of other pupils, who start support in a year."""
COMPLETED, MEASURED = 0.82, 0.60
UNMEASURED = "I07"
"""Its provider sends no scores."""
BEFORE, SPREAD, NOISE = 19.0, 2.6, 2.8
SETTINGS = {"school": 70, "community": 14, "clinic": 8, "home": 5, "online": 3}


def write_support(world: World, writer: Writer) -> None:
    """The register and everything delivered."""
    _write_register(world, writer)
    rng = world.rng("support")
    years = [c for c in world.censuses if c.term == "spring" and c.academic_year >= FIRST_YEAR]
    frame = pd.concat([_started(world, rng, census) for census in years], ignore_index=True)
    frame = frame.sort_values(["start", "person"], ignore_index=True)
    _describe(world, rng, frame)
    world.tables["support"] = frame
    writer.table("support_row", frame)
    values = {
        "delivery_id": "delivery_id", "upn": "upn", "intervention_id": "id",
        "urn": "urn", "setting": "setting", "start_date": iso_day("start"),
        "end_date": iso_day('"end"'), "cost": "cast(cost as decimal(10, 2))",
        "completed": "case when \"end\" >= 0 then completed end", "tool": text("tool"),
        "score_before": "score_before", "score_after": "score_after",
    }  # fmt: skip
    file = "local/interventions_delivered.csv"
    writer.write("interventions_delivered", file, "support_row", values)
    world.truth.setdefault("local", {})["interventions"] = support_truth(frame)


def _write_register(world: World, writer: Writer) -> None:
    columns = ["id", "name", "evidence", "level", "cost", "weeks", "share", "change"]
    frame = pd.DataFrame([*REGISTER, SPARE], columns=columns)
    frame["name"] = frame["name"].str[:1].str.upper() + frame["name"].str[1:]
    frame["reviewed"] = [f"202{3 + i % 3}-0{1 + i % 8}-15" for i in range(len(frame))]
    frame["places"] = [world.count(900 * share) for share in frame["share"]]
    writer.table("register_row", frame)
    values = {
        "intervention_id": "id", "name": "name", "evidence_rating": "evidence",
        "evidence_source": "'Made up for the synthetic borough'", "response_level": "level",
        "cost_per_place": "cost", "places_a_year": "places", "last_reviewed": "reviewed",
    }  # fmt: skip
    file = "local/intervention_register.csv"
    writer.write("intervention_register", file, "register_row", values)


def _started(world: World, rng: np.random.Generator, census: Census) -> pd.DataFrame:
    """Children who start support in the academic year of a spring census."""
    t, grids = census.index, world.grids
    on = grids["school_at"][t] != NOWHERE
    need = on & (grids["need"][t] == "SEMH") & (grids["sen"][t] >= 1)
    parts = [
        pick(rng, group.astype(float), round(float(share * group.sum())))
        for group, share in ((need, WITH_NEED), (on & ~need, WITHOUT_NEED))
    ]
    who = np.concatenate(parts)
    first, last = date(census.academic_year, 9, 8), date(census.academic_year + 1, 6, 20)
    start = rng.integers(days_of(first), days_of(last), len(who))
    school = grids["school_at"][t, who]
    return pd.DataFrame({"person": who, "school": school, "start": start})


def _describe(world: World, rng: np.random.Generator, frame: pd.DataFrame) -> None:
    n, last = len(frame), days_of(world.censuses[-1].day)
    kinds = {row[0]: row for row in REGISTER}
    frame["id"] = by_share(rng, {key: row[6] for key, row in kinds.items()}, n)
    weeks = frame["id"].map({key: row[5] for key, row in kinds.items()}).to_numpy()
    end = frame["start"] + np.round(weeks * 7 * rng.uniform(0.85, 1.15, n)).astype(int)
    frame["end"] = np.where(end <= last, end, -1)
    price = frame["id"].map({key: row[4] for key, row in kinds.items()}).to_numpy()
    frame["cost"] = np.round(price * rng.normal(1, 0.1, n).clip(0.6, 1.5), 2)
    frame["completed"] = rng.random(n) < COMPLETED
    frame["setting"] = by_share(rng, SETTINGS, n)
    frame["upn"] = world.people["upn"].to_numpy()[frame["person"]]
    frame["urn"] = world.schools["urn"].to_numpy()[frame["school"]]
    frame["delivery_id"] = [f"D{i + 1:06d}" for i in range(n)]
    _score(rng, frame, {key: row[7] for key, row in kinds.items()})


def _score(rng: np.random.Generator, frame: pd.DataFrame, change: dict[str, float]) -> None:
    """Wellbeing before and after, for those who were measured."""
    n = len(frame)
    measured = (rng.random(n) < MEASURED) & (frame["id"] != UNMEASURED).to_numpy()
    before = np.round(rng.normal(BEFORE, SPREAD, n).clip(9, 29), 1)
    moved = frame["id"].map(change).to_numpy() + rng.normal(0, NOISE, n)
    both = measured & (frame["end"] >= 0).to_numpy() & frame["completed"].to_numpy()
    frame["tool"] = np.where(measured, "SWEMWBS", "")
    frame["score_before"] = np.where(measured, before, np.nan)
    frame["score_after"] = np.where(both, np.round((before + moved).clip(0, 100), 1), np.nan)
    for name in ("score_before", "score_after"):
        frame[name] = frame[name].astype(object).where(frame[name].notna(), None)


def support_truth(frame: pd.DataFrame) -> dict[str, object]:
    """What was planted, and children by academic year."""
    year = academic_year_of(frame["start"])
    children = frame.assign(year=year).groupby("year")["person"].nunique()
    return {
        "planted": {
            "mean_change_in_swemwbs": {row[1]: row[7] for row in REGISTER},
            "provider_sends_no_scores": UNMEASURED,
            "on_the_register_and_given_to_nobody": SPARE[1],
            "effect_of_deprivation_on_reach": None,
            "effect_on_suspensions": None,
        },
        "children_by_academic_year": {str(y): int(n) for y, n in children.items()},
    }
