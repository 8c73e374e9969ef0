"""Education, health and care plans: requested, assessed, issued, transferred in, ceased.

Numbers of requests, plans issued, plans ceased and plans in force follow the SEN2 figures of
ROTHERHAM.md section 3; who they happen to follows age, sex, recorded need and its severity.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from data.synthetic.clock import days_of, sen2_day
from data.synthetic.needs import need_type, support_score
from data.synthetic.people import age_in_august, year_group
from data.synthetic.world import World, by_share, days_between, pick

STOCK = {2020: 2215, 2021: 2379, 2022: 2600, 2023: 2885, 2024: 3310, 2025: 3623, 2026: 3950, 2027: 4260}  # fmt: skip
"""Plans in force in January (SEN2); 2026 and 2027 carry the trend forward."""
SEMH_SHARE = {
    2020: 0.205,
    2021: 0.209,
    2022: 0.215,
    2023: 0.221,
    2024: 0.226,
    2025: 0.2307,
    2026: 0.236,
    2027: 0.240,
}
"""Share of plans with SEMH as primary need; 836 of 3,623 in 2025, other years assumed."""
REQUESTS = {2019: 471, 2020: 465, 2021: 556, 2022: 615, 2023: 745, 2024: 959, 2025: 1060, 2026: 1120}  # fmt: skip
REFUSED = {
    2019: 0.299,
    2020: 0.230,
    2021: 0.266,
    2022: 0.218,
    2023: 0.258,
    2024: 0.317,
    2025: 0.320,
    2026: 0.315,
}
ISSUED = {2020: 331, 2021: 302, 2022: 285, 2023: 493, 2024: 596, 2025: 640, 2026: 670}
TIMELY = {2019: 0.613, 2020: 0.613, 2021: 0.609, 2022: 0.514, 2023: 0.767, 2024: 0.793, 2025: 0.780, 2026: 0.780}  # fmt: skip
"""Share of the plans issued in a calendar year that were within 20 weeks."""
SOON = {2019: 0.62, 2020: 0.62, 2021: 0.61, 2022: 0.50, 2023: 0.82, 2024: 0.80}
"""Share of assessments due in a year that finish in time; leaves enough of both kinds to choose."""
CEASED = {2020: 105, 2021: 112, 2022: 120, 2023: 242, 2024: 397, 2025: 420, 2026: 440}
CEASE_REASONS = {"6": 192, "5": 82, "4": 53, "1": 23, "3": 22, "2": 17, "8": 4}
"""Reasons of the 397 plans ceased in 2024."""
SEMH_OF_REQUESTS, SEMH_OF_TRANSFERS = 0.252, 0.22
MALE_OF_PLANS = {True: 0.724, False: 0.706}
"""Share male of SEMH plans (605 of 836) and of all other plans."""
DECIDED_IN_SIX_WEEKS, EXCEPTIONS = 0.957, 0.03
TWENTY_WEEKS = 140
PLANS_FROM_ELSEWHERE = 0.08

SEMH_AGES = {
    4: 2,
    5: 4,
    6: 15,
    7: 30,
    8: 27,
    9: 43,
    10: 43,
    11: 50,
    12: 62,
    13: 72,
    14: 111,
    15: 118,
    16: 90,
    17: 74,
    18: 36,
    19: 25,
    20: 17,
    21: 11,
    22: 6,
    23: 2,
    24: 0,
}
"""Age on 31 August of children with a SEMH plan, January 2025."""
OTHER_AGES = {
    2: 8,
    3: 40,
    4: 85,
    5: 115,
    6: 130,
    7: 145,
    8: 155,
    9: 165,
    10: 172,
    11: 180,
    12: 182,
    13: 182,
    14: 182,
    15: 180,
    16: 165,
    17: 150,
    18: 125,
    19: 105,
    20: 85,
    21: 68,
    22: 50,
    23: 32,
    24: 16,
}
"""The same for other needs (assumed; the published file gives SEMH)."""
GROWTH = 1.13
OTHER_NEEDS = {
    "ASD": 1284,
    "SLCN": 622,
    "MLD": 461,
    "PD": 211,
    "SPLD": 69,
    "HI": 49,
    "SLD": 46,
    "VI": 24,
    "PMLD": 15,
    "OTH": 6,
}
FIRST, LAST = 2019, 2026
REQUEST_MONTHS = np.array([9, 9, 11, 8, 9, 10, 8, 4, 7, 9, 9, 7], dtype=float)


@dataclass
class Caseload:
    """Plans and requests so far; columns grow year by year."""

    rng: np.random.Generator
    people: pd.DataFrame
    plan: dict[str, list[np.ndarray]] = field(default_factory=dict)
    request: dict[str, list[np.ndarray]] = field(default_factory=dict)
    has_plan: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=bool))

    def add(self, where: str, **columns: np.ndarray) -> None:
        """Append rows to `plan` or `request`."""
        store = getattr(self, where)
        for name, values in columns.items():
            store.setdefault(name, []).append(np.asarray(values))

    def frame(self, where: str) -> pd.DataFrame:
        """All rows so far."""
        return pd.DataFrame({k: np.concatenate(v) for k, v in getattr(self, where).items()})


def simulate_plans(world: World) -> None:
    """Fill tables `plans` and `requests`."""
    load = Caseload(world.rng("ehc"), world.people)
    load.has_plan = np.zeros(len(world.people), dtype=bool)
    _first_stock(world, load)
    for year in range(FIRST, LAST + 1):
        _requests_of(world, load, year)
    requests = _decide(world, load)
    plans = _walk(world, load, requests)
    world.tables["requests"] = requests
    world.tables["plans"] = _with_needs(world, plans)


def _shape(profile: dict[int, int], age: np.ndarray) -> np.ndarray:
    """Weight of each person so that draws follow an age profile, whatever the cohort sizes."""
    table = np.array([profile.get(a, 0) for a in range(0, 40)], dtype=float)
    count = np.bincount(np.clip(age, 0, 39), minlength=40)
    return (table / np.maximum(count, 1))[np.clip(age, 0, 39)]


def _flow(profile: dict[int, int], sign: int) -> dict[int, float]:
    """Joins (+1) or leaves (-1) by age that keep a growing caseload in the shape of `profile`."""
    step = {a: profile.get(a, 0) - profile.get(a - 1, 0) / GROWTH for a in range(2, 27)}
    if sign > 0:  # asked for about half a year before it shows
        step = {a: (step[a] + step.get(a + 1, 0)) / 2 for a in step}
    else:  # lost on the way from one age to the next
        step = {a: -step.get(a + 1, 0) for a in step}
    return {a: max(step[a], 0) + 0.02 * profile.get(a, 0) for a in step}


def _risk(profile: dict[int, int]) -> np.ndarray:
    """Chance of losing the plan by age, up to a constant: the profile's losses over its plans."""
    lost = _flow(profile, -1)
    risk = [lost.get(a, 1.0) / max(profile.get(a, 0), 1) for a in range(40)]
    return np.array([r * (2.0 if a >= 19 else 1.0) for a, r in enumerate(risk)])


