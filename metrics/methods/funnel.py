"""Funnel plots: which units differ from the whole by more than chance.

Spiegelhalter 2005, Stat Med 24:1185; transformations and overdispersion as the R package
FunnelPlotR 0.6.0 has them, except that a unit is flagged only where the exact tail probability
agrees: the transformations alone would flag every small unit with no events.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from metrics.methods._checks import Bools, Floats, counts, not_empty, refuse, same_shape, z_of

Kind = Literal["proportion", "rate", "ratio"]
Overdispersion = Literal["none", "additive", "multiplicative"]
_KINDS = ("proportion", "rate", "ratio")
_ADJUSTMENTS = ("none", "additive", "multiplicative")

FEW = 10  # with fewer units the spread between them can't be estimated
LEVELS = {"95": 0.95, "998": 0.998}
TRIM = 0.1


@dataclass(frozen=True)
class Funnel:
    """A funnel plot.

    Arrays have one entry per unit, NaN where its denominator is 0 or unknown. `target`: the centre
    line. `value`: numerator over denominator. `z`: score before, `z_adjusted` after adjustment.
    `phi`: mean squared (trimmed) score, above 1 where units differ by more than chance. `tau2`:
    estimated variance between units on the transformed scale, used if additive. `limits`: frame
    lower_95, upper_95, lower_998, upper_998. `outside_95`, `outside_998`: whether beyond them.
    `overdispersion`: the adjustment applied. `few`: too few units to estimate one. `note`: what to
    say of it, in words.
    """

    kind: Kind
    target: float
    value: Floats
    z: Floats
    z_adjusted: Floats
    phi: float
    tau2: float
    limits: pd.DataFrame
    outside_95: Bools
    outside_998: Bools
    overdispersion: Overdispersion
    few: bool
    note: str

    def curve(
        self, denominators: ArrayLike, overdispersion: Overdispersion | None = None
    ) -> pd.DataFrame:
        """Limits for drawing: frame denominator and the columns of `limits`, one row each.

        `overdispersion`: another adjustment than the one applied, to draw both.
        """
        n = counts(denominators, "denominators")
        spread = _spread(self.kind, self.target * n, n)
        way = overdispersion or self.overdispersion
        frame = _limits(self.kind, self.target, n, spread, way, self.phi, self.tau2)
        frame.insert(0, "denominator", n)
        return frame


def funnel(
    numerator: ArrayLike,
    denominator: ArrayLike,
    kind: Kind = "proportion",
    overdispersion: Overdispersion = "none",
) -> Funnel:
    """Funnel plot of units around their common value (1 for ratios).

    `proportion`: x of n people (arcsine). `rate`: count over a count (log, half added).
    `ratio`: observed over expected (log; exact Poisson limits without adjustment).
    `additive` adds a variance between units; `multiplicative` widens limits by sqrt(phi).
    Fewer than 10 units are never adjusted. Raises ValueError for no units, unequal lengths,
    negative counts, a proportion above 1, or an unknown kind.
    """
    _check(kind, overdispersion)
    x, n = counts(numerator, "numerator"), counts(denominator, "denominator")
    same_shape(numerator=x, denominator=n)
    not_empty(x, "numerator")
    if kind == "proportion":
        refuse(x > n, x, "numerator is more than denominator", "check the denominator")
    x, n = np.where(n > 0, x, np.nan), np.where((n > 0) & ~np.isnan(x), n, np.nan)
    return _funnel(x, n, kind, overdispersion)


def _check(kind: str, overdispersion: str) -> None:
    if kind not in _KINDS:
        raise ValueError(f"kind is {kind!r}; use one of {', '.join(_KINDS)}")
    if overdispersion not in _ADJUSTMENTS:
        raise ValueError(
            f"overdispersion is {overdispersion!r}; use one of {', '.join(_ADJUSTMENTS)}"
        )


def _funnel(x: Floats, n: Floats, kind: Kind, asked: Overdispersion) -> Funnel:
    target = _target(x, n, kind)
    z, spread = _scores(kind, x, n, target)
    phi, tau2 = _dispersion(z, spread, drop=kind == "ratio")
    units = int(np.sum(~np.isnan(n)))
    few = units < FEW
    applied: Overdispersion = "none" if few else asked
    adjusted = z * spread / _width(spread, applied, phi, tau2)
    outside = {name: np.abs(adjusted) > z_of(level) for name, level in LEVELS.items()}
    tails = _tail(kind, x, n, target)
    flags = {name: outside[name] & (tails < (1 - level) / 2) for name, level in LEVELS.items()}
    limits = _limits(kind, target, n, spread, applied, phi, tau2)
    note = _note(units, phi, asked, few)
    return Funnel(
        kind, target, x / n, z, adjusted, phi, tau2, limits,
        flags["95"], flags["998"], applied, few, note,
    )  # fmt: skip


def _target(x: Floats, n: Floats, kind: str) -> float:
    if kind == "ratio":
        return 1.0
    total = np.nansum(n)
    return float(np.nansum(x) / total) if total else float("nan")


def _scores(kind: str, x: Floats, n: Floats, target: float) -> tuple[Floats, Floats]:
    """Scores and standard errors on the transformed scale."""
    spread = _spread(kind, x, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (_transformed(kind, x, n) - _centre(kind, target)) / spread, spread


def _transformed(kind: str, x: Floats, n: Floats) -> Floats:
    if kind == "proportion":
        return np.arcsin(np.sqrt(x / n))
    if kind == "rate":
        return np.log((x + 0.5) / (n + 0.5))
    return np.log(np.where(x == 0, 0.5, x) / n)  # no log of 0: half an event stands for none


def _centre(kind: str, target: float) -> float:
    if kind == "proportion":
        return float(np.arcsin(np.sqrt(target)))
    return float(np.log(target)) if target > 0 else float("nan")


def _spread(kind: str, x: Floats, n: Floats) -> Floats:
    """Standard error of the transformed value."""
    with np.errstate(divide="ignore"):
        if kind == "proportion":
            return 1 / (2 * np.sqrt(n))
        if kind == "ratio":
            return 1 / np.sqrt(n)
        some = np.where(x == 0, 0.5, x)  # none at all would claim no uncertainty
        return np.sqrt(some / (some + 0.5) ** 2 + n / (n + 0.5) ** 2)


def _dispersion(z: Floats, spread: Floats, drop: bool) -> tuple[float, float]:
    """Phi and tau squared of trimmed scores: pulled in by 10 %, or (SHMI) left out."""
    there = np.isfinite(z)
    z, weight = z[there], 1 / spread[there] ** 2
    if drop:
        z, weight = _without_extremes(z, weight)
    elif z.size:
        z = np.clip(z, *np.quantile(z, [TRIM, 1 - TRIM]))
    if z.size < 2:
        return float("nan"), 0.0
    phi = float(np.mean(z**2))
    excess = z.size * phi - (z.size - 1)
    return phi, max(0.0, float(excess / (weight.sum() - (weight**2).sum() / weight.sum())))


def _without_extremes(z: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """SHMI: leave out the lowest and highest tenth by rank."""
    from scipy.stats import rankdata

    tenth = np.floor(rankdata(z) * 10 / (z.size + 1))
    keep = (tenth > 0) & (tenth < 9)
    return z[keep], weight[keep]


def _width(spread: Floats, applied: str, phi: float, tau2: float) -> Floats:
    if applied == "multiplicative":
        return spread * np.sqrt(max(1.0, phi))
    return np.sqrt(spread**2 + (tau2 if applied == "additive" else 0.0))


def _limits(
    kind: str, target: float, n: Floats, spread: Floats, applied: str, phi: float, tau2: float
) -> pd.DataFrame:
    width = _width(spread, applied, phi, tau2)
    columns: dict[str, Floats] = {}
    for name, level in LEVELS.items():
        pair = (
            _exact(n, level)
            if kind == "ratio" and applied == "none"
            else _back(kind, _centre(kind, target), z_of(level) * width)
        )
        columns |= {f"lower_{name}": pair[0], f"upper_{name}": pair[1]}
    return pd.DataFrame(columns)


def _exact(expected: Floats, level: float) -> tuple[Floats, Floats]:
    """Exact Poisson limits of observed over expected."""
    from scipy.special import gammaincinv

    with np.errstate(divide="ignore", invalid="ignore"):
        tail = (1 - level) / 2
        lower, upper = gammaincinv(expected, tail), gammaincinv(expected + 1, 1 - tail)
        return lower / expected, upper / expected


def _back(kind: str, centre: float, half: Floats) -> tuple[Floats, Floats]:
    """Limits on the scale people read; an arcsine stays within its quarter turn."""
    if kind != "proportion":
        return np.exp(centre - half), np.exp(centre + half)
    low, high = np.clip(centre - half, 0, None), np.clip(centre + half, None, np.pi / 2)
    return np.sin(low) ** 2, np.sin(high) ** 2


def _tail(kind: str, x: Floats, n: Floats, target: float) -> Floats:
    """Exact probability of a count at least as far out, on its own side of the target."""
    from scipy import stats

    law = stats.binom(n, target) if kind == "proportion" else stats.poisson(target * n)
    tail: Floats = np.fmin(law.cdf(x), law.sf(x - 1))
    return tail


def _note(units: int, phi: float, asked: str, few: bool) -> str:
    if few:
        return f"{units} units: too few to estimate how much they differ; limits are not adjusted"
    if not phi > 1:
        return "Units differ by no more than chance"
    spread = f"units differ by more than chance (phi {phi:.2f})"
    adjusted = "not adjusted for" if asked == "none" else f"adjusted for ({asked})"
    return f"{spread[0].upper()}{spread[1:]}; {adjusted} in the limits"
