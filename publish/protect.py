"""Disclosure control of a release: which measured figures are withheld, and their numbers removed.

Small counts are withheld for their audience's threshold, then as few others as needed so that no
sum of published figures gives a withheld one away. A row is withheld whole: count, base, value and
interval go together, since any two give the third.

All figures are one system, for all audiences at once: partners read the open figures too. Links
between metrics are covered where one's count is another's base, or its months add up to another's
years (`publish.across`), and where one counts some of another's things (`publish.nested`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.borough import Borough
from models.metric import Kind, Metric
from models.observation import OBSERVATION_COLUMNS, Status
from publish.across import months_of_years, twins
from publish.before import SEEN, Known, recall
from publish.classify import BODIES, NUMBERS, classify, counts, rest, shown, small, uncountable
from publish.disclosure import suppress
from publish.links import PERIOD, link
from publish.nested import nested, small_rests
from publish.pounds import pounds_of
from publish.rounding import round_counts

WEIGHTS = {"borough": 1000.0, "locality": 60.0, "ward": 6.0}
"""What hiding a figure costs its readers; a category of the borough's costs 20, a body 2."""

LAST = 3
"""Given up last of what counts as known: what parts lack of their whole."""

FEWEST_PROVIDERS = 3
"""A price that rests on fewer providers than this could be read as one provider's."""


@dataclass(frozen=True)
class Protected:
    """Observations fit to publish (OBSERVATION_COLUMNS), and rows not published, by reason."""

    observations: pd.DataFrame
    not_published: dict[str, int]


def protect(
    observations: pd.DataFrame,
    metrics: Mapping[str, Metric],
    areas: pd.DataFrame,
    profile: Borough,
    before: pd.DataFrame | None = None,
    largest: pd.DataFrame | None = None,
) -> Protected:
    """Withhold what could tell of one child or one provider's price.

    `observations` has OBSERVATION_COLUMNS, `people` and `base`; `areas` has area_kind, area_id,
    parent_id and grouping (a school's phase, a provider's type). Withheld rows keep their place
    with status *suppressed* and no number. `before` holds what readers already know
    (`publish.before.SEEN`): what was withheld stays so, and what was shown shelters nothing unless
    nothing else would do. `largest` has the largest contributions to sums of pounds
    (LARGEST_COLUMNS). Raises BadTable when a figure can't be protected.
    """
    sorted_out = classify(observations, metrics)
    rows, left_out = _ruled(sorted_out.rows, profile)
    judged = rows["people_metric"] & shown(rows)
    blind = judged & uncountable(rows)
    seen = rows[judged & ~blind].reset_index()
    hidden = blind.to_numpy(copy=True)
    known = recall(seen, pd.DataFrame(columns=SEEN) if before is None else before)
    hidden[seen["index"]] = _hide(seen, metrics, areas, known, largest)
    safe = round_counts(_remove(rows, hidden), metrics, profile)
    return Protected(safe[list(OBSERVATION_COLUMNS)], sorted_out.left_out | left_out)


def _ruled(rows: pd.DataFrame, profile: Borough) -> tuple[pd.DataFrame, dict[str, int]]:
    """Rows with their audience's threshold; what no rule covers is not published."""
    limits = {rule.tier.value: rule.smallest for rule in profile.thresholds}
    rows = rows.assign(threshold=rows["tier"].map(limits))
    bare = rows["threshold"].isna()
    left = {"no threshold for its audience": int(bare.sum())} if bare.any() else {}
    return rows[~bare].reset_index(drop=True), left


