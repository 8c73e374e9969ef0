"""Understanding demand: how many children, which groups and places, rising or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from components.guard import screen
from pages.blocks import Block, Note, Page, Section
from pages.breakdowns import groups_of
from pages.figures import ward_map
from pages.memory import kept
from pages.queries import TopicQuery
from pages.questions import Question
from pages.topic import Topic, topic_page
from pages.view import View

TITLE, PATH = "Understanding demand", "/demand"


@screen(PATH, title=TITLE, group="Need and places", order=1, query=TopicQuery)
@kept
def page(view: View, query: TopicQuery) -> Page:
    """How many children need help, who they are and where they live."""
    drawn = query.show == "ward"  # the main figure is then the map itself
    return topic_page(view, query, replace(TOPIC, extra=_nothing_more) if drawn else TOPIC)


def _nothing_more(view: View) -> Sequence[Block]:
    return ()


def _where(view: View) -> Sequence[Block]:
    """The wards of the leading measure that is known by ward."""
    metric = next((m for m in view.of("demand") if "ward" in m["breakdowns"]), None)
    if metric is None or not view.points(metric):
        return ()
    groups = groups_of(view, metric, "ward")
    drawn = ward_map(view, metric, groups)
    none = Note("No figures by ward", "No ward has a figure that can be shown.")
    return (Section("Where they live", (drawn or none,)),)


QUESTIONS = (
    Question(
        "How many pupils have SEMH needs?",
        ("semh_pupils_share", "semh_sen_support_share", "semh_pupils_with_plan_share",
         "all_sen_pupils_share", "all_sen_support_share", "all_pupils_with_plan_share",
         "semh_share_of_sen_support"),
    ),
    Question(
        "How many children hold an EHC plan?",
        ("semh_ehc_plans", "all_ehc_plans", "semh_share_of_plans", "semh_ehc_plan_rate",
         "all_ehc_plan_rate"),
    ),
    Question(
        "Where does need show first?",
        ("semh_newly_recorded", "all_newly_recorded"),
    ),
    Question(
        "How many ask for a plan, and what becomes of it?",
        ("all_requests_in_year", "semh_requests_in_year", "ehc_requests", "all_requests_refused",
         "semh_requests_refused", "all_assessments_agreed", "semh_assessments_agreed",
         "semh_new_plans", "all_new_plans", "semh_share_of_new_plans"),
    ),
    Question(
        "How many children come to CAMHS?",
        ("camhs_referrals", "camhs_referral_rate", "camhs_access", "camhs_access_rate"),
    ),
    Question(
        "Whose pupils, whose plans?",
        ("semh_pupils_with_plan", "all_pupils_with_plan", "semh_pupils_from_elsewhere",
         "all_sen_pupils_from_elsewhere"),
    ),
    Question(
        "Which plans end, and why?",
        ("semh_plans_ceased", "all_plans_ceased", "semh_plan_end_reasons", "all_plan_end_reasons"),
    ),
)  # fmt: skip
"""What people ask of demand, and the measures that answer; those not named stand below."""

TOPIC = Topic(
    title=TITLE,
    path=PATH,
    priorities=("demand",),
    lede="How many children need help, who they are and where they live",
    next_steps=(
        ("See whether there are enough places", "/sufficiency"),
        ("Compare with other boroughs", "/compare"),
        ("See the schools", "/schools"),
    ),
    extra=_where,
    questions=QUESTIONS,
)
