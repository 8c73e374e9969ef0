"""A measure's own page: its line, its groups, its definition, its SQL and where rows came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from components.guard import NotFound, screen
from models.metric import PRIORITY_TITLES
from models.time import YEAR_OF, period_words, span
from pages.blocks import Block, Code, Details, Links, Note, Page, Section, Selector, Table, Terms
from pages.cards import metric_cards
from pages.memory import kept
from pages.points import unfinished
from pages.queries import MeasureQuery
from pages.sources import extract_words, found_words, loads_behind, warnings_about
from pages.strategy import HOMES
from pages.topic import main_parts, shows
from pages.view import View
from pages.words import value_words

TITLE, PATH = "Measure", "/measure/<metric_id>"
POLARITY = {
    "high": "higher is better",
    "low": "lower is better",
    "none": "neither direction is better",
}
NOT_DIVIDED = {
    "count": "nothing: it is a plain count",
    "money": "nothing: it is a plain sum",
    "mean": "how many of them there are: it is their average",
    "quantile": "nothing: it is a place in the order of them all, such as the middle",
    "proportion": "not said",
    "rate": "not said",
    "ratio": "not said",
    "computed": "nothing: the method works it out from the rows counted",
}
"""What stands for the denominator of a kind of measure that has none."""
PERIODS = {
    "month": "monthly",
    "term": "by term",
    "academic_year": "by academic year",
    "financial_year": "by financial year",
    "calendar_year": "by calendar year",
    "census": "at each census",
}


@screen(PATH, title=TITLE, group=None, order=0, query=MeasureQuery)
@kept
def page(view: View, query: MeasureQuery, metric_id: str) -> Page:
    """One measure: what it shows and how it is made. Raises NotFound for an unknown name."""
    metric = view.metric(metric_id)
    if metric is None:
        raise NotFound("There is no measure of that name. All of them stand in Data and methods.")
    return Page(
        headline=view.finding(metric),
        lede=_lede(view, metric),
        selectors=_selectors(view, metric, query),
        parts=[
            metric_cards(view, [metric]),
            *main_parts(view, metric, query.show),
            *_under_way(view, metric),
            *_warnings(view, metric),
            _definition(view, metric),
            _made(view, metric),
            Links("What to do next", _next(metric)),
        ],
    )


def _lede(view: View, metric: dict[str, Any]) -> str:
    parts = [
        PRIORITY_TITLES[str(metric["priority"])],
        POLARITY[str(metric["polarity"])],
        PERIODS[str(metric["period"])],
        f"data to {view.data_words}",
    ]
    return " · ".join(parts)


def _selectors(view: View, metric: dict[str, Any], query: MeasureQuery) -> tuple[Selector, ...]:
    choice = shows(view, metric, query.show)
    return (choice,) if len(choice.options) > 1 else ()


def _under_way(view: View, metric: dict[str, Any]) -> list[Block]:
    now = unfinished(view.all_points(metric), view.data_to)
    if now is None:
        return _part_year(view, metric)
    words = (
        f"{value_words(metric, now.value)} so far in {now.words}; not compared until it is over."
    )
    return [Note("The period under way", words, "none")]


def _part_year(view: View, metric: dict[str, Any]) -> list[Block]:
    """That the year has begun and why it has no figure; months and terms come as they end."""
    kind, day = str(metric["period"]), view.data_to
    if day is None or kind not in YEAR_OF or not view.points(metric):
        return []
    start, end = span(kind, YEAR_OF[kind](day))
    if day >= end:
        return []
    words = (
        f"The {kind.replace('_', ' ')} {period_words(kind, start, end)} is a part year, to"
        f" {view.data_words}. It has no figure"
        " until it is over and reported: part of a year would look like a fall."
    )
    return [Note("The year under way", words, "none")]


def _warnings(view: View, metric: dict[str, Any]) -> list[Block]:
    """What checks of the data behind this measure found, and who puts it right."""
    checks = warnings_about(view, metric).to_dict("records")
    if not checks:
        return []
    rows = pd.DataFrame(
        [
            (c["label"], found_words(c), c["accepted"] or c["action"] or "", c["owner"] or "")
            for c in (_no_nulls(check) for check in checks)
        ],
        columns=["Check", "Found", "What to do", "Who"],
    )
    caption = "Checks of the data behind this measure that found something to put right"
    return [Section("Bear in mind when reading it", (Table(caption, rows),))]


def _no_nulls(check: Mapping[Any, Any]) -> dict[str, Any]:
    return {name: None if pd.isna(value) else value for name, value in check.items()}


def _definition(view: View, metric: dict[str, Any]) -> Section:
    smallest = view.profile.threshold("open").smallest
    pairs = [
        ("Question", str(metric["question"])),
        ("Counted", str(metric.get("numerator") or "")),
        ("Out of", str(metric.get("denominator") or NOT_DIVIDED[str(metric["kind"])])),
        ("Who", str(metric["population"])),
        ("Hidden", f"counts of 1 to {smallest - 1} show as [c], so that no child can be found"),
        ("Differs from", _differs(view, metric)),
    ]
    method = str(metric.get("method_sentence") or "")
    pairs += [("Worked out as", method)] if method else []
    pairs += [("Bear in mind", str(caveat)) for caveat in metric.get("caveats", [])]
    return Section("How it is counted", (Terms(tuple(pairs)),), "Written from the query itself")


def _differs(view: View, metric: dict[str, Any]) -> str:
    same = metric.get("comparator")
    if not same:
        return str(metric.get("no_comparator") or "no published series is known to mean the same")
    series_id = view.series_id(str(same["series"]))
    title = view.series_words(series_id)["title"] if series_id else same["series"]
    note = str(same.get("note") or "the published series that means the same")
    return f"{title}: {note}"


def _made(view: View, metric: dict[str, Any]) -> Section:
    rows = view.snapshot.observations(
        view.principal, metric["id"], area_kind="borough", breakdown="all"
    )
    loads = loads_behind(view, rows)
    listed = pd.DataFrame(
        {
            "File": loads["file"],
            "Extract": loads["extract"].map(extract_words),
            "Rows accepted": loads["rows_accepted"].map("{:,}".format),
            "Refused": loads["rows_quarantined"].map("{:,}".format),
            "Loaded": pd.to_datetime(loads["loaded_at"]).dt.strftime("%-d %b %Y"),
        }
    )
    numeric = ("Rows accepted", "Refused")
    came = Table("Files whose rows are counted here", listed, (), numeric)
    none: Block = Note("No loads are recorded", "The figures do not name the files behind them.")
    return Section(
        "How it is made",
        (
            Details("Where the rows came from", (came if len(listed) else none,)),
            Details("Worked example", tuple(_examples(metric.get("examples")))),
            Details("SQL", (Code(str(metric.get("sql") or "")),)),
        ),
    )


def _examples(examples: Any) -> list[Block]:
    """The tables in and figures out that the measure is tested with; made-up rows."""
    if not isinstance(examples, list) or not examples:
        return [Note("No worked example", "This measure has none in the snapshot.")]
    note = Note("Made-up rows", "Invented children and schools, with which the measure is tested.")
    return [note, *(_example(one) for one in examples)]


def _example(one: dict[str, Any]) -> Section:
    given = [
        Table(f"Given: {name.replace('_', ' ')}", _plain(rows))
        for name, rows in (one.get("given") or {}).items()
        if rows
    ]
    expected = one.get("expect") or []
    came = [Table("Comes out", _plain(expected))] if expected else []
    return Section(str(one.get("example") or "Example"), (*given, *came))


def _plain(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as words; what a row leaves out, or leaves empty, is blank."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [["" if row.get(name) is None else str(row[name]) for name in names] for row in rows]
    heads = [str(name).replace("_", " ").capitalize() for name in names]
    return pd.DataFrame(cells, columns=heads, dtype="str")


def _next(metric: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    home = HOMES.get(str(metric["priority"]))
    first = ((f"See all of {PRIORITY_TITLES[str(metric['priority'])]}", home),) if home else ()
    return (
        *first,
        ("Compare with other boroughs", "/compare"),
        ("Read every check", "/data?part=checks"),
    )