def _hide(
    rows: pd.DataFrame,
    metrics: Mapping[str, Metric],
    areas: pd.DataFrame,
    known: Known,
    largest: pd.DataFrame | None,
) -> np.ndarray:
    """Which rows to withhold, as a mask."""
    secret = (small(rows) | _prices(rows, metrics, areas)).to_numpy()
    things, base = counts(rows)
    links = link(rows.assign(people_count=things.fillna(base)), areas)
    pounds = pounds_of(rows, metrics, links, largest, _weights(rows))
    secret = secret | np.isin(np.arange(len(rows)), pounds.secret)
    months = months_of_years(rows, things).drop(columns="pair")
    links = pd.concat([links, months], ignore_index=True)
    one, other = twins(rows, things, base)
    pairs = nested(rows, {m: x.part_of for m, x in metrics.items()})
    # A count that was hidden was at least 1: one that is now 0 was revised, and tells of nobody.
    none = rows["kind"].eq(Kind.COUNT).to_numpy() & things.eq(0).to_numpy()
    hidden, attacked = secret | (known.withheld & ~none), _attacked(rows)
    level = known.level.copy()
    level[one] = level[other] = np.maximum(level[one], level[other])
    safe = [np.zeros((2, len(rows)), dtype=bool) for _ in attacked]
    while True:
        before = hidden.copy()
        hidden[one] = hidden[other] = hidden[one] | hidden[other]
        for number, (n, most) in enumerate(attacked):
            # Once for who reads this release alone, once for who knows what was shown before.
            for reader, told in enumerate([np.zeros_like(hidden), level > 0]):
                if reader and not (hidden & told).any():
                    continue
                judged = rows.assign(
                    secret=secret, hidden=hidden, safe=safe[number][reader], level=level, told=told
                )
                hidden = _complete(judged, (links, pairs), n, most)
                safe[number][reader] = hidden & ~told
        hidden = pounds.hide(hidden)
        if (hidden & (level > 0)).any():
            hidden = pounds.hide(hidden, level > 0)
        if (hidden == before).all():
            return hidden


def _attacked(rows: pd.DataFrame) -> list[tuple[pd.Series, pd.Series | None]]:
    """Each count that can be subtracted, with the most each can be for all a reader knows.

    Of a proportion's base a reader may know more than is published here (a school's roll, say), so
    its numerator must be safe from those who know every base too.
    """
    things, base = counts(rows)
    proportion = rows["kind"].eq(Kind.PROPORTION)
    most = base - (base > things)
    return [
        (base, None),
        (things, None),
        (rest(rows), None),
        (things.where(proportion), most.where(proportion)),
    ]


def _prices(rows: pd.DataFrame, metrics: Mapping[str, Metric], areas: pd.DataFrame) -> pd.Series:
    """Prices that rest on one body, or on fewer providers than FEWEST_PROVIDERS."""
    pounds = {m for m, x in metrics.items() if x.kind is Kind.MONEY or _in_pounds(x.unit)}
    price = rows["metric_id"].isin(pounds)
    bodies = rows[price & rows["area_kind"].eq("provider")]
    few = pd.Series(False, rows.index)
    if len(bodies):
        types = areas[areas["area_kind"] == "provider"].set_index("area_id")["grouping"]
        bodies = bodies.assign(type=bodies["area_id"].map(types))
        number = pd.concat([
            bodies.groupby(PERIOD)["area_id"].nunique().rename("many").reset_index()
            .assign(breakdown="all", category="all"),
            bodies.groupby([*PERIOD, "type"])["area_id"].nunique().rename("many").reset_index()
            .rename(columns={"type": "category"}).assign(breakdown="provider_type"),
        ])  # fmt: skip
        many = rows.merge(number, how="left", on=[*PERIOD, "breakdown", "category"])["many"]
        few = pd.Series((many < FEWEST_PROVIDERS).to_numpy(), rows.index)
        few &= rows["area_kind"].eq("borough")
    return price & (rows["area_kind"].isin(BODIES) | few)


def _in_pounds(unit: str) -> bool:
    return "£" in unit or "pound" in unit.lower()


def _complete(
    rows: pd.DataFrame,
    ties: tuple[pd.DataFrame, pd.DataFrame],
    n: pd.Series,
    most: pd.Series | None,
) -> np.ndarray:
    """Hide what else must be so that sums of one of the counts give no hidden row away.

    `rows` has `secret` and `hidden` (so far) and `safe`: hidden when this count was last looked
    at. What was wide enough then still is, since hiding more only widens. `level` says how surely
    readers may know the figure from before, and `told` is known to the one this is about.
    """
    hidden = rows["hidden"].to_numpy(copy=True)
    level, told = rows["level"].to_numpy(), rows["told"].to_numpy()
    unknown = hidden & ~told
    at = np.flatnonzero(n.notna())
    if not len(at):
        return hidden
    cells = pd.DataFrame({
        "cell_id": at,
        "n": n.to_numpy()[at].round(),
        "weight": _weights(rows)[at],
        "threshold": rows["threshold"].to_numpy()[at],
        "sensitive": (rows["secret"].to_numpy() & ~told)[at] & (n.to_numpy()[at] > 0),
        "hidden": unknown[at],
        "safe": rows["safe"].to_numpy()[at],
        "fixed": ((level > 0) & ~unknown)[at],
        "loose": np.where(told, 0, level)[at],
        "told": told[at],
        "most": np.inf if most is None else most.to_numpy()[at],
    })  # fmt: skip
    links, pairs = ties
    known = n.notna().to_numpy()
    pairs = pairs[known[pairs["part"]] & known[pairs["whole"]]]
    whole, identities = _with_rests(
        *_with_remainders(cells, links),
        *small_rests(pairs, n.round(), rows["threshold"]),
        bool(rows["safe"].any()),
    )
    done = suppress(whole, identities, tidy=False)
    result = hidden.copy()
    result[at] |= done["suppressed"].to_numpy()[: len(at)]
    return result


