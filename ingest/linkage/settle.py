"""From scored pairs to chances: candidates compete, and what is learnt from them settles.

Splink's training takes pairs one by one, so that siblings and twins who share a block pass for
children with a wrong first name or birthday. Here each record has at most one match, and the
shares of likeness (m) are read again from the chances of the pairs themselves, a few times over.
"""

from __future__ import annotations

from math import log2
from typing import Any

import duckdb

from ingest.linkage.compare import COMPARISONS
from ingest.linkage.homes import ONE_HOME, home_bits, sex_of_namesakes
from ingest.linkage.model import Chances, Scored, blended_m

ROUNDS = 6
LEAST_NONE = 0.05
"""However many have a match, one record in twenty is taken to have none."""
OTHER_NUMBER = 5
"""Bits that a different UPN or NHS number takes off: one in thirty is taken for a wrong entry."""
MOST_BITS = 40
NEAR = 2
"""First names up to this degree of likeness may be of two sexes: Oliver and Olivia."""

CANDIDATE = """
create or replace temp table candidate as
select l.rowid as l, r.rowid as r, {gammas},
    p.mw_tf_adj_first as tf_first, p.mw_tf_adj_surname as tf_surname,
    p.mw_tf_adj_postcode as tf_postcode, {one_home} as one_home,
    coalesce(l.dob = r.dob, false) as same_day, coalesce(l.first = r.first, false) as same_first,
    coalesce(l.first = r.surname and l.surname = r.first, false) as turned,
    coalesce(l.dob = r.dob and l.postcode = r.postcode, false)
        and (l.surname is null or r.surname is null) as neighbour_day,
    {other} * (coalesce(damerau_levenshtein(l.upn, r.upn) > 1, false)::int
        + coalesce(damerau_levenshtein(l.nhs, r.nhs) > 1, false)::int) as other_number
from {scored} p
join left_person l on l.unique_id = p.unique_id_l
join right_person r on r.unique_id = p.unique_id_r
"""

WEIGHED = """
with bits as (
    select l, r, {levels}, one_home, same_day, same_first, neighbour_day, other_number,
        {first} + tf_first as first, {dob} as dob,
        case when g_first > {near} or g_first > 0 and g_sex > 0 then {sex_of_namesakes}
            else {sex} end as sex,
        {surname} + tf_surname + case when turned then {same_surname} else 0 end as surname,
        {postcode} + tf_postcode as postcode,
        case when turned then {same_surname} else 0 end as counted_before
    from candidate
), pair as (
    select *, pow(2, least({most}, {prior} + sex - other_number - counted_before
        + case when one_home and same_first then least(first, {namesakes}) else first end
        + case when one_home and same_day then least(dob, {twins})
            when neighbour_day then least(dob, {neighbours}) else dob end
        + case when one_home then least(surname + postcode, {home})
            else surname + postcode end)) as odds
    from bits
), rivals as (
    select *, sum(odds) over (partition by l) + sum(odds) over (partition by r) - odds as all_odds
    from pair
)
select l, r, {levels}, odds / ({none} + all_odds) as chance from rivals
"""
"""The chance that a pair is the true one of all that either record could make, or none.

Two candidates that are equally like (twins) share the chance and neither is taken. A chance above
a half can belong to one pair only, so what is chosen is one to one.
"""


def settle(con: duckdb.DuckDBPyConnection, scored: Scored | None) -> None:
    """Make the table `settled`: row numbers `l, r` of left and right, and the pair's `chance`.

    It is empty where no pair was worth comparing.
    """
    if scored is None:
        con.execute("create or replace temp table settled (l bigint, r bigint, chance double)")
        return
    con.execute(_candidates(scored))
    left, right = _sizes(con)
    chances, expected = scored.chances, scored.matches
    homes, alike = home_bits(con), sex_of_namesakes(con)
    for _ in range(ROUNDS):
        sql = _weighed(chances, homes | {"alike": alike}, min(expected, left, right), left, right)
        con.execute("create or replace temp table settled as " + sql)
        found, counts = _read(con)
        expected = max(1.0, found)
        chances = {
            name: blended_m(name, chances[name], shares, found) for name, shares in counts.items()
        }


def _candidates(scored: Scored) -> str:
    gammas = ", ".join(f"p.gamma_{c.name}::tinyint as g_{c.name}" for c in COMPARISONS)
    return CANDIDATE.format(
        scored=scored.table, gammas=gammas, one_home=ONE_HOME, other=OTHER_NUMBER
    )


def _sizes(con: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    sizes = con.execute(
        "select (select count(*) from left_person), (select count(*) from right_person)"
    ).fetchall()[0]
    return int(sizes[0]), int(sizes[1])


def _weighed(
    chances: Chances, counted: dict[str, float], expected: float, left: int, right: int
) -> str:
    """SQL of the chances; `counted` is what was counted of homes and namesakes."""
    none = max(LEAST_NONE, 1 - expected / right) * max(LEAST_NONE, 1 - expected / left)
    same_m, same_u = chances["surname"][0]
    same_sex, other_sex = (m for m, _ in chances["sex"])
    # Another sex than its namesakes have is no sign of a match, however rare.
    namesakes = [(same_sex, counted["alike"]), (other_sex, max(other_sex, 1 - counted["alike"]))]
    return WEIGHED.format(
        levels=", ".join(f"g_{c.name}" for c in COMPARISONS), most=MOST_BITS, none=none,
        prior=log2(expected / (left * right)), same_surname=log2(same_m / same_u), **counted,
        sex_of_namesakes=_bits("sex", namesakes), near=NEAR,
        **{name: _bits(name, levels) for name, levels in chances.items()},
    )  # fmt: skip


def _bits(name: str, levels: list[tuple[float, float]]) -> str:
    """SQL of a comparison's weight; Splink numbers levels from the least alike, blank below."""
    last = len(levels) - 1
    whens = " ".join(f"when {last - i} then {log2(m / u)}" for i, (m, u) in enumerate(levels))
    return f"(case g_{name} {whens} else 0 end)"


def _read(con: duckdb.DuckDBPyConnection) -> tuple[float, dict[str, list[float]]]:
    """Matches expected, and for each comparison the share of them at each level."""
    wanted = [(c.name, len(c.levels) - 1 - i) for c in COMPARISONS for i in range(len(c.levels))]
    sums = ", ".join(
        f"coalesce(sum(chance) filter (where g_{name} = {gamma}), 0)" for name, gamma in wanted
    )
    row: tuple[Any, ...] = con.execute(
        f"select coalesce(sum(chance), 0), {sums} from settled"
    ).fetchall()[0]
    counts: dict[str, list[float]] = {}
    for (name, _), found in zip(wanted, row[1:], strict=True):
        counts.setdefault(name, []).append(found)
    return row[0], {name: _shares(found) for name, found in counts.items()}


def _shares(found: list[float]) -> list[float]:
    total = sum(found)
    return [x / total if total else 0.0 for x in found]
