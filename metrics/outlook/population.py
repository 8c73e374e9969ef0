"""People by academic year, past and to come: cohorts of the school census, grown a year older.

A cohort is named by the January it is in reception. Its size is the middle of the January rolls it
was counted on from reception to year 11; older and younger cohorts follow the published estimates
by single year of age where loaded, scaled to the rolls, else the nearest cohort that is known.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from metrics.methods.futures.history import CannotProject, History
from metrics.outlook.moves import steps_sql

COUNTED, UNBORN = 0.01, 0.04
"""How far a known cohort may be from its size, and how much one not yet seen may differ from the
one before it (standard deviations of the log): cohorts of English authorities differ by 2 to 5 %
from year to year."""

_ROLL = """
select january - age as cohort, january, count(*) as people
from (
    select extract(year from r.census_date)::integer as january,
        extract(year from r.census_date)::integer - 5 - (extract(year from n.birth_month)
            + case when extract(month from n.birth_month) >= 9 then 1 else 0 end)::integer as age
    from january_roll r join person n on n.person_id = r.person_id
) aged
where age between 0 and 10 and january <= ?
group by all
"""
_ESTIMATE = """
select extract(year from s.period_start)::integer - cast(s.category as integer) + 5 as cohort,
    arg_max(s.value, s.period_start) as people
from published_statistic s
join load l on l.load_id = s.load_id
where l.superseded_by is null and s.area_kind = 'borough' and s.value is not null
    and s.series = 'population.mye_single_year' and extract(year from s.period_start) < ?
group by all
"""


@dataclass(frozen=True)
class People:
    """Cohort sizes and how they are known."""

    size: pd.Series
    """By cohort, without gaps, as far as any is seen."""
    seen: int
    """The newest cohort that was counted or estimated."""
    source: str

    def frame(self, first: int, last: int, ages: np.ndarray) -> pd.DataFrame:
        """`calendar-year, academic-year, population` from the first January to the last."""
        year, age = (part.ravel() for part in np.meshgrid(np.arange(first, last + 1), ages))
        cohort = np.clip(year - age, self.size.index[0], self.size.index[-1])
        return pd.DataFrame({"calendar-year": year, "academic-year": age,
                             "population": self.size.reindex(cohort).to_numpy()})  # fmt: skip

    def spread(self, years: int) -> _Spread:
        """Draws how far each cohort is from its size, alike in every year of one future."""
        return _Spread(self.seen, years)


@dataclass(frozen=True)
class _Spread:
    seen: int
    years: int

    def __call__(self, history: History, draws: int, rng: np.random.Generator) -> np.ndarray:
        year = history.origin + 1 + np.arange(self.years)
        cohort = year[:, None] - history.ages[None, :]
        low = int(cohort.min())
        noise = rng.standard_normal((draws, int(cohort.max()) - low + 1))
        unborn = np.arange(noise.shape[1]) + low > self.seen
        walked = np.cumsum(np.where(unborn, UNBORN * noise, 0.0), axis=1)
        factor: np.ndarray = np.exp(walked + np.where(unborn, 0.0, COUNTED * noise))
        return factor[:, cohort - low].astype(np.float32)


def read_people(con: duckdb.DuckDBPyConnection, origin: int) -> People:
    """Cohort sizes as known at the January of the origin.

    Raises CannotProject where no January school census is loaded.
    """
    steps = steps_sql("january_roll")
    roll = con.execute(f"{steps} {_ROLL}", [origin]).df()
    if roll.empty:
        raise CannotProject(f"no January school census to {origin} is loaded: no population")
    counted = roll.groupby("cohort")["people"].median()
    estimate = con.execute(_ESTIMATE, [origin]).df().set_index("cohort")["people"]
    size, source = counted, "January school census rolls"
    both = counted.index.intersection(estimate.index)
    if len(both):
        ratio = float((counted[both] / estimate[both]).median())
        size = counted.combine_first(estimate * ratio)
        source = f"{source} and estimates of residents by single year of age, scaled to the rolls"
    whole = range(int(size.index.min()), int(size.index.max()) + 1)
    return People(size.reindex(whole).interpolate().astype(float), whole[-1], source)
