"""The statutory tables themselves: categories as the department names them, figures of one source.

Each category has three rows: what is expected, and the lowest and highest that would not surprise
(95 % of simulated futures lie between them). Expected figures of categories add up to the total;
lowest and highest do not, for not all categories are low at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from models.provision_kinds import OTHER, PLACES
from reports.statutory_source import Ahead

EXPECTED, LOWEST, HIGHEST = "Expected", "Lowest likely", "Highest likely"
NOT_APART = "[x]"
Row = tuple[str, np.ndarray | None]
"""A category and which groups are in it; None where they are not projected apart."""
AGES = (
    ("Under 5", ("early years",)), ("5 to 10", ("primary",)), ("11 to 15", ("secondary",)),
    ("16 to 25", ("post-16",)),
)  # fmt: skip
"""Age groups, and the phases projected that stand for them."""
AGES_ABSENT = ("16 to 19", "20 to 25")
NEEDS = (
    "Autistic spectrum disorder", "Hearing impairment", "Moderate learning difficulty",
    "Multi-sensory impairment", "Physical disability", "Profound and multiple learning difficulty",
    "Severe learning difficulty", "Specific learning difficulty",
    "Speech, language and communication needs", "Visual impairment", "Other difficulty",
)  # fmt: skip
SEMH = "Social, emotional and mental health"
SCAP = {"special": "Special school", "unit": "SEN unit and resourced provision together",
        "alternative": "Alternative provision"}  # fmt: skip
SCAP_PHASES = {"Primary": (("early years", "primary"), 5),
               "Secondary": (("secondary", "post-16"), 7)}  # fmt: skip
"""Phases of the capacity survey: the phases projected, and years ahead asked for."""
CAPACITY = {
    "Special school": "State-funded special school",
    "SEN unit": "SEN unit in a mainstream school",
    "Resourced provision": "Resourced provision in a mainstream school",
    "Alternative provision": "Alternative provision or pupil referral unit",
}
"""Kinds of provision in the capacity survey, as the measure of places names them."""


def by_age(ahead: Ahead, years: int) -> pd.DataFrame:
    """EHC plans by age group."""
    phase = ahead.groups["phase"]
    rows: list[Row] = [(words, phase.isin(phases).to_numpy()) for words, phases in AGES]
    rows += [(words, None) for words in AGES_ABSENT]
    known = [p for _, phases in AGES for p in phases]
    rows.append(("Age group not told apart", ~phase.isin(known).to_numpy()))
    return counts(ahead, "Age group", rows, years)


def by_need(ahead: Ahead, years: int) -> pd.DataFrame:
    """EHC plans by primary need."""
    semh = (ahead.groups["need"] == "SEMH").to_numpy()
    rows: list[Row] = [(SEMH, semh), ("All other needs together", ~semh)]
    rows += [(words, None) for words in NEEDS]
    return counts(ahead, "Primary need", rows, years)


def by_provision(ahead: Ahead, years: int) -> pd.DataFrame:
    """EHC plans by type of provision."""
    rows: list[Row] = [(words, ahead.family == family) for family, words in PLACES.items()]
    rows.append(("Other: at home, not in education, or not told apart", ahead.family == OTHER))
    return counts(ahead, "Type of provision", rows, years)


def scap(ahead: Ahead, phase: str) -> pd.DataFrame:
    """Pupils with an EHC plan who need a specialist place, by type of provision, of one phase."""
    phases, years = SCAP_PHASES[phase]
    here = ahead.groups["phase"].isin(phases).to_numpy() & ahead.groups["in_borough"].to_numpy()
    rows: list[Row] = [(words, here & (ahead.family == f)) for f, words in SCAP.items()]
    rows += [("SEN unit", None), ("Resourced provision", None)]
    return counts(ahead, "Type of provision", rows, years)


def capacity(ahead: Ahead) -> pd.DataFrame:
    """Places commissioned in the newest term, by type of provision, and those asked for ahead."""
    found = ahead.newest("all_places", "kind_of_provision").set_index("category")
    rows = [(words, _shown(found, name)) for words, name in CAPACITY.items()]
    frame = pd.DataFrame(rows, columns=["Type of provision", "Places commissioned"])
    ends = pd.to_datetime(found["period_end"])
    return frame.assign(**{"Term ending": f"{ends.max():%d %B %Y}" if len(found) else NOT_APART})


def _shown(found: pd.DataFrame, name: str) -> float | str:
    if name not in found.index:
        return NOT_APART
    if found.loc[[name], "status"].iloc[0] == "suppressed":
        return "[c]"
    return float(found.loc[[name], "value"].iloc[0])


def whole_plan(ahead: Ahead, years: int) -> pd.DataFrame:
    """EHC plans by need, age and provision: a row a group of the futures."""
    g = ahead.groups
    keys = pd.DataFrame({
        "Primary need": g["need"].map({"SEMH": SEMH}).fillna("All other needs together"),
        "Phase": g["phase"].map(lambda p: "Not told apart" if p == "all" else p.capitalize()),
        "Provision": g["setting"],
        "In the borough": g["in_borough"].map({True: "Yes", False: "No"}),
    })  # fmt: skip
    rows: list[Row] = [(str(k), np.arange(len(g)) == k) for k in range(len(g))]
    table = counts(ahead, "group", rows, years)
    table = table[table["group"] != "Total"]
    out = keys.loc[table["group"].astype(int)].reset_index(drop=True)
    return pd.concat([out, table.drop(columns="group").reset_index(drop=True)], axis=1)


def counts(ahead: Ahead, name: str, rows: Sequence[Row], years: int) -> pd.DataFrame:
    """A table of children by category: counted at the origin, and each January ahead.

    Columns `name`, `Figure`, and a January each; the last three rows are the total. Expected
    figures are whole and add up.
    """
    futures, f = ahead.futures, ahead.futures.children[:, :years]
    known = [mask for _, mask in rows if mask is not None]
    base = futures.groups["base"].fillna(0).to_numpy(dtype=float)
    sums = np.stack([f[:, :, mask].sum(axis=2) for mask in known], axis=2)
    whole = sums.sum(axis=2)
    mean = np.stack([apportion(sums[:, y].mean(axis=0)) for y in range(f.shape[1])])
    named = [f"January {futures.origin} (counted)"]
    named += [f"January {year}" for year in futures.years[:years]]
    lines, at = [], 0
    for words, mask in rows:
        if mask is None:
            lines += _absent(words, len(named))
            continue
        lines += _lines(words, base[mask].sum(), mean[:, at], sums[:, :, at])
        at += 1
    every = np.logical_or.reduce(known)
    lines += _lines("Total", base[every].sum(), mean.sum(axis=1), whole)
    return pd.DataFrame(lines, columns=[name, "Figure", *named])


def _absent(words: str, columns: int) -> list[list[object]]:
    return [[words, figure, *[NOT_APART] * columns] for figure in (EXPECTED, LOWEST, HIGHEST)]


def _lines(words: str, base: float, mean: np.ndarray, draws: np.ndarray) -> list[list[object]]:
    low, high = np.floor(np.quantile(draws, 0.025, axis=0)), np.ceil(np.quantile(draws, 0.975, 0))
    now = float(base)
    return [
        [words, EXPECTED, now, *map(float, mean)],
        [words, LOWEST, now, *map(float, np.minimum(low, mean))],
        [words, HIGHEST, now, *map(float, np.maximum(high, mean))],
    ]


def apportion(parts: np.ndarray) -> np.ndarray:
    """Whole numbers that add up to the rounded sum, none more than 1 from its own (Hamilton)."""
    down = np.floor(parts)
    short = round(float(parts.sum())) - int(down.sum())
    order = np.argsort(-(parts - down), kind="stable")
    down[order[:short]] += 1
    out: np.ndarray = down
    return out
