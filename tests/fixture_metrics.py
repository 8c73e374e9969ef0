# ruff: noqa: E501 (tables of made-up values read better unwrapped)
"""The metrics of the synthetic fixture snapshot: invented sizes and trends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.metric import Metric

PEOPLE: dict[str, dict[str, float]] = {
    "sex": {"female": 0.33, "male": 0.67},
    "phase": {"primary": 0.4, "secondary": 0.58, "special": 0.02},
    "year_group": {
        "R": 0.03, "1": 0.04, "2": 0.05, "3": 0.06, "4": 0.07, "5": 0.08, "6": 0.08, "7": 0.09,
        "8": 0.11, "9": 0.14, "10": 0.14, "11": 0.11,
    },
    "age_band": {"0-4": 0.03, "5-10": 0.4, "11-15": 0.5, "16-25": 0.07},
    "setting": {"mainstream": 0.42, "special": 0.3, "independent": 0.18, "alternative": 0.1},
    "provider_type": {"independent special": 0.7, "state special": 0.25, "alternative": 0.05},
    "key_stage": {"KS1": 0.2, "KS2": 0.3, "KS3": 0.3, "KS4": 0.2},
    "source": {"school": 0.5, "GP": 0.3, "parent or carer": 0.15, "other": 0.05},
    "need": {"SEMH": 0.22, "ASD": 0.35, "SLCN": 0.25, "other": 0.18},
    "deprivation": {"most deprived fifth": 0.4, "2": 0.25, "3": 0.15, "4": 0.12, "least deprived fifth": 0.08},
    "fsm": {"eligible": 0.45, "not eligible": 0.55},
}  # fmt: skip


@dataclass(frozen=True)
class Spec:
    """One metric: what it is, how big, and how it moves."""

    id: str
    title: str
    priority: str
    kind: str
    unit: str
    period: str
    polarity: str
    size: float
    level: float = 0.0
    trend: float = 0.1
    shift: float = 0.0
    multiplier: float = 100.0
    most: float = 1.0
    breakdowns: tuple[str, ...] = ()
    comparator: str | None = None
    absent: bool = False

    @property
    def interval(self) -> str | None:
        """The interval method that goes with the kind."""
        names = {"count": "Poisson, exact", "proportion": "Wilson", "rate": "Byar", "mean": "t",
                 "quantile": "order statistics"}  # fmt: skip
        return names.get(self.kind)


PLACE = ("locality", "ward", "school")
METRICS = [
    Spec("semh_ehc_plans", "EHC plans with SEMH as primary need", "demand", "count", "plans", "census",
         "none", 780, trend=0.5, breakdowns=("sex", "year_group", "setting", "locality", "ward"),
         comparator="EHCP_SEMH"),
    Spec("semh_pupils_share", "Pupils with SEMH as primary need", "demand", "proportion",
         "% of pupils on roll", "census", "none", 44000, level=4.4, trend=0.3,
         breakdowns=("sex", "phase", "year_group", "deprivation", *PLACE), comparator="SEMH_share"),
    Spec("ehc_requests", "Requests for an EHC needs assessment", "demand", "count", "requests", "month",
         "none", 62, trend=0.4, breakdowns=("sex", "age_band", "source", "locality")),
    Spec("camhs_referrals", "Referrals to CAMHS", "demand", "count", "referrals", "month", "none", 240,
         trend=0.1, shift=1.25, breakdowns=("sex", "age_band", "source", "locality", "ward")),
    Spec("semh_educated_in_borough", "Children with SEMH plans educated in the borough", "sufficiency",
         "proportion", "% of plans", "census", "high", 780, level=86, trend=-0.06,
         breakdowns=("phase", "locality")),
    Spec("semh_places_filled", "SEMH specialist places filled", "sufficiency", "proportion",
         "% of places", "term", "none", 210, level=92, trend=0.05, breakdowns=("key_stage", "locality", "provider")),
    Spec("ehc_plans_within_20_weeks", "EHC plans issued within 20 weeks", "pathways", "proportion",
         "% of plans issued", "month", "high", 45, level=58, trend=0.2, breakdowns=("need", "locality"),
         comparator="SEN_EHC_All_20wks"),
    Spec("camhs_wait_median", "Median wait for a second CAMHS contact", "pathways", "quantile", "weeks",
         "month", "low", 150, level=14, trend=0.3, breakdowns=("age_band",)),
    Spec("oob_placements", "Children placed outside the borough", "cost", "count", "placements", "month",
         "low", 96, trend=0.3, breakdowns=("setting", "provider_type", "provider")),
    Spec("oob_cost_per_placement", "Average yearly cost of an out-of-borough placement", "cost", "mean",
         "pounds a year", "financial_year", "low", 96, level=61000, trend=0.35,
         breakdowns=("provider_type", "provider")),
    Spec("oob_spend", "Spending on out-of-borough placements", "cost", "money", "pounds",
         "financial_year", "low", 96, level=61000, trend=0.6, breakdowns=("provider_type", "provider")),
    Spec("local_cost_per_place", "Average yearly cost of a local SEMH place", "cost", "mean",
         "pounds a year", "financial_year", "low", 190, level=24500, trend=0.2, breakdowns=("key_stage",)),
    Spec("semh_suspensions", "Suspensions of pupils with SEMH need", "outcomes", "count", "suspensions",
         "month", "low", 310, trend=0.5, breakdowns=("sex", "phase", *PLACE)),
    Spec("semh_suspension_rate", "Suspension rate, pupils with SEMH as primary need", "outcomes", "rate",
         "suspensions per 100 pupils", "academic_year", "low", 1900, level=68, trend=0.4, most=3.0,
         breakdowns=("sex", "phase", *PLACE), comparator="TotFixedEx_SEMH"),
    Spec("all_suspension_rate", "Suspension rate, all pupils", "outcomes", "rate",
         "suspensions per 100 pupils", "academic_year", "low", 44000, level=12.8, trend=0.5, most=3.0,
         breakdowns=("sex", "phase", *PLACE), comparator="TotFixedEx"),
    Spec("semh_absence", "Absence of pupils with SEMH need", "outcomes", "proportion",
         "% of possible sessions", "term", "low", 240000, level=19, trend=0.2,
         breakdowns=("phase", "locality", "school"), comparator="TotAbs_SEMH"),
    Spec("semh_persistent_absence", "Persistent absence of pupils with SEMH need", "outcomes",
         "proportion", "% of pupils", "academic_year", "low", 1900, level=47, trend=0.2,
         breakdowns=("sex", "phase", "fsm", *PLACE), comparator="TotPerAbNew_SEMH"),
    Spec("census_returned", "Schools whose census was returned", "evidence", "proportion",
         "% of schools", "term", "high", 118, level=97, trend=0.01, breakdowns=("phase",)),
    Spec("reliable_improvement", "Children who reliably improved after help", "outcomes", "proportion",
         "% of closed referrals with paired scores", "academic_year", "high", 320, level=52, trend=0.1,
         breakdowns=("sex", "age_band")),
    Spec("trained_lead_share", "Schools with a trained senior mental health lead", "workforce",
         "proportion", "% of schools", "academic_year", "high", 118, level=60, absent=True),
]  # fmt: skip


def document(spec: Spec) -> dict[str, Any]:
    """The metric's document as a snapshot keeps it."""
    metric = Metric.model_validate({
        "id": spec.id, "title": spec.title, "priority": spec.priority,
        "question": f"What is happening to {spec.title[0].lower()}{spec.title[1:]}?",
        "kind": spec.kind, "unit": spec.unit, "multiplier": spec.multiplier,
        "decimals": 0 if spec.kind in ("count", "money") else 1,
        "polarity": spec.polarity, "period": spec.period, "breakdowns": list(spec.breakdowns),
        "comparator": {"series": spec.comparator} if spec.comparator else None,
        "no_comparator": "" if spec.comparator else "No published series counts the same thing.",
        "sources": ["pupil_census"], "population": "Children and young people of the borough.",
        "caveats": ["Synthetic data: this figure describes no real place."],
    })  # fmt: skip
    return metric.model_dump(mode="json") | {
        "numerator": f"the things counted for {spec.title.lower()}, in the period",
        "denominator": "all of them on the day" if spec.kind in ("proportion", "rate") else "",
        "sql": "-- numerator: made up\nselect on_date, person_id, urn from live_pupil_census",
        "examples": {"given": {"pupil_census": []}, "expect": []},
    }
