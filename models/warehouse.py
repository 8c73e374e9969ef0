"""The warehouse's tables: person-level, pseudonymous, read by pipelines only.

A `person_id` is a keyed hash; no UPN, NHS number, name, date of birth or postcode is kept. Every
fact row carries the `load_id` it came from; rows whose load is superseded stay until retention
removes them, and the `live_<fact>` view of each fact shows only rows of current loads (or of those
that were current on an earlier day: see `models.history`).
"""

from __future__ import annotations

from models.bookkeeping import BOOKKEEPING, CURRENT_LOAD, live_view

DIMENSIONS: dict[str, str] = {
    "person": (
        "person_id varchar, birth_month date, sex varchar, ethnic_group varchar, home_lsoa varchar"
    ),
    "school": (
        "urn integer, name varchar, phase varchar, establishment varchar, designation varchar,"
        " trust varchar, ward_code varchar, locality varchar, open_date date, close_date date,"
        " predecessor_urn integer, expects_census boolean,"
        " in_borough boolean"
    ),
    "provider": (
        "provider_id varchar, name varchar, provider_type varchar, host_la varchar,"
        " in_borough boolean"
    ),
    "provision": (
        "provision_id varchar, name varchar, establishment varchar, designation varchar,"
        " in_borough boolean, urn integer, provider_id varchar, locality varchar, phase varchar"
    ),
    "provision_places": (
        "provision_id varchar, period_start date, period_end date, key_stage varchar,"
        " places integer"
    ),
    "area": (
        "lsoa varchar, ward_code varchar, ward_name varchar, locality varchar, imd_decile integer"
    ),
    "postcode_known": "postcode_hash varchar, lsoa varchar",
    "area_shape": (
        "area_kind varchar, area_id varchar, name varchar, ring integer, seq integer,"
        " lon double, lat double"
    ),
    "calendar": (
        "day date, month date, term varchar, term_start date, term_end date,"
        " academic_year integer, financial_year integer, calendar_year integer"
    ),
}
"""Slowly changing or derived tables; each is replaced whole by its loader."""

