"""Education, health and care plans: requested, assessed, issued, transferred in, ceased.

Numbers of requests, plans issued, plans ceased and plans in force follow SEN2; who they happen to
follows age, sex, recorded need and its severity.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from data.synthetic.clock import days_of, sen2_day
from data.synthetic.ehc_rates import (
    CEASE_REASONS,
    CEASE_RISK,
    CEASED,
    DECIDED_IN_SIX_WEEKS,
    EXCEPTIONS,
    FIRST,
    ISSUED,
    JOIN,
    LAST,
    MALE_OF_PLANS,
    OTHER_NEEDS,
    PLANS_FROM_ELSEWHERE,
    REFUSED,
    REQUEST_MONTHS,
    REQUESTS,
    SEMH_OF_REQUESTS,
    SEMH_OF_TRANSFERS,
    SEMH_SHARE,
    SOON,
    STOCK,
    STOCK_AGES,
    TIMELY,
    TWENTY_WEEKS,
)
from data.synthetic.needs import need_type, support_score
from data.synthetic.people import age_in_august, year_group
from data.synthetic.world import World, by_share, days_between, pick


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
    refused = _refused(rng, year)
    frame["outcome"] = np.where(refused, "N", "Y")
    in_time = rng.random(n) < np.array([SOON.get(y, 0.78) for y in due])
    slow = 141 + np.floor(rng.exponential(62, n)).astype(int)
    frame["assessed"] = frame["received"] + np.where(in_time, rng.integers(110, 141, n), slow)
    frame["week20"] = rng.random(n) < EXCEPTIONS
    frame["mediation"] = refused & (rng.random(n) < 0.30)
    frame["tribunal"] = refused & (rng.random(n) < 0.05)
    frame["result"] = _results(world, frame, rng)
    frame["request_id"] = np.arange(n)
    return frame


def _refused(rng: np.random.Generator, year: np.ndarray) -> np.ndarray:
    """Which requests are refused: each year's published share of them, to the nearest request."""
    refused = np.zeros(len(year), dtype=bool)
    for one, share in REFUSED.items():
        asked = np.flatnonzero(year == one)
        refused[rng.permutation(asked)[: round(share * len(asked))]] = True
    return refused


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
        person=issued["person"].to_numpy(),
        semh=issued["semh"].to_numpy(),
        start=issued["assessed"].to_numpy(),
        request=issued["request_id"].to_numpy(),
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
    world: World,
    load: Caseload,
    plans: pd.DataFrame,
    when: tuple[int, int, int],
    semh: bool,
    size: int,
) -> pd.DataFrame:
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
