"""What an outsider does with published rows: find what adds up, and solve for what is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import coo_array

from publish.attack import intervals
from publish.nested import nested, rests_told
from publish.system import System

SHOWN = ["ok", "low_base"]
PERIOD = ["metric_id", "period_start", "period_end"]
NUMBERS = ["numerator", "denominator", "value", "lower", "upper"]
COUNTED = ("count", "proportion", "rate")
BASED = ("proportion", "rate", "mean", "quantile")
SUMMED = ("money", "ratio", "mean", "computed")
NO_PERSON = {
    "census_return", "provision_places", "budget_line", "training",
    "school", "provider", "provision", "data_return", "intervention_register", "workforce",
    "dsg_balance", "capital_scheme",
}  # fmt: skip
"""Sources that say nothing of a child: a school's return or a provision's places may be one."""

NEARLY = 0.1
"""Parts that miss their wholes by more than this share are not taken to add up at all."""


@dataclass(frozen=True)
class Attack:
    """What an outsider learnt: how many counts were tried, the narrowest interval, and leaks."""

    attacked: int
    narrowest: float | None
    leaks: list[str]


def attack(
    rows: pd.DataFrame, documents: list[dict[str, Any]], areas: pd.DataFrame, threshold: int
) -> Attack:
    """Work out all one can from published rows (OBSERVATION_COLUMNS) of any number of metrics.

    `documents` are the metrics' own; `areas` has area_kind, area_id, parent_id and phase. A leak
    is a small count shown, a number left on a withheld row, a withheld count bounded more
    narrowly than 1 to threshold - 1 is wide, or a withheld sum that can be subtracted.
    """
    rows = rows.assign(kind=rows["metric_id"].map({d["id"]: d["kind"] for d in documents}))
    about = {d["id"]: _about_people(d) for d in documents}
    leaks = _left_numbers(rows)
    rows = rows[rows["metric_id"].map(about) & rows["status"].isin([*SHOWN, "suppressed"])]
    rows = rows.reset_index(drop=True)
    links = _links(rows, areas)
    pairs = nested(rows, {d["id"]: d.get("part_of", []) for d in documents})
    attacked, widths = 0, []
    for measure, n, least in _measures(rows):
        leaks += _small_shown(rows, measure, n, threshold)
        has = _has(rows, measure).to_numpy()
        low, high = _solve(links[has[links["part"]]], n, least, threshold - 2)
        # Only figures that are shown: what is guessed to add up may be a child or two off.
        known = has & n.notna().to_numpy()
        leaks += _rests(rows, measure, pairs[known[pairs["part"]] & known[pairs["whole"]]],
                        low, high, threshold)  # fmt: skip
        hidden = rows["status"].eq("suppressed").to_numpy() & has
        low, high, at = low[hidden], high[hidden], np.flatnonzero(hidden)
        matters = (low < threshold) & (high > 0)
        attacked += len(at)
        widths += list((high - low)[matters])
        narrow = matters & (high - low < threshold - 2)
        leaks += [
            f"{_name(rows, i)}: {measure} between {a:g} and {b:g}"
            for i, a, b in zip(at[narrow], low[narrow], high[narrow], strict=True)
        ]
    return Attack(attacked, float(min(widths)) if widths else None, leaks + _sums(rows, links))


def _about_people(document: dict[str, Any]) -> bool:
    if document.get("statistic_of") == "places":
        return False
    return not (document["sources"] and set(document["sources"]) <= NO_PERSON)


def _name(rows: pd.DataFrame, at: Any) -> str:
    row = rows.iloc[int(at)]
    cut = "" if row.breakdown == "all" else f" {row.breakdown} {row.category}"
    return f"{row.metric_id}, {row.area_kind}{cut}, {row.period_start:%Y-%m-%d}"


def _left_numbers(rows: pd.DataFrame) -> list[str]:
    left = ~rows["status"].isin(SHOWN) & rows[NUMBERS].notna().any(axis=1)
    return [f"{_name(rows, i)}: not shown, yet has a number" for i in np.flatnonzero(left)]


def _small_shown(rows: pd.DataFrame, measure: str, n: pd.Series, threshold: int) -> list[str]:
    small = n.between(0.5, threshold - 0.5) & rows["status"].isin(SHOWN)
    return [
        f"{_name(rows, i)}: {measure} of 1 to {threshold - 1} shown" for i in np.flatnonzero(small)
    ]


def _rests(
    rows: pd.DataFrame, measure: str, pairs: pd.DataFrame, low: np.ndarray, high: np.ndarray,
    threshold: int,
) -> list[str]:  # fmt: skip
    """Small rests of one metric's count within another's."""
    told = rests_told(pairs, low, high, threshold)
    names = rows["metric_id"].to_numpy()[told["whole"]]
    found = zip(told["part"], names, told["least"], told["most"], strict=True)
    return [
        f"{_name(rows, at)}: {measure} of {whole} but not of this between {least:g} and {most:g}"
        for at, whole, least, most in found
    ]


def _has(rows: pd.DataFrame, measure: str) -> pd.Series:
    kinds = {"count": COUNTED, "base": BASED, "rest": ("proportion",)}[measure]
    return rows["kind"].isin(kinds)


def _measures(rows: pd.DataFrame) -> Iterator[tuple[str, pd.Series, np.ndarray]]:
    """Each count that rows show or that follows: its name, numbers, and least when withheld.

    What is withheld from a count or a base is at least 1; a numerator may be withheld for its base.
    """
    count, base = rows["numerator"], rows["denominator"]
    yield "count", count.where(_has(rows, "count")), rows["kind"].eq("count").to_numpy(dtype=float)
    yield "base", base.where(_has(rows, "base")), np.ones(len(rows))
    yield "rest", (base - count).where(_has(rows, "rest")), np.zeros(len(rows))


def _links(rows: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Guesses at what adds up: `part, whole` (row positions), `sort` (which guess), `finer`."""
    spots = rows[[*PERIOD, "area_kind", "area_id", "breakdown", "category"]].assign(
        at=np.arange(len(rows)), key="all"
    )
    borough = spots["area_kind"] == "borough"
    head, cut = spots[borough & (spots["breakdown"] == "all")], spots[borough]
    cut, place = cut[cut["breakdown"] != "all"], spots[~borough]
    known = areas.drop_duplicates(["area_kind", "area_id"]).set_index(["area_kind", "area_id"])
    known = known.reindex(pd.MultiIndex.from_frame(place[["area_kind", "area_id"]]))
    wards = place.assign(sort="ward in locality", key=known["parent_id"].to_numpy())
    schools = place.assign(sort="school in phase", key=known["phase"].to_numpy())
    localities = place[place["area_kind"] == "locality"]
    phases = cut[cut["breakdown"] == "phase"]
    tries = [
        (cut.assign(sort=cut["breakdown"]), head),
        (place.assign(sort=place["area_kind"]), head),
        (wards[wards["area_kind"] == "ward"], localities.assign(key=localities["area_id"])),
        (schools[schools["area_kind"] == "school"], phases.assign(key=phases["category"])),
    ]
    found = [
        parts.merge(wholes[[*PERIOD, "key", "at"]], on=[*PERIOD, "key"], suffixes=("", "_whole"))
        for parts, wholes in tries
    ]
    links = pd.concat(found, ignore_index=True)
    return pd.DataFrame(
        {
            "part": links["at"],
            "whole": links["at_whole"],
            "sort": links.groupby(["metric_id", "sort"]).ngroup(),
            "finer": links["sort"].str.contains(" in "),
        }
    )


