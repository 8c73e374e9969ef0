"""How long a scenario takes at full size: the arithmetic, a goal sought, and the page's answer.

    python -m benchmarks.scenarios [--quick] [--home FOLDER]

500 futures of 10 Januaries and 60 groups (made up unless a published home is given). Prints wall
and processor seconds; the limit is 1.5 s for what someone waits for.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "web")]

from scenarios.futures import Futures  # noqa: E402
from scenarios.goal import Target, seek  # noqa: E402
from scenarios.levers import Levers  # noqa: E402
from scenarios.work import Known, ranges, work_out  # noqa: E402

LIMIT = 1.5
PHASES = ("early years", "primary", "secondary", "post-16")
MOVED = Levers(new=-10, reach=40, effect=20, fees=4, places=60, population=2)
SEARCH = "?new=-10&reach=40&effect=20&fees=4&places=60&place_cost=30000&amount=500&goal=places"


def made_up(draws: int, years: int, groups: int) -> Futures:
    """Futures of a size, with numbers of no meaning."""
    rng = np.random.default_rng(1)
    cells = pd.DataFrame([(n, p) for n in ("SEMH", "other") for p in PHASES])
    cells.columns = pd.Index(["need", "phase"])
    frame = pd.DataFrame({
        "group_id": np.arange(groups), "need": np.resize(["SEMH", "other"], groups),
        "phase": np.resize(PHASES, groups), "setting": "independent school",
        "in_borough": np.arange(groups) % 4 > 0, "base": 60, "unit_cost": 40_000.0,
    })  # fmt: skip
    kernel = rng.dirichlet(np.ones(groups), (len(cells), years)) * 0.8
    children = rng.poisson(60, (draws, years, groups)).astype(float)
    joined = rng.poisson(60, (draws, years, len(cells))).astype(float)
    first = tuple(range(2027, 2027 + years))
    return Futures(first, frame, cells, children, joined, kernel)


def timed(name: str, do: Callable[[], Any], times: int = 5) -> float:
    """Print the median wall and processor seconds of a few runs; returns the wall median."""
    wall, cpu = [], []
    for _ in range(times):
        began = time.perf_counter(), time.process_time()
        do()
        wall.append(time.perf_counter() - began[0])
        cpu.append(time.process_time() - began[1])
    middle = float(np.median(wall))
    print(f"{name}: {middle:.3f} s wall, {float(np.median(cpu)):.3f} s processor (of {times})")
    return middle


def arithmetic(draws: int, years: int, groups: int) -> float:
    futures, known = made_up(draws, years, groups), Known(25.0, "", 30_000.0, "")
    print(f"{draws} futures x {years} Januaries x {groups} groups")
    worst = timed("a scenario and its ranges",
                  lambda: ranges(work_out(futures, MOVED, known).total()))  # fmt: skip
    target = Target("children", 3_000, 2030)
    return max(worst, timed("a goal sought", lambda: seek(futures, MOVED, "new", target, known)))


def page_answer(home: Path) -> float:
    """The page's own callback, as the browser asks it, with two scenarios and a goal."""
    from asking import show

    from app import create_app
    from models.settings import Settings

    client = create_app(Settings(home=home, demo_viewers=True)).server.test_client()
    show(client, "/looking-ahead")  # the snapshot is opened and its futures read once
    seen = iter(range(10_000))
    worst = 0.0
    for path in ("/looking-ahead", "/out-of-borough-cost"):
        show(client, path)
        worst = max(worst, timed(f"{path} answers", lambda path=path: show(
            client, path, f"{SEARCH}&beside=new%3D{next(seen) % 40}"
        )))  # fmt: skip
    return worst


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the futures")
    parser.add_argument("--home", type=Path, help="a published SEMH_HOME; made up unless given")
    asked = parser.parse_args()
    worst = arithmetic(50 if asked.quick else 500, 10, 60)
    if not asked.quick:
        with tempfile.TemporaryDirectory() as folder:
            worst = max(worst, page_answer(asked.home or fixture(Path(folder))))
    print(f"slowest {worst:.3f} s; limit {LIMIT} s: {'held' if worst <= LIMIT else 'NOT HELD'}")


def fixture(home: Path) -> Path:
    from fixture_snapshot import build_fixture

    build_fixture(home)
    return home


if __name__ == "__main__":
    main()
