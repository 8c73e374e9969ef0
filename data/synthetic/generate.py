"""The whole simulation, from an empty map to files and the truth about them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from data.synthetic.attendance import attend
from data.synthetic.borough import build_borough
from data.synthetic.camhs import help_children
from data.synthetic.camhs_monthly import summarise, write_camhs_monthly
from data.synthetic.census import draw_returns
from data.synthetic.census_files import write_census
from data.synthetic.costs import write_costs
from data.synthetic.dispute_files import write_disputes
from data.synthetic.disputes import dispute_and_wait
from data.synthetic.ehc import plan_grids, simulate_plans
from data.synthetic.faults import plant_faults
from data.synthetic.linkage_files import write_linkage_list
from data.synthetic.local_files import write_local
from data.synthetic.mhsds_files import write_mhsds
from data.synthetic.needs import record_needs
from data.synthetic.out_of_school import leave_school
from data.synthetic.out_of_school_files import write_out_of_school
from data.synthetic.panels import hear_cases
from data.synthetic.people import enrol, entry_days, make_people
from data.synthetic.placements import place, placed_grid
from data.synthetic.registers import write_registers
from data.synthetic.sen2_files import write_sen2
from data.synthetic.sen2_xml import send_as_xml
from data.synthetic.suspensions import exclude, suspend
from data.synthetic.truth import tell
from data.synthetic.world import World, new_world
from data.synthetic.write import Writer
from models.progress import Progress, quiet
from models.settings import Settings

MARKER = "SYNTHETIC"
MARKER_TEXT = (
    "Everything in this folder was made by a simulation."
    " No child, school or provider in it is real.\n"
)


def generate(
    out: Path, *, scale: float = 1.0, seed: int = 2026, progress: Progress = quiet
) -> dict[str, Any]:
    """Write the simulated borough's extracts under `out`, with `truth.json` and the marker file.

    `scale` 1.0 is about 45,000 pupils. The same seed and scale give the same files. Returns what
    `truth.json` holds: everything planted, with exact numbers. Raises ValueError when scale is
    not between 0.01 and 10.
    """
    if not 0.01 <= scale <= 10:
        raise ValueError(
            f"scale is {scale}; give a number from 0.01 to 10 (1 is the whole borough)"
        )
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / MARKER).write_text(MARKER_TEXT, encoding="utf-8")
    world = new_world(Settings().profile, scale, seed)
    world.out = out
    simulate(world, progress)
    _write(world, progress)
    truth = {"seed": seed, "scale": scale, **world.truth}
    (out / "truth.json").write_text(json.dumps(truth, indent=1, default=str), encoding="utf-8")
    return truth


def simulate(world: World, progress: Progress = quiet, until: str = "") -> None:
    """Run every stage; afterwards the world holds all that happened.

    `until` names the last stage that is wanted, where what comes after it is not.
    """
    stages = [
        ("Drawing the map", build_borough),
        ("Children are born and move in", make_people),
        ("Plans are asked for and issued", simulate_plans),
        ("Placements are found", place),
        ("Plans by census", plan_grids),
        ("Placements by census", placed_grid),
        ("Children go to school", enrol),
        ("Permanent exclusions", exclude),
        ("Panels hear cases", hear_cases),
        ("Needs are recorded", record_needs),
        ("Suspensions", suspend),
        ("Attendance", attend),
        ("Mental health services", help_children),
        ("A service's monthly totals", summarise),
        ("Entry dates", _entries),
        ("Returns", draw_returns),
        ("Children not in school", leave_school),
        ("Disputes and waits", dispute_and_wait),
    ]
    if until:
        stages = stages[: [label for label, _ in stages].index(until) + 1]
    for i, (label, stage) in enumerate(stages):
        progress(label, i, len(stages))
        stage(world)
    progress("Simulated", len(stages), len(stages))


def _entries(world: World) -> None:
    world.grids["entry"] = entry_days(world)


def _write(world: World, progress: Progress) -> None:
    writer = Writer(world.out)
    writer.con.execute(f"set variable lea = '{world.profile.la_number}'")
    total, done = len(world.censuses), 0

    def step() -> None:
        nonlocal done
        done += 1
        progress("Writing censuses", done, total)

    write_registers(world, writer)
    write_costs(world, writer)
    write_sen2(world, writer)
    write_mhsds(world, writer)
    write_linkage_list(world, writer)
    write_camhs_monthly(world, writer)
    write_out_of_school(world, writer)
    write_disputes(world, writer)
    write_local(world, writer)
    write_census(world, writer, step)
    world.truth["rows"] = writer.rows
    plant_faults(world)
    send_as_xml(world)
    tell(world)
