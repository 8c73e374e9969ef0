"""Sums of pounds in a release: which would tell a child's or a provider's price, and what hides it.

The same pounds stand in several places: a need's share of one measure is the whole of another, and
last year's bill is beside this year's. All of them are one system.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.metric import Kind, Metric
from models.observation import Tier
from publish.classify import KEY
from publish.links import NEARLY
from publish.magnitudes import P, needs, suppress_sums
from publish.nested import nested

SIDES = ("numerator", "denominator")
FEW = 10
"""A hidden sum behind which fewer people stand stays as uncertain as the rules ask, whoever they
are."""
TOLD = 1000.0
"""Pounds from which two sums that are equal to the penny are taken to be the same."""


@dataclass(frozen=True)
class Pounds:
    """Sums as `magnitudes.suppress_sums` wants them; `row` is the figure's position, -1 if none."""

    cells: pd.DataFrame
    identities: pd.DataFrame

    @property
    def secret(self) -> np.ndarray:
        """Positions of figures with a sum that must not be shown."""
        cells = self.cells
        found: np.ndarray = cells.loc[cells["needs"].gt(0) & cells["row"].ge(0), "row"].to_numpy()
        return found

    def hide(self, hidden: np.ndarray, known: np.ndarray | None = None) -> np.ndarray:
        """Figures to withhold, from those withheld so far (masks over the figures).

        `known` are withheld now, and were shown before: they shelter nothing, and what only they
        could shelter is left. Raises BadTable where nothing known stands in the way and it fails.
        """
        if not (self.cells["needs"].gt(0) | self.cells["room"].gt(0)).any():
            return hidden
        row = self.cells["row"].to_numpy()
        figure = row >= 0
        told = np.zeros(len(row), dtype=bool)
        if known is not None:
            told[figure] = known[row[figure]]
        while True:
            held = ~figure & self.cells["hidden"].to_numpy()
            held[figure] = hidden[row[figure]]
            cells = self.cells.assign(hidden=held, fixed=self.cells["fixed"] | told)
            done = suppress_sums(cells, self.identities, strict=known is None)
            now = hidden.copy()
            now[row[figure & done["suppressed"].to_numpy()]] = True
            if (now == hidden).all():
                return hidden
            hidden = now


def pounds_of(
    rows: pd.DataFrame,
    metrics: Mapping[str, Metric],
    links: pd.DataFrame,
    largest: pd.DataFrame | None,
    weights: np.ndarray,
) -> Pounds:
    """The sums of figures and what adds up to what.

    `rows` has OBSERVATION_COLUMNS and `people`; `links` are as `publish.links.link` gives;
    `largest` has LARGEST_COLUMNS of `metrics.measure.largest`, without which no sum is sensitive.
    """
    if largest is None or largest.empty:
        return Pounds(pd.DataFrame(columns=["row", "needs", "room"]), pd.DataFrame())
    cells = _cells(rows, metrics).assign(weight=lambda c: weights[c["row"]])
    cells = _judged(cells, rows, largest)
    rests, ties = _rests(cells, rows, metrics, largest)
    gaps, sums = _sums(cells, links)
    whole = pd.concat([cells, rests, gaps], ignore_index=True)
    return Pounds(
        whole.fillna({"needs": 0.0, "first": 0.0, "room": 0.0}),
        pd.concat([sums, _same(cells, rows), ties], ignore_index=True),
    )


def _cells(rows: pd.DataFrame, metrics: Mapping[str, Metric]) -> pd.DataFrame:
    """Every sum of pounds in the figures, to whole pounds: `cell_id, row, side, exact, n`."""
    ours = [m for m, x in metrics.items() if x.in_pounds]
    over = [m for m in ours if metrics[m].pounds or metrics[m].kind is Kind.COMPUTED]
    frames = []
    for side, names in zip(SIDES, (ours, over), strict=True):
        at = np.flatnonzero(rows["metric_id"].isin(names) & rows[side].ge(0))
        exact = rows[side].to_numpy()[at]
        frames.append(pd.DataFrame({"row": at, "side": side, "exact": exact}))
    cells = pd.concat(frames, ignore_index=True)
    return cells.assign(
        cell_id=cells["side"] + " " + cells["row"].astype(str), n=cells["exact"].round(),
        hidden=False, fixed=False,
    )  # fmt: skip


def _judged(cells: pd.DataFrame, rows: pd.DataFrame, largest: pd.DataFrame) -> pd.DataFrame:
    """Sums with `needs`, `first`, `alone` (see `suppress_sums`) and `room`, needed once hidden."""
    keys = rows[[*KEY, "tier", "people"]].iloc[cells["row"]].reset_index(drop=True)
    cells = pd.concat([cells.reset_index(drop=True), keys], axis=1)
    cells = _ruled(cells.assign(less=""), largest)
    few = cells["people"].lt(FEW) & cells["people"].gt(0)
    return cells.assign(room=(P / 100 * cells["n"]).where(few, 0.0))


