"""How long the provision planner takes, and that a planted short locality is found.

    python benchmarks/planner.py [--schemes N] [--futures N] [--years N] [--margin SHARE]
        [--localities N] [--seconds N] [--quick]

The borough is made up: three localities, three designations, need that grows and varies. The third
locality has half the places its children need, and no other is within its reach. Every simulated
future is costed whole. With more localities, a drawn map of them is planned instead, the last one
with a third of the places it needs: the hard case is seven with a margin of 0.08, which binds.
"""

from __future__ import annotations

import argparse
import resource
import time
from dataclasses import dataclass
from functools import partial

import numpy as np

from metrics.methods.planner import Borough, Limits, Plan, Scheme, plan

LOCALITIES, DESIGNATIONS = ("North", "Central", "South"), ("SEMH", "ASD", "MLD")


@dataclass(frozen=True)
class Record:
    """The plan, the places it adds in the short locality, and how long it took."""

    plan: Plan
    places_short: int
    places_elsewhere: int
    seconds: float


def made_up(schemes: int, futures: int, years: int, seed: int):
    """Need, borough and schemes of a made-up borough."""
    rng = np.random.default_rng(seed)
    mean = np.array([[90.0, 70, 50], [100, 80, 60], [80, 60, 40]])
    trend = rng.normal(0.04, 0.03, (futures, 1, 1, 1))
    grow = np.exp(trend * np.arange(1, years + 1)[:, None, None])
    need = rng.poisson(mean * grow * rng.gamma(50, 1 / 50, (futures, years, 3, 3)))
    borough = Borough(
        LOCALITIES, DESIGNATIONS,
        present=np.array([[110.0, 85, 60], [120, 95, 75], [40, 30, 20]]),
        fee=np.array([65_000.0, 60_000, 45_000]), transport_out=np.array([8_000.0, 7_000, 9_000]),
        transport=np.array([[2000.0, 5000, 8000], [5000, 2000, 5000], [8000, 5000, 2000]]),
        minutes=np.array([[15.0, 30, 60], [30, 15, 50], [60, 50, 15]]),
    )  # fmt: skip
    listed = [
        Scheme(f"Scheme {k + 1}", LOCALITIES[k % 3], DESIGNATIONS[(k // 3) % 3],
               int(rng.integers(6, 30)), float(rng.integers(4, 30) * 100_000),
               float(rng.integers(18, 36) * 1000), 2026, int(rng.integers(2027, 2027 + years - 1)))
        for k in range(schemes)
    ]  # fmt: skip
    return need.astype(float), borough, listed


def drawn(localities: int, schemes: int, futures: int, years: int, seed: int):
    """Need, borough and schemes of a drawn map of localities."""
    rng = np.random.default_rng(seed)
    mean = rng.uniform(15, 60, (localities, 3))
    grow = np.exp(
        rng.normal(0.04, 0.03, (futures, 1, 1, 1)) * np.arange(1, years + 1)[:, None, None]
    )
    need = rng.poisson(mean * grow * rng.gamma(50, 1 / 50, (futures, years, localities, 3)))
    present = np.round(mean * rng.uniform(0.9, 1.3, mean.shape))
    present[-1] = np.round(present[-1] * 0.3)
    map_ = rng.uniform(0, 1, (localities, 2))
    apart = np.sqrt(((map_[:, None] - map_[None]) ** 2).sum(axis=-1))
    names = tuple(f"Locality {i + 1}" for i in range(localities))
    borough = Borough(
        names, DESIGNATIONS, present, rng.uniform(45e3, 65e3, 3),
        rng.uniform(7e3, 9e3, localities), 2000 + 7000 * apart, 15 + 50 * apart,
    )  # fmt: skip
    at = rng.integers(localities, size=schemes)
    at[::3] = localities - 1
    listed = [
        Scheme(f"Scheme {k + 1}", names[at[k]], DESIGNATIONS[k % 3], int(rng.integers(6, 30)),
               float(rng.integers(4, 30) * 100_000), float(rng.integers(18, 36) * 1000), 2026,
               int(rng.integers(2027, 2027 + years - 1)))
        for k in range(schemes)
    ]  # fmt: skip
    return need.astype(float), borough, listed


def record(*, schemes: int = 20, futures: int = 200, years: int = 5, margin: float | None = 0.35,
           seed: int = 1, localities: int = 3, seconds: float = np.inf) -> Record:  # fmt: skip
    """Plan the made-up borough within a budget for about a third of the schemes."""
    made = made_up if localities == 3 else partial(drawn, localities)
    need, borough, listed = made(schemes, futures, years, seed)
    limits = Limits(sum(s.capital for s in listed) / 3, most_minutes=45, margin=margin, life=40)
    began = time.perf_counter()
    found = plan(need, 2026, borough, listed, limits, seconds=seconds)
    seconds = time.perf_counter() - began
    chosen = [s for s in listed if s.name in found.chosen]
    short = sum(s.places for s in chosen if s.locality == borough.localities[-1])
    return Record(found, short, sum(s.places for s in chosen) - short, seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schemes", type=int, default=20)
    parser.add_argument("--futures", type=int, default=200)
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--margin", type=float, default=0.35)
    parser.add_argument("--localities", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=np.inf, help="bound of each search")
    parser.add_argument("--free", action="store_true", help="no fairness margin")
    parser.add_argument("--quick", action="store_true", help="8 schemes, 30 futures, 3 years")
    given = parser.parse_args()
    size = {"schemes": given.schemes, "futures": given.futures, "years": given.years}
    if given.quick:
        size = {"schemes": 8, "futures": 30, "years": 3}
    found = record(
        **size, margin=None if given.free else given.margin,
        localities=given.localities, seconds=given.seconds,
    )  # fmt: skip
    made = found.plan
    print(f"{size['schemes']} schemes, {size['futures']} futures, {size['years']} years")
    print(f"chosen: {', '.join(made.chosen)}; capital £{made.capital:,.0f}")
    print(f"expected cost £{made.expected:,.0f} (£{made.low:,.0f} to £{made.high:,.0f});"
          f" nothing built £{made.nothing:,.0f}")  # fmt: skip
    if made.runner_up is not None:
        print(f"runner-up: {', '.join(made.runner_up)}; £"
              f"{made.runner_up_expected - made.expected:,.0f} more")  # fmt: skip
    print(made.choices.drop(columns=["worth_low", "worth_high"]).to_string(index=False))
    print(f"proved: no plan is more than {made.gap:.2%} cheaper")
    print(f"places added in the short locality: {found.places_short},"
          f" elsewhere: {found.places_elsewhere}")  # fmt: skip
    print(made.unmet.to_string(index=False))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{made.weighed} plans weighed in {found.seconds:.1f} s; {memory:.0f} MB at the most")


if __name__ == "__main__":
    main()
