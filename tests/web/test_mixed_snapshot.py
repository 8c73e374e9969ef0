"""One real local file among synthetic ones, and nobody may choose who they are."""

from pathlib import Path
from typing import Any

import duckdb
import pytest
from asking import choose, show, top
from fixture_snapshot import build_fixture

from app import create_app
from components import identity
from models.cells import tame
from models.settings import Settings


def _client(home: Path, *, real: bool) -> Any:
    path = home / "published" / f"{build_fixture(home)}.duckdb"
    if real:
        with duckdb.connect(str(path)) as con:
            con.execute("update load set synthetic = false where extract = 'sc_pupilonroll'")
    return create_app(Settings(home=home, demo_viewers=True)).server.test_client()


@pytest.mark.parametrize("real", [False, True])
def test_viewers_are_offered_on_synthetic_extracts_only(tmp_path: Path, real: bool) -> None:
    client = _client(tmp_path, real=real)
    said = str(top(client)["viewing"])
    assert ("choose-viewer" in said) is not real
    choose(client, "head")
    assert ("Made-up" in str(show(client, "/schools"))) is not real
    assert identity.FIRST_VIEWER != "public"


def test_the_public_is_told_no_local_file_name(tmp_path: Path) -> None:
    client = _client(tmp_path, real=True)
    page = str(show(client, "/data", "?part=files"))
    assert "sc_pupilonroll_made_up.csv" not in page and "lait_made_up.csv" in page
    assert "signed-in readers only" in page


def test_a_malformed_address_is_not_a_fault(tmp_path: Path) -> None:
    client = _client(tmp_path, real=False)
    assert client.get("/download?page=http://[::1&part=x").status_code == 404
    assert show(client, "http://[::1")["title"]["data"] == "Not found"


def test_a_cell_that_starts_with_a_line_end_is_no_formula() -> None:
    assert tame("\n=1+1") == "'\n=1+1"
