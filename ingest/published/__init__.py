"""Real published statistics: recognised by their columns, read by rule, kept with their symbols.

Series are named after the file and column they come from, and never change:

- `lait.<Short Desc>`: Local Authority Interactive Tool, e.g. `lait.TotFixedEx`
- `sen2.<file>.<column>`: the EHC plans release, e.g. `sen2.caseload.ehcplans`; its tribunal table
  is `sen2.tribunals.appeals`, `.decisions` and `.rate`
- `absence_by_need.<need>.<metric>`, `absence_by_provision.<provision>.<metric>`,
  `attendance_by_provision...`, `exclusions_by_provision...`: e.g.
  `absence_by_need.semh.sess_overall_percent`; need and provision are short names such as `semh`,
  `asd`, `ehc_plan`, `sen_support`, `no_sen`
- `attendance_daily.<year, week or term>.<column>`: daily attendance as last published
- `mhsds.<measure id>`: NHS England, e.g. `mhsds.MHS95`
- `population.mye_0_17`, `population.mye_single_year`, `imd2025.<measure>`, `dsg.<block>`
- `<family>.<split>.<column>` in small letters for the plain layouts of `layouts.py`

A total has breakdown and category `all`; other breakdowns are sex, age, ethnicity, placement and
phase. What a flag means is in `flags.py`; which figures Compare shows is in
`data/reference/compare_indicators.toml`.
"""

from __future__ import annotations

from ingest.published.loader import load_published
from ingest.published.readers import PUBLISHED_READERS
from ingest.published.refusal import why_not

__all__ = ["PUBLISHED_READERS", "load_published", "why_not"]
