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
)