def _believed(links: pd.DataFrame, n: pd.Series) -> pd.DataFrame:
    """Links an outsider would rely on, and by how much parts fell short where all are shown.

    Adds `identity` and, per identity, `least` and `most`: the gap between the whole and its parts
    in the periods where it can be seen.
    """
    numbers = n.to_numpy()
    links = links.assign(n=numbers[links["part"]], whole_n=numbers[links["whole"]])
    links["identity"] = links.groupby(["sort", "whole"]).ngroup()
    by = links.groupby("identity")
    sums = by.agg(sort=("sort", "first"), whole_n=("whole_n", "first"), parts=("n", "sum"))
    full = sums[by["n"].count().eq(by["n"].size()) & sums["whole_n"].notna()]
    full = full.assign(gap=full["whole_n"] - full["parts"]).assign(miss=lambda x: x["gap"].abs())
    seen = full.groupby("sort").agg(
        least=("gap", "min"), most=("gap", "max"), miss=("miss", "sum"), total=("whole_n", "sum")
    )
    seen = seen.assign(least=seen["least"].clip(upper=0), most=seen["most"].clip(lower=0))
    links = links.join(seen, on="sort").assign(seen=links["sort"].isin(seen.index))
    links = links.fillna({"least": 0.0, "most": 0.0, "miss": 0.0, "total": 1.0})
    return _without_repeats(links[links["miss"] <= NEARLY * links["total"]])


