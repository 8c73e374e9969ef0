"""Places there are and places approved, by designation, phase and locality, each January ahead.

Specialist places the borough commissions: special schools, SEN units and resourced provisions.
Alternative provision is left out: it is not a place that a plan is issued for.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from metrics.methods.futures.history import CannotProject

PHASES = ("primary", "secondary", "post-16")
"""Phases places are planned in; the few early years children are counted with the primary ones."""
LOCAL = ("special", "sen_unit", "resourced_provision")
"""Establishment categories of specialist places."""
_PHASE = """case when {0} in ('EY', 'KS1', 'KS2') then 'primary'
    when {0} in ('KS3', 'KS4') then 'secondary' when {0} = 'KS5' then 'post-16' else 'all' end"""
_PLACES = f"""
select v.designation, {_PHASE.format("c.key_stage")} as phase, v.locality,
    sum(c.places)::integer as places
from provision v
join provision_places c on c.provision_id = v.provision_id
join (
    select provision_id, max(period_start) as newest from provision_places
    where period_start <= ? group by provision_id
) n on n.provision_id = c.provision_id and n.newest = c.period_start
where v.in_borough and v.locality is not null and v.establishment in {LOCAL}
group by all
"""
_APPROVED = f"""
select designation, {_PHASE.format("key_stage")} as phase, locality,
    places_promised as places, promised_date, scheme_id
from live_capital_scheme
where opened_date is null and locality is not null and establishment in {LOCAL}
    and places_promised > 0
"""


@dataclass(frozen=True)
class Supply:
    """Places by year (rows of the first axis) and cell."""

    cells: pd.DataFrame
    """`designation, phase, locality`: every cell with places now or approved."""
    years: np.ndarray
    places: np.ndarray
    """`(year, cell)`."""
    approved: int
    """Places approved to open on a day to come, and counted from then."""
    late: int
    """Places promised for a day that has passed and not open: not counted."""


def read_supply(con: duckdb.DuckDBPyConnection, years: np.ndarray) -> Supply:
    """Places each January of `years`, from the register and the programme.

    A January not yet commissioned has the places of the newest term. Places promised for a day to
    come are counted from then; those promised for a day that has passed and not open are not, for
    nobody has said when they will be. Raises CannotProject where no places are known.
    """
    frames = [con.execute(_PLACES, [f"{y}-01-31"]).df().assign(year=y) for y in years]
    now = _by_phase(pd.concat(frames, ignore_index=True))
    if now.empty:
        raise CannotProject("no specialist places are known: load places commissioned by provision")
    soon, late = _approved(con, years)
    rows = pd.concat([now, soon], ignore_index=True)
    keys = ["designation", "phase", "locality"]
    table = rows.pivot_table(index="year", columns=keys, values="places", aggfunc="sum")
    table = table.reindex(years).fillna(0)
    cells = table.columns.to_frame(index=False)
    ahead = soon.loc[soon["year"] == years[-1], "places"].sum()
    return Supply(cells, years, table.to_numpy(dtype=float), round(float(ahead)), late)


def _approved(con: duckdb.DuckDBPyConnection, years: np.ndarray) -> tuple[pd.DataFrame, int]:
    """A row for each January places to come are there; and how many places are late."""
    rows = _by_phase(con.execute(_APPROVED).df())
    newest = con.execute("select max(period_start) from provision_places").fetchall()[0][0]
    day = pd.to_datetime(rows["promised_date"])
    late = (day <= pd.Timestamp(newest)).to_numpy()
    opens = (day.dt.year + (day.dt.month > 1)).to_numpy()
    out = [rows.assign(year=year)[~late & (opens <= year)] for year in years]
    return pd.concat(out, ignore_index=True), round(float(rows.loc[late, "places"].sum()))


def _by_phase(rows: pd.DataFrame) -> pd.DataFrame:
    """Places for all ages of a provision, split over the phases as the other places are."""
    whole = rows["phase"] == "all"
    told = rows[~whole].groupby("phase")["places"].sum().reindex(PHASES).fillna(0.0)
    share = told / told.sum() if told.sum() else pd.Series(1 / len(PHASES), index=list(PHASES))
    parts = [
        rows[whole].assign(phase=phase, places=rows.loc[whole, "places"] * float(share[phase]))
        for phase in PHASES
    ]
    return pd.concat([rows[~whole], *parts], ignore_index=True)
