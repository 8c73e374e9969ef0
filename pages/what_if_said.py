"""What comes of a scenario: in words, as key figures, drawn beside the published course."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import numpy as np
import pandas as pd

from models.likely import outwards, range_words
from pages.ahead_groups import between
from pages.ahead_read import WHO, as_ranges
from pages.blocks import About, Card, Cards, Fan, FanFigure, Links, Table
from pages.words import pounds, sentence_case
from scenarios.futures import Floats
from scenarios.levers import Levers
from scenarios.work import Outcome, ranges

DRAWN = 6
"""Januaries ahead that are drawn; all stand in the table."""
_SAME = 0.5
"""Less than half a child apart in every likely future is no difference."""


def measures(outcome: Outcome) -> dict[str, Floats]:
    """What an outcome is told by, each by future and January; money only where it is known."""
    need = outcome.levers.need
    found = {"children": outcome.total(need), "away": outcome.away(need)}
    if outcome.spent_away is not None:
        found["spent_away"] = outcome.spent_away
    if outcome.spent is not None:
        found["spent"] = outcome.spent
    return found


def common(*outcomes: Outcome | None) -> list[str]:
    """The measures that every one of some outcomes can be told by."""
    sides = [measures(one) for one in outcomes if one is not None]
    return [name for name in sides[0] if all(name in side for side in sides)]


def is_money(name: str) -> bool:
    """Whether a measure is pounds."""
    return name.startswith("spent")


NAMES = {
    "children": "Children with a plan",
    "away": "Children placed outside the borough",
    "spent_away": "Cost a year, outside the borough and new places",
    "spent": "Cost a year, all places of known cost",
}


def result_words(plain: Outcome, changed: Outcome, year: int, money: bool) -> str:
    """The outcome in one or two sentences a headteacher can use."""
    i = changed.futures.years.index(year)
    first = "away" if money else "children"
    found = ranges(measures(changed)[first])[:, i]
    who = f"{WHO[changed.levers.need]} placed outside the borough" if money else (
        f"{WHO[changed.levers.need]} with an EHC plan"
    )  # fmt: skip
    words = f"In January {year}: {who}, {range_words(*found[[0, 1, 3, 4]].tolist())}."
    if changed is plain:
        return words
    parts = [_apart(plain, changed, name, i) for name in common(plain, changed)]
    return f"{words} Beside no change: {'; '.join(parts)}."


def _apart(plain: Outcome, changed: Outcome, name: str, i: int) -> str:
    low, high = difference(plain, changed, name)[:, i]
    return f"{NAMES[name].lower()}, {apart_words(low, high, name == 'spent')}"


def difference(plain: Outcome, changed: Outcome, name: str) -> Floats:
    """The likely range of what a scenario changes, future by future: low and high, by January."""
    apart = measures(changed)[name] - measures(plain)[name]
    return np.quantile(apart, [0.1, 0.9], axis=0)


def apart_words(low: float, high: float, money: bool) -> str:
    """Likely 120 to 180 fewer; no difference where there is none."""
    size = 50.0 if money else _SAME
    if max(abs(low), abs(high)) < size:
        return "no difference"
    more, less = ("more", "less") if money else ("more", "fewer")
    if low < -size and high > size:
        return f"from {_amount(-low, money)} {less} to {_amount(high, money)} {more}"
    way = less if low + high < 0 else more
    near, far = sorted((abs(low), abs(high)))
    a, b = _amount(near, money), _amount(far, money)
    return f"about {b} {way}" if a == b else f"likely {a} to {b} {way}"


def _amount(value: float, money: bool) -> str:
    return pounds(round(value, -3) if value >= 10_000 else value) if money else f"{value:,.0f}"


def cards(plain: Outcome, changed: Outcome, year: int, money: bool) -> Cards:
    """The key figures of a scenario in one January, each beside no change."""
    i = changed.futures.years.index(year)
    names = _first(money, plain, changed)
    return Cards(tuple(_card(plain, changed, name, i, year) for name in names))


def _card(plain: Outcome, changed: Outcome, name: str, i: int, year: int) -> Card:
    money = is_money(name)
    here, there = (ranges(measures(o)[name])[:, i] for o in (changed, plain))
    low, high = difference(plain, changed, name)[:, i]
    tone = "neutral" if max(abs(low), abs(high)) < _SAME else (
        "improvement" if low + high < 0 else "concern"
    )  # fmt: skip
    return Card(
        f"{NAMES[name]}, January {year}", _pair(here, money), "likely",
        f"without the changes {_pair(there, money)}", apart_words(low, high, money),
        tone if name != "children" else "neutral",
    )  # fmt: skip


def _pair(found: Floats, money: bool) -> str:
    if not money:
        return between((found[1], found[3]))
    low, high = outwards(float(found[1]), float(found[3]))
    if low >= 1e6:
        return f"£{low / 1e6:g} to £{high / 1e6:g} million"
    return f"{pounds(low)} to {pounds(high)}"


def figures(
    plain: Outcome, changed: Outcome, beside: Outcome | None, money: bool
) -> list[FanFigure]:
    """The scenario drawn beside the published course, and beside another where one is set."""
    return [_figure(_first(money, plain, changed, beside)[0], plain, changed, beside)]


def _first(money: bool, *outcomes: Outcome | None) -> list[str]:
    """The measures, those that the page is about first: pounds, or children."""
    order = ("spent_away", "away", "spent", "children") if money else tuple(NAMES)
    return sorted(common(*outcomes), key=order.index)


def _figure(name: str, plain: Outcome, changed: Outcome, beside: Outcome | None) -> FanFigure:
    fans = [_fan("No change", plain, name, own=False), _fan("This scenario", changed, name)]
    if beside is not None:
        fans[0] = _fan("Set beside", beside, name, own=False)
    years = plain.futures.years[:DRAWN]
    who = WHO[plain.levers.need]
    unit = ", pounds a year" if is_money(name) else ""
    return FanFigure(
        id=f"scenario-{name}",
        title=f"{NAMES[name]}, with and without the changes",
        subtitle=f"{sentence_case(who)}{unit}, January {years[0]} to January {years[-1]}",
        table=_table(name, plain, changed, beside),
        about=About(
            "Source: the published futures, each worked out again with the levers moved.",
            words=("Both are worked in the same futures, so their difference is surer than"
                   " either.",),
            file=f"scenario-{name}",
        ),
        note="Bands: 8 in 10 of the futures we tried. The scale does not start at nought.",
        fans=tuple(fans),
        money=is_money(name),
        cut=True,
    )  # fmt: skip


def _fan(name: str, outcome: Outcome, measure: str, *, own: bool = True) -> Fan:
    found = as_ranges(outcome.futures.years, ranges(measures(outcome)[measure]))
    found = found[:DRAWN]
    return Fan(
        name, tuple(r.year for r in found), tuple(r.middle for r in found),
        tuple(r.likely for r in found), (), own,
    )  # fmt: skip


def columns_of(
    plain: Outcome, changed: Outcome, beside: Outcome | None
) -> list[tuple[str, Outcome]]:
    """What is set side by side, by name."""
    found = [("No change", plain), ("This scenario", changed)]
    return found if beside is None else [*found, ("Set beside", beside)]


def _table(name: str, plain: Outcome, changed: Outcome, beside: Outcome | None) -> pd.DataFrame:
    sides = columns_of(plain, changed, beside)
    found = {side: ranges(measures(outcome)[name]) for side, outcome in sides}
    rows = [
        (f"January {year}", *(_pair(found[side][:, i], is_money(name)) for side, _ in sides))
        for i, year in enumerate(plain.futures.years)
    ]
    return pd.DataFrame(rows, columns=["When", *(f"{side}, likely" for side, _ in sides)])


def beside_table(plain: Outcome, changed: Outcome, beside: Outcome | None, year: int) -> Table:
    """Every measure of one January, side by side."""
    i = plain.futures.years.index(year)
    sides = columns_of(plain, changed, beside)
    rows = []
    for name in common(plain, changed, beside):
        money = is_money(name)
        cells = [_pair(ranges(measures(o)[name])[:, i], money) for _, o in sides]
        rows.append((NAMES[name], *cells, *_changes(plain, sides[1:], name, i)))
    apart = [f"{side}: difference" for side, _ in sides[1:]]
    columns = ["Likely", *(side for side, _ in sides), *apart]
    caption = f"Side by side, January {year}"
    return Table(caption, pd.DataFrame(rows, columns=columns), file="scenarios-side-by-side")


def _changes(plain: Outcome, sides: Sequence[tuple[str, Outcome]], name: str, i: int) -> list[str]:
    found = [difference(plain, outcome, name)[:, i] for _, outcome in sides]
    return [apart_words(low, high, is_money(name)) for low, high in found]


def links_beside(path: str, levers: Levers, beside: Levers | None) -> Links:
    """Set this scenario beside the next one, change places, or take the other away."""
    own = levers.search()
    items = [("Set this scenario beside, and change another", _address(path, own, own))]
    if beside is not None:
        items = [
            ("Change places with the one set beside", _address(path, beside.search(), own)),
            ("Take away the one set beside", _address(path, own, "")),
        ]
    return Links("Compare two scenarios", tuple(items))


def _address(path: str, own: str, beside: str) -> str:
    said = [part for part in (own, urlencode({"beside": beside}) if beside else "") if part]
    return f"{path}?{'&'.join(said)}" if said else path
