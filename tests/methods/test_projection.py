"""The projection: honest about what it is given, whole children, ranges that hold."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from metrics.methods.futures.drift import draw_drift
from metrics.methods.futures.priors import JOINING, Prior
from metrics.methods.projection import CannotProject, project

OUT = "NONSEND"


def a_town(years=range(2015, 2021), *, joiners=40, leave=0.1, grow=1.0, seed=3) -> pd.DataFrame:
    """Moves of a made-up town with two needs and two settings, simulated by a plain loop."""
    rng = np.random.default_rng(seed)
    children = [(int(a), str(n), str(s)) for a, n, s in zip(
        rng.integers(1, 11, 400), rng.choice(["SEMH", "ASD"], 400),
        rng.choice(["mainstream", "special"], 400), strict=True)]  # fmt: skip
    rows = []
    for index, year in enumerate(years):
        after = []
        for age, need, setting in children:
            if age >= 12 or rng.random() < leave:
                rows.append((year, setting, need, age, OUT, OUT, age + 1))
                continue
            new = "special" if setting == "mainstream" and rng.random() < 0.05 else setting
            rows.append((year, setting, need, age, new, need, age + 1))
            after.append((age + 1, need, new))
        for _ in range(rng.poisson(joiners * grow**index)):
            age = int(rng.integers(0, 9))
            rows.append((year, OUT, OUT, age, "mainstream", "SEMH", age + 1))
            after.append((age + 1, "SEMH", "mainstream"))
        children = after
    return pd.DataFrame(rows, columns=["calendar-year", "setting-1", "need-1", "academic-year-1",
                                       "setting-2", "need-2", "academic-year-2"])  # fmt: skip


def people(last=2026, size=1000) -> pd.DataFrame:
    return pd.DataFrame(
        [(y, a, size) for y in range(2010, last + 1) for a in range(0, 16)],
        columns=["calendar-year", "academic-year", "population"],
    )


def counted(moves: pd.DataFrame) -> pd.Series:
    return moves[moves["setting-2"] != OUT].groupby("calendar-year").size()


def test_only_rows_to_the_origin_are_used():
    town = a_town()
    later = town.copy()
    later.loc[later["calendar-year"] > 2018, ["setting-2", "need-2"]] = OUT
    first = project(town, people(), origin=2018, years=2, draws=200, seed=1).total()
    second = project(later, people(), origin=2018, years=2, draws=200, seed=1).total()
    pd.testing.assert_frame_equal(first, second)


def test_same_seed_same_futures_other_seed_others():
    town = a_town()
    one, two, three = (
        project(town, people(), origin=2020, years=2, draws=200, seed=s).children for s in (4, 4, 5)
    )
    assert (one == two).all()
    assert (one != three).any()


def test_cells_add_up_to_the_total_in_every_future():
    futures = project(a_town(), people(), origin=2020, years=3, draws=200, seed=1)
    assert futures.cells().groupby("year")["mean"].sum().to_numpy() == pytest.approx(
        futures.total()["mean"].to_numpy()
    )
    assert (futures.children >= 0).all()


def test_quantiles_are_in_order_and_widen_with_the_horizon():
    total = project(a_town(), people(), origin=2020, years=5, draws=1000, seed=1).total()
    ordered = total[["q025", "q10", "q50", "q90", "q975"]].to_numpy()
    assert (np.diff(ordered, axis=1) >= 0).all()
    width = total["q975"] - total["q025"]
    assert width.iloc[-1] > width.iloc[0]


def test_the_truth_lies_in_the_95_percent_range_nearly_always():
    """Fifteen made-up towns, two years ahead each: at least 28 of 30 held."""
    held = 0
    for seed in range(15):
        town = a_town(range(2015, 2023), seed=seed, grow=1.03)
        total = project(town, people(), origin=2020, years=2, draws=400, seed=seed).total()
        truth = counted(town).loc[[2021, 2022]].to_numpy()
        held += ((total["q025"] <= truth) & (truth <= total["q975"])).sum()
    assert held >= 28


def test_more_people_more_joiners():
    town, double = a_town(), people()
    double.loc[double["calendar-year"] > 2020, "population"] *= 2
    mean = [project(town, p, origin=2020, years=3, draws=300, seed=1).total()["mean"].iloc[-1]
            for p in (people(), double)]  # fmt: skip
    assert mean[1] > mean[0] + 60


def test_cost_is_children_times_price_in_each_future():
    futures = project(a_town(), people(), origin=2020, years=1, draws=200, seed=1)
    states = futures.history.states
    costs = pd.DataFrame([(n, s, 10.0 if s == "special" else 1.0)
                          for n in states.needs for s in states.settings],
                         columns=["need", "setting", "cost"])  # fmt: skip
    by_state = futures.children.sum(axis=2)[:, 0]
    price = np.array([10.0 if states.settings[k % 2] == "special" else 1.0 for k in range(4)])
    assert futures.cost(costs)["mean"].iloc[0] == pytest.approx((by_state * price).sum(1).mean())


def test_a_steep_trend_is_followed_but_damped():
    years = np.arange(-5, 1)
    drift = draw_drift(0.1 * years, np.full(6, 0.02), JOINING, 4000, np.random.default_rng(1))
    assert 0.05 < drift.trend.mean() < 0.11


def test_one_year_leaves_the_prior_as_it_was():
    prior = Prior(level=0.2, trend=0.05, trend_sd=0.04, spread=0.1, source="made up")
    drift = draw_drift(np.zeros(1), np.full(1, 0.05), prior, 20_000, np.random.default_rng(1))
    assert drift.trend.mean() == pytest.approx(0.05, abs=0.002)
    assert drift.trend.std() == pytest.approx(0.04, abs=0.002)


def spoilt(change) -> pd.DataFrame:
    town = a_town()
    change(town)
    return town


BAD = {
    "go up by one": spoilt(lambda t: t.__setitem__("academic-year-2", t["academic-year-1"])),
    "no rows of 2018": a_town()[lambda t: t["calendar-year"] != 2018],
    "no transitions lead to 2020": a_town()[lambda t: t["calendar-year"] < 2020],
    "both states are outside": a_town().assign(
        **{"setting-1": OUT, "need-1": OUT, "setting-2": OUT, "need-2": OUT}
    ),
    "lack the column 'need-2'": a_town().drop(columns="need-2"),
    "have no rows": a_town().head(0),
    "at least 30 are": a_town().groupby("calendar-year").head(9),
    "not a whole number": a_town().astype({"calendar-year": object}).replace({2017: "soon"}),
}


@pytest.mark.parametrize("words", BAD)
def test_bad_moves_are_refused_by_name(words):
    with pytest.raises(CannotProject, match=words):
        project(BAD[words], people(), origin=2020, years=2, draws=200)


@pytest.mark.parametrize(
    ("words", "population", "years"),
    [
        ("population lacks 2027", people(), 7),
        ("lacks academic year", people()[lambda p: p["academic-year"] != 5], 2),
        ("do not belong together", people(size=3), 2),
        ("a second time", pd.concat([people(), people().head(1)]), 2),
        ("0 years ahead", people(), 0),
    ],
)
def test_a_population_that_does_not_fit_is_refused_by_name(words, population, years):
    with pytest.raises(CannotProject, match=words):
        project(a_town(), population, origin=2020, years=years, draws=200)


def test_a_cost_that_lacks_a_state_is_refused_by_name():
    futures = project(a_town(), people(), origin=2020, years=1, draws=200)
    with pytest.raises(CannotProject, match="the costs lack setting 'mainstream'"):
        futures.cost(pd.DataFrame({"need": ["ASD"], "setting": ["special"], "cost": [1.0]}))


def test_the_notes_say_what_prior_was_used():
    one = a_town()[lambda t: t["calendar-year"] == 2020]
    notes = project(one, people(), origin=2020, years=1, draws=200).notes
    assert "1 year of moves were seen" in notes[0] or "1 year of moves" in notes[0]
    assert any("prior for joining" in note for note in notes)


@pytest.mark.real_data
def test_the_peers_transitions_are_forecast_no_worse_than_the_peer(real_data: Path):
    """Mean absolute error, coverage, interval score and cells covered, against the peer's own."""
    from benchmarks.projection import record

    found = record(real_data / "extract_formats" / "send_transitions_mastodonc", draws=1000, seed=1)
    assert found.error <= 0.029
    assert found.held == found.forecasts == 6
    assert found.interval_score <= 350
    assert found.cells_held >= 0.90


