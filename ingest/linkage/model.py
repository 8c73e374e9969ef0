"""Training Splink's model on two sets of people, and scoring the pairs worth comparing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from ingest.linkage.compare import BLOCKS, COMPARISONS, Compared, columns_needed

SEED = 20_260
SAMPLED_PAIRS = 300_000
MOST_PAIRS_A_BLOCK, MOST_PAIRS = 3_000_000, 6_000_000
"""A way of agreeing that yields more pairs than this tells too little to be worth the time."""
FEWEST_PAIRS, FEWEST_MATCHES = 50_000, 100
"""Below these there is too little to learn u or m from, and the priors stand."""
PRIOR_MATCHES = 50
"""How many matches' worth of belief the priors of m carry against what training finds."""
LEAST = 1e-6
TURNED = 1
"""Place of "names turned round" among the levels of the first name."""
OVERLAP = 0.7
"""Share of the smaller file believed to be in the larger where nothing can be counted."""

Chances = dict[str, list[tuple[float, float]]]
"""By comparison, m and u of each level."""


@dataclass(frozen=True)
class Sides:
    """The two tables and how many people they hold."""

    left: int
    right: int

    @property
    def pairs(self) -> int:
        """How many pairs there are in all."""
        return self.left * self.right


@dataclass(frozen=True)
class Scored:
    """Table of scored pairs, m and u they were scored with, and how many matches are expected."""

    table: str
    chances: Chances
    matches: float


def score_pairs(con: duckdb.DuckDBPyConnection, sides: Sides) -> Scored | None:
    """The table of scored pairs: `unique_id_l, unique_id_r, match_weight`; None where none agree.

    `match_weight` is the base-2 logarithm of the odds that the two are the same child.
    """
    blocks = worth_comparing(con)
    if not blocks:
        return None
    prior = _prior(con, sides)
    chances = _trained(con, sides, prior)
    linker = _linker(con, _settings(chances, blocks, prior))
    pairs = linker.inference.predict(threshold_match_weight=-10)
    return Scored(str(pairs.physical_name), chances, prior * sides.pairs)


