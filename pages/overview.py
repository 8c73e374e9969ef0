"""Overview: the strategy on a page."""

from __future__ import annotations

import pandas as pd

from components.guard import screen
from pages.blocks import Beside, Block, Bullet, Bullets, Links, Note, Page
from pages.cards import moved_list, priority_cards
from pages.figures import series_figure
from pages.findings import joint_finding
from pages.national import drawable, flag_words
from pages.queries import Query
from pages.strategy import not_returned, six, what_moved
from pages.view import View
from pages.words import number

TITLE, PATH = "Overview", "/"
MAIN_SERIES = "SEN_TotStat"
"""Pupils with an EHC plan, % of pupils: the published series behind the main figure."""


class OverviewQuery(Query):
    """The overview has no choices."""


@screen(PATH, title=TITLE, group="", order=1, query=OverviewQuery)
def page(view: View, query: OverviewQuery) -> Page:
    """The strategy on a page: six priorities, the main figure, what changed."""
    leads = [m for name in ("demand", "pathways") if (m := view.lead(name))]
    return Page(
        headline=joint_finding([(m, view.points(m)) for m in leads]),
        lede=(
            f"The {view.profile.strategy} on a page · {view.profile.name}"
            f" · data to {view.data_words}"
        ),
        parts=[
            priority_cards(six(view)),
            Beside(wide=(_main(view),), narrow=(_changed(view),)),
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


def _changed(view: View) -> Bullets:
    listed = moved_list(what_moved(view), "What changed")
    absent = not_returned(view)
    if not absent:
        return listed
    names = "; ".join(str(m["title"]) for m in absent[:3])
    item = Bullet(
        "Not returned:", f"{names}. Unknown, not zero.", "/data?part=missing", "Chase list"
    )
    return Bullets(listed.title, listed.subtitle, (*listed.items, item), listed.none)


def _main(view: View) -> Block:
    series_id = view.series_id(MAIN_SERIES)
    rows = view.published_rows(series_id) if series_id else pd.DataFrame()
    if rows.empty:
        return Note(
            "Published figures are not loaded",
            "With them this shows the share of pupils with an EHC plan here, among statistical"
            " neighbours and in England. Load them with `semh load ../shared/data`.",
        )
    words = view.series_words(str(series_id))
    return series_figure(
        view,
        str(series_id),
        rows,
        words | {"statement": rise_words(view, rows), "notes": _flags(rows)},
    )


def _flags(rows: pd.DataFrame) -> list[str]:
    own = rows[(rows["area_kind"] == "borough") & rows["flag"].notna()]
    return [
        f"{label}: {flag_words(flag)}"
        for label, flag in zip(own["period_label"], own["flag"], strict=True)
        if flag_words(flag)
    ]


def rise_words(view: View, rows: pd.DataFrame) -> str:
    """How the borough's line and England's moved over the same years, by their own figures."""
    rows = rows[drawable(rows)]
    own = rows[rows["area_kind"] == "borough"].set_index("period_start")["value"].sort_index()
    country = rows[rows["area_kind"] == "country"].set_index("period_start")["value"].sort_index()
    both = own.index.intersection(country.index)
    if len(both) < 2:
        return f"Pupils with an EHC plan in {view.profile.name}"
    here, there = own[both[-1]] - own[both[0]], country[both[-1]] - country[both[0]]
    return _pace(view.profile.name, round(here, 1), round(there, 1))


def _pace(name: str, here: float, there: float) -> str:
    if here > 0 and there > 0:
        pace = "faster than" if here > there else "slower than" if here < there else "as fast as"
        return (
            f"EHC plans rose {pace} in England: {number(here, 1)} against {number(there, 1)} points"
        )
    way = "rose" if here > 0 else "fell" if here < 0 else "did not change"
    other = "rose" if there > 0 else "fell" if there < 0 else "did not change"
    return f"The share with an EHC plan {way} in {name}; in England it {other}"
