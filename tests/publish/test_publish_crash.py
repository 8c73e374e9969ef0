from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

if os.name == "nt":
    pytest.skip("processes are killed and limited as POSIX does", allow_module_level=True)

sys.path.insert(0, str(Path(__file__).resolve().parent))

from forked_publish import Publisher
from made_up_warehouse import make_warehouse

from models.errors import SemhError
from models.principal import PUBLIC
from models.settings import Settings
from publish import write
from publish.pointer import live_id
from publish.snapshot import Snapshot


@pytest.fixture(scope="module")
def publisher() -> Iterator[Publisher]:
    publisher = Publisher()
    yield publisher
    publisher.close()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, publisher: Publisher) -> Path:
    home = tmp_path_factory.mktemp("published")
    make_warehouse(home, small=True)
    assert publisher.run(home).status == 0
    return home


@pytest.fixture
def settings(published: Path, tmp_path: Path) -> Settings:
    """A home folder of its own, with a snapshot live."""
    (tmp_path / "published").mkdir()
    for path in (published / "warehouse.duckdb", *(published / "published").iterdir()):
        (tmp_path / path.relative_to(published)).write_bytes(path.read_bytes())
    return Settings(home=tmp_path)


def served(settings: Settings) -> str:
    """The id of the snapshot a fresh reader gets, having read figures from it."""
    snapshot = Snapshot(settings.published / f"{live_id(settings.current)}.duckdb")
    assert len(snapshot.headlines(PUBLIC)) > 0
    return snapshot.id


def test_two_publishes_at_once_one_is_told_to_wait(
    settings: Settings, publisher: Publisher
) -> None:
    mark = settings.home / "inside"
    slow = f"import time, pathlib; f = write.gather; m = pathlib.Path({str(mark)!r})\n"
    slow += "write.gather = lambda *a: (m.touch(), time.sleep(1.5), f(*a))[2]"
    pid = publisher.start(settings.home, slow)
    while not mark.exists():
        time.sleep(0.01)
    with pytest.raises(SemhError, match=rf"process {pid}\b"):
        write.publish(settings)
    first = publisher.wait()
    assert first.status == 0 and live_id(settings.current) == first.out
    assert publisher.run(settings.home).status == 0


def timed(publisher: Publisher, settings: Settings) -> float:
    """Seconds that one whole publish takes."""
    began = time.perf_counter()
    assert publisher.run(settings.home).status == 0
    return time.perf_counter() - began


def test_killed_at_any_moment_what_is_live_stays_whole(
    settings: Settings, publisher: Publisher
) -> None:
    whole = min(timed(publisher, settings) for _ in range(2))
    ended = set()
    for part in (0.2, 0.5, 0.7, 0.8, 0.9, 0.97):
        before = live_id(settings.current)
        pid = publisher.start(settings.home)
        time.sleep(whole * part)
        # On a machine that has grown quicker since, it may have ended by itself.
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        done = publisher.wait()
        ended.add(done.status)
        assert served(settings) == before or done.status != 0 or done.out == served(settings)
        for entry in write.history(settings):
            Snapshot(settings.published / f"{entry.snapshot_id}.duckdb")
    assert -signal.SIGKILL in ended
    # Whatever the killed ones left behind is neither in the way nor kept.
    assert publisher.run(settings.home).out == served(settings)
    assert not list(settings.published.glob(".building-*"))


STEPS = [
    "gather",
    "protect",
    "check_tables",
    "content_hash",
    "audit_file",
    "new_id",
    "sync",
    "swap",
]


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_each_step_what_is_live_stays_live(
    settings: Settings, publisher: Publisher, step: str
) -> None:
    live = served(settings)
    kill = f"import os; write.{step} = lambda *a, **k: os.kill(os.getpid(), 9)"
    assert publisher.run(settings.home, kill).status == -signal.SIGKILL
    assert served(settings) == live
    assert [p.snapshot_id for p in write.history(settings) if p.live] == [live]


@pytest.mark.parametrize("part", [0.0, 0.02, 0.3, 0.7, 0.95])
def test_no_room_left_says_so_and_what_is_live_stays_live(
    settings: Settings, publisher: Publisher, part: float
) -> None:
    live = served(settings)
    room = int(part * (settings.published / f"{live}.duckdb").stat().st_size)
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))"
    done = publisher.run(settings.home, limit)
    assert done.status == 1, done.out
    assert done.out.startswith("PublishError: Could not write"), done.out
    assert "Nothing changed" in done.out and "semh publish again" in done.out
    assert served(settings) == live
    assert [p.snapshot_id for p in write.history(settings)] == [live]
    assert not list(settings.published.glob(".building-*"))