JOIN = {True: _flow(SEMH_AGES, 1), False: _flow(OTHER_AGES, 1)}
CEASE_RISK = {True: _risk(SEMH_AGES), False: _risk(OTHER_AGES)}
STOCK_AGES = {True: SEMH_AGES, False: OTHER_AGES}


def _weights(world: World, academic_year: int, semh: bool, ages: dict) -> np.ndarray:  # type: ignore[type-arg]
    """How likely each resident is to be next: age, severity of need, and the same kind of need."""
    people = world.people
    year = year_group(people, academic_year)
    severity = np.exp(-4.0 * people["u_sen"].to_numpy())
    pull = np.exp(0.5 * (support_score(people, year) - 0.55 * people["male"].to_numpy()))
    match = np.where((need_type(people, year) == "SEMH") == semh, 5.0, 1.0)
    here = people["resident"].to_numpy() & (people["leave"] == 99) & (people["arrive"] == 0)
    return here * severity * pull * match * _shape(ages, age_in_august(people, academic_year))


def _draw(world: World, load: Caseload, weights: np.ndarray, size: int, semh: bool) -> np.ndarray:
    """People by weight, with the sexes in the published proportion, none who has a plan."""
    male = world.people["male"].to_numpy()
    free = weights * ~load.has_plan
    boys = load.rng.binomial(size, MALE_OF_PLANS[semh])
    chosen = [pick(load.rng, free * side, n) for side, n in ((male, boys), (~male, size - boys))]
    return load.rng.permutation(np.concatenate(chosen))


def _first_stock(world: World, load: Caseload) -> None:
    """Plans in force in January 2020, with start dates behind them."""
    total = world.count(STOCK[2020])
    census = days_of(sen2_day(2020))
    for semh in (True, False):
        size = round(total * (SEMH_SHARE[2020] if semh else 1 - SEMH_SHARE[2020]))
        who = _draw(world, load, _weights(world, 2019, semh, STOCK_AGES[semh]), size, semh)
        load.has_plan[who] = True
        born = world.people["dob"].to_numpy()[who]
        first = np.maximum(born + 3 * 365, census - 7 * 365)
        start = days_between(load.rng, first, np.full(len(who), census - 30))
        load.add(
            "plan",
            person=who,
            semh=np.full(len(who), semh),
            start=start,
            request=np.full(len(who), -1),
            origin=np.full(len(who), "earlier"),
        )


