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
from models.observation import OBSERVATION_COLUMNS, Status, Tier
from publish.across import months_of_years, twins
from publish.before import SEEN, Known, recall
from publish.cells import Ties, table_of, weights
from publish.classify import BODIES, NUMBERS, classify, counts, rest, shown, small, uncountable
from publish.disclosure import suppress
from publish.links import PERIOD, link
from publish.nested import nested
from publish.own_school import shown_to_own
from publish.pounds import Pounds, pounds_of
from publish.rounding import round_counts

FEWEST_PROVIDERS = 3
"""A price that rests on fewer providers than this could be read as one provider's."""


FEW = 10
"""People below which the limits of a quantile, which are values of two of them, are not shown."""


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
    secret = (small(seen) | _prices(seen, metrics, areas)).to_numpy()
    ties = _tie(seen, metrics, areas)
    pounds = pounds_of(seen, metrics, ties.links, largest, weights(seen))
    secret = secret | np.isin(np.arange(len(seen)), pounds.secret)
    withheld = _hide(seen, secret, ties, known, pounds)
    hidden[seen["index"]] = withheld
    safe = round_counts(_remove(rows, hidden), metrics, profile)
    own = _own(seen, withheld, ties, known, metrics, profile)
    whole = pd.concat([safe, own], ignore_index=True)[list(OBSERVATION_COLUMNS)]
    return Protected(whole, sorted_out.left_out | left_out)


def _own(
    rows: pd.DataFrame,
    hidden: np.ndarray,
    ties: Ties,
    known: Known,
    metrics: Mapping[str, Metric],
    profile: Borough,
) -> pd.DataFrame:
    """Exact rows for the school they are about, where the profile has such an audience."""
    if not any(rule.tier is Tier.RESTRICTED for rule in profile.thresholds):
        return rows.iloc[:0]
    may = shown_to_own(rows, hidden, ties, _attacked(rows), known.level, metrics)
    return rows[may].assign(tier=Tier.RESTRICTED.value)


def _ruled(rows: pd.DataFrame, profile: Borough) -> tuple[pd.DataFrame, dict[str, int]]:
    """Rows with their audience's threshold; what no rule covers is not published."""
    limits = {rule.tier.value: rule.smallest for rule in profile.thresholds}
    rows = rows.assign(threshold=rows["tier"].map(limits))
    bare = rows["threshold"].isna()
    left = {"no threshold for its audience": int(bare.sum())} if bare.any() else {}
    return rows[~bare].reset_index(drop=True), left


def _tie(rows: pd.DataFrame, metrics: Mapping[str, Metric], areas: pd.DataFrame) -> Ties:
    """What anyone can add up or subtract among rows."""
    things, base = counts(rows)
    links = link(rows.assign(people_count=things.fillna(base)), areas)
    months = months_of_years(rows, things).drop(columns="pair")
    links = pd.concat([links, months], ignore_index=True)
    pairs = nested(rows, {m: x.part_of for m, x in metrics.items()})
    return Ties(links, pairs, *twins(rows, things, base))


def _hide(
    rows: pd.DataFrame, secret: np.ndarray, ties: Ties, known: Known, pounds: Pounds
) -> np.ndarray:
    """Which rows to withhold, as a mask: those that are `secret`, and what else they need."""
    things, _ = counts(rows)
    one, other = ties.one, ties.other
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
                hidden = _complete(judged, ties, n, most)
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


def _complete(rows: pd.DataFrame, ties: Ties, n: pd.Series, most: pd.Series | None) -> np.ndarray:
    """Hide what else must be so that sums of one of the counts give no hidden row away.

    `rows` has `secret` and `hidden` (so far) and `safe`: hidden when this count was last looked
    at. What was wide enough then still is, since hiding more only widens. `level` says how surely
    readers may know the figure from before, and `told` is known to the one this is about.
    """
    hidden = rows["hidden"].to_numpy(copy=True)
    table = table_of(rows, ties, n, most)
    if table is None:
        return hidden
    done = suppress(table.cells, table.identities, tidy=False)
    hidden[table.place] |= done["suppressed"].to_numpy()[: len(table.place)]
    return hidden


def _remove(rows: pd.DataFrame, hidden: np.ndarray) -> pd.DataFrame:
    """Take every number away from withheld rows, and from any that has none to show."""
    rows = rows.copy()
    rows.loc[hidden, "status"] = Status.SUPPRESSED.value
    bare = ~shown(rows)
    rows.loc[bare, NUMBERS] = np.nan
    # The limits of a quantile are two of the people's own values: among few, that tells of one.
    told = rows["kind"].eq(Kind.QUANTILE) & rows["denominator"].lt(FEW)
    rows.loc[told, ["lower", "upper"]] = np.nan
    rows.loc[bare | told, "interval_method"] = None
    return rows
