from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from made_up_warehouse import make_warehouse

from models.errors import SemhError
from models.principal import PUBLIC
from models.settings import Settings
from models.snapshot import TABLES
from publish import write
from publish.pointer import live_id, swap
from publish.snapshot import Snapshot


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("warehouse")
    make_warehouse(home, small=True)
    return home


@pytest.fixture
def settings(warehouse: Path, tmp_path: Path) -> Settings:
    """A home folder of its own with the made-up warehouse in it."""
    (tmp_path / "warehouse.duckdb").write_bytes((warehouse / "warehouse.duckdb").read_bytes())
    return Settings(home=tmp_path)


def served(settings: Settings) -> str:
    """The id of the snapshot a fresh reader gets, having read figures from it."""
    snapshot = Snapshot(settings.published / f"{live_id(settings.current)}.duckdb")
    assert len(snapshot.headlines(PUBLIC)) > 0
    return snapshot.id


def change_a_figure(settings: Settings) -> None:
    with duckdb.connect(str(settings.warehouse)) as con:
        con.execute("update observation set value = value + 1 where metric_id = 'ehc_requests'")


def test_what_is_published_is_whole_protected_and_live(settings: Settings) -> None:
    said: list[str] = []
    made = write.publish(settings, progress=lambda label, done, total: said.append(label))
    assert live_id(settings.current) == made
    assert json.loads(settings.current.read_text()) == {"snapshot": made}
    assert len(said) >= 4
    snapshot = Snapshot.live(settings)
    info = snapshot.info(PUBLIC)
    assert info["snapshot_id"] == made and info["synthetic"] == "true"
    assert made.endswith(info["content_hash"][:12])
    assert json.loads(info["audit"])["ok"] is True
    assert snapshot.loads(PUBLIC)["file"].to_list() == ["made_up.csv"]
    assert snapshot.series(PUBLIC)["series"].to_list() == ["made.up"]
    assert len(snapshot.metrics(PUBLIC)) > 5
    rows = snapshot.release(PUBLIC)
    assert set(rows["status"]) >= {"ok", "suppressed"}
    assert not rows["numerator"].between(1, 4).any()


def test_no_file_is_left_but_the_snapshot_pointer_and_lock(settings: Settings) -> None:
    made = write.publish(settings)
    names = {p.name for p in settings.published.iterdir()}
    assert names == {f"{made}.duckdb", "current.json", ".publish.lock"}


def test_same_inputs_give_the_same_content(settings: Settings) -> None:
    first, second = write.publish(settings), write.publish(settings)
    assert first != second
    assert first.split("-")[1] == second.split("-")[1]
    change_a_figure(settings)
    assert write.publish(settings).split("-")[1] != first.split("-")[1]


def test_history_and_rollback_return_to_what_was_live_before(settings: Settings) -> None:
    first = write.publish(settings)
    second = write.publish(settings)
    assert [(p.snapshot_id, p.live) for p in write.history(settings)] == [
        (second, True),
        (first, False),
    ]
    assert write.rollback(settings) == first
    third = write.publish(settings)
    # The second was found bad and rolled back: from the third one returns to the first.
    assert write.rollback(settings) == first
    assert served(settings) == first
    assert third in {p.snapshot_id for p in write.history(settings)}
    with pytest.raises(SemhError, match="no earlier snapshot"):
        write.rollback(settings)
    assert live_id(settings.current) == first


def test_rollback_passes_over_a_damaged_snapshot(settings: Settings) -> None:
    first, second = write.publish(settings), write.publish(settings)
    change_a_figure(settings)
    write.publish(settings)
    damaged = settings.published / f"{second}.duckdb"
    damaged.write_bytes(damaged.read_bytes()[:4000])
    assert write.rollback(settings) == first


def test_history_of_nothing_is_empty(tmp_path: Path) -> None:
    assert write.history(Settings(home=tmp_path / "none")) == []


def test_without_a_warehouse_or_figures_it_says_what_to_do(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with pytest.raises(SemhError, match="semh load"):
        write.publish(settings)
    settings.warehouse.write_bytes(b"")
    settings.warehouse.unlink()
    with duckdb.connect(str(settings.warehouse)) as con:
        con.execute("create table load (load_id varchar)")
    with pytest.raises(SemhError, match="semh measure"):
        write.publish(settings)
    assert not settings.current.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("alter table observation add column person_id varchar", None),
        ("alter table area add column upn varchar", "area"),
        ("drop table quality", "quality"),
    ],
)
def test_a_snapshot_with_other_tables_or_columns_is_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, change: str, words: str | None
) -> None:
    from publish import check
    from publish.errors import PublishError

    con = duckdb.connect()
    for statement in TABLES:
        con.execute(statement)
    check.check_tables(con)
    con.execute(change)
    with pytest.raises(PublishError, match=words or "observation"):
        check.check_tables(con)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"status": "suppressed", "value": 3.0}, "has a number"),
        ({"status": "odd"}, "status"),
        ({"tier": "secret"}, "tier"),
        ({"area_kind": "school", "tier": "open"}, "open to all"),
        ({"metric_id": "unheard_of"}, "definition"),
    ],
)
def test_a_row_against_the_rules_is_refused(row: dict[str, object], words: str) -> None:
    from publish import check
    from publish.errors import PublishError

    con = duckdb.connect()
    for statement in TABLES:
        con.execute(statement)
    con.execute("insert into metric values ('m', 'demand', 1, '{}')")
    base: dict[str, object] = {
        "metric_id": "m", "period_start": "2025-01-01", "period_end": "2025-01-31",
        "period_kind": "month", "area_kind": "borough", "area_id": "b", "breakdown": "all",
        "category": "all", "status": "ok", "tier": "open", "loads": "",
    }  # fmt: skip
    values = base | row
    names = ", ".join(values)
    marks = ", ".join("?" for _ in values)
    con.execute(f"insert into observation ({names}) values ({marks})", list(values.values()))
    with pytest.raises(PublishError, match=words):
        check.check_tables(con)