def _requests_of(world: World, load: Caseload, year: int) -> None:
    """Requests received in a calendar year."""
    total = world.count(REQUESTS[year])
    for semh in (True, False):
        size = round(total * (SEMH_OF_REQUESTS if semh else 1 - SEMH_OF_REQUESTS))
        who = _draw(world, load, _weights(world, year, semh, JOIN[semh]), size, semh)
        load.has_plan[who] = True
        month = load.rng.choice(12, len(who), p=REQUEST_MONTHS / REQUEST_MONTHS.sum())
        first = np.array([days_of(date(year, m + 1, 1)) for m in range(12)])[month]
        received = first + load.rng.integers(0, 28, len(who))
        load.add("request", person=who, semh=np.full(len(who), semh), received=received)


def _decide(world: World, load: Caseload) -> pd.DataFrame:
    """Decisions and their dates, then exactly the published number of plans in each year."""
    rng = load.rng
    frame = load.frame("request").sort_values("received", ignore_index=True)
    n = len(frame)
    year = _year_of(frame["received"])
    due = _year_of(frame["received"] + TWENTY_WEEKS)
    late = rng.random(n) >= DECIDED_IN_SIX_WEEKS
    frame["decided"] = frame["received"] + np.where(
        late, rng.integers(43, 75, n), rng.integers(22, 43, n)
    )
    refused = rng.random(n) < np.array([REFUSED[y] for y in year])
    frame["outcome"] = np.where(refused, "N", "Y")
    in_time = rng.random(n) < np.array([SOON.get(y, 0.78) for y in due])
    slow = 141 + np.floor(rng.exponential(75, n)).astype(int)
    frame["assessed"] = frame["received"] + np.where(in_time, rng.integers(110, 141, n), slow)
    frame["week20"] = rng.random(n) < EXCEPTIONS
    frame["mediation"] = refused & (rng.random(n) < 0.30)
    frame["tribunal"] = refused & (rng.random(n) < 0.05)
    frame["result"] = _results(world, frame, rng)
    frame["request_id"] = np.arange(n)
    return frame


def _year_of(days: pd.Series) -> np.ndarray:
    return days.to_numpy().astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970


