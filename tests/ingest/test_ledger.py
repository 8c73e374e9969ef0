"""Deliveries: sent twice, corrected, partial, at the same time, killed in the middle, no room."""

import os
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from ingest.pipeline import load_paths
from models.errors import SemhError
from models.settings import Settings
from tests.ingest.tiny import ask, census, pupil

ROOT = Path(__file__).resolve().parents[2]
PUPILS = [pupil(n) for n in range(1, 11)]
NEEDS = [{"pupilonrolltableid": "P1", "sentyperank": 1, "sentype": "SEMH"}]


def _everything(settings: Settings) -> dict[str, list[tuple]]:
    tables = ask(settings, "select table_name from duckdb_tables() where table_name <> 'calendar'")
    return {name: sorted(ask(settings, f"from {name}"), key=str) for (name,) in tables}


def test_the_same_bytes_again_change_nothing(tmp_path: Path, settings: Settings) -> None:
    folder = census(tmp_path / "in", PUPILS, NEEDS)
    load_paths(settings, [folder])
    before = _everything(settings)
    report = load_paths(settings, [folder])
    assert report.ok and not report.loads
    assert len(report.unchanged) == 3
    assert _everything(settings) == before


def test_a_correction_supersedes_and_the_old_rows_stay(tmp_path: Path, settings: Settings) -> None:
    folder = census(tmp_path / "in", [*PUPILS, pupil(11, upn="wrong")], NEEDS)
    load_paths(settings, [folder])
    assert ask(settings, "select count(*) from live_pupil_census") == [(10,)]
    census(folder, [*PUPILS, pupil(11)], NEEDS)
    load_paths(settings, [folder])
    assert ask(settings, "select count(*) from live_pupil_census") == [(11,)]
    assert ask(settings, "select count(*) from pupil_census") == [(21,)]
    assert ask(settings, "select count(*) from live_pupil_census where primary_need = 'SEMH'") == [
        (1,)
    ]
    links = ask(
        settings,
        "select count(*) from load new join load old on new.supersedes = old.load_id"
        " and old.superseded_by = new.load_id",
    )
    assert links == [(3,)]


def test_part_of_a_known_census_is_refused_and_harms_nothing(
    tmp_path: Path, settings: Settings
) -> None:
    folder = census(tmp_path / "in", PUPILS, NEEDS)
    (folder / "SYNTHETIC").touch()
    load_paths(settings, [folder])
    census(folder, PUPILS[:5], NEEDS)
    report = load_paths(settings, [folder / "2025_spring_pupilonroll.csv"])
    assert not report.ok
    assert "whole folder" in report.failed[0][1]
    assert ask(settings, "select count(*) from live_pupil_census") == [(10,)]


def test_a_pupil_keeps_one_pseudonym_and_it_is_not_the_upn(
    tmp_path: Path, settings: Settings
) -> None:
    load_paths(settings, [census(tmp_path / "in", PUPILS)])
    first = ask(settings, "select person_id from person order by 1")
    other = Settings(home=tmp_path / "other")
    load_paths(other, [tmp_path / "in"])
    assert len(first) == 10
    assert not set(first) & set(ask(other, "select person_id from person"))


def test_without_its_key_a_warehouse_takes_nothing(tmp_path: Path, settings: Settings) -> None:
    folder = census(tmp_path / "in", PUPILS)
    load_paths(settings, [folder])
    (settings.keys / "person.key").unlink()
    with pytest.raises(SemhError, match="restore the key"):
        load_paths(settings, [folder])


