"""Children the panels discuss, and the managed moves that follow.

Planted: one partnership decides late, one writes down no outcome for a year; what a panel decides
changes no child's suspensions.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.synthetic.clock import TermTime, days_of
from data.synthetic.people import year_group
from data.synthetic.world import NOWHERE, World, by_share, pick
from data.synthetic.write import Writer, iso_day, text

FIRST_YEAR = 2021
"""The panels' record begins in this academic year."""
CASES_A_TERM = 74.0
PANELS = {"inclusion panel": 0.62, "managed move panel": 0.27, "fair access panel": 0.11}
DECISIONS = {
    "inclusion panel": {
        "support in school": 44, "outreach or intervention": 26, "alternative provision place": 16,
        "EHC needs assessment advised": 7, "deferred": 4, "no action": 3,
    },
    "managed move panel": {"managed move": 72, "support in school": 20, "no action": 8},
    "fair access panel": {"named school place": 1},
}  # fmt: skip
MOVES = ("managed move", "named school place")
DUE_DAYS = 28
"""The synthetic panels' own terms: a decision four weeks after the referral."""
ON_TIME, ON_TIME_SLOW = 0.86, 0.58
MOVE_SUCCEEDS = 0.62
TRIAL_DAYS = 84
"""A managed move is tried for twelve weeks."""
SILENT_YEAR = 2023
"""Academic year for whose decisions one partnership wrote down no outcome."""


def slow_partnership(world: World) -> str:
    """The locality whose partnership decides late: the second of the profile."""
    return world.profile.localities[min(1, len(world.profile.localities) - 1)].id


def silent_partnership(world: World) -> str:
    """The locality whose partnership wrote down no outcome for a year: the first."""
    return world.profile.localities[0].id


def hear_cases(world: World) -> None:
    """Fill table `panel`, and move the children whose managed move succeeds (grid `school_at`)."""
    rng = world.rng("panels")
    heard = [t for t in world.terms if t.academic_year >= FIRST_YEAR]
    world.tables["panel"] = pd.concat(
        [_term_cases(world, rng, term) for term in heard], ignore_index=True
    )


def _term_cases(world: World, rng: np.random.Generator, term: TermTime) -> pd.DataFrame:
    people, t = world.people, term.index
    at = world.grids["school_at"][t]
    year = year_group(people, term.academic_year)
    phase = world.schools["phase"].to_numpy()[at]
    able = (at != NOWHERE) & np.isin(phase, ["Primary", "Secondary"]) & (year >= 1) & (year <= 11)
    risk = (people["frailty"] + 0.2) * (1 + people["male"]) * np.where(year >= 7, 2.5, 1.0)
    who = pick(rng, np.where(able, risk, 0.0), int(rng.poisson(CASES_A_TERM * world.scale)))
    frame = pd.DataFrame({"person": who, "term": t, "school": at[who]})
    frame["received"] = rng.choice(term.days.astype(int), len(who))
    frame["locality"] = world.schools["locality"].to_numpy()[frame["school"]]
    _decide(world, rng, frame)
    _move(world, rng, frame)
    return frame


def _decide(world: World, rng: np.random.Generator, frame: pd.DataFrame) -> None:
    """Which panel, when, and what it decides."""
    n = len(frame)
    frame["panel"] = by_share(rng, PANELS, n)
    frame["decision"] = ""
    for panel, shares in DECISIONS.items():
        here = (frame["panel"] == panel).to_numpy()
        frame.loc[here, "decision"] = by_share(rng, shares, int(here.sum()))
    slow = (frame["locality"] == slow_partnership(world)).to_numpy()
    on_time = rng.random(n) < np.where(slow, ON_TIME_SLOW, ON_TIME)
    wait = np.where(on_time, rng.integers(7, DUE_DAYS + 1, n), rng.integers(DUE_DAYS + 1, 71, n))
    frame["due"] = frame["received"] + DUE_DAYS
    frame["decided"] = frame["received"] + wait


def _move(world: World, rng: np.random.Generator, frame: pd.DataFrame) -> None:
    """Another school of the same phase; a move that succeeds lasts for the phase."""
    schools, grid = world.schools, world.grids["school_at"]
    moves = frame["decision"].isin(MOVES).to_numpy()
    phase = schools["phase"].to_numpy()[frame["school"]]
    to = np.full(len(frame), NOWHERE)
    for name in ("Primary", "Secondary"):
        rows = np.flatnonzero((schools["phase"] == name).to_numpy())
        here = moves & (phase == name)
        drawn = rng.integers(0, len(rows) - 1, len(frame))
        own = np.searchsorted(rows, frame["school"])
        to = np.where(here, rows[np.where(drawn >= own, drawn + 1, drawn) % len(rows)], to)
    frame["to"] = to
    frame["succeeds"] = moves & (rng.random(len(frame)) < MOVE_SUCCEEDS)
    who = frame.loc[frame["succeeds"], ["person", "school", "to"]].to_numpy().T
    for t in range(int(frame["term"].max()) + 1 if len(frame) else 0, len(grid)):
        still = grid[t, who[0]] == who[1]
        grid[t, who[0][still]] = who[2][still]


