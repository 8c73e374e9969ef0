"""What an outsider does with published rows: find what adds up, and solve for what is hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import coo_array

from models.borough import Threshold
from publish.attack import intervals
from publish.classify import KEY
from publish.guess import believed, guess_links, guess_same, guess_years
from publish.magnitudes import P
from publish.nested import nested, rests_told
from publish.rounding import could_be
from publish.sums_told import in_pounds, sums_told
from publish.system import System

Rules = Mapping[str, Threshold]
Bounds = tuple[np.ndarray, np.ndarray]

SHOWN = ["ok", "low_base"]
NUMBERS = ["numerator", "denominator", "value", "lower", "upper"]
COUNTED = ("count", "proportion", "rate")
BASED = ("proportion", "rate", "mean", "quantile")
SUMMED = ("money", "ratio", "mean", "computed")
NO_PERSON = {
    "census_return", "provision_places", "budget_line", "training",
    "school", "provider", "provision", "data_return", "intervention_register", "workforce",
    "dsg_balance", "capital_scheme", "candidate_scheme",
}  # fmt: skip
"""Sources that say nothing of a child: a school's return or a provision's places may be one."""


@dataclass(frozen=True)
class Attack:
    """What an outsider learnt: how many counts were tried, the narrowest interval, and leaks.

    `narrowest_sum` is of withheld pounds, as a share (`publish.sums_told`); `told` names (KEY) the
    withheld figures that can be worked out.
    """

    attacked: int
    narrowest: float | None
    leaks: list[str]
    narrowest_sum: float | None = None
    told: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=KEY))


def attack(
    rows: pd.DataFrame,
    documents: list[dict[str, Any]],
    areas: pd.DataFrame,
    rules: Rules,
    known: pd.DataFrame | None = None,
) -> Attack:
    """Work out all one can from published rows (OBSERVATION_COLUMNS) of any number of metrics.

    `documents` are the metrics' own; `areas` has area_kind, area_id, parent_id and phase; `rules`
    are the thresholds by tier. `known` are figures seen elsewhere (`publish.before.SEEN`), which
    the outsider takes to be the same here; what follows from those alone is no leak of these rows.
    A leak is a small count shown, a number left on a withheld row, a withheld count bounded more
    narrowly than 1 to threshold - 1 is wide, or a withheld sum that can be subtracted.
    """
    left = _left_numbers(rows)
    rows = countable(rows, documents, rules, known)
    pairs = nested(rows, {d["id"]: d.get("part_of", []) for d in documents})
    links = guess_links(rows, areas)
    found = _learn(rows, rules, links, pairs)
    if known is not None and found.leaks:
        alone = rows["elsewhere"] | rows["numerator"].eq(0) | rows["denominator"].eq(0)
        bare = rows.assign(**{n: rows[n].where(alone) for n in ("numerator", "denominator")})
        bare["status"] = rows["status"].where(alone, "suppressed")
        anyway = {_what(words) for words in _learn(bare, rules, links, pairs).leaks}
        found = replace(found, leaks=[w for w in found.leaks if _what(w) not in anyway])
    return replace(found, leaks=left + found.leaks)


def countable(
    rows: pd.DataFrame,
    documents: list[dict[str, Any]],
    rules: Rules,
    known: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The rows that count people, shown or withheld, with `kind`, `threshold` and all that follows.

    See `attack`; `told` marks rows known from elsewhere, `exact` those known without rounding.
    """
    rows = rows.astype(dict.fromkeys(NUMBERS, float))
    kinds = {d["id"]: d["kind"] for d in documents}
    pounds = [d["id"] for d in documents if in_pounds(d)]
    rows = rows.assign(kind=rows["metric_id"].map(kinds))
    about = {d["id"]: _about_people(d) for d in documents}
    rows = rows[rows["metric_id"].map(about) & rows["status"].isin([*SHOWN, "suppressed"])]
    rows = _worked_back(rows, documents).assign(told=False, exact=False, elsewhere=False)
    if known is not None:
        rows = _filled(rows, known)
    rows = rows[rows["tier"].isin(list(rules))].reset_index(drop=True)
    limits = {tier: float(rule.smallest) for tier, rule in rules.items()}
    return rows.assign(threshold=rows["tier"].map(limits), pounds=rows["metric_id"].isin(pounds))


