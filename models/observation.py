"""One shape for every result: an observation, and the table that holds it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Status(StrEnum):
    """Why a value is or is not there. A missing value is never zero."""

    OK = "ok"
    SUPPRESSED = "suppressed"
    LOW_BASE = "low_base"
    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"


class Tier(StrEnum):
    """Who may read a figure; each tier also reads the ones before it."""

    OPEN = "open"
    PARTNER = "partner"
    RESTRICTED = "restricted"


class PeriodKind(StrEnum):
    """Which kind of period a figure covers. A year always says which kind."""

    MONTH = "month"
    TERM = "term"
    ACADEMIC_YEAR = "academic_year"
    FINANCIAL_YEAR = "financial_year"
    CALENDAR_YEAR = "calendar_year"
    CENSUS = "census"


class AreaKind(StrEnum):
    """What kind of place or body a figure describes."""

    BOROUGH = "borough"
    LOCALITY = "locality"
    WARD = "ward"
    SCHOOL = "school"
    PROVIDER = "provider"
    PARTNERSHIP = "partnership"
    COMPARATOR = "comparator"


class Observation(BaseModel):
    """One figure: what was measured, where, when, for whom, and how sure it is.

    `value` is in the metric's unit; `lower` and `upper` are a 95 % interval whose method
    `interval_method` names. A suppressed figure has no numbers at all.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    metric_id: str
    period_start: date
    period_end: date
    period_kind: PeriodKind
    area_kind: AreaKind
    area_id: str
    breakdown: str = "all"
    category: str = "all"
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    interval_method: str | None = None
    status: Status = Status.OK
    tier: Tier = Tier.OPEN
    loads: str = ""


OBSERVATION_COLUMNS = tuple(Observation.model_fields)

PUBLISHED_COLUMNS = (*OBSERVATION_COLUMNS, "marks")
"""A published observation also has `marks`: the symbols that go with it (`models.symbols`), without
brackets and divided by spaces; NULL where none does."""

OBSERVATION_DDL = """
create table {name} (
    metric_id varchar not null,
    period_start date not null,
    period_end date not null,
    period_kind varchar not null,
    area_kind varchar not null,
    area_id varchar not null,
    breakdown varchar not null,
    category varchar not null,
    numerator double,
    denominator double,
    value double,
    lower double,
    upper double,
    interval_method varchar,
    status varchar not null,
    tier varchar not null,
    loads varchar not null
)
"""
