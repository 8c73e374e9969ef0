"""Workforce: who is trained and confident, and whether services have the staff they need."""

from __future__ import annotations

from components.guard import screen
from pages.blocks import Page
from pages.memory import kept
from pages.queries import TopicQuery
from pages.questions import Question
from pages.topic import Topic, topic_page
from pages.view import View

TITLE, PATH = "Workforce", "/workforce"

QUESTIONS = (
    Question(
        "Does each school have a trained mental health lead?",
        ("trained_lead_share",),
    ),
    Question(
        "Are staff trained in SEMH?",
        ("training_coverage",),
    ),
    Question(
        "Do staff feel confident, and know where to turn?",
        ("staff_confident", "staff_know_where_to_turn", "staff_survey_answered"),
    ),
    Question(
        "Do services have enough people?",
        ("caseload_per_worker", "vacancy_rate", "agency_spend"),
    ),
    Question(
        "Are there fewer suspensions where staff are trained?",
        ("suspensions_by_training",),
    ),
)
"""What people ask of the workforce, and the measures that answer, best first."""

TOPIC = Topic(
    title=TITLE,
    path=PATH,
    priorities=("workforce",),
    lede="Staff who are trained and confident, and services with the people they need",
    next_steps=(
        ("See which support works", "/evidence"),
        ("See how long children wait", "/pathways"),
        ("See schools beside similar ones", "/schools"),
    ),
    questions=QUESTIONS,
)


@screen(PATH, title=TITLE, group="Support", order=4, query=TopicQuery)
@kept
def page(view: View, query: TopicQuery) -> Page:
    """Whether the people who help children are there, trained and sure of what they do."""
    return topic_page(view, query, TOPIC)