def test_a_list_of_things_posing_as_a_breakdown_is_refused(settings: Settings) -> None:
    with duckdb.connect(str(settings.warehouse)) as con:
        con.execute(
            "insert into observation select metric_id, period_start, period_end, period_kind,"
            " area_kind, area_id, 'sex', 'child ' || i, 50, null, 50, null, null, null, 'ok',"
            " 'open', '' from observation, range(200) r(i)"
            " where metric_id = 'ehc_requests' and breakdown = 'all' and area_kind = 'borough'"
        )
    before = write.history(settings)
    with pytest.raises(SemhError, match="categories"):
        write.publish(settings)
    assert write.history(settings) == before


def test_what_cannot_be_classified_is_left_out_and_counted(settings: Settings) -> None:
    with duckdb.connect(str(settings.warehouse)) as con:
        con.execute(
            "insert into observation select * replace ('unheard_of' as metric_id) from observation"
            " where metric_id = 'ehc_requests' limit 7"
        )
        con.execute(
            "insert into observation select * replace ('person_id' as breakdown, 'x' as category)"
            " from observation where metric_id = 'ehc_requests' limit 5"
        )
    write.publish(settings)
    info = Snapshot.live(settings).info(PUBLIC)
    left = json.loads(info["not_published"])
    assert left["metric not in the catalogue"] == 7
    assert left["breakdown not declared by its metric"] == 5


def test_what_the_audit_tells_is_protected_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A figure is shown at first whose neighbour follows from it; then neither is."""
    protect, asked = write.protect, []

    def forgetful(observations, metrics, areas, profile, before, largest):  # type: ignore[no-untyped-def]
        asked.append(before)
        done = protect(observations, metrics, areas, profile, before, largest)
        if len(asked) > 1:
            return done
        rows = done.observations
        keys = ["metric_id", "period_start", "area_kind", "area_id", "breakdown", "category"]
        cut = rows["status"].eq("suppressed") & rows["breakdown"].ne("all")
        size = cut.groupby([rows["metric_id"], rows["period_start"], rows["breakdown"]]).transform(
            "sum"
        )
        true = rows[keys].merge(observations, on=keys, how="left")["numerator"]
        two = rows[cut & size.eq(2) & true.ge(5).to_numpy()].index[:1]
        assert len(two)
        rows.loc[two, "status"] = "ok"
        rows.loc[two, ["numerator", "value"]] = true[two].iloc[0]
        return done

    monkeypatch.setattr(write, "protect", forgetful)
    write.publish(settings)
    assert len(asked) == 2
    assert not asked[1]["shown"].astype(bool).all() and len(asked[1]) > len(asked[0])


def test_a_failed_audit_refuses_to_go_live(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = write.publish(settings)

    def leave_small_numbers(observations, *_):  # type: ignore[no-untyped-def]
        from publish.protect import Protected

        return Protected(observations.drop(columns=["people", "base"]), {})

    monkeypatch.setattr(write, "protect", leave_small_numbers)
    with pytest.raises(SemhError, match="audit refused"):
        write.publish(settings)
    assert live_id(settings.current) == first
    assert [p.snapshot_id for p in write.history(settings)] == [first]


def test_a_full_disk_says_so(settings: Settings, tmp_path: Path) -> None:
    disk = tmp_path / "small_disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)]
    if os.name == "nt" or os.geteuid() != 0 or subprocess.run(mount, check=False).returncode != 0:
        pytest.skip("mounting a small disk takes root on Linux")
    try:
        home = disk / "home"
        (home / "published").mkdir(parents=True)
        (home / "warehouse.duckdb").symlink_to(settings.warehouse)
        with pytest.raises(SemhError, match="disk is full") as caught:
            write.publish(Settings(home=home))
        assert "free some space" in caught.value.next_step
        assert not (home / "published" / "current.json").exists()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_folder_without_rights_says_so(settings: Settings, tmp_path: Path) -> None:
    blocked = Settings(home=tmp_path / "blocked")
    blocked.home.mkdir()
    blocked.published.write_text("a file where the folder should be")
    (blocked.home / "warehouse.duckdb").write_bytes(settings.warehouse.read_bytes())
    with pytest.raises(SemhError, match="Could not write"):
        write.publish(blocked)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_says_so(settings: Settings) -> None:
    live = write.publish(settings)
    settings.published.chmod(0o500)
    try:
        with pytest.raises(SemhError, match="no right to write"):
            write.publish(settings)
    finally:
        settings.published.chmod(0o700)
    assert served(settings) == live


def test_readers_are_served_throughout_a_swap(settings: Settings) -> None:
    ids = {write.publish(settings), write.publish(settings)}
    stop, seen, wrong = threading.Event(), set(), []

    def read() -> None:
        while not stop.is_set():
            try:
                snapshot = Snapshot.live(settings)
                seen.add(snapshot.id)
                assert len(snapshot.headlines(PUBLIC)) > 0
                time.sleep(0.01)
            except Exception as error:
                wrong.append(repr(error))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    until = time.monotonic() + 3.5
    while time.monotonic() < until:
        for one in sorted(ids):
            swap(settings.current, one)
        time.sleep(0.7)
        swap(settings.current, min(ids))
        time.sleep(0.7)
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert seen == ids
