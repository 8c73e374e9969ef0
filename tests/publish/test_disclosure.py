from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from publish.disclosure import BadTable, audit, suppress

Table = tuple[pd.DataFrame, pd.DataFrame]


def frames(counts: dict[str, int], sums: list[tuple[str, list[str]]]) -> Table:
    """Cells and identities: each sum says which whole is made of which parts."""
    cells = pd.DataFrame(list(counts.items()), columns=["cell_id", "n"])
    rows = [(f"id{i}", part, 1) for i, (_, parts) in enumerate(sums) for part in parts]
    rows += [(f"id{i}", whole, -1) for i, (whole, _) in enumerate(sums)]
    return cells, pd.DataFrame(rows, columns=["identity_id", "cell_id", "coef"])


def two_way(inner: np.ndarray) -> Table:
    """A table with its row, column and grand totals."""
    full = np.zeros(np.add(inner.shape, 1), dtype=int)
    full[:-1, :-1] = inner
    full[:-1, -1], full[-1, :-1], full[-1, -1] = inner.sum(1), inner.sum(0), inner.sum()
    counts = {f"{i},{j}": int(n) for (i, j), n in np.ndenumerate(full)}
    rows, columns = inner.shape
    sums = [(f"{i},{columns}", [f"{i},{j}" for j in range(columns)]) for i in range(rows + 1)]
    sums += [(f"{rows},{j}", [f"{i},{j}" for i in range(rows)]) for j in range(columns + 1)]
    return frames(counts, sums)


def brute_force(table: Table, hidden: list[str], most: int) -> dict[str, tuple[int, int]]:
    """Every assignment of 1 … most to the hidden cells that fits, and each cell's range."""
    cells, identities = table
    n = dict(zip(cells["cell_id"], cells["n"], strict=True))
    grid = np.indices((most,) * len(hidden)).reshape(len(hidden), -1) + 1
    worlds = n | dict(zip(hidden, grid, strict=True))
    fits = np.ones(grid.shape[1], dtype=bool)
    for _, tie in identities.groupby("identity_id"):
        fits &= sum(coef * worlds[cell] for _, cell, coef in tie.itertuples(index=False)) == 0
    found = grid[:, fits]
    return {c: (int(v.min()), int(v.max())) for c, v in zip(hidden, found, strict=True)}


def safe(table: Table, result: pd.DataFrame, threshold: int) -> bool:
    """The guarantee, from the audit: no hidden small count bounded more narrowly than allowed."""
    found = audit(*table, result.loc[result["suppressed"], "cell_id"])
    found = found.merge(table[0]).merge(result)
    small = found[found["primary"]]
    assert ((found["lower"] <= found["n"]) & (found["n"] <= found["upper"])).all()
    return bool((small["upper"] - small["lower"] >= threshold - 2).all())


def test_a_small_part_takes_another_with_it_and_zeros_and_totals_stay() -> None:
    table = frames({"all": 40, "a": 2, "b": 18, "c": 20, "d": 0}, [("all", ["a", "b", "c", "d"])])
    result = suppress(*table).set_index("cell_id")
    assert result["primary"].to_dict() == dict(all=False, a=True, b=False, c=False, d=False)
    assert result["suppressed"].sum() == 2
    assert not result.loc[["d"], "suppressed"].any()
    assert safe(table, result.reset_index(), 5)


def test_two_small_parts_may_shelter_each_other_if_together_large_enough() -> None:
    enough = frames({"all": 47, "a": 4, "b": 3, "c": 40}, [("all", ["a", "b", "c"])])
    assert suppress(*enough)["suppressed"].sum() == 2
    # 1 + 1 can only be 1 + 1: a third must go.
    few = frames({"all": 42, "a": 1, "b": 1, "c": 40, "d": 0}, [("all", ["a", "b", "c", "d"])])
    assert suppress(*few)["suppressed"].sum() == 3


def test_a_hidden_cell_is_at_least_one_and_the_attacker_knows_it() -> None:
    table = frames({"all": 42, "a": 1, "b": 1, "c": 40}, [("all", ["a", "b", "c"])])
    found = audit(*table, ["a", "b"])
    assert found[["lower", "upper"]].to_numpy().tolist() == [[1, 1], [1, 1]]