def _without_repeats(links: pd.DataFrame) -> pd.DataFrame:
    """Leave out wards and schools against the borough where finer wholes already tie them all."""
    finer = links["part"].isin(links.loc[links["finer"], "part"])
    repeated = finer.groupby(links["identity"]).transform("all") & ~links["finer"]
    return links[~repeated]


def _solve(
    links: pd.DataFrame, n: pd.Series, least: np.ndarray, wide: float
) -> tuple[np.ndarray, np.ndarray]:
    """Bounds of each row's count, as an outsider finds them; one that is wide is not pursued."""
    system = _system(_believed(links, n), n, least)
    enough = np.full(len(system.n), wide)
    low, high = intervals(system, system.hidden, enough=enough)
    lost = np.isnan(low)
    if lost.any():
        # The guess that what is hidden is above zero was wrong here: try again without it.
        bare = replace(system, least=np.where(lost, np.minimum(system.least, 0), system.least))
        low, high = intervals(bare, system.hidden, enough=enough)
    wrong = np.isnan(low)
    low[wrong], high[wrong] = 0.0, np.inf
    return low[: len(n)], high[: len(n)]


def _system(links: pd.DataFrame, n: pd.Series, least: np.ndarray) -> System:
    """The outsider's equations: shown counts as they are, hidden ones unknown, gaps as seen."""
    size = len(n)
    identity, number = pd.factorize(links["identity"])
    gaps = links.drop_duplicates("identity")
    low, high = gaps["least"].to_numpy(dtype=float), gaps["most"].to_numpy(dtype=float)
    count, each = len(number), np.arange(len(number))
    row = np.concatenate([identity, each, each])
    column = np.concatenate([links["part"], gaps["whole"], size + each])
    coef = np.concatenate([np.ones(len(links)), -np.ones(count), np.ones(count)])
    matrix = coo_array((coef, (row, column)), shape=(count, size + count)).tocsr()
    none = np.zeros(size + count, dtype=bool)
    return System(
        ids=np.arange(size + count),
        n=np.concatenate([n.fillna(0.0), np.zeros(count)]),
        least=np.concatenate([least, low]),
        most=np.concatenate([np.full(size, np.inf), high]),
        weight=np.ones(size + count),
        sensitive=none,
        fixed=none,
        hidden=np.concatenate([n.isna(), high > low]),
        threshold=np.full(size + count, 2.0),
        matrix=matrix,
    )


def _sums(rows: pd.DataFrame, links: pd.DataFrame) -> list[str]:
    """Sums of pounds, weeks or sessions: the only hidden part of a known whole is no secret."""
    believed = _believed(links, rows["numerator"].where(rows["kind"].isin(SUMMED)))
    summed = rows["kind"].isin(SUMMED).to_numpy()[believed["whole"]]
    # What a method works out need not add up: it must have been seen to.
    worked_out = rows["kind"].eq("computed").to_numpy()[believed["whole"]]
    summed &= ~worked_out | believed["seen"].to_numpy()
    exact = believed[summed & (believed["most"] - believed["least"] < 0.01)]
    by = exact.groupby("identity")
    alone = (by["n"].size() - by["n"].count()).eq(1) & by["whole_n"].first().notna()
    given = exact["identity"].isin(alone.index[alone]) & exact["n"].isna()
    return [f"{_name(rows, i)}: a sum can be subtracted" for i in exact.loc[given, "part"].unique()]
