"""Sufficiency: places commissioned and filled, and who is educated in the borough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from components.guard import screen
from pages.blocks import Block, Page
from pages.gaps import headline, shortages
from pages.memory import kept
from pages.planned import planned
from pages.queries import SufficiencyQuery
from pages.questions import Question
from pages.topic import Topic, topic_page
from pages.vacancies import vacancies
from pages.view import View

TITLE, PATH = "Sufficiency", "/sufficiency"

QUESTIONS = (
    Question(
        "Who is educated close to home?",
        ("semh_educated_in_borough", "all_educated_in_borough", "semh_placed_within_10_miles",
         "all_placed_within_10_miles", "semh_distance_median", "semh_distance_p90",
         "all_distance_median", "all_distance_p90"),
    ),
    Question(
        "Are there enough places?",
        ("semh_places_filled", "semh_places", "semh_terms_at_capacity", "all_places_filled",
         "all_places", "all_terms_at_capacity"),
    ),
    Question(
        "Does every child with a plan have a place, and where?",
        ("semh_plans_placed", "all_plans_placed"),
    ),
    Question(
        "Who is waiting for a place, and where meanwhile?",
        ("waiting_for_a_place", "wait_for_a_place_median"),
    ),
    Question(
        "What has the programme opened?",
        ("programme_places_opened", "programme_places_promised", "programme_places_filled",
         "programme_opening_delay", "programme_running_cost"),
    ),
)  # fmt: skip
"""What people ask of places, and the measures that answer; those not named stand below."""

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
    questions=QUESTIONS,
)


@screen(PATH, title=TITLE, group="Need and places", order=3, query=SufficiencyQuery)
@kept
def page(view: View, query: SufficiencyQuery) -> Page:
    """Whether there are enough places, of which kind, and where; when not, and what to build."""

    def extra(view: View) -> Sequence[Block]:
        return (*vacancies(view), *shortages(view), *planned(view, query))

    made = topic_page(view, query, replace(TOPIC, extra=extra))
    return made if query.measure else replace(made, headline=made.headline + headline(view))
