"""Pathways and waits: how long each step takes."""

from __future__ import annotations

from components.guard import screen
from pages.blocks import Page
from pages.memory import kept
from pages.queries import TopicQuery
from pages.topic import Topic, topic_page
from pages.view import View
from pages.waits import waits

TITLE, PATH = "Pathways and waits", "/pathways"

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
)


@screen(PATH, title=TITLE, group="Support", order=1, query=TopicQuery)
@kept
def page(view: View, query: TopicQuery) -> Page:
    """How long each step takes, and for whom."""
    return topic_page(view, query, TOPIC)
