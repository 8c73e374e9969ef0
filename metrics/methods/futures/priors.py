"""What is believed before a borough's own years are seen, each with its source.

With one or two years a trend can't be told from chance; these say how far trends and single years
differ between English authorities.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Prior:
    """A yearly effect on a log or log-odds scale: standard deviations but for `trend`."""

    level: float
    trend: float
    trend_sd: float
    spread: float
    source: str


JOINING = Prior(
    level=0.25,
    trend=0.05,
    trend_sd=0.05,
    spread=0.11,
    source=(
        "plans in England grew about 7% a year from January 2010 to January 2025; new plans of"
        " English authorities 2019 to 2024 grew 12% a year, with trends some 6 points apart"
        " (DfE, EHC plans 2025)"
    ),
)
LEAVING = Prior(
    level=0.25,
    trend=-0.02,
    trend_sd=0.04,
    spread=0.09,
    source="no national series of the chance of leaving: a wide guess, with plans lasting longer",
)
MOVING = Prior(
    level=0.25,
    trend=0.0,
    trend_sd=0.05,
    spread=0.15,
    source="no national series of moves between settings: a wide guess around no trend",
)
STAGE = Prior(
    level=0.3,
    trend=0.0,
    trend_sd=0.08,
    spread=0.18,
    source="no national series by stage of schooling: a wide guess around what all ages do",
)
