"""Published figures as the cells and identities of one of their counts, for the engine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from publish.nested import small_rests

WEIGHTS = {"borough": 1000.0, "locality": 60.0, "ward": 6.0}
"""What hiding a figure costs its readers; a category of the borough's costs 20, a body 2."""

LAST = 3
"""Given up last of what counts as known: what parts lack of their whole."""


@dataclass(frozen=True)
class Ties:
    """What anyone can add up or subtract among rows, by their positions.

    `links` are parts and wholes (`part, whole, identity`), `pairs` nested figures (`part, whole`);
    the count of row `one[i]` is the base of row `other[i]`.
    """

    links: pd.DataFrame
    pairs: pd.DataFrame
    one: np.ndarray
    other: np.ndarray


@dataclass(frozen=True)
class Table:
    """One count of the rows at `place`, as cells and identities of `publish.disclosure`.

    The first cells are those rows', in that order. The last `rest_of` of them are rests of nested
    figures, each of the row named; those between are what parts lack of their whole.
    """

    place: np.ndarray
    cells: pd.DataFrame
    identities: pd.DataFrame
    rest_of: np.ndarray


def table_of(rows: pd.DataFrame, ties: Ties, n: pd.Series, most: pd.Series | None) -> Table | None:
    """The table of one count `n` with the most each can be; None where no row has that count.

    `rows` has area_kind, breakdown, numerator and threshold, and of each row so far: `secret`,
    `hidden`, `safe`, `level` and `told` (see `publish.protect`).
    """
    level, told = rows["level"].to_numpy(), rows["told"].to_numpy()
    unknown = rows["hidden"].to_numpy() & ~told
    at = np.flatnonzero(n.notna())
    if not len(at):
        return None
    cells = pd.DataFrame({
        "cell_id": at,
        "n": n.to_numpy()[at].round(),
        "weight": weights(rows)[at],
        "threshold": rows["threshold"].to_numpy()[at],
        "sensitive": (rows["secret"].to_numpy() & ~told)[at] & (n.to_numpy()[at] > 0),
        "hidden": unknown[at],
        "safe": rows["safe"].to_numpy()[at],
        "fixed": ((level > 0) & ~unknown)[at],
        "loose": np.where(told, 0, level)[at],
        "told": told[at],
        "most": np.inf if most is None else most.to_numpy()[at],
    })  # fmt: skip
    known = n.notna().to_numpy()
    pairs = ties.pairs[known[ties.pairs["part"]] & known[ties.pairs["whole"]]]
    rests, ends = small_rests(pairs, n.round(), rows["threshold"])
    whole, identities = _with_rests(
        *_with_remainders(cells, ties.links), rests, ends, bool(rows["safe"].any())
    )
    part = ends.loc[ends["coef"] < 0, "cell_id"].to_numpy()
    return Table(at, whole, identities, part)


def weights(rows: pd.DataFrame) -> np.ndarray:
    """What hiding each row would cost its readers."""
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