def _load_in_a_process(
    settings: Settings, folder: Path, before: str = "", progress: str = "quiet"
) -> subprocess.Popen[str]:
    code = (
        "import os, signal, time\nfrom pathlib import Path\n"
        "from models.progress import quiet\nfrom models.settings import Settings\n"
        "from ingest.pipeline import load_paths\n"
        f"{before}\n"
        f"load_paths(Settings(home=Path({str(settings.home)!r})), [Path({str(folder)!r})],"
        f" progress={progress})\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_a_second_load_is_refused_and_the_first_goes_on(tmp_path: Path, settings: Settings) -> None:
    folder, flag = census(tmp_path / "in", PUPILS), tmp_path / "go"
    wait = (
        "def wait(label, done, total):\n"
        f"    if label == 'Looking at files' and done == 0:\n"
        f"        Path({str(flag)!r}).write_text('held')\n"
        f"        while Path({str(flag)!r}).exists(): time.sleep(0.02)\n"
    )
    first = _load_in_a_process(settings, folder, wait, "wait")
    try:
        for _ in range(600):
            if flag.exists():
                break
            time.sleep(0.05)
        with pytest.raises(SemhError, match="Another job"):
            load_paths(settings, [folder])
    finally:
        flag.unlink(missing_ok=True)
        _, errors = first.communicate(timeout=120)
    assert first.returncode == 0, errors
    assert ask(settings, "select count(*) from live_pupil_census") == [(10,)]


@pytest.mark.parametrize("moment", ["Checking", "Writing school census facts", "Writing"])
def test_killed_at_any_moment_the_census_is_in_whole_or_not_at_all(
    tmp_path: Path, settings: Settings, moment: str
) -> None:
    load_paths(settings, [census(tmp_path / "first", PUPILS, NEEDS)])
    before = _everything(settings)
    second = census(tmp_path / "second", [*PUPILS, pupil(11), pupil(12, upn="wrong")], NEEDS)
    die = (
        "def die(label, done, total):\n"
        f"    if label == {moment!r}:\n"
        "        os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))\n"
    )
    killed = _load_in_a_process(settings, second, die, "die")
    killed.communicate(timeout=120)
    assert killed.returncode != 0
    assert _everything(settings) == before
    assert load_paths(settings, [second]).ok
    assert ask(settings, "select count(*) from live_pupil_census") == [(11,)]
    refused = {path.stem for path in settings.quarantine.iterdir()}
    known = {load for (load,) in ask(settings, "select load_id from load")}
    assert refused and refused <= known
    assert not (settings.home / "scratch").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are of POSIX systems")
def test_a_full_disk_is_said_plainly_and_nothing_is_half_loaded(
    tmp_path: Path, settings: Settings
) -> None:
    load_paths(settings, [census(tmp_path / "first", PUPILS)])
    before = _everything(settings)
    many = census(tmp_path / "second", [pupil(n) for n in range(1, 30000)])
    limit = os.path.getsize(settings.warehouse) + 4096
    cramp = f"import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))"
    process = _load_in_a_process(settings, many, cramp)
    _, errors = process.communicate(timeout=120)
    assert process.returncode != 0
    assert "the warehouse is as it was" in errors and "free some space" in errors, errors[-600:]
    assert _everything(settings) == before


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_home_without_rights_is_said_plainly(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(SemhError, match="can't be"):
        load_paths(Settings(home=closed / "home"), [tmp_path])


def test_a_damaged_warehouse_is_left_alone(tmp_path: Path, settings: Settings) -> None:
    settings.home.mkdir()
    settings.warehouse.write_bytes(b"not a database at all" * 1000)
    with pytest.raises(SemhError, match="may be damaged"):
        load_paths(settings, [census(tmp_path / "in", PUPILS)])
    assert settings.warehouse.read_bytes().startswith(b"not a database")


def test_facts_carry_the_load_they_came_from(tmp_path: Path, settings: Settings) -> None:
    load_paths(settings, [census(tmp_path / "in", PUPILS, NEEDS)])
    with duckdb.connect(str(settings.warehouse), read_only=True) as con:
        for fact in ("pupil_census", "sen_need", "census_return"):
            orphans = con.execute(
                f"select count(*) from {fact} where load_id not in (select load_id from load)"
            ).fetchall()
            assert orphans == [(0,)], fact
