"""Capital: places promised by the sufficiency programme, and places that could be built next."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from models import codes
from models.extract import Extract, OnFail
from models.extracts._local import day, field, number, pounds, words

PROGRAMME_PHASE = words("phase 1", "phase 2", "phase 3", "phase 4", "phase 5")
SCHEME_PHASE = words("primary", "secondary", "post-16")


class CapitalScheme(Extract):
    """One row per scheme and key stage. Each file is the whole programme as it stands."""

    extract = "capital_schemes"
    family = "finance"
    title = "Capital schemes: places promised, opened and filled"
    owner = "the SEND sufficiency programme office"
    recognised_by = ("scheme_id", "programme_phase", "places_promised")
    unique = ("scheme_id", "key_stage")

    scheme_id: str = field("This scheme", required=True, key=True)
    scheme_name: str = field("Name", required=True)
    programme_phase: str = field("Phase of the programme", codes=PROGRAMME_PHASE, required=True)
    establishment: str = field("Establishment category", codes=codes.ESTABLISHMENT, required=True)
    designation: str = field("Need it is designated for", codes=codes.DESIGNATION, required=True)
    key_stage: str = field("Key stage", codes=codes.KEY_STAGE, required=True)
    locality: str | None = field("Locality id of the borough profile")
    places_promised: int = number("Places promised", "places", 1000, required=True)
    promised_date: date = day("Day they were promised for", required=True)
    places_opened: int | None = number("Places opened so far", "places", 1000)
    opened_date: date | None = day("Day the first opened; blank while none has", past=True)
    places_filled: int | None = number("Children in them", "children", 1000)
    filled_date: date | None = day("Day they were counted", past=True, on_fail=OnFail.BLANK)
    capital_cost: Decimal | None = pounds("Capital cost of this row's places")
    running_cost: Decimal | None = pounds("Running cost of the places opened, in a full year")


class CandidateScheme(Extract):
    """One row per place that could be built. Each file is the whole list as it stands.

    A site that would serve two phases is given as two rows, so that either can be chosen.
    """

    extract = "candidate_schemes"
    family = "finance"
    title = "Candidate schemes: places that could be built"
    owner = "the SEND sufficiency programme office"
    recognised_by = ("scheme_id", "opening_date", "running_cost_per_place")
    unique = ("scheme_id",)
    ordered = (("start_date", "opening_date"),)

    scheme_id: str = field("This scheme", required=True, key=True)
    scheme_name: str = field("Site, and what would be built there", required=True)
    establishment: str = field("Establishment category", codes=codes.ESTABLISHMENT, required=True)
    designation: str = field("Need it would be designated for", codes=codes.DESIGNATION,
                             required=True)  # fmt: skip
    phase: str = field("Phase its places would be for", codes=SCHEME_PHASE, required=True)
    locality: str = field("Locality id of the borough profile", required=True)
    places: int = field("Places it would add", unit="places", minimum=1, maximum=1000,
                        required=True)  # fmt: skip
    capital_cost: Decimal = pounds("Capital cost of the whole scheme", required=True)
    running_cost_per_place: Decimal = pounds(
        "Running cost of one place in a full year", 1_000_000, required=True
    )
    start_date: date = day("Day the money starts to be spent", required=True)
    opening_date: date = day("Day the first place would open", required=True)


MODULES: list[type[Extract]] = [CapitalScheme, CandidateScheme]
