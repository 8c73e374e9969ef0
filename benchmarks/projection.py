"""How the projection did on real moves between states: error, ranges held, and time.

    python benchmarks/projection.py [FOLDER] [--draws N] [--seed S] [--seeds N]

FOLDER holds transitions.csv and population.csv of one anonymised authority (2013 to 2016). Each
origin is projected to the last year seen. The spread of single states was set on these very data,
so their share of cells covered is no independent proof; that of the totals' trend was not. The
simple baselines are given the same counts; `--seeds` repeats the whole with other seeds.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from metrics.methods.baselines import BASELINES
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
    processor: float
    """Seconds of processor time, on however many cores."""


def record(folder: Path, *, draws: int, seed: int) -> Record:
    """Project from every origin to the last year, and score against what was counted."""
    moves = pd.read_csv(folder / "transitions.csv")
    people = pd.read_csv(folder / "population.csv")
    seen = moves[moves["setting-2"] != "NONSEND"]
    last = int(moves["calendar-year"].max())
    began, totals, cells = (time.perf_counter(), time.process_time()), [], []
    for origin in range(int(moves["calendar-year"].min()), last):
        futures = project(moves, people, origin=origin, years=last - origin, draws=draws, seed=seed)
        totals.append(futures.total())
        cells.append(futures.cells())
    spent = (time.perf_counter() - began[0], time.process_time() - began[1])
    return _scored(pd.concat(totals), pd.concat(cells), seen, spent)


def _scored(
    total: pd.DataFrame, cells: pd.DataFrame, seen: pd.DataFrame, spent: tuple[float, float]
) -> Record:
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
        seconds=spent[0],
        processor=spent[1],
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


def baselines(folder: Path) -> pd.DataFrame:
    """Error and 95 % ranges of each baseline over the same origins, where years allow it."""
    moves = pd.read_csv(folder / "transitions.csv")
    first = moves[(moves["calendar-year"] == moves["calendar-year"].min())]
    counts = moves[moves["setting-2"] != "NONSEND"].groupby("calendar-year").size()
    counts.loc[counts.index.min() - 1] = int((first["setting-1"] != "NONSEND").sum())
    counts = counts.sort_index()
    rows = []
    for origin in counts.index[1:-1]:
        truth = counts.loc[origin + 1 :].to_numpy()
        for name, method in BASELINES.items():
            try:
                found = method(counts.loc[:origin].to_numpy(), len(truth))
            except ValueError:  # too few years for it
                continue
            low, high = found.interval(0.95)
            rows += zip([name] * len(truth), np.abs(found.mean / truth - 1),
                        (low <= truth) & (truth <= high), high - low, strict=True)  # fmt: skip
    table = pd.DataFrame(rows, columns=["baseline", "error", "held", "width"])
    return table.groupby("baseline").agg(
        forecasts=("held", "size"), held=("held", "sum"), error=("error", "mean"),
        width=("width", "mean"),
    )  # fmt: skip


def many(folder: Path, draws: int, seeds: int) -> None:
    found = [record(folder, draws=draws, seed=seed) for seed in range(seeds)]
    for name in ("held", "error", "interval_score", "cells_held", "seconds", "processor"):
        values = np.array([getattr(one, name) for one in found])
        print(f"{name} over {seeds} seeds: {values.min():.4g} to {values.max():.4g},"
              f" mean {values.mean():.4g}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=0, help="repeat with this many seeds")
    given = parser.parse_args()
    found = record(given.folder, draws=given.draws, seed=given.seed)
    print(f"forecasts {found.forecasts}, 95 % range held {found.held}, 80 % {found.held_80}")
    print(f"mean absolute error {found.error:.2%}, bias {found.bias:+.2%}")
    print(f"mean 95 % interval score {found.interval_score:.0f} children")
    print(f"non-empty need x setting cells covered {found.cells_held:.1%}")
    print(f"{given.draws} futures from each origin: {found.seconds:.2f} s,"
          f" {found.processor:.2f} s of processor")  # fmt: skip
    print(baselines(given.folder).to_string(float_format="{:.3f}".format))
    if given.seeds:
        many(given.folder, given.draws, given.seeds)


if __name__ == "__main__":
    main()
