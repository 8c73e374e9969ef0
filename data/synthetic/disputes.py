"""EHC decisions in dispute, and waits for a specialist place.

Planted: children of the locality without a SEMH special school wait `SHORT_WAIT` times as long for
a SEMH place as others do.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.synthetic.clock import days_of
from data.synthetic.placements import short_locality
from data.synthetic.world import World, by_share

RATES = {
    # decision: share mediated, share appealed
    "ASS": (0.0, 0.0),  # as the flags of the request say
    "ISS": (0.25, 0.075),
    "CON": (0.035, 0.040),
    "PLA": (0.004, 0.024),
    "CEA": (0.020, 0.012),
}
MEDIATED_FIRST = 0.72
"""Share of appeals, other than about the school alone, that follow a mediation."""
MEDIATION_RESULTS = {"AGR": 38, "PAR": 14, "NOA": 42, "WDR": 6}
APPEAL_RESULTS = {"CON": 30, "WDR": 15, "UPH": 34, "PUP": 19, "DIS": 2}
APPEAL_DAYS, MEDIATION_DAYS = 290.0, 38.0

SHORT_WAIT = 1.8
WAIT_WEEKS = {True: 30.0, False: 20.0}
"""Median weeks from asking to the first day there, for SEMH and for other needs."""
WAIT_SPREAD = 0.45
WANTED = {"special": "special", "independent": "independent_special", "nmss": "nmss"}
STILL_WAITING, WITHDRAWN = 120, 0.07
WAITS_FROM = date(2021, 4, 1)
MEANWHILE = {
    "mainstream": {"MAI": 62, "MPT": 25, "NON": 13},
    "ap": {"APR": 1}, "ola": {"TUI": 1}, "ehe": {"EHE": 1},
    "special": {"SPE": 1}, "nmss": {"SPE": 1}, "independent": {"SPE": 1},
    "": {"MAI": 50, "MPT": 22, "NON": 18, "TUI": 10},
}  # fmt: skip


def dispute_and_wait(world: World) -> None:
    """Fill tables `disputes` and `waits`; note on `requests` which assessments were disputed."""
    world.tables["disputes"] = _disputes(world, world.rng("disputes"))
    world.tables["waits"] = _waits(world, world.rng("waits"))
    requests, about = world.tables["requests"], world.tables["disputes"]
    for name, kind in (("mediation2", "MED"), ("tribunal2", "APP")):
        mine = about[(about["kind"] == kind) & (about["about"] == "ISS")]
        requests[name] = requests["request_id"].isin(mine["request"])


def today(world: World) -> int:
    """The last day of data."""
    return days_of(world.censuses[-1].day) + 24


def _decisions(world: World) -> pd.DataFrame:
    """Every decision that can be appealed: person, day, about, whether mediated and appealed."""
    requests, plans = world.tables["requests"], world.tables["plans"]
    refused = requests[requests["outcome"] == "N"].assign(about="ASS", day=lambda f: f["decided"])
    unissued = requests[requests["result"] == "N"].assign(about="ISS", day=lambda f: f["assessed"])
    issued = requests[requests["result"] == "Y"].assign(day=lambda f: f["assessed"])
    need = plans[["person", "need1"]].drop_duplicates("person").set_index("person")["need1"]
    ended = plans[(plans["cease"] >= 0) & plans["reason"].isin(["2", "6"])]
    ended = ended.assign(about="CEA", day=ended["cease"], request_id=-1)
    parts = [refused, unissued, issued.assign(about="CON"), issued.assign(about="PLA"), ended]
    frame = pd.concat(parts, ignore_index=True)
    known = frame["person"].map(need).fillna("")
    frame["need"] = np.where(known != "", known, np.where(frame["semh"].astype(bool), "SEMH", ""))
    columns = ["person", "day", "about", "request_id", "mediation", "tribunal", "need"]
    return frame[columns].rename(columns={"request_id": "request"})


def _disputes(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """Mediations and appeals, with the days and results known by the last day of data."""
    frame = _decisions(world)
    n = len(frame)
    share = np.array([RATES[a] for a in frame["about"]])
    flagged = (frame["about"] == "ASS").to_numpy()
    told = {k: np.equal(frame[k].to_numpy(), True).astype(bool) for k in ("mediation", "tribunal")}
    appeal = np.where(flagged, told["tribunal"], rng.random(n) < share[:, 1])
    mediated = np.where(flagged, told["mediation"], rng.random(n) < share[:, 0])
    needed = (frame["about"] != "PLA").to_numpy()
    mediated |= appeal & needed & (rng.random(n) < MEDIATED_FIRST)
    asked = frame["day"].to_numpy() + rng.integers(8, 40, n)
    met = asked + 1 + np.floor(rng.exponential(MEDIATION_DAYS, n)).astype(int)
    lodged = np.where(mediated, met, frame["day"].to_numpy()) + rng.integers(10, 35, n)
    heard = lodged + 60 + np.floor(rng.exponential(APPEAL_DAYS - 60, n)).astype(int)
    meetings = frame[mediated].assign(kind="MED", registered=asked[mediated], ended=met[mediated])
    meetings["result"] = np.where(
        appeal[mediated], by_share(rng, {"NOA": 80, "PAR": 20}, len(meetings)),
        by_share(rng, MEDIATION_RESULTS, len(meetings)),
    )  # fmt: skip
    appeals = frame[appeal].assign(kind="APP", registered=lodged[appeal], ended=heard[appeal])
    appeals["result"] = by_share(rng, APPEAL_RESULTS, len(appeals))
    return _known(world, pd.concat([meetings, appeals], ignore_index=True))


def _known(world: World, frame: pd.DataFrame) -> pd.DataFrame:
    """What the register says on the last day of data; nothing registered before 2020."""
    last = today(world)
    frame = frame[
        (frame["registered"] <= last) & (frame["registered"] >= days_of(date(2020, 1, 1)))
    ]
    frame = frame.sort_values(["registered", "person", "kind"], ignore_index=True)
    open_still = (frame["ended"] > last).to_numpy()
    frame["result"] = np.where(open_still, "", frame["result"])
    frame["ended"] = np.where(open_still, -1, frame["ended"])
    frame["number"] = np.arange(len(frame))
    return frame.drop(columns=["mediation", "tribunal", "day"])


def _waits(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """Waits that ended in a place, were withdrawn, or go on."""
    spells = world.tables["spells"]
    before = spells.groupby("person")["setting"].shift().fillna("")
    placed = spells.assign(before=before, placed=spells["start"])
    placed = placed[placed["setting"].isin(list(WANTED)) & (placed["setting"] != placed["before"])]
    last = today(world)
    open_now = spells[(spells["end"] < 0) & spells["setting"].isin(["mainstream", "ola"])]
    weight = np.where(open_now["semh"], 2.5, 1.0)
    size = min(world.count(STILL_WAITING), len(open_now))
    chosen = rng.choice(len(open_now), size, replace=False, p=weight / weight.sum())
    waiting = open_now.iloc[np.sort(chosen)].assign(
        before=lambda f: f["setting"], setting="special", placed=-1, school=-1
    )
    return _since(world, rng, pd.concat([placed, waiting], ignore_index=True), last)


def _since(world: World, rng: np.random.Generator, frame: pd.DataFrame, last: int) -> pd.DataFrame:
    """Days asked, withdrawn and placed, the provision asked for, and where each child waits."""
    n = len(frame)
    home = world.people["locality"].to_numpy()[frame["person"]]
    semh = frame["semh"].to_numpy(bool)
    long = np.where(semh & (home == short_locality(world)), SHORT_WAIT, 1.0)
    median = np.where(semh, WAIT_WEEKS[True], WAIT_WEEKS[False])
    wait = np.floor(7 * median * long * np.exp(WAIT_SPREAD * rng.normal(size=n))).astype(int)
    ended = np.where(frame["placed"] >= 0, frame["placed"], last + 1)
    so_far = np.where(frame["placed"] >= 0, wait, np.floor(wait * rng.random(n)))
    frame["asked"] = (ended - so_far).astype(int)
    stop = (rng.random(n) < WITHDRAWN) & (frame["placed"] < 0) & (so_far > 30)
    frame["withdrawn"] = np.where(stop, frame["asked"] + 30, -1)
    frame["placed"] = np.where(frame["placed"] <= last, frame["placed"], -1)
    key = world.schools["key"].to_numpy()[frame["school"].to_numpy()]
    frame["provision"] = np.where(frame["school"] >= 0, key, "")
    frame["establishment"] = frame["setting"].map(WANTED)
    frame["meanwhile"] = _where_meanwhile(rng, frame["before"].to_numpy())
    frame = frame[(frame["asked"] >= days_of(WAITS_FROM)) & (frame["asked"] <= last)]
    frame = frame.sort_values(["asked", "person"], ignore_index=True)
    frame["number"] = np.arange(len(frame))
    return frame


def _where_meanwhile(rng: np.random.Generator, before: np.ndarray) -> np.ndarray:
    found = np.full(len(before), "", dtype=object)
    for setting in np.unique(before):
        here = before == setting
        found[here] = by_share(rng, MEANWHILE.get(setting, MEANWHILE[""]), int(here.sum()))
    return found
