"""Refusals shared by the methods: each names the bad value, where it stands and what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def floats(values: ArrayLike, name: str) -> Floats:
    try:
        return np.asarray(values, dtype=float)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"{name} must be numbers, but could not be read as such: {error}"
        ) from None


def refuse(bad: Any, values: Any, why: str, fix: str) -> None:
    """Raise for the first place where `bad` holds."""
    where = np.flatnonzero(np.asarray(bad))
    if where.size:
        found = np.ravel(np.asarray(values))[where[0]]
        raise ValueError(f"{why}: found {found} at position {where[0]}; {fix}")


def counts(values: ArrayLike, name: str) -> Floats:
    """Numbers of at least 0; NaN stands for 'not known' and passes through."""
    array = floats(values, name)
    refuse(array < 0, array, f"{name} can't be negative", "give counts of 0 or more")
    refuse(np.isinf(array), array, f"{name} must be finite", "leave unknown counts as NaN")
    return array


def known(values: ArrayLike, name: str) -> Floats:
    """Numbers none of which is missing or infinite."""
    array = floats(values, name)
    bad = ~np.isfinite(array)
    refuse(bad, array, f"{name} must be finite numbers", "drop or fill the missing ones first")
    return array


def same_shape(**arrays: Any) -> None:
    shapes = {name: np.shape(array) for name, array in arrays.items()}
    if len(set(shapes.values())) > 1:
        words = ", ".join(f"{name} {shape}" for name, shape in shapes.items())
        raise ValueError(f"these must have the same shape: {words}")


def not_empty(array: Any, name: str) -> None:
    if np.size(array) == 0:
        raise ValueError(f"{name} is empty; give at least one value")


def level(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is {confidence}; give a share between 0 and 1, such as 0.95")
    return float(confidence)


def z_of(confidence: float) -> float:
    """Two-sided normal quantile of a confidence level."""
    from scipy.special import ndtri

    return float(ndtri((1 + level(confidence)) / 2))


def bootstrap(
    statistic: Callable[[NDArray[np.intp]], float], size: int, *, draws: int, seed: int
) -> Floats:
    """A statistic of resampled row numbers, once per draw; the seed is fixed on purpose."""
    rng = np.random.default_rng(seed)
    return np.array([statistic(rng.integers(0, size, size)) for _ in range(draws)], dtype=float)
