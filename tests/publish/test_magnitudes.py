"""Rules against cases worked by hand, and no attack on made-up tables of sums succeeds."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from publish.magnitudes import BadTable, audit_sums, needs, sensitive, suppress_sums


def contributions(**amounts: list[float]) -> pd.DataFrame:
    rows = [(cell, f"{cell}{i}", x) for cell, xs in amounts.items() for i, x in enumerate(xs)]
    return pd.DataFrame(rows, columns=["cell_id", "contributor_id", "amount"])


def test_the_rules_against_cases_worked_by_hand() -> None:
    # p %: the second, who knows 20, takes 100 - 20 = 80 for the first's 70, which is 14 % out.
    # dominance: 70 is not over 70 % of 100, but 90 is over 85 %: 100 / 85 * 90 = 105.88.
    found = sensitive(contributions(a=[70, 20, 10], b=[50, 20, 10, 10, 10], c=[10, 10, 10]))
    found = found.set_index("cell_id")
    assert found["sensitive"].to_dict() == {"a": True, "b": False, "c": False}
    assert found.loc["a", "needs"] == pytest.approx(15)  # 15 % of the sum is more than 5.88
    assert found.loc["a", ["total", "first", "second"]].tolist() == [100, 70, 20]


@pytest.mark.parametrize(
    ("amounts", "dominance", "p", "level"),
    [
        ([80.0, 15, 5], ((1, 70.0),), 0.0, 100 / 70 * 80 - 100),
        ([60.0, 30, 10], ((2, 85.0),), 0.0, 100 / 85 * 90 - 100),
        ([85.0, 10, 5], (), 15.0, 0.15 * 85 - 5),
        ([90.0, 8, 2], (), 15.0, 0.15 * 90 - 2),
    ],
)
def test_levels_are_those_of_the_handbook(
    amounts: list[float], dominance: tuple, p: float, level: float
) -> None:
    total = pd.Series([sum(amounts)])
    found = needs(total, pd.Series(amounts[:1]), pd.Series(amounts[1:2]), dominance, p)
    assert found[0] == pytest.approx(max(level, p / 100 * sum(amounts)))


def test_one_or_two_contributors_are_always_sensitive() -> None:
    found = sensitive(contributions(one=[5.0], two=[5.0, 5.0])).set_index("cell_id")
    assert found["sensitive"].all() and found.loc["one", "contributors"] == 1


def test_rows_of_one_contributor_are_one_contribution() -> None:
    rows = contributions(a=[40, 30, 30])
    assert not sensitive(rows)["sensitive"].any()
    assert sensitive(rows.assign(contributor_id=["x", "x", "y"]))["sensitive"].all()


def test_what_is_wrong_is_named() -> None:
    with pytest.raises(BadTable, match="'a' has a contribution that is negative"):
        sensitive(contributions(a=[3.0, -1.0]))
    with pytest.raises(BadTable, match=r"dominance rule \(3, 70\)"):
        needs(pd.Series([1.0]), pd.Series([1.0]), pd.Series([0.0]), ((3, 70.0),))


def table(sums: dict[str, float], wholes: dict[str, list[str]], **more: dict[str, float]) -> tuple:
    cells = pd.DataFrame({"cell_id": list(sums), "n": list(sums.values())})
    for name, values in more.items():
        cells[name] = cells["cell_id"].map(values).fillna(0)
    rows = [(w, w, -1.0) for w in wholes] + [(w, p, 1.0) for w, ps in wholes.items() for p in ps]
    return cells, pd.DataFrame(rows, columns=["identity_id", "cell_id", "coef"])


def test_a_sum_takes_one_that_is_large_enough_to_shelter_it() -> None:
    # b is hidden for its one child; a is too small to shelter 100,000 by 43 %, so c goes.
    sums = {"all": 700_000.0, "a": 20_000.0, "b": 100_000.0, "c": 280_000.0, "d": 300_000.0}
    made = table(sums, {"all": ["a", "b", "c", "d"]}, needs={"b": 42_857.0}, weight=dict.fromkeys(
        sums, 1.0) | {"all": 1000.0})  # fmt: skip
    done = suppress_sums(*made).set_index("cell_id")["suppressed"]
    hidden = set(done.index[done])
    assert {"b"} < hidden <= {"b", "c", "d"} and len(hidden) == 2
    found = audit_sums(*made, hidden).set_index("cell_id")
    assert found.loc["b", "upper"] - 100_000 >= 42_857


def test_whoever_is_alone_in_the_other_hidden_sum_learns_nothing() -> None:
    sums = {"all": 500.0, "a": 100.0, "b": 150.0, "c": 250.0}
    weight = {"all": 1000.0, "a": 1.0, "b": 1.0, "c": 9.0}
    one = table(sums, {"all": ["a", "b", "c"]}, needs={"a": 43.0}, weight=weight)
    done = suppress_sums(*one).set_index("cell_id")["suppressed"]
    assert done.to_dict() == {"all": False, "a": True, "b": True, "c": False}
    cells = one[0].assign(first=[0.0, 100.0, 150.0, 0.0], alone=[False, True, True, False])
    done = suppress_sums(cells, one[1]).set_index("cell_id")["suppressed"]
    assert done["c"]  # else who has b subtracts it and reads a


def test_what_cannot_be_protected_is_refused_or_left() -> None:
    sums = {"all": 500.0, "a": 100.0, "b": 400.0}
    cells, ties = table(sums, {"all": ["a", "b"]}, needs={"a": 43.0})
    cells = cells.assign(fixed=[True, False, True])
    with pytest.raises(BadTable, match="sum 'a' can't be protected"):
        suppress_sums(cells, ties)
    done = suppress_sums(cells, ties, strict=False)
    assert done["suppressed"].tolist() == [False, True, False]


def highest(cells: pd.DataFrame, ties: pd.DataFrame, hidden: np.ndarray, cell: int) -> float:
    """By another solver, from the shown numbers alone: the most a hidden sum can be."""
    matrix = ties.pivot_table(index="identity_id", columns="cell_id", values="coef", fill_value=0.0)
    matrix = matrix.reindex(columns=cells["cell_id"], fill_value=0.0).to_numpy()
    n = cells["n"].to_numpy(dtype=float)
    at = np.flatnonzero(hidden)
    right = -(matrix @ np.where(hidden, 0.0, n))
    cost = -(at == cell).astype(float)
    found = linprog(cost, A_eq=matrix[:, at], b_eq=right, bounds=(0, None), method="highs-ipm")
    return np.inf if found.status == 3 else -found.fun


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 4), st.integers(2, 4), st.integers(0, 10_000))
def test_no_attack_on_a_made_up_table_succeeds(rows: int, columns: int, seed: int) -> None:
    """Places by kind and payer, of few children each: rows, columns and the whole add up."""
    rng = np.random.default_rng(seed)
    inner = {(i, j): rng.integers(1, 90_000, rng.integers(0, 6)) for i in range(rows)
             for j in range(columns)}  # fmt: skip
    groups = {f"{i} {j}": list(xs) for (i, j), xs in inner.items()}
    for i in range(rows):
        groups[f"{i} all"] = [x for j in range(columns) for x in inner[i, j]]
    for j in range(columns):
        groups[f"all {j}"] = [x for i in range(rows) for x in inner[i, j]]
    groups["all all"] = [x for xs in inner.values() for x in xs]
    found = sensitive(contributions(**groups)).set_index("cell_id")
    wholes = {f"{i} all": [f"{i} {j}" for j in range(columns)] for i in range(rows)}
    wholes |= {f"all {j}": [f"{i} {j}" for i in range(rows)] for j in range(columns)}
    wholes["all all"] = [f"{i} all" for i in range(rows)]
    cells, ties = table(
        {name: float(sum(xs)) for name, xs in groups.items()}, wholes,
        needs=found["needs"].to_dict(), first=found["first"].to_dict(),
    )  # fmt: skip
    cells["alone"] = cells["cell_id"].map(found["contributors"]).eq(1)
    done = suppress_sums(cells, ties, strict=False)
    hidden = done["suppressed"].to_numpy()
    assert hidden[done["primary"]].all() and not hidden[cells["n"] == 0].any()
    for at in np.flatnonzero(done["primary"]):
        above = highest(cells, ties, hidden, at) - cells["n"].iloc[at]
        assert above >= cells["needs"].iloc[at] - 1
    told = audit_sums(cells, ties, cells["cell_id"][hidden])
    n = cells.set_index("cell_id")["n"].reindex(told["cell_id"]).to_numpy()
    assert (told["lower"] <= n).all() and (n <= told["upper"]).all()
    assert (told["upper"] > told["lower"]).all()
