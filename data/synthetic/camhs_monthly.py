"""A small counselling service that sends monthly totals and no submission of its own."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.synthetic.camhs import LAST_DAY, MONTHS
from data.synthetic.world import World
from data.synthetic.write import Writer

CODE, NAME = "SYN02", "Simulated counselling service"
FIRST = date(2021, 9, 1)
RECEIVED = 58.0
"""Referrals in a usual month at full size."""
ACCEPTED, SEEN_SHARE, CONTACTS_EACH, CLOSED_SHARE = 0.88, 0.80, 5.2, 0.16


def summarise(world: World) -> None:
    """Fill table `camhs_months`: one row per month, each following from the one before."""
    rng = world.rng("camhs monthly")
    months = np.arange(np.datetime64(FIRST, "M"), np.datetime64(LAST_DAY, "M") + 1)
    level = MONTHS / MONTHS.mean()
    rows, waiting, going_on = [], world.count(90), world.count(240)
    for month in months:
        mean = RECEIVED * world.scale * level[int(month.astype(int)) % 12]
        received = int(rng.poisson(mean))
        accepted = int(rng.binomial(received, ACCEPTED))
        seen = min(waiting + accepted, int(rng.poisson(RECEIVED * world.scale * SEEN_SHARE)))
        waiting = waiting + accepted - seen
        going_on = going_on + seen - int(rng.binomial(going_on, CLOSED_SHARE))
        rows.append((
            month.astype("datetime64[D]").astype(int), received, accepted, received - accepted,
            waiting + going_on, waiting, int(rng.binomial(waiting, 0.24)), seen,
            int(rng.poisson(CONTACTS_EACH * max(going_on, 1) / 4)),
            round(float(rng.gamma(9, 1.3)), 1) if seen else None,
        ))  # fmt: skip
    names = [
        "day", "received", "accepted", "rejected", "open", "waiting", "late", "seen", "contacts",
        "median",
    ]  # fmt: skip
    world.tables["camhs_months"] = pd.DataFrame(rows, columns=names)
    world.truth["camhs_monthly"] = {
        "provider_code": CODE,
        "referrals_received": int(world.tables["camhs_months"]["received"].sum()),
    }


def write_camhs_monthly(world: World, writer: Writer) -> None:
    """The service's summary, one file."""
    writer.table("camhs_months", world.tables["camhs_months"])
    values = {
        "provider_code": f"'{CODE}'",
        "provider_name": f"'{NAME}'",
        "month": "date '1970-01-01' + cast(day as integer)",
        "referrals_received": "received",
        "referrals_accepted": "accepted",
        "referrals_rejected": "rejected",
        "open_referrals": '"open"',
        "waiting": "waiting",
        "waiting_over_18_weeks": "late",
        "seen": "seen",
        "contacts": "contacts",
        "median_wait_weeks": "median",
    }
    writer.write("camhs_monthly", "health/camhs_monthly.csv", "camhs_months", values)
