"""How the projection did on real moves between states: error, ranges held, and time.

    python benchmarks/projection.py [FOLDER] [--draws N] [--seed S]

FOLDER holds transitions.csv and population.csv of one anonymised authority (2013 to 2016). Each
origin is projected to the last year seen. The spread of single states was set on these very data,
so their share of cells covered is no independent proof; that of the totals' trend was not.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from metrics.methods.projection import project

FOLDER = (
    Path(__file__).resolve().parents[2] / "shared/data/extract_formats/send_transitions_mastodonc"
)


@dataclass(frozen=True)
class Record:
    """What came of the forecasts: shares are 0 to 1, the interval score is in children."""

    forecasts: int
    held: int
    held_80: int
    error: float
    bias: float
    interval_score: float
    cells_held: float
    seconds: float


def record(folder: Path, *, draws: int, seed: int) -> Record:
    """Project from every origin to the last year, and score against what was counted."""
    moves = pd.read_csv(folder / "transitions.csv")
    people = pd.read_csv(folder / "population.csv")
    seen = moves[moves["setting-2"] != "NONSEND"]
    last = int(moves["calendar-year"].max())
    began, totals, cells = time.perf_counter(), [], []
    for origin in range(int(moves["calendar-year"].min()), last):
        futures = project(moves, people, origin=origin, years=last - origin, draws=draws, seed=seed)
        totals.append(futures.total())
        cells.append(futures.cells())
    seconds = time.perf_counter() - began
    return _scored(pd.concat(totals), pd.concat(cells), seen, seconds)


def _scored(total: pd.DataFrame, cells: pd.DataFrame, seen: pd.DataFrame, seconds: float) -> Record:
    truth = total["year"].map(seen.groupby("calendar-year").size()).to_numpy()
    low, high = total["q025"].to_numpy(), total["q975"].to_numpy()
    miss = np.maximum(low - truth, 0) + np.maximum(truth - high, 0)
    error = total["mean"].to_numpy() / truth - 1
    return Record(
        forecasts=len(total),
        held=int(((low <= truth) & (truth <= high)).sum()),
        held_80=int(((total["q10"] <= truth) & (truth <= total["q90"])).sum()),
        error=float(np.abs(error).mean()),
        bias=float(error.mean()),
        interval_score=float((high - low + 2 / 0.05 * miss).mean()),
        cells_held=_cells_held(cells, seen),
        seconds=seconds,
    )


def _cells_held(cells: pd.DataFrame, seen: pd.DataFrame) -> float:
    """Of the need and setting cells with anybody in them, the share within its range."""
    keys = ["calendar-year", "need-2", "setting-2"]
    truth = seen.groupby(keys).size().rename("n").reset_index()
    truth.columns = pd.Index(["year", "need", "setting", "n"])
    wanted = [truth[truth["year"].isin(part["year"])].merge(part, how="left")
              for _, part in cells.groupby((cells["year"].diff() < 0).cumsum())]  # fmt: skip
    both = pd.concat(wanted)
    return float(((both["q025"] <= both["n"]) & (both["n"] <= both["q975"])).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    found = record(given.folder, draws=given.draws, seed=given.seed)
    print(f"forecasts {found.forecasts}, 95 % range held {found.held}, 80 % {found.held_80}")
    print(f"mean absolute error {found.error:.2%}, bias {found.bias:+.2%}")
    print(f"mean 95 % interval score {found.interval_score:.0f} children")
    print(f"non-empty need x setting cells covered {found.cells_held:.1%}")
    print(f"{given.draws} futures from each origin: {found.seconds:.2f} s")


if __name__ == "__main__":
    main()
