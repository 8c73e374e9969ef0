"""What one release revised in another: every change by its kind, and by how much."""

import shutil
from pathlib import Path

import duckdb
import pytest

from models.observation import Tier
from models.principal import PUBLIC, Principal
from models.settings import Settings
from publish.errors import PublishError
from publish.revised import revisions
from tests.fixture_snapshot import SNAPSHOT_ID, build_fixture

LATER = "20261001T060000000Z-000000000000"
HEAD = "area_kind = 'borough' and breakdown = 'all' and status = 'ok'"


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> Settings:
    home: Path = tmp_path_factory.mktemp("revised")
    build_fixture(home)
    folder = home / "published"
    later = folder / f"{LATER}.duckdb"
    shutil.copy(folder / f"{SNAPSHOT_ID}.duckdb", later)
    with duckdb.connect(str(later)) as con:
        rows = con.execute(
            f"select rowid from observation where {HEAD} order by rowid limit 3"
        ).fetchall()
        (revised,), (hidden,), (gone,) = rows
        con.execute("update observation set value = value + 2 where rowid = ?", [revised])
        con.execute(
            "update observation set value = null, status = 'suppressed' where rowid = ?", [hidden]
        )
        con.execute("delete from observation where rowid = ?", [gone])
    return Settings(home=home)


def test_each_change_is_told_by_its_kind(settings):
    changed = revisions(settings, SNAPSHOT_ID, LATER, PUBLIC)
    assert sorted(changed["change"]) == ["gone", "now hidden", "revised"]
    revised = changed[changed["change"] == "revised"].iloc[0]
    assert revised["by"] == pytest.approx(2)


def test_the_other_way_round(settings):
    changed = revisions(settings, LATER, SNAPSHOT_ID, PUBLIC)
    assert sorted(changed["change"]) == ["new", "now shown", "revised"]


def test_nothing_changed_is_no_row(settings):
    assert revisions(settings, LATER, LATER, Principal("all", Tier.PARTNER)).empty


def test_the_beginning_of_a_name_is_enough_and_an_unknown_one_is_refused(settings):
    assert len(revisions(settings, "20260901", "20261001", PUBLIC)) == 3
    with pytest.raises(PublishError, match="no snapshots named '2019'"):
        revisions(settings, "2019", LATER, PUBLIC)
    with pytest.raises(PublishError, match="2 snapshots named '2026'"):
        revisions(settings, "2026", LATER, PUBLIC)
