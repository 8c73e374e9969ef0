"""Keys rotate: the same child keeps one pseudonym before and after, whenever it is killed."""

import shutil
from pathlib import Path

import duckdb
import pytest

from ingest import pseudonyms
from ingest.pipeline import LoadReport, load_paths
from ingest.pseudonyms import person_keys, pseudonym_columns, rotate_pseudonyms
from models.errors import SemhError
from models.settings import Settings
from models.store import open_warehouse
from tests.ingest.tiny import ask, census, pupil

PUPILS = [pupil(n) for n in range(1, 9)]


def _rotate(settings: Settings) -> None:
    with open_warehouse(settings) as con:
        assert rotate_pseudonyms(con, settings) > 50


def _people(settings: Settings) -> set[str]:
    return {row[0] for row in ask(settings, "select person_id from person")}


def test_the_same_child_after_rotation_meets_its_old_rows(
    tmp_path: Path, settings: Settings
) -> None:
    folder = census(tmp_path / "in", PUPILS)
    load_paths(settings, [folder])
    before = _people(settings)
    _rotate(settings)
    after = _people(settings)
    assert len(after) == len(before) == 8 and not after & before
    census(folder, [*PUPILS, pupil(9)])
    load_paths(settings, [folder])
    assert after < _people(settings) and len(_people(settings)) == 9
    assert ask(settings, "select count(distinct person_id), count(*) from pupil_census") == [
        (9, 17)
    ]
    _rotate(settings)
    assert len(person_keys(settings)) == 3


def test_a_rotated_warehouse_is_the_one_a_new_load_would_make(
    borough: Path, loaded: tuple[Settings, LoadReport], tmp_path: Path
) -> None:
    """Each column that holds a pseudonym is rewritten, and no other is."""
    old = Settings(home=tmp_path / "old")
    shutil.copytree(loaded[0].home, old.home)
    with open_warehouse(old) as con:
        rotate_pseudonyms(con, old)
    new = Settings(home=tmp_path / "new")
    shutil.copytree(old.keys, new.keys)
    load_paths(new, [borough])
    with duckdb.connect() as con:
        con.execute(f"attach '{old.warehouse}' as old (read_only)")
        con.execute(f"attach '{new.warehouse}' as new (read_only)")
        tables = con.execute(
            "select table_name from duckdb_tables() where database_name = 'new'"
            " and table_name not in ('load', 'quarantine', 'expectation_result', 'about',"
            " 'published_statistic') and estimated_size > 0"
        ).fetchall()
        assert len(tables) > 15
        for (name,) in tables:
            left, right = (_rows(con, base, name) for base in ("old", "new"))
            differing = con.execute(
                f"select count(*) from (({left}) except all ({right}))"
            ).fetchall()
            assert differing == [(0,)], name


def _rows(con: duckdb.DuckDBPyConnection, base: str, name: str) -> str:
    columns = con.execute(f"describe {base}.{name}").fetchall()
    if name == "link":  # what is weighed rather than known is weighed in order of the pseudonyms
        sure = "where method <> 'probabilistic'"
        return f"select left_id, right_id, method from {base}.link {sure}"
    kept = ", ".join(c[0] for c in columns if c[0] != "load_id")
    return f"select {kept} from {base}.{name}"


@pytest.mark.parametrize("moment", ["after the key is written", "in the transaction"])
def test_killed_at_any_moment_keys_and_warehouse_agree(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    folder = census(tmp_path / "in", PUPILS)
    load_paths(settings, [folder])
    before = _people(settings)
    where = "pseudonym_columns" if moment == "after the key is written" else "_say_reached"

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(pseudonyms, where, die)
        with pytest.raises(KeyboardInterrupt), open_warehouse(settings) as con:
            rotate_pseudonyms(con, settings)
    assert _people(settings) == before
    census(folder, [*PUPILS, pupil(9)])
    load_paths(settings, [folder])
    assert before < _people(settings) and len(_people(settings)) == 9
    _rotate(settings)
    assert len(person_keys(settings)) == 2, "the key left unused was taken up"
    assert not _people(settings) & before


def test_another_warehouses_key_is_refused(tmp_path: Path, settings: Settings) -> None:
    load_paths(settings, [census(tmp_path / "in", PUPILS)])
    (settings.keys / "person.key").write_text("ab" * 32, encoding="ascii")
    with pytest.raises(SemhError, match="not the one"):
        load_paths(settings, [census(tmp_path / "in", [*PUPILS, pupil(9)])])


@pytest.mark.parametrize("spoilt", ["", "ab" * 31, "xy" * 32, "ab" * 32 + "\nzz"])
def test_a_damaged_key_is_said(tmp_path: Path, settings: Settings, spoilt: str) -> None:
    load_paths(settings, [census(tmp_path / "in", PUPILS)])
    (settings.keys / "person.key").write_text(spoilt, encoding="ascii")
    with pytest.raises(SemhError, match="damaged"):
        load_paths(settings, [census(tmp_path / "in", [*PUPILS, pupil(9)])])


def test_every_table_of_people_is_rewritten(settings: Settings) -> None:
    with duckdb.connect() as con:
        from models.schema import bring_up

        bring_up(con)
        columns = pseudonym_columns(con)
        with_people = con.execute(
            "select distinct table_name from duckdb_columns() where column_name = 'person_id'"
            " and table_name not like 'live#_%' escape '#'"
        ).fetchall()
    assert {name for (name,) in with_people} <= set(columns)
    assert "load_id" not in str(columns) and "provi" not in str(columns)
