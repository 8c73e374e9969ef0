"""Retention takes what is past its time and says so; new keys leave everything readable."""

import io
import os
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from ingest import retention, vault
from ingest.pipeline import load_paths
from ingest.report import write_quarantine_csv
from ingest.retention import purge, rotate_keys
from ingest.sealed import read_sealed, write_sealed
from models.errors import SemhError
from models.history import as_known_on
from models.settings import Settings
from models.store import open_warehouse
from tests.ingest.tiny import ask, census, pupil

GOOD = [pupil(n) for n in range(1, 6)]
NOW = datetime.now()


@pytest.fixture
def corrected(tmp_path: Path, settings: Settings) -> Settings:
    """A census of six with one refused, then five with another refused."""
    wrong = pupil(9, upn="wrong-upn")
    load_paths(settings, [census(tmp_path / "in", [*GOOD, pupil(6), wrong])])
    load_paths(settings, [census(tmp_path / "in", [*GOOD, wrong])])
    assert ask(settings, "select count(*) from pupil_census") == [(11,)]
    return settings


def _counts(settings: Settings) -> tuple[int, ...]:
    tables = ("pupil_census", "live_pupil_census", "person", "quarantine")
    return tuple(ask(settings, f"select count(*) from {name}")[0][0] for name in tables)


def _removed(settings: Settings, **given) -> dict[str, int]:
    return {one.what: one.rows for one in purge(settings, at=NOW, **given)}


def test_nothing_goes_before_its_time(corrected: Settings) -> None:
    before = _counts(corrected)
    assert set(_removed(corrected).values()) == {0}
    assert _counts(corrected) == before == (11, 5, 6, 2)
    assert len(list(corrected.quarantine.iterdir())) == 1


def test_superseded_rows_go_when_asked_and_are_told(corrected: Settings) -> None:
    gone = _removed(corrected, superseded=True)
    assert gone["superseded rows"] >= 6 and gone["refused rows"] == 1
    assert _counts(corrected) == (5, 5, 5, 1), "who is in no row any more is gone as well"
    assert ask(corrected, "select sum(rows_read) from load where extract = 'sc_pupilonroll'") == [
        (13,)
    ], "the ledger stays"
    told = ask(corrected, "select what, sum(rows_removed) from removal group by 1 order by 1")
    assert dict(told) == {what: rows for what, rows in gone.items() if rows}
    (first,) = ask(corrected, "select min(loaded_at) from load")[0]
    with open_warehouse(corrected) as con:
        con.execute("update load set loaded_at = loaded_at - interval 30 day"
                    " where superseded_by is not null")  # fmt: skip
        with pytest.raises(SemhError, match="removed on"):
            as_known_on(con, first.date() - timedelta(days=10))
        as_known_on(con, date.today())


def test_everything_old_goes(corrected: Settings) -> None:
    store = corrected.home / "linkage" / "people.sealed"
    write_sealed(corrected, store, [b"names"])
    live = [path for path in store.parent.iterdir() if path != store]
    for path in (store, *live):
        os.utime(path, (0, 0))
    with open_warehouse(corrected) as con:
        con.execute("update load set loaded_at = loaded_at - interval 400 day")
    gone = _removed(corrected)
    assert gone["refused rows"] == 2 and gone["superseded rows"] >= 6
    assert gone["files of the linkage store"] == 1
    assert _counts(corrected) == (5, 5, 5, 0)
    assert live and all(path.exists() for path in live), "links of current loads can be made again"
    assert not store.exists() and not list(corrected.quarantine.iterdir())
    assert set(_removed(corrected).values()) == {0}, "a second time there is nothing to remove"


def test_days_can_be_given(corrected: Settings) -> None:
    with open_warehouse(corrected) as con:
        con.execute("update load set loaded_at = loaded_at - interval 40 day")
    assert _removed(corrected, older_than=41)["refused rows"] == 0
    assert _removed(corrected, older_than=39)["refused rows"] == 2


def _handed_back(settings: Settings) -> str:
    text = io.StringIO()
    write_quarantine_csv(settings, text)
    return text.getvalue()


def test_new_keys_leave_everything_readable(corrected: Settings) -> None:
    store, blob = corrected.home / "linkage" / "people.sealed", corrected.home / "one.sealed"
    write_sealed(corrected, store, [b"first", b"second" * 1000])
    blob.write_bytes(vault.seal(corrected, b"whole"))
    before = _handed_back(corrected)
    old_key = (corrected.keys / "vault.key").read_text(encoding="ascii")
    assert "wrong-upn" in before
    sealed = len(list(corrected.home.rglob("*.sealed")))
    done = rotate_keys(corrected)
    assert done.files == sealed >= 3 and done.columns > 50
    assert _handed_back(corrected) == before
    assert list(read_sealed(corrected, store)) == [b"first", b"second" * 1000]
    assert vault.unseal(corrected, blob.read_bytes()) == b"whole"
    (corrected.keys / "vault.key").write_text(old_key, encoding="ascii")
    with pytest.raises(SemhError):
        _handed_back(corrected)


@pytest.mark.parametrize("after", [0, 1, 2])
def test_killed_while_sealing_again_all_can_be_read(
    corrected: Settings, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    write_sealed(corrected, corrected.home / "linkage" / "people.sealed", [b"names"])
    before, done = _handed_back(corrected), []

    def die(settings: Settings, path: Path) -> None:
        if len(done) == after:
            raise KeyboardInterrupt
        done.append(path)
        reseal(settings, path)

    reseal = retention.reseal
    with monkeypatch.context() as patched:
        patched.setattr(retention, "reseal", die)
        patched.setattr(retention, "forget_old_keys", lambda _: die(corrected, Path()))
        with pytest.raises(KeyboardInterrupt):
            rotate_keys(corrected)
    assert _handed_back(corrected) == before
    rotate_keys(corrected)
    assert _handed_back(corrected) == before
    assert len((corrected.keys / "vault.key").read_text(encoding="ascii").splitlines()) == 1


def test_pieces_of_a_sealed_file_cannot_be_moved(settings: Settings) -> None:
    one, two = settings.home / "a" / "one.sealed", settings.home / "a" / "two.sealed"
    write_sealed(settings, one, [b"first", b"again"])
    write_sealed(settings, two, [b"other", b"again"])
    whole = one.read_bytes()
    frame = (len(whole) - 22 - 5 - 41) // 2
    head, first, second, last = (
        whole[:22], whole[22 : 22 + frame], whole[22 + frame : 22 + 2 * frame],
        whole[22 + 2 * frame :],
    )  # fmt: skip
    assert list(read_sealed(settings, one)) == [b"first", b"again"]
    swapped = head + second + first + last
    for spoilt in (swapped, head + first + last, head + first + second, two.read_bytes()[:22]
                   + first + second + last, whole + b"x", b"", whole[:30]):  # fmt: skip
        one.write_bytes(spoilt)
        with pytest.raises(SemhError):
            list(read_sealed(settings, one))
