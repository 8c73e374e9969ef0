"""Absence by code, term by term, and alternative provision that schools arrange.

Each group of pupils has a published mean, persistent (10% or more missed) and severe (50% or more)
share; a pupil's place in their group is fixed with some movement each year, and the inverse of the
group's distribution turns that place into a rate. LAIT; absence by primary need; SEND and AP
dashboard.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.synthetic.clock import TermTime
from data.synthetic.people import year_group
from data.synthetic.world import NOWHERE, World, by_share, days_between, pick

GROUPS = {
    # phase, SEMH: overall, persistent and severe absence in 2024/25, as shares
    ("Primary", False): (0.0535, 0.145, 0.008),
    ("Primary", True): (0.085, 0.260, 0.031),
    ("Secondary", False): (0.0855, 0.246, 0.043),
    ("Secondary", True): (0.232, 0.580, 0.183),
    ("Special", False): (0.101, 0.305, 0.031),
    ("Special", True): (0.290, 0.622, 0.291),
    ("PRU", False): (0.402, 0.895, 0.412),
    ("PRU", True): (0.402, 0.895, 0.412),
}
ALL_YEARS = {
    2020: (0.65, 0.64, 0.46),
    2021: (1.13, 1.33, 0.66),
    2022: (1.06, 1.155, 0.77),
    2023: (1.05, 1.114, 0.92),
    2024: (1.0, 1.0, 1.0),
    2025: (1.02, 1.015, 1.02),
}
"""Each year's overall, persistent and severe absence against 2024/25, all pupils (LAIT)."""
SEMH_YEARS = {
    2020: (0.606, 0.688, 0.427),
    2021: (0.903, 1.004, 0.672),
    2022: (0.914, 1.002, 0.817),
    2023: (1.04, 1.048, 1.023),
    2024: (1.0, 1.0, 1.0),
    2025: (1.0, 1.0, 1.0),
}
SEVERE_MEAN, MIDDLE_MEAN, MIDDLE_MEAN_SEMH = 0.70, 0.165, 0.205
LEAST = 0.106
"""Least absence of a persistent absentee, a little over 10% so that few slip under it."""
YEAR_TO_YEAR = 0.75
FSM_PULL = 0.55
TERM_LEVEL = {"autumn": 1.0, "spring": 1.03, "summer": 0.97}
CODES = ("I", "M", "O", "G", "U", "N", "C")
PRESENT = np.array([0.86, 0.40, 0.42, 0.12, 0.12, 0.05, 0.08])
PRESENT_SEMH = np.array([0.80, 0.40, 0.62, 0.08, 0.22, 0.08, 0.10])
SIZE = np.array([1.0, 0.25, 0.75, 0.8, 0.25, 0.15, 0.25])
SIZE_SEMH = np.array([1.0, 0.25, 1.25, 0.5, 0.35, 0.2, 0.3])
PART_TIME_OF_HIGH, PART_TIME_OF_OTHERS = 0.40, 0.05
"""Share of SEMH pupils, and of others, missing over 30% whose absence is mostly a part-time
timetable."""
NEW_CODES_FROM = 2024
"""Academic year in which C1, C2, K and Y1 to Y7 begin (19 August 2024)."""
AP_PUPILS = {2020: 190, 2021: 225, 2022: 252, 2023: 268, 2024: 284, 2025: 296}
AP_REASONS = {"BHS": 189, "OTH": 41, "MHN": 20, "PHN": 2, "EXR": 1}
AP_SETTINGS = {"OTH": 104, "OOT": 45, "NFE": 30, "WBP": 15}


@dataclass(frozen=True)
class Shape:
    """A group's distribution of absence rates: three bands, each with its own mean."""

    mean: float
    persistent: float
    severe: float
    middle: float

    def rate(self, place: np.ndarray) -> np.ndarray:
        """Absence rate of pupils at these places (0 best, 1 worst) in the group."""
        usual = 1 - self.persistent
        low_mean, middle = self._means()
        low = 0.1 * np.clip(place / usual, 0, 1) ** (0.1 / low_mean - 1)
        within = np.clip((place - usual) / max(self.persistent - self.severe, 1e-9), 0, 1)
        mid = LEAST + (0.5 - LEAST) * within ** ((0.5 - LEAST) / (middle - LEAST) - 1)
        top = np.clip((place - (1 - self.severe)) / max(self.severe, 1e-9), 0, 1)
        high = 0.5 + 0.5 * top ** (0.5 / (SEVERE_MEAN - 0.5) - 1)
        return np.where(place < usual, low, np.where(place < 1 - self.severe, mid, high))

    def _means(self) -> tuple[float, float]:
        """Means of the lowest and middle bands that give the group its overall mean."""
        rest = self.mean - self.severe * SEVERE_MEAN
        band = self.persistent - self.severe
        low = np.clip((rest - band * self.middle) / (1 - self.persistent), 0.012, 0.048)
        middle = np.clip((rest - low * (1 - self.persistent)) / max(band, 1e-9), 0.125, 0.40)
        return float(low), float(middle)