def _ruled(cells: pd.DataFrame, largest: pd.DataFrame) -> pd.DataFrame:
    """Cells (KEY, side, less, tier, n) with what the rules ask, by child and by provider."""
    if cells.empty:
        return cells.assign(needs=0.0, first=0.0, alone=False)
    keys = [*KEY, "side", "less"]
    found = cells[[*keys, "cell_id", "tier", "n"]].merge(largest, on=keys)
    # What each provider is paid is for the restricted tier to see; a child's price is for nobody.
    found = found[~(found["tier"].eq(Tier.RESTRICTED.value) & found["who"].eq("provider"))]
    found["needs"] = needs(found["n"], found["first"], found["second"])
    found["alone"] = found["contributors"].eq(1)
    by = found.groupby("cell_id")[["needs", "first", "alone"]].max()
    cells = cells.join(by.astype({"alone": float}), on="cell_id")
    cells = cells.fillna({"needs": 0.0, "first": 0.0, "alone": 0.0})
    return cells.astype({"needs": float, "first": float, "alone": bool})


def _rests(
    cells: pd.DataFrame, rows: pd.DataFrame, metrics: Mapping[str, Metric], largest: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is left of a sum without another that is part of it: nowhere shown, but to be had."""
    pairs = nested(rows, {m: x.part_of for m, x in metrics.items() if x.in_pounds})
    n = cells[cells["side"] == "numerator"].set_index("row")
    pairs = pairs[pairs["part"].isin(n.index) & pairs["whole"].isin(n.index)]
    part, whole = n.loc[pairs["part"]], n.loc[pairs["whole"]]
    left = whole["n"].to_numpy() - part["n"].to_numpy()
    names = "rest of " + whole["cell_id"].to_numpy(dtype=object) + " less " + part["metric_id"]
    rests = whole.assign(
        cell_id=names.to_numpy(), n=left, less=part["metric_id"].to_numpy(),
        part=part["cell_id"].to_numpy(), whole=whole["cell_id"],
    )  # fmt: skip
    rests = rests[rests["n"] > 0].drop(columns=["needs", "first", "alone"]).reset_index(drop=True)
    judged = _ruled(rests, largest)
    ties = [
        pd.DataFrame({"identity_id": rests["cell_id"], "cell_id": rests[c], "coef": coef})
        for c, coef in (("whole", 1.0), ("part", -1.0), ("cell_id", -1.0))
    ]
    judged = judged.assign(row=-1, hidden=True, fixed=False, weight=1.0, room=0.0)
    return judged[[c for c in cells if c in judged]], pd.concat(ties, ignore_index=True)


def _sums(cells: pd.DataFrame, links: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Identities that the sums bear out, and cells for what parts miss of their whole."""
    gaps, ties = [], []
    for side in SIDES:
        n = cells[cells["side"] == side].set_index("row")["n"]
        mine = links[links["part"].isin(n.index) & links["whole"].isin(n.index)]
        parts = mine.assign(n=n.reindex(mine["part"]).to_numpy())
        sums = parts.groupby("identity").agg(parts=("n", "sum"), whole=("whole", "first"))
        whole = n.reindex(sums["whole"]).to_numpy()
        sums = sums.assign(gap=whole - sums["parts"])
        sums = sums[(sums["gap"].abs() <= NEARLY * whole).to_numpy()]
        mine = mine[mine["identity"].isin(sums.index)]
        name = f"{side} "
        gap = sums[sums["gap"] != 0]
        missing = f"missing of {side} " + gap.index.astype(str)
        gaps.append(pd.DataFrame({
            "cell_id": missing, "row": -1, "side": side, "n": gap["gap"].abs().to_numpy(),
            "hidden": False, "fixed": True, "weight": 1.0, "alone": False,
        }))  # fmt: skip
        ties += [
            pd.DataFrame({"identity_id": name + mine["identity"],
                          "cell_id": name + mine["part"].astype(str), "coef": 1.0}),
            pd.DataFrame({"identity_id": name + sums.index.astype(str),
                          "cell_id": name + sums["whole"].astype(str), "coef": -1.0}),
            pd.DataFrame({"identity_id": name + gap.index.astype(str), "cell_id": missing,
                          "coef": np.sign(gap["gap"].to_numpy())}),
        ]  # fmt: skip
    return pd.concat(gaps, ignore_index=True), pd.concat(ties, ignore_index=True)


def _same(cells: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The same pounds in two places: equal to the penny, and not one measure's of two years."""
    large = cells[cells["exact"] >= TOLD].assign(pence=lambda c: (c["exact"] * 100).round())
    large = large.sort_values(["pence", "cell_id"])
    first = large.groupby("pence")[["cell_id", "metric_id", "side", "period_start"]].transform(
        "first"
    )
    other = large["cell_id"].ne(first["cell_id"])
    repeated = large["metric_id"].eq(first["metric_id"]) & large["side"].eq(first["side"])
    repeated &= large["period_start"].ne(first["period_start"])
    pair = other & ~repeated
    name = "same as " + large.loc[pair, "cell_id"]
    return pd.concat([
        pd.DataFrame({"identity_id": name, "cell_id": large.loc[pair, "cell_id"], "coef": 1.0}),
        pd.DataFrame({"identity_id": name, "cell_id": first.loc[pair, "cell_id"], "coef": -1.0}),
    ], ignore_index=True)  # fmt: skip
