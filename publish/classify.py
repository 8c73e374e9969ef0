"""What each figure is, for disclosure control. What can't be classified is not published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.metric import Kind, Metric
from models.observation import OBSERVATION_COLUMNS, AreaKind, Status, Tier

NUMBERS = ["numerator", "denominator", "value", "lower", "upper"]
KEY = ["metric_id", "period_start", "period_end", "area_kind", "area_id", "breakdown", "category"]
BODIES = (AreaKind.SCHOOL.value, AreaKind.PROVIDER.value)

COUNTED = [Kind.COUNT, Kind.PROPORTION, Kind.RATE]
VALUED = [Kind.MEAN, Kind.QUANTILE]
BY_PEOPLE = [Kind.RATIO, Kind.MONEY, Kind.COMPUTED]
"""Kinds whose numerator may be a sum: what counts is how many people stand behind it."""

_NO_PERSON = {
    "census_return", "provision_places", "budget_line", "training",
    "school", "provider", "provision", "data_return", "intervention_register", "workforce",
    "dsg_balance", "capital_scheme", "candidate_scheme",
}  # fmt: skip
"""Tables with no row about a child or carer: places, returns and budgets may be small."""

_AREA_BREAKDOWNS = {"locality", "ward", "school", "provider", "provision"}


@dataclass(frozen=True)
class Classified:
    """Rows that may be published once protected, and how many were left out, by reason."""

    rows: pd.DataFrame
    left_out: dict[str, int]


def classify(observations: pd.DataFrame, metrics: Mapping[str, Metric]) -> Classified:
    """Keep the observations whose metric, breakdown, area, tier and status are all known.

    Adds `kind` and `people_metric` (whether the figure is about persons). Schools and providers
    are never open to all. Of two rows for the same thing, the one for the wider audience stays.
    """
    rows = observations.reindex(columns=[*OBSERVATION_COLUMNS, "people", "base"])
    rows = rows.astype(dict.fromkeys([*NUMBERS, "people", "base"], float))
    rows["kind"] = rows["metric_id"].map({m: str(metric.kind) for m, metric in metrics.items()})
    rows["compares_years"] = rows["metric_id"].isin(
        [m for m, x in metrics.items() if x.compares_years]
    )
    rows["people_metric"] = rows["metric_id"].map({m: _about_people(x) for m, x in metrics.items()})
    left_out: dict[str, int] = {}
    for reason, wrong in _wrong(rows, metrics).items():
        wrong = wrong.reindex(rows.index, fill_value=False)
        if wrong.any():
            left_out[reason] = int(wrong.sum())
        rows = rows[~wrong]
    rows = rows.reset_index(drop=True)
    raised = rows["area_kind"].isin(BODIES) & rows["tier"].eq(Tier.OPEN.value)
    rows.loc[raised, "tier"] = Tier.PARTNER.value
    return Classified(rows, left_out)


def _about_people(metric: Metric) -> bool:
    if metric.statistic_of == "places":  # checked with the metric file: its rows name nobody
        return False
    return not (metric.sources and set(metric.sources) <= _NO_PERSON)


def _wrong(rows: pd.DataFrame, metrics: Mapping[str, Metric]) -> dict[str, pd.Series]:
    declared = {(m, "all") for m in metrics}
    for name, metric in metrics.items():
        declared |= {(name, b) for b in metric.breakdowns if b not in _AREA_BREAKDOWNS}
    pairs = pd.Series(list(zip(rows["metric_id"], rows["breakdown"], strict=True)), rows.index)
    rank = rows["tier"].map({t.value: i for i, t in enumerate(Tier)})
    repeated = rows.assign(rank=rank).sort_values("rank").duplicated(KEY).reindex(rows.index)
    return {
        "metric not in the catalogue": rows["kind"].isna(),
        "breakdown not declared by its metric": ~pairs.isin(declared),
        "unknown kind of area": ~rows["area_kind"].isin([a.value for a in AreaKind]),
        "unknown audience": rank.isna(),
        "unknown status": ~rows["status"].isin([s.value for s in Status]),
        "the same figure twice": repeated,
    }


def shown(rows: pd.DataFrame) -> pd.Series:
    """Rows that have a number to protect."""
    return rows["status"].isin([Status.OK.value, Status.LOW_BASE.value])


def counts(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The two additive counts behind each row: things counted, and the base they are counted in.

    Things are the numerator where it is a count, and for sums (ratio, money) and computed figures
    the people behind them. The base is the denominator where it is a count, and for a ratio or a
    computed figure the people behind it. NaN where a kind has none.
    """
    kind = rows["kind"]
    summed = kind.isin(BY_PEOPLE)
    things = rows["numerator"].where(kind.isin(COUNTED)).mask(summed, rows["people"])
    # Money is counted by its denominator where measuring knew of no people behind it.
    things = things.mask(things.isna() & kind.eq(Kind.MONEY), rows["denominator"])
    base = rows["denominator"].where(kind.isin([Kind.PROPORTION, Kind.RATE, *VALUED]))
    return things, base.mask(kind.isin([Kind.RATIO, Kind.COMPUTED]), rows["base"])


def rest(rows: pd.DataFrame) -> pd.Series:
    """The part of each proportion's base that was not counted: it follows from the other two.

    A computed figure may be a share of people, so it is held to the same.
    """
    things, base = counts(rows)
    share = rows["kind"].isin([Kind.PROPORTION, Kind.COMPUTED]) & ~rows["compares_years"]
    return (base - things).where(share & (base >= things))


def small(rows: pd.DataFrame) -> pd.Series:
    """Rows where any count behind them is below their threshold, but not zero.

    A zero is no secret: there is nobody to tell of.
    """
    things, base = counts(rows)
    behind = pd.concat([things, base, rest(rows), rows["people"], rows["base"]], axis=1)
    return (behind.gt(0) & behind.lt(rows["threshold"], axis=0)).any(axis=1)


def uncountable(rows: pd.DataFrame) -> pd.Series:
    """Rows about people whose counts are absent or not whole numbers, so can't be judged.

    Money without a count passes for the borough as a whole and its budget lines: it is not about
    one child or one provider there.
    """
    things, base = counts(rows)
    missing = ~rows["kind"].isin(VALUED) & _not_whole(things)
    missing |= ~rows["kind"].isin([Kind.COUNT, Kind.MONEY]) & _not_whole(base)
    money = rows["kind"].eq(Kind.MONEY) & things.isna() & ~rows["area_kind"].isin(BODIES)
    return missing & ~money


def _not_whole(numbers: pd.Series) -> pd.Series:
    return numbers.isna() | (numbers < 0) | ~np.isclose(numbers, np.round(numbers), atol=1e-9)
