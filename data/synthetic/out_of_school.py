"""Children not in school full time: reduced timetables, taught at home, missing education.

A reduced timetable is the same that attendance shows (code C2); whether the council hears of it
depends on whether the school returned the month. Planted: `NEVER_RETURN` of schools send nothing
at all, and a nil return is a row with 0. Children who leave a school's roll for home education or
go missing leave it in the simulated censuses too.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.synthetic.clock import days_of
from data.synthetic.world import NOWHERE, World, by_share

RETURNS_FROM = 2022
"""Academic year in which schools began to be asked each month."""
RETURN_SHARE = {2022: 0.58, 2023: 0.70, 2024: 0.78, 2025: 0.84}
NEVER_RETURN = 0.08
GOES_ON = 0.45
"""Share of part-time timetables that go on from one term to the next; the others begin anew."""
LATE_DAYS = 25
REGISTER_FROM = date(2020, 9, 1)
"""Day the council's present register of home education begins: earlier ends are not in it."""
REASONS_SEMH = {"BEH": 44, "ANX": 34, "REI": 14, "MED": 4, "OTH": 4}
REASONS_OTHER = {"ANX": 30, "MED": 36, "REI": 18, "BEH": 10, "OTH": 6}
EHE_OF_OFF_ROLL, EHE_OF_LEAVERS, EHE_SEMH_LIFT = 0.35, 0.16, 3.0
CME_OF_LEAVERS = 0.09
EHE_REASONS = {
    "LIF": 24, "MEN": 16, "SEN": 10, "DIS": 11, "BUL": 6, "PHY": 3, "ATT": 5, "PLA": 3,
    "OTH": 6, "UNK": 16,
}  # fmt: skip
EHE_REASONS_SEMH = EHE_REASONS | {"LIF": 6, "MEN": 34, "SEN": 22, "ATT": 16}
SUITABLE = {"Y": 78, "P": 15, "N": 7}
CME_OUTCOMES = {"SCH": 55, "EHE": 6, "MOV": 34, "NOT": 5}


def leave_school(world: World) -> None:
    """Fill tables `timetables`, `timetable_returns`, `ehe` and `missing`."""
    rng = world.rng("out of school")
    returns = _returns(world, rng)
    timetables = _timetables(world, rng)
    _count(returns, timetables)
    told = _told(timetables, returns)
    world.tables["timetables"] = timetables[told].reset_index(drop=True)
    world.tables["timetable_returns"] = returns[returns["returned"]].reset_index(drop=True)
    world.truth["reduced_timetables"] = _by_month(returns, timetables)
    leavers = _leavers(world, rng)
    world.tables["ehe"] = _home_educated(world, rng, leavers)
    world.tables["missing"] = _missing(world, rng, leavers)


def _months(world: World) -> pd.DataFrame:
    """School months asked for, with first and last day (days since 1970) and academic year."""
    rows = []
    for term in world.terms:
        if term.academic_year >= RETURNS_FROM:
            for month in np.unique(term.days.astype("datetime64[M]")):
                first = int(month.astype("datetime64[D]").astype(int))
                last = int((month + 1).astype("datetime64[D]").astype(int)) - 1
                rows.append((term.index, term.academic_year, first, last))
    frame = pd.DataFrame(rows, columns=["term", "year", "first", "last"])
    return frame.drop_duplicates("first", ignore_index=True)


