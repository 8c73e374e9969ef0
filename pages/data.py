"""Data and methods: every load and check, every definition, the rules of disclosure."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from components.guard import screen
from models.symbols import SYMBOLS as ALL
from pages.blocks import Block, Details, Links, Note, Page, Section, Selector, Table, Terms
from pages.loaded import files_part, loads_part
from pages.memory import kept
from pages.queries import DataQuery
from pages.sources import extract_words, found_words, source_words
from pages.strategy import MISSING, not_returned
from pages.view import View
from pages.words import sentence_case

TITLE, PATH = "Data and methods", "/data"

SYMBOLS = (
    *((f"[{code}]", words) for code, words in ALL.items()),
    ("[k]", f"as [low], in the files of some publishers: {ALL['low']}"),
    ("Not returned", "nothing was sent: unknown, never counted as zero"),
)
"""What each symbol in a table means."""


@screen(PATH, title=TITLE, group="Behind the numbers", order=1, query=DataQuery)
@kept
def page(view: View, query: DataQuery) -> Page:
    """What was loaded and checked, what is missing, and how figures are made."""
    part = query.part if query.part in PARTS else "loads"
    options = tuple((name, sentence_case(words)) for name, (words, _) in PARTS.items())
    return Page(
        headline=_headline(view),
        lede=f"Data and methods · {view.profile.name} · data to {view.data_words}",
        selectors=(Selector("part", "Show", options, part),),
        parts=[
            *PARTS[part][1](view),
            _about(view),
            Links(
                "What to do next",
                (
                    ("Read what the words mean", "/glossary"),
                    ("Read the accessibility statement", "/accessibility"),
                ),
            ),
        ],
    )


def _headline(view: View) -> str:
    checks = view.snapshot.quality(view.principal)
    failed = int((~checks["passed"].astype(bool)).sum())
    loads = view.snapshot.loads(view.principal)
    said = f"{len(loads)} files loaded"
    if checks.empty:
        return f"{said}; no checks are recorded"
    if failed == 0:
        return f"{said}; every one of {len(checks)} checks passed"
    return f"{said}; {failed} of {len(checks)} checks found something to put right"


def _checks(view: View) -> list[Block]:
    checks = view.snapshot.quality(view.principal)
    if checks.empty:
        return [Note("No checks are recorded", "The loads of this snapshot carried no checks.")]
    passed = checks["passed"].astype(bool)
    rows = pd.DataFrame(
        {
            "Check": checks["label"],
            "Extract": checks["extract"].map(extract_words),
            "Result": [_result(check) for check in checks.to_dict("records")],
            "Found": [found_words(check) for check in checks.to_dict("records")],
            "What to do": checks["action"].fillna("").where(~passed, ""),
            "Who": checks["owner"].fillna(""),
        }
    )
    failed, good = rows[~passed], rows[passed]
    parts: list[Block] = []
    if len(failed):
        parts.append(Table("Checks that found something to put right", failed, (), ("Found",)))
    if len(good):
        parts.append(Details(f"{len(good)} checks that passed", (Table("Passed", good),)))
    return [Section("Checks", tuple(parts))]


def _result(check: Mapping[Any, Any]) -> str:
    """Passed, or what a failed check means: held back and accepted, or a warning."""
    if check["passed"]:
        return "Passed"
    accepted = check.get("accepted")
    return str(accepted) if accepted and pd.notna(accepted) else "To put right"


def _missing(view: View) -> list[Block]:
    absent = not_returned(view)
    if not absent:
        return [Note("Nothing is missing", "Every measure has a figure for its newest period.")]
    rows = [
        (str(m["title"]), source_words(m), MISSING[str(m["priority"])][1], _since(view, m))
        for m in absent
    ]
    frame = pd.DataFrame(rows, columns=["Measure", "What is needed", "From", "Last figure"])
    links = tuple(f"/measure/{m['id']}" for m in absent)
    caption = "Measures without a figure for their newest period: unknown, not zero"
    return [Section("Not returned", (Table(caption, frame, links, file="not-returned"),))]


def _since(view: View, metric: dict[str, object]) -> str:
    shown = [p for p in view.points(metric) if p.shown]
    return shown[-1].words if shown else "Never"


def _catalogue(view: View) -> list[Block]:
    rows = pd.DataFrame(
        [
            (str(m["title"]), str(m["question"]), str(m["unit"]), source_words(m))
            for m in view.metrics
        ],
        columns=["Measure", "The question it answers", "Unit", "Counted from"],
    )
    links = tuple(f"/measure/{m['id']}" for m in view.metrics)
    caption = f"All {len(rows)} measures; each leads to its definition, its SQL and its figures"
    return [Section("Measures", (Table(caption, rows, links, file="measures"),))]


def _rules(view: View) -> list[Block]:
    tiers = {
        "open": "Anyone",
        "partner": "Signed-in heads, officers and commissioners",
        "restricted": "A school's or a service's own staff",
    }
    rules = tuple(
        (
            tiers[rule.tier.value],
            f"counts of 1 to {rule.smallest - 1} are hidden [c]"
            + (f"; counts are rounded to {rule.round_to}" if rule.round_to > 1 else ""),
        )
        for rule in view.profile.thresholds
    )
    method = (
        "A change is called up or down only where the 95% ranges of the two figures, taken"
        " together, leave out no change (MOVER, Newcombe 1998). For more than five groups at once"
        " the ranges are widened to 99.8%. Months and terms are judged by the XmR rules of NHS"
        " England's Making Data Count, schools by funnels. A total without a range is compared as"
        " plain arithmetic."
    )
    return [
        Section("What is hidden, and from whom", (Terms(rules),)),
        Section("Symbols", (Terms(SYMBOLS),)),
        Section("When a change counts as one", (Note("The rule", method, "none"),)),
    ]


PARTS: dict[str, tuple[str, Callable[[View], list[Block]]]] = {
    "loads": ("what was loaded", loads_part),
    "files": ("every file", files_part),
    "checks": ("checks of the data", _checks),
    "missing": ("what was not returned", _missing),
    "measures": ("every measure", _catalogue),
    "rules": ("rules and symbols", _rules),
}
"""Parts of the page by their name in the address."""


def _about(view: View) -> Section:
    info = view.info
    hidden = json.loads(info.get("not_published") or "{}")
    cite = (
        f"{view.profile.long_name}, {view.profile.strategy} figures, snapshot"
        f" {info.get('snapshot_id', '')}, data to {view.data_words}."
    )
    pairs = [
        ("How to cite", cite),
        ("Snapshot", info.get("snapshot_id", "not known")),
        ("Made", info.get("created_at", "not known")[:16].replace("T", " ")),
        ("Program version", info.get("code_version", "not known")),
        ("Questions to", view.profile.contact),
        ("Localities", view.profile.localities_note),
    ]
    if hidden:
        said = "; ".join(f"{name}: {count:,}" for name, count in hidden.items())
        pairs.append(("Left out of this snapshot", said))
    if view.synthetic:
        pairs.insert(0, ("Synthetic data", info.get("synthetic_note", "")))
    return Section("About this snapshot", (Terms(tuple(pairs)),))
