"""The assumptions sheet that every outcome carries: each lever, its base, source and sum."""

from __future__ import annotations

import pandas as pd

from scenarios.futures import Futures
from scenarios.levers import LEVERS, Levers, month_words
from scenarios.work import USUAL_FILL, Known

COLUMNS = ["Lever", "Set to", "From", "Without it", "Where that comes from", "What it does"]

_FORMULAS = {
    "new": "each year's new plans are multiplied by 1 + the change; the children then move on and"
    " leave as children with a plan do now",
    "refused": "new plans are multiplied by (100 \u2212 set to) / (100 \u2212 now): those no longer"
    " refused are taken to end with a plan as often as those assessed now",
    "reach": "new plans are multiplied by 1 \u2212 reach \u00d7 effect",
    "effect": "new plans are multiplied by 1 \u2212 reach \u00d7 effect",
    "fees": "fees outside the borough are multiplied by (1 + the rise) for each year since its"
    " start; places in the borough keep their price",
    "places": "children who are new in independent schools outside the borough since the opening"
    " learn in the borough instead, up to the number of places; where those schools are too few to"
    " tell apart, children new in any place outside",
    "fill": "after n years 1 \u2212 (1 \u2212 fill) to the power n of the children outside are new"
    " there; who was there at the opening stays",
    "place_cost": "each child in a new place costs this instead of the fee",
    "population": "new plans are multiplied by 1 + the change; children who have a plan stay as"
    " projected",
}
_NO_CHANGE = {
    "new": ("0%", "the futures as published"),
    "reach": ("0%", "the futures as published"),
    "effect": ("no effect", "an assumption: write down the evidence you rest it on"),
    "fill": (f"{USUAL_FILL:.0f}%", "an assumption: a child stays about four years in a placement"),
    "fees": ("0% a year: today's prices", "unit costs as published"),
    "places": ("none", "no new places"),
    "population": ("0%", "the population projection the futures rest on"),
}


def assumptions(levers: Levers, known: Known, futures: Futures) -> pd.DataFrame:
    """A row a lever, those left alone too: COLUMNS, all words."""
    rows = [_row(name, levers, known, futures) for name in LEVERS]
    return pd.DataFrame([_acting_on(levers), *rows], columns=COLUMNS)


def _acting_on(levers: Levers) -> tuple[str, ...]:
    who = "children with SEMH as their main need" if levers.need == "SEMH" else "all children"
    does = "the levers act on the new plans, places and fees of these children only"
    return "Children the levers act on", who, "", "", "", does


def _row(name: str, levers: Levers, known: Known, futures: Futures) -> tuple[str, ...]:
    lever, value = LEVERS[name], getattr(levers, name)
    base, source = _base(name, known)
    still = value in (0, None) or (name == "effect" and not levers.reach)
    start = getattr(levers, lever.start) if lever.start else None
    since = month_words(start) if start else f"January {futures.origin}"
    set_to = "left as it is" if still else said(name, float(value))
    if name == "places" and not still and levers.phase != "all":
        set_to += f", {levers.phase}"
    begins = since if lever.start and not still else ""
    return lever.name, set_to, begins, base, source, _FORMULAS[name]


def said(name: str, value: float) -> str:
    """A lever's value with its unit; below nought in words, for a sheet reads a sign as a sum."""
    if name in ("new", "population"):
        return f"{abs(value):g}% {'fewer' if value < 0 else 'more'}"
    if name == "fees":
        return f"{abs(value):g}% {'less' if value < 0 else 'more'} a year"
    unit = LEVERS[name].unit
    if unit.startswith("%"):
        return f"{value:g}{unit}"
    return f"\u00a3{value:,.0f} a year" if name == "place_cost" else f"{value:,.0f} {unit}"


def _base(name: str, known: Known) -> tuple[str, str]:
    if name == "refused":
        if known.refused is None:
            return "not known", "no measure of refusals is published"
        return f"{known.refused:.1f}%", known.refused_source
    if name == "place_cost":
        if known.place_cost is None:
            return "not known", "no measure of what a local place costs is published"
        return f"\u00a3{known.place_cost:,.0f}", known.place_source
    if name == "fill" and known.renewed is not None:
        return f"{known.renewed:.0f}%", known.renewed_source
    return _NO_CHANGE[name]
