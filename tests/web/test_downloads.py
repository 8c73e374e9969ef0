"""Downloads say what they are, run nothing, and hold no more than their reader may see."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from asking import choose, show, words

from models.cells import tame


def addresses(client: Any, path: str, search: str = "") -> list[str]:
    found = re.findall(r'"(/download\?[^"]+)"', words(show(client, path, search)))
    return list(dict.fromkeys(json.loads(f'"{one}"') for one in found))


def rows_of(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


@pytest.mark.parametrize(
    "path", ["/", "/demand", "/outcomes", "/compare", "/measure/semh_ehc_plans"]
)
def test_every_figure_can_be_downloaded(demo: Any, path: str):
    offered = addresses(demo, path)
    assert offered
    for address in offered:
        answer = demo.get(address)
        assert answer.status_code == 200, address
        assert answer.mimetype == "text/csv"
        head = dict(row[:2] for row in rows_of(answer) if len(row) >= 2)
        assert {"Title", "Notice", "Data to", "Snapshot"} <= set(head), address
        assert head["Notice"].startswith("Synthetic data")


def test_a_file_holds_the_filters_of_its_page(demo: Any):
    whole = addresses(demo, "/demand")[0]
    by_ward = addresses(demo, "/demand", "?show=ward")[0]
    assert parse_qs(urlsplit(by_ward).query)["page"] == ["/demand?show=ward"]
    assert rows_of(demo.get(whole)) != rows_of(demo.get(by_ward))
    assert any("Brinsworth" in row for row in rows_of(demo.get(by_ward)))


def test_a_file_of_schools_is_not_for_the_public(demo: Any):
    choose(demo, "head")
    offered = addresses(demo, "/schools", "?school=900001")
    assert offered
    choose(demo, "public")
    for address in offered:
        answer = demo.get(address)
        assert answer.status_code == 404
        assert b"Made-up" not in answer.get_data()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?page=/",
        "?page=/nowhere&part=x",
        "?page=//elsewhere.example/&part=x",
        "?page=%00&part=x",
    ],
)
def test_what_is_not_there_is_not_there(demo: Any, query: str):
    answer = demo.get(f"/download{query}")
    assert answer.status_code == 404
    assert "no such figure" in answer.get_data(as_text=True)


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-cmd|x", "@sum(a1)", "\tx", "\r=x", "=-5"])
def test_a_formula_is_only_text(cell: str):
    assert tame(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5", "-1,234.5", "12%", "[c]", "", "likely 1 to 2"])
def test_plain_words_and_numbers_stay_as_they_are(cell: str):
    assert tame(cell) == cell


def test_nothing_is_an_empty_cell():
    assert tame(None) == ""
    assert tame(float("nan")) == ""
