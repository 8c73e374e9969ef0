"""What an outsider does with one metric's published rows: find sums, solve for what is hidden."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import coo_array

from publish.attack import intervals
from publish.system import System

SHOWN = ["ok", "low_base"]
PERIOD = ["period_start", "period_end"]
NUMBERS = ["numerator", "denominator", "value", "lower", "upper"]
COUNTED = ("count", "proportion", "rate")
BASED = ("proportion", "rate", "mean", "quantile")
NO_PERSON = {
    "census_return", "provision_places", "budget_line", "training",
    "school", "provider", "provision",
}  # fmt: skip
"""Sources that say nothing of a child: a school's return or a provision's places may be one."""

NEARLY = 0.1


@dataclass(frozen=True)
class Finding:
    """One withheld count and what could be learnt of it."""

    words: str
    low: float
    high: float
    leak: bool

    @property
    def width(self) -> float:
        """How much is left open."""
        return self.high - self.low


def plain_faults(document: dict[str, Any], rows: pd.DataFrame, threshold: int) -> list[str]:
    """What needs no attack: small counts shown, and numbers left on withheld rows."""
    name, faults = document["id"], []
    bare = ~rows["status"].isin(SHOWN)
    if rows.loc[bare, NUMBERS].notna().any(axis=None):
        faults.append(f"{name}: a figure that is not shown still has a number")
    if not _about_people(document):
        return faults
    for measure, n in _measures(document, rows).items():
        small = n.between(0.5, threshold - 0.5) & ~bare
        if small.any():
            faults.append(f"{name}: {measure} of 1 to {threshold - 1} shown, {_where(rows, small)}")
    return faults


def attack_metric(
    document: dict[str, Any], rows: pd.DataFrame, areas: pd.DataFrame, threshold: int
) -> list[Finding]:
    """Every withheld count of a metric with the interval an outsider can compute for it."""
    if not _about_people(document) or not rows["status"].eq("suppressed").any():
        return []
    rows = rows[rows["status"].isin([*SHOWN, "suppressed"])].reset_index(drop=True)
    links = _links(rows, areas)
    found: list[Finding] = []
    for measure, n in _measures(document, rows).items():
        least = 1.0 if document["kind"] == "count" or measure == "denominator" else 0.0
        low, high = _solve(rows, links, n, least)
        found += _findings(document["id"], measure, rows, low, high, threshold)
    return found + _sums(document, rows, links)


def _about_people(document: dict[str, Any]) -> bool:
    return not (document["sources"] and set(document["sources"]) <= NO_PERSON)


def _measures(document: dict[str, Any], rows: pd.DataFrame) -> dict[str, pd.Series]:
    """The counts that a row shows or that follow from it."""
    measures = {}
    if document["kind"] in COUNTED:
        measures["count"] = rows["numerator"]
    if document["kind"] in BASED:
        measures["denominator"] = rows["denominator"]
    if document["kind"] == "proportion":
        measures["rest"] = rows["denominator"] - rows["numerator"]
    return measures


def _where(rows: pd.DataFrame, mask: pd.Series) -> str:
    row = rows[mask].iloc[0]
    return f"{row.area_kind} {row.breakdown}/{row.category}, {row.period_start:%Y-%m-%d}"


def _links(rows: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Guesses at what adds up: `part, whole` (row positions) and `sort`, the kind of guess."""
    spots = rows[[*PERIOD, "area_kind", "area_id", "breakdown", "category"]].assign(
        at=np.arange(len(rows))
    )
    borough = spots["area_kind"] == "borough"
    head = spots[borough & (spots["breakdown"] == "all")].assign(key="all")
    cut = spots[borough & (spots["breakdown"] != "all")]
    place = spots[~borough]
    parents = areas.set_index(["area_kind", "area_id"])
    above = _look_up(place, parents["parent_id"])
    phase = _look_up(place, parents["phase"])
    tries = [
        (cut.assign(sort=cut["breakdown"], key="all"), head),
        (place.assign(sort=place["area_kind"], key="all"), head),
        (
            place.assign(sort="ward in locality", key=above)[place["area_kind"] == "ward"],
            place[place["area_kind"] == "locality"].assign(key=lambda x: x["area_id"]),
        ),
        (
            place.assign(sort="school in phase", key=phase)[place["area_kind"] == "school"],
            cut[cut["breakdown"] == "phase"].assign(key=lambda x: x["category"]),
        ),
    ]
    found = [
        parts.merge(wholes[[*PERIOD, "key", "at"]], on=[*PERIOD, "key"], suffixes=("", "_whole"))
        for parts, wholes in tries
    ]
    links = pd.concat(found, ignore_index=True)
    return pd.DataFrame({"part": links["at"], "whole": links["at_whole"], "sort": links["sort"]})


def _look_up(place: pd.DataFrame, known: pd.Series) -> np.ndarray:
    keys = pd.MultiIndex.from_frame(place[["area_kind", "area_id"]])
    return known.reindex(keys).to_numpy()


