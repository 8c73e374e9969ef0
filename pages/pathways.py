"""Pathways and waits: how long each step takes."""

from __future__ import annotations

from components.guard import screen
from pages.blocks import Page
from pages.memory import kept
from pages.queries import TopicQuery
from pages.questions import Question
from pages.topic import Topic, topic_page
from pages.view import View
from pages.waits import waits

TITLE, PATH = "Pathways and waits", "/pathways"

QUESTIONS = (
    Question(
        "How long do children wait to be seen by CAMHS?",
        ("camhs_wait_median", "camhs_wait_p90", "camhs_seen_within_4_weeks",
         "camhs_seen_over_18_weeks"),
    ),
    Question(
        "How many are still waiting, and how long so far?",
        ("camhs_waiting", "camhs_still_waiting_18_weeks", "camhs_waiting_median",
         "camhs_waiting_p90"),
    ),
    Question(
        "How long until help is under way, by the national clock?",
        ("camhs_clock_stop_within_4_weeks", "camhs_clock_stop_median", "camhs_clock_stop_p90"),
    ),
    Question(
        "Who is turned away, or comes back?",
        ("camhs_referrals_refused", "camhs_refused_then_referred", "camhs_closed_unseen",
         "camhs_referred_again"),
    ),
    Question(
        "How long does an EHC plan take?",
        ("ehc_plans_within_20_weeks", "semh_plans_within_20_weeks",
         "all_plans_within_20_weeks_with_exceptions", "semh_plans_within_20_weeks_with_exceptions",
         "all_request_to_plan_median", "semh_request_to_plan_median", "all_request_to_plan_p90",
         "semh_request_to_plan_p90", "all_plans_over_52_weeks", "semh_plans_over_52_weeks",
         "all_decisions_within_6_weeks", "semh_decisions_within_6_weeks", "all_requests_overdue",
         "semh_requests_overdue"),
    ),
    Question(
        "Are plans kept up to date?",
        ("all_reviews_held", "semh_reviews_held", "all_review_decisions_within_4_weeks",
         "semh_review_decisions_within_4_weeks", "all_phase_transfer_on_time",
         "semh_phase_transfer_on_time"),
    ),
    Question(
        "Where is there dispute?",
        ("tribunal_appeal_rate", "appeals_upheld", "mediation_before_appeal"),
    ),
    Question(
        "What comes before and after?",
        ("sen_support_before_plan", "support_to_plan_12_months",
         "support_to_suspension_12_months", "flows_between_states"),
    ),
)  # fmt: skip
"""What people ask of pathways, and the measures that answer; those not named stand below."""

TOPIC = Topic(
    title=TITLE,
    path=PATH,
    priorities=("pathways",),
    lede="How long children wait for a plan and for CAMHS",
    next_steps=(
        ("See how many are referred, and by whom", "/demand?measure=camhs_referrals&show=source"),
        ("See what has not been returned, and by whom", "/data?part=missing"),
        ("Compare the EHC plan process with other boroughs", "/compare?topic=EHC plans process"),
    ),
    extra=waits,
    questions=QUESTIONS,
)


@screen(PATH, title=TITLE, group="Support", order=1, query=TopicQuery)
@kept
def page(view: View, query: TopicQuery) -> Page:
    """How long each step takes, and for whom."""
    return topic_page(view, query, TOPIC)
