"""Out-of-borough cost: number, unit cost and total, beside a local place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from components.guard import screen
from models.observation import Status
from pages.ahead_costs import money_ahead
from pages.blocks import Block, Bullet, Bullets, Page, Step, WaterfallFigure
from pages.costs import Drivers, Split, drivers, ratio, signed, split, sum_of
from pages.figures import about
from pages.memory import kept
from pages.points import Point, to_points, year_before
from pages.queries import CostQuery
from pages.questions import Question
from pages.topic import Topic, topic_page
from pages.view import View
from pages.what_if import what_if
from pages.words import pounds, pounds_apart

TITLE, PATH = "Out-of-borough cost", "/out-of-borough-cost"


@screen(PATH, title=TITLE, group="Money and results", order=1, query=CostQuery)
@kept
def page(view: View, query: CostQuery) -> Page:
    """What places outside the borough cost, what drove it, and what a local place costs."""
    made = topic_page(view, query, TOPIC)
    need = query.asked("need") or "SEMH"
    ahead = [*view.once("money ahead", lambda: tuple(money_ahead(view)))]
    ahead += what_if(view, query, PATH, money=True, need=need)
    made = replace(made, parts=[*made.parts[:-1], *ahead, made.parts[-1]])
    return made if query.measure else replace(made, headline=made.headline + _in_all(view))


def _in_all(view: View) -> str:
    """What was spent in all beside a year before, where the price alone would hide it."""
    metric, unit = view.metric("oob_spend"), view.metric("oob_cost_per_placement")
    points = view.points(metric) if metric else []
    before = year_before(points[:-1], points[-1]) if points else None
    if metric is None or unit is None or before is None or not view.points(unit):
        return ""
    now = points[-1]
    if now.value is None or before.value is None or now.value == before.value:
        return ""
    way = "more" if now.value > before.value else "less"
    return f"; {pounds_apart(abs(now.value - before.value))} {way} spent in all"


def _sums(view: View) -> Sequence[Block]:
    metric = view.metric("oob_cost_per_placement")
    points = view.points(metric) if metric else []
    said = [
        ("Number and price", sum_of(points[-1]) if points else None),
        ("Against a local place", ratio(view)),
    ]
    items = tuple(Bullet(f"{name}:", f"{fact.words}.") for name, fact in said if fact)
    items += _spent(view)
    return (
        *_changed(view, metric, points),
        Bullets(
            "How the cost is made up",
            "Number of places times what one costs is the total",
            items,
            _no_sum(points),
        ),
    )


def _changed(
    view: View, metric: dict[str, Any] | None, points: list[Point]
) -> list[WaterfallFigure]:
    """What changed the bill: split exactly where the parts are shown, else at the prices held."""
    bill = view.metric("oob_price_volume_mix")
    found = split(view, bill) if bill else None
    if bill and found:
        return [_bill(view, bill, found)]
    drove = drivers(points, _kinds(view, metric)) if metric else None
    return [_waterfall(view, metric, drove)] if metric and drove else []


def _bill(view: View, metric: dict[str, Any], found: Split) -> WaterfallFigure:
    steps = (
        Step(found.before, found.was, pounds(found.was), total=True),
        *(Step(name, amount, signed(amount)) for name, amount in found.parts.items()),
        Step(found.period, found.now, pounds(found.now), total=True),
    )
    return WaterfallFigure(
        id="drivers-oob-bill",
        title=found.title,
        subtitle=(
            f"Spending on SEMH places, pounds in the year, {view.profile.name},"
            f" financial years {found.before} to {found.period}"
        ),
        table=pd.DataFrame([_step_row(s) for s in steps], columns=["Part", "Pounds"]),
        about=about(view, metric),
        note=_MIX_SHOWN,
        steps=steps,
    )


def _kinds(view: View, metric: dict[str, Any]) -> list[list[Point]]:
    """The line of each kind of place: day, or residential for so many weeks."""
    rows = view.groups(metric, "residential")
    return [to_points(part) for _, part in rows.groupby("category")]


def _waterfall(view: View, metric: dict[str, Any], drove: Drivers) -> WaterfallFigure:
    before, after = drove.before, drove.after
    price = "What a place costs" + (", with its mix" if drove.mix is None else "")
    parts = [("Number of places", drove.volume), (price, drove.price)]
    parts += [("Mix of kinds of place", drove.mix)] if drove.mix is not None else []
    steps = (
        Step(before.period, before.total, pounds(before.total), total=True),
        *(Step(name, amount, signed(amount)) for name, amount in parts),
        Step(after.period, after.total, pounds(after.total), total=True),
    )
    return WaterfallFigure(
        id="drivers-oob-cost",
        title=drove.title,
        subtitle=(
            f"Cost for a whole year of the places held on 31 March, pounds, {view.profile.name},"
            f" financial years {before.period} to {after.period}"
        ),
        table=pd.DataFrame([_step_row(s) for s in steps], columns=["Part", "A year"]),
        about=about(view, metric, "-drivers"),
        note=f"{drove.words}. {_MIX_HIDDEN if drove.mix is None else _MIX_SHOWN}",
        steps=steps,
    )


def _step_row(step: Step) -> tuple[str, str]:
    # A cell that began with a sign would be taken for a formula by a spreadsheet.
    if step.total:
        return step.name, step.label
    return step.name, f"{step.label[1:]} {'more' if step.amount >= 0 else 'less'}"


_MIX_SHOWN = "Mix is what came from more or fewer of the dearer kinds of place."
_MIX_HIDDEN = (
    "Mix stands with price: some kinds of place have too few children to show, or were not held in"
    " both years."
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


QUESTIONS = (
    Question(
        "How many places, at what price, and what in all?",
        (
            "oob_cost_per_placement",
            "oob_spend",
            "oob_placements",
            "sen_oob_cost_per_placement",
            "sen_oob_spend",
            "sen_oob_placements",
        ),
    ),
    Question(
        "What changed the bill?",
        (
            "oob_price_volume_mix",
            "sen_oob_price_volume_mix",
            "oob_new_placements",
            "oob_new_placement_price",
            "oob_weekly_fee_index",
        ),
    ),
    Question(
        "What would a local place cost?",
        ("local_cost_per_place", "sen_local_cost_per_place", "inmss_cost_per_plan"),
    ),
    Question(
        "Who pays, and who is paid?",
        (
            "oob_spend_by_payer",
            "sen_oob_spend_by_payer",
            "oob_jointly_funded_share",
            "sen_oob_three_largest_providers",
        ),
    ),
    Question(
        "Who is placed away, how far and why?",
        (
            "oob_no_local_place_share",
            "oob_placements_by_reason",
            "oob_distance_median",
            "oob_transport_per_placement",
            "oob_post16_share",
            "sen_oob_post16_share",
            "sen_oob_post16_cost_share",
        ),
    ),
    Question(
        "Is the high-needs budget holding?",
        (
            "high_needs_variance",
            "high_needs_forecast",
            "high_needs_budget",
            "placement_line_drivers",
            "dsg_balance",
            "dsg_balance_share",
        ),
    ),
    Question(
        "Is spending fair?",
        ("semh_spend_concentration", "support_spend_per_pupil"),
    ),
)
"""What people ask of cost, and the measures that answer, best first."""

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
    questions=QUESTIONS,
)
