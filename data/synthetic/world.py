"""What the simulation knows: one record that each stage reads and adds to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data.synthetic.clock import Census, TermTime, censuses, terms
from models.borough import Borough

NOWHERE = -1
"""No school: not on roll anywhere that sends a school census."""


@dataclass
class World:
    """The simulated borough. Arrays are one entry a person, or terms by people.

    `school_at[t, i]` is the row in `schools` where person i is on roll at census t, or NOWHERE.
    """

    profile: Borough
    scale: float
    seed: int
    terms: list[TermTime]
    censuses: list[Census]
    areas: pd.DataFrame = field(default_factory=pd.DataFrame)
    postcodes: pd.DataFrame = field(default_factory=pd.DataFrame)
    schools: pd.DataFrame = field(default_factory=pd.DataFrame)
    providers: pd.DataFrame = field(default_factory=pd.DataFrame)
    people: pd.DataFrame = field(default_factory=pd.DataFrame)
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    grids: dict[str, np.ndarray] = field(default_factory=dict)
    truth: dict[str, Any] = field(default_factory=dict)
    out: Path = Path()

    def rng(self, stage: str) -> np.random.Generator:
        """A generator of its own for each stage, so that stages do not disturb each other."""
        words = [self.seed, *stage.encode()]
        return np.random.default_rng(np.random.SeedSequence(words))

    def count(self, full_size: float) -> int:
        """A full-size number at this scale, at least one."""
        return max(1, round(full_size * self.scale))


def new_world(profile: Borough, scale: float, seed: int) -> World:
    """An empty borough with its calendar."""
    simulated = terms(profile)
    return World(profile, scale, seed, simulated, censuses(simulated))


def pick(rng: np.random.Generator, weights: np.ndarray, size: int) -> np.ndarray:
    """Positions of `size` draws without replacement, by weight (Efraimidis and Spirakis 2006)."""
    able = np.flatnonzero(weights > 0)
    size = min(size, len(able))
    if size <= 0:
        return np.empty(0, dtype=np.int64)
    keys = np.log(weights[able]) + rng.gumbel(size=len(able))
    return able[np.argpartition(-keys, size - 1)[:size]]


def by_share(rng: np.random.Generator, shares: Mapping[str, float], size: int) -> np.ndarray:
    """Independent draws of labels, each with its share (shares need not sum to one)."""
    labels = np.array(list(shares), dtype=object)
    weight = np.array(list(shares.values()), dtype=float)
    return labels[rng.choice(len(labels), size=size, p=weight / weight.sum())]


def days_between(rng: np.random.Generator, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """A uniformly drawn day from `first` to `last`, as days since 1970."""
    span = np.maximum(np.asarray(last) - np.asarray(first), 0)
    return (np.asarray(first) + np.floor(rng.random(np.shape(span)) * (span + 1))).astype(np.int64)
