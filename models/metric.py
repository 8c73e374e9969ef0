"""A metric as people declare it: the front matter of a metric file."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Priority = Literal[
    "demand", "sufficiency", "pathways", "partnerships", "evidence", "workforce", "cost", "outcomes"
]
"""The six priorities; `demand` is what they answer to, and `cost` the money side of `outcomes`."""

PRIORITY_TITLES: dict[str, str] = {
    "demand": "Understanding demand",
    "sufficiency": "Sufficiency",
    "pathways": "Seamless pathways",
    "partnerships": "Partnerships",
    "evidence": "Evidence-based approaches",
    "workforce": "Workforce",
    "cost": "Out-of-borough cost",
    "outcomes": "Outcomes and value for money",
}


class Kind(StrEnum):
    """How numerator and denominator become a value, and which interval goes with it.

    count: n. proportion: n of N as % (Wilson). rate: n per N, times the multiplier (Poisson).
    mean: mean of `value` (t). money: sum of `amount` in pounds (no interval). quantile: a quantile
    of `value` (order statistics). ratio: sum of `amount` over sum of denominator `amount`.
    computed: what a Python method (`metrics.computed`) makes of the rows counted.
    """

    COUNT = "count"
    PROPORTION = "proportion"
    RATE = "rate"
    MEAN = "mean"
    MONEY = "money"
    QUANTILE = "quantile"
    RATIO = "ratio"
    COMPUTED = "computed"


class Comparator(BaseModel):
    """The published series that means the same."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    series: str = Field(description="Series id in published statistics.")
    category: str = Field("all", description="Category of that series, where it has several.")
    note: str = Field("", description="Any small difference in meaning.")


class Metric(BaseModel):
    """Front matter of a metric file, validated."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern="^[a-z][a-z0-9_]*$", description="File name without its ending.")
    title: str = Field(description="What it is, as a noun phrase.")
    priority: Priority
    question: str = Field(description="The question it answers, as users ask it.")
    kind: Kind
    unit: str = Field(description="Unit in words, e.g. suspensions per 100 pupils.")
    multiplier: float = Field(1.0, description="Rate per this many; 100 for proportions.")
    quantile: float = Field(0.5, description="For kind quantile: which.")
    method: str = Field("", description="For kind computed: which method works it out.")
    decimals: int = Field(1, ge=0, le=3)
    polarity: Literal["high", "low", "none"]
    period: Literal["month", "term", "academic_year", "financial_year", "calendar_year", "census"]
    breakdowns: list[str] = Field(default_factory=list)
    shares: list[str] = Field(
        default_factory=list,
        description="Breakdowns of a proportion whose categories are each a share of the whole.",
    )
    comparator: Comparator | None = None
    no_comparator: str = Field("", description="Why no published series means the same.")
    sources: list[str] = Field(description="Warehouse tables it reads, without live_.")
    population: str = Field(description="Who is counted, in words.")
    caveats: list[str] = Field(default_factory=list)
    floor: float | None = Field(
        None,
        ge=0,
        le=1,
        description="Share of the settings owing a return with which it is shown; else by kind.",
    )
    part_of: list[str] = Field(
        default_factory=list,
        description="Metrics that count these and others too, by the same rule.",
    )
    breaks: dict[date, str] = Field(
        default_factory=dict,
        description="Day from which it is counted otherwise, and why; the line is cut there.",
    )
    stock: bool = Field(
        False,
        description="Counted on one day of each period; most of it was there the time before.",
    )
    statistic_of: Literal["things", "people", "places"] = Field(
        "things",
        description="What one row stands for; places are about nobody, and may be few.",
    )

    pounds: bool = Field(
        False, description="Its sums are of pounds, though its unit is another: a share, an index."
    )

    @property
    def in_pounds(self) -> bool:
        """Whether what it adds up is pounds, so that a sum may tell a price."""
        if self.kind in (Kind.COUNT, Kind.PROPORTION, Kind.RATE):
            return False
        unit = self.unit.lower()
        return self.pounds or self.kind is Kind.MONEY or "£" in unit or "pound" in unit

    @property
    def compares_years(self) -> bool:
        """Whether its base is another year's children, of whom this year's are no part."""
        return self.method == "change_of_spend"

    @model_validator(mode="after")
    def _shares_are_breakdowns(self) -> Self:
        if self.shares and self.kind is not Kind.PROPORTION:
            raise ValueError("only a proportion has shares")
        if strange := sorted(set(self.shares) - set(self.breakdowns)):
            raise ValueError(f"shares {strange} must be among the breakdowns")
        return self

    @model_validator(mode="after")
    def _method_if_computed(self) -> Self:
        if bool(self.method) != (self.kind is Kind.COMPUTED):
            raise ValueError("kind computed needs a method, and no other kind may have one")
        return self
