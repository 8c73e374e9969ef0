"""The whole part on a borough worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from metrics.methods.futures.history import CannotProject
from metrics.outlook.base import Outlook
from metrics.outlook.building import Market, appraise, read_schemes
from metrics.outlook.money import money
from models.borough import load_borough
from models.outlook import OUTLOOK, ddl
from tests.outlook.money_borough import GROUPS, LINES, futures, kernel, warehouse

AWAY = {"SEMH": 2000 * 38 + 9000.0, "other": 2300 * 38 + 8000.0}


def made(growth: float = 0.0) -> Outlook:
    outlook = Outlook(warehouse(), load_borough("rotherham"))
    outlook.left["futures"] = futures(growth=growth)
    joined = pd.DataFrame({"draw": [0, 1], "year": 2027, "need": "SEMH", "phase": "primary",
                           "children": [10, 20]})  # fmt: skip
    outlook.tables["future_group"] = GROUPS.assign(tier="open")
    outlook.tables["future_joined"], outlook.tables["future_kernel"] = joined, kernel()
    money(outlook)
    return outlook


@pytest.fixture(scope="module")
def steady() -> Outlook:
    return made()


def cell(outlook: Outlook, subject: str, component: str, year: int = 2026) -> pd.Series:
    rows = outlook.tables["money_ahead"]
    found = rows[(rows["subject"] == subject) & (rows["component"] == component)
                 & (rows["year"] == year)]  # fmt: skip
    assert len(found) == 1, (subject, component, year)
    return found.iloc[0]


def test_rows_fit_the_tables(steady):
    con = steady.con
    for name in ("money_ahead", "break_even", "outlook_assumption", "future_group"):
        con.execute(f"drop table if exists {name}")
        con.execute(ddl(name))
        con.register("made", steady.tables[name])
        con.execute(f"insert into {name} by name select * from made")
        assert con.execute(f"select count(*) from {name}").fetchall()[0][0], name
    assert set(steady.tables) <= set(OUTLOOK)


def test_prices_of_groups_are_the_registers(steady):
    unit = steady.tables["future_group"].set_index("group_id")["unit_cost"]
    assert unit[0] == round(AWAY["SEMH"], -1)
    assert unit[1] == round(AWAY["other"], -1)
    assert unit[2] == 700 * 38 + 3000
    assert np.isnan(unit[6])


def test_mainstream_and_colleges_take_what_is_left_of_the_lines(steady):
    unit = steady.tables["future_group"].set_index("group_id")["unit_cost"]
    pool = sum(cell(steady, "outturn", line)["mean"] for line in ("1.0.2", "1.2.1", "1.2.2"))
    rest = pool - 40 * 700 * 38 - 60 * 650 * 38
    assert unit[4] == unit[5] == pytest.approx(rest / 150, abs=5.1)


def test_the_first_year_is_the_outturn_and_kinds_add_up(steady):
    rows = steady.tables["money_ahead"]
    outturn = cell(steady, "outturn", "all")
    whole = cell(steady, "high_needs", "all")
    assert whole[["mean", "q025", "q975"]].tolist() == outturn[["mean", "q025", "q975"]].tolist()
    for year in range(2026, 2031):
        here = rows[(rows["subject"] == "high_needs") & (rows["year"] == year)]
        kinds = here[here["component"] != "all"]["mean"].sum()
        assert kinds == pytest.approx(cell(steady, "high_needs", "all", year)["mean"], abs=6)


def test_a_year_of_even_numbers_costs_them_times_the_price(steady):
    """20 children all year, but the one who came on the last day known (183 days gone)."""
    first = cell(steady, "oob_semh", "all")
    rest = 20 * (365 - 183) / 365
    held = 19 * 183 / 365 + 1 / 365
    assert first["mean"] == pytest.approx((rest + held) * AWAY["SEMH"], rel=0.002)
    assert cell(steady, "oob_semh", "known")["mean"] == pytest.approx(held * AWAY["SEMH"], abs=1)
    assert cell(steady, "oob_semh", "places")["mean"] == 20


def test_what_changes_a_bill_adds_up(steady):
    for outlook, sign in ((steady, 0), (made(0.1), 1)):
        rows = outlook.tables["money_ahead"]
        for subject in ("oob_semh", "oob_all", "high_needs"):
            means = rows[rows["subject"] == f"{subject}_change"].set_index("component")["mean"]
            parts = means.drop(["before", "after"])
            assert means["before"] + parts.sum() == means["after"]
            assert np.sign(round(parts["Number of places"] / means["before"], 1)) == sign
            assert means["after"] > means["before"]


def test_change_meets_the_years_it_is_between(steady):
    rows = steady.tables["money_ahead"].set_index(["subject", "component", "year"])["mean"]
    for subject in ("oob_semh", "oob_all"):
        assert rows[f"{subject}_change", "before", 2030] == rows[subject, "all", 2026]
        assert rows[f"{subject}_change", "after", 2030] == pytest.approx(
            rows[subject, "all", 2030], abs=3
        )


def test_ranges_are_in_order_and_widen(steady):
    rows = steady.tables["money_ahead"].dropna(subset=["q025"])
    limits = rows[["q025", "q10", "q50", "q90", "q975"]].to_numpy()
    assert (np.diff(limits, axis=1) >= 0).all()
    width = [cell(steady, "oob_all", "all", y)["q975"] - cell(steady, "oob_all", "all", y)["q025"]
             for y in (2026, 2030)]  # fmt: skip
    assert width[1] > width[0]


def test_the_grant_is_last_years_balance_plus_what_comes_less_what_goes(steady):
    for year, before in ((2026, -1_000_000.0), (2027, None)):
        brought = before or cell(steady, "grant", "balance", year - 1)["mean"]
        inward = cell(steady, "grant", "allocation", year)["mean"]
        outward = cell(steady, "grant", "spending", year)["mean"]
        assert cell(steady, "grant", "balance", year)["mean"] == pytest.approx(
            brought + inward - outward, abs=3
        )
    spent = (
        cell(steady, "outturn", "all")["mean"] - cell(steady, "outturn", "SEN transport")["mean"]
    )
    assert cell(steady, "grant", "spending")["mean"] == pytest.approx(spent, abs=3)


def test_place_away_beside_a_local_one(steady):
    assert cell(steady, "place_away", "all")["mean"] == AWAY["SEMH"]
    assert cell(steady, "place_away", "fee")["mean"] == 76_000
    assert cell(steady, "place_local", "all")["mean"] == 29_600
    assert cell(steady, "place_local", "next_child")["mean"] == 19_600


def test_break_even_by_hand(steady):
    """8 places for £800,000 at £25,000: each saves 85,000 - 28,000 a year, so 1.75 years.

    Of 20 children away half would have been met locally; none is new in a year (the one who came
    last was there before), so that nobody is placed nearer home and the scheme is a cost.
    """
    row = steady.tables["break_even"].iloc[0]
    assert row["saving"] == pytest.approx(57_000, abs=1)
    assert row["median"] == pytest.approx(100_000 / 57_000, abs=0.001)
    flow = np.zeros(25)
    flow[1] = -800_000
    flow[2:] = -8 * 25_000
    assert row["npv"] == pytest.approx((flow / 1.035 ** np.arange(25)).sum(), rel=1e-6)
    assert row["pays_back"] == 0
    assert row["year"] is None or np.isnan(row["year"])


def test_a_scheme_fills_as_children_away_are_new(steady):
    """Half of 10 avoidable children are new each year: 5, 7.5, 8.75 of them, in 8 places."""
    market = Market(
        np.array(["SEMH"]), np.array(["secondary"]), np.full((1, 5, 1), 20.0),
        {"SEMH": np.array([85_000.0])}, {"SEMH": 3_000.0}, {"SEMH": 0.5}, {"SEMH": 0.5}, 2026,
    )  # fmt: skip
    row = appraise(read_schemes(steady.con), market).iloc[0]
    flow = np.zeros(25)
    flow[1] = -800_000
    flow[2:] = -8 * 25_000
    flow[2:4] += 82_000 * np.array([5, 7.5])
    flow[4:] += 82_000 * 8
    balance = (flow / 1.035 ** np.arange(25)).cumsum()
    assert row["npv"] == pytest.approx(balance[-1])
    assert row["pays_back"] == 1
    assert row["year"] == 2026 + 2 + np.argmax(balance[2:] > 0)


def test_early_help_by_hand(steady):
    """First January in mainstream; in the second half are away: times price, discounted."""
    unit = steady.tables["future_group"].set_index("group_id")["unit_cost"]
    each = unit[4] + (0.5 * unit[4] + 0.5 * unit[0]) / 1.035
    assert cell(steady, "early_help", "plan")["mean"] == pytest.approx(each, abs=1)
    assert cell(steady, "early_help", "one_in")["mean"] == round(each / 500)
    # Ten and twenty new children, in the last January of those projected: a year of each counts.
    assert cell(steady, "early_help", "avoided")["mean"] == pytest.approx(1.5 * unit[4], abs=1)


def test_without_futures_or_of_another_year_it_says_so(steady):
    empty = Outlook(steady.con, steady.profile)
    with pytest.raises(CannotProject, match="no futures"):
        money(empty)
    empty.left["futures"] = futures()
    empty.left["futures"].years = np.arange(2026, 2032)
    with pytest.raises(CannotProject, match="one financial year"):
        money(empty)


def test_assumptions_name_their_sources(steady):
    rows = steady.tables["outlook_assumption"]
    assert (rows["source"].str.len() > 5).all()
    fees = rows[rows["what"].str.startswith("Independent fees")].iloc[0]
    assert "written answer 100030" in fees["source"]
    assert "3 yearly rises" in fees["source"]


def test_lines_of_the_borough_are_all_used():
    assert set(LINES) == {"1.0.2", "1.2.1", "1.2.2", "1.2.3", "1.2.5", "SEN transport"}