def _believed(links: pd.DataFrame, n: pd.Series) -> pd.DataFrame:
    """Links an outsider would rely on, and by how much parts fell short where all are shown.

    Adds `identity` and, per identity, `least` and `most`: the gap between the whole and its parts
    in the periods where it can be seen.
    """
    if links.empty:
        return links.assign(identity=0, least=0.0, most=0.0)
    links = links.assign(n=n.to_numpy()[links["part"]], whole_n=n.to_numpy()[links["whole"]])
    links["identity"] = links.groupby(["sort", "whole"]).ngroup()
    by = links.groupby("identity")
    sums = by.agg(sort=("sort", "first"), whole_n=("whole_n", "first"), parts=("n", "sum"))
    sums["full"] = by["n"].count().eq(by["n"].size()) & sums["whole_n"].notna()
    sums["gap"] = sums["whole_n"] - sums["parts"]
    full = sums[sums["full"]].assign(miss=lambda x: x["gap"].abs())
    seen = full.groupby("sort").agg(
        least=("gap", "min"),
        most=("gap", "max"),
        miss=("miss", "sum"),
        all_whole=("whole_n", "sum"),
    )
    seen = seen.assign(least=seen["least"].clip(upper=0), most=seen["most"].clip(lower=0))
    blank = {"least": 0.0, "most": 0.0, "miss": 0.0, "all_whole": 1.0}
    links = links.join(seen, on="sort").fillna(blank)
    return links[links["miss"] <= NEARLY * links["all_whole"]]


def _solve(
    rows: pd.DataFrame, links: pd.DataFrame, n: pd.Series, least: float
) -> tuple[np.ndarray, np.ndarray]:
    """Bounds of each row's count, as an outsider finds them."""
    believed = _believed(links, n)
    system = _system(rows, believed, n, least)
    hidden = system.hidden
    low, high = intervals(system, hidden)
    lost = np.isnan(low) & hidden
    if lost.any():
        # The guess that what is hidden is above zero, or that it adds up, was wrong here.
        bare = replace(system, least=np.where(lost, 0.0, system.least))
        low, high = intervals(bare, hidden)
    wrong = np.isnan(low)
    low[wrong], high[wrong] = 0.0, np.inf
    return low[: len(rows)], high[: len(rows)]


def _system(rows: pd.DataFrame, links: pd.DataFrame, n: pd.Series, least: float) -> System:
    """The outsider's equations: shown counts as they are, hidden ones unknown, gaps as seen."""
    size = len(rows)
    number, identity = np.unique(links["identity"], return_inverse=True)
    gaps = links.drop_duplicates("identity").sort_values("identity")
    known = np.concatenate([n.fillna(0.0).to_numpy(), np.zeros(len(number))])
    hidden = np.concatenate([n.isna().to_numpy(), (gaps["most"] > gaps["least"]).to_numpy()])
    count = len(number)
    wholes = gaps["whole"].to_numpy()
    row = np.concatenate([identity, np.arange(count), np.arange(count)])
    column = np.concatenate([links["part"].to_numpy(), wholes, size + np.arange(count)])
    coef = np.concatenate([np.ones(len(links)), -np.ones(count), np.ones(count)])
    total = size + count
    shape = (count, total)
    blank = np.zeros(total, dtype=bool)
    return System(
        ids=np.arange(total), n=known,
        least=np.concatenate([np.full(size, least), gaps["least"].to_numpy(dtype=float)]),
        most=np.concatenate([np.full(size, np.inf), gaps["most"].to_numpy(dtype=float)]),
        weight=np.ones(total), sensitive=blank, fixed=blank, hidden=hidden,
        threshold=np.full(total, 2.0),
        matrix=coo_array((coef, (row, column)), shape=shape).tocsr(),
    )  # fmt: skip


def _findings(
    name: str, measure: str, rows: pd.DataFrame, low: np.ndarray, high: np.ndarray, threshold: int
) -> list[Finding]:
    at = np.flatnonzero(rows["status"].eq("suppressed"))
    leak = (high - low < threshold - 2) & (low < threshold) & (high > 0)
    found = []
    for i in at:
        words = ""
        if leak[i]:
            one = pd.Series(np.arange(len(rows)) == i)
            words = f"{name}: {measure} between {low[i]:g} and {high[i]:g}, {_where(rows, one)}"
        found.append(Finding(words, float(low[i]), float(high[i]), bool(leak[i])))
    return found


def _sums(document: dict[str, Any], rows: pd.DataFrame, links: pd.DataFrame) -> list[Finding]:
    """Sums of pounds, weeks or sessions: the only hidden part of a known whole is no secret."""
    if document["kind"] not in ("money", "ratio", "mean"):
        return []
    amount = rows["numerator"]
    believed = _believed(links, amount)
    if believed.empty:
        return []
    exact = believed[(believed["most"] - believed["least"]) < 0.01]
    alone = exact.groupby("identity").agg(
        hidden=("n", lambda n: int(n.isna().sum())), whole=("whole_n", "first")
    )
    alone = alone[(alone["hidden"] == 1) & alone["whole"].notna()]
    parts = exact[exact["identity"].isin(alone.index) & exact["n"].isna()]["part"].unique()
    return [
        Finding(f"{document['id']}: an amount can be subtracted, {_where(rows, mask)}", 0, 0, True)
        for i in parts
        if (mask := pd.Series(np.arange(len(rows)) == i)).any()
    ]
