"""Plans in force of every English authority: learnt to 2022, tested on 2023 to 2025.

    python benchmarks/national_forecast.py [ZIP] [--draws N] [--origin YEAR] [--quick]

ZIP is the department's EHC plans release (caseload.csv, "All EHC plans"). Authorities with a year
missing (made or merged since) are left out and counted. The figures are those of one release, so
a year is taken as it stands in 2025: revisions since its first publication can't be seen here.
"""

from __future__ import annotations

import argparse
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from metrics.methods.backtest import Verdict, backtest, by_horizon, held_words, verdict
from metrics.methods.topline import forecast, learn

RELEASE = (
    Path(__file__).resolve().parents[2]
    / "shared/data/sen2/education-health-and-care-plans_2025.zip"
)


@dataclass(frozen=True)
class Record:
    """The record by horizon and method, the verdict, and what it rests on."""

    table: pd.DataFrame
    verdict: Verdict
    words: str
    authorities: int
    left_out: int
    seconds: float


def plans(release: Path) -> pd.DataFrame:
    """Plans in force in January, as vintages: `series` (authority), `year`, `published`, `value`.

    The release's academic year 201819 is counted in January 2019.
    """
    needed = ["time_period", "geographic_level", "new_la_code", "breakdown", "ehcplans"]
    with zipfile.ZipFile(release) as folder, folder.open("data/caseload.csv") as file:
        rows = pd.read_csv(file, usecols=needed, dtype=str)
    rows = rows[(rows["breakdown"] == "All EHC plans") & (rows["geographic_level"] ==
                                                          "Local authority")]  # fmt: skip
    year = rows["time_period"].str[:4].astype(int) + 1
    value = pd.to_numeric(rows["ehcplans"], errors="coerce")
    return pd.DataFrame(
        {"series": rows["new_la_code"], "year": year, "published": year, "value": value}
    )


def record(release: Path, *, draws: int, origin: int = 2022, seed: int = 1) -> Record:
    """Learn from the panel to the origin, forecast each authority, and score the years since."""
    vintages = plans(release)
    everybody = vintages["series"].nunique()
    table = vintages.pivot_table(index="series", columns="year", values="value")
    whole = table.index[table.notna().all(axis=1) & (table > 0).all(axis=1)]
    vintages = vintages[vintages["series"].isin(whole)]

    def top_line(seen: pd.DataFrame, _origin: int, years: int) -> np.ndarray:
        panel = learn(seen.to_numpy())
        return np.stack([forecast(row, panel, years=years, draws=draws, seed=seed + number)
                         for number, row in enumerate(seen.to_numpy())])  # fmt: skip

    began = time.perf_counter()
    scores = backtest(vintages, top_line, origins=[origin],
                      years=int(vintages["year"].max()) - origin)  # fmt: skip
    seconds = time.perf_counter() - began
    found = by_horizon(scores)
    share = (scores["mean"] / scores["actual"] - 1).abs()
    mean_share = share.groupby([scores["method"], scores["horizon"]]).mean()
    keys = pd.MultiIndex.from_frame(found[["method", "horizon"]])
    found["mean_share"] = mean_share.reindex(keys).to_numpy()
    return Record(found, verdict(scores), held_words(scores), len(whole), everybody - len(whole),
                  seconds)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("release", nargs="?", type=Path, default=RELEASE)
    parser.add_argument("--draws", type=int, default=2000)
    parser.add_argument("--origin", type=int, default=2022)
    parser.add_argument("--quick", action="store_true", help="300 futures of each authority")
    given = parser.parse_args()
    found = record(given.release, draws=300 if given.quick else given.draws, origin=given.origin)
    print(f"{found.authorities} authorities ({found.left_out} left out: a year missing)")
    shown = {"held_95": "held 95", "coverage_95": "95 %", "coverage_80": "80 %",
             "mean_error": "mean error", "mean_absolute_error": "absolute", "mean_share": "share",
             "crps": "CRPS", "interval_score": "interval", "mase": "MASE"}  # fmt: skip
    print(found.table.rename(columns=shown)[["method", "horizon", *shown.values()]]
          .to_string(index=False, float_format="{:.3f}".format))  # fmt: skip
    skill = found.table[found.table["method"] == "model"].filter(like="skill_")
    print(skill.to_string(index=False, float_format="{:+.1%}".format))
    print(found.words)
    print(found.verdict.reason)
    print(f"{found.seconds:.1f} s")


if __name__ == "__main__":
    main()
