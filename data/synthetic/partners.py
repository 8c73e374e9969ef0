"""Who owes the council data each term, who sent it, and who said there was nothing.

Planted: one partner never sends anything; one says nil, which is an answer.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.synthetic.clock import days_of
from data.synthetic.panels import FIRST_YEAR
from data.synthetic.world import World
from data.synthetic.write import Writer, iso_day

SILENT, NIL = "Youth justice service", "Parent carer forum"
OTHERS = (
    ("Children's mental health provider", "health", "monthly activity"),
    ("Early help service", "early help", "support delivered"),
    (SILENT, "youth justice", "support delivered"),
    (NIL, "parents and carers", "voice survey"),
    ("Voluntary sector alliance", "voluntary sector", "support delivered"),
)
ON_TIME, LATE = 0.80, 0.14
"""Of the partners that answer; the rest do not send that return at all."""


def write_partners(world: World, writer: Writer) -> None:
    """One row per partner, data set and term."""
    rng = world.rng("partners")
    schools = [
        (f"{place.name} partnership", "school partnership", data)
        for place in world.profile.localities
        for data in ("panel record", "training record", "staff survey")
    ]
    owed = pd.DataFrame([*schools, *OTHERS], columns=["partner", "kind", "dataset"])
    last = days_of(world.censuses[-1].day)
    due = [days_of(t.end) + 14 for t in world.terms if t.academic_year >= FIRST_YEAR]
    frame = owed.merge(pd.DataFrame({"due": [d for d in due if d <= last]}), how="cross")
    draw, n = rng.random(len(frame)), len(frame)
    silent = (frame["partner"] == SILENT).to_numpy()
    gap = np.where(draw < ON_TIME, -rng.integers(0, 10, n), rng.integers(1, 40, n))
    came = (draw < ON_TIME + LATE) & ~silent & (frame["due"] + gap <= last)
    frame["received"] = np.where(came, frame["due"] + gap, -1)
    frame["nil"] = came & (frame["partner"] == NIL).to_numpy()
    writer.table("return_row", frame)
    values = {
        "partner": "partner", "partner_kind": "kind", "dataset": "dataset",
        "due_date": iso_day("due"), "received_date": iso_day("received"),
        "nil_return": "case when received >= 0 then case when nil then 'True' else 'False' end end",
    }  # fmt: skip
    writer.write("data_returns", "local/data_returns.csv", "return_row", values)
    told = frame.assign(on_time=(frame["received"] >= 0) & (frame["received"] <= frame["due"]))
    world.truth.setdefault("local", {})["returns"] = {
        "never_sent": SILENT,
        "nil": NIL,
        "by_due_date": {
            _iso(part["due"].iloc[0]): {"due": len(part), "on_time": int(part["on_time"].sum())}
            for _, part in told.groupby("due")
        },
    }


def _iso(day: int) -> str:
    return date.fromordinal(date(1970, 1, 1).toordinal() + int(day)).isoformat()
