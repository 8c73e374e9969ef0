"""Are the planted effects measured as planted? Many simulated services, each through the metric.

    python benchmarks/planted_effects.py [--seeds 100] [--quick]

Each seed simulates three years of one mental-health service (no borough around it), loads it into a
warehouse in memory and measures `intervention_extra_change`. Said are the share of intervals of the
effective intervention that hold the planted effect, and of the null one that cover zero. 93 of 100
is the least accepted; 95 are expected.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from typing import NamedTuple

import duckdb
import numpy as np
import pandas as pd

from data.synthetic import camhs
from data.synthetic.clock import days_of
from metrics.catalogue import find_metric
from metrics.measure import measure_metric, prepare
from models.borough import load_borough
from models.warehouse import statements

METRIC, YEAR = "intervention_extra_change", date(2024, 4, 1)
FIRST, LAST = date(2022, 9, 1), date(2025, 1, 31)
REFERRALS = 8_000
"""In 29 months, as a borough of 55,000 children has them."""

NAMES = {camhs.EFFECTIVE: "Guided parent programme", camhs.NULL: "Mindfulness sessions"}


class Found(NamedTuple):
    """One intervention's effect in one service, in standard deviations, with its limits."""

    value: float
    lower: float
    upper: float


def service(seed: int) -> duckdb.DuckDBPyConnection:
    """A warehouse with one simulated service: referrals, contacts, scores and what was done."""
    rng = np.random.default_rng(seed)
    referrals = pd.DataFrame({
        "referral": np.arange(REFERRALS),
        "person": np.arange(REFERRALS),
        "received": rng.integers(days_of(FIRST), days_of(LAST), REFERRALS),
        "age": rng.integers(5, 18, REFERRALS),
    })  # fmt: skip
    contacts, scores = camhs.care_of(rng, referrals)
    con = duckdb.connect()
    for statement in statements():
        con.execute(statement)
    con.execute(
        "insert into load (load_id, file, content_hash, extract, rows_read, rows_accepted,"
        " rows_quarantined, loaded_at, code_version, synthetic)"
        " values ('one', 'file', '', 'mhs101', 0, 0, 0, ?, '', true)",
        [datetime(2026, 1, 1)],
    )
    codes = referrals["intervention"].map(camhs.PROCEDURES).to_numpy()
    fill(con, "referral", referrals, RECEIVED)
    fill(con, "contact", contacts, SEEN)
    fill(con, "outcome_score", scores.assign(score_id=np.arange(len(scores))), SCORED)
    fill(con, "care_activity", contacts.assign(code=codes[contacts["referral"]]), DONE)
    return con


DAY = "date '1970-01-01' + cast({} as integer)"
RECEIVED = {
    "referral_id": "referral::varchar", "person_id": "person::varchar",
    "received_date": DAY.format("received"), "age_at_referral": "age",
    "discharge_date": f"case when discharge >= 0 then {DAY.format('discharge')} end",
    "rejection_date": f"case when rejected >= 0 then {DAY.format('rejected')} end",
}  # fmt: skip
SEEN = {
    "contact_id": "contact::varchar", "referral_id": "referral::varchar",
    "person_id": "person::varchar", "contact_date": DAY.format("day"), "attended": "attended",
}  # fmt: skip
SCORED = {
    "score_id": "score_id::varchar", "referral_id": "referral::varchar",
    "person_id": "person::varchar", "score_date": DAY.format("day"), "tool": "tool",
    "score": "score",
}  # fmt: skip
DONE = {
    "activity_id": "contact::varchar", "referral_id": "referral::varchar",
    "contact_id": "contact::varchar", "person_id": "person::varchar",
    "activity_date": DAY.format("day"), "procedure": "code",
}  # fmt: skip


def fill(
    con: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame, columns: dict[str, str]
) -> None:
    """Insert simulated rows into a fact, its columns made by expressions."""
    con.register("rows", rows)
    con.execute(
        f"insert into {table} (load_id, {', '.join(columns)})"
        f" select 'one', {', '.join(columns.values())} from rows"
    )
    con.unregister("rows")


def effects(seed: int) -> dict[str, Found]:
    """What the metric says of both interventions in one simulated service."""
    con, profile, file = service(seed), load_borough("rotherham"), find_metric(METRIC)
    prepare(con, profile, [file])
    rows = measure_metric(con, profile, file, known_to=date(2025, 3, 31))
    con.close()
    rows = rows[rows["period_start"].eq(pd.Timestamp(YEAR))].set_index("category")
    numbers = rows[["value", "lower", "upper"]]
    return {key: Found(*numbers.loc[name].astype(float)) for key, name in NAMES.items()}


def hits(found: list[dict[str, Found]]) -> tuple[int, int]:
    """How many intervals hold the planted effect, and how many of the null one cover zero."""
    effective = [f[camhs.EFFECTIVE] for f in found]
    null = [f[camhs.NULL] for f in found]
    return (
        sum(f.lower <= camhs.EFFECT <= f.upper for f in effective),
        sum(f.lower <= 0 <= f.upper for f in null),
    )


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("--seeds", type=int, default=100)
    ask.add_argument("--quick", action="store_true", help="ten seeds only")
    given = ask.parse_args()
    seeds = 10 if given.quick else given.seeds
    found = [effects(seed) for seed in range(seeds)]
    effective, null = hits(found)
    mean = float(np.mean([f[camhs.EFFECTIVE].value for f in found]))
    width = float(np.mean([f[camhs.EFFECTIVE].upper - f[camhs.EFFECTIVE].lower for f in found]))
    print(f"{seeds} simulated services of {REFERRALS:,} referrals; planted: {camhs.EFFECT}, 0")
    print(f"effective: interval holds the planted effect in {effective} of {seeds},")
    print(f"  mean {mean:.3f}, mean width of the interval {width:.3f}")
    print(f"null: interval covers zero in {null} of {seeds}")
    return 0 if min(effective, null) >= 0.93 * seeds else 1


if __name__ == "__main__":
    sys.exit(main())
