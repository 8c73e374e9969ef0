"""The planner against brute force with another solver, planted answers, and refusals."""

from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from metrics.methods.planner import Borough, CannotPlan, Limits, Scheme, plan, plans
from metrics.methods.value import GREEN_BOOK

TOWNS, KINDS = ("North", "South", "East"), ("SEMH", "ASD")


def a_borough(**changes) -> Borough:
    base = {
        "localities": TOWNS, "designations": KINDS,
        "present": np.array([[10.0, 6], [8, 8], [2, 3]]),
        "fee": np.array([60_000.0, 50_000]), "transport_out": np.array([6_000.0, 7_000, 9_000]),
        "transport": np.array([[1000.0, 4000, 5000], [4000, 1000, 3000], [5000, 3000, 1000]]),
        "minutes": np.array([[10.0, 30, 50], [30, 10, 25], [50, 25, 10]]),
    }  # fmt: skip
    return Borough(**{**base, **changes})


def some_need(futures=6, years=3, seed=1, mean=((12, 7), (9, 8), (10, 6))) -> np.ndarray:
    rng = np.random.default_rng(seed)
    grow = 1 + 0.1 * np.arange(years)
    return rng.poisson(np.array(mean) * grow[:, None, None], (futures, years, 3, 2)).astype(float)


def some_schemes(seed=1, count=5) -> list[Scheme]:
    rng = np.random.default_rng(seed)
    return [
        Scheme(f"S{k}", str(rng.choice(TOWNS)), str(rng.choice(KINDS)), int(rng.integers(2, 9)),
               float(rng.integers(1, 9) * 50_000), float(rng.integers(15, 45) * 1000), 2026,
               int(rng.integers(2026, 2029)))
        for k in range(count)
    ]  # fmt: skip


def brute(need, borough, schemes, limits) -> list[tuple[float, tuple[str, ...]]]:
    """Every subset, each solved whole by another solver's interface, cheapest first."""
    found = []
    for flags in product([0, 1], repeat=len(schemes)):
        chosen = [s for s, yes in zip(schemes, flags, strict=True) if yes]
        if sum(s.capital for s in chosen) > limits.budget:
            continue
        cost = flows_cost(need, borough, chosen, limits)
        if cost is not None:
            found.append((cost + fixed(chosen, need.shape[1]), tuple(s.name for s in chosen)))
    return sorted(found)


def fixed(chosen, years) -> float:
    factor = GREEN_BOOK.factors(years + 1)
    return sum(
        s.capital * factor[s.start - 2025]
        + sum(s.places * s.running * factor[y] for y in range(1, years + 1) if 2025 + y >= s.opens)
        for s in chosen
    )


def flows_cost(need, b, chosen, limits):
    """One programme of all futures, with a column a child's home and site (3: out) in each."""
    futures, years, homes, kinds = need.shape
    factor = GREEN_BOOK.factors(years + 1)[1:]
    index = np.arange(need.size * 4).reshape(futures, years, kinds, homes, 4)
    price = np.zeros(index.size)
    upper = np.full(index.size, np.inf)
    rows_eq, right_eq, rows, right = [], [], [], []

    def row(at, values=1.0):
        line = np.zeros(index.size)
        line[at] = values
        return line

    last = years - 1
    for f, y, d in np.ndindex(futures, years, kinds):
        places = b.present[:, d] + np.array([
            sum(s.places for s in chosen if s.locality == t and s.designation == KINDS[d]
                and s.opens <= 2026 + y) for t in TOWNS])  # fmt: skip
        for home in range(homes):
            cost = [*b.transport[home], b.fee[d] + b.transport_out[home]]
            price[index[f, y, d, home]] = np.array(cost) * factor[y] / futures
            upper[index[f, y, d, home, :3]] = np.where(
                b.minutes[home] <= limits.most_minutes, np.inf, 0
            )
            rows_eq.append(row(index[f, y, d, home]))
            right_eq.append(need[f, y, home, d])
        for site in range(3):
            rows.append(row(index[f, y, d, :, site]))
            right.append(places[site])
        if limits.margin is not None and y == last:
            rows.append(row(index[f, y, d, :, :3].ravel(), -1.0))
            right.append(-matched(need[f, y, :, d], places, b.minutes, limits))
    if limits.margin is not None:
        expected = need[:, last].sum(axis=(0, 2))
        for home in range(homes):
            line = row(index[:, last, :, home, 3].ravel())
            line -= row(index[:, last, :, :, 3].ravel(), expected[home] / expected.sum())
            rows.append(line)
            right.append(limits.margin * expected[home])
    done = linprog(price, np.array(rows), right, np.array(rows_eq), right_eq,
                   [(0, u) for u in upper])  # fmt: skip
    return done.fun if done.status == 0 else None