FACTS: dict[str, str] = {
    "pupil_census": (
        "census_date date, term varchar, person_id varchar, urn integer, year_group varchar,"
        " enrol_status varchar, entry_date date, leaving_date date, on_roll boolean,"
        " sen_provision varchar, primary_need varchar, secondary_need varchar, fsm boolean,"
        " sen_unit boolean, resourced_provision boolean, sex varchar, ethnic_group varchar,"
        " lsoa varchar, sessions_possible integer"
    ),
    "attendance": (
        "term_start date, term_end date, person_id varchar, urn integer, code varchar,"
        " sessions integer"
    ),
    "suspension": (
        "suspension_id varchar, start_date date, person_id varchar, urn integer, category varchar,"
        " sessions double, reason1 varchar, reason2 varchar, reason3 varchar, sen_provision varchar"
    ),
    "sen_need": "census_date date, person_id varchar, need varchar, rank integer, origin varchar",
    "ehc_request": (
        "request_id varchar, person_id varchar, received_date date, outcome varchar,"
        " outcome_date date, mediation boolean, tribunal boolean, snapshot_date date"
    ),
    "ehc_assessment": (
        "assessment_id varchar, request_id varchar, person_id varchar, outcome varchar,"
        " outcome_date date, exception boolean, snapshot_date date"
    ),
    "ehc_plan": (
        "plan_id varchar, request_id varchar, person_id varchar, start_date date, cease_date date,"
        " cease_reason varchar, primary_need varchar, secondary_need varchar,"
        " review_meeting date, review_decision date, transfer_due date, transfer_final date,"
        " snapshot_date date"
    ),
    "placement": (
        "placement_id varchar, person_id varchar, plan_id varchar, rank integer, urn integer,"
        " sen_setting varchar, sen_unit boolean, resourced_provision boolean,"
        " residential varchar, entry_date date, leaving_date date, snapshot_date date"
    ),
    "placement_cost": (
        "placement_id varchar, person_id varchar, provision_id varchar, provider_id varchar,"
        " urn integer, primary_need varchar, placement_type varchar, in_borough boolean,"
        " residential varchar, start_date date, end_date date, weeks_a_year double,"
        " weekly_education decimal(10,2), weekly_health decimal(10,2), weekly_care decimal(10,2),"
        " annual_transport decimal(10,2), distance_miles double, reason_at_distance varchar"
    ),
    "ap_placement": (
        "ap_id varchar, person_id varchar, urn integer, setting_urn integer,"
        " setting_ukprn integer, setting_type varchar, placement_reason varchar, entry_date date,"
        " leaving_date date, sessions_per_week integer, attendance_pattern varchar"
    ),
    "ap_census": (
        "census_date date, person_id varchar, urn integer, previous_urn integer, reason varchar,"
        " sen_provision_entry varchar, on_roll boolean"
    ),
    "reduced_timetable": (
        "timetable_id varchar, person_id varchar, urn integer, start_date date, end_date date,"
        " review_date date, hours double, reason varchar, parent_agreed boolean"
    ),
    "reduced_timetable_return": "urn integer, month date, pupils integer, returned_on date",
    "ehe": (
        "ehe_id varchar, person_id varchar, last_urn integer, start_date date, end_date date,"
        " reason varchar, end_reason varchar, sen_provision varchar, primary_need varchar,"
        " first_contact_date date, suitability varchar"
    ),
    "missing_education": (
        "cme_id varchar, person_id varchar, last_urn integer, start_date date, found_date date,"
        " outcome varchar"
    ),
    "dispute": (
        "dispute_id varchar, person_id varchar, kind varchar, about varchar, primary_need varchar,"
        " registered_date date, decided_date date, result varchar"
    ),
    "place_wait": (
        "wait_id varchar, person_id varchar, primary_need varchar, wanted_provision_id varchar,"
        " wanted_establishment varchar, wanted_designation varchar, asked_date date,"
        " placed_date date, withdrawn_date date, meanwhile varchar"
    ),
    "referral": (
        "referral_id varchar, person_id varchar, received_date date, source varchar,"
        " reason varchar, team_type varchar, priority varchar, discharge_date date,"
        " close_reason varchar, rejection_date date, reject_reason varchar,"
        " age_at_referral integer, lsoa varchar, sex varchar"
    ),
    "contact": (
        "contact_id varchar, referral_id varchar, person_id varchar, contact_date date,"
        " attended varchar, medium varchar, duration integer"
    ),
    "outcome_score": (
        "score_id varchar, referral_id varchar, person_id varchar, score_date date, tool varchar,"
        " score double"
    ),
    "care_plan": "referral_id varchar, person_id varchar, agreed_date date",
    "care_activity": (
        "activity_id varchar, referral_id varchar, contact_id varchar, person_id varchar,"
        " activity_date date, procedure varchar"
    ),
    "camhs_monthly": (
        "provider_code varchar, provider varchar, month date, referrals_received integer,"
        " referrals_accepted integer, referrals_rejected integer, open_referrals integer,"
        " waiting integer, waiting_over_18_weeks integer, seen integer, contacts integer,"
        " median_wait_weeks double"
    ),
    "intervention": (
        "delivery_id varchar, person_id varchar, intervention_id varchar, urn integer,"
        " setting varchar, start_date date, end_date date, cost decimal(10,2), completed boolean,"
        " tool varchar, score_before double, score_after double"
    ),
    "intervention_register": (
        "intervention_id varchar, name varchar, evidence_rating varchar, evidence_source varchar,"
        " response_level varchar, cost_per_place decimal(10,2), places_a_year integer,"
        " last_reviewed date"
    ),
    "panel_case": (
        "case_id varchar, person_id varchar, panel varchar, partnership varchar, urn_from integer,"
        " urn_to integer, received_date date, due_date date, heard_date date, decided_date date,"
        " decision varchar, outcome varchar, outcome_date date"
    ),
    "data_return": (
        "partner varchar, partner_kind varchar, dataset varchar, due_date date,"
        " received_date date, nil_return boolean"
    ),
    "training": (
        "urn integer, course varchar, role varchar, on_date date, attended integer,"
        " eligible integer"
    ),
    "staff_survey": (
        "urn integer, role varchar, phase varchar, on_date date, question varchar,"
        " answer varchar, answers integer"
    ),
    "workforce": (
        "service varchar, post varchar, on_date date, establishment_fte double,"
        " in_post_fte double, caseload integer, agency_spend decimal(12,2)"
    ),
    "voice_survey": (
        "on_date date, audience varchar, service varchar, urn integer, question varchar,"
        " answer varchar, answers integer"
    ),
    "budget_line": (
        "line varchar, part varchar, financial_year integer, forecast_month date,"
        " budget decimal(14,2), forecast_outturn decimal(14,2), actual_to_date decimal(14,2),"
        " budget_places double, forecast_places double"
    ),
    "dsg_balance": (
        "financial_year integer, brought_forward decimal(14,2), allocation decimal(14,2),"
        " high_needs_allocation decimal(14,2), carried_forward decimal(14,2)"
    ),
    "capital_scheme": (
        "scheme_id varchar, name varchar, programme_phase varchar, establishment varchar,"
        " designation varchar, key_stage varchar, locality varchar, places_promised integer,"
        " promised_date date, places_opened integer, opened_date date,"
        " capital_cost decimal(14,2), running_cost decimal(14,2)"
    ),
    "capital_place_filled": (
        "scheme_id varchar, key_stage varchar, on_date date, places_filled integer"
    ),
    "candidate_scheme": (
        "scheme_id varchar, name varchar, establishment varchar, designation varchar,"
        " phase varchar, locality varchar, places integer, capital_cost decimal(14,2),"
        " running_cost_per_place decimal(10,2), start_date date, opening_date date"
    ),
    "census_return": "census_date date, term varchar, urn integer, pupils integer",
    "destination": (
        "person_id varchar, academic_year integer, left_at varchar, destination varchar,"
        " sustained boolean"
    ),
    "review_outcome": (
        "person_id varchar, review_date date, outcome varchar, result varchar, provision_id varchar"
    ),
    "link": "left_id varchar, right_id varchar, method varchar, probability double",
    "hospital_admission": (
        "admission_id varchar, person_id varchar, admitted_date date, discharged_date date,"
        " age integer, lsoa varchar, sex varchar, mental_health boolean"
    ),
}
"""Fact tables; `load_id` is added to each.

`link` joins a child's records of two sources: `left_id` is the school side's `person_id` and
`right_id` the health side's, `method` UPN, NHS number, both or probabilistic. Facts keep their own
pseudonym, and measures join through the links, so that a link can be undone.
"""

