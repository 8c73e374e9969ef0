"""Commissioning: what places the borough buys, at what weekly cost, and how many it has."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from models import codes
from models.extract import Extract, Mark, OnFail, column
from models.extracts._collect import UPN_PATTERN, identifier

SOURCE = "Council commissioning register; fields after the regional placement census"
OWNER = "the SEND commissioning team"
FIX = "Correct it in the commissioning register and send the register again."


def _field(meaning: str, **rest: Any) -> Any:
    rest.setdefault("action", FIX)
    return column(meaning, source=SOURCE, **rest)


def _weekly(meaning: str) -> Any:
    return _field(
        meaning,
        unit="pounds a week",
        minimum=0,
        maximum=30000,
        action="Give pounds a week; no text.",
    )


class _Commissioning(Extract):
    family = "commissioning"
    owner = OWNER


class CommissioningRegister(_Commissioning):
    """One row per placement bought or funded, with who pays how much of its weekly cost."""

    extract = "commissioning_register"
    title = "Commissioning register: placements and costs"
    recognised_by = ("placement_id", "upn", "weekly_education")
    ordered = (("start_date", "end_date"),)
    unique = ("placement_id",)

    placement_id: str = _field("This placement", required=True, key=True)
    upn: str = identifier(
        "Unique pupil number", source=SOURCE, required=True, pattern=UPN_PATTERN, action=FIX
    )
    provider_id: str = _field("Provider, as in the provider register", required=True)
    provision_id: str | None = _field("Provision, as in places commissioned")
    urn: int | None = _field(
        "URN of the establishment", minimum=100000, maximum=999999, on_fail=OnFail.BLANK
    )
    primary_need: str | None = _field("Primary need", codes=codes.SEN_TYPE, mark=Mark.SENSITIVE)
    placement_type: str = _field("Type of place", codes=codes.PLACEMENT_TYPE, required=True)
    start_date: date = _field("First day", required=True, mark=Mark.QUASI, minimum=date(2000, 1, 1))
    end_date: date | None = _field("Last day; blank while it goes on", mark=Mark.QUASI)
    weeks_a_year: float = _field(
        "Weeks the fee is paid for", unit="weeks", required=True, minimum=1, maximum=53
    )
    weekly_education: Decimal | None = _weekly("Education's share of the weekly cost")
    weekly_health: Decimal | None = _weekly("Health's share of the weekly cost")
    weekly_care: Decimal | None = _weekly("Social care's share of the weekly cost")
    annual_transport: Decimal | None = _field(
        "Home-to-school transport", unit="pounds a year", minimum=0, maximum=200000
    )
    residential: str | None = _field(
        "Day or residential", codes=codes.RESIDENTIAL, action="Use day, weekly, 38-51 or 52."
    )
    host_authority: str | None = _field(
        "DfE number of the authority the place is in", pattern="[0-9]{3}"
    )
    reason_at_distance: str | None = _field(
        "Why the child is placed outside the borough", codes=codes.REASON_AT_DISTANCE,
        on_fail=OnFail.BLANK,
    )  # fmt: skip
    distance_miles: float | None = _field(
        "Distance from home", unit="miles", minimum=0, maximum=400, on_fail=OnFail.BLANK
    )


class PlacesCommissioned(_Commissioning):
    """One row per provision, key stage and term: how many places are commissioned."""

    extract = "places_commissioned"
    title = "Places commissioned by provision, key stage and term"
    recognised_by = ("provision_id", "places", "key_stage", "academic_year")
    unique = ("provision_id", "academic_year", "term", "key_stage")

    provision_id: str = _field("This provision", required=True, key=True)
    provision_name: str = _field("Name of the provision", required=True)
    urn: int | None = _field("URN of its establishment", minimum=100000, maximum=999999)
    provider_id: str | None = _field("Provider, as in the provider register")
    establishment: str = _field("Establishment category", codes=codes.ESTABLISHMENT, required=True)
    designation: str = _field("Need it is designated for", codes=codes.DESIGNATION, required=True)
    phase: str | None = _field("Phase", codes=codes.PHASE, on_fail=OnFail.BLANK)
    locality: str | None = _field("Locality id of the borough profile; blank outside it")
    host_authority: str = _field(
        "DfE number of the authority it is in", required=True, pattern="[0-9]{3}"
    )
    academic_year: str = _field("Academic year", required=True, pattern="20[0-9]{2}/[0-9]{2}")
    term: str = _field(
        "Term", required=True,
        codes={"autumn": "Autumn", "spring": "Spring", "summer": "Summer"},
    )  # fmt: skip
    key_stage: str = _field("Key stage", codes=codes.KEY_STAGE, required=True)
    places: int = _field("Places", unit="places", required=True, minimum=0, maximum=2000)


class ProviderRegister(_Commissioning):
    """One row per provider the borough places children with."""

    extract = "provider_register"
    title = "Provider register"
    recognised_by = ("provider_id", "provider_name", "provider_type")
    unique = ("provider_id",)

    provider_id: str = _field("This provider", required=True, key=True)
    provider_name: str = _field("Name", required=True)
    provider_type: str = _field("Type", codes=codes.PROVIDER_TYPE, required=True)
    host_authority: str | None = _field("DfE number of its authority", pattern="[0-9]{3}")


MODULES: list[type[Extract]] = [CommissioningRegister, PlacesCommissioned, ProviderRegister]
