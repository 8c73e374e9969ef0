"""The real files as they are: every defect kept and flagged, every file accounted for."""

from __future__ import annotations

import zipfile

import pandas as pd
import pytest

pytestmark = pytest.mark.real_data


def flag_of(published, series: str, label: str, area: str = "E08000018") -> str:
    ((flag,),) = published.rows(
        "select coalesce(flag, '') from published_statistic where series = ? and period_label = ?"
        " and area_code = ? and breakdown = 'all'",
        series,
        label,
        area,
    )
    return flag


@pytest.mark.parametrize("series", ["sen2.newplans.new_ehc_plans", "lait.SEN_CASES_DUR_YEAR"])
def test_6078_new_plans_are_kept_and_found_implausible(published, series) -> None:
    assert flag_of(published, series, "2022").startswith(
        "implausible: 6078 stands between 302 and 493"
    )
    for label in ("2019", "2020", "2021", "2023", "2024"):
        assert "implausible" not in flag_of(published, series, label)


def test_reviews_below_nought_are_kept_and_flagged(published) -> None:
    series = "sen2.annual_reviews.review_decision_outstanding"
    assert flag_of(published, series, "2024").startswith("negative")
    found = published.rows(
        "select value from published_statistic where series = ? and breakdown = 'all'"
        " and area_code = 'E08000018'",
        series,
    )
    assert found == [(-225.0,)]


def test_first_time_entrants_in_england_are_on_another_scale(published) -> None:
    flags = published.rows(
        "select area_kind, bool_and(coalesce(flag, '') like 'other scale%'),"
        " bool_or(coalesce(flag, '') like 'other scale%')"
        " from published_statistic where series = 'lait.FirstYJS' and area_kind in"
        " ('borough', 'country') group by all order by all"
    )
    assert flags == [("borough", False, False), ("country", True, True)]


@pytest.mark.parametrize(
    ("series", "label"),
    [("sen2.caseload.ap_pru_total", "January 2023"),
     ("sen2.requests.requests_received_in_year", "2022"),
     ("lait.TotAbs", "2024/25"), ("lait.TotFixedEx", "2021/22"),
     ("absence_by_need.semh.sess_overall_percent", "2024/25")],
)  # fmt: skip
def test_breaks_stand_on_the_first_figure_after_them(published, series, label) -> None:
    assert "break: " in flag_of(published, series, label)


def test_no_figure_without_a_number_has_a_value(published) -> None:
    wrong = published.rows(
        "select count(*) from published_statistic where (value is null) <> (status <> 'ok')"
    )
    assert wrong == [(0,)]


def test_symbols_keep_their_meaning(published) -> None:
    found = dict(published.rows(
        "select symbol, string_agg(distinct status, ',') from published_statistic"
        " where symbol is not null and value is null group by symbol"
    ))  # fmt: skip
    assert found.items() >= {"x": "not_available", "c": "suppressed", "z": "not_applicable",
                             "-": "not_available", "*": "suppressed"}.items()  # fmt: skip


def test_moved_boundaries_are_one_area(published) -> None:
    found = published.rows(
        "select distinct area_code from published_statistic"
        " where area_name in ('Barnsley', 'Sheffield') order by 1"
    )
    assert found == [("E08000038",), ("E08000039",)]


def test_one_name_to_a_code_and_one_code_to_a_name(published) -> None:
    pairs = published.rows(
        "select distinct area_code, area_name, area_kind from published_statistic"
    )
    assert len({code for code, _, _ in pairs}) == len(pairs)
    names = {name for _, name, _ in pairs}
    assert {"Durham", "Telford and Wrekin", "Yorkshire and The Humber"} <= names
    assert not {"County Durham", "Yorkshire and the Humber"} & names


def test_the_key_of_a_figure_is_unique(published) -> None:
    doubled = published.rows(
        "select series, area_code, breakdown, category, period_kind, period_start, period_end"
        " from published_statistic group by all having count(*) > 1"
    )
    assert doubled == []


def test_nothing_is_lost_for_any_authority_in_a_kept_series(published) -> None:
    table = pd.read_parquet(published.folder / "lait/bds_long_0.parquet")
    for short in ("TotFixedEx", "SEN_TotStat", "TotPerAbNew"):
        printed = table[table["Short Desc"] == short]
        ((kept, areas),) = published.rows(
            "select count(*), count(distinct area_code) from published_statistic where series = ?",
            f"lait.{short}",
        )
        assert (kept, areas) == (len(printed), printed["LA Number"].nunique())