def worth_comparing(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The ways of agreeing that yield pairs, but not so many that they tell little."""
    chosen, total = [], 0
    for block in BLOCKS:
        pairs = _count_pairs(con, block)
        if 0 < pairs <= MOST_PAIRS_A_BLOCK and total + pairs <= MOST_PAIRS:
            chosen.append(block)
            total += pairs
    return chosen


def _count_pairs(con: duckdb.DuckDBPyConnection, block: str) -> int:
    """Pairs a block yields, counted by its keys without making them."""
    equal = [part.split(" = ") for part in block.split(" and ") if " = " in part]
    lefts = ", ".join(a.strip() + f" as k{i}" for i, (a, _) in enumerate(equal))
    rights = ", ".join(b.strip() + f" as k{i}" for i, (_, b) in enumerate(equal))
    keys = ", ".join(f"k{i}" for i in range(len(equal)))
    found = con.execute(
        f"with a as (select {keys}, count(*) as n from (select {lefts} from left_person l)"
        f" group by {keys}), b as (select {keys}, count(*) as n from"
        f" (select {rights} from right_person r) group by {keys})"
        f" select coalesce(sum(a.n * b.n), 0) from a join b using ({keys})"
    ).fetchall()
    return int(found[0][0])


def _prior(con: duckdb.DuckDBPyConnection, sides: Sides) -> float:
    """Chance that two records taken at random are of the same child."""
    (sure,) = con.execute(
        "select count(distinct r.unique_id) from left_person l join right_person r"
        " on l.first = r.first and l.surname = r.surname and l.dob = r.dob"
    ).fetchall()[0]
    most = min(sides.left, sides.right)
    expected = min(most, sure / 0.6) if sure else OVERLAP * most / 2
    return max(expected, 1) / sides.pairs


def _trained(con: duckdb.DuckDBPyConnection, sides: Sides, prior: float) -> Chances:
    chances: Chances = {c.name: [(x.m, x.u) for x in c.levels] for c in COMPARISONS}
    if sides.pairs >= FEWEST_PAIRS:
        chances = _learn_u(con, chances, sides)
    matches = prior * sides.pairs
    if matches >= FEWEST_MATCHES:
        chances = _learn_m(con, chances, prior, matches)
    return _turned_as_same(chances)


def _turned_as_same(chances: Chances) -> Chances:
    """Names turned round tell as much as both names the same, which is how u is reckoned."""
    first, surname = chances["first"], chances["surname"]
    m = first[TURNED][0]
    likely = m * first[0][1] * surname[0][1] / (first[0][0] * surname[0][0])
    first = [*first[:TURNED], (m, max(1e-9, likely)), *first[TURNED + 1 :]]
    return chances | {"first": first}


def _learn_u(con: duckdb.DuckDBPyConnection, chances: Chances, sides: Sides) -> Chances:
    """Likeness of different children, from pairs taken at random across the two files."""
    counted = _count_levels(con, sides)
    total: dict[str, int] = {}
    hits: dict[tuple[str, int], int] = {}
    for name, level, pairs in counted:
        if level is not None:
            total[name] = total.get(name, 0) + pairs
            hits[name, level] = pairs
    return {
        name: [
            (m, _blend(hits.get((name, i), 0), total.get(name, 0), u))
            for i, (m, u) in enumerate(levels)
        ]
        for name, levels in chances.items()
    }


def _blend(hits: int, total: int, prior: float) -> float:
    """A share with a little of the prior in it, so that what was never seen is not impossible."""
    weight = 2 / max(prior, 1e-5)
    return max(LEAST, (hits + weight * prior) / (total + weight))


def _count_levels(con: duckdb.DuckDBPyConnection, sides: Sides) -> list[tuple[str, int, int]]:
    """Comparison, level and pairs, over pairs of a left and a right record taken at random.

    Pairs that share a birthday and a name or a home, or name and home, are very likely true ones
    and are left out: in small files they would make likeness look common.
    """
    con.execute("create or replace temp table taken as " + _taken_pairs(sides))
    cases = ", ".join(f"{_case(c)} as {c.name}" for c in COMPARISONS)
    con.execute(
        f"create or replace temp table level as select {cases} from"
        f" (select {_both('a', 'b')} from taken t join left_person a on a.rowid = t.l"
        " join right_person b on b.rowid = t.r"
        " where not coalesce(a.dob = b.dob and (coalesce(a.postcode = b.postcode, false)"
        " or coalesce(a.first = b.first, false) or coalesce(a.surname = b.surname, false)), false)"
        " and not coalesce(a.first = b.first and a.surname = b.surname"
        " and a.postcode = b.postcode, false)) pair"
    )
    counts = [
        f"select '{c.name}', {c.name}, count(*) from level group by {c.name}" for c in COMPARISONS
    ]
    return con.execute(" union all ".join(counts)).fetchall()


def _taken_pairs(sides: Sides) -> str:
    """SQL of row numbers `l, r`: every pair of small files, else some of each left record."""
    each = min(sides.right, max(1, SAMPLED_PAIRS // sides.left))
    return (
        f"select a.l, (hash(a.l) + s.step) % {sides.right} as r"
        f" from (select rowid as l from left_person) a, range({each}) s(step)"
    )


def _both(left: str, right: str) -> str:
    return ", ".join(f"{left}.{n} as {n}_l, {right}.{n} as {n}_r" for n in columns_needed())


def _case(compared: Compared) -> str:
    whens = "".join(
        f" when {level.sql} then {i}" if level.sql != "else" else f" else {i}"
        for i, level in enumerate(compared.levels)
    )
    return f"case when {compared.blank} then null{whens} end"


def _learn_m(
    con: duckdb.DuckDBPyConnection, chances: Chances, prior: float, matches: float
) -> Chances:
    """Likeness of records of the same child, by expectation maximisation in two sessions."""
    linker = _linker(con, _settings(chances, ["l.dob = r.dob"], prior))
    train = linker.training.estimate_parameters_using_expectation_maximisation
    for block in ("l.dob = r.dob", "l.first = r.first and l.surname = r.surname"):
        try:
            train(block, fix_u_probabilities=True)
        except Exception as error:  # Splink's own classes are many; the priors still stand
            if isinstance(error, (duckdb.OutOfMemoryException, MemoryError)):
                raise
    learnt = _read_m(linker)
    return {
        name: blended_m(name, levels, learnt[name], matches) for name, levels in chances.items()
    }


def blended_m(
    name: str, levels: list[tuple[float, float]], found: list[float], matches: float
) -> list[tuple[float, float]]:
    """Put what was found in the place of m, with a little of the prior in it.

    Where the same child would mostly differ, the model has gone astray and the prior stands.
    """
    compared = next(c for c in COMPARISONS if c.name == name)
    share = matches / (matches + PRIOR_MATCHES) if found[0] >= 0.3 else 0.0
    return [
        (max(LEAST, share * new + (1 - share) * prior.m), u)
        for prior, (_, u), new in zip(compared.levels, levels, found, strict=True)
    ]


def _read_m(linker: Any) -> dict[str, list[float]]:
    found = linker.misc.save_model_to_json(out_path=None)
    return {
        c["output_column_name"]: [
            x.get("m_probability") or 0.0
            for x in c["comparison_levels"]
            if not x.get("is_null_level")
        ]
        for c in found["comparisons"]
    }


def _linker(con: duckdb.DuckDBPyConnection, settings: Any) -> Any:
    from splink import DuckDBAPI, Linker

    db = DuckDBAPI(con)
    left = db.register("left_person", dataset_display_name="a_left")
    right = db.register("right_person", dataset_display_name="b_right")
    return Linker([left, right], settings, log_level="ERROR")


def _settings(chances: Chances, blocks: list[str], prior: float) -> Any:
    from splink import SettingsCreator

    return SettingsCreator(
        link_type="link_only",
        probability_two_random_records_match=prior,
        comparisons=[_comparison(c, chances[c.name]) for c in COMPARISONS],
        blocking_rules_to_generate_predictions=list(blocks),  # type: ignore[arg-type]
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=True,
        em_convergence=0.001,
    )


def _comparison(compared: Compared, chances: list[tuple[float, float]]) -> Any:
    blank = {
        "sql_condition": compared.blank, "label_for_charts": "blank",
        "is_null_level": True,
    }  # fmt: skip
    levels = [
        {
            "sql_condition": "ELSE" if level.sql == "else" else level.sql,
            "label_for_charts": level.label,
            "m_probability": m,
            "u_probability": u,
            **({"tf_adjustment_column": level.rarity} if level.rarity else {}),
        }
        for level, (m, u) in zip(compared.levels, chances, strict=True)
    ]
    return {"output_column_name": compared.name, "comparison_levels": [blank, *levels]}
