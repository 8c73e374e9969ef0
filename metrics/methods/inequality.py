"""Whether support reaches those who need it: concentration and slope indices.

Areas (or children) are ranked from the most deprived; those equally deprived share the mean rank.
Need-standardise use of a service before calling its distribution inequitable.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from metrics.methods._checks import Floats, bootstrap, known, level, not_empty, refuse, same_shape

Side = Literal["high", "low"]
Transform = Literal["none", "log", "logit"]
DRAWS, SEED = 1000, 2026


@dataclass(frozen=True)
class Index:
    """An index with its percentile bootstrap (or simulation) limits and the draws they rest on."""

    value: float
    lower: float
    upper: float
    draws: int
    confidence: float = 0.95

    def __float__(self) -> float:
        return self.value


@dataclass(frozen=True)
class Slope:
    """Slope index (difference from the most to the least deprived end) and relative index."""

    sii: Index
    rii: Index


def fractional_rank(
    deprivation: ArrayLike, weight: ArrayLike | None = None, most_deprived: Side = "high"
) -> Floats:
    """Weighted mid-point rank on 0-1 from the most deprived; ties share the mean rank.

    `deprivation`: one dimension; `most_deprived` says whether high values (scores) or low ones
    (ranks, deciles) are the most deprived. Raises ValueError for missing values, weights not above
    0, no values or unequal lengths.
    """
    deprivation, weight = _checked(deprivation, weight)
    order = -deprivation if most_deprived == "high" else deprivation
    _, place = np.unique(order, return_inverse=True)
    size = np.bincount(place, weights=weight)
    middle = np.cumsum(size) - size / 2
    rank: Floats = middle[place] / weight.sum()
    return rank


def concentration_index(
    outcome: ArrayLike,
    deprivation: ArrayLike,
    weight: ArrayLike | None = None,
    *,
    most_deprived: Side = "high",
    draws: int = DRAWS,
    seed: int = SEED,
    confidence: float = 0.95,
) -> Index:
    """Concentration index, -1 to 1: below 0 where the outcome falls on the more deprived.

    `outcome`: amount per head by area (0 or more); `deprivation`, `weight` (people; 1 each unless
    given): as `fractional_rank`. NaN where the mean outcome is 0. Limits: bootstrap of areas with a
    fixed seed (`draws` 0: none). Raises ValueError as `fractional_rank`.
    Source: Kakwani, Wagstaff and van Doorslaer 1997, J Econometrics 77:87.
    """
    arrays = _triple(outcome, deprivation, weight)
    return _with_limits(_concentration, arrays, most_deprived, draws, seed, confidence)


def erreygers(
    outcome: ArrayLike,
    deprivation: ArrayLike,
    weight: ArrayLike | None = None,
    *,
    bounds: tuple[float, float] = (0.0, 1.0),
    most_deprived: Side = "high",
    draws: int = DRAWS,
    seed: int = SEED,
    confidence: float = 0.95,
) -> Index:
    """Erreygers' corrected concentration index of an outcome within bounds (shares: 0-1).

    4 x mean x C / (b - a): unlike C it doesn't depend on whether the outcome or its absence is
    counted, save for the sign. Other arguments and errors as `concentration_index`; also refuses
    outcomes outside the bounds. Source: Erreygers 2009, J Health Econ 28:504.
    """
    arrays = _triple(outcome, deprivation, weight)
    low, high = bounds
    outside = (arrays[0] < low) | (arrays[0] > high)
    refuse(outside, arrays[0], f"outcome lies outside {low:g}-{high:g}", "give its bounds")

    def corrected(h: Floats, rank: Floats, w: Floats) -> float:
        return 4 * _covariance2(h, rank, w) / (high - low)

    return _with_limits(corrected, arrays, most_deprived, draws, seed, confidence)


def slope_index(
    outcome: ArrayLike,
    deprivation: ArrayLike,
    weight: ArrayLike | None = None,
    *,
    se: ArrayLike | None = None,
    multiplier: float = 1.0,
    transform: Transform = "none",
    most_deprived: Side = "high",
    draws: int | None = None,
    seed: int = SEED,
    confidence: float = 0.95,
) -> Slope:
    """Slope and relative index of inequality of 5 to 100 groups.

    Weighted least squares of the outcome on the rank of `fractional_rank`: `sii` is the difference
    of the least from the most deprived end times the multiplier, `rii` their ratio (turned over for
    a negative multiplier). `transform`: fit logs (rates) or logits (shares). Limits: 100,000
    simulations from the groups' standard errors `se` where given (on the outcome's own scale), else
    bootstrap of groups; both with a fixed seed.
    Raises ValueError as `fractional_rank`, and for fewer than 5 or more than 100 groups.
    Source: OHID `phe_sii`; Low and Low 2004, J Public Health 26:195.
    """
    y, ranked, w = _triple(outcome, deprivation, weight)
    if not 5 <= y.size <= 100:
        raise ValueError(f"{y.size} groups: the slope index needs 5 to 100, such as tenths")
    forward, back = _TRANSFORMS[transform]
    fitted = known(forward(y), f"{transform} of outcome")
    size = draws if draws is not None else DRAWS if se is None else 100_000
    rows, drawn = _draw(fitted, _slope_se(y, se, transform), size, seed)
    rank = fractional_rank(ranked, w, most_deprived)
    estimate = _ends(fitted[None, :], rank[None, :], w[None, :])
    if se is None:
        ranks = np.array([fractional_rank(ranked[r], w[r], most_deprived) for r in rows])
        spread = _ends(drawn, ranks.reshape(drawn.shape), w[rows])
    else:
        spread = _ends(drawn, np.broadcast_to(rank, drawn.shape), np.broadcast_to(w, drawn.shape))
    return _slope(estimate, spread, back, multiplier, confidence)


_TRANSFORMS: dict[str, tuple[Callable[[Floats], Floats], Callable[[Floats], Floats]]] = {
    "none": (lambda y: y, lambda y: y),
    "log": (lambda y: np.log(np.where(y > 0, y, np.nan)), np.exp),
    "logit": (
        lambda y: np.log(np.where((y > 0) & (y < 1), y / np.where(y < 1, 1 - y, 1), np.nan)),
        lambda y: 1 / (1 + np.exp(-y)),
    ),
}


def _slope_se(y: Floats, se: ArrayLike | None, transform: str) -> Floats | None:
    """Standard errors on the fitted scale, by the delta method."""
    if se is None:
        return None
    se = known(se, "se")
    same_shape(outcome=y, se=se)
    return se / {"none": np.ones_like(y), "log": y, "logit": y * (1 - y)}[transform]


def _draw(fitted: Floats, se: Floats | None, size: int, seed: int) -> tuple[np.ndarray, Floats]:
    rng = np.random.default_rng(seed)
    rows = (
        rng.integers(0, fitted.size, (size, fitted.size)) if se is None else np.empty((0, 0), int)
    )
    return rows, fitted[rows] if se is None else rng.normal(fitted, se, (size, fitted.size))


def _ends(y: Floats, rank: Floats, w: Floats) -> tuple[Floats, Floats]:
    """Fitted values at ranks 0 and 1, one for each row."""
    share = w / w.sum(axis=1, keepdims=True)
    mean_y, mean_r = (np.sum(share * a, axis=1, keepdims=True) for a in (y, rank))
    across = np.sum(share * (rank - mean_r) ** 2, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.sum(share * (rank - mean_r) * (y - mean_y), axis=1) / across
    start = mean_y[:, 0] - slope * mean_r[:, 0]
    return start, start + slope


def _slope(
    estimate: tuple[Floats, Floats],
    spread: tuple[Floats, Floats],
    back: Callable[[Floats], Floats],
    multiplier: float,
    confidence: float,
) -> Slope:
    def both(ends: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
        first, last = back(ends[0]), back(ends[1])
        with np.errstate(divide="ignore", invalid="ignore"):
            return (last - first) * multiplier, (last / first if multiplier > 0 else first / last)

    pairs = zip(both(estimate), both(spread), strict=True)
    sii, rii = (_index(float(value[0]), drawn, confidence) for value, drawn in pairs)
    return Slope(sii, rii)


def _index(value: float, drawn: Floats, confidence: float) -> Index:
    tail = (1 - level(confidence)) / 2
    known_draws = drawn[np.isfinite(drawn)]
    if not known_draws.size:
        return Index(value, float("nan"), float("nan"), 0, confidence)
    lower, upper = np.quantile(known_draws, [tail, 1 - tail])
    return Index(value, float(lower), float(upper), int(known_draws.size), confidence)


def _checked(values: ArrayLike, weight: ArrayLike | None) -> tuple[Floats, Floats]:
    values = known(values, "deprivation")
    not_empty(values, "deprivation")
    weight = np.ones(values.shape) if weight is None else known(weight, "weight")
    same_shape(deprivation=values, weight=weight)
    refuse(weight <= 0, weight, "weight must be above 0", "leave out areas where nobody lives")
    return values, weight


def _triple(
    outcome: ArrayLike, deprivation: ArrayLike, weight: ArrayLike | None
) -> tuple[Floats, Floats, Floats]:
    outcome = known(outcome, "outcome")
    deprivation, weight = _checked(deprivation, weight)
    same_shape(outcome=outcome, deprivation=deprivation)
    return outcome, deprivation, weight


def _covariance2(outcome: Floats, rank: Floats, weight: Floats) -> float:
    """Twice the weighted covariance of outcome and rank."""
    share = weight / weight.sum()
    return float(2 * np.sum(share * (outcome - np.sum(share * outcome)) * (rank - 0.5)))


def _concentration(outcome: Floats, rank: Floats, weight: Floats) -> float:
    mean = float(np.average(outcome, weights=weight))
    return _covariance2(outcome, rank, weight) / mean if mean != 0 else float("nan")


def _with_limits(
    statistic: Callable[[Floats, Floats, Floats], float],
    arrays: tuple[Floats, Floats, Floats],
    most_deprived: Side,
    draws: int,
    seed: int,
    confidence: float,
) -> Index:
    def of(rows: np.ndarray) -> float:
        outcome, deprivation, weight = (array[rows] for array in arrays)
        return statistic(outcome, fractional_rank(deprivation, weight, most_deprived), weight)

    size = arrays[0].size
    drawn = bootstrap(of, size, draws=draws, seed=seed)
    return _index(of(np.arange(size)), drawn, confidence)
