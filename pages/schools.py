"""Schools: my school beside similar ones, for those who may see it; never a league table."""

from __future__ import annotations

from typing import Any

import pandas as pd

from components.guard import screen
from pages.blocks import (
    Block,
    FunnelFigure,
    LineFigure,
    Links,
    Note,
    Page,
    Section,
    Selector,
    Spot,
    Table,
)
from pages.breakdowns import shown_value
from pages.figures import about, figure_title, own_line, points_table, span_words, subtitle
from pages.memory import kept
from pages.points import settled, to_points
from pages.queries import SchoolsQuery
from pages.signals import FUNNEL_WORDS, funnel_of, place_in
from pages.similar import Beside, School, beside, measures, schools, similar_to
from pages.statements import change_of
from pages.view import View
from pages.words import is_share, sentence

TITLE, PATH = "Schools", "/schools"


@screen(PATH, title=TITLE, group="Compare", order=1, query=SchoolsQuery)
@kept
def page(view: View, query: SchoolsQuery) -> Page:
    """One school beside similar ones; or why this reader is not shown schools."""
    known = schools(view)
    if not known:
        return _not_shown(view)
    own = next((urn for urn in known if urn in view.principal.schools), None)
    urn = query.school if query.school in known else own
    if urn is None:
        return _choose(view, known)
    return _school(view, query, known[urn], measures(view))


def _not_shown(view: View) -> Page:
    why = (
        "A school has few children with SEMH needs, so figures by school could point to a child."
        " They are for headteachers, council officers and commissioners who are signed in."
    )
    return Page(
        "Figures by school are not shown to the public",
        f"Schools · {view.profile.name}",
        [
            Note("Why they are not shown", why),
            Links(
                "What can be seen instead",
                (
                    ("Suspensions and absence by phase", "/outcomes?show=phase"),
                    ("Pupils with SEMH need by ward and locality", "/demand?show=locality"),
                    ("This borough beside others", "/compare"),
                ),
            ),
        ],
    )


def _options(known: dict[str, School]) -> tuple[tuple[str, str], ...]:
    named = ((s.urn, f"{s.name} ({s.phase})" if s.phase else s.name) for s in known.values())
    return (("", "Choose a school"), *named)


def _choose(view: View, known: dict[str, School]) -> Page:
    return Page(
        "Choose your school",
        f"{len(known)} schools · {view.profile.name} · data to {view.data_words}",
        [Note("No school is chosen", "Choose one above to see it beside similar schools.")],
        (Selector("school", "My school", _options(known), ""),),
    )


def _school(view: View, query: SchoolsQuery, mine: School, listed: list[dict[str, Any]]) -> Page:
    alike = similar_to(view, mine)
    near = {s.urn for s in alike}
    found = [beside(view, m, mine, near) for m in listed]
    chosen = next((m for m in listed if m["id"] == query.measure), _rate(listed))
    options = tuple((str(m["id"]), str(m["title"])) for m in listed)
    return Page(
        f"{mine.name}: {_headline(found)}",
        f"Beside {len(alike)} schools of its phase nearest in size · data to {view.data_words}",
        [
            *_exact(view, mine),
            Section("The school's figures", (_figures(found),)),
            *_charts(view, chosen, mine),
            Section("Which schools are similar", (_similar(alike),)),
            Links("What to do next", _next(mine)),
        ],
        (
            Selector("school", "My school", _options(schools(view)), mine.urn),
            Selector("measure", "Measure", options, str(chosen["id"])),
        ),
    )


def _exact(view: View, mine: School) -> list[Block]:
    """A word to a head on figures that are shown to them alone."""
    if mine.urn not in view.principal.schools:
        return []
    words = (
        "Small counts that your school returned itself are shown to you exactly. Everyone else sees"
        " [c] in their place: please keep them to yourself. [c] that remains is of what others hold"
        " of your pupils, of one child, or would let you work out another school's figure."
    )
    return [Note("This is your own school", words, "none")]


def _rate(listed: list[dict[str, Any]]) -> dict[str, Any]:
    return next((m for m in listed if m["kind"] in ("rate", "proportion")), listed[0])


