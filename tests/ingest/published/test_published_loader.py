"""Files are told by bytes and columns; nothing is lost, doubled or half written."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from ingest.published import load_published, why_not
from ingest.published.headlines import load_headlines
from ingest.published.loader import UnreadableFile
from models.borough import Borough, load_borough
from models.ledger import LoadRow, record_load
from models.warehouse import statements

LAIT = "Short Desc,Data item,Years,LA and Regions,LA Number,Region,Values\n"
FIXED = "TotFixedEx,,{year},Rotherham,372.0,Yorkshire and The Humber,{value}\n"
EES = ("time_period,time_identifier,geographic_level,country_code,country_name,region_code,"
       "region_name,new_la_code,old_la_code,la_name,breakdown_topic,breakdown,")  # fmt: skip
HERE = "E92000001,England,E12000003,Yorkshire and The Humber,E08000018,372,Rotherham,"


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        for statement in statements():
            connection.execute(statement)
        yield connection


@pytest.fixture(scope="module")
def profile() -> Borough:
    return load_borough("rotherham")


def load(
    con: duckdb.DuckDBPyConnection, path: Path, profile: Borough, minute: int = 0
) -> list[LoadRow]:
    rows = load_published(
        con, path, profile=profile, code_version="test", stamp=datetime(2026, 1, 1, 9, minute)
    )
    assert rows is not None, f"{path.name} was not recognised"
    for row in rows:
        record_load(con, row)
    return rows


def held(
    con: duckdb.DuckDBPyConnection, what: str = "period_label, value"
) -> list[tuple[object, ...]]:
    return con.execute(
        f"select {what} from published_statistic p join load l using (load_id)"
        " where superseded_by is null order by period_start, area_code"
    ).fetchall()


def test_told_by_its_columns_whatever_its_name(con, tmp_path, profile) -> None:
    path = tmp_path / "holiday photos.txt"
    path.write_text(
        LAIT + FIXED.format(year="2023/24", value="12.78187") + FIXED.format(year="0", value="-")
    )
    (row,) = load(con, path, profile)
    assert (row.extract, row.rows_read, row.rows_accepted, row.rows_quarantined) == (
        "lait_part",
        2,
        1,
        1,
    )
    assert held(con, "series, period_label, value, status, topic") == [
        ("lait.TotFixedEx", "2023/24", 12.78187, "ok", "Suspensions")
    ]
    refused = con.execute("select line, field, reason from quarantine").fetchall()
    assert refused == [(3, "period", "the year is not one that can be read")]


def test_a_zip_called_gz_is_read_as_the_zip_it_is(con, tmp_path, profile) -> None:
    path = tmp_path / "lait.csv.gz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("inside.csv", LAIT + FIXED.format(year="2023/24", value="12.78"))
        archive.writestr("notes.csv", "a,b\n1,2\n")
    (row,) = load(con, path, profile)
    assert row.extract == "lait_part"
    assert held(con) == [("2023/24", 12.78)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_encodings(con, tmp_path, profile, encoding) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes((LAIT + "Caf\xe9,,2024,Rotherham,372,X,1\n").encode(encoding))
    load(con, path, profile)
    assert held(con, "series") == [("lait.Caf\xe9",)]


def test_the_same_bytes_again_change_nothing(con, tmp_path, profile) -> None:
    path = tmp_path / "a.csv"
    path.write_text(LAIT + FIXED.format(year="2023/24", value="1"))
    assert len(load(con, path, profile)) == 1
    assert load(con, path, profile, 1) == []
    assert held(con) == [("2023/24", 1.0)]


def test_the_same_table_in_two_files_stays_where_it_is(con, tmp_path, profile) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text(_daily("92.5"))
    second.write_text(_daily("92.50"))
    (old,) = load(con, first, profile)
    (new,) = load(con, second, profile, 1)
    assert (new.supersedes, new.note) == (None, "Every figure was already held from another file")
    assert con.execute("select distinct load_id from published_statistic").fetchall() == [
        (old.load_id,)
    ]
    assert load(con, first, profile, 2) == []
    assert load(con, second, profile, 3) == []


def test_a_new_version_that_reads_the_same_figures_adds_no_load(con, tmp_path, profile) -> None:
    path = tmp_path / "a.csv"
    path.write_text(_daily("92.5"))
    load(con, path, profile)
    again = load_published(
        con, path, profile=profile, code_version="next", stamp=datetime(2026, 1, 2)
    )
    assert again == []


def _daily(perc: str, phase_column: str = "education_phase", phase: str = "Total") -> str:
    return (
        f"time_period,time_identifier,geographic_level,new_la_code,region_code,{phase_column},"
        "attendance_perc,overall_absence_perc\n"
        f"202526,Academic year,Local authority,E08000018,E12000003,{phase},{perc},7.5\n"
    )


def test_a_corrected_file_takes_the_place_of_the_first(con, tmp_path, profile) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text(_daily("92.5"))
    second.write_text(_daily("92.6"))
    (old,) = load(con, first, profile)
    (new,) = load(con, second, profile, 1)
    assert new.supersedes == old.load_id
    query = "select value from published_statistic where series like '%attendance_perc'"
    assert con.execute(query).fetchall() == [(92.6,)]


@pytest.mark.parametrize(
    ("column", "phase"),
    [("school_type", "State-funded primary"), ("education_phase", "Primary"), ("phase", "Primary")],
)
def test_renamed_columns_and_phases_are_one(con, tmp_path, profile, column, phase) -> None:
    path = tmp_path / "a.csv"
    path.write_text(_daily("92.5", column, phase))
    load(con, path, profile)
    assert set(held(con, "breakdown, category")) == {("phase", "Primary")}


def test_a_cut_never_undoes_the_fuller_file(con, tmp_path, profile, monkeypatch) -> None:
    monkeypatch.setattr("ingest.published.lait.PART_LIMIT", 2)
    whole, cut = tmp_path / "whole.csv", tmp_path / "cut.csv"
    whole.write_text(
        LAIT + FIXED.format(year="2023/24", value="12.78") + "TotAbs,,2025,Rotherham,372,X,7\n"
    )
    cut.write_text(
        LAIT + FIXED.format(year="2023/24", value="99") + FIXED.format(year="2024/25", value="13")
    )
    load(con, whole, profile)
    load(con, cut, profile, 1)
    fixed = [
        row[1:] for row in held(con, "series, period_label, value") if row[0] == "lait.TotFixedEx"
    ]
    assert fixed == [("2023/24", 12.78), ("2024/25", 13.0)]


def test_plans_by_need_are_told_from_new_plans_by_the_kind_of_year(con, tmp_path, profile) -> None:
    head = EES + "ehc_plans,number_semh,semh_pc\n"
    rows = {"a.csv": "202425,Academic year,", "b.csv": "2024,Calendar year,"}
    for name, when in rows.items():
        row = when + "Local authority," + HERE + "All EHC plans,All EHC plans,3623,836,23.1\n"
        (tmp_path / name).write_text(head + row)
    extracts = [load(con, tmp_path / n, profile)[0].extract for n in rows]
    assert extracts == ["sen2.sen_needs_all_plans", "sen2.sen_need_newplans"]
    labels = con.execute(
        "select distinct series, period_label from published_statistic"
        " where series like '%semh_pc' order by 1"
    ).fetchall()
    assert labels == [
        ("sen2.sen_need_newplans.semh_pc", "2024"),
        ("sen2.sen_needs_all_plans.semh_pc", "January 2025"),
    ]


def test_symbols_reach_the_warehouse_with_no_value(con, tmp_path, profile) -> None:
    path = tmp_path / "a.csv"
    row = "Local authority," + HERE + "All EHC plans,All EHC plans,"
    body = [
        f"{y},Academic year,{row}{v}\n" for y, v in ((202223, "x"), (202324, ""), (202425, "3623"))
    ]
    path.write_text(EES + "ehcplans\n" + "".join(body))
    load(con, path, profile)
    assert held(con, "period_label, value, raw, symbol, status") == [
        ("January 2023", None, "x", "x", "not_available"),
        ("January 2024", None, "", None, "not_available"),
        ("January 2025", 3623.0, "3623", None, "ok"),
    ]


def _gz(text: str) -> bytes:
    return gzip.compress(text.encode() * 50)


@pytest.mark.parametrize(
    "data",
    [_gz(LAIT + FIXED.format(year=2024, value=1))[:-20], b"\x1f\x8b\x08garbage",
     b"PK\x03\x04half a zip", b"PAR1half a parquet", b'{"type": "FeatureCollection", "feat'],
)  # fmt: skip
def test_a_broken_file_is_an_error_and_nothing_is_written(con, tmp_path, profile, data) -> None:
    path = tmp_path / "broken"
    path.write_bytes(data)
    with pytest.raises((UnreadableFile, OSError)):
        load(con, path, profile)
    assert con.execute("select count(*) from published_statistic").fetchall() == [(0,)]


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"a,b\n1,2\n", b"\x00\x01\x02", b"<html></html>", b"{}"]
)
def test_what_is_not_known_is_none_with_a_reason(con, tmp_path, profile, data) -> None:
    path = tmp_path / "unknown"
    path.write_bytes(data)
    found = load_published(con, path, profile=profile, code_version="t", stamp=datetime(2026, 1, 1))
    assert found is None
    assert len(why_not(path)) > 5


def test_wards_and_deciles_fill_one_row_in_either_order(con, tmp_path, profile) -> None:
    wards, deciles = tmp_path / "w.csv", tmp_path / "d.csv"
    wards.write_text(
        "lsoa21_code,ward24_code,ward24_name,ltla24_code\nE01,E05013016,Wath,E08000018\n"
    )
    deciles.write_text("lsoa21_code,IMD_decile\nE01,2.0\nE02,9.0\n")
    for order in ((wards, deciles), (deciles, wards)):
        con.execute("delete from area")
        con.execute("delete from load")
        for path in order:
            load(con, path, profile)
        rows = con.execute("select * from area order by lsoa").fetchall()
        assert rows == [("E01", "E05013016", "Wath", "north", 2), ("E02", None, None, None, 9)]


def test_outlines_have_their_rings_in_order(con, tmp_path, profile) -> None:
    square = [[[0, 0], [0, 1], [1, 1], [0, 0]]]
    hole = [[[5, 5], [5, 6], [6, 6], [5, 5]]]
    shape = {"type": "MultiPolygon", "coordinates": [square, hole]}
    feature = {
        "type": "Feature",
        "geometry": shape,
        "properties": {"ward22_code": "E05", "ward22_name": "W"},
    }
    path = tmp_path / "shapes"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    load(con, path, profile)
    found = con.execute(
        "select area_kind, area_id, name, ring, count(*) from area_shape group by all order by 4"
    )
    assert found.fetchall() == [("ward", "E05", "W", 0, 4), ("ward", "E05", "W", 1, 4)]


REGISTER = (
    "urn,school_name_2022_23,type_2017_18,minor_group_2017_18,ward22_code,is_primary,is_secondary,"
    "predecessor_urns\n100,Made up,Community school,Maintained school,E05013016,1,0,\n"
)


def test_real_schools_are_kept_apart_from_synthetic_ones(con, tmp_path, profile) -> None:
    path = tmp_path / "register.csv"
    path.write_text(REGISTER)
    con.execute("insert into school (urn, name) values (900001, 'Invented')")
    load(con, path, profile)
    assert con.execute("select urn from school").fetchall() == [(900001,)]


def test_real_schools_are_loaded_where_nothing_is_synthetic(con, tmp_path, profile) -> None:
    path = tmp_path / "register.csv"
    path.write_text(REGISTER)
    load(con, path, profile)
    found = con.execute("select urn, phase, locality from school").fetchall()
    assert found == [(100, "primary", "north")]


def test_typed_headlines_go_as_their_series_is_loaded(con, tmp_path, profile) -> None:
    row = load_headlines(con, stamp=datetime(2026, 1, 1), code_version="test")
    assert row is not None
    record_load(con, row)
    count = "select count(*) from published_statistic where series = 'lait.TotFixedEx'"
    assert con.execute(count).fetchall()[0][0] > 10
    path = tmp_path / "a.csv"
    path.write_text(LAIT + FIXED.format(year="2023/24", value="12.78187"))
    load(con, path, profile, 1)
    assert con.execute(count).fetchall() == [(1,)]
    others = con.execute("select count(distinct series) from published_statistic").fetchall()
    assert others[0][0] > 40


def test_typed_headlines_are_not_written_over_real_figures(con, tmp_path, profile) -> None:
    path = tmp_path / "a.csv"
    path.write_text(LAIT + FIXED.format(year="2023/24", value="12.78187"))
    load(con, path, profile)
    row = load_headlines(con, stamp=datetime(2026, 1, 1), code_version="test")
    assert row is not None
    record_load(con, row)
    found = con.execute(
        "select raw from published_statistic where series = 'lait.TotFixedEx'"
    ).fetchall()
    assert found == [("12.78187",)]


def test_headlines_are_for_the_borough_they_were_typed_for(con, profile) -> None:
    other = profile.model_copy(update={"name": "Sheffield", "ons_code": "E08000039"})
    assert load_headlines(con, stamp=datetime(2026, 1, 1), code_version="t", profile=other) is None


def test_headline_table_is_typed_whole() -> None:
    table = pd.read_csv(
        Path(__file__).parents[3] / "data/reference/headline_figures.csv", dtype="str"
    )
    assert not table.isna().any().any()
    assert not table.duplicated(["series", "area_code", "period", "kind"]).any()