def write_panels(world: World, writer: Writer) -> None:
    """The panels' record, as it stands on the last day of data."""
    frame = world.tables["panel"].sort_values(["received", "person"], ignore_index=True)
    last = days_of(world.censuses[-1].day)
    frame = frame[frame["received"] <= last].reset_index(drop=True)
    known = (frame["decided"] <= last).to_numpy()
    frame["case_id"] = [f"PC{i + 1:05d}" for i in range(len(frame))]
    frame["upn"] = world.people["upn"].to_numpy()[frame["person"]]
    urn = world.schools["urn"].to_numpy()
    frame["urn"] = urn[frame["school"]]
    frame["urn_to"] = np.where(known & (frame["to"] >= 0), urn[frame["to"]], -1)
    names = {place.id: f"{place.name} partnership" for place in world.profile.localities}
    frame["partnership"] = frame["locality"].map(names)
    frame["decision"] = np.where(known, frame["decision"], "")
    frame["heard"] = np.where(known, frame["decided"] - 2, -1)
    frame["heard"] = np.where(known, np.maximum(frame["heard"], frame["received"]), -1)
    frame["decided"] = np.where(known, frame["decided"], -1)
    _end(world, frame, last)
    world.tables["panel_written"] = frame
    writer.table("panel_row", frame)
    values = {
        "case_id": "case_id", "upn": "upn", "panel": "panel", "partnership": "partnership",
        "urn_from": "urn", "urn_to": "case when urn_to >= 0 then urn_to end",
        "received_date": iso_day("received"), "due_date": iso_day("due"),
        "heard_date": iso_day("heard"), "decided_date": iso_day("decided"),
        "decision": text("decision"), "outcome": text("outcome"),
        "outcome_date": iso_day("ended"),
    }  # fmt: skip
    writer.write("panel_cases", "local/panel_cases.csv", "panel_row", values)
    world.truth.setdefault("local", {})["panel"] = panel_truth(world)


def _end(world: World, frame: pd.DataFrame, last: int) -> None:
    """How managed moves ended, where someone wrote it down."""
    ended = frame["decided"] + TRIAL_DAYS
    year = frame["term"].map({term.index: term.academic_year for term in world.terms})
    silent = (frame["locality"] == silent_partnership(world)) & (year == SILENT_YEAR)
    told = (frame["decision"] == "managed move") & (ended <= last) & ~silent
    frame["outcome"] = np.where(
        told, np.where(frame["succeeds"], "successful", "returned to first school"), ""
    )
    frame["ended"] = np.where(told, ended, -1)


def panel_truth(world: World) -> dict[str, object]:
    """What was planted and what happened, by academic year."""
    frame = world.tables["panel_written"]
    last = days_of(world.censuses[-1].day)
    due = frame[frame["due"] <= last]
    made = due.assign(
        year=academic_year_of(due["due"]),
        on_time=(due["decided"] >= 0) & (due["decided"] <= due["due"]),
    )
    moved = frame[(frame["decision"] == "managed move") & (frame["ended"] >= 0)]
    moved = moved.assign(year=academic_year_of(moved["ended"]))
    return {
        "planted": {
            "on_time": {"usual": ON_TIME, slow_partnership(world): ON_TIME_SLOW},
            "managed_move_succeeds": MOVE_SUCCEEDS,
            "no_outcome_written": {
                "locality": silent_partnership(world), "academic_year": SILENT_YEAR,
            },
            "effect_of_a_decision_on_suspensions": None,
        },
        "due": {
            str(year): {"due": len(part), "on_time": int(part["on_time"].sum())}
            for year, part in made.groupby("year")
        },
        "managed_moves_ended": {
            str(year): {"ended": len(part), "successful": int(part["succeeds"].sum())}
            for year, part in moved.groupby("year")
        },
    }  # fmt: skip


def academic_year_of(days: pd.Series) -> np.ndarray:
    """The year each day's academic year starts in, from days since 1970."""
    month = days.to_numpy().astype("datetime64[D]").astype("datetime64[M]").astype(int)
    return 1970 + (month - 8) // 12
