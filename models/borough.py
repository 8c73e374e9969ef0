"""The borough as a profile: names, codes, neighbours, localities, targets and thresholds."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from models.observation import Tier

PROFILES = Path(__file__).resolve().parent.parent / "data" / "boroughs"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Neighbour(_Part):
    """A statistical neighbour."""

    name: str = Field(description="Name as people say it.")
    ons_code: str = Field(description="Current nine-character ONS code.")
    la_number: int = Field(description="DfE local authority number.")


class Neighbours(_Part):
    """The statistical neighbours and the model they come from."""

    model: str = Field(description="Which model chose them.")
    dated: date = Field(description="First day of the month the model was published.")
    members: list[Neighbour] = Field(description="The neighbours, closest first.")


class Ward(_Part):
    """An electoral ward."""

    code: str = Field(description="ONS code.")
    name: str = Field(description="Name as people say it.")


class Locality(_Part):
    """A group of wards that services plan for together."""

    id: str = Field(description="Short id used in addresses and files.", pattern="^[a-z0-9-]+$")
    name: str = Field(description="Name as people say it.")
    wards: list[Ward] = Field(description="Its wards.")


class Target(_Part):
    """What the borough aims for on one metric in one year."""

    metric: str = Field(description="Metric id.")
    year: str = Field(description="Period the target is for, in words, e.g. 2025/26.")
    value: float = Field(description="The target, in the metric's unit.")
    tolerance: float = Field(description="How far off still counts as near, in the same unit.")
    source: str = Field(description="Where the target was agreed.")


class Threshold(_Part):
    """Disclosure control for one audience."""

    tier: Tier = Field(description="The audience.")
    smallest: int = Field(
        description="The smallest count shown; 1 to this less 1 are hidden.", ge=5
    )
    round_to: int = Field(1, ge=1, description="Counts are rounded to this; 1 for no rounding.")
    rounding: Literal["nearest", "midpoint"] = Field(
        "nearest",
        description="How: to the nearest of it, or to the middle of groups of it (midpoint 6).",
    )

    @model_validator(mode="after")
    def _no_count_rounds_to_nothing(self) -> Self:
        if self.rounding == "nearest" and self.smallest < self.round_to / 2:
            raise ValueError(
                f"round_to {self.round_to} would show counts from {self.smallest} as 0; raise"
                f" smallest to {-(-self.round_to // 2)} or round to less"
            )
        return self

    def words(self) -> str:
        """The rule as people read it, for pages and files."""
        said = f"Counts from 1 to {self.smallest - 1} are hidden."
        if self.round_to == 1:
            return said
        if self.rounding == "midpoint":
            return (
                f"{said} Other counts are shown as the middle of their group of {self.round_to};"
                " totals are rounded by themselves, and rates are made from rounded counts."
            )
        return (
            f"{said} Other counts are rounded to the nearest {self.round_to}; totals are rounded by"
            " themselves, and rates are made from rounded counts."
        )


class Term(_Part):
    """A school term."""

    academic_year: str = Field(description="Academic year, e.g. 2024/25.")
    name: str = Field(description="autumn, spring or summer.")
    start: date = Field(description="First day.")
    end: date = Field(description="Last day.")


class Borough(_Part):
    """All that makes one English authority differ from another."""

    name: str = Field(description="Name as people say it.")
    long_name: str = Field(description="Full name of the council.")
    ons_code: str = Field(description="Current nine-character ONS code.")
    old_ons_codes: list[str] = Field(description="Earlier ONS codes that files may still carry.")
    la_number: int = Field(description="DfE local authority number.")
    region: str = Field(description="Region name.")
    region_code: str = Field(description="ONS code of the region.")
    country_code: str = Field("E92000001", description="ONS code of England.")
    recoded: dict[str, str] = Field(
        default_factory=dict, description="Old ONS code to current code, for any area in use."
    )
    name_aliases: dict[str, str] = Field(
        default_factory=dict, description="Other spellings of an area's name to the one used."
    )
    strategy: str = Field(description="The strategy that the pages report against.")
    neighbours: Neighbours = Field(description="Statistical neighbours.")
    localities: list[Locality] = Field(description="Localities and their wards.")
    localities_note: str = Field(description="Where the grouping of wards comes from.")
    targets: list[Target] = Field(description="Targets by metric and year.")
    thresholds: list[Threshold] = Field(description="Smallest counts shown, by audience.")
    terms: list[Term] = Field(description="The school-year calendar.")
    contact: str = Field(
        description="Who answers questions about the figures; a role, not a person."
    )

    def threshold(self, tier: str) -> Threshold:
        """The rule for an audience.

        Raises KeyError when the profile has none: what no rule covers is not published.
        """
        for rule in self.thresholds:
            if rule.tier == tier:
                return rule
        raise KeyError(f"{self.name} profile has no disclosure threshold for tier {tier!r}")


def load_borough(name: str) -> Borough:
    """Read a profile by name (`rotherham`) or by path to a `.toml` file.

    Raises FileNotFoundError naming the profiles there are.
    """
    path = Path(name) if name.endswith(".toml") else PROFILES / f"{name}.toml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in PROFILES.glob("*.toml")))
        raise FileNotFoundError(f"no borough profile {path}; there are: {known}")
    return Borough.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
