"""The statutory workbook: every category, totals that reconcile, nothing a sheet would run."""

from pathlib import Path

import duckdb
import numpy as np
import openpyxl
import pandas as pd
import pytest

from metrics.outlook.base import Outlook
from metrics.outlook.money import money
from models.borough import load_borough
from models.errors import SemhError
from models.outlook import OUTLOOK
from models.provision_kinds import PLACES
from models.settings import Settings
from publish.snapshot import Snapshot
from reports.statutory import SYNTHETIC, make_sheets, statutory
from reports.statutory_source import read_ahead
from reports.statutory_tables import AGES, AGES_ABSENT, EXPECTED, NEEDS, SEMH, apportion, counts
from tests.fixture_snapshot import SNAPSHOT_ID, build_fixture
from tests.outlook.money_borough import GROUPS, futures, kernel, warehouse

YEARS = range(2027, 2034)


def put(home: Path, tables: dict[str, pd.DataFrame]) -> None:
    """Put tables of looking ahead into the fixture's snapshot, in place of those it has."""
    with duckdb.connect(str(home / "published" / f"{SNAPSHOT_ID}.duckdb")) as con:
        for name in OUTLOOK:
            con.execute(f"delete from {name}")
            if name in tables and len(tables[name]):
                con.register("rows", tables[name])
                con.execute(f"insert into {name} by name select * from rows")
                con.unregister("rows")


def ahead_tables() -> dict[str, pd.DataFrame]:
    """Futures and money of the made-up borough, ten futures of seven Januaries."""
    outlook = Outlook(warehouse(), load_borough("rotherham"))
    outlook.left["futures"] = futures(draws=10, growth=0.05)
    outlook.tables["future_group"] = GROUPS.assign(tier="open")
    rng = np.random.default_rng(3)
    size = (10, len(YEARS), len(GROUPS))
    children = rng.poisson(GROUPS["base"].to_numpy() * 1.1, size)
    at = np.indices(size).reshape(3, -1)
    outlook.tables["future"] = pd.DataFrame(
        {"draw": at[0], "year": at[1] + 2027, "group_id": at[2], "children": children.ravel()}
    )
    joined = pd.MultiIndex.from_product([range(10), YEARS], names=["draw", "year"]).to_frame(False)
    outlook.tables["future_joined"] = joined.assign(need="SEMH", phase="primary", children=12)
    outlook.tables["future_kernel"] = kernel()
    money(outlook)
    whole = children.sum(axis=2)
    outlook.tables["forecast"] = pd.DataFrame(
        {
            "forecast_id": "made up",
            "made_from": pd.Timestamp(2026, 9, 1),
            "origin": 2026,
            "subject": "plans",
            "need": "all",
            "phase": "all",
            "setting": "all",
            "locality": "all",
            "year": list(YEARS),
            "year_kind": "january",
            "unit": "children",
            "mean": np.rint(whole.mean(axis=0)),
            "method": "model",
            "note": "",
            "tier": "open",
        }
    )
    note = {"part": "=1+1", "problem": "@made up", "next_step": "none"}
    outlook.tables["outlook_note"] = pd.DataFrame([note])
    return outlook.tables  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("statutory")
    build_fixture(home)
    put(home, ahead_tables())
    return home


@pytest.fixture(scope="module")
def ahead(home):
    return read_ahead(Snapshot.live(Settings(home=home)))


@pytest.fixture(scope="module")
def sheets(ahead) -> dict[str, pd.DataFrame]:
    return {sheet.tab: sheet.table for sheet in make_sheets(ahead)}


@pytest.fixture(scope="module")
def book(home) -> openpyxl.Workbook:
    (path,) = statutory(Settings(home=home), home / "out")
    return openpyxl.load_workbook(path)


def totals(table: pd.DataFrame) -> pd.Series:
    rows = table[(table.iloc[:, 0] == "Total") & (table["Figure"] == EXPECTED)]
    return rows.iloc[0, 2:].astype(float)


def test_every_category_is_there(sheets):
    named = {tab: set(table.iloc[:, 0]) for tab, table in sheets.items()}
    assert {words for words, _ in AGES} | set(AGES_ABSENT) <= named["DSG 1 Age"]
    assert {*NEEDS, SEMH} <= named["DSG 2 Need"]
    assert set(PLACES.values()) <= named["DSG 3 Provision"] & named["DSG 4 Spending"]
    for tab in ("SCAP 2 Primary", "SCAP 3 Secondary"):
        assert {"Special school", "SEN unit", "Resourced provision", "Alternative provision"} <= (
            named[tab]
        )
    assert set(sheets["Reform 1 Plans"].columns[:4]) == {
        "Primary need", "Phase", "Provision", "In the borough"}  # fmt: skip


def test_years_are_those_asked_for(sheets):
    assert [c for c in sheets["SCAP 2 Primary"] if c.startswith("Jan")][-1] == "January 2031"
    assert [c for c in sheets["SCAP 3 Secondary"] if c.startswith("Jan")][-1] == "January 2033"
    assert list(sheets["DSG 4 Spending"].columns[2:]) == [
        "2026-27", "2027-28", "2028-29", "2029-30", "2030-31"]  # fmt: skip


