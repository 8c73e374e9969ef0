"""Evidence-based approaches: what support reaches whom, what it costs and whether it works."""

from __future__ import annotations

from components.guard import screen
from pages.blocks import Page
from pages.memory import kept
from pages.queries import TopicQuery
from pages.questions import Question
from pages.support import each_support
from pages.topic import Topic, topic_page
from pages.view import View

TITLE, PATH = "Evidence-based approaches", "/evidence"

QUESTIONS = (
    Question(
        "Is the support children get known to work?",
        ("intervention_evidence_share", "intervention_extra_change"),
    ),
    Question(
        "Do children get better?",
        ("reliable_improvement", "intervention_improved", "reliable_deterioration",
         "intervention_wellbeing_change", "scales_improved"),
    ),
    Question(
        "Does it last?",
        ("intervention_sustained_6_months", "intervention_sustained_12_months"),
    ),
    Question(
        "How much of the need does it reach?",
        ("intervention_coverage", "intervention_children", "intervention_places_used",
         "helped_before_plan"),
    ),
    Question(
        "What does it cost?",
        ("intervention_cost_per_child", "support_spend_per_pupil"),
    ),
    Question(
        "Of how many do we know whether it worked?",
        ("outcome_paired", "intervention_scored"),
    ),
)  # fmt: skip
"""What people ask of support, and the measures that answer, best first."""


TOPIC = Topic(
    title=TITLE,
    path=PATH,
    priorities=("evidence",),
    lede="What support reaches whom, what it costs, and whether children get better",
    next_steps=(
        ("See what becomes of children", "/outcomes"),
        ("See who waits for CAMHS", "/pathways"),
        ("Read what the words mean", "/glossary"),
    ),
    extra=each_support,
    questions=QUESTIONS,
)


@screen(PATH, title=TITLE, group="Support", order=3, query=TopicQuery)
@kept
def page(view: View, query: TopicQuery) -> Page:
    """Which support is used, how sure we are that it works, and what it costs."""
    return topic_page(view, query, TOPIC)
