"""How long looking ahead takes in a measured warehouse, and what memory it needs.

    python benchmarks/outlook.py HOME [--years N] [--draws N]

HOME is a SEMH_HOME with a measured warehouse (semh generate, load, measure); it is read only. The
time of the simulation itself is told apart from that of reading, grouping and the past ranges.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import duckdb

from metrics.outlook import forecasts, futures, tested
from metrics.outlook.base import Outlook
from metrics.outlook.moves import read_moves
from metrics.outlook.population import read_people
from models.settings import Settings

T = TypeVar("T")


def timed(name: str, work: Callable[[], T]) -> T:
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name:<44} {wall:6.2f} s, {cpu:6.2f} s of processor")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--draws", type=int, default=1000)
    given = parser.parse_args()
    con = duckdb.connect(str(given.home / "warehouse.duckdb"), read_only=True)
    con.execute("set threads = 2")
    outlook = Outlook(con, Settings().profile)
    moves = timed("read the moves", lambda: read_moves(con))
    people = timed("read the population", lambda: read_people(con, moves.origin))
    found = timed(
        f"{given.years} years x {given.draws:,} futures",
        lambda: futures.project_moves(moves.frame, people, moves.origin, given.years, given.draws),
    )
    print(
        f"children {found.history.stock(moves.origin).sum():,}, states {len(found.history.states)}"
    )
    for name, part in (("futures", futures.look), ("forecasts", forecasts.look),
                       ("past ranges", tested.look)):  # fmt: skip
        timed(f"the part '{name}'", lambda part=part: part(outlook))  # type: ignore[misc]
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"memory at most {most:.2f} GB")


if __name__ == "__main__":
    main()
