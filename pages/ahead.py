"""Looking ahead: how many children will have a plan, how sure that is, and what would change it."""

from __future__ import annotations

import pandas as pd

from components.guard import screen
from models.likely import outwards, range_words
from pages.ahead_groups import between, groups_table
from pages.ahead_read import (
    WHO,
    Range,
    choice_of,
    forecast_of,
    from_outcome,
    futures_of,
    headline_year,
    past_of,
    rows_of,
)
from pages.ahead_record import as_often, held_words, record, scores_of, would_fail
from pages.blocks import (
    About,
    Block,
    Card,
    Cards,
    Details,
    Fan,
    FanFigure,
    Links,
    Note,
    Page,
    Section,
    Selector,
    Table,
)
from pages.queries import ScenarioQuery
from pages.view import View
from pages.what_if import what_if
from pages.words import number
from scenarios.futures import CannotWork
from scenarios.levers import Levers
from scenarios.work import work_out

TITLE, PATH = "Looking ahead", "/looking-ahead"
DRAWN = 6
"""Januaries ahead that are drawn; what lies further is wide, and stands in the table."""
_NEXT = Links(
    "What to do next",
    (
        ("See whether there will be places", "/sufficiency"),
        ("See what places outside the borough will cost", "/out-of-borough-cost"),
        ("See who has a plan now", "/demand"),
    ),
)


@screen(PATH, title=TITLE, group="Need and places", order=2, query=ScenarioQuery)
def page(view: View, query: ScenarioQuery) -> Page:
    """How many children will have a plan, as a range people can use, and how far to trust it."""
    need = "SEMH" if query.asked("need") == "SEMH" else "all"
    ahead, method = _forecast(view, need)
    if not ahead:
        return _nothing(view, need)
    at = headline_year(ahead)
    return Page(
        headline=_headline(at, need),
        lede=_lede(view, at),
        selectors=(_who(need),),
        parts=[
            *view.once(("ahead", need), lambda: _first(view, need, ahead, method)),
            *view.once(("ahead, rest", need), lambda: _rest(view, need, at)),
            *what_if(view, query, PATH),
            *view.once(("ahead, given", need), lambda: _basis(view)),
            _NEXT,
        ],
    )


def _who(need: str) -> Selector:
    options = (("all", "All children with a plan"), ("SEMH", "SEMH as their main need"))
    return Selector("need", "Children", options, need)


def _forecast(view: View, need: str) -> tuple[list[Range], str]:
    """The forecast published, or where none is the futures' own ranges."""
    ahead, method = forecast_of(view, need)
    futures = futures_of(view)
    if ahead or isinstance(futures, CannotWork):
        return ahead, method
    return from_outcome(work_out(futures, Levers()), need), "model"


def _nothing(view: View, need: str) -> Page:
    why = futures_of(view)
    words = why.problem if isinstance(why, CannotWork) else "No forecast is published."
    notes = rows_of(view, "outlook_note")
    said = " ".join([words, *(str(problem) for problem in notes["problem"])])
    return Page(
        "There is not enough on record to look ahead",
        f"{TITLE} · {view.profile.name} · data to {view.data_words}",
        [Note("Not looked ahead", said), *record(view, need), _NEXT],
        (_who(need),),
    )


def _headline(at: Range, need: str) -> str:
    middle = number(round(at.middle, -1))
    low, high = _outwards(at)
    return (
        f"About {middle} {WHO[need]} are likely to have an EHC plan in January {at.year}:"
        f" between {low} and {high}"
    )


def _outwards(at: Range) -> tuple[str, str]:
    low, high = outwards(*at.likely)
    return number(low), number(high)


def surprised(at: Range, unit: str = "") -> str:
    """Likely between A and B; we would be surprised below C or above D."""
    return range_words(at.widest[0], *at.likely, at.widest[1], unit)


def _lede(view: View, at: Range) -> str:
    _, wide = surprised(at).split("; ")
    return f"{wide[:1].upper()}{wide[1:]} · {view.profile.name} · data to {view.data_words}"


def _first(view: View, need: str, ahead: list[Range], method: str) -> list[Block]:
    at = headline_year(ahead)
    parts: list[Block] = [_cards(view, need, at), _fan(view, need, ahead)]
    chosen = choice_of(view, need)
    if method not in ("", "model"):
        parts.insert(1, Note("A simpler rule is shown", str(chosen.get("reason", "")), "none"))
    return parts


def _cards(view: View, need: str, at: Range) -> Cards:
    past = past_of(view, need)
    cards = [_now(past)] if past else []
    cards += [
        Card(
            f"January {at.year}", f"{_outwards(at)[0]} to {_outwards(at)[1]}", "children, likely",
            "8 in 10 of the futures we tried end in this range", _growth(past, at), "neutral",
        )
    ]  # fmt: skip
    scores = scores_of(view, need)
    held, tried = int(scores["in_95"].sum()), len(scores)
    if tried:
        fair = as_often(held, tried)
        cards.append(Card(
            "Past ranges", f"{held} of {tried}", "held the number that came",
            "meant to hold 19 times in 20",
            "about as often as they should" if fair else "less often than they should",
            "improvement" if fair else "concern", "#record",
        ))  # fmt: skip
    return Cards(tuple(cards))