def shape_of(phase: str, semh: bool, academic_year: int) -> Shape:
    """The distribution of a group in a year."""
    mean, persistent, severe = GROUPS[(phase, semh)]
    year = (SEMH_YEARS if semh else ALL_YEARS)[academic_year]
    if phase == "PRU":
        year = (1.0, 1.0, 1.0)
    middle = MIDDLE_MEAN_SEMH if semh else MIDDLE_MEAN
    return Shape(mean * year[0], min(persistent * year[1], 0.95), severe * year[2], middle)


def attend(world: World) -> None:
    """Fill tables `sessions` (person, term, code, sessions), `part_time` and `school_ap`."""
    rng = world.rng("attendance")
    world.tables["school_ap"] = _school_arranged(world, world.rng("school ap"))
    lost = _suspended_sessions(world)
    parts, part_time, place = [], [], np.empty(0)
    for term in world.terms:
        if term.name == "autumn":
            place = _places(world, rng, term)
        rate = _rates(world, term, place)
        rows = _term_codes(world, rng, term, rate, lost[term.index])
        part_time.append(rows[rows["code"] == "C2"])
        parts.append(rows if term.academic_year >= NEW_CODES_FROM else _in_old_codes(rows))
    world.tables["sessions"] = pd.concat(parts, ignore_index=True)
    world.tables["part_time"] = pd.concat(part_time, ignore_index=True)


def _in_old_codes(rows: pd.DataFrame) -> pd.DataFrame:
    """Before August 2024 a part-time timetable was C, and some leave was H, a family holiday."""
    holiday = (rows["code"] == "C") & (rows["person"] % 5 == 0)
    plain = rows.assign(code=rows["code"].mask(holiday, "H").replace("C2", "C"))
    return _merged(plain.drop(columns="term")).assign(term=rows["term"].iloc[0])


def _places(world: World, rng: np.random.Generator, term: TermTime) -> np.ndarray:
    """Latent absence of everyone this year, normal, pulled up by free school meals."""
    fixed = np.sqrt(2) * _erfinv(2 * world.people["z_absence"].to_numpy() - 1)
    fresh = rng.normal(size=len(fixed))
    mixed = np.sqrt(YEAR_TO_YEAR) * fixed + np.sqrt(1 - YEAR_TO_YEAR) * fresh
    return mixed + FSM_PULL * world.grids["fsm"][term.index]


def _erfinv(x: np.ndarray) -> np.ndarray:
    """Inverse error function (Winitzki 2008, good to 0.002)."""
    log = np.log(np.maximum(1 - x * x, 1e-12))
    part = 2 / (np.pi * 0.147) + log / 2
    return np.sign(x) * np.sqrt(np.sqrt(part**2 - log / 0.147) - part)


def _rates(world: World, term: TermTime, latent: np.ndarray) -> np.ndarray:
    """Absence rate of every pupil of statutory age this term; NaN for the rest."""
    t = term.index
    at = world.grids["school_at"][t]
    phase = np.where(at == NOWHERE, "", world.schools["phase"].to_numpy()[at])
    year = year_group(world.people, term.academic_year)
    semh = world.grids["need"][t] == "SEMH"
    rate = np.full(len(at), np.nan)
    for name, need in GROUPS:
        here = np.flatnonzero((phase == name) & (semh == need) & (year >= 0) & (year <= 11))
        if len(here):
            rank = (np.argsort(np.argsort(latent[here])) + 0.5) / len(here)
            rate[here] = shape_of(name, need, term.academic_year).rate(rank)
    return rate


def _suspended_sessions(world: World) -> np.ndarray:
    """Sessions each person lost to suspension by term (at most 60)."""
    table = world.tables["suspensions"]
    lost = np.zeros((len(world.terms), len(world.people)), dtype=np.int32)
    np.add.at(lost, (table["term"].to_numpy(), table["person"].to_numpy()), table["sessions"])
    return np.minimum(lost, 60)


def _term_codes(
    world: World, rng: np.random.Generator, term: TermTime, rate: np.ndarray, lost: np.ndarray
) -> pd.DataFrame:
    """Absent sessions of a term split among codes, one row per pupil and code."""
    who = np.flatnonzero(~np.isnan(rate))
    possible = term.sessions
    own = np.clip(rate[who] * TERM_LEVEL[term.name], 0, 0.98)
    spread = np.sqrt(np.maximum(own * (1 - own) * possible, 0.01)) * 0.5
    absent = np.clip(np.round(own * possible + rng.normal(size=len(who)) * spread), 0, possible - 2)
    absent = np.maximum(absent, lost[who]).astype(np.int64)
    semh = world.grids["need"][term.index, who] == "SEMH"
    parts = [_rows(who, lost[who], "E")]
    left = absent - lost[who]
    share = np.where(semh, PART_TIME_OF_HIGH, PART_TIME_OF_OTHERS)
    timetable = (own > 0.30) & ((who * 2654435761 % 997) / 997 < share)
    reduced = np.where(timetable, np.floor(left * 0.62), 0).astype(np.int64)
    parts.append(_rows(who, reduced, "C2"))
    counts = _split(rng, left - reduced, semh)
    parts += [_rows(who, counts[:, j], code) for j, code in enumerate(CODES)]
    parts += _elsewhere(world, rng, term, who, possible - absent)
    frame = pd.concat(parts, ignore_index=True)
    return _merged(frame).assign(term=term.index)


