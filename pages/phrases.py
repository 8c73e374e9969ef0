"""How a rise and a fall of a measure are said in the words people use."""

from __future__ import annotations

from typing import NamedTuple


class Phrase(NamedTuple):
    """How a rise and a fall are said, each before 'than a year ago', and what did not change."""

    up: str
    down: str
    topic: str


PHRASES = {
    "semh_ehc_plans": Phrase(
        "More children have an EHC plan for SEMH",
        "Fewer children have an EHC plan for SEMH",
        "the number of EHC plans for SEMH",
    ),
    "semh_pupils_share": Phrase(
        "More pupils have SEMH as their main need",
        "Fewer pupils have SEMH as their main need",
        "the share of pupils with SEMH need",
    ),
    "ehc_requests": Phrase(
        "More EHC assessments are asked for",
        "Fewer EHC assessments are asked for",
        "requests for EHC assessments",
    ),
    "camhs_referrals": Phrase(
        "More children are referred to CAMHS",
        "Fewer children are referred to CAMHS",
        "referrals to CAMHS",
    ),
    "semh_educated_in_borough": Phrase(
        "More children with SEMH plans are educated in the borough",
        "Fewer children with SEMH plans are educated in the borough",
        "the share of SEMH plans educated in the borough",
    ),
    "semh_places_filled": Phrase(
        "SEMH places are fuller",
        "SEMH places are less full",
        "how full SEMH places are",
    ),
    "ehc_plans_within_20_weeks": Phrase(
        "A larger share of EHC plans is issued in 20 weeks",
        "A smaller share of EHC plans is issued in 20 weeks",
        "the share of EHC plans issued in 20 weeks",
    ),
    "camhs_wait_median": Phrase(
        "Children wait longer for CAMHS",
        "Children wait less long for CAMHS",
        "waits for CAMHS",
    ),
    "oob_placements": Phrase(
        "More children are placed outside the borough",
        "Fewer children are placed outside the borough",
        "the number of children placed outside the borough",
    ),
    "oob_spend": Phrase(
        "Places outside the borough cost more in all",
        "Places outside the borough cost less in all",
        "spending on places outside the borough",
    ),
    "oob_cost_per_placement": Phrase(
        "An out-of-borough place costs more",
        "An out-of-borough place costs less",
        "the cost of an out-of-borough place",
    ),
    "semh_suspension_rate": Phrase(
        "Pupils with SEMH need are suspended more often",
        "Pupils with SEMH need are suspended less often",
        "suspensions of pupils with SEMH need",
    ),
    "semh_suspensions": Phrase(
        "There are more suspensions of pupils with SEMH need",
        "There are fewer suspensions of pupils with SEMH need",
        "suspensions of pupils with SEMH need",
    ),
    "semh_absence": Phrase(
        "Pupils with SEMH need miss more school",
        "Pupils with SEMH need miss less school",
        "absence of pupils with SEMH need",
    ),
    "semh_persistent_absence": Phrase(
        "More pupils with SEMH need are persistently absent",
        "Fewer pupils with SEMH need are persistently absent",
        "persistent absence of pupils with SEMH need",
    ),
    "semh_severe_absence": Phrase(
        "More pupils with SEMH need miss half of school or more",
        "Fewer pupils with SEMH need miss half of school or more",
        "severe absence of pupils with SEMH need",
    ),
    "all_suspension_rate": Phrase(
        "Pupils are suspended more often",
        "Pupils are suspended less often",
        "the suspension rate of all pupils",
    ),
    "camhs_wait_p90": Phrase(
        "The longest waits for CAMHS are longer",
        "The longest waits for CAMHS are shorter",
        "the longest waits for CAMHS",
    ),
    "camhs_still_waiting_18_weeks": Phrase(
        "A larger share of children waiting for CAMHS has waited over 18 weeks",
        "A smaller share of children waiting for CAMHS has waited over 18 weeks",
        "the share of children waiting over 18 weeks for CAMHS",
    ),
    "local_cost_per_place": Phrase(
        "A local SEMH place costs more",
        "A local SEMH place costs less",
        "the cost of a local SEMH place",
    ),
    "census_returned": Phrase(
        "More settings return the school census",
        "Fewer settings return the school census",
        "how many settings return the school census",
    ),
    "outcome_paired": Phrase(
        "More closed cases have scores before and after",
        "Fewer closed cases have scores before and after",
        "how many closed cases have scores before and after",
    ),
    "reliable_improvement": Phrase(
        "More children improve after help",
        "Fewer children improve after help",
        "the share of children who improve after help",
    ),
    "waiting_for_a_place": Phrase(
        "More children wait for a specialist place",
        "Fewer children wait for a specialist place",
        "the number of children waiting for a specialist place",
    ),
    "semh_placed_within_10_miles": Phrase(
        "A larger share of children with SEMH plans is placed near home",
        "A smaller share of children with SEMH plans is placed near home",
        "the share of SEMH placements within 10 miles of home",
    ),
    "all_educated_in_borough": Phrase(
        "A larger share of children with plans is educated in the borough",
        "A smaller share of children with plans is educated in the borough",
        "the share of plans placed in the borough",
    ),
    "camhs_waiting": Phrase(
        "More children are waiting for CAMHS",
        "Fewer children are waiting for CAMHS",
        "the number of children waiting for CAMHS",
    ),
    "camhs_referrals_refused": Phrase(
        "CAMHS turns away a larger share of referrals",
        "CAMHS turns away a smaller share of referrals",
        "the share of referrals CAMHS turns away",
    ),
    "camhs_referral_rate": Phrase(
        "Children are referred to CAMHS more often",
        "Children are referred to CAMHS less often",
        "referrals to CAMHS",
    ),
    "all_requests_overdue": Phrase(
        "A larger share of open requests is overdue",
        "A smaller share of open requests is overdue",
        "the share of requests that are overdue",
    ),
    "panel_decisions_on_time": Phrase(
        "A larger share of panel decisions is made on time",
        "A smaller share of panel decisions is made on time",
        "the share of panel decisions made on time",
    ),
    "panel_decision_days": Phrase(
        "Panels take longer to decide",
        "Panels decide sooner",
        "how long panels take to decide",
    ),
    "children_out_of_school": Phrase(
        "More children are out of full-time school",
        "Fewer children are out of full-time school",
        "the number of children out of full-time school",
    ),
    "partner_returns_on_time": Phrase(
        "A larger share of partners' returns comes on time",
        "A smaller share of partners' returns comes on time",
        "the share of partners' returns that come on time",
    ),
    "intervention_evidence_share": Phrase(
        "A larger share of support rests on strong or moderate evidence",
        "A smaller share of support rests on strong or moderate evidence",
        "the share of support with strong or moderate evidence",
    ),
    "intervention_coverage": Phrase(
        "A larger share of pupils with SEMH has support outside CAMHS",
        "A smaller share of pupils with SEMH has support outside CAMHS",
        "the share of pupils who have support outside CAMHS",
    ),
    "intervention_improved": Phrase(
        "A larger share of children improves with support outside CAMHS",
        "A smaller share of children improves with support outside CAMHS",
        "the share who improve with support outside CAMHS",
    ),
    "intervention_sustained_6_months": Phrase(
        "A larger share of children is not suspended after support",
        "A smaller share of children is not suspended after support",
        "the share not suspended after support",
    ),
    "trained_lead_share": Phrase(
        "A larger share of schools has a trained mental health lead",
        "A smaller share of schools has a trained mental health lead",
        "the share of schools with a trained lead",
    ),
    "staff_confident": Phrase(
        "A larger share of school staff feels confident in supporting SEMH needs",
        "A smaller share of school staff feels confident in supporting SEMH needs",
        "the confidence of school staff",
    ),
    "training_coverage": Phrase(
        "A larger share of staff is trained in SEMH",
        "A smaller share of staff is trained in SEMH",
        "the share of staff trained in SEMH",
    ),
    "caseload_per_worker": Phrase(
        "Each worker has more children",
        "Each worker has fewer children",
        "the number of children for each worker",
    ),
    "vacancy_rate": Phrase(
        "A larger share of posts is vacant",
        "A smaller share of posts is vacant",
        "the share of posts that are vacant",
    ),
    "semh_plans_within_20_weeks": Phrase(
        "A larger share of SEMH plans is issued in 20 weeks",
        "A smaller share of SEMH plans is issued in 20 weeks",
        "the share of SEMH plans issued in 20 weeks",
    ),
    "all_reviews_held": Phrase(
        "A larger share of annual reviews is held",
        "A smaller share of annual reviews is held",
        "the share of annual reviews held",
    ),
    "semh_reviews_held": Phrase(
        "A larger share of annual reviews for SEMH is held",
        "A smaller share of annual reviews for SEMH is held",
        "the share of annual reviews held for SEMH",
    ),
    "tribunal_appeal_rate": Phrase(
        "Families appeal to the tribunal more often",
        "Families appeal to the tribunal less often",
        "how often families appeal to the tribunal",
    ),
    "semh_suspension_rate_monthly": Phrase(
        "Pupils with SEMH need are suspended more often",
        "Pupils with SEMH need are suspended less often",
        "suspensions of pupils with SEMH need",
    ),
    "semh_absence_gap": Phrase(
        "The gap in absence is wider",
        "The gap in absence is narrower",
        "the gap in absence between pupils with SEMH and all pupils",
    ),
    "reliable_deterioration": Phrase(
        "A larger share of children gets worse during help from CAMHS",
        "A smaller share of children gets worse during help from CAMHS",
        "the share of children who get worse during help",
    ),
    "permanent_exclusions": Phrase(
        "More pupils are permanently excluded",
        "Fewer pupils are permanently excluded",
        "permanent exclusions",
    ),
    "wait_for_a_place_median": Phrase(
        "Children wait longer for a specialist place",
        "Children wait less long for a specialist place",
        "the wait for a specialist place",
    ),
    "all_ehc_plans": Phrase(
        "More children have an EHC plan",
        "Fewer children have an EHC plan",
        "the number of EHC plans",
    ),
    "semh_newly_recorded": Phrase(
        "A larger share of pupils is newly recorded with SEMH need",
        "A smaller share of pupils is newly recorded with SEMH need",
        "the share of pupils newly recorded with SEMH need",
    ),
    "semh_requests_in_year": Phrase(
        "More plans are asked for by pupils with SEMH need",
        "Fewer plans are asked for by pupils with SEMH need",
        "requests for plans for pupils with SEMH need",
    ),
    "high_needs_variance": Phrase(
        "The high-needs budget is further over",
        "The high-needs budget is less far over",
        "how far the high-needs budget is over",
    ),
    "oob_no_local_place_share": Phrase(
        "A larger share of placements away is for want of a local place",
        "A smaller share of placements away is for want of a local place",
        "the share placed away for want of a local place",
    ),
    "managed_moves_successful": Phrase(
        "A larger share of managed moves succeeds",
        "A smaller share of managed moves succeeds",
        "the share of managed moves that succeed",
    ),
}
"""Measures whose finding is said in their own words; any other uses its title."""
