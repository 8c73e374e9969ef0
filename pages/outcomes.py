"""Outcomes and value for money: suspensions, absence, improvement, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence

from components.guard import screen
from pages.blocks import Block, Bullet, Bullets, Page
from pages.costs import ratio
from pages.memory import kept
from pages.queries import TopicQuery
from pages.questions import Question
from pages.topic import Topic, topic_page
from pages.view import View
from pages.words import value_words

TITLE, PATH = "Outcomes and value for money", "/outcomes"


@screen(PATH, title=TITLE, group="Money and results", order=2, query=TopicQuery)
@kept
def page(view: View, query: TopicQuery) -> Page:
    """What becomes of children with SEMH needs, and what is achieved for the money."""
    return topic_page(view, query, TOPIC)


def _value(view: View) -> Sequence[Block]:
    found = ratio(view)
    told = Bullet("Cost:", f"{found.words}.", PATH_OF_COST, "See the cost") if found else None
    caution = Bullet(
        "Not shown:",
        "what places outside the borough achieve. Independent schools return no attendance or"
        " suspensions, so their cost can't be set against result.",
    )
    items = (told, _good_year(view), _gap(view), caution)
    return (
        Bullets(
            "Value for money",
            "What can be said, and what can't",
            tuple(item for item in items if item),
        ),
    )


def _good_year(view: View) -> Bullet | None:
    """What a good school year costs in local places, with what is meant by one."""
    metric = view.metric("cost_per_good_year")
    points = view.points(metric) if metric else []
    if metric is None or not points or points[-1].value is None:
        return None
    now = points[-1]
    words = (
        f"{value_words(metric, points[-1].value)} for each child who attended 90 % and was not"
        f" suspended or excluded ({now.words})."
    )
    return Bullet("A good year:", words, f"/measure/{metric['id']}", "See the kinds of place")


def _gap(view: View) -> Bullet | None:
    """How much more school pupils with SEMH miss than all pupils."""
    metric = view.metric("semh_absence_gap")
    points = view.points(metric) if metric else []
    if metric is None or not points or points[-1].value is None:
        return None
    words = (
        f"pupils with SEMH miss {points[-1].value:.1f} percentage points more of their sessions"
        f" than all pupils ({points[-1].words})."
    )
    return Bullet("Absence:", words, f"/measure/{metric['id']}", "See the years")


PATH_OF_COST = "/out-of-borough-cost"
QUESTIONS = (
    Question(
        "Are pupils suspended less often?",
        (
            "semh_suspension_rate",
            "semh_suspension_rate_monthly",
            "semh_pupils_suspended",
            "semh_days_lost_to_suspension",
            "sen_suspension_rate",
            "sen_pupils_suspended",
            "all_suspension_rate",
            "all_pupils_suspended",
            "all_days_lost_to_suspension",
            "semh_suspensions",
        ),
    ),
    Question(
        "Are they in school?",
        (
            "semh_absence",
            "semh_absence_gap",
            "semh_persistent_absence",
            "semh_severe_absence",
            "semh_unauthorised_absence",
            "sen_absence",
            "sen_persistent_absence",
            "sen_severe_absence",
            "sen_unauthorised_absence",
            "all_absence",
            "all_persistent_absence",
            "all_severe_absence",
        ),
    ),
    Question(
        "Do children get better?",
        ("reliable_improvement", "reliable_deterioration", "outcome_paired"),
    ),
    Question(
        "Who is excluded, and for what?",
        (
            "semh_permanent_exclusion_rate",
            "sen_permanent_exclusion_rate",
            "all_permanent_exclusion_rate",
            "permanent_exclusions",
            "permanent_exclusion_next",
            "semh_suspension_reasons",
            "all_suspension_reasons",
        ),
    ),
    Question(
        "Who is out of school in other ways?",
        (
            "semh_part_time_sessions",
            "sen_part_time_sessions",
            "semh_offsite_sessions",
            "sen_offsite_sessions",
            "reduced_timetable_rate",
            "reduced_timetable_over_12_weeks",
            "reduced_timetable_semh_share",
            "school_arranged_ap_pupils",
            "school_arranged_ap_semh_share",
            "children_out_of_school",
        ),
    ),
    Question(
        "What is achieved for the money?",
        (
            "cost_per_good_year",
            "cost_per_good_year_like_for_like",
            "good_year_share",
            "cost_per_child_by_place",
            "intervention_cost_per_child",
        ),
    ),
    Question(
        "Where do they go, and are their outcomes met?",
        ("semh_sustained_destination", "plan_outcomes_met", "mental_health_admissions"),
    ),
)
"""What people ask of outcomes, and the measures that answer, best first."""

TOPIC = Topic(
    title=TITLE,
    path=PATH,
    priorities=("outcomes",),
    lede="Suspensions, absence and improvement of children with SEMH needs",
    next_steps=(
        ("See schools beside similar ones", "/schools"),
        ("Compare suspensions with other boroughs", "/compare?topic=Suspensions"),
        ("See which support works", "/evidence"),
        ("See what places cost", PATH_OF_COST),
    ),
    extra=_value,
    questions=QUESTIONS,
)
