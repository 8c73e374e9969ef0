"""Intervals for proportions, rates and means, as public-health indicators use them.

Formulae as in OHID Fingertips (R package PHEindicatormethods 2.1.0). Every function works
element by element on arrays and returns an `Interval`. An unknown count (NaN) or an empty
denominator gives NaN throughout: a figure that can't be had is never a zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from metrics.methods._checks import Floats, counts, floats, level, refuse, same_shape, z_of

MIN_EVENTS = 10
"""Below this many events limits are exact, and a directly standardised rate isn't given."""


@dataclass(frozen=True)
class Interval:
    """Values with their limits: three arrays of one shape, the method and the confidence level."""

    value: Floats
    lower: Floats
    upper: Floats
    method: str
    confidence: float = 0.95


def wilson(x: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Interval:
    """Proportion x of n with Wilson's score interval.

    `x`, `n`: arrays of one shape (or that broadcast). Result on 0-1; NaN where n is 0 or unknown.
    Raises ValueError for negative counts, x > n, or a confidence outside 0-1.
    Source: Wilson 1927, J Am Stat Assoc 22:209.
    """
    x, n = np.broadcast_arrays(counts(x, "x"), counts(n, "n"))
    refuse(x > n, x, "x is more than n", "a part can't exceed its whole: check the denominator")
    z = z_of(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = x / n
        middle, spread = 2 * x + z**2, z * np.sqrt(z**2 + 4 * x * (1 - p))
        lower, upper = ((middle + s * spread) / (2 * (n + z**2)) for s in (-1, 1))
    return Interval(p, np.clip(lower, 0, p), np.clip(upper, p, 1), "Wilson", confidence)


def poisson_limits(x: ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Limits of a Poisson count: exact below 10 events, Byar's approximation from 10.

    `x`: array of counts. Returns (lower, upper) of the same shape; NaN stays NaN.
    Raises ValueError for negative counts. Source: Breslow and Day 1987, p 69.
    """
    from scipy.special import gammaincinv

    x = counts(x, "x")
    z, tail = z_of(confidence), (1 - level(confidence)) / 2
    few = np.where(x < MIN_EVENTS, x, np.nan)
    lower, upper = gammaincinv(few, tail), gammaincinv(few + 1, 1 - tail)
    big = np.where(x >= MIN_EVENTS, x, np.nan)
    lower = np.where(x >= MIN_EVENTS, _byar(big, -z), np.where(x == 0, 0.0, lower))
    return lower, np.where(x >= MIN_EVENTS, _byar(big + 1, z), upper)


def _byar(x: Floats, z: float) -> Floats:
    return x * (1 - 1 / (9 * x) + z / (3 * np.sqrt(x))) ** 3


def poisson_rate(
    x: ArrayLike, exposure: ArrayLike, multiplier: float = 1.0, confidence: float = 0.95
) -> Interval:
    """Rate of x events in an exposure (people, sessions, child-years), times the multiplier.

    Arrays that broadcast. NaN where the exposure is 0 or unknown.
    Raises ValueError for negative counts or exposure. Limits: `poisson_limits`.
    """
    x, exposure = np.broadcast_arrays(counts(x, "x"), counts(exposure, "exposure"))
    lower, upper = poisson_limits(x, confidence)
    per = multiplier / np.where(exposure > 0, exposure, np.nan)
    return Interval(x * per, lower * per, upper * per, "Poisson exact/Byar", confidence)


def mean_interval(values: ArrayLike, confidence: float = 0.95) -> Interval:
    """Mean along the last axis with Student's t limits.

    Unknown values (NaN) are left out; fewer than two known values give no limits, none gives no
    mean. Raises ValueError for a bad confidence level or text.
    """
    values = floats(values, "values")
    n = np.sum(~np.isnan(values), axis=-1)
    total = np.nansum(values, axis=-1)
    mean = np.divide(total, n, out=np.full(np.shape(n), np.nan), where=n > 0)
    squares = np.nansum((values - np.expand_dims(mean, -1)) ** 2, axis=-1)
    return mean_of(mean, np.sqrt(squares / np.where(n > 1, n - 1, np.nan)), n, confidence)


def mean_of(mean: ArrayLike, sd: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Interval:
    """Student's t limits from means, sample standard deviations (n - 1) and numbers of values.

    Arrays that broadcast. No limits where n < 2. Raises ValueError for negative sd or n.
    """
    from scipy.special import stdtrit

    mean, sd, n = np.broadcast_arrays(floats(mean, "mean"), counts(sd, "sd"), counts(n, "n"))
    several = np.where(n > 1, n, np.nan)
    half = stdtrit(several - 1, (1 + level(confidence)) / 2) * sd / np.sqrt(several)
    return Interval(mean, mean - half, mean + half, "t", confidence)


def quantile_ranks(
    n: ArrayLike, quantile: float = 0.5, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Ranks (from 1) of the ordered values that bound a quantile with at least that confidence.

    `n`: array of numbers of values. NaN where so few values can't bound it on that side.
    Raises ValueError for a quantile outside 0-1. Source: Conover 1999, binomial order statistics.
    """
    if not 0 < quantile < 1:
        raise ValueError(f"quantile is {quantile}; give a share between 0 and 1, such as 0.5")
    n, tail = counts(n, "n"), (1 - level(confidence)) / 2
    sizes, place = np.unique(n, return_inverse=True)  # the slow part, once for each size
    lower = _binomial_quantile(tail, sizes, quantile)[place].reshape(n.shape)
    upper = _binomial_quantile(1 - tail, sizes, quantile)[place].reshape(n.shape) + 1
    return np.where(lower >= 1, lower, np.nan), np.where(upper <= n, upper, np.nan)


def _binomial_quantile(share: float, n: Floats, p: float) -> Floats:
    """Smallest k of a binomial of n trials with at least that share at or below it."""
    from scipy.special import bdtr, bdtrik  # scipy.stats takes far longer to import

    with np.errstate(invalid="ignore"):
        k = np.ceil(bdtrik(share, n, p))
        below = np.maximum(k - 1, 0)
        return np.where(bdtr(below, np.nan_to_num(n).astype(int), p) >= share, below, k)


def quantile_interval(
    values: ArrayLike, quantile: float = 0.5, confidence: float = 0.95
) -> Interval:
    """A quantile (linear between neighbours) with limits that are values of the series itself.

    `values`: one dimension; NaN left out; none gives NaN. Raises as `quantile_ranks`.
    """
    ordered = np.sort(floats(values, "values").ravel())
    ordered = ordered[~np.isnan(ordered)]
    ranks = quantile_ranks(ordered.size, quantile, confidence)
    lower, upper = (np.nan if np.isnan(r) else ordered[int(r) - 1] for r in ranks)
    value = np.quantile(ordered, quantile) if ordered.size else np.nan
    return Interval(
        np.asarray(value), np.asarray(lower), np.asarray(upper), "order statistics", confidence
    )


def dsr(
    x: ArrayLike,
    n: ArrayLike,
    weights: ArrayLike,
    multiplier: float = 1.0,
    confidence: float = 0.95,
    *,
    event_frequencies: Mapping[int, Any] | ArrayLike | None = None,
) -> Interval:
    """Directly standardised rate with Dobson's limits; NaN below 10 events in all.

    `x` events, `n` people, `weights` standard population: strata along the last axis.
    `event_frequencies`: for events that repeat in one person (suspensions), the people with 1, 2,
    3 ... events: a mapping of that number to people by stratum, or an array (frequency, stratum)
    whose first row is once. Their variance replaces the Poisson one, which would be too narrow.
    Raises ValueError if n or weights aren't above 0, or the frequencies don't add up to x.
    Source: Dobson 1991, Stat Med 10:457; OHID `calculate_dsr`, `independent_events = FALSE`.
    """
    x, n, weights = (counts(a, b) for a, b in ((x, "x"), (n, "n"), (weights, "weights")))
    refuse(n <= 0, n, "n must be above 0 in each stratum", "merge strata that hold nobody")
    refuse(weights <= 0, weights, "weights must be above 0", "drop strata of no weight")
    share = weights / weights.sum(axis=-1, keepdims=True)
    spread = _frequency_counts(event_frequencies, x)
    variance = np.sum(share**2 * spread / n**2, axis=-1)
    total = x.sum(axis=-1)
    enough = np.where(total >= MIN_EVENTS, total, np.nan)
    value = np.sum(share * x / n, axis=-1) + 0 * enough
    lower, upper = (
        value + np.sqrt(variance / enough) * (limit - total)
        for limit in poisson_limits(enough, confidence)
    )
    return Interval(
        value * multiplier, lower * multiplier, upper * multiplier, "Dobson", confidence
    )


def _frequency_counts(frequencies: Mapping[int, Any] | ArrayLike | None, x: Floats) -> Floats:
    """Sum of frequency squared times people: the variance of the events of each stratum."""
    if frequencies is None:
        return x
    if not isinstance(frequencies, Mapping):
        frequencies = dict(enumerate(np.asarray(frequencies, dtype=float), start=1))
    people = {f: counts(p, f"event_frequencies[{f}]") for f, p in frequencies.items()}
    events: Floats = np.sum([f * p for f, p in people.items()], axis=0)
    same_shape(x=x, event_frequencies=events)
    fix = "each stratum's frequency x people must add up to its x"
    refuse(~np.isclose(events, x), events, "event_frequencies don't add up to x", fix)
    squares: Floats = np.sum([f**2 * p for f, p in people.items()], axis=0)
    return squares


def _observed_expected(
    x: ArrayLike, n: ArrayLike, x_ref: ArrayLike, n_ref: ArrayLike
) -> tuple[Floats, Floats]:
    x, n, x_ref, n_ref = (
        counts(a, b) for a, b in ((x, "x"), (n, "n"), (x_ref, "x_ref"), (n_ref, "n_ref"))
    )
    refuse(n_ref <= 0, n_ref, "n_ref must be above 0", "merge strata the reference doesn't hold")
    expected = np.sum(n * x_ref / n_ref, axis=-1)
    return x.sum(axis=-1), np.where(expected > 0, expected, np.nan)


def indirect_ratio(
    x: ArrayLike,
    n: ArrayLike,
    x_ref: ArrayLike,
    n_ref: ArrayLike,
    multiplier: float = 100.0,
    confidence: float = 0.95,
) -> Interval:
    """Observed over expected events, times the multiplier (100: England = 100).

    `x`, `n`: the area's events and people; `x_ref`, `n_ref`: the reference's; strata along the last
    axis. NaN where nothing is expected. Don't compare two areas' ratios with each other.
    Raises ValueError for negative counts or an empty reference stratum.
    """
    observed, expected = _observed_expected(x, n, x_ref, n_ref)
    lower, upper = poisson_limits(observed, confidence)
    per = multiplier / expected
    return Interval(observed * per, lower * per, upper * per, "Poisson exact/Byar", confidence)


def indirect_rate(
    x: ArrayLike,
    n: ArrayLike,
    x_ref: ArrayLike,
    n_ref: ArrayLike,
    multiplier: float = 1.0,
    confidence: float = 0.95,
) -> Interval:
    """Indirectly standardised rate: observed over expected times the reference's crude rate.

    Shapes, errors and limits as `indirect_ratio`; result per `multiplier` people.
    """
    x_ref, n_ref = counts(x_ref, "x_ref"), counts(n_ref, "n_ref")
    crude = x_ref.sum(axis=-1) / n_ref.sum(axis=-1)
    return indirect_ratio(x, n, x_ref, n_ref, multiplier * crude, confidence)
