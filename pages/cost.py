"""Out-of-borough cost: number, unit cost and total, beside a local place."""

from __future__ import annotations

from collections.abc import Sequence

from components.guard import screen
from models.observation import Status
from pages.blocks import Block, Bullet, Bullets, Page
from pages.costs import drivers, ratio, sum_of
from pages.memory import kept
from pages.points import Point
from pages.queries import TopicQuery
from pages.topic import Topic, topic_page
from pages.view import View
from pages.words import pounds

TITLE, PATH = "Out-of-borough cost", "/out-of-borough-cost"


@screen(PATH, title=TITLE, group="Money and results", order=1, query=TopicQuery)
@kept
def page(view: View, query: TopicQuery) -> Page:
    """What places outside the borough cost, what drove it, and what a local place costs."""
    return topic_page(view, query, TOPIC)


def _sums(view: View) -> Sequence[Block]:
    metric = view.metric("oob_cost_per_placement")
    points = view.points(metric) if metric else []
    said = [
        ("Number and price", sum_of(points[-1]) if points else None),
        ("Against a local place", ratio(view)),
        ("What drove the change", drivers(points)),
    ]
    items = tuple(Bullet(f"{name}:", f"{fact.words}.") for name, fact in said if fact)
    items += _spent(view)
    return (
        Bullets(
            "How the cost is made up",
            "Number of places times what one costs is the total",
            items,
            _no_sum(points),
        ),
    )


def _no_sum(points: Sequence[Point]) -> str:
    """Why there is no sum to show."""
    if points and points[-1].status == Status.SUPPRESSED:
        return "So few children are placed outside the borough that the sum is hidden [c]."
    return "The costs of places have not been returned, so there is no sum to show."


def _spent(view: View) -> tuple[Bullet, ...]:
    """What was spent in the year, which counts places held for only part of it."""
    metric = view.metric("oob_spend")
    points = view.points(metric) if metric else []
    if metric is None or not points or points[-1].value is None:
        return ()
    words = (
        f"{pounds(points[-1].value)} in {points[-1].words}, counting places held for part of it."
    )
    return (Bullet("Spent in the year:", words, f"/measure/{metric['id']}", "See the years"),)


TOPIC = Topic(
    title=TITLE,
    path=PATH,
    priorities=("cost",),
    lede="What places outside the borough cost, and what a local place costs",
    next_steps=(
        ("See whether local places are full", "/sufficiency"),
        ("See what is achieved for the money", "/outcomes"),
        ("Compare spending with other boroughs", "/compare?topic=Money"),
    ),
    extra=_sums,
)