def test_every_lait_measure_is_there_for_the_borough(published) -> None:
    table = pd.read_parquet(published.folder / "lait/bds_long_0.parquet")
    printed = table[(table["LA and Regions"] == "Rotherham") & (table["Years"] != "0")]
    ((kept, series),) = published.rows(
        "select count(*), count(distinct series) from published_statistic"
        " where series like 'lait.%' and area_code = 'E08000018'"
    )
    assert (kept, series) == (len(printed), printed["Short Desc"].nunique())


def test_a_measure_has_its_own_title_though_printed_once(published) -> None:
    bare = published.rows(
        "select count(*) from published_statistic"
        " where title = '' or title is null or title = 'nan'"
    )
    assert bare == [(0,)]


def test_refused_rows_are_the_year_that_is_no_year(published) -> None:
    (load,) = [row for row in published.loads if row.extract == "lait"]
    table = pd.read_parquet(published.folder / "lait/bds_long_0.parquet")
    assert load.rows_quarantined == int((table["Years"] == "0").sum())
    ((reasons,),) = published.rows(
        "select count(distinct line) from quarantine where load_id = ? and field = 'period'",
        load.load_id,
    )
    assert reasons == load.rows_quarantined


def test_every_row_is_accounted_for(published) -> None:
    for load in published.loads:
        assert load.rows_read == load.rows_accepted + load.rows_quarantined
    with zipfile.ZipFile(
        published.folder / "sen2/education-health-and-care-plans_2025.zip"
    ) as archive:
        lines = archive.read("data/caseload.csv").count(b"\n")
    (caseload,) = [row for row in published.loads if row.extract == "sen2.caseload"]
    assert caseload.rows_read == lines - 1


def test_every_file_is_loaded_or_listed_with_why(published) -> None:
    files = {
        str(p.relative_to(published.folder)) for p in published.folder.rglob("*") if p.is_file()
    }
    files = {f for f in files if "extract_formats" not in f}
    loaded = {row.file.split("/")[0] for row in published.loads}
    assert {f for f in files if f.split("/")[-1] not in loaded} == set(published.left_out)
    assert all(len(why) > 10 for why in published.left_out.values())
    assert len(loaded) >= 40


def test_no_two_tables_with_figures_share_a_place_in_the_ledger(published) -> None:
    doubled = published.rows(
        "select extract from load where superseded_by is null and load_id in"
        " (select load_id from published_statistic) group by extract having count(*) > 1"
    )
    assert doubled == []


def test_the_same_table_in_two_files_is_held_once(published) -> None:
    notes = [row.note for row in published.loads if row.extract == "dsg_deficit"]
    assert len(notes) == 2
    assert notes[1] == "Every figure was already held from another file"


def test_no_figure_belongs_to_a_load_no_longer_in_use(published) -> None:
    lost = published.rows(
        "select count(*) from published_statistic where load_id not in"
        " (select load_id from load where superseded_by is null)"
    )
    assert lost == [(0,)]


def test_statistical_neighbours_agree_with_the_profile(published) -> None:
    notes = {row.file: row.note for row in published.loads if "neighbours" in row.extract}
    assert notes["sn_may_2025.xlsx/LA SN Groups"].startswith("The same 10 neighbours")
    assert "Wigan" in notes["sn_april_2021.xlsx/LA SN Groups"]


def test_geography_and_deprivation_fill_every_lsoa(published) -> None:
    assert published.rows(
        "select count(*), count(imd_decile), count(locality) from area where ward_code is not null"
    ) == [(170, 170, 170)]
    deciles = published.rows(
        "select count(*) from area where ward_code is not null"
        " group by imd_decile order by imd_decile"
    )
    assert [n for (n,) in deciles] == [36, 23, 23, 9, 14, 16, 17, 18, 11, 3]
    assert published.rows(
        "select count(distinct area_id) from area_shape where area_kind = 'ward'"
    ) == [(25,)]


def test_the_warehouse_stays_small(published) -> None:
    ((rows,),) = published.rows("select count(*) from published_statistic")
    assert 200_000 < rows < 400_000


def test_high_needs_block_is_as_the_allocations_print_it(published) -> None:
    found = published.rows(
        "select period_label, round(value / 1e6, 2) from published_statistic"
        " where series = 'dsg.high_needs_block' and area_code = 'E08000018' order by 1"
    )
    assert found == [("2020/21", 37.07), ("2021/22", 42.19), ("2022/23", 48.27), ("2023/24", 55.19)]