def test_linked_tables_are_one_system() -> None:
    # Two cuts of the same total: hiding within one alone would leave the other to give it away.
    counts = {"all": 50, "boys": 47, "girls": 3, "north": 20, "south": 30, "n1": 18, "n2": 2}
    sums = [("all", ["boys", "girls"]), ("all", ["north", "south"]), ("north", ["n1", "n2"])]
    table = frames(counts, sums)
    result = suppress(*table)
    assert safe(table, result, 5)
    assert set(result.loc[result["suppressed"], "cell_id"]) == {"boys", "girls", "n1", "n2"}


def test_dear_cells_are_spared() -> None:
    cells, identities = frames({"all": 40, "a": 2, "b": 18, "c": 20}, [("all", ["a", "b", "c"])])
    cells["weight"] = [100, 1, 9, 1]
    result = suppress(cells, identities)
    assert result.loc[result["suppressed"], "cell_id"].to_list() == ["a", "c"]


def test_nothing_small_nothing_hidden() -> None:
    assert not suppress(*two_way(np.full((3, 3), 9)))["suppressed"].any()
    assert suppress(*frames({}, []))["suppressed"].empty
    alone = suppress(*frames({"a": 3, "b": 7}, []))
    assert alone["suppressed"].to_list() == [True, False]


@pytest.mark.parametrize(
    ("counts", "sums", "threshold", "words"),
    [
        ({"all": 9, "a": 4, "b": 4}, [("all", ["a", "b"])], 5, "'id0' does not add up.*off by"),
        ({"all": 3, "a": 4, "b": -1}, [("all", ["a", "b"])], 5, "'b'.*-1 is negative"),
        ({"a": 3}, [], 1, "threshold 1 is below 2"),
        ({"a": float("nan")}, [], 5, "'a'.*not a number"),
        ({"a": 2.5}, [], 5, "'a'.*not a whole number"),
        ({"a": 2}, [("b", ["a"])], 5, "uses cell 'b'"),
    ],
)
def test_bad_tables_are_refused_by_name(counts, sums, threshold, words) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BadTable, match=words):
        suppress(*frames(counts, sums), threshold)


def test_a_cell_named_twice_and_an_unknown_hidden_cell_are_refused() -> None:
    cells, identities = frames({"a": 3, "b": 6}, [])
    twice = pd.concat([cells, cells.iloc[:1]])
    with pytest.raises(BadTable, match="'a' is named twice"):
        suppress(twice, identities)
    with pytest.raises(BadTable, match="'z' is not among"):
        audit(cells, identities, ["z"])
    with pytest.raises(BadTable, match="no column 'n'"):
        suppress(cells[["cell_id"]], identities)


def test_what_stays_known_and_gives_a_cell_away_is_an_error_not_a_leak() -> None:
    cells, identities = frames({"all": 12, "a": 2, "rest": 10}, [("all", ["a", "rest"])])
    cells["fixed"] = [True, False, True]
    with pytest.raises(BadTable, match="'a' can't be protected"):
        suppress(cells, identities)


SMALL_TABLES = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(0, 9), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)


@settings(max_examples=60, deadline=None)
@given(SMALL_TABLES, st.sampled_from([3, 5, 7]))
def test_no_attack_on_a_two_way_table_succeeds(inner: list[list[int]], threshold: int) -> None:
    table = two_way(np.array(inner))
    result = suppress(*table, threshold)
    n = table[0]["n"]
    assert (result["primary"] == n.between(1, threshold - 1)).all()
    assert result.loc[result["primary"], "suppressed"].all()
    assert not result.loc[n == 0, "suppressed"].any()
    assert safe(table, result, threshold)