def _results(world: World, frame: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Outcome of each assessment: Y in the published number a year, then N and W."""
    result = np.where(frame["outcome"] == "Y", "", "-").astype(object)
    issued = _year_of(frame["assessed"])
    for year, target in ISSUED.items():
        due = np.flatnonzero((result == "") & (issued == year))
        quota = world.count(target)
        timely = ((frame["assessed"] - frame["received"]).to_numpy() <= TWENTY_WEEKS)[due]
        soon, late = rng.permutation(due[timely]), rng.permutation(due[~timely])
        enough = max(round(quota * TIMELY[year]), quota - len(late))
        keep = np.concatenate([soon[:enough], late[: quota - min(enough, len(soon))]])
        result[due] = np.where(rng.random(len(due)) < 0.4, "N", "W")
        result[keep] = "Y"
    return np.where(result == "-", "", result)


def _walk(world: World, load: Caseload, requests: pd.DataFrame) -> pd.DataFrame:
    """Year by year from January to January: issue, transfer in, cease to the published stock."""
    issued = requests[requests["result"] == "Y"]
    load.add(
        "plan",
        person=issued["person"],
        semh=issued["semh"],
        start=issued["assessed"],
        request=issued["request_id"],
        origin=np.full(len(issued), "issued"),
    )
    plans = load.frame("plan").assign(cease=-1, reason="")
    stay_free = requests.loc[requests["result"] != "Y", "person"].to_numpy()
    load.has_plan[stay_free] = False
    load.has_plan[issued["person"].to_numpy()] = True
    for year in range(2020, LAST + 1):
        plans = _one_year(world, load, plans, year)
    return plans


def _one_year(world: World, load: Caseload, plans: pd.DataFrame, year: int) -> pd.DataFrame:
    first, last = days_of(sen2_day(year)), days_of(sen2_day(year + 1))
    open_now = (plans["cease"] < 0) & (plans["start"] <= last)
    total, ceasing = world.count(STOCK[year + 1]), world.count(CEASED[year])
    moved_in = max(0, total - int(open_now.sum()) + ceasing)
    ceasing = int(open_now.sum()) + moved_in - total
    want_semh = round(total * SEMH_SHARE[year + 1])
    in_semh = round(moved_in * SEMH_OF_TRANSFERS)
    cease_semh = int((open_now & plans["semh"]).sum()) + in_semh - want_semh
    if cease_semh < 0:
        in_semh, cease_semh = in_semh - cease_semh, 0
    arrivals = []
    for semh, came, gone in (
        (True, in_semh, cease_semh),
        (False, moved_in - in_semh, ceasing - cease_semh),
    ):
        plans = _cease(world, load, plans, (first, last, year), semh, gone)
        arrivals.append(_transfer(world, load, (first, last, year), semh, came))
    return pd.concat([plans, *arrivals], ignore_index=True)


def _cease(
    world: World, load: Caseload, plans: pd.DataFrame, when: tuple[int, int, int], semh: bool, size: int
) -> pd.DataFrame:  # fmt: skip
    """End `size` plans that began before the year did, older ones first by the age profile."""
    first, last, year = when
    rng = load.rng
    able = ((plans["cease"] < 0) & (plans["start"] < first) & (plans["semh"] == semh)).to_numpy()
    person = plans["person"].to_numpy()
    age = age_in_august(world.people, year - 1)[person]
    chosen = pick(rng, able * CEASE_RISK[semh][age], max(size, 0))
    summer = rng.random(len(chosen)) < np.where(age[chosen] >= 15, 0.7, 0.15)
    low = np.where(summer, days_of(date(year, 7, 1)), first + 1)
    high = np.where(summer, days_of(date(year, 8, 31)), last)
    plans.loc[chosen, "cease"] = days_between(rng, low, high)
    plans.loc[chosen, "reason"] = _reasons(rng, age[chosen])
    return plans


def _reasons(rng: np.random.Generator, age: np.ndarray) -> np.ndarray:
    """Reason by age: the young transfer, the oldest reach the maximum age."""
    young = {"5": 70, "2": 22, "7": 6, "8": 2}
    drawn = np.where(
        age < 15, by_share(rng, young, len(age)), by_share(rng, CEASE_REASONS, len(age))
    )
    return np.where(age >= 24, "1", drawn)


def _transfer(
    world: World, load: Caseload, when: tuple[int, int, int], semh: bool, size: int
) -> pd.DataFrame:
    """Plans made elsewhere whose holder moved into the borough."""
    first, last, year = when
    who = _draw(world, load, _weights(world, year - 1, semh, JOIN[semh]), max(size, 0), semh)
    load.has_plan[who] = True
    n = len(who)
    start = days_between(load.rng, np.full(n, first + 1), np.full(n, last))
    return pd.DataFrame(
        {
            "person": who,
            "semh": semh,
            "start": start,
            "request": -1,
            "origin": "transfer",
            "cease": -1,
            "reason": "",
        }
    )


def _with_needs(world: World, plans: pd.DataFrame) -> pd.DataFrame:
    """Primary and secondary need of each plan."""
    rng, n = world.rng("plan needs"), len(plans)
    plans["need1"] = np.where(plans["semh"], "SEMH", by_share(rng, OTHER_NEEDS, n))
    second = by_share(rng, {"SEMH": 22, "SLCN": 26, "ASD": 18, "MLD": 20, "SPLD": 14}, n)
    has = (rng.random(n) < 0.5) & (second != plans["need1"].to_numpy())
    plans["need2"] = np.where(has, second, "")
    plans["plan_id"] = np.arange(n)
    return plans


def plan_grids(world: World) -> None:
    """Fill grids `plan_at` and `plan_need`: who has a plan, and for what, at each school census.

    Pupils who live beyond the boundary may hold another authority's plan: it shows in the school
    census and never in this authority's SEN2 return.
    """
    plans = world.tables["plans"]
    shape = (len(world.censuses), len(world.people))
    held, need = np.zeros(shape, dtype=bool), np.full(shape, "", dtype=object)
    people = world.people
    foreign = np.flatnonzero(~people["resident"] & (people["u_sen"] < PLANS_FROM_ELSEWHERE))
    foreign_need = np.where(people["u_need"].to_numpy()[foreign] < 0.24, "SEMH", "ASD")
    for census in world.censuses:
        day = days_of(census.day)
        live = (plans["start"] <= day) & ((plans["cease"] < 0) | (plans["cease"] > day))
        who = plans.loc[live, "person"].to_numpy()
        held[census.index, who] = True
        need[census.index, who] = plans.loc[live, "need1"]
        held[census.index, foreign], need[census.index, foreign] = True, foreign_need
    world.grids["plan_at"], world.grids["plan_need"] = held, need