def _what(words: str) -> str:
    """A leak without its numbers: the figure and which count of it."""
    return words.split(" between ")[0]


def _learn(rows: pd.DataFrame, rules: Rules, links: pd.DataFrame, pairs: pd.DataFrame) -> Attack:
    """The attack proper on rows with `kind`, `told` and `threshold`."""
    leaks: list[str] = []
    attacked, widths, weak = 0, [], []
    threshold = rows["threshold"].to_numpy()
    shown = rows["status"].isin(SHOWN).to_numpy()
    for measure, (n, most), least in measures(rows, rules):
        has = has_count(rows, measure).to_numpy()
        leaks += _small_shown(rows, measure, n)
        ties = ties_of(rows, links, measure, n.where(n.eq(most)))
        low, high = _solve(ties, (n.to_numpy(), most.to_numpy()), least, threshold - 2)
        # Only figures that are shown: what is guessed to add up may be a child or two off.
        seen = has & n.notna().to_numpy()
        told = rests_told(pairs[seen[pairs["part"]] & seen[pairs["whole"]]], low, high, threshold)
        leaks += _rests(rows, measure, told)
        hidden = ~shown & has & ~rows["told"].to_numpy()
        low, high, at = low[hidden], high[hidden], np.flatnonzero(hidden)
        matters = (low < threshold[at]) & (high > 0)
        attacked += len(at)
        widths += list((high - low)[matters])
        narrow = matters & (high - low < threshold[at] - 2)
        weak += list(at[narrow])
        leaks += [
            f"{name_of(rows, i)}: {measure} between {a:g} and {b:g}"
            for i, a, b in zip(at[narrow], low[narrow], high[narrow], strict=True)
        ]
    sums = sums_told(rows, links)
    leaks += [
        f"{name_of(rows, i)}: a sum of pounds can be told within {P:g} %"
        for i in sums.at
        if not rows["told"].iloc[i]
    ]
    alone = _sums(rows, links)
    leaks += [f"{name_of(rows, i)}: a sum can be subtracted" for i in alone]
    narrowest = float(min(widths)) if widths else None
    told_here = rows.iloc[[*weak, *sums.at, *alone]][KEY]
    return Attack(attacked + sums.attacked, narrowest, leaks, sums.narrowest, told_here)


def _about_people(document: dict[str, Any]) -> bool:
    if document.get("statistic_of") == "places":
        return False
    return not (document["sources"] and set(document["sources"]) <= NO_PERSON)


def name_of(rows: pd.DataFrame, at: Any) -> str:
    """A figure in words, for a report: which measure, where and when; never a number."""
    row = rows.iloc[int(at)]
    cut = "" if row.breakdown == "all" else f" {row.breakdown} {row.category}"
    return f"{row.metric_id}, {row.area_kind}{cut}, {row.period_start:%Y-%m-%d}"


def _worked_back(rows: pd.DataFrame, documents: list[dict[str, Any]]) -> pd.DataFrame:
    """Counts that a shown rate, share or count gives where the count itself is left out."""
    per = {d["id"]: 100.0 if d["kind"] == "proportion" else d.get("multiplier", 1.0)
           for d in documents}  # fmt: skip
    each = rows["metric_id"].map(per)
    rated = rows["kind"].isin(["proportion", "rate"])
    value, count, base = rows["value"], rows["numerator"], rows["denominator"]
    # A value shown to few decimals still gives a whole count.
    count = count.fillna((value * base / each).round().where(rated))
    base = base.fillna((count * each / value.where(value.gt(0))).round().where(rated))
    count = count.fillna(value.where(rows["kind"].eq("count")))
    return rows.assign(numerator=count, denominator=base)


