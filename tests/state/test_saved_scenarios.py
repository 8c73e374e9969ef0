"""Saved scenarios: bounded, audited, private to their owner's disk, safe with many writers."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from models.settings import Settings
from state.scenarios import MOST_KEPT, NotSaved, Scenarios
from state.store import NoStore


@pytest.fixture
def kept(tmp_path: Path) -> Scenarios:
    return Scenarios.of(Settings(home=tmp_path / "home"))


def save(kept: Scenarios, name: object, who: str = "strategy lead"):
    return kept.save(who, name, "/looking-ahead", "new=-10&new_from=2027-09")


def test_a_scenario_is_kept_and_found_again(kept):
    one = save(kept, "  Earlier   help ")
    assert one.name == "Earlier help"
    assert kept.all() == [one]
    again = Scenarios.of(Settings(home=kept.settings.home))
    assert again.all()[0].search == "new=-10&new_from=2027-09"


def test_each_save_and_delete_leaves_a_line(kept):
    one = save(kept, "A")
    assert kept.delete("strategy lead", str(one.id)) == "A"
    assert kept.all() == []
    assert [line[1:] for line in kept.trail()] == [
        ("strategy lead", "scenario saved", "A"),
        ("strategy lead", "scenario deleted", "A"),
    ]


@pytest.mark.parametrize("name", [None, "", "   ", "x" * 61, "bell\x07", "UPN 123456789012", 5e9])
def test_a_name_that_will_not_do_is_refused(kept, name):
    with pytest.raises(NotSaved):
        save(kept, name)
    assert kept.all() == []
    assert kept.trail() == []


@pytest.mark.parametrize(
    "path", [None, "", "looking", "/a/../b", "/x?y=1", "//host", "/" + "a" * 90]
)
def test_only_a_page_of_ours_is_kept(kept, path):
    with pytest.raises(NotSaved):
        kept.save("head", "A", path, "")


def test_what_looks_like_a_program_is_text(kept):
    save(kept, "<script>alert(1)</script>'; drop table scenario;--")
    assert len(kept.all()) == 1


def test_a_name_is_used_once(kept):
    save(kept, "A")
    with pytest.raises(NotSaved, match="already called A"):
        save(kept, "A", "headteacher")
    assert len(kept.trail()) == 1


@pytest.mark.parametrize("number", [None, "", "x", "-1", "1 or 1=1", "9" * 30, 99])
def test_there_is_nothing_else_to_delete(kept, number):
    save(kept, "A")
    with pytest.raises(NotSaved):
        kept.delete("strategy lead", number)
    assert len(kept.all()) == 1


def test_another_role_s_scenario_stays(kept):
    one = save(kept, "A")
    with pytest.raises(NotSaved):
        kept.delete("headteacher", one.id)


def test_no_more_than_the_most(kept, monkeypatch):
    monkeypatch.setattr("state.scenarios.MOST_KEPT", 2)
    save(kept, "A")
    save(kept, "B")
    with pytest.raises(NotSaved, match="kept already"):
        save(kept, "C")
    assert MOST_KEPT >= 100


def test_many_threads_lose_nothing(kept):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda i: save(kept, f"name {i}"), range(40)))
    assert len(kept.all()) == len(kept.trail()) == 40


def test_of_many_with_one_name_one_is_kept(kept):
    def attempt(i: int) -> bool:
        try:
            save(kept, "the same")
        except NotSaved:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(16))) == 1


def write_some(home: str, first: int) -> None:
    kept = Scenarios.of(Settings(home=Path(home)))
    for i in range(first, first + 10):
        kept.save("board member", f"name {i}", "/looking-ahead", "")


def test_two_processes_that_start_at_once_lose_nothing(tmp_path: Path):
    spawn = get_context("spawn")
    running = [spawn.Process(target=write_some, args=(str(tmp_path), i * 10)) for i in range(2)]
    for one in running:
        one.start()
    for one in running:
        one.join(30)
    assert [one.exitcode for one in running] == [0, 0]
    assert len(Scenarios.of(Settings(home=tmp_path)).all()) == 20


def test_the_file_is_its_owner_s(kept):
    save(kept, "A")
    mode = (kept.settings.home / "state.sqlite").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_a_database_that_is_away_says_what_to_check_and_no_secret():
    url = "postgresql://somebody:hunter2@127.0.0.1:1/semh"
    settings = Settings(state_url=url)
    assert "hunter2" not in repr(settings)
    with pytest.raises(NoStore, match="SEMH_STATE_URL") as refused:
        Scenarios.of(settings).all()
    assert "hunter2" not in str(refused.value)


def test_a_database_url_moves_it(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"
    save(Scenarios.of(Settings(home=tmp_path / "home", state_url=url)), "A")
    assert (tmp_path / "elsewhere.sqlite").is_file()
