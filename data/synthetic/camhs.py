"""Children's mental health services: referred, waiting, seen, scored, discharged.

Planted: `EFFECTIVE` improves scores, as they are recorded, by `EFFECT` of the standard deviation of
first scores more than usual care; `NULL` by nothing more.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from statistics import NormalDist

import numpy as np
import pandas as pd

from data.synthetic.clock import days_of
from data.synthetic.world import World, by_share

RATE = {2020: 0.058, 2021: 0.076, 2022: 0.078, 2023: 0.080, 2024: 0.081, 2025: 0.082, 2026: 0.082}
"""Referrals per child under 18 by financial year."""
LAST_DAY = date(2026, 10, 31)
AGE_SHAPE = {
    4: 0.15,
    5: 0.35,
    6: 0.5,
    7: 0.6,
    8: 0.7,
    9: 0.75,
    10: 0.85,
    11: 1.0,
    12: 1.25,
    13: 1.6,
    14: 1.8,
    15: 1.8,
    16: 1.5,
    17: 1.1,
}
GIRL_IN_TEENS, SEMH_LIFT, DEPRIVED_LIFT = 1.5, 2.6, 1.25
MONTHS = np.array([9, 9, 11, 8, 10, 10, 9, 4, 8, 10, 11, 8], dtype=float)
DIGITAL = 0.07
"""Share of referrals to a digital provider that keeps no patient identity."""
ACCEPTED = 0.80
TEAMS = {"A18": 0.36, "F01": 0.28, "C04": 0.17, "A06": 0.09, "C10": 0.03, "C06": 0.04, "A02": 0.03}
WAITS = {
    "A18": (6.0, 0.95),
    "F01": (4.0, 0.7),
    "C04": (68.0, 0.65),
    "A06": (7.0, 0.9),
    "C10": (2.5, 0.6),
    "C06": (5.0, 0.8),
    "A02": (0.3, 0.7),
}
"""Median weeks to first contact and spread of the logarithm, by team type; C04 is the
neurodevelopmental pathway with its very long waits."""
REASONS = {
    "05": 26,
    "04": 14,
    "16": 12,
    "24": 14,
    "25": 12,
    "15": 10,
    "21": 4,
    "11": 4,
    "12": 3,
    "18": 1,
}
SOURCES = {"A1": 38, "F1": 34, "C1": 12, "D1": 6, "B1": 10}
CLOSURES = {"02": 52, "04": 12, "08": 9, "05": 10, "09": 6, "03": 6, "07": 5}
REJECTIONS = {"02": 70, "03": 22, "01": 8}
MEDIUM = {"01": 55, "11": 24, "02": 18, "04": 3}
ATTENDED = {"5": 74, "6": 8, "3": 8, "7": 2, "2": 5, "4": 3}
MEAN_CONTACTS = 7.0
ETHNIC = {
    "WBRI": "A",
    "WIRI": "B",
    "WROM": "C",
    "WOTW": "C",
    "MWBC": "D",
    "MWAS": "F",
    "MOTH": "G",
    "AIND": "H",
    "APKN": "J",
    "AOTH": "L",
    "BAFR": "N",
    "OOTH": "S",
}

EFFECTIVE, NULL, USUAL = "guided parent programme", "mindfulness sessions", "usual care"
PROCEDURES = {EFFECTIVE: "SYN0001", NULL: "SYN0002", USUAL: "SYN0003"}
"""Codes made up for the two planted interventions; SNOMED CT has none of this form."""
INTERVENTION_SHARES = {EFFECTIVE: 0.22, NULL: 0.20, USUAL: 0.58}
EFFECT = 0.45
USUAL_CHANGE = 0.35
"""Mean improvement with usual care, in standard deviations of the score."""
TRUE, FIRST_NOISE, LAST_NOISE = 0.85, 0.5, 0.75
"""Spread of children's true scores and of what chance adds to a first and a last score, in standard
deviations of the tool."""
BASELINE_SHARE, PAIRED_SHARE = 0.55, 0.62
TOOLS = {
    # coded scale: mean, standard deviation, lowest and highest score, lower is better
    "SDQ-P-EMOTIONAL": (5.6, 2.4, 0, 10), "SDQ-P-CONDUCT": (4.6, 2.5, 0, 10),
    "SDQ-P-HYPERACTIVITY": (6.8, 2.4, 0, 10), "SDQ-P-PEER": (4.4, 2.3, 0, 10),
    "RCADS-S-DEPRESSION-T": (66.0, 12.0, 30, 100), "RCADS-S-GAD-T": (60.0, 11.5, 30, 100),
}  # fmt: skip


def help_children(world: World) -> None:
    """Fill tables `referrals`, `contacts`, `scores`."""
    rng = world.rng("camhs")
    referrals = _referrals(world, rng)
    contacts, scores = care_of(rng, referrals)
    world.tables["referrals"] = referrals
    world.tables["contacts"] = contacts
    world.tables["scores"] = scores


def care_of(rng: np.random.Generator, referrals: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Contacts and scores of referrals (referral, person, received, age), which gain the rest.

    Needs no borough around them, so that many can be simulated where only effects matter.
    """
    _outcomes(rng, referrals)
    contacts = _contacts(rng, referrals)
    _close(rng, referrals, contacts)
    return contacts, _scores(rng, referrals, contacts)


