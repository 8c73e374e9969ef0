"""Whether the planner finds the locality that the synthetic borough was made short of places in.

    SEMH_HOME=HOME python benchmarks/short_locality.py --truth FILES/truth.json

HOME is a synthetic borough that is loaded; FILES the folder it was generated into. The same scheme
is offered in every locality, with money for one of them: the planner should build it where the
truth says places are short. Then the loaded list of schemes is planned for every budget, free and
fair, over 200 futures, and timed.
"""

from __future__ import annotations

import argparse
import json
import time
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from metrics.methods.planner import Plan
from metrics.outlook import futures
from metrics.outlook.base import Outlook
from metrics.outlook.gaps import look_at_places
from metrics.outlook.own_list import CannotPlan
from metrics.outlook.plan_inputs import plan_inputs, read_candidates
from metrics.outlook.planning import run_plans
from models.settings import Settings

PLACES, CAPITAL, RUNNING = 24, 1_000_000.0, 25_000.0


def alike(localities: list[str]) -> pd.DataFrame:
    """The same secondary SEMH scheme in each locality."""
    return pd.DataFrame([
        {"scheme_id": name, "name": name, "establishment": "special", "designation": "SEMH",
         "phase": "secondary", "locality": name, "places": PLACES, "capital": CAPITAL,
         "running": RUNNING, "start_date": date(2027, 2, 1), "opening_date": date(2027, 9, 1)}
        for name in localities
    ])  # fmt: skip


def looked(settings: Settings) -> Outlook:
    """Futures, need for places and places of the loaded borough."""
    con = duckdb.connect(str(settings.home / "warehouse.duckdb"), read_only=True)
    outlook = Outlook(con, settings.profile)
    futures.look(outlook)
    look_at_places(outlook)
    return outlook


def show(outlook: Outlook, listed: pd.DataFrame, shares: tuple[float, ...]) -> list[str]:
    """Plan a list, print what is built and what it took; the schemes of the first plan."""
    wanted, supply = outlook.left["need for places"], outlook.left["places"]
    inputs = plan_inputs(outlook.con, outlook.profile, wanted, supply, listed)
    began, cpu = time.perf_counter(), time.process_time()
    planned = run_plans(inputs, shares)
    took, used = time.perf_counter() - began, time.process_time() - cpu
    print(f"{len(listed)} schemes, {len(inputs.need)} futures, {len(inputs.years)} years,"
          f" {len(planned)} plans in {took:.1f} s ({used:.1f} s of processor)")  # fmt: skip
    for one in planned:
        found = one.found
        said = found if isinstance(found, CannotPlan) else ", ".join(found.chosen) or "nothing"
        print(f"  {one.plan_id}: {said}")
    first = planned[0].found
    if isinstance(first, Plan):
        print(first.unmet_by.round(2).to_string(index=False))
    return list(first.chosen) if isinstance(first, Plan) else []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--truth", type=Path, required=True)
    given = parser.parse_args()
    settings = Settings()
    short = json.loads(given.truth.read_text())["planted"]["short_locality"]["locality"]
    outlook = looked(settings)
    names = [one.id for one in settings.profile.localities]
    chosen = show(outlook, alike(names), (1 / len(names) + 1e-9,))
    verdict = "found" if chosen == [short] else "NOT found"
    print(f"planted: {short}; built: {', '.join(chosen)}: {verdict}")
    show(outlook, read_candidates(outlook.con), (0.25, 0.5, 0.75, 1.0))


if __name__ == "__main__":
    main()
