"""Killed, cut off or out of room at any moment: a file is in whole or not at all, and it shows."""

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from ingest.pipeline import load_paths
from ingest.raw_lines import read_raw_lines
from models.principal import PUBLIC
from models.settings import Settings
from publish.snapshot import Snapshot
from tests.fixture_snapshot import build_fixture
from tests.ingest.forked_load import Done, Loader
from tests.ingest.tiny import census, pupil

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks are of POSIX systems")

FIRST = [pupil(n) for n in range(1, 11)]
SECOND = [*FIRST, pupil(11), pupil(12, upn="wrong"), pupil(13, dob="soon")]


@pytest.fixture(scope="module")
def loader() -> Iterator[Loader]:
    made = Loader()
    yield made
    made.close()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one census loaded and one snapshot live, and the corrected census beside it."""
    folder = tmp_path_factory.mktemp("base")
    settings = Settings(home=folder / "home")
    load_paths(settings, [census(folder / "first", FIRST)])
    build_fixture(settings.home)
    census(folder / "second", SECOND)
    return folder


def _home(base: Path, tmp_path: Path, name: str) -> Settings:
    shutil.copytree(base / "home", tmp_path / name)
    return Settings(home=tmp_path / name)


def _verdict(settings: Settings) -> str:
    """Which census is in, as the ledger says; fails where anything says otherwise."""
    with duckdb.connect(str(settings.warehouse)) as con:
        live = con.execute(
            "select load_id, rows_read, rows_accepted, rows_quarantined from load"
            " where extract = 'sc_pupilonroll' and superseded_by is null"
        ).fetchall()
        [(load_id, read, accepted, refused)] = live
        rows = con.execute("select load_id, count(*) from live_pupil_census group by 1").fetchall()
        assert rows == [(load_id, accepted)] and read == accepted + refused
        lines = con.execute(
            "select distinct line from quarantine where load_id = ? order by 1", [load_id]
        ).fetchall()
        loads = con.execute("select count(*) from load where extract like 'sc_%'").fetchall()
        facts = con.execute(
            "select count(*) from pupil_census where load_id not in (select load_id from load)"
        ).fetchall()
        assert facts == [(0,)]
    assert len(lines) == refused
    assert [(n,) for n, _ in read_raw_lines(settings, load_id)] == lines
    state = {(10, 3): "before", (11, 6): "after"}
    return state[accepted, loads[0][0]]


def _still_served(settings: Settings, base: Path) -> None:
    theirs = Settings(home=base / "home")
    assert Snapshot.live(settings).info(PUBLIC) == Snapshot.live(theirs).info(PUBLIC)


def _then_all_goes_well(settings: Settings, base: Path) -> None:
    """The same folder loaded again ends where an undisturbed load ends, with nothing left over."""
    assert load_paths(settings, [base / "second"]).ok
    assert _verdict(settings) == "after"
    assert len(list(settings.quarantine.iterdir())) == 1
    assert not (settings.home / "scratch").exists()


def test_killed_at_random_moments(loader: Loader, base: Path, tmp_path: Path) -> None:
    started = time.monotonic()
    assert loader.run(_home(base, tmp_path, "whole").home, base / "second").status == 0
    took = time.monotonic() - started
    dice, seen, last = random.Random(20261123), [], None
    for n in range(8):
        settings = last = _home(base, tmp_path, f"k{n}")
        pid = loader.start(settings.home, base / "second")
        time.sleep(dice.uniform(0.2, 1.05) * took)
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it had ended
        done = loader.wait()
        seen.append(_verdict(settings))
        assert done.status in (0, -signal.SIGKILL)
        assert done.status != 0 or seen[-1] == "after"
        if seen[-1] == "after":  # too late: the machine is quicker now than when it was timed
            took *= 0.7
        _still_served(settings, base)
    assert "before" in seen, "no kill came early enough to show anything"
    assert last is not None
    _then_all_goes_well(last, base)


MOMENTS = (
    "pipeline.raw_lines.write_raw_lines", "pipeline.check_batch", "pipeline.conform",
    "os.replace", "os.fsync",
)  # fmt: skip


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_right_after_a_step(loader: Loader, base: Path, tmp_path: Path, moment: str) -> None:
    settings = _home(base, tmp_path, "home")
    owner, _, name = moment.rpartition(".")
    die = (
        f"import signal\nkept = {owner}.{name}\n"
        "def die(*a, **k):\n    kept(*a, **k)\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        f"{owner}.{name} = die\n"
    )
    done = loader.run(settings.home, base / "second", die)
    assert done.status == -signal.SIGKILL, done.out
    assert _verdict(settings) == "before"
    _still_served(settings, base)
    _then_all_goes_well(settings, base)


AFTER_COMMIT = """
import signal
def die(*a): os.kill(os.getpid(), signal.SIGKILL)
swept = []
def sweep(con, settings):
    swept.append(1)
    if len(swept) == 2: die()
pipeline.raw_lines.sweep = sweep
"""


def test_the_log_cut_off_anywhere_is_all_or_nothing(
    loader: Loader, base: Path, tmp_path: Path
) -> None:
    """Killed just after the commit, the rows are in the log alone; a power cut may shorten it."""
    settings = _home(base, tmp_path, "home")
    assert loader.run(settings.home, base / "second", AFTER_COMMIT).status == -signal.SIGKILL
    log = settings.warehouse.with_name(settings.warehouse.name + ".wal")
    whole = log.read_bytes()
    assert len(whole) > 1000
    seen = []
    for n, share in enumerate((0, 0.1, 0.35, 0.6, 0.85, 0.99, 0.9999, 1)):
        cut = Settings(home=tmp_path / f"cut{n}")
        shutil.copytree(settings.home, cut.home)
        (cut.home / log.name).write_bytes(whole[: round(len(whole) * share)])
        seen.append(_verdict(cut))
    assert seen[0] == "before" and seen[-1] == "after"
    assert seen == sorted(seen, reverse=True), "once it is in, a longer log keeps it in"


def test_power_cut_at_any_step_leaves_whole_files(base: Path, tmp_path: Path) -> None:
    """The home is copied as it is on the disk at every step of a load, while it is running."""
    settings = _home(base, tmp_path, "home")
    copies: list[Settings] = []

    def copy(label: str, done: int, total: int) -> None:
        made = Settings(home=tmp_path / f"copy{len(copies)}")
        shutil.copytree(settings.home, made.home)
        copies.append(made)

    assert load_paths(settings, [base / "second"], progress=copy).ok
    assert len(copies) > 8
    assert {_verdict(one) for one in copies} == {"before"}
    assert _verdict(settings) == "after"
    _then_all_goes_well(copies[-1], base)


@pytest.mark.parametrize("room", [0, 5_000, 400_000])
def test_with_no_room_left_nothing_is_half_in(
    loader: Loader, base: Path, tmp_path: Path, room: int
) -> None:
    """No file may grow beyond a size: the warehouse, its log, sealed rows and scratch files."""
    settings = _home(base, tmp_path, "home")
    cramp = f"import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))"
    done: Done = loader.run(settings.home, base / "second", cramp)
    state = _verdict(settings)
    if done.status == 0:
        assert state == "after"
    else:
        assert state == "before"
        assert "as it was" in done.out and "Next:" in done.out, done.out
        assert "full" in done.out
    _still_served(settings, base)
    _then_all_goes_well(settings, base)