def _filled(rows: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Withheld rows with the numbers they had elsewhere, and rows that are only there.

    Sets `told` for both, `exact` where those numbers were not rounded, and `elsewhere` for every
    row that has the same number elsewhere.
    """
    known = known[known["shown"].astype(bool)].drop_duplicates(KEY)
    names = ["numerator", "denominator"]
    rows = rows.reset_index(drop=True)
    seen = rows[KEY].merge(known[[*KEY, *names, "exact"]], on=KEY, how="left")
    told = rows["status"].eq("suppressed") & seen[names].notna().any(axis=1)
    rows = rows.assign(**{n: rows[n].mask(told, seen[n]) for n in names}, told=told)
    rows["exact"] = told & seen["exact"].eq(True)
    same = [seen[n].isna() | ((rows[n] - seen[n]).abs() < 1e-9) for n in names]
    rows["elsewhere"] = seen[names].notna().any(axis=1) & same[0] & same[1]
    kinds = rows.drop_duplicates("metric_id").set_index("metric_id")["kind"]
    more = known.merge(rows[KEY], on=KEY, how="left", indicator=True)
    more = more[more["_merge"].eq("left_only") & more["metric_id"].isin(kinds.index)]
    more = more.assign(kind=more["metric_id"].map(kinds), status="ok", told=True, elsewhere=True)
    whole = pd.concat([rows, more[[c for c in more if c in rows]]], ignore_index=True)
    return whole.astype(dict.fromkeys(names, float))


def _left_numbers(rows: pd.DataFrame) -> list[str]:
    left = ~rows["status"].isin(SHOWN) & rows[NUMBERS].notna().any(axis=1)
    return [f"{name_of(rows, i)}: not shown, yet has a number" for i in np.flatnonzero(left)]


def _small_shown(rows: pd.DataFrame, measure: str, n: pd.Series) -> list[str]:
    small = n.gt(0.5) & n.lt(rows["threshold"] - 0.5) & ~rows["told"]
    return [
        f"{name_of(rows, i)}: {measure} of 1 to {rows['threshold'].iloc[i] - 1:g} shown"
        for i in np.flatnonzero(small)
    ]


def _rests(rows: pd.DataFrame, measure: str, told: pd.DataFrame) -> list[str]:
    """Small rests of one metric's count within another's."""
    names = rows["metric_id"].to_numpy()[told["whole"]]
    found = zip(told["part"], names, told["least"], told["most"], strict=True)
    return [
        f"{name_of(rows, at)}: {measure} of {whole} but not of this between {least:g} and {most:g}"
        for at, whole, least, most in found
    ]


def ties_of(rows: pd.DataFrame, links: pd.DataFrame, measure: str, n: pd.Series) -> pd.DataFrame:
    """Guesses at what adds up in one of the counts, of which `n` are known without rounding."""
    has = has_count(rows, measure).to_numpy()
    ties = links[has[links["part"]]]
    if measure != "count":
        return ties
    return pd.concat([ties, guess_years(rows, n, has)], ignore_index=True)


def has_count(rows: pd.DataFrame, measure: str) -> pd.Series:
    """Rows of a kind that has this count: `count`, `base` or `rest`."""
    kinds = {"count": COUNTED, "base": BASED, "rest": ("proportion",)}[measure]
    return rows["kind"].isin(kinds)


def measures(
    rows: pd.DataFrame, rules: Rules
) -> Iterator[tuple[str, tuple[pd.Series, pd.Series], np.ndarray]]:
    """Each count that rows show or that follows: its name, least and most, and least when withheld.

    What is withheld from a count or a base is at least 1; a numerator may be withheld for its base.
    """
    count = rows["numerator"].where(has_count(rows, "count"))
    base = rows["denominator"].where(has_count(rows, "base"))
    count, base = _same(rows, count, base)
    counts, bases = _span(rows, count, rules), _span(rows, base, rules)
    share = has_count(rows, "rest")
    rest = [(b - c).where(share) for b, c in zip(bases, reversed(counts), strict=True)]
    yield "count", counts, rows["kind"].eq("count").to_numpy(dtype=float)
    yield "base", bases, np.ones(len(rows))
    yield "rest", (rest[0].clip(lower=0), rest[1]), np.zeros(len(rows))


def _same(rows: pd.DataFrame, count: pd.Series, base: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Counts and bases with those filled in that another metric shows of the same children."""
    one, other = guess_same(rows, count, base)
    counts, bases = count.to_numpy(copy=True), base.to_numpy(copy=True)
    counts[one] = np.where(np.isnan(counts[one]), bases[other], counts[one])
    bases[other] = np.where(np.isnan(bases[other]), counts[one], bases[other])
    return pd.Series(counts, rows.index), pd.Series(bases, rows.index)


def _span(rows: pd.DataFrame, n: pd.Series, rules: Rules) -> tuple[pd.Series, pd.Series]:
    """The least and most each shown number may stand for, where its audience's are rounded."""
    low, high = n.copy(), n.copy()
    for tier, rule in rules.items():
        if rule.round_to > 1:
            mine = rows["tier"].eq(tier) & ~rows["exact"]
            least, most = could_be(n[mine], rule)
            low[mine], high[mine] = least, most
    return low, high


def _solve(links: pd.DataFrame, n: Bounds, least: np.ndarray, wide: np.ndarray) -> Bounds:
    """Bounds of each row's count, as an outsider finds them; one that is wide is not pursued."""
    system = equations(believed(links, *n), n, least)
    size = len(least)
    wanted = np.zeros(len(system.n), dtype=bool)
    wanted[:size] = np.isnan(n[0])
    enough = np.full(len(system.n), np.inf)
    enough[:size] = wide
    low, high = intervals(system, system.hidden, wanted, enough)
    lost = np.isnan(low)
    if lost.any():
        # The guess that what is hidden is above zero was wrong here: try again without it.
        bare = replace(system, least=np.where(lost, np.minimum(system.least, 0), system.least))
        low, high = intervals(bare, system.hidden, wanted, enough)
    wrong = np.isnan(low)
    low[wrong], high[wrong] = 0.0, np.inf
    return low[:size], high[:size]


def equations(links: pd.DataFrame, n: Bounds, least: np.ndarray) -> System:
    """The outsider's equations: shown counts as they are, hidden ones unknown, gaps as seen."""
    size = len(least)
    identity, number = pd.factorize(links["identity"])
    gaps = links.drop_duplicates("identity")
    low, high = gaps["least"].to_numpy(dtype=float), gaps["most"].to_numpy(dtype=float)
    count, each = len(number), np.arange(len(number))
    row = np.concatenate([identity, each, each])
    column = np.concatenate([links["part"], gaps["whole"], size + each])
    coef = np.concatenate([np.ones(len(links)), -np.ones(count), np.ones(count)])
    matrix = coo_array((coef, (row, column)), shape=(count, size + count)).tocsr()
    none = np.zeros(size + count, dtype=bool)
    unseen = np.isnan(n[0])
    return System(
        ids=np.arange(size + count),
        n=np.concatenate([np.nan_to_num(n[0]), np.zeros(count)]),
        least=np.concatenate([np.where(unseen, least, n[0]), low]),
        most=np.concatenate([np.where(unseen, np.inf, n[1]), high]),
        weight=np.ones(size + count),
        sensitive=none,
        fixed=none,
        hidden=np.concatenate([unseen | (n[1] > n[0]), high > low]),
        threshold=np.full(size + count, 2.0),
        matrix=matrix,
    )


def _sums(rows: pd.DataFrame, links: pd.DataFrame) -> list[int]:
    """Where the only hidden part of a known whole is a sum of pounds, weeks or points."""
    numbers = rows["numerator"].where(rows["kind"].isin(SUMMED)).to_numpy()
    sums = believed(links, numbers, numbers)
    summed = rows["kind"].isin(SUMMED).to_numpy()[sums["whole"]]
    # What a method works out need not add up: it must have been seen to.
    worked_out = rows["kind"].eq("computed").to_numpy()[sums["whole"]]
    summed &= ~worked_out | sums["seen"].to_numpy()
    exact = sums[summed & (sums["most"] - sums["least"] < 0.01)]
    by = exact.groupby("identity")
    alone = (by["n"].size() - by["n"].count()).eq(1) & by["whole_n"].first().notna()
    given = exact["identity"].isin(alone.index[alone]) & exact["n"].isna()
    return [int(at) for at in exact.loc[given, "part"].unique()]