def matched(need, places, minutes, limits) -> float:
    """Most children placed: Hall's condition over every set of homes."""
    least = np.inf
    for flags in product([False, True], repeat=len(need)):
        homes = np.array(flags)
        reach = (minutes[homes] <= limits.most_minutes).any(axis=0)
        least = min(least, need[~homes].sum() + places[reach].sum())
    return least


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    "limits",
    [
        Limits(budget=600_000),
        Limits(budget=500_000, most_minutes=26),
        Limits(budget=900_000, most_minutes=20, margin=0.05),
        Limits(budget=900_000, most_minutes=26, margin=0.02),
        Limits(budget=900_000, most_minutes=20, margin=0.12),
    ],
)
def test_the_plan_is_the_cheapest_of_all_subsets(seed, limits):
    need, schemes = some_need(seed=seed), some_schemes(seed=seed)
    every = brute(need, a_borough(), schemes, limits)
    if not every:
        assert limits.margin is not None
        with pytest.raises(CannotPlan, match=r"no plan|no choice"):
            plan(need, 2026, a_borough(), schemes, limits)
        return
    found = plan(need, 2026, a_borough(), schemes, limits)
    assert found.expected == pytest.approx(every[0][0], rel=2e-6)
    assert found.chosen == every[0][1]
    if len(every) == 1:
        assert found.runner_up is None
        return
    assert found.runner_up_expected == pytest.approx(every[1][0], rel=2e-6)
    assert found.runner_up == every[1][1]


def test_the_planted_short_locality_is_chosen():
    """All localities alike but East, which has no place of its own: it gets the new ones."""
    need = some_need(futures=40, years=5, mean=((10, 0), (10, 0), (10, 0)))
    borough = a_borough(present=np.array([[12.0, 0], [12, 0], [0, 0]]))
    schemes = [Scheme(t, t, "SEMH", 10, 400_000, 25_000, 2026, 2027) for t in TOWNS]
    found = plan(need, 2026, borough, schemes, Limits(400_000, most_minutes=20, life=30))
    assert found.chosen == ("East",)
    assert found.capital == 400_000
    assert found.expected < found.nothing
    reasons = found.choices.set_index("scheme")["reason"]
    assert "Without it the plan would cost £" in reasons["East"]
    worth = found.choices.set_index("scheme")
    assert worth.loc["East", "right"] > 0.95
    assert worth.loc["North", "right"] < 1 or worth.loc["North", "worth"] >= 0


def test_figures_of_one_future_by_hand():
    """One child more than places, one year: £66,000 out, £31,000 in a place opened that year."""
    need = np.zeros((1, 1, 3, 2))
    need[0, 0, 0, 0] = 11
    scheme = Scheme("New", "North", "SEMH", 1, 10_000, 30_000, 2025, 2026)
    alone = a_borough(minutes=np.where(np.eye(3) > 0, 10.0, 99.0))
    found = plan(need, 2026, alone, [scheme], Limits(20_000, most_minutes=60))
    assert found.expected == pytest.approx(10_000 + (30_000 + 11 * 1000) / 1.035)
    assert found.nothing == pytest.approx((66_000 + 10 * 1000) / 1.035)
    assert found.chosen == ("New",)
    assert found.runner_up == ()
    assert found.regret["plan"].tolist() == [0.0]
    assert found.choices["worth"][0] == pytest.approx(found.nothing - found.expected)