PUBLISHED_STATISTIC = """
create table if not exists published_statistic (
    series varchar not null, title varchar not null, publisher varchar not null,
    unit varchar, decimals integer, polarity varchar, topic varchar,
    area_code varchar not null, area_name varchar not null, area_kind varchar not null,
    breakdown varchar not null, category varchar not null,
    period_label varchar not null, period_start date not null, period_end date not null,
    period_kind varchar not null,
    value double, raw varchar, symbol varchar, status varchar not null, flag varchar,
    source varchar not null, source_date varchar, load_id varchar not null
)
"""
"""One row per published figure. `raw` is the printed text, `symbol` the publisher's symbol when
there is no number, `flag` why a number is not to be drawn as a trend (implausible, negative,
break, other scale); `area_kind` is borough, neighbour, authority, region or country."""


def statements() -> list[str]:
    """Every statement that makes an empty warehouse, in order; safe to run again."""
    dims = [f"create table if not exists {name} ({cols})" for name, cols in DIMENSIONS.items()]
    facts = [
        f"create table if not exists {name} ({cols}, load_id varchar not null)"
        for name, cols in FACTS.items()
    ]
    views = [CURRENT_LOAD, *(live_view(name) for name in FACTS)]
    return [*BOOKKEEPING, *dims, *facts, PUBLISHED_STATISTIC, *views]
