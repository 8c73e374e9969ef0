"""Partnerships and collective responsibility: panels, returns, and children out of school."""

from __future__ import annotations

from collections.abc import Sequence

from components.guard import screen
from pages.blocks import Block, Page, Section, Table
from pages.breakdowns import groups_of, table
from pages.memory import kept
from pages.queries import TopicQuery
from pages.questions import Question
from pages.topic import Topic, topic_page
from pages.view import View

TITLE, PATH = "Partnerships", "/partnerships"

QUESTIONS = (
    Question(
        "Do panels decide on time?",
        ("panel_decisions_on_time", "panel_decision_days"),
    ),
    Question(
        "Does what the panel decides hold?",
        ("panel_no_suspension_3_months", "panel_no_suspension_6_months",
         "panel_no_suspension_12_months"),
    ),
    Question(
        "How many children are out of school, each counted once?",
        ("children_out_of_school", "permanent_exclusions", "permanent_exclusion_next",
         "home_educated_children", "reduced_timetable_rate"),
    ),
    Question(
        "Do managed moves work?",
        ("managed_moves", "managed_moves_successful"),
    ),
    Question(
        "Which partners returned their data?",
        ("partner_returns_on_time", "census_returned", "reduced_timetable_returned",
         "part_time_not_told"),
    ),
    Question(
        "Can both sides of a child's record be seen?",
        ("health_link_rate",),
    ),
)  # fmt: skip
"""What people ask of partnerships, and the measures that answer, best first."""


def _partners(view: View) -> Sequence[Block]:
    """Each partner's returns, by name; who sent nothing is unknown, not zero."""
    metric = view.metric("partner_returns_on_time")
    groups = groups_of(view, metric, "partner") if metric else []
    if metric is None or not groups:
        return ()
    listed = sorted(groups, key=lambda g: g.name)
    rows = table(metric, listed, "Partner")[["Partner", "Counted", "Out of"]]
    rows = rows.rename(columns={"Counted": "Came on time", "Out of": "Returns due"})
    caption = f"Returns due from each partner, {listed[0].now.words}"
    shown = Table(caption, rows, file="partners-returns")
    return (Section("Who sent what they owe", (shown,)),)


TOPIC = Topic(
    title=TITLE,
    path=PATH,
    priorities=("partnerships",),
    lede="Partnerships and collective responsibility: panels, moves, returns, children out of"
    " school",
    next_steps=(
        ("See what has not been returned, and by whom", "/data?part=missing"),
        ("See schools beside similar ones", "/schools"),
        ("See suspensions and exclusions", "/outcomes"),
    ),
    extra=_partners,
    questions=QUESTIONS,
)


@screen(PATH, title=TITLE, group="Support", order=2, query=TopicQuery)
@kept
def page(view: View, query: TopicQuery) -> Page:
    """Whether schools and services act together, on time, for children at risk of exclusion."""
    return topic_page(view, query, TOPIC)
