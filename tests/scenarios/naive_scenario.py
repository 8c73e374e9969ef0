"""A second way to work a scenario: plain loops over the tables, nothing shared with the first."""

from __future__ import annotations

from typing import Any


def share(start: str | None, year: int) -> float:
    if start is None:
        return 1.0
    begins = int(start[:4]) + (int(start[5:]) - 1) / 12
    return min(1.0, max(0.0, year - begins))


def factor(levers: dict[str, Any], refused_now: float | None, year: int) -> float:
    out = 1 + levers.get("new", 0) / 100 * share(levers.get("new_from"), year)
    helped = levers.get("reach", 0) / 100 * levers.get("effect", 10) / 100
    out *= 1 - helped * share(levers.get("reach_from"), year)
    out *= 1 + levers.get("population", 0) / 100 * share(levers.get("population_from"), year)
    if levers.get("refused") is not None and refused_now is not None:
        ratio = (100 - levers["refused"]) / (100 - refused_now)
        out *= 1 + (ratio - 1) * share(levers.get("refused_from"), year)
    return out


def naive(tables: dict[str, Any], levers: dict[str, Any], refused: float | None, place: float):
    """Children by (draw, year, group), those in new places and pounds by (draw, year)."""
    groups = {row.group_id: row for row in tables["future_group"].itertuples()}
    need = levers.get("need", "all")
    children = {
        (row.draw, row.year, row.group_id): float(row.children)
        for row in tables["future"].itertuples()
    }
    for row in tables["future_joined"].itertuples():
        if need not in ("all", row.need):
            continue
        more = (factor(levers, refused, row.year) - 1) * row.children
        for link in tables["future_kernel"].itertuples():
            key = (row.draw, row.year + link.lag, link.group_id)
            if (link.need, link.phase) == (row.need, row.phase) and key in children:
                children[key] += more * link.share
    children = {key: max(count, 0.0) for key, count in children.items()}
    placed: dict[tuple[int, int], float] = {}
    spent: dict[tuple[int, int], float] = {}
    first = min(year for _, year, _ in children) - 1
    for draw, year in sorted({(d, y) for d, y, _ in children}):
        moved = fill(children, groups, levers, (draw, year, first))
        cost = levers.get("place_cost")
        placed[draw, year] = moved
        spent[draw, year] = moved * (place if cost is None else cost)
        spent[draw, year] += paid(children, groups, levers, (draw, year, first))
    return children, placed, spent


def fill(children, groups, levers, when) -> float:
    draw, year, first = when
    need, phase = levers.get("need", "all"), levers.get("phase", "all")
    opens = levers.get("places_from") or f"{first}-01"
    away = [
        g for g, row in groups.items()
        if not row.in_borough and need in ("all", row.need) and phase in ("all", row.phase)
    ]  # fmt: skip
    there = sum(children[draw, year, g] for g in away)
    since = max(0.0, year - int(opens[:4]) - (int(opens[5:]) - 1) / 12)
    fill = 25 if levers.get("fill") is None else levers["fill"]
    moved = min(levers.get("places", 0), there * (1 - (1 - fill / 100) ** since))
    for g in away:
        if there:
            children[draw, year, g] *= 1 - moved / there
    return moved


def paid(children, groups, levers, when) -> float:
    draw, year, first = when
    start = levers.get("fees_from") or f"{first}-01"
    years = max(0.0, year - int(start[:4]) - (int(start[5:]) - 1) / 12)
    fee = (1 + levers.get("fees", 0) / 100) ** years
    return sum(
        children[draw, year, g] * row.unit_cost * (1.0 if row.in_borough else fee)
        for g, row in groups.items()
        if row.unit_cost == row.unit_cost
        and row.unit_cost
        and levers.get("need", "all") in ("all", row.need)
    )