def _referrals(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """Who is referred when, by financial year, age, sex, need and deprivation."""
    people, parts = world.people, []
    semh = (world.grids["need"] == "SEMH").any(axis=0)
    for year, rate in RATE.items():
        age = (days_of(date(year, 10, 1)) - people["dob"].to_numpy()) // 365.25
        child = (age >= 0) & (age < 18) & people["resident"].to_numpy()
        shape = np.array([AGE_SHAPE.get(a, 0.0) for a in range(18)])[
            np.clip(age, 0, 17).astype(int)
        ]
        girl = np.where(~people["male"] & (age >= 12), GIRL_IN_TEENS, 1.0)
        poor = np.where(people["decile"] <= 3, DEPRIVED_LIFT, 1.0)
        weight = child * shape * girl * poor * np.where(semh, SEMH_LIFT, 1.0)
        weight = weight * (1.0 + people["frailty"].clip(upper=2).to_numpy())
        who = rng.choice(len(people), rng.poisson(rate * child.sum()), p=weight / weight.sum())
        day = _days_of_year(rng, year, len(who))
        parts.append(pd.DataFrame({"person": who, "received": day, "age": age[who].astype(int)}))
    frame = pd.concat(parts, ignore_index=True).sort_values("received", ignore_index=True)
    frame = frame[frame["received"] <= days_of(LAST_DAY)].reset_index(drop=True)
    frame["referral"] = np.arange(len(frame))
    return frame


def _days_of_year(rng: np.random.Generator, year: int, size: int) -> np.ndarray:
    """Days of a financial year by the shape of the year."""
    month = rng.choice(12, size, p=MONTHS / MONTHS.sum())
    first = np.array([days_of(date(year + (m < 3), m + 1, 1)) for m in range(12)])
    return first[month] + rng.integers(0, 28, size)


def _outcomes(rng: np.random.Generator, frame: pd.DataFrame) -> None:
    """Team, reason, acceptance, wait and intervention of each referral."""
    n = len(frame)
    frame["digital"] = rng.random(n) < DIGITAL
    frame["team"] = by_share(rng, TEAMS, n)
    frame["reason"] = np.where(
        frame["team"] == "C04", by_share(rng, {"24": 50, "25": 50}, n), by_share(rng, REASONS, n)
    )
    frame["source"] = by_share(rng, SOURCES, n)
    frame["priority"] = by_share(rng, {"3": 88, "2": 10, "1": 2}, n)
    frame["accepted"] = (rng.random(n) < ACCEPTED) | frame["digital"]
    median = frame["team"].map({k: v[0] for k, v in WAITS.items()}).to_numpy()
    spread = frame["team"].map({k: v[1] for k, v in WAITS.items()}).to_numpy()
    weeks = np.where(frame["digital"], 0.3, median) * np.exp(spread * rng.normal(size=n))
    frame["first"] = frame["received"] + np.maximum(np.floor(weeks * 7), 0).astype(int)
    frame["intervention"] = by_share(rng, INTERVENTION_SHARES, n)
    frame["reject_reason"] = np.where(frame["accepted"], "", by_share(rng, REJECTIONS, n))
    frame["rejected"] = np.where(frame["accepted"], -1, frame["received"] + rng.integers(3, 35, n))


def _contacts(rng: np.random.Generator, referrals: pd.DataFrame) -> pd.DataFrame:
    """Contacts of accepted referrals that began before the end of the data."""
    seen = referrals[referrals["accepted"] & (referrals["first"] <= days_of(LAST_DAY))]
    number = np.minimum(rng.geometric(1 / MEAN_CONTACTS, len(seen)), 60)
    row = np.repeat(np.arange(len(seen)), number)
    order = np.arange(len(row)) - np.repeat(np.cumsum(number) - number, number)
    gap = np.where(order == 0, 0, rng.integers(7, 29, len(row)))
    through = np.cumsum(gap)
    since = through - np.repeat(through[np.cumsum(number) - number], number)
    frame = pd.DataFrame(
        {
            "referral": seen["referral"].to_numpy()[row],
            "person": seen["person"].to_numpy()[row],
            "digital": seen["digital"].to_numpy()[row],
            "order": order,
            "day": seen["first"].to_numpy()[row] + since,
        }
    )
    n = len(frame)
    drawn = by_share(rng, ATTENDED, n)
    frame["attended"] = np.where(order == 0, "5", drawn)
    frame["medium"] = np.where(frame["digital"], "06", by_share(rng, MEDIUM, n))
    frame["minutes"] = rng.choice([30, 45, 60, 90], n, p=[0.2, 0.35, 0.4, 0.05])
    frame["last_planned"] = order == np.repeat(number, number) - 1
    frame = frame[frame["day"] <= days_of(LAST_DAY)].reset_index(drop=True)
    frame["contact"] = np.arange(len(frame))
    return frame


def _close(rng: np.random.Generator, referrals: pd.DataFrame, contacts: pd.DataFrame) -> None:
    """Discharge a few weeks after the last planned contact, if that is in the past."""
    ended = contacts[contacts["last_planned"]].set_index("referral")["day"]
    last = ended.reindex(referrals["referral"]).fillna(-1).to_numpy().astype(int)
    discharge = np.where(last >= 0, last + rng.integers(7, 50, len(referrals)), -1)
    discharge = np.where(referrals["accepted"], discharge, referrals["rejected"])
    known = (discharge >= 0) & (discharge <= days_of(LAST_DAY))
    referrals["discharge"] = np.where(known, discharge, -1)
    closed = known & referrals["accepted"].to_numpy()
    referrals["close_reason"] = np.where(closed, by_share(rng, CLOSURES, len(referrals)), "")
    gone = referrals["rejected"].to_numpy() > days_of(LAST_DAY)
    referrals["rejected"] = np.where(gone, -1, referrals["rejected"])
    referrals["reject_reason"] = np.where(gone, "", referrals["reject_reason"])


@cache
def effective_gain(tool: str) -> float:
    """Gain, in standard deviations of the tool, that shows as `EFFECT` once scores are recorded.

    A score can't go below its tool's lowest or above its highest, which hides a part of any gain.
    """
    mean, sd, low, high = TOOLS[tool]
    normal = np.array([NormalDist().inv_cdf((i + 0.5) / 2000) for i in range(2000)])

    def recorded(gain: float, noise: float) -> np.ndarray:
        scores: np.ndarray = np.clip(mean + sd * (np.hypot(TRUE, noise) * normal - gain), low, high)
        return scores

    wanted = recorded(USUAL_CHANGE, LAST_NOISE).mean() - EFFECT * recorded(0, FIRST_NOISE).std()
    least, most = USUAL_CHANGE, USUAL_CHANGE + 3 * EFFECT
    for _ in range(40):
        middle = (least + most) / 2
        enough = recorded(middle, LAST_NOISE).mean() <= wanted
        least, most = (least, middle) if enough else (middle, most)
    return most


def _scores(
    rng: np.random.Generator, referrals: pd.DataFrame, contacts: pd.DataFrame
) -> pd.DataFrame:
    """Scores at first contact for part, and near the last contact for part of those."""
    span = contacts.groupby("referral")["day"].agg(["min", "max", "size"])
    able = referrals.set_index("referral").join(span, how="inner")
    able = able[~able["digital"] & (rng.random(len(able)) < BASELINE_SHARE)]
    paired = (able["size"] >= 2) & (able["discharge"] >= 0) & (rng.random(len(able)) < PAIRED_SHARE)
    rcads = (able["age"] >= 11) & (rng.random(len(able)) < 0.5)
    parts = []
    for tool, (mean, sd, low, high) in TOOLS.items():
        mine = able[rcads == tool.startswith("RCADS")]
        second = paired.reindex(mine.index).to_numpy()
        true = rng.normal(mean, sd * TRUE, len(mine))
        gain = np.where(mine["intervention"] == EFFECTIVE, effective_gain(tool), USUAL_CHANGE)
        before = true + rng.normal(0, sd * FIRST_NOISE, len(mine))
        after = true - gain * sd + rng.normal(0, sd * LAST_NOISE, len(mine))
        for stage, value, day, keep in (
            ("first", before, mine["min"], np.ones(len(mine), bool)),
            ("last", after, mine["max"], second),
        ):
            parts.append(
                pd.DataFrame(
                    {
                        "referral": mine.index,
                        "person": mine["person"],
                        "tool": tool,
                        "stage": stage,
                        "day": day,
                        "score": np.round(np.clip(value, low, high)),
                        "intervention": mine["intervention"],
                    }
                )[keep]
            )
    frame = pd.concat(parts, ignore_index=True)
    return frame.sort_values(["referral", "day", "tool", "stage"], ignore_index=True)