@st.composite
def hierarchies(draw: st.DrawFn) -> Table:
    """Wards in localities in a borough, cut otherwise by sex, by school, and school by phase."""
    wards = [draw(st.lists(st.integers(0, 12), min_size=1, max_size=5)) for _ in range(3)]
    counts = {f"w{i}.{j}": n for i, part in enumerate(wards) for j, n in enumerate(part)}
    counts |= {f"l{i}": sum(part) for i, part in enumerate(wards)}
    total = sum(map(sum, wards))
    counts["all"] = total
    sums = [(f"l{i}", [f"w{i}.{j}" for j in range(len(p))]) for i, p in enumerate(wards)]
    sums.append(("all", ["l0", "l1", "l2"]))
    for cut, pieces in (("sex", 2), ("school", 6)):
        ends = sorted(
            draw(st.lists(st.integers(0, total), min_size=pieces - 1, max_size=pieces - 1))
        )
        parts = np.diff([0, *ends, total])
        counts |= {f"{cut}{k}": int(n) for k, n in enumerate(parts)}
        sums.append(("all", [f"{cut}{k}" for k in range(pieces)]))
    counts["primary"] = sum(counts[f"school{k}"] for k in range(4))
    counts["secondary"] = total - counts["primary"]
    sums.append(("primary", [f"school{k}" for k in range(4)]))
    sums.append(("secondary", ["school4", "school5"]))
    return frames(counts, sums)


@settings(max_examples=60, deadline=None)
@given(hierarchies())
def test_no_attack_on_linked_hierarchies_succeeds(table: Table) -> None:
    assert safe(table, suppress(*table), 5)
    assert safe(table, suppress(*table, tidy=False), 5)


@settings(max_examples=40, deadline=None)
@given(SMALL_TABLES.filter(lambda t: len(t) < 4 and len(t[0]) < 4), st.data())
def test_audit_finds_what_trying_everything_finds(
    inner: list[list[int]], data: st.DataObject
) -> None:
    counts = np.minimum(np.array(inner), 4)
    table = two_way(counts)
    choice = [f"{i},{j}" for (i, j), n in np.ndenumerate(counts) if n > 0]
    if not choice:
        return
    hidden = data.draw(st.lists(st.sampled_from(choice), unique=True, min_size=1, max_size=5))
    found = audit(*table, hidden).set_index("cell_id")
    for cell, (low, high) in brute_force(table, hidden, 12).items():
        assert (found.loc[cell, "lower"], found.loc[cell, "upper"]) == (low, high)


@settings(max_examples=40, deadline=None)
@given(hierarchies(), st.data())
def test_audit_agrees_with_another_solver(table: Table, data: st.DataObject) -> None:
    cells, identities = table
    choice = cells.loc[cells["n"] > 0, "cell_id"].to_list()
    if not choice:
        return
    hidden = data.draw(st.lists(st.sampled_from(choice), unique=True, min_size=1, max_size=12))
    at = {cell: i for i, cell in enumerate(hidden)}
    n = cells.set_index("cell_id")["n"]
    names = identities["identity_id"].unique()
    left, right = np.zeros((len(names), len(hidden))), np.zeros(len(names))
    for name, cell, coef in identities.itertuples(index=False):
        row = int(np.flatnonzero(names == name)[0])
        if cell in at:
            left[row, at[cell]] += coef
        else:
            right[row] -= coef * n[cell]
    found = audit(cells, identities, hidden).set_index("cell_id")
    for cell, i in at.items():
        for sense, column in ((1, "lower"), (-1, "upper")):
            aim = np.zeros(len(hidden))
            aim[i] = sense
            solved = linprog(aim, A_eq=left, b_eq=right, bounds=(1, None))
            expected = solved.x[i] if solved.status == 0 else np.inf
            # These tables are networks: the best fractions are whole.
            assert found.loc[cell, column] == pytest.approx(expected, abs=1e-6)


def test_whole_numbers_are_used_where_fractions_would_flatter() -> None:
    cells = pd.DataFrame({"cell_id": ["a", "b", "c"], "n": [2, 3, 13]})
    identities = pd.DataFrame(
        [("x", "a", 2.0), ("x", "b", 3.0), ("x", "c", -1.0)],
        columns=["identity_id", "cell_id", "coef"],
    )
    found = audit(cells, identities, ["a", "b"]).set_index("cell_id")
    # 2a + 3b = 13 over whole numbers from 1: (2, 3) and (5, 1) only.
    assert found.loc["b", "upper"] == 3
    assert found.loc["a", ["lower", "upper"]].to_list() == [2, 5]
