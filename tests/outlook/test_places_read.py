"""Places there are and to come, groups that may be told of, and a council's own list."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from metrics.methods.futures.history import CannotProject
from metrics.outlook.demand import Demand
from metrics.outlook.gap_words import meanwhile_words, opening_words
from metrics.outlook.own_list import CannotPlan, read_list
from metrics.outlook.plan_inputs import _dated, _plannable
from metrics.outlook.shown import groups, joined
from metrics.outlook.supply import read_supply
from models.likely import odds, short_by
from models.warehouse import statements

YEARS = np.array([2026, 2027, 2028])


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect()
    for statement in statements():
        made.execute(statement)
    made.execute("""insert into provision values
        ('A', 'A', 'special', 'SEMH', true, 1, null, 'north', 'special'),
        ('B', 'B', 'sen_unit', 'ASD', true, 2, null, 'south', 'primary'),
        ('P', 'P', 'alternative_provision', 'AP', true, 3, null, 'north', null),
        ('X', 'X', 'special', 'SEMH', false, 4, null, null, 'special')""")
    made.execute("""insert into provision_places values
        ('A', '2026-01-05', '2026-03-27', 'KS2', 10), ('A', '2026-01-05', '2026-03-27', 'KS3', 20),
        ('A', '2026-09-01', '2026-12-18', 'KS2', 12), ('A', '2026-09-01', '2026-12-18', 'KS3', 24),
        ('A', '2026-09-01', '2026-12-18', 'KS5', 4),
        ('B', '2026-01-05', '2026-03-27', 'all', 20), ('P', '2026-01-05', '2026-03-27', 'KS3', 90),
        ('X', '2026-01-05', '2026-03-27', 'KS3', 70)""")
    return made


def scheme(con: duckdb.DuckDBPyConnection, promised: str, opened: str | None = None) -> None:
    con.execute(
        """insert into capital_scheme select 'S', 'S', 'phase 1', 'sen_unit', 'SEMH', 'KS3',
        'south', 16, ?, null, ?, 1, 1, 'L'""", [promised, opened],
    )  # fmt: skip


def places(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str, str], list[float]]:
    found = read_supply(con, YEARS)
    return {
        (str(r.designation), str(r.phase), str(r.locality)): found.places[:, r.Index].tolist()
        for r in found.cells.itertuples()
    }


def test_each_january_has_the_places_of_its_own_term_and_then_of_the_newest(con) -> None:
    found = places(con)
    assert found["SEMH", "primary", "north"] == [10, 12, 12]
    assert found["SEMH", "secondary", "north"] == [20, 24, 24]
    assert found["SEMH", "post-16", "north"] == [0, 4, 4]
    assert not any(key[0] == "AP" or key[2] is None for key in found)


def test_places_for_all_ages_are_split_as_the_others_are_and_none_is_lost(con) -> None:
    split = {key[1]: values[0] for key, values in places(con).items() if key[0] == "ASD"}
    assert sum(split.values()) == pytest.approx(20)
    assert split["secondary"] > split["primary"] > split["post-16"]


def test_approved_places_count_from_their_day_and_late_ones_not_at_all(con) -> None:
    con.execute("create or replace view live_capital_scheme as select * from capital_scheme")
    scheme(con, "2027-09-01")
    assert places(con)["SEMH", "secondary", "south"] == [0, 0, 16]
    con.execute("update capital_scheme set promised_date = '2025-09-01'")
    assert ("SEMH", "secondary", "south") not in places(con)
    assert read_supply(con, YEARS).late == 16


def test_no_places_known_is_said(con) -> None:
    con.execute("delete from provision_places")
    with pytest.raises(CannotProject, match="no specialist places are known"):
        read_supply(con, YEARS)


def cells(**now: int) -> pd.DataFrame:
    rows = [(*key.split("_"), value) for key, value in now.items()]
    return pd.DataFrame(rows, columns=["designation", "phase", "locality", "now"])


def test_a_designation_is_split_only_where_no_part_is_small() -> None:
    whole = cells(SEMH_primary_n=12, SEMH_primary_s=10, SEMH_secondary_n=30, SEMH_secondary_s=11)
    assert len(groups(whole)) == 1 + 2 + 2 + 4
    small = cells(SEMH_primary_n=12, SEMH_primary_s=3, SEMH_secondary_n=30, SEMH_secondary_s=11)
    names = [(g.phase, g.locality) for g in groups(small)]
    assert names == [("all", "all"), ("primary", "all"), ("secondary", "all"), ("all", "n"),
                     ("all", "s")]  # fmt: skip
    assert {g.tier for g in groups(small) if g.locality != "all"} == {"partner"}


def test_designations_of_few_children_are_joined_or_not_told_of() -> None:
    few = cells(SEMH_primary_n=40, ASD_primary_n=6, MLD_primary_n=7)
    assert [g.designation for g in groups(joined(few))] == ["OTH", "SEMH"]
    assert [g.designation for g in groups(joined(few[:2]))] == ["SEMH"]


def years(*rows: tuple[int, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["year", "chance", "gap_q10", "gap_q90"])


def test_when_places_run_short_in_words() -> None:
    soon = years((2027, 0.2, -9, 4), (2028, 0.6, -1, 9), (2029, 0.9, 22, 44))
    assert opening_words(soon, 2028) == "Likely short from January 2028, by 20 to 45 places by" + (
        " January 2029."
    )
    assert opening_words(soon, 2027).startswith("Already short, and likely short by 20 to 45")
    assert opening_words(soon, 2029) == "Likely short from January 2029, by 20 to 45 places."
    never = years((2027, 0.0, -30, -9), (2028, 0.01, -30, -5))
    assert opening_words(never, None) == "Enough places to January 2028 in nearly every future."
    assert short_by(-3, 8.2) == "by up to 9 places"
    assert [odds(x) for x in (0.02, 0.1, 0.66, 0.94, 0.99)] == [
        "1 in 20", "1 in 10", "7 in 10", "9 in 10", "19 in 20"]  # fmt: skip


def test_where_children_go_in_words_is_silent_where_none_is_without() -> None:
    rows = pd.DataFrame([("all", 40.0, 1.0), ("a mainstream school", 28.0, 0.7), ("x", 1.0, 0.02)],
                        columns=["destination", "mean", "share"])  # fmt: skip
    assert meanwhile_words(rows) == "Of about 40 without a place: 7 in 10 in a mainstream school."
    assert meanwhile_words(rows.assign(mean=0.0)) == ""


GOOD = {
    "scheme_id": "N1", "scheme_name": "Made-up site", "establishment": "special",
    "designation": "SEMH", "phase": "secondary", "locality": "south", "places": "20",
    "capital_cost": "1500000", "running_cost_per_place": "26000", "start_date": "2027-04-01",
    "opening_date": "2028-09-01",
}  # fmt: skip


def listed(tmp_path: Path, **changes: str) -> pd.DataFrame:
    path = tmp_path / "schemes.csv"
    pd.DataFrame([GOOD | changes]).to_csv(path, index=False)
    return read_list(path)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"opening_date": "2026-09-01"}, "'N1' opens on 2026-09-01, before it starts on 2027-04"),
        ({"capital_cost": "-5"}, "line 2: capital_cost is -5; give 0 or more"),
        ({"places": "0"}, "line 2: places is 0; give 1 or more"),
        ({"phase": "middle"}, "line 2: phase 'middle' is not one of primary, secondary"),
        ({"places": "many"}, "line 2: places is wrong"),
    ],
)
def test_a_list_that_is_wrong_is_refused_by_line_and_field(tmp_path, changes, words) -> None:
    assert listed(tmp_path)["capital"].tolist() == [1_500_000]
    with pytest.raises(CannotPlan, match=words):
        listed(tmp_path, **changes)


def test_a_list_without_a_column_says_which(tmp_path: Path) -> None:
    path = tmp_path / "schemes.csv"
    pd.DataFrame([GOOD]).drop(columns="places").to_csv(path, index=False)
    with pytest.raises(CannotPlan, match="no column places; semh template candidate_schemes"):
        read_list(path)


def test_schemes_that_cannot_be_planned_are_left_out_with_the_reason(tmp_path: Path) -> None:
    rows = pd.concat(
        [listed(tmp_path), listed(tmp_path, scheme_id="N2", locality="nowhere"),
         listed(tmp_path, scheme_id="N3", start_date="2035-01-04", opening_date="2036-09-01"),
         listed(tmp_path, scheme_id="N4", designation="HI"),
         listed(tmp_path, scheme_id="N5", start_date="2024-01-04")]
    )  # fmt: skip
    wanted = Demand(cells(SEMH_secondary_south=40), np.arange(2027, 2032), np.zeros(0), 2026, {})
    kept, why = _plannable(_dated(rows), wanted, ("north", "south"))
    assert kept["scheme_id"].tolist() == ["N1"] and kept["opens"].tolist() == [2029]
    assert [words.split("'")[1] for words in why] == ["N2", "N3", "N4", "N5"]
    assert "unknown locality 'nowhere'" in why[0] and "January 2037" in why[1]
