"""Areas by any code, number or spelling become one code, name and kind."""

from __future__ import annotations

import pandas as pd
import pytest

from ingest.published.areas import Areas
from ingest.published.reference import reference_table
from models.borough import load_borough


@pytest.fixture(scope="module")
def areas() -> Areas:
    return Areas(load_borough("rotherham"))


@pytest.mark.parametrize(
    ("code", "current", "name", "kind"),
    [("E08000018", "E08000018", "Rotherham", "borough"),
     ("E08000016", "E08000038", "Barnsley", "neighbour"),
     ("E08000038", "E08000038", "Barnsley", "neighbour"),
     ("E08000019", "E08000039", "Sheffield", "authority"),
     ("E10000002", "E06000060", "Buckinghamshire", "authority"),
     ("E12000003", "E12000003", "Yorkshire and The Humber", "region"),
     ("E92000001", "E92000001", "England", "country")],
)  # fmt: skip
def test_codes_old_and_new(areas: Areas, code: str, current: str, name: str, kind: str) -> None:
    found = areas.by_code(pd.Series([code])).iloc[0].tolist()
    assert found == [current, name, kind]


@pytest.mark.parametrize("number", ["372", "372.0", 372, 372.0])
def test_numbers_however_written(areas: Areas, number: object) -> None:
    assert areas.by_number(pd.Series([number]))["area_code"].tolist() == ["E08000018"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("Yorkshire and the Humber", "E12000003"), ("Yorkshire and The Humber", "E12000003"),
     ("Durham", "E06000047"), ("County Durham", "E06000047"), ("ROTHERHAM", "E08000018"),
     ("Telford & Wrekin", "E06000020"), ("Redcar & Cleveland", "E06000003"),
     ("Bristol City of", "E06000023"), ("London (Inner)", "E13000001"), ("St Helens", "E08000013")],
)  # fmt: skip
def test_names_however_spelt(areas: Areas, name: str, code: str) -> None:
    assert areas.by_name(pd.Series([name]))["area_code"].tolist() == [code]


def test_what_is_not_known_is_null_not_a_guess(areas: Areas) -> None:
    for found in (areas.by_code(pd.Series(["E99"])), areas.by_name(pd.Series(["Atlantis", ""])),
                  areas.by_number(pd.Series([999]))):  # fmt: skip
        assert found.isna().all().all()


def test_near_areas_are_the_borough_and_those_it_is_set_beside(areas: Areas) -> None:
    profile = areas.profile
    assert {profile.ons_code, profile.region_code, "E92000001", "E08000039"} <= areas.near
    assert {n.ons_code for n in profile.neighbours.members} <= areas.near
    assert len(areas.near) == 14


def test_another_borough_sees_another_england() -> None:
    profile = load_borough("rotherham").model_copy(
        update={"name": "Sheffield", "ons_code": "E08000039", "la_number": 373}
    )
    found = Areas(profile).by_code(pd.Series(["E08000019", "E08000018"]))
    assert found["area_kind"].tolist() == ["borough", "authority"]


def test_reference_areas_are_unique_and_sourced() -> None:
    table = reference_table("local_authorities")
    assert table["code"].is_unique
    assert table["la_number"].is_unique
    assert (table["source"] != "").all()
    assert set(table["kind"]) == {"authority", "region", "country"}
