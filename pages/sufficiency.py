"""Sufficiency: places commissioned and filled, and who is educated in the borough."""

from __future__ import annotations

from components.guard import screen
from pages.blocks import Page
from pages.memory import kept
from pages.queries import TopicQuery
from pages.topic import Topic, topic_page
from pages.view import View

TITLE, PATH = "Sufficiency", "/sufficiency"

TOPIC = Topic(
    title=TITLE,
    path=PATH,
    priorities=("sufficiency",),
    lede="Places for children with SEMH needs, and who is educated close to home",
    next_steps=(
        ("See what places outside the borough cost", "/out-of-borough-cost"),
        ("See where children who need a place live", "/demand?show=locality"),
        ("Compare placements with other boroughs", "/compare?topic=Placements"),
    ),
)


@screen(PATH, title=TITLE, group="Need and places", order=3, query=TopicQuery)
@kept
def page(view: View, query: TopicQuery) -> Page:
    """Whether there are enough places, of which kind, and where."""
    return topic_page(view, query, TOPIC)
