"""Full is full: children are placed while places last, and the rest go where such children go.

Places are filled in rounds. In each, every child without a place asks at a site with room, in the
proportions in which children of that home went to those sites; where more ask than there is room,
each home gets the same share of what it asked for. A child whose sites are all full overflows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.methods._checks import Floats

NONE_LEFT = 1e-9
"""Children or places; less is rounding."""


@dataclass(frozen=True)
class Placed:
    """Children by future (or any leading axes): at each site by home, and without a place."""

    at: Floats
    """`(..., home, site)`."""
    over: Floats
    """`(..., home)`."""


def place_children(need: Floats, places: Floats, goes: Floats) -> Placed:
    """Fill sites until they are full.

    `need`: children `(..., home)`; `places`: `(..., site)`, the leading axes alike or broadcast;
    `goes`: `(home, site)`, where children of a home go while there is room, in any proportions; a
    0 is a site they never go to. Every child is either placed or over. Raises ValueError for
    negative numbers or shapes that don't fit.
    """
    _check(need, places, goes)
    left = need.astype(float).copy()
    room = np.broadcast_to(places.astype(float), (*need.shape[:-1], places.shape[-1])).copy()
    at = np.zeros((*need.shape, places.shape[-1]))
    for _ in range(places.shape[-1]):
        wanted = goes * (room > NONE_LEFT)[..., None, :]
        total = wanted.sum(axis=-1, keepdims=True)
        asks = left[..., None] * np.divide(wanted, total, out=np.zeros_like(wanted),
                                           where=total > 0)  # fmt: skip
        asked = asks.sum(axis=-2)
        share = np.minimum(1.0, np.divide(room, asked, out=np.ones_like(room), where=asked > 0))
        given = asks * share[..., None, :]
        at += given
        left = np.maximum(left - given.sum(axis=-1), 0.0)
        room = np.maximum(room - given.sum(axis=-2), 0.0)
    return Placed(at, left)


def _check(need: Floats, places: Floats, goes: Floats) -> None:
    if goes.shape != (need.shape[-1], places.shape[-1]):
        raise ValueError(
            f"goes has shape {goes.shape}; a row for each of {need.shape[-1]} homes and a column"
            f" for each of {places.shape[-1]} sites is needed"
        )
    for name, table in (("need", need), ("places", places), ("goes", goes)):
        if not (np.isfinite(table).all() and (table >= 0).all()):
            raise ValueError(f"{name} holds a negative or missing number; give 0 or more")


def pooled_shares(counts: Floats, strength: float = 10.0) -> Floats:
    """Shares of each row, drawn towards those of all rows together.

    `strength` is how many children the common shares count for (a Dirichlet prior centred on
    them): a row of few children says little by itself, and one of none takes the common shares.
    Raises ValueError where nothing was counted at all.
    """
    total = counts.sum()
    if not total > 0:
        raise ValueError("no child was counted; shares can't be estimated")
    common = counts.sum(axis=0) / total
    shares: Floats = (counts + strength * common) / (counts.sum(axis=1, keepdims=True) + strength)
    return shares