def test_the_known_future_of_made_up_boroughs_lies_in_the_range():
    """Six boroughs of an independent simulator, three years ahead: 95 % ranges hold 17 of 18."""
    from benchmarks.synthetic_futures import record

    found = record(seeds=6, draws=200, years=3)
    assert len(found) == 18
    assert found["held_95"].sum() >= 17
    # Not by being endlessly wide: three tenths of the children on average, three years ahead.
    assert found.loc[found["horizon"] == 3, "width"].mean() < 0.3


def test_the_simulator_moves_every_child_a_year_on():
    from benchmarks.synthetic_futures import FIRST, ORIGIN, a_borough

    moves, people = a_borough(3, 2)
    assert sorted(moves["calendar-year"].unique()) == list(range(FIRST, ORIGIN + 3))
    assert (moves["academic-year-2"] == moves["academic-year-1"] + 1).all()
    after = counted(moves)
    before = moves[moves["setting-1"] != OUT].groupby("calendar-year").size()
    # Whoever is counted at the end of a year is there at the start of the next.
    assert after.iloc[:-1].tolist() == before.iloc[1:].tolist()
    assert people["population"].min() > 1000


def test_a_state_that_children_leave_but_nobody_was_in_is_refused():
    moves = a_town()
    at = moves.index[(moves["calendar-year"] == 2018) & (moves["setting-1"] != "NONSEND")][0]
    moves.loc[at, "setting-1"] = "moon"
    with pytest.raises(CannotProject, match="leave setting 'moon' in 2018"):
        project(moves, people(), origin=2020, years=1, draws=200)


def test_a_state_of_its_own_year_strays_around_the_pooled_rates():
    """Centred, neither entries nor moves on grow on average by straying; set wide they do."""
    from types import SimpleNamespace

    from metrics.methods.futures.unsteady import PRIOR, Unsteady
    from metrics.methods.futures.walk import own_year

    even = np.ones((20_000, 3), dtype=np.float32)
    for unsteady, near in ((PRIOR, True), (Unsteady(), False)):
        beliefs = SimpleNamespace(liking=even, unsteady=unsteady)
        rng = np.random.default_rng(1)
        liking, restless = own_year(beliefs, np.zeros_like(even), 0, np.ones(3), rng)
        for mean in (liking.mean(axis=0), np.exp(restless).mean(axis=0)):
            assert (np.abs(mean - 1) < 0.01).all() == near