def _headline(found: list[Beside]) -> str:
    apart = [b for b in found if b.verdict in ("higher", "lower")]
    missing = sum(b.why_not.startswith("Not returned") for b in found)
    if missing == len(found):
        return "nothing was returned"
    if not apart:
        return "no figure differs from its phase by more than chance"
    more = f", and {len(apart) - 1} more differ" if len(apart) > 1 else ""
    title = sentence(str(apart[0].metric["title"]))
    return f"{title} is {apart[0].verdict} than chance explains{more}"


def _figures(found: list[Beside]) -> Table:
    rows = [
        (
            str(b.metric["title"]),
            _own_value(b),
            b.point.words if b.point else "",
            b.words or b.why_not,
        )
        for b in found
    ]
    columns = ["Measure", "This school", "Period", "Beside other schools"]
    links = tuple(f"/measure/{b.metric['id']}" for b in found)
    caption = "Each measure that is known by school, held against all schools of its phase"
    return Table(caption, pd.DataFrame(rows, columns=columns), links, file="my-school")


def _own_value(b: Beside) -> str:
    if b.point is None:
        return "Not returned"
    if b.metric["id"] == "census_returned" and b.point.value is not None:
        return "Returned" if b.point.value > 0 else "Not returned"
    return shown_value(b.metric, b.point)


def _charts(view: View, metric: dict[str, Any], mine: School) -> list[Block]:
    rows = view.snapshot.observations(
        view.principal, metric["id"], area_kind="school", breakdown="all"
    )
    own = settled(to_points(rows[rows["area_id"] == mine.urn]), view.data_to)
    drawn: list[Block] = [_line(view, metric, mine, own)] if own else []
    return [*drawn, *_funnel(view, metric, mine)]


def _line(view: View, metric: dict[str, Any], mine: School, own: list[Any]) -> LineFigure:
    lines = [own_line(mine.name, own)]
    if metric["kind"] not in ("count", "money"):
        lines.append(own_line(f"All {view.profile.name}", view.points(metric), "other"))
    return LineFigure(
        id=f"school-{metric['id']}",
        title=figure_title(metric, own, change_of(own, metric)),
        subtitle=subtitle(view, metric, f"{mine.name}, {span_words(own)}"),
        table=points_table(metric, own),
        about=about(view, metric, "-my-school"),
        note="Gaps are counts that are hidden [c] or were not returned; they are not zero.",
        lines=tuple(lines),
        percent=is_share(metric),
    )


def _funnel(view: View, metric: dict[str, Any], mine: School) -> list[Block]:
    """Every school of the phase against its size, only one's own named."""
    if metric["kind"] not in ("rate", "proportion"):
        return []
    found = funnel_of(view.snapshot.funnel(view.principal, metric["id"]), mine.area_phase)
    if found is None:
        return [Note("Too few schools to compare", "Fewer than three of this phase have a figure.")]
    points = found.points
    spots = tuple(
        Spot(float(size), float(value), mine.name if str(urn) == mine.urn else "")
        for urn, size, value in zip(
            points["urn"], points["denominator"], points["value"], strict=True
        )
    )
    note = "Each grey dot is another school of the same phase; none is named or ranked. Lines: 95%"
    note += " and 99.8% limits of chance."
    table = points[["denominator", "value"]].round(1).sort_values("denominator")
    return [
        FunnelFigure(
            id=f"funnel-{metric['id']}",
            title=FUNNEL_WORDS[place_in(found, mine.urn)],
            subtitle=subtitle(view, metric, f"{mine.phase.lower()} schools by size"),
            table=table.set_axis(["Out of", "Figure"], axis=1),
            about=about(view, metric, "-funnel"),
            note=f"{note} {found.note.replace(' units', ' schools')}".strip(),
            spots=spots,
            centre=found.centre,
            limits=found.limits,
            percent=str(metric["unit"]).startswith("%") or metric["kind"] == "proportion",
            size_words="Possible sessions" if "session" in str(metric["unit"]) else "Pupils",
        )
    ]


def _similar(alike: list[School]) -> Table:
    rows = pd.DataFrame([(s.name, s.phase) for s in alike], columns=["School", "Phase"])
    rows = rows.sort_values("School")
    return Table("Schools of the same phase nearest in size, in alphabetical order", rows)


def _next(mine: School) -> tuple[tuple[str, str], ...]:
    return (
        ("Check that the school's returns are in", "/data?part=missing"),
        ("See the whole borough by phase", "/outcomes?show=phase"),
        ("Read what the words mean", "/glossary"),
    )
