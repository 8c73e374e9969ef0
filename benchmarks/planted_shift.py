"""How soon, and how early, the planted rise in suspensions of pupils with SEMH need is flagged.

    python benchmarks/planted_shift.py [--seeds N] [--scale S] [--quick]

For each seed a borough is simulated, its January rolls and suspensions are measured by the metric
`semh_suspension_rate_monthly` in the real engine, and its months judged by the real signals.
Printed are the first month marked high from the planted one on; how many months that ended before
it are marked high (`early`: the rules' own false alarms); how many more the run that it begins
takes in (`taken_in`: seven months on one side of the mean are all marked, and chance may have begun
the run a little before); the growth found; and the same for all seeds together. `--quick` takes two
seeds.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date

import duckdb
import numpy as np
import pandas as pd

from data.synthetic.generate import simulate
from data.synthetic.suspensions import SHIFT, SHIFT_FROM
from data.synthetic.world import NOWHERE, World, new_world
from metrics.catalogue import find_metric
from metrics.measure import measure_metric, prepare
from metrics.signals import signals
from models.settings import Settings
from models.warehouse import statements

METRIC = "semh_suspension_rate_monthly"
LOAD = ("insert into load values ('load', 'file', '', 'extract', null, 0, 0, 0, null, null,"
        " timestamp '2026-01-01', '', true, null)")  # fmt: skip


def rolls(world: World) -> pd.DataFrame:
    """Pupils on roll at each January census: whether their need was SEMH, and their school."""
    parts = []
    for census in (c for c in world.censuses if c.term == "spring"):
        at, sen = world.grids["school_at"][census.index], world.grids["sen"][census.index]
        who = np.flatnonzero(at != NOWHERE)
        parts.append(
            pd.DataFrame(
                {
                    "census_date": pd.Timestamp(census.day),
                    "person_id": who.astype(str),
                    "urn": world.schools["urn"].to_numpy()[at[who]],
                    "sen_provision": np.array(["N", "K", "E"])[sen[who]],
                    "primary_need": np.where(
                        sen[who] > 0, world.grids["need"][census.index][who], None
                    ),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def measured(world: World) -> pd.DataFrame:
    """The metric's observations of a simulated borough in which every school returned."""
    roll, told = rolls(world), world.tables["suspensions"]
    events = pd.DataFrame(
        {
            "start_date": told["day"].to_numpy().astype("datetime64[D]").astype("datetime64[us]"),
            "person_id": told["person"].astype(str),
            "urn": world.schools["urn"].to_numpy()[told["school"]],
            "category": told["category"],
        }
    )
    con = duckdb.connect()
    for statement in statements():
        con.execute(statement)
    con.execute(LOAD)
    con.register("roll", roll)
    con.register("event", events)
    con.execute(
        "insert into pupil_census by name select *, 'C' as enrol_status, true as on_roll,"
        " 'load' as load_id from roll"
    )
    con.execute("insert into suspension by name select *, 'load' as load_id from event")
    file, profile = find_metric(METRIC), world.profile
    prepare(con, profile, [file])
    return measure_metric(con, profile, file, known_to=date(2026, 7, 31))


def judged(seed: int, scale: float) -> dict[str, object]:
    """What the months of one simulated borough tell of the shift."""
    world = new_world(Settings().profile, scale, seed)
    simulate(world, until="Suspensions")
    return told_of(measured(world))


def told_of(observations: pd.DataFrame) -> dict[str, object]:
    """First month marked high from the shift on, months marked before it, and the growth found."""
    shift = pd.Timestamp(SHIFT_FROM)
    points = signals(observations, {METRIC: find_metric(METRIC).metric}).points
    high = (points["special_cause"] != "none") & (points["direction"] == "high")
    before = high[points["period_start"] < shift]
    taken_in = int(before[::-1].cumprod().sum())
    marked = points[high]
    after = points["period_start"] >= shift
    level = points["value"] / points["mean"]
    return {
        "first": marked.loc[marked["period_start"] >= shift, "period_start"].min(),
        "early": int(before.sum()) - taken_in,
        "taken_in": taken_in,
        "months_before": int((~after).sum()),
        "growth": float(level[after].mean() / level[~after].mean()),
    }


def run(seeds: int, scale: float) -> Iterator[dict[str, object]]:
    """What each seed shows."""
    for seed in range(seeds):
        yield {"seed": seed} | judged(seed, scale)


def summary(found: pd.DataFrame) -> Iterator[str]:
    """How often the shift is flagged at its month and no earlier, and how often chance is."""
    at = found["first"] == pd.Timestamp(SHIFT_FROM)
    soon = found["first"] <= pd.Timestamp(SHIFT_FROM) + pd.DateOffset(months=2)
    months = int(found["months_before"].sum())
    clean = (found["early"] == 0) & (found["taken_in"] == 0)
    seeds = len(found)
    yield f"flagged at its month {at.sum()} of {seeds}, within three months {soon.sum()} of {seeds}"
    yield f"at its month and no earlier {(at & clean).sum()} of {seeds}, none earlier {clean.sum()}"
    yield f"months before it marked for themselves: {found['early'].sum()} of {months}"
    yield f"months before it that its run takes in: {found['taken_in'].sum()} of {months}"


def main() -> None:
    """Read the command line and print one line for each seed and a summary."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    found = pd.DataFrame(run(2 if asked.quick else asked.seeds, asked.scale))
    print(found.to_string(index=False))
    print("\n".join(summary(found)))
    print(
        f"planted: {SHIFT} times from {SHIFT_FROM:%B %Y}; found {found['growth'].mean():.2f} times"
    )


if __name__ == "__main__":
    main()
