"""The verbs that keep, accept, hand back, rotate and remove, as a user runs them."""

import csv
import io
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli import app
from commands import console
from ingest.pipeline import load_paths
from models.principal import PUBLIC
from models.settings import Settings
from models.store import open_warehouse
from publish.errors import PublishError
from publish.snapshot import Snapshot
from tests.fixture_snapshot import build_fixture
from tests.ingest.tiny import census, pupil

HOLD = """
insert into expectation_result (load_id, extract, label, severity, passed, found, unit, action,
    owner, checked_at, check_id, facts)
select max(load_id), 'sc_pupilonroll', 'Pupils on roll as before', 'hold', false, 1, 'censuses',
    'Look for schools that did not return.', 'the data team', now()::timestamp, 'census-volume',
    'pupil_census' from load where extract = 'sc_pupilonroll'
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A census with one row refused and one check that holds it; a snapshot is live."""
    settings = Settings(home=tmp_path / "home")
    rows = [*(pupil(n) for n in range(1, 5)), pupil(9, upn="wrong-upn", forename='=2+5"')]
    load_paths(settings, [census(tmp_path / "in", rows)])
    with open_warehouse(settings) as con:
        con.execute(HOLD)
    build_fixture(settings.home)
    monkeypatch.setenv("SEMH_HOME", str(settings.home))
    monkeypatch.setattr(console.out, "_width", 300)
    return settings


def _run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_what_is_held_is_not_published_until_accepted(home: Settings) -> None:
    live = Snapshot.live(home).info(PUBLIC)
    refused = _run("publish")
    assert isinstance(refused.exception, PublishError) and refused.exit_code == 1
    assert "census-volume" in refused.exception.problem
    assert "semh accept census-volume" in refused.exception.next_step
    assert Snapshot.live(home).info(PUBLIC) == live
    assert "Pupils on roll as before" in _run("accept").output
    blank = _run("accept", "census-volume")
    assert "blank" in str(blank.exception) and blank.exit_code == 1
    done = _run("accept", "census-volume", "--reason", "One school closed", "--by", "head of SEND")
    assert done.exit_code == 0 and "Accepted by head of SEND" in done.output
    assert "Nothing is held back" in _run("accept").output
    assert "census-volume" not in str(_run("publish").exception)


def test_rows_are_handed_back_and_survive_new_keys(home: Settings) -> None:
    before = _run("quarantine", "--csv").output
    (row,) = csv.DictReader(io.StringIO(before))
    assert "wrong-upn" in row["raw"] and row["what to do"] and row["owner"]
    done = _run("rotate-key")
    assert done.exit_code == 0 and "sealed files" in done.output
    assert _run("quarantine", "--csv").output == before


def test_purge_says_what_it_removed(home: Settings) -> None:
    assert "Removed: 0 refused rows" in _run("purge").output
    with open_warehouse(home) as con:
        con.execute("update load set loaded_at = loaded_at - interval 366 day")
    assert "Removed: 1 refused rows of 1 loads" in _run("purge").output
    assert _run("quarantine", "--csv").output.count("\n") == 1