def test_regret_is_what_a_choice_costs_where_it_was_wrong():
    need = some_need(futures=30, seed=5)
    found = plan(need, 2026, a_borough(), some_schemes(3), Limits(800_000))
    assert (found.regret >= -1e-6).all(axis=None)
    for row in found.choices.itertuples():
        assert found.regret[row.scheme].mean() == pytest.approx(row.regret, abs=1e-6)
    assert found.low <= found.expected <= found.high


def test_the_short_locality_of_the_benchmark_is_served():
    from benchmarks.planner import record

    found = record(schemes=9, futures=30, years=3)
    assert found.places_short > found.places_elsewhere
    assert found.plan.expected < found.plan.nothing


def test_fairness_moves_the_choice():
    """South's places save most; with a margin the plan has to serve East."""
    need = some_need(futures=10, years=2, mean=((5, 0), (16, 0), (8, 0)))
    borough = a_borough(present=np.array([[5.0, 0], [5, 0], [1, 0]]))
    schemes = [
        Scheme("South", "South", "SEMH", 9, 300_000, 15_000, 2026, 2027),
        Scheme("East", "East", "SEMH", 6, 300_000, 25_000, 2026, 2027),
    ]
    free = plan(need, 2026, borough, schemes, Limits(300_000, most_minutes=20, life=30))
    fair = plan(need, 2026, borough, schemes, Limits(300_000, 20, margin=0.25, life=30))
    assert free.chosen == ("South",)
    assert fair.chosen == ("East",)
    assert fair.expected > free.expected
    total = need[:, -1].sum() / 10
    assert fair.unmet["share"].max() <= fair.unmet["children"].sum() / total + 0.25 + 1e-6
    assert "leave another locality behind" in "".join(fair.choices["reason"]) or (
        "does not fit" in fair.choices["reason"][0]
    )


@pytest.mark.parametrize("margin", [None, 0.25])
def test_several_budgets_give_what_each_gives_alone(margin):
    need, schemes = some_need(), some_schemes()
    budgets = (900_000.0, 0.0, 300_000.0)
    together = plans(need, 2026, a_borough(), schemes, Limits(0.0, margin=margin), budgets)
    for budget, found in zip(budgets, together, strict=True):
        try:
            alone = plan(need, 2026, a_borough(), schemes, Limits(budget, margin=margin))
        except CannotPlan as why:
            assert str(found) == str(why)
            continue
        assert (found.chosen, found.runner_up) == (alone.chosen, alone.runner_up)
        assert found.expected == pytest.approx(alone.expected)
        assert found.gap == 0


def test_out_of_time_the_gap_that_is_proved_is_told():
    need, schemes = some_need(), some_schemes()
    best = plan(need, 2026, a_borough(), schemes, Limits(600_000.0))
    hasty = plan(need, 2026, a_borough(), schemes, Limits(600_000.0), seconds=0.0)
    assert hasty.gap > 0
    assert hasty.expected * (1 - hasty.gap) <= best.expected <= hasty.expected


