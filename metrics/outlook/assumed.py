"""What the futures take as given, each with its source: a row an assumption."""

from __future__ import annotations

import pandas as pd

from metrics.methods.futures.drift import DAMPING
from metrics.methods.futures.priors import JOINING, LEAVING, MOVING, STAGE
from metrics.outlook.base import Outlook
from metrics.outlook.futures import DRAWS, KEPT, SEED, Simulated
from metrics.outlook.moves import FLOOR
from metrics.outlook.population import UNBORN

PART = "futures"
OURS = "set by this product"


def look(outlook: Outlook) -> None:
    """The part `assumptions`: rows of `outlook_assumption` on how the futures were made."""
    simulated: Simulated = outlook.lean_on("simulated")
    rows = [*_seen(simulated), *_priors(), *_people(simulated), *_made(simulated)]
    frame = pd.DataFrame(rows, columns=["what", "value", "source"])
    outlook.add("outlook_assumption", frame.assign(part=PART, seq=range(1, len(frame) + 1)))


def _seen(simulated: Simulated) -> list[tuple[str, str, str]]:
    moves = simulated.moves
    returns = f"SEN2 returns of January {moves.first} to January {moves.origin}"
    rows = [("Moves seen", simulated.projection.notes[0], returns)]
    rows += [("Years left out or people left out", note, returns) for note in moves.notes]
    return rows


def _priors() -> list[tuple[str, str, str]]:
    names = (("new plans", JOINING), ("plans ending", LEAVING), ("moves between settings", MOVING),
             ("a stage of schooling beside all ages", STAGE))  # fmt: skip
    return [
        (
            f"Trend believed beforehand: {name}",
            f"{100 * p.trend:+.0f} % a year, give or take {196 * p.trend_sd:.0f} points",
            p.source,
        )
        for name, p in names
    ] + [("How a trend goes on", f"each year ahead it is {DAMPING:.0%} of the year before", OURS)]


def _people(simulated: Simulated) -> list[tuple[str, str, str]]:
    people = simulated.people
    last = simulated.projection.years[-1]
    rows = [("Population", "cohorts grown a year older; moves in and out as before", people.source)]
    if people.seen < last:
        rows.append((
            "Children not yet at school",
            f"reception of January {people.seen + 1} on: as many as in January {people.seen}, each"
            f" cohort up to {196 * UNBORN:.0f} % from the one before; births are not known",
            OURS,
        ))  # fmt: skip
    return rows


def _made(simulated: Simulated) -> list[tuple[str, str, str]]:
    unsteady = simulated.projection.beliefs.unsteady
    years = len(simulated.projection.history.years)
    own = "from this borough's own years, weighed with a prior" if years >= 3 else "set wide"
    return [
        ("How far a small setting strays in a year",
         f"entries {unsteady.entry:.0%}, moves on {unsteady.move:.0%}, favour"
         f" {unsteady.setting:.0%} (one standard deviation)", own),
        ("Futures simulated", f"{DRAWS:,}, of which {KEPT} are kept; seed {SEED}", OURS),
        ("Smallest group", f"{FLOOR} children at the start; smaller ones are joined", OURS),
        ("Where children live", "each locality keeps its share of a need and phase, within chance",
         "homes of children with a plan at the start"),
    ]  # fmt: skip