def _weights(rows: pd.DataFrame) -> np.ndarray:
    weight = rows["area_kind"].map(WEIGHTS).astype(float).fillna(2.0)
    weight = weight.mask(rows["breakdown"] != "all", 20.0)
    return (weight * (1 + 0.01 * np.log1p(rows["numerator"].fillna(0).abs()))).to_numpy()


def _with_remainders(cells: pd.DataFrame, links: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Cells and identities that add up, with one more cell wherever parts miss their whole.

    The remainder (children with no ward known, say) can be worked out where all the rest is shown,
    so it counts as known and shelters nothing unless nothing else does. It is no secret itself,
    however small: nobody can tell who is in it.
    """
    n = cells.set_index("cell_id")["n"]
    links = links[links["part"].isin(n.index) & links["whole"].isin(n.index)]
    parts = links.assign(n=n.reindex(links["part"]).to_numpy())
    sums = parts.groupby("identity").agg(parts=("n", "sum"), whole=("whole", "first"))
    gap = n.reindex(sums["whole"]).to_numpy() - sums["parts"].to_numpy()
    extra = sums.assign(gap=gap, cell_id=np.arange(len(sums)) + n.index.max() + 1)
    extra = extra[extra["gap"] != 0]
    more = pd.DataFrame({
        "cell_id": extra["cell_id"], "n": extra["gap"].abs(), "weight": 1.0, "threshold": 2.0,
        "sensitive": False, "hidden": False, "safe": False, "fixed": True, "most": np.inf,
        "loose": LAST, "told": False,
    })  # fmt: skip
    identities = pd.concat([
        pd.DataFrame({"identity_id": links["identity"], "cell_id": links["part"], "coef": 1.0}),
        pd.DataFrame({"identity_id": sums.index, "cell_id": sums["whole"], "coef": -1.0}),
        pd.DataFrame({"identity_id": extra.index, "cell_id": extra["cell_id"],
                      "coef": np.sign(extra["gap"])}),
    ], ignore_index=True)  # fmt: skip
    return pd.concat([cells, more], ignore_index=True), identities


def _with_rests(
    cells: pd.DataFrame,
    identities: pd.DataFrame,
    rests: pd.DataFrame,
    ties: pd.DataFrame,
    safe: bool,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Small rests of nested figures as cells of their own: never shown, and never to be told."""
    first = cells["cell_id"].max() + 1
    more = rests.assign(
        cell_id=first + np.arange(len(rests)), weight=1.0, sensitive=True, hidden=True,
        fixed=False, most=np.inf, safe=safe, loose=0, told=False,
    )  # fmt: skip
    name = "rest " + ties["rest"].astype(str)
    ends = pd.DataFrame({
        "identity_id": "rest " + pd.Series(np.arange(len(rests))).astype(str),
        "cell_id": more["cell_id"], "coef": -1.0,
    })  # fmt: skip
    ties = pd.DataFrame({"identity_id": name, "cell_id": ties["cell_id"], "coef": ties["coef"]})
    return (
        pd.concat([cells, more], ignore_index=True),
        pd.concat([identities, ties, ends], ignore_index=True),
    )


def _remove(rows: pd.DataFrame, hidden: np.ndarray) -> pd.DataFrame:
    """Take every number away from withheld rows, and from any that has none to show."""
    rows = rows.copy()
    rows.loc[hidden, "status"] = Status.SUPPRESSED.value
    bare = ~shown(rows)
    rows.loc[bare, NUMBERS] = np.nan
    rows.loc[bare, "interval_method"] = None
    return rows