def _now(past: list[tuple[int, float]]) -> Card:
    year, value = past[-1]
    before = dict(past).get(year - 1)
    said = "no count a year before" if before is None else f"{number(before)} a year before"
    change = "counted, not forecast"
    return Card(f"January {year}", number(value), "children with a plan", said, change, "neutral")


def _growth(past: list[tuple[int, float]], at: Range) -> str:
    if not past or not past[-1][1]:
        return f"{at.year}: no count to set it beside"
    change = (at.middle / past[-1][1] - 1) * 100
    way = "more" if change >= 0 else "fewer"
    return f"about {abs(change):.0f}% {way} than in January {past[-1][0]}"


def _fan(view: View, need: str, ahead: list[Range]) -> FanFigure:
    past = past_of(view, need)
    at = headline_year(ahead)
    scores, near = scores_of(view, need), ahead[:DRAWN]
    held = f"{held_words(scores)}. " if len(scores) else ""
    later = f" The table goes on to January {ahead[-1].year}." if len(ahead) > len(near) else ""
    return FanFigure(
        id="fan",
        title=_title(past, at),
        subtitle=(
            f"{WHO[need][:1].upper()}{WHO[need][1:]} who have an EHC plan each January,"
            f" {view.profile.name}"
        ),
        table=_table(past, ahead),
        about=_about(view, need),
        note=(
            f"{held}Dark band: 8 in 10 of the futures we tried. Pale band: 19 in 20. The dotted"
            f" line is the middle, not a promise.{later}"
        ),
        past=tuple(past[-10:]),
        fans=(fan(f"January {near[-1].year}", near),),
    )


def _title(past: list[tuple[int, float]], at: Range) -> str:
    if past and at.likely[0] > past[-1][1]:
        return "More children are likely to have a plan"
    if past and at.likely[1] < past[-1][1]:
        return "Fewer children are likely to have a plan"
    return "The number of plans may rise or fall"


def fan(name: str, ahead: list[Range], *, own: bool = True, wide: bool = True) -> Fan:
    """Ranges as a fan to draw."""
    return Fan(
        name, tuple(r.year for r in ahead), tuple(r.middle for r in ahead),
        tuple(r.likely for r in ahead), tuple(r.widest for r in ahead) if wide else (), own,
    )  # fmt: skip


def _table(past: list[tuple[int, float]], ahead: list[Range]) -> pd.DataFrame:
    rows = [
        (
            f"January {r.year}",
            "forecast",
            number(round(r.middle, -1)),
            between(r.likely),
            between(r.widest),
        )
        for r in reversed(ahead)
    ]
    rows += [(f"January {year}", "counted", number(v), "", "") for year, v in reversed(past)]
    columns = [
        "When",
        "Kind",
        "Children (middle)",
        "Likely (8 in 10)",
        "Surprised outside (19 in 20)",
    ]
    return pd.DataFrame(rows, columns=columns)


def _about(view: View, need: str) -> About:
    made_up = " Synthetic data." if view.synthetic else ""
    reason = str(choice_of(view, need).get("reason", ""))
    return About(
        f"Source: plans of the EHC team, each January, and simulated futures.{made_up}",
        "Coverage: everyone aged 0 to 25 whose plan this authority maintains.",
        tuple(w for w in (
            "Children join, move between settings and leave at rates like those of the last years,"
            " which may rise or fall. Each of many futures has its own rates and its own chance.",
            reason,
        ) if w),
        file="looking-ahead",
    )  # fmt: skip


def _rest(view: View, need: str, at: Range) -> list[Block]:
    futures = futures_of(view)
    parts: list[Block] = []
    if not isinstance(futures, CannotWork) and at.year in futures.years:
        parts.append(would_fail(futures, need, at))
        parts.append(Section("Where children will be", (groups_table(futures, need, at.year),)))
    return [*parts, *record(view, need)]


def _basis(view: View) -> list[Block]:
    """What is taken as given, and what could not be worked out."""
    parts: list[Block] = []
    given = rows_of(view, "outlook_assumption")
    if len(given):
        parts.append(Details("What the forecast takes as given", (_given(given),)))
    notes = rows_of(view, "outlook_note")
    parts += [
        Note(f"Not worked out: {row['part']}", f"{row['problem']} Next: {row['next_step']}.")
        for row in notes.to_dict("records")
    ]
    return parts


def _given(rows: pd.DataFrame) -> Table:
    table = rows.sort_values(["part", "seq"])[["what", "value", "source", "part"]]
    table.columns = pd.Index(["What is taken as given", "Value", "Source", "For"])
    return Table("What the forecast takes as given", table, file="assumptions-of-the-forecast")
