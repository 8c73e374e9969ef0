"""Overview: the strategy on a page."""

from __future__ import annotations

from datetime import date

import pandas as pd

from components.guard import screen
from pages.attention import attention
from pages.blocks import Beside, Block, Bullet, Bullets, Links, Note, Page
from pages.cards import attention_list, priority_cards, stale
from pages.findings import joint_finding
from pages.memory import kept
from pages.national import drawable, flag_words
from pages.queries import Query
from pages.series_figures import series_figure
from pages.strategy import not_returned, six, what_moved
from pages.view import View
from pages.words import plus

TITLE, PATH = "Overview", "/"
MAIN_SERIES = "SEN_TotStat"
"""Pupils with an EHC plan, % of pupils: the published series behind the main figure."""


class OverviewQuery(Query):
    """The overview has no choices."""


@screen(PATH, title=TITLE, group="", order=1, query=OverviewQuery)
@kept
def page(view: View, query: OverviewQuery) -> Page:
    """The strategy on a page: six priorities, the main figure, what changed."""
    leads = [m for name in ("demand", "pathways") if (m := view.lead(name))]
    return Page(
        headline=_headline(view, joint_finding([view.told(m) for m in leads])),
        lede=(
            f"The {view.profile.strategy} on a page · {view.profile.name}"
            f" · data to {view.data_words}"
        ),
        parts=[
            *stale(view, date.today()),
            priority_cards(six(view)),
            Beside(wide=(_main(view),), narrow=(_needing(view),)),
            Links(
                "What to do next",
                (
                    ("Read the page for this month's board", "/this-month"),
                    ("See which groups and places need more", "/demand"),
                    ("See what has not been returned, and by whom", "/data?part=missing"),
                ),
            ),
        ],
    )


def _headline(view: View, said: str) -> str:
    """The finding of demand and waits; where neither moved, how many measures need attention."""
    needing = len(attention(view))
    if not said.startswith("No real change") or not needing:
        return said
    many = f"{needing} measure{' needs' if needing == 1 else 's need'} attention"
    return f"{many}; {said[0].lower()}{said[1:]}"


def _needing(view: View) -> Bullets:
    """What needs attention first; then what got better, and what was not returned."""
    listed = attention_list(
        attention(view),
        "What needs attention",
        "Off target, or worse by more than chance, the most serious first",
        MOST_NEEDING,
    )
    better = [m for m in what_moved(view) if m.change.tone == "improvement"][:MOST_BETTER]
    items = [Bullet(f"Better: {m.subject}", m.words, m.link, "See it") for m in better]
    absent = not_returned(view)
    if absent:
        words = f"{len(absent)} measure{'s' if len(absent) > 1 else ''}. Unknown, not zero."
        items.append(Bullet("Not returned:", words, "/data?part=missing", "Chase list"))
    return Bullets(listed.title, listed.subtitle, (*listed.items, *items), listed.none)


MOST_NEEDING, MOST_BETTER = 5, 2
"""Items of the overview's list."""


def _main(view: View) -> Block:
    series_id = view.series_id(MAIN_SERIES)
    rows = view.published_rows(series_id) if series_id else pd.DataFrame()
    if rows.empty:
        return Note(
            "Published figures are not loaded",
            "With them this shows the share of pupils with an EHC plan here, among statistical"
            " neighbours and in England. Load them with `semh load ../shared/data`.",
        )
    moved = rise(rows)
    words = view.series_words(str(series_id)) | {
        "statement": rise_title(*moved[:2]) if moved else "Pupils with an EHC plan",
        "notes": _flags(rows),
        "note": _rise_note(moved) if moved else "",
    }
    return series_figure(view, str(series_id), rows, words, with_region=False)


def _flags(rows: pd.DataFrame) -> list[str]:
    own = rows[(rows["area_kind"] == "borough") & rows["flag"].notna()]
    return [
        f"{label}: {flag_words(flag)}"
        for label, flag in zip(own["period_label"], own["flag"], strict=True)
        if flag_words(flag)
    ]


def rise(rows: pd.DataFrame) -> tuple[float, float, str] | None:
    """Percentage points the borough's and England's share moved over the years both have."""
    rows = rows[drawable(rows)]
    own = rows[rows["area_kind"] == "borough"].set_index("period_start").sort_index()
    country = rows[rows["area_kind"] == "country"].set_index("period_start").sort_index()
    both = own.index.intersection(country.index)
    if len(both) < 2:
        return None
    first, last = both[0], both[-1]
    here = own["value"][last] - own["value"][first]
    there = country["value"][last] - country["value"][first]
    years = f"{own['period_label'][first]} to {own['period_label'][last]}"
    return round(float(here), 1), round(float(there), 1), years


def rise_title(here: float, there: float) -> str:
    """Which share moved more, as a statement."""
    if here > 0 and there > 0:
        if here == there:
            return "EHC plans rose here as in England"
        return f"EHC plans rose {'faster' if here > there else 'more slowly'} here than in England"
    way = "rose" if here > 0 else "fell" if here < 0 else "did not change"
    other = "rose" if there > 0 else "fell" if there < 0 else "did not change"
    return f"EHC plans {way} here; in England they {other}"


def _rise_note(moved: tuple[float, float, str]) -> str:
    here, there, years = moved
    return f"{years}: {plus(here, 1)} percentage points here, {plus(there, 1)} in England."
