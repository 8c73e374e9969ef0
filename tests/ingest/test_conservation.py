"""Nothing is lost: whatever the rows hold, accepted and refused add up, and the ledger says so."""

import json
import stat
import sys
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from ingest.pipeline import LoadReport, load_paths
from models.settings import Settings
from tests.ingest.tiny import ask, census, pupil

cells = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters='"\ufeff'),
    max_size=12,
)
wild = st.fixed_dictionaries(
    {"upn": cells, "dob": cells, "sex": cells, "senprovision": cells, "ncyearactual": cells,
     "termlysessionspossible": cells, "pupilonrolltableid": cells, "entrydate": cells}
)  # fmt: skip


@tuned(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(wild, min_size=1, max_size=40))
def test_rows_are_conserved(tmp_path_factory: pytest.TempPathFactory, rows: list[dict]) -> None:
    folder = tmp_path_factory.mktemp("wild")
    settings = Settings(home=folder / "home")
    census(folder / "in", [pupil(n) | row for n, row in enumerate(rows)])
    report = load_paths(settings, [folder / "in"])
    assert report.ok, report.failed
    [(read, accepted, refused)] = ask(
        settings,
        "select rows_read, rows_accepted, rows_quarantined from load"
        " where extract = 'sc_pupilonroll'",
    )
    assert read == len(rows) == accepted + refused
    assert ask(settings, "select count(*) from pupil_census") == [(accepted,)]
    listed = ask(settings, "select count(distinct line) from quarantine")
    assert listed == [(refused,)]


def test_the_database_itself_holds_the_invariant(loaded: tuple[Settings, LoadReport]) -> None:
    settings, _ = loaded
    with duckdb.connect(str(settings.warehouse)) as con, pytest.raises(duckdb.ConstraintException):
        con.execute("update load set rows_accepted = rows_accepted + 1")


def test_every_file_of_the_borough_is_accounted_for(
    borough: Path, loaded: tuple[Settings, LoadReport]
) -> None:
    settings, report = loaded
    assert report.ok, report.failed
    assert not report.unrecognised
    truth = json.loads((borough / "truth.json").read_text(encoding="utf-8"))
    read = dict(ask(settings, "select file, rows_read from load"))
    for file, rows in truth["rows"].items():
        extra = _repeats(truth, file)
        assert read[file] == rows + extra, file


def _repeats(truth: dict, file: str) -> int:
    return sum(f["file"] == file and f["kind"] == "duplicate row" for f in truth["faults"])


def test_planted_faults_are_found_at_their_line_and_nothing_else(
    borough: Path, loaded: tuple[Settings, LoadReport]
) -> None:
    settings, _ = loaded
    truth = json.loads((borough / "truth.json").read_text(encoding="utf-8"))
    planted = {(f["file"], f["line"]) for f in truth["faults"]}
    assert planted, "the borough plants no faults: this test would show nothing"
    refused = set(ask(settings, "select file, line from quarantine"))
    assert planted <= refused, sorted(planted - refused)[:5]
    rest = ask(settings, "select file, line, reason from quarantine")
    knock_on = "was refused or did not come"
    clean = [r for r in rest if (r[0], r[1]) not in planted and knock_on not in r[2]]
    assert not clean, clean[:5]


def test_each_refused_row_says_what_to_do(loaded: tuple[Settings, LoadReport]) -> None:
    settings, _ = loaded
    assert ask(
        settings,
        "select count(*) from quarantine where reason = '' or action = '' or owner is null",
    ) == [(0,)]


def test_refused_lines_are_for_the_owner_only(loaded: tuple[Settings, LoadReport]) -> None:
    settings, _ = loaded
    files = list(settings.quarantine.iterdir())
    assert files
    if sys.platform != "win32":
        assert stat.S_IMODE(settings.quarantine.stat().st_mode) == 0o700
        assert {stat.S_IMODE(f.stat().st_mode) for f in files} == {0o600}
        assert stat.S_IMODE((settings.keys / "person.key").stat().st_mode) == 0o600


def test_sample_layouts_load_or_are_refused_row_by_row(tmp_path: Path, real_samples: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    report = load_paths(settings, [real_samples])
    assert report.ok, report.failed
    assert len(report.loads) == len(list(real_samples.glob("*.csv.gz")))
    for load in report.loads:
        assert load.rows_read == load.rows_accepted + load.rows_quarantined > 0
    assert ask(settings, "select count(*) from quarantine where action = ''") == [(0,)]


def test_samples_beside_a_demonstration_are_refused_row_by_row(
    borough: Path, tmp_path: Path, real_samples: Path
) -> None:
    """They have no return header, so no row has its parent; the simulated figures stay."""
    settings = Settings(home=tmp_path / "home")
    for name in ("2024_autumn", "2025_spring"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "SYNTHETIC").touch()
        for path in (borough / "school_census").glob(f"{name}_*.csv"):
            (folder / path.name).write_bytes(path.read_bytes())
        assert load_paths(settings, [folder]).ok
    before = ask(settings, "select count(*) from live_pupil_census")
    report = load_paths(settings, [real_samples])
    assert report.ok, report.failed
    for load in report.loads:
        assert load.rows_read == load.rows_quarantined > 0 and load.supersedes is None
    assert ask(settings, "select count(*) from live_pupil_census") == before > [(0,)]
    held = ask(
        settings,
        "select count(*) from expectation_result where severity = 'hold' and not passed"
        " and label like '%follow the contract%'",
    )
    assert held == [(0,)]