def test_fairness_can_be_asked_for_one_designation_by_itself():
    # SEMH: 10 children in each of two towns, 10 places in North alone: North's would take them all.
    # Enough places for ASD hide it where both are taken together.
    need = np.array([[[[10.0, 30], [10, 30], [0, 0]]]])
    borough = a_borough(present=np.array([[10.0, 30], [0, 30], [0, 0]]))
    none = [Scheme("S", "North", "SEMH", 1, 9e9, 1.0, 2026, 2026)]
    together = plan(need, 2026, borough, none, Limits(0.0, margin=0.2))
    apart = plan(need, 2026, borough, none, Limits(0.0, margin=0.2, fair_for=(("SEMH",), KINDS)))

    def without(found):
        rows = found.unmet_by[found.unmet_by["designation"] == "SEMH"]
        return rows.set_index("locality")["children"].to_dict()

    assert without(together) == pytest.approx({"North": 0, "South": 10, "East": 0}, abs=1e-6)
    assert without(apart) == pytest.approx({"North": 3, "South": 7, "East": 0}, abs=1e-6)
    with pytest.raises(CannotPlan, match="fairness is asked for designation 'XYZ'"):
        plan(need, 2026, borough, none, Limits(0.0, margin=0.2, fair_for=(("XYZ",),)))


def test_an_unfair_borough_says_which_limit_stands_in_the_way():
    need = some_need(futures=8, years=2, mean=((8, 0), (8, 0), (8, 0)))
    borough = a_borough(present=np.array([[12.0, 0], [12, 0], [0, 0]]))
    east = [Scheme("East", "East", "SEMH", 10, 300_000, 25_000, 2026, 2027)]
    north = [Scheme("North", "North", "SEMH", 10, 300_000, 25_000, 2026, 2027)]
    with pytest.raises(CannotPlan, match="within the budget of £100,000"):
        plan(need, 2026, borough, east, Limits(100_000, 20, margin=0.1))
    with pytest.raises(CannotPlan, match="travel limit of 20 minutes"):
        plan(need, 2026, borough, north, Limits(400_000, 20, margin=0.1))
    assert plan(need, 2026, borough, east, Limits(300_000, 20, margin=0.1)).chosen == ("East",)


def scheme(**changes) -> Scheme:
    base = {"name": "S", "locality": "North", "designation": "SEMH", "places": 5, "capital": 1e5,
            "running": 2e4, "start": 2026, "opens": 2027}  # fmt: skip
    return Scheme(**{**base, **changes})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"opens": 2025}, "opens in 2025, before it starts in 2026"),
        ({"locality": "West"}, "unknown locality 'West'"),
        ({"designation": "PMLD"}, "unknown designation 'PMLD'"),
        ({"capital": -1.0}, "capital of -1"),
        ({"running": -5.0}, "running of -5"),
        ({"places": 0}, "adds 0 places"),
        ({"start": 2020}, "started in 2020"),
        ({"opens": 2040}, "opens in 2040; need is projected for 2026 to 2028"),
    ],
)
def test_bad_schemes_are_refused_by_name(changes, words):
    with pytest.raises(CannotPlan, match=words):
        plan(some_need(), 2026, a_borough(), [scheme(**changes)], Limits(1e6))


def test_other_bad_input_is_refused_by_name():
    with pytest.raises(CannotPlan, match="fee holds -1"):
        plan(some_need(), 2026, a_borough(fee=np.array([-1.0, 2])), [scheme()], Limits(1e6))
    with pytest.raises(CannotPlan, match="need holds -3"):
        plan(some_need() * 0 - 3, 2026, a_borough(), [scheme()], Limits(1e6))
    with pytest.raises(CannotPlan, match="need has shape"):
        plan(np.ones((2, 2)), 2026, a_borough(), [scheme()], Limits(1e6))
    with pytest.raises(CannotPlan, match="budget is -1"):
        plan(some_need(), 2026, a_borough(), [scheme()], Limits(-1))
    with pytest.raises(CannotPlan, match="listed twice"):
        plan(some_need(), 2026, a_borough(), [scheme(), scheme()], Limits(1e6))
    with pytest.raises(CannotPlan, match="no scheme"):
        plan(some_need(), 2026, a_borough(), [], Limits(1e6))
    with pytest.raises(CannotPlan, match="margin is 7"):
        plan(some_need(), 2026, a_borough(), [scheme()], Limits(1e6, margin=7))