def test_expected_figures_add_up_and_tables_agree(sheets):
    first = totals(sheets["DSG 1 Age"])
    for tab in ("DSG 1 Age", "DSG 2 Need", "DSG 3 Provision"):
        table = sheets[tab]
        rows = table[(table["Figure"] == EXPECTED) & (table.iloc[:, 0] != "Total")]
        added = rows.iloc[:, 2:].replace("[x]", 0).astype(float).sum()
        assert added.tolist() == totals(table).tolist() == first.tolist(), tab
    plan = sheets["Reform 1 Plans"]
    plan = plan[plan["Figure"] == EXPECTED].iloc[:, 5:].astype(float).sum()
    assert plan.tolist() == first.tolist()


def test_figures_are_those_of_the_futures(ahead, sheets):
    children = ahead.futures.children
    semh = (GROUPS["need"] == "SEMH").to_numpy()
    expected = children[:, 0, semh].sum(axis=1)
    table = sheets["DSG 2 Need"].set_index(["Primary need", "Figure"])
    assert table.loc[(SEMH, EXPECTED), "January 2026 (counted)"] == 160
    assert table.loc[(SEMH, EXPECTED), "January 2027"] == pytest.approx(expected.mean(), abs=1)
    assert table.loc[(SEMH, "Highest likely"), "January 2027"] == np.ceil(
        np.quantile(expected, 0.975)
    )


def test_every_total_reconciles_or_says_why(sheets):
    table = sheets["Reconciliation"]
    assert len(table) > 20
    known = table[table["Difference"] != "[x]"]
    assert len(known) > 15
    same = known["Difference"].astype(float) == 0
    assert (known.loc[same, "Why"] == "nil").all()
    assert (known.loc[~same, "Why"].str.len() > 20).all()
    assert (known["In this workbook"].astype(float) - known["On the dashboard"].astype(float)
            == known["Difference"].astype(float)).all()  # fmt: skip
    expected = known[known["Total"].str.endswith("plans expected")]
    assert len(expected) == 15
    assert (expected["Difference"].astype(float) == 0).all()
    outturn = known[known["Total"] == "Spending of the year"]
    assert (outturn["Difference"].astype(float) == 0).all()


def test_spending_kinds_add_up_to_the_block_and_to_all(sheets):
    table = sheets["DSG 4 Spending"]
    rows = table[table["Figure"] == EXPECTED].set_index("Spending").iloc[:, 1:].astype(float)
    inside = [w for w in rows.index if not w.startswith(("Total", "Outside"))]
    block = rows.loc["Total of the high-needs block"]
    assert rows.loc[inside].sum().tolist() == pytest.approx(block.tolist(), abs=9)
    outside = [w for w in rows.index if w.startswith("Outside")]
    assert (block + rows.loc[outside].sum()).tolist() == pytest.approx(
        rows.loc["Total with what is outside the grant"].tolist(), abs=3
    )


def test_every_sheet_opens_and_says_it_is_synthetic(book, sheets):
    assert book.sheetnames == ["Cover", "Contents", *sheets]
    for tab in sheets:
        words = [str(cell.value) for row in book[tab].iter_rows(max_row=8) for cell in row]
        assert SYNTHETIC in words, tab
    cover = [str(cell.value) for row in book["Cover"].iter_rows() for cell in row]
    assert SYNTHETIC in cover


def test_no_cell_runs(book):
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert not [c.coordinate for c in cells if c.data_type == "f"]
    text = [str(c.value) for c in book["Notes and assumptions"]["A"]]
    assert "'=1+1" in text


def test_numbers_are_numbers(book):
    column = [cell.value for cell in book["DSG 2 Need"]["C"]]
    assert 160 in column
    assert "[x]" in column


def test_a_hidden_capacity_is_marked(ahead, monkeypatch):
    from reports.statutory_tables import capacity

    kinds = ["State-funded special school", "Alternative provision or pupil referral unit"]
    rows = pd.DataFrame(
        {"category": kinds, "value": [380.0, np.nan], "status": ["ok", "suppressed"]}
    ).assign(period_end="2026-07-20")
    monkeypatch.setattr(type(ahead), "newest", lambda *_: rows)
    shown = capacity(ahead).set_index("Type of provision")["Places commissioned"]
    assert shown.tolist() == [380, "[x]", "[x]", "[c]"]


def test_groups_a_reader_may_not_see_are_in_no_table(home, tmp_path):
    build_fixture(tmp_path)
    tables = ahead_tables()
    groups = tables["future_group"].assign(tier="open")
    groups.loc[groups["group_id"] == 0, "tier"] = "partner"
    put(tmp_path, tables | {"future_group": groups})
    found = read_ahead(Snapshot.live(Settings(home=tmp_path)))
    table = counts(found, "All", [("all", np.ones(len(found.groups), dtype=bool))], 5)
    assert table.iloc[0]["January 2026 (counted)"] == GROUPS["base"].sum() - 20


@pytest.mark.parametrize(
    ("parts", "whole"),
    [([1.5, 1.5], [2, 1]), ([0.4, 0.4, 0.4], [1, 0, 0]), ([3.0, 2.0], [3, 2])],
)
def test_whole_numbers_add_up(parts, whole):
    assert apportion(np.array(parts)).tolist() == whole


def test_without_futures_it_says_what_to_do(tmp_path):
    build_fixture(tmp_path)
    put(tmp_path, {})
    with pytest.raises(SemhError, match="No statutory table"):
        statutory(Settings(home=tmp_path), tmp_path / "out")