def _split(rng: np.random.Generator, left: np.ndarray, semh: np.ndarray) -> np.ndarray:
    """Share absent sessions among codes; rounding goes to illness."""
    chance = np.where(semh[:, None], PRESENT_SEMH, PRESENT)
    size = np.where(semh[:, None], SIZE_SEMH, SIZE)
    present = rng.random((len(left), len(CODES))) < chance
    weight = present * size * rng.uniform(0.4, 1.6, present.shape)
    total = weight.sum(axis=1, keepdims=True)
    counts = np.floor(weight / np.where(total > 0, total, 1) * left[:, None]).astype(np.int64)
    counts[:, 0] += left - counts.sum(axis=1)
    return counts


def _rows(who: np.ndarray, sessions: np.ndarray, code: str) -> pd.DataFrame:
    some = sessions > 0
    return pd.DataFrame(
        {"person": who[some], "sessions": sessions[some].astype(np.int32), "code": code}
    )


def _merged(frame: pd.DataFrame) -> pd.DataFrame:
    """One row per person and code (C may arise twice before August 2024), by person."""
    order = frame.sort_values(["person", "code"], kind="stable", ignore_index=True)
    again = (order["person"].shift() == order["person"]) & (order["code"].shift() == order["code"])
    if not again.any():
        return order
    return order.groupby(["person", "code"], sort=False)["sessions"].sum().reset_index()


def _elsewhere(
    world: World, rng: np.random.Generator, term: TermTime, who: np.ndarray, present: np.ndarray
) -> list[pd.DataFrame]:
    """Sessions attended elsewhere: B where the school arranged AP, K where the authority did."""
    ap = world.tables["school_ap"]
    mine = ap.loc[ap["year"] == term.academic_year, ["person", "weekly"]].set_index("person")[
        "weekly"
    ]
    weekly = mine.reindex(who).fillna(0).to_numpy()
    off_site = np.minimum(weekly * term.sessions / 10, present * 0.9).astype(np.int64)
    trips = np.where(rng.random(len(who)) < 0.03, rng.integers(1, 7, len(who)), 0)
    parts = [_rows(who, off_site, "B"), _rows(who, np.minimum(trips, present - off_site), "V")]
    if term.academic_year >= NEW_CODES_FROM:
        pru = world.schools["phase"].to_numpy()[world.grids["school_at"][term.index, who]] == "PRU"
        tutored = pru & (rng.random(len(who)) < 0.15)
        parts.append(_rows(who, np.where(tutored, present * 0.4, 0).astype(np.int64), "K"))
    return parts


def _school_arranged(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """AP that mainstream schools arrange each year: mostly boys in years 10 and 11."""
    parts = []
    for year, size in AP_PUPILS.items():
        t = next(term.index for term in world.terms if term.academic_year == year)
        who = pick(rng, _ap_risk(world, t, year), world.count(size))
        first, last = world.terms[t].days[0].astype(int), world.terms[t + 2].days[-1].astype(int)
        start = days_between(rng, np.full(len(who), first), np.full(len(who), last - 30))
        end = np.minimum(start + rng.integers(20, 260, len(who)), last)
        reason = by_share(rng, AP_REASONS, len(who))
        parts.append(
            pd.DataFrame(
                {
                    "person": who,
                    "year": year,
                    "start": start,
                    "end": end,
                    "reason": reason,
                    "setting": by_share(rng, AP_SETTINGS, len(who)),
                    "weekly": rng.integers(2, 11, len(who)),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _ap_risk(world: World, t: int, year: int) -> np.ndarray:
    at = world.grids["school_at"][t]
    mainstream = (at != NOWHERE) & np.isin(
        world.schools["phase"].to_numpy()[at], ["Primary", "Secondary"]
    )
    age = year_group(world.people, year)
    by_age = np.select(
        [(age >= 10) & (age <= 11), (age >= 7) & (age <= 9), (age >= 2) & (age <= 6)],
        [1.0, 0.32, 0.025],
        0.0,
    )
    sen = np.select([world.grids["sen"][t] == 1, world.grids["sen"][t] == 2], [7.0, 9.0], 1.0)
    semh = np.where(world.grids["need"][t] == "SEMH", 3.0, 1.0)
    boy = np.where(world.people["male"], 2.1, 1.0)
    return mainstream * by_age * sen * semh * boy * (0.3 + world.people["frailty"].to_numpy())
