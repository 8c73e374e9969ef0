"""Links in the warehouse: true to what was planted, sealed identities, undone and made again."""

import io
import json
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from ingest.linkage.quality import link_rates
from ingest.linkage.store import folder
from ingest.pipeline import LoadReport, load_paths
from ingest.pseudonyms import use_pseudonyms
from ingest.sealed import read_sealed
from models.settings import Settings
from tests.ingest.tiny import ask, census, pupil

INDEX = "person_id,nhs_number,upn,first_name,surname,dob,postcode,sex\n"


def _truth(borough: Path, settings: Settings) -> set[tuple[str, str]]:
    """Pseudonyms of the planted pairs of which the school side holds one record."""
    told = json.loads((borough / "truth.json").read_text(encoding="utf-8"))["who_is_who"]
    with duckdb.connect(str(settings.warehouse), read_only=True) as live:
        people = live.execute("from person").to_arrow_table()
        about = live.execute("from about").to_arrow_table()
        held = live.execute(
            "select distinct person_id from live_pupil_census union"
            " select distinct person_id from live_ehc_request"
        ).fetchall()
    with duckdb.connect() as con:
        con.register("people", people)
        con.execute("create table person as from people")
        con.execute("create table about (key varchar primary key, value varchar not null)")
        con.register("about_held", about)
        con.execute("insert into about from about_held")
        use_pseudonyms(con, settings)
        con.execute("create table told (upn varchar, person varchar, nhs varchar)")
        con.executemany("insert into told values (?, ?, ?)", told["rows"])
        pairs = con.execute("select pseudonym('upn', upn), pseudonym('mhsds', person) from told")
        known = {person for (person,) in held}
        return {pair for pair in pairs.fetchall() if pair[0] in known}


def test_links_are_true_to_what_was_planted(
    borough: Path, loaded: tuple[Settings, LoadReport]
) -> None:
    settings, _ = loaded
    truth = _truth(borough, settings)
    found = ask(settings, "select left_id, right_id, method, probability, load_id from live_link")
    pairs = {row[:2] for row in found}
    right = len(pairs & truth)
    assert len(truth) > 200
    assert right / len(pairs) >= 0.995 and right / len(truth) >= 0.95
    assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(found)
    assert {row[2] for row in found} == {"UPN", "probabilistic"}
    assert all(row[4].startswith("health_person_index") for row in found)


def test_the_share_linked_is_told_for_each_group(loaded: tuple[Settings, LoadReport]) -> None:
    settings, _ = loaded
    with duckdb.connect(str(settings.warehouse), read_only=True) as con:
        rates = link_rates(con)
        checks = con.execute(
            "select label, passed, owner <> '' from expectation_result where facts = 'link'"
        ).fetchall()
        (referred,) = con.execute(
            "select count(distinct person_id) from live_referral"
            " where coalesce(age_at_referral, 0) < 18"
        ).fetchall()[0]
    every = {kind: sum(n for k, _, n, _ in rates if k == kind) for kind, *_ in rates}
    assert every["all"] == referred
    assert set(every) == {"all", "ethnicity", "deprivation"}
    assert len(checks) == 3 and all(owned for *_, owned in checks)


def test_who_people_are_is_sealed_and_can_be_read_with_the_key_only(
    loaded: tuple[Settings, LoadReport],
) -> None:
    settings, _ = loaded
    files = sorted(folder(settings).iterdir())
    assert files and folder(settings).stat().st_mode & 0o777 == 0o700
    for path in files:
        assert path.stat().st_mode & 0o777 == 0o600 and path.suffix == ".sealed"
        assert b"first_name" not in path.read_bytes()
    index = next(p for p in files if p.name.startswith("health_person_index"))
    assert b"first_name" in b"".join(read_sealed(settings, index))


def _health(folder_in: Path, *rows: str) -> Path:
    folder_in.mkdir(parents=True, exist_ok=True)
    path = folder_in / "list.csv"
    path.write_text(INDEX + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def two_days(tmp_path: Path, settings: Settings) -> Settings:
    """A census on one day, the linkage list on another."""
    load_paths(settings, [census(tmp_path / "census", [pupil(1), pupil(2)])])
    rows = ["H1,,Z000000000001,,,,,", "H2,,,Nobody,Knownhere,2001-01-01,ZZ9 9ZZ,F"]
    load_paths(settings, [_health(tmp_path / "first", *rows)])
    return settings


def test_files_that_come_on_different_days_are_linked(two_days: Settings) -> None:
    assert ask(two_days, "select method, probability from live_link") == [("UPN", 1.0)]


def test_a_corrected_list_undoes_a_link_and_takes_what_it_replaced_away(
    two_days: Settings, tmp_path: Path
) -> None:
    load_paths(two_days, [_health(tmp_path / "second", "H1,,Z000000000002,,,,,")])
    (left,) = ask(two_days, "select left_id from live_link")
    (person,) = ask(two_days, "select distinct person_id from live_pupil_census where person_id"
                    f" = '{left[0]}'")  # fmt: skip
    assert person == left
    current = {row[0] for row in ask(two_days, "select load_id from load"
                                     " where superseded_by is null")}  # fmt: skip
    assert {p.stem for p in folder(two_days).iterdir()} <= current


def test_a_load_that_fails_leaves_no_identity_behind(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ingest.pipeline.check_batch", fail)
    with pytest.raises(Exception, match="full"):
        load_paths(settings, [census(tmp_path / "census", [pupil(1)])])
    assert not list(folder(settings).glob("*"))


def test_identities_are_sealed_and_read_a_few_at_a_time(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However large a census is, no piece of who its people are is larger than was set."""
    monkeypatch.setattr("ingest.linkage.store.ROWS", 2)
    load_paths(settings, [census(tmp_path / "census", [pupil(n) for n in range(1, 6)])])
    (sealed,) = folder(settings).iterdir()
    pieces = [pq.read_table(io.BytesIO(piece)) for piece in read_sealed(settings, sealed)]
    assert [piece.num_rows for piece in pieces] == [2, 2, 1]
    load_paths(
        settings, [_health(tmp_path / "list", *(f"H{n},,{pupil(n)['upn']},,,,," for n in (1, 5)))]
    )
    assert ask(settings, "select method from live_link") == [("UPN",), ("UPN",)]
