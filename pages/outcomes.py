"""Outcomes and value for money: suspensions, absence, improvement, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence

from components.guard import screen
from pages.blocks import Block, Bullet, Bullets, Page
from pages.costs import ratio
from pages.memory import kept
from pages.queries import TopicQuery
from pages.topic import Topic, topic_page
from pages.view import View

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
        "whether dearer places achieve more. No outcome is recorded for each place yet, so cost"
        " can't be set against result.",
    )
    return (
        Bullets(
            "Value for money",
            "What can be said, and what can't",
            tuple(item for item in (told, caution) if item),
        ),
    )


PATH_OF_COST = "/out-of-borough-cost"
TOPIC = Topic(
    title=TITLE,
    path=PATH,
    priorities=("outcomes", "evidence"),
    lede="Suspensions, absence and improvement of children with SEMH needs",
    next_steps=(
        ("See schools beside similar ones", "/schools"),
        ("Compare suspensions with other boroughs", "/compare?topic=Suspensions"),
        ("See what places cost", PATH_OF_COST),
    ),
    extra=_value,
)