def _returns(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """One row per school and month asked, with whether it returned and when."""
    months = _months(world)
    asked = np.flatnonzero(world.schools["phase"].isin(["Primary", "Secondary", "Special", "PRU"]))
    never = rng.random(len(asked)) < NEVER_RETURN
    keen = rng.normal(0, 0.8, len(asked))
    parts = []
    for term, year, first, last in months.to_numpy().tolist():
        level = RETURN_SHARE[year] / (1 - NEVER_RETURN)
        chance = 1 / (1 + np.exp(-(np.log(level / (1 - level)) * 1.15 + keen)))
        sent = (rng.random(len(asked)) < chance) & ~never
        parts.append(
            pd.DataFrame({
                "school": asked, "term": term, "first": first, "last": last,
                "returned": sent, "sent": last + rng.integers(1, LATE_DAYS, len(asked)),
            })
        )  # fmt: skip
    frame = pd.concat(parts, ignore_index=True)
    opened = world.schools["open_date"].to_numpy("datetime64[D]").astype(int)
    return frame[opened[frame["school"]] <= frame["first"]].reset_index(drop=True)


def _timetables(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """Terms on a part-time timetable at one school, some joined where they follow each other."""
    part = world.tables["part_time"]
    part = part[part["term"].isin([t.index for t in world.terms if t.academic_year >= 2022])]
    part = part.sort_values(["person", "term"], ignore_index=True)
    part["school"] = world.grids["school_at"][part["term"], part["person"]]
    same = (part["person"].shift() == part["person"]) & (part["school"].shift() == part["school"])
    goes_on = rng.random(len(part)) < GOES_ON
    fresh = ~(same & goes_on & (part["term"].shift() == part["term"] - 1))
    part["semh"] = world.grids["need"][part["term"], part["person"]] == "SEMH"
    part["lost"] = part["sessions"] / np.array([t.sessions for t in world.terms])[part["term"]]
    frame = part.groupby(fresh.cumsum(), sort=False).agg(
        person=("person", "first"), school=("school", "first"), first=("term", "first"),
        last=("term", "last"), semh=("semh", "first"), lost=("lost", "mean"),
    )  # fmt: skip
    return _dated(world, rng, frame.reset_index(drop=True))


def _dated(world: World, rng: np.random.Generator, frame: pd.DataFrame) -> pd.DataFrame:
    """First and last days, hours, reason; those of the last term may still go on."""
    n = len(frame)
    begin = np.array([days_of(t.start) for t in world.terms])
    end = np.array([days_of(t.end) for t in world.terms])
    long = end - begin
    frame["start"] = begin[frame["first"]] + np.floor(rng.random(n) * 0.7 * long[frame["first"]])
    low = np.maximum(frame["start"] + 14, begin[frame["last"]] + 0.3 * long[frame["last"]])
    frame["end"] = np.floor(low + rng.random(n) * (end[frame["last"]] - low).clip(0))
    going_on = (frame["last"] == len(world.terms) - 1) & (rng.random(n) < 0.5)
    frame[["start", "end"]] = frame[["start", "end"]].astype(int)
    frame["end"] = np.where(going_on, -1, frame["end"])
    frame["review"] = frame["start"] + rng.integers(14, 50, n)
    frame["hours"] = np.clip(np.round(25 * (1 - frame["lost"]) * 2) / 2, 3, 22)
    frame["reason"] = np.where(
        frame["semh"], by_share(rng, REASONS_SEMH, n), by_share(rng, REASONS_OTHER, n)
    )
    frame["agreed"] = rng.random(n) < 0.9
    frame["timetable"] = np.arange(n)
    return frame


def _overlaps(returns: pd.DataFrame, timetables: pd.DataFrame) -> pd.DataFrame:
    """Pairs of a school month and a timetable that ran in it, by their row numbers."""
    months = returns.reset_index(names="month")[["month", "school", "first", "last", "returned"]]
    runs = timetables[["timetable", "school", "start", "end"]]
    pairs = months.merge(runs, on="school")
    still = (pairs["end"] < 0) | (pairs["end"] >= pairs["first"])
    return pairs[(pairs["start"] <= pairs["last"]) & still]


def _count(returns: pd.DataFrame, timetables: pd.DataFrame) -> None:
    """How many timetables ran at each school in each month."""
    number = _overlaps(returns, timetables).groupby("month").size()
    returns["pupils"] = number.reindex(returns.index, fill_value=0).to_numpy()


def _told(timetables: pd.DataFrame, returns: pd.DataFrame) -> np.ndarray:
    """Timetables that ran in a month the school returned: the council knows of no others."""
    pairs = _overlaps(returns, timetables)
    known = pairs.loc[pairs["returned"], "timetable"].unique()
    return timetables["timetable"].isin(known).to_numpy()


def _by_month(returns: pd.DataFrame, timetables: pd.DataFrame) -> dict[str, dict[str, int]]:
    """By month: schools asked, schools that returned, pupils they told of, and pupils in truth."""
    month = returns["first"].to_numpy().astype("datetime64[D]").astype("datetime64[M]").astype(str)
    told = returns["pupils"] * returns["returned"]
    nil = returns["returned"] & (returns["pupils"] == 0)
    sums = returns.assign(month=month, told=told, nil=nil).groupby("month").agg(
        asked=("school", "size"), returned=("returned", "sum"), nil=("nil", "sum"),
        told=("told", "sum"), true=("pupils", "sum"),
    )  # fmt: skip
    return {str(m): {str(k): int(v) for k, v in row.items()} for m, row in sums.iterrows()}


def _leavers(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """Resident children of school age who left a roll, with school, need and last day there."""
    leave = world.people["leave"].to_numpy()
    who = np.flatnonzero((leave < len(world.censuses)) & world.people["resident"].to_numpy())
    t = leave[who]
    at = world.grids["school_at"][t - 1, who]
    years = np.array([c.academic_year for c in world.censuses])[t]
    age = years - 5 - world.people["cohort"].to_numpy()[who]
    ended = np.array([days_of(c.covers.end) if c.covers else 0 for c in world.censuses])[t]
    frame = pd.DataFrame({
        "person": who, "school": at, "left": ended, "draw": rng.random(len(who)),
        "sen": world.grids["sen"][t - 1, who], "need": world.grids["need"][t - 1, who],
    })  # fmt: skip
    keep = (at != NOWHERE) & (age >= 1) & (age <= 10)
    keep &= ~np.isin(who, world.tables["lost"]["person"])
    return frame[keep].reset_index(drop=True)


def _lost(world: World, home: bool) -> pd.DataFrame:
    """Permanently excluded pupils who reached no unit, as rows of leavers."""
    lost = world.tables["lost"]
    lost = lost[lost["home"] == home].drop_duplicates("person")
    who, t = lost["person"].to_numpy(), lost["census"].to_numpy()
    ended = np.array([days_of(c.covers.end) if c.covers else 0 for c in world.censuses])[t]
    return pd.DataFrame({
        "person": who, "school": lost["school"].to_numpy(), "left": ended, "draw": 1.0,
        "sen": world.grids["sen"][t - 1, who], "need": world.grids["need"][t - 1, who],
    })  # fmt: skip


def _home_educated(world: World, rng: np.random.Generator, leavers: pd.DataFrame) -> pd.DataFrame:
    """Children never on roll, leavers (more of those with SEMH) and plans with setting EHE."""
    lift = np.where(leavers["need"] == "SEMH", EHE_SEMH_LIFT, 1.0)
    left = leavers[leavers["draw"] < EHE_OF_LEAVERS * lift]
    parts = [_never_on_roll(world, rng), left.assign(start=left["left"] + 3, known=True)]
    parts.append(_with_plan(world))
    excluded = _lost(world, home=True)
    parts.append(excluded.assign(start=excluded["left"] + 10, known=True))
    frame = pd.concat(parts, ignore_index=True).sort_values(["start", "person"], ignore_index=True)
    frame = frame[~frame.duplicated("person")].reset_index(drop=True)
    return _described(world, rng, frame)


def _never_on_roll(world: World, rng: np.random.Generator) -> pd.DataFrame:
    people = world.people
    chosen = people["off_roll"] & people["resident"] & (rng.random(len(people)) < EHE_OF_OFF_ROLL)
    chosen &= (world.grids["school_at"] == NOWHERE).all(axis=0)
    born = people["cohort"].to_numpy()
    who = np.flatnonzero(chosen & (born >= 2005) & (born <= 2020))
    first = np.array([days_of(date(y + 6, 9, 1)) for y in born[who]])
    return pd.DataFrame({
        "person": who, "school": NOWHERE, "start": first, "sen": 0, "need": "",
        "known": rng.random(len(who)) < 0.7,
    })  # fmt: skip


def _with_plan(world: World) -> pd.DataFrame:
    spells = world.tables["spells"]
    mine = spells[spells["setting"] == "ehe"]
    return pd.DataFrame({
        "person": mine["person"], "school": NOWHERE, "start": mine["start"], "stop": mine["end"],
        "sen": 2, "need": mine["need1"], "known": True,
    })  # fmt: skip


def _described(world: World, rng: np.random.Generator, frame: pd.DataFrame) -> pd.DataFrame:
    """Ends, reasons and first contacts; nobody is home educated past the end of year 11."""
    n, today = len(frame), days_of(world.censuses[-1].day)
    last = np.array([
        days_of(date(c + 16, 8, 31)) for c in world.people["cohort"].to_numpy()[frame["person"]]
    ])  # fmt: skip
    moved = frame["start"] + rng.integers(60, 700, n)
    stop = np.where(rng.random(n) < 0.3, moved, last)
    frame["end"] = np.minimum(np.where(frame["stop"].fillna(-1) >= 0, frame["stop"], stop), last)
    kept = (frame["start"] < today - 10) & (frame["end"] > frame["start"] + 14)
    frame = frame[kept & (frame["end"] >= days_of(REGISTER_FROM))].copy()
    n = len(frame)
    over = frame["end"] <= today
    aged = frame["end"].to_numpy() == last[frame.index]
    frame["end"] = np.where(over, frame["end"], -1).astype(int)
    frame["end_reason"] = np.where(over, np.where(aged, "AGE", by_share(rng, ENDS, n)), "")
    semh = (frame["need"] == "SEMH").to_numpy()
    frame["reason"] = np.where(
        semh, by_share(rng, EHE_REASONS_SEMH, n), by_share(rng, EHE_REASONS, n)
    )
    frame["contact"] = frame["start"] + rng.integers(5, 60, n)
    frame["contact"] = np.where(rng.random(n) < 0.85, frame["contact"], -1)
    frame["suitable"] = np.where(frame["contact"] >= 0, by_share(rng, SUITABLE, n), "P")
    frame["number"] = np.arange(n)
    return frame.drop(columns=["stop", "left", "draw"]).reset_index(drop=True)


ENDS = {"SCH": 62, "MOV": 30, "OTH": 8}


def _missing(world: World, rng: np.random.Generator, leavers: pd.DataFrame) -> pd.DataFrame:
    """Leavers of whom nobody knows for a while where they are; none who is home educated."""
    low = 1 - CME_OF_LEAVERS
    left = leavers[leavers["draw"] > low]
    frame = pd.concat([left, _lost(world, home=False)], ignore_index=True)
    n, today = len(frame), days_of(world.censuses[-1].day)
    frame["start"] = frame["left"] + rng.integers(3, 40, n)
    found = frame["start"] + 1 + np.floor(rng.exponential(55, n)).astype(int)
    frame["found"] = np.where(found <= today, found, -1)
    frame["outcome"] = np.where(frame["found"] >= 0, by_share(rng, CME_OUTCOMES, n), "")
    frame = frame[frame["start"] < today].reset_index(drop=True)
    frame["number"] = np.arange(len(frame))
    return frame
